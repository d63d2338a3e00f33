import { demand } from '../areas/organisations/index.ts';
import type { Ctx } from '../core/context.ts';
import { inSnapshot, transact } from '../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../core/refusal.ts';
import { visibleText } from '../core/visible-text.ts';
import { canonicalJson, record, sm3 } from '../ledger/index.ts';
import { changedCells } from './compile.ts';
import { countReport, demandFormat, type ReportCtx } from './compose.ts';
import { formatById } from './formats/index.ts';
import { moves } from './rules.ts';
import { contentChanged, demandLocked, now, refuseOrDecide, staffId, subject } from './standing.ts';
import {
  chaptersOf,
  findReport,
  insertCompile,
  insertReport,
  lastCompiles,
  ledgerSeq,
  putChapter,
  saveExplanation,
  updateReport,
} from './store.ts';

/**
 * Opens the report of a year in the format of that year; opening it again changes nothing.
 * @throws NotFound where no format governs the year, Refusal for a year that has not begun
 */
export async function openReport(
  ctx: Ctx,
  year: number,
  options: { consolidated?: boolean } = {},
): Promise<void> {
  demand(ctx.actor, 'reports.compile');
  const format = demandFormat(year);
  if (year > ctx.clock.today().year)
    throw new Refusal('report-open', `${year} 年还没有开始，不能编制这一年度的报告。`);
  await transact(ctx, async (ctx) => {
    const id = await insertReport(ctx.db, {
      agencyId: ctx.agencyId,
      year,
      format: format.id,
      consolidated: options.consolidated ?? false,
    });
    if (id === null) return;
    await record(ctx, {
      act: 'reports.open',
      subject: subject({ id, year }),
      after: { year, format: format.id },
    });
  });
}

/**
 * Counts every figure anew and keeps the result as the next compile. Counting happens in one snapshot of the database
 * and writes nothing; the result is then stored in one transaction, so a crash leaves either compile or none.
 * Compiling unchanged records again gives the same digest and leaves the report where it stood.
 */
export async function compileReport(
  ctx: ReportCtx,
  year: number,
): Promise<{ number: number; changed: number; tookMs: number }> {
  demand(ctx.actor, 'reports.compile');
  const found = await findReport(ctx.db, ctx.agencyId, year);
  if (!found) throw new NotFound(`${year} 年度报告尚未开始编制。`);
  const format = formatById(found.format) ?? demandFormat(year);
  const started = performance.now();
  const counted = await inSnapshot(ctx.db, async (db) => {
    const seq = await ledgerSeq(db, ctx.agencyId);
    const cells = await countReport({ ...ctx, db }, found);
    return { seq, cells };
  });
  const tookMs = Math.round(performance.now() - started);
  const digest = sm3(canonicalJson(counted.cells));
  return transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    const [last] = await lastCompiles(ctx.db, ctx.agencyId, report.id, 1);
    await refuseOrDecide(ctx, 'compile', report);
    // Two officers compile at once and the one who counted first writes last: his older count must not become the newest.
    if (last && last.ledger_seq > counted.seq) {
      throw new Refusal(
        'compile-overtaken',
        '另一次汇编刚刚完成，统计的记录比本次更新，本次结果没有保存。请刷新后查看。',
      );
    }
    const number = await insertCompile(ctx.db, {
      agencyId: ctx.agencyId,
      reportId: report.id,
      at: now(ctx),
      byStaffId: staffId(ctx),
      byName: ctx.actor.name,
      ledgerSeq: counted.seq,
      cells: counted.cells,
      digest,
      tookMs,
    });
    const changed = changedCells(format, last?.cells ?? {}, counted.cells).length;
    if (last?.digest !== digest) await contentChanged(ctx, report);
    await record(ctx, {
      act: 'reports.compile',
      ground: moves.compile.ground,
      subject: subject(report),
      before: last ? { number: last.number, digest: last.digest } : null,
      after: { number, digest, changedCells: changed, throughAct: counted.seq },
    });
    return { number, changed, tookMs };
  });
}

/**
 * Saves a chapter. `fromRevision` is what the editor started from, 0 while the chapter still follows its template: a save
 * over someone else's is refused with both kept.
 */
export async function saveChapter(
  ctx: Ctx,
  year: number,
  given: { key: string; source: string; fromRevision: number },
): Promise<{ revision: number }> {
  demand(ctx.actor, 'reports.edit');
  const chapter = { ...given, source: visibleText(given.source) };
  if (chapter.source.length > 200_000)
    throw new InvalidForm({ source: '本章文字超过 20 万字，请精简后再保存。' });
  return transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    await refuseOrDecide(ctx, 'edit', report);
    const spec = formatById(report.format)?.chapters.find(({ key }) => key === chapter.key);
    if (!spec) throw new NotFound('没有这一章。');
    const before = (await chaptersOf(ctx.db, ctx.agencyId, report.id)).find(({ key }) => key === chapter.key);
    if (before?.source === chapter.source) return { revision: before.revision };
    if ((before?.revision ?? 0) !== chapter.fromRevision) {
      throw new Refusal(
        'chapter-conflict',
        `${before?.edited_by_name || '其他人员'}在您编辑期间保存了这一章。您的文字仍在页面上，请与最新内容合并后再保存。`,
      );
    }
    const revision = chapter.fromRevision + 1;
    await putChapter(ctx.db, {
      agencyId: ctx.agencyId,
      reportId: report.id,
      ...chapter,
      revision,
      by: staffId(ctx),
      byName: ctx.actor.name,
      at: now(ctx),
    });
    await contentChanged(ctx, report);
    await record(ctx, {
      act: 'reports.edit',
      subject: subject(report),
      before: { chapter: chapter.key, source: before?.source ?? null },
      after: { chapter: chapter.key, source: chapter.source },
      reason: `“${spec.title.replace('{{nextYear}}', String(year + 1))}”一章`,
    });
    return { revision };
  });
}

/** The names at the foot of the printed table. */
export async function saveFoot(ctx: Ctx, year: number, foot: Record<string, string>): Promise<void> {
  demand(ctx.actor, 'reports.edit');
  const tooLong = Object.entries(foot).find(([, value]) => value.length > 50);
  if (tooLong) throw new InvalidForm({ [tooLong[0]]: `“${tooLong[0]}”最多 50 个字。` });
  await transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    await refuseOrDecide(ctx, 'edit', report);
    const before = report.foot;
    await updateReport(
      ctx.db,
      { agencyId: ctx.agencyId, reportId: report.id },
      { foot: JSON.stringify(foot) },
    );
    await contentChanged(ctx, report);
    await record(ctx, {
      act: 'reports.edit',
      subject: subject(report),
      before: { foot: before },
      after: { foot },
      reason: '统计表落款',
    });
  });
}

/** Explains an error that stays in the table; the explanation is printed with it. */
export async function explainFinding(ctx: Ctx, year: number, finding: string, text: string): Promise<void> {
  demand(ctx.actor, 'reports.edit');
  const explanation = text.trim();
  if (explanation.length < 2 || explanation.length > 1000)
    throw new InvalidForm({ explanation: '请用 2 至 1000 个字说明原因。' });
  await transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    await refuseOrDecide(ctx, 'edit', report);
    await saveExplanation(ctx.db, {
      agencyId: ctx.agencyId,
      reportId: report.id,
      finding,
      text: explanation,
      byName: ctx.actor.name,
      at: now(ctx),
    });
    await contentChanged(ctx, report);
    await record(ctx, { act: 'reports.explain', subject: subject(report), after: { finding, explanation } });
  });
}
