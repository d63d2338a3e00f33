import { listReports } from '../../annual-report/index.ts';
import type { Effect } from '../../areas/registers/index.ts';
import type { Ctx } from '../../core/context.ts';

/** Years whose annual report is signed: what is registered later does not change it, newest first. */
export async function signedYears(ctx: Ctx): Promise<number[]> {
  const reports = await listReports(ctx.db, ctx.agencyId);
  return reports
    .filter(({ status }) => status === 'signed' || status === 'published')
    .map(({ year }) => year);
}

/** Those of the years that the effects reach. */
export function yearsTouched(years: readonly number[], effects: readonly Effect[]): number[] {
  return years.filter((year) => effects.some(({ from, to }) => from <= year && year <= to));
}
