import type { Ctx } from '../../core/context.ts';
import { inSnapshot } from '../../core/db.ts';
import { NotFound } from '../../core/refusal.ts';
import { demand } from '../organisations/index.ts';
import { previousReport } from './check-actions.ts';
import { correctionsOf } from './correction-store.ts';
import { filesPage } from './file-store.ts';
import { findingsOf } from './finding-store.ts';
import type { Correction, CorrectionStanding, FiledReport, ReportVersion } from './model.ts';
import { cellOf } from './overview.ts';
import { findStanding } from './report-store.ts';
import { isExpected, isYear } from './rules.ts';
import { revivedReading } from './stored-reading.ts';
import { compareTexts, type TextComparison } from './text-comparison.ts';
import { demandUnit } from './unit-actions.ts';
import { countBelow, readingOf, versionsOf } from './version-store.ts';

/** A unit's report of a year with findings, versions, last year's numbers and corrections. @throws NotFound */
export async function readFiledReport(
  ctx: Ctx,
  unitId: number,
  year: number,
  version?: number,
): Promise<FiledReport> {
  demand(ctx.actor, 'filed-reports.read');
  if (!isYear(year)) throw new NotFound('没有这个年度的报告。');
  return inSnapshot(ctx.db, async (db) => {
    const { agencyId } = ctx;
    const unit = await demandUnit({ ...ctx, db }, unitId);
    const standing = await findStanding(db, agencyId, unitId, year);
    const versions = await versionsOf(db, agencyId, unitId, year);
    if (!standing && !isExpected(unit, year))
      throw new NotFound('这个单位没有这一年度的报告，也不需要报送。');
    const shown = version === undefined ? versions[0] : versions.find((one) => one.version === version);
    if (version !== undefined && !shown) throw new NotFound('没有这一版报告。');
    const corrections = await correctionsOf(db, agencyId, unitId, year, ctx.clock.today().toString());
    const newest = shown !== undefined && shown.version === standing?.version;
    const { items: unreadable } = await filesPage(
      db,
      agencyId,
      { unitId, year, state: 'unreadable' },
      { after: null, limit: 50 },
    );
    return {
      unit,
      year,
      cell: cellOf(unit, year, standing, livingOf(corrections)),
      shown: shown ? await shownVersion({ ...ctx, db }, shown, newest) : null,
      versions,
      unreadable,
      findings: newest ? await findingsOf(db, agencyId, unitId, year) : [],
      checkedAt: standing?.checkedAt ?? null,
      previous: await lastYears({ ...ctx, db }, unitId, year),
      children: await countBelow(db, agencyId, unitId, year),
      corrections,
    };
  });
}

function livingOf(corrections: readonly Correction[]): CorrectionStanding | null {
  const living = corrections.find(({ state }) => state !== 'closed');
  if (!living || living.state === 'closed') return null;
  const { id, state, dueOn, overdue } = living;
  return { id, state, dueOn, overdue };
}

async function shownVersion(
  ctx: Ctx,
  version: ReportVersion,
  newest: boolean,
): Promise<FiledReport['shown']> {
  const stored = await readingOf(ctx.db, ctx.agencyId, version.fileId, { prose: true });
  return stored && { ...version, report: revivedReading(stored), newest };
}

async function lastYears(ctx: Ctx, unitId: number, year: number): Promise<FiledReport['previous']> {
  const report = await previousReport(ctx, unitId, year);
  const standing = report && (await findStanding(ctx.db, ctx.agencyId, unitId, year - 1));
  return standing ? { year: year - 1, version: standing.version, report } : null;
}

/** This year's text beside last year's; null when either is missing. @throws NotFound */
export async function compareWithLastYear(
  ctx: Ctx,
  unitId: number,
  year: number,
): Promise<TextComparison | null> {
  demand(ctx.actor, 'filed-reports.read');
  if (!isYear(year)) throw new NotFound('没有这个年度的报告。');
  const texts = await inSnapshot(ctx.db, async (db) => {
    await demandUnit({ ...ctx, db }, unitId);
    const found = [];
    for (const one of [year - 1, year]) {
      const standing = await findStanding(db, ctx.agencyId, unitId, one);
      const fileId = standing?.fileId ?? null;
      found.push(fileId === null ? null : await readingOf(db, ctx.agencyId, fileId, { prose: true }));
    }
    return found;
  });
  const [previous, current] = texts;
  return previous && current ? compareTexts(previous.chapters, current.chapters) : null;
}
