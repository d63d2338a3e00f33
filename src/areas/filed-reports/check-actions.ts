import { createHash } from 'node:crypto';
import { examineReport } from '../../annual-report/examination/index.ts';
import { findingKey } from '../../annual-report/index.ts';
import type { ReadReport } from '../../annual-report/reading/model.ts';
import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { NotFound } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import type { FilingHost } from './filing-actions.ts';
import { judgementsOf, replaceFindings } from './finding-store.ts';
import type { ReportFinding } from './model.ts';
import { READ_FILED_REPORTS, reportSubject } from './placement.ts';
import {
  findStanding,
  holdForCheck,
  lockStanding,
  markYear,
  type Standing,
  writeStanding,
} from './report-store.ts';
import { isYear, standingOf } from './rules.ts';
import { revivedReading } from './stored-reading.ts';
import { demandUnit } from './unit-actions.ts';
import { lockFiling } from './unit-store.ts';
import { readingOf, readingsBelow } from './version-store.ts';

/** Findings kept of one report; a report with more is read wrongly, and the first tell it. */
const MOST_FINDINGS = 2000;
/** Units below whose reports one check adds up; with more, consolidation is left to the levels between. */
const MOST_BELOW = 1000;

/** Examines the newest version of a unit and year again, here and now. @throws NotFound */
export async function recheckReport(ctx: Ctx, unitId: number, year: number): Promise<void> {
  demand(ctx.actor, 'filed-reports.judge');
  const unit = await demandUnit(ctx, unitId);
  await transact(ctx, async (ctx) => {
    const standing = isYear(year) ? await lockStanding(ctx.db, ctx.agencyId, unitId, year) : null;
    if (!standing || standing.fileId === null) throw new NotFound('这个单位这一年度没有可以核查的报告。');
    const findings = await check(ctx, standing);
    await record(ctx, {
      act: 'filed-reports.check',
      subject: reportSubject(unit, year),
      after: { version: standing.version, findings },
    });
  });
}

/** Queues the examination of every report of a year. Returns how many. */
export async function recheckYear(ctx: Ctx, host: Pick<FilingHost, 'jobs'>, year: number): Promise<number> {
  demand(ctx.actor, 'filed-reports.judge');
  return transact(ctx, async (ctx) => {
    // Filing locks a report and then its neighbours: taking them all in another order would end in a deadlock.
    await lockFiling(ctx.db, ctx.agencyId);
    const reports = isYear(year) ? await markYear(ctx.db, ctx.agencyId, year) : 0;
    if (reports === 0) return 0;
    await record(ctx, {
      act: 'filed-reports.check',
      subject: { kind: 'filed-year', id: year, label: `${year} 年度全部报告` },
      after: { reports },
    });
    await host.jobs.enqueue(ctx.db, READ_FILED_REPORTS, { agencyId: ctx.agencyId });
    return reports;
  });
}

/**
 * Checks the next report that is due, in a transaction of its own; null when none is left. One that our own fault keeps from
 * being checked is marked so and not tried again until something changes; what passes by itself leaves it due.
 */
export async function checkNext(
  ctx: Ctx,
  except: readonly { unitId: number; year: number }[],
): Promise<{ unitId: number; year: number; fault: unknown } | null> {
  let held: Standing | null = null;
  try {
    return await transact(ctx, async (ctx) => {
      held = await holdForCheck(ctx.db, ctx.agencyId, except);
      if (!held) return null;
      await check(ctx, held);
      return { unitId: held.unitId, year: held.year, fault: null };
    });
  } catch (fault) {
    const failed = held as Standing | null;
    if (!failed) throw fault;
    if (!passesByItself(fault)) await transact(ctx, (ctx) => keepUnchecked(ctx, failed));
    return { unitId: failed.unitId, year: failed.year, fault };
  }
}

/** Lost connections, deadlocks, a database that is stopping or full: classes 08, 40, 53 and 57 of SQLSTATE. */
const passesByItself = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && /^(08|40|53|57|E)/.test(String(fault.code));

/** A finding about the check itself: no cell, no numbers, only what was not assessed and why. */
function unassessable(rule: string, message: string): ReportFinding {
  return {
    rule,
    severity: 'notice',
    verdict: 'unassessable',
    message,
    cells: [],
    left: null,
    right: null,
    difference: null,
    tolerance: 0,
    place: null,
  };
}

async function keepUnchecked(ctx: Ctx, standing: Standing): Promise<void> {
  const finding = unassessable('B0', '核查时系统出错，没有完成，错误已记录。请联系管理员，排除后重新核查。');
  await keepFindings(ctx, standing, keyed([finding]));
}

/**
 * Examines the version that stands against last year's and the reports below, and rewrites its findings. The caller holds
 * the standing: what is filed meanwhile waits for it and makes it due again. Returns how many findings there are.
 */
async function check(ctx: Ctx, standing: Standing): Promise<number> {
  const { db, agencyId } = ctx;
  const { unitId, year } = standing;
  const report =
    standing.fileId === null ? null : await readingOf(db, agencyId, standing.fileId, { prose: true });
  if (!report) return 0;
  const below = await readingsBelow(db, agencyId, unitId, year, MOST_BELOW + 1);
  const tooMany = below.length > MOST_BELOW;
  const findings = keyed([
    ...examineReport({
      report: revivedReading(report),
      previous: await previousReport(ctx, unitId, year),
      children: tooMany ? [] : below.map(({ name, report }) => ({ name, report: revivedReading(report) })),
    }),
    ...(tooMany ? [unassessable('S17', `下级报告超过 ${MOST_BELOW} 份，没有与下级合计核对。`)] : []),
  ]);
  await keepFindings(ctx, standing, findings);
  return findings.length;
}

async function keepFindings(
  ctx: Ctx,
  { unitId, year }: { unitId: number; year: number },
  findings: readonly { key: string; finding: ReportFinding }[],
): Promise<void> {
  const { db, agencyId } = ctx;
  await replaceFindings(db, agencyId, { unitId, year }, findings);
  const judgements = await judgementsOf(db, agencyId, unitId, year);
  const judged = findings.map(({ key, finding }) => ({ finding, judged: judgements.get(key) ?? null }));
  const at = instantOf(ctx.clock);
  await writeStanding(db, agencyId, { unitId, year }, standingOf(judged), at);
}

/** The numbers of last year's newest version, or null. */
export async function previousReport(ctx: Ctx, unitId: number, year: number): Promise<ReadReport | null> {
  const last = await findStanding(ctx.db, ctx.agencyId, unitId, year - 1);
  if (!last || last.fileId === null) return null;
  const stored = await readingOf(ctx.db, ctx.agencyId, last.fileId, { prose: false });
  return stored && revivedReading(stored);
}

/** Each contradiction once, with its key. */
function keyed(findings: readonly ReportFinding[]): { key: string; finding: ReportFinding }[] {
  const byKey = new Map<string, ReportFinding>();
  for (const finding of findings) {
    if (byKey.size >= MOST_FINDINGS) break;
    const key = createHash('sha256').update(findingKey(finding)).digest('hex').slice(0, 32);
    if (!byKey.has(key)) byKey.set(key, finding);
  }
  return [...byKey].map(([key, finding]) => ({ key, finding }));
}
