import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { findFile } from './file-store.ts';
import type { FilingHost } from './filing-actions.ts';
import { type HeldFile, lockFile, updateFile } from './held-file-store.ts';
import type { ReportingUnit } from './model.ts';
import { fileVersion, READ_FILED_REPORTS, recordReceipt, reportSubject, settled } from './placement.ts';
import { FIRST_YEAR, isYear } from './rules.ts';
import { rememberName } from './unit-actions.ts';
import { findUnit, lockFiling } from './unit-store.ts';

/**
 * Says of which unit and year a file is: files it as the next version when it was read, or puts it with that unit when it
 * could not be. A filed report may be moved. `rememberName` adds what the report calls its agency to the unit's aliases.
 * Returns the version, null for an unreadable file. @throws InvalidForm, Refusal
 */
export async function assignFile(
  ctx: Ctx,
  host: Pick<FilingHost, 'jobs'>,
  fileId: number,
  to: { unitId: number; year: number; rememberName?: boolean },
): Promise<number | null> {
  demand(ctx.actor, 'filed-reports.file');
  if (!isYear(to.year)) throw new InvalidForm({ year: `请填写 ${FIRST_YEAR} 年以后的报告年度。` });
  return transact(ctx, async (ctx) => {
    await lockFiling(ctx.db, ctx.agencyId);
    const unit = await findUnit(ctx.db, ctx.agencyId, to.unitId);
    if (!unit) throw new InvalidForm({ unitId: '请选择报送单位。' });
    const file = await heldFile(ctx, fileId);
    if (file.unitId === unit.id && file.year === to.year) return file.version;
    const version = await place(ctx, file, unit, to.year);
    if (to.rememberName && file.agencyInText !== null) await rememberName(ctx, unit, file.agencyInText);
    await host.jobs.enqueue(ctx.db, READ_FILED_REPORTS, { agencyId: ctx.agencyId });
    return version;
  });
}

async function heldFile(ctx: Ctx, fileId: number): Promise<HeldFile> {
  const file = await lockFile(ctx.db, ctx.agencyId, fileId);
  if (!file && (await findFile(ctx.db, ctx.agencyId, fileId)))
    throw new Refusal('file-busy', '这个文件正在读取，请稍候再试。');
  if (!file) throw new NotFound('没有找到这个文件。');
  if (file.state === 'waiting') throw new Refusal('file-waiting', '这个文件还在等待读取，请稍候再试。');
  if (file.state === 'same')
    throw new Refusal('file-same', '这个文件与已接收的另一个文件相同，请处理那一个。');
  if (file.state === 'discarded') throw new Refusal('file-discarded', '这个文件已被剔除，请重新上传。');
  return file;
}

async function place(ctx: Ctx, file: HeldFile, unit: ReportingUnit, year: number): Promise<number | null> {
  const { db, agencyId } = ctx;
  const before = file.unitId === null || file.year === null ? null : { unitId: file.unitId, year: file.year };
  const target = { unit, year, foundBy: 'person' } as const;
  let version: number | null = null;
  if (file.state === 'unreadable') {
    await updateFile(db, agencyId, file.id, { unit_id: unit.id, year, found_by: 'person' });
    await settled(ctx, unit.id, year);
  } else {
    // Without the year the reader may not have known the format; with it, reading anew fills in what was missing.
    const readingDue = file.yearInText !== year;
    version = await fileVersion(ctx, file, target, { readingDue });
  }
  if (before) await settled(ctx, before.unitId, before.year);
  if (version !== null) await recordReceipt(ctx, file, target, version);
  await record(ctx, {
    act: 'filed-reports.assign',
    subject: reportSubject(unit, year),
    ...(before ? { before } : {}),
    after: { file: file.name, unitId: unit.id, year, version },
  });
  return version;
}

/** Puts aside a file that is no report. Filed versions cannot be discarded. @throws InvalidForm without a reason */
export async function discardFile(ctx: Ctx, fileId: number, reason: string): Promise<void> {
  demand(ctx.actor, 'filed-reports.file');
  const why = visibleLine(reason);
  if (why.length < 2 || why.length > 200)
    throw new InvalidForm({ reason: '请用 2 至 200 个字写明剔除的原因。' });
  await transact(ctx, async (ctx) => {
    await lockFiling(ctx.db, ctx.agencyId);
    const file = await heldFile(ctx, fileId);
    if (file.state === 'read')
      throw new Refusal('file-filed', '这个文件已经归档，不能剔除。归错了单位或年度的，请改归到正确的单位。');
    await updateFile(ctx.db, ctx.agencyId, fileId, { state: 'discarded', reading_due: false });
    if (file.unitId !== null && file.year !== null) await settled(ctx, file.unitId, file.year);
    await record(ctx, {
      act: 'filed-reports.discard',
      subject: { kind: 'filed-file', id: file.id, label: file.name },
      before: { state: file.state },
      reason: why,
    });
  });
}
