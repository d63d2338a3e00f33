import { demand } from '../areas/organisations/index.ts';
import type { Ctx } from '../core/context.ts';
import { inSnapshot, transact } from '../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../core/refusal.ts';
import { canonicalJson, record, sm3 } from '../ledger/index.ts';
import { changedCells, countCells, figureCells } from './compile.ts';
import {
  cellsOf,
  demandFormat,
  findingKey,
  loadDesk,
  type ReportCtx,
  reportScope,
  subordinateReports,
} from './compose.ts';
import { freezeEvidence } from './evidence.ts';
import { formatById } from './formats/index.ts';
import { afterReviews, decide, type Move, moves, type ReportState } from './rules.ts';
import {
  addAuthor,
  authorsOf,
  chaptersOf,
  findReport,
  findVersion,
  insertCompile,
  insertReport,
  insertReview,
  insertVersion,
  lastCompiles,
  ledgerSeq,
  lockReport,
  markPublished,
  putChapter,
  reviewsOf,
  saveExplanation,
  updateReport,
} from './store.ts';

type LockedReport = NonNullable<Awaited<ReturnType<typeof lockReport>>>;

const now = (ctx: Ctx): Date => new Date(ctx.clock.now().epochMilliseconds);
const staffId = (ctx: Ctx): number | null => (ctx.actor.kind === 'staff' ? ctx.actor.staffId : null);
const subject = (report: { id: number; year: number }) => ({
  kind: 'report',
  id: report.id,
  label: `${report.year}年度报告`,
});

/** Opens the report of a year in the format of that year; opening it again changes nothing. */
export async function openReport(
  ctx: Ctx,
  year: number,
  options: { consolidated?: boolean } = {},
): Promise<void> {
  demand(ctx.actor, 'reports.compile');
  const format = demandFormat(year);
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
    const below = found.consolidated ? await subordinateReports({ ...ctx, db }, year) : null;
    const scope = reportScope(ctx.agencyId, year);
    const cells = await countCells(db, ctx.sources, format, scope, below?.map(({ tables }) => cellsOf(tables)) ?? null);
    return { seq, cells };
  });
  const tookMs = Math.round(performance.now() - started);
  const digest = sm3(canonicalJson(counted.cells));
  return transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    const [last] = await lastCompiles(ctx.db, ctx.agencyId, report.id, 1);
    await refuseOrDecide(ctx, 'compile', report);
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
  chapter: { key: string; source: string; fromRevision: number },
): Promise<{ revision: number }> {
  demand(ctx.actor, 'reports.edit');
  if (chapter.source.length > 200_000)
    throw new InvalidForm({ source: '本章文字超过 20 万字,请精简后再保存。' });
  return transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    await refuseOrDecide(ctx, 'edit', report);
    const known = formatById(report.format)?.chapters.some(({ key }) => key === chapter.key);
    if (!known) throw new NotFound('没有这一章。');
    const before = (await chaptersOf(ctx.db, ctx.agencyId, report.id)).find(({ key }) => key === chapter.key);
    if (before?.source === chapter.source) return { revision: before.revision };
    if ((before?.revision ?? 0) !== chapter.fromRevision) {
      throw new Refusal(
        'chapter-conflict',
        `${before?.edited_by_name || '其他人员'}在您编辑期间保存了这一章。您的文字仍在页面上,请与最新内容合并后再保存。`,
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

/** Declares the draft checked: compiled, and every error either mended or explained. */
export async function checkOff(ctx: ReportCtx, year: number): Promise<void> {
  demand(ctx.actor, moves.check.act);
  await transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    const { report: composed, compile, explanations } = await loadDesk(ctx, year);
    const open = composed.findings.filter(
      (finding) => finding.severity === 'error' && !explanations.has(findingKey(finding)),
    );
    const state = await stateOf(ctx, report, { compiled: compile !== null, unexplainedErrors: open.length });
    const status = decide('check', state, staffId(ctx));
    await updateReport(
      ctx.db,
      { agencyId: ctx.agencyId, reportId: report.id },
      { status: status ?? report.status },
    );
    await record(ctx, {
      act: 'reports.check',
      ground: moves.check.ground,
      subject: subject(report),
      before: { status: report.status },
      after: { status, findings: composed.findings.length },
    });
  });
}

/** One review of the current revision. A failed review needs its reason and sends the report back. */
export async function reviewReport(
  ctx: Ctx,
  year: number,
  review: { kind: 'content' | 'secrecy'; result: 'pass' | 'fail'; comment: string },
): Promise<void> {
  const move: Move = `review-${review.kind}`;
  demand(ctx.actor, moves[move].act);
  const comment = review.comment.trim();
  if (review.result === 'fail' && comment === '')
    throw new InvalidForm({ comment: '不通过时请写明原因和修改要求。' });
  await transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    await refuseOrDecide(ctx, move, report);
    const reviewer = staffId(ctx);
    if (reviewer === null) throw new Refusal('review-by-person', '审核须由工作人员本人办理。');
    await insertReview(ctx.db, {
      agencyId: ctx.agencyId,
      reportId: report.id,
      version: report.version,
      revision: report.revision,
      ...review,
      comment,
      reviewerId: reviewer,
      reviewerName: ctx.actor.name,
      at: now(ctx),
    });
    const reviews = await reviewsOf(ctx.db, ctx.agencyId, report.id, report.version);
    const status = afterReviews(reviews.filter(({ revision }) => revision === report.revision));
    await updateReport(ctx.db, { agencyId: ctx.agencyId, reportId: report.id }, { status });
    await record(ctx, {
      act: `reports.${move}`,
      ground: moves[move].ground,
      subject: subject(report),
      before: { status: report.status },
      after: { status, result: review.result },
      reason: comment,
    });
  });
}

/** Signs the reviewed report: figures, evidence lists and text are frozen with one SM3 digest. */
export async function signReport(ctx: ReportCtx, year: number): Promise<{ version: number; digest: string }> {
  demand(ctx.actor, moves.sign.act);
  return transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    const status = await refuseOrDecide(ctx, 'sign', report);
    const signer = staffId(ctx);
    if (signer === null) throw new Refusal('sign-by-person', '签发须由负责人本人办理。');
    const desk = await loadDesk(ctx, year);
    const codes = [
      ...new Set([...figureCells(desk.format)].flatMap(({ row, column }) => row.figures?.[column] ?? [])),
    ];
    const evidence = await freezeEvidence(
      ctx.db,
      ctx.sources,
      reportScope(ctx.agencyId, year),
      { reportId: report.id, version: report.version },
      codes,
    );
    const snapshot = { ...desk.report, status: 'signed' as const };
    const digest = sm3(`${canonicalJson(snapshot)}\n${evidence.digest}`);
    await insertVersion(ctx.db, {
      agencyId: ctx.agencyId,
      reportId: report.id,
      version: report.version,
      revision: report.revision,
      snapshot,
      digest,
      evidenceDigest: evidence.digest,
      evidenceRecords: evidence.records,
      signedBy: signer,
      signedByName: ctx.actor.name,
      signedAt: now(ctx),
      reason: report.correction_reason,
    });
    await updateReport(
      ctx.db,
      { agencyId: ctx.agencyId, reportId: report.id },
      { status: status ?? 'signed' },
    );
    await record(ctx, {
      act: 'reports.sign',
      ground: moves.sign.ground,
      subject: subject(report),
      before: { status: report.status },
      after: { status, version: report.version, digest, evidenceRecords: evidence.records },
    });
    return { version: report.version, digest };
  });
}

/** Puts the signed version before the public. */
export async function publishReport(ctx: Ctx, year: number): Promise<void> {
  demand(ctx.actor, moves.publish.act);
  await transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    const status = await refuseOrDecide(ctx, 'publish', report);
    await markPublished(
      ctx.db,
      { agencyId: ctx.agencyId, reportId: report.id, version: report.version },
      now(ctx),
      ctx.clock.today().toString(),
    );
    await updateReport(
      ctx.db,
      { agencyId: ctx.agencyId, reportId: report.id },
      { status: status ?? 'published' },
    );
    const signed = await findVersion(ctx.db, ctx.agencyId, report.id, report.version);
    await record(ctx, {
      act: 'reports.publish',
      ground: moves.publish.ground,
      subject: subject(report),
      before: { status: report.status },
      after: { status, version: report.version, digest: signed?.digest },
    });
  });
}

/** Opens version n+1 with the reason for it; version n stays readable, and public until n+1 is published. */
export async function correctReport(ctx: Ctx, year: number, reason: string): Promise<void> {
  demand(ctx.actor, moves.correct.act);
  const why = reason.trim();
  if (why.length < 5 || why.length > 1000)
    throw new InvalidForm({ reason: '请用 5 至 1000 个字写明更正原因,它会与新版本一并公布。' });
  await transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    const status = await refuseOrDecide(ctx, 'correct', report);
    await updateReport(
      ctx.db,
      { agencyId: ctx.agencyId, reportId: report.id },
      {
        status: status ?? 'draft',
        version: report.version + 1,
        revision: report.revision + 1,
        correction_reason: why,
      },
    );
    await record(ctx, {
      act: 'reports.correct',
      ground: moves.correct.ground,
      subject: subject(report),
      before: { version: report.version },
      after: { version: report.version + 1 },
      reason: why,
    });
  });
}

async function demandLocked(ctx: Ctx, year: number): Promise<LockedReport> {
  const report = await lockReport(ctx.db, ctx.agencyId, year);
  if (!report) throw new NotFound(`${year} 年度报告尚未开始编制。`);
  return report;
}

async function stateOf(
  ctx: Ctx,
  report: LockedReport,
  known: { compiled?: boolean; unexplainedErrors?: number } = {},
): Promise<ReportState> {
  return {
    status: report.status,
    compiled: known.compiled ?? true,
    unexplainedErrors: known.unexplainedErrors ?? 0,
    authors: await authorsOf(ctx.db, ctx.agencyId, report.id, report.version),
  };
}

async function refuseOrDecide(ctx: Ctx, move: Move, report: LockedReport) {
  return decide(move, await stateOf(ctx, report), staffId(ctx));
}

/** Content changed: a new revision that no review has seen, back to draft, and the actor is one of its authors. */
async function contentChanged(ctx: Ctx, report: LockedReport): Promise<void> {
  await updateReport(
    ctx.db,
    { agencyId: ctx.agencyId, reportId: report.id },
    { revision: report.revision + 1, status: 'draft' },
  );
  const author = staffId(ctx);
  if (author !== null) {
    await addAuthor(ctx.db, {
      agencyId: ctx.agencyId,
      reportId: report.id,
      version: report.version,
      staffId: author,
    });
  }
}
