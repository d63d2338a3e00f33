import type { Readable } from 'node:stream';
import type { Ctx } from '../../core/context.ts';
import type { TimelineAct } from '../../ledger/index.ts';
import type {
  FiledReport,
  FindingFilter,
  ListedFinding,
  MatrixFilter,
  MatrixRow,
  Page,
  YearSummary,
} from './model.ts';
import type { TextComparison } from './text-comparison.ts';

/** Units down, years across, in the order of the unit list. At most six years. */
export async function matrix(
  _ctx: Ctx,
  _years: readonly number[],
  _filter: MatrixFilter,
  _page: { after?: string | null; limit?: number } = {},
): Promise<Page<MatrixRow>> {
  throw new Error('not built yet');
}

/** How the reports of each year stand, in the order asked for. */
export async function yearSummaries(_ctx: Ctx, _years: readonly number[]): Promise<YearSummary[]> {
  throw new Error('not built yet');
}

/** Years with a report filed, newest first. */
export async function filedYears(_ctx: Ctx): Promise<number[]> {
  throw new Error('not built yet');
}

/** Problems first, differences second, what cannot be assessed last. */
export async function worstFindings(
  _ctx: Ctx,
  _filter: FindingFilter,
  _page: { after?: string | null; limit?: number } = {},
): Promise<Page<ListedFinding>> {
  throw new Error('not built yet');
}

/** How often each rule was broken in a year's reports, most often first. */
export async function rulesBroken(_ctx: Ctx, _year: number): Promise<{ rule: string; findings: number }[]> {
  throw new Error('not built yet');
}

/** A unit's report of a year with findings, versions, last year's numbers and corrections. @throws NotFound */
export async function readFiledReport(
  _ctx: Ctx,
  _unitId: number,
  _year: number,
  _version?: number,
): Promise<FiledReport> {
  throw new Error('not built yet');
}

/** This year's text beside last year's; null when either is missing. @throws NotFound */
export async function compareWithLastYear(
  _ctx: Ctx,
  _unitId: number,
  _year: number,
): Promise<TextComparison | null> {
  throw new Error('not built yet');
}

/** What was done with a unit's report of a year, oldest first. */
export async function filedReportActs(_ctx: Ctx, _unitId: number, _year: number): Promise<TimelineAct[]> {
  throw new Error('not built yet');
}

/**
 * All findings of a year as a workbook to send back, with a second sheet of missing and unreadable reports; streamed.
 * Narrowed by unit or by the units below one.
 */
export async function exportFindings(
  _ctx: Ctx,
  _filter: { year: number; unitId?: number; parentId?: number },
): Promise<{ name: string; content: Readable }> {
  throw new Error('not built yet');
}
