import { filedYears } from '../../areas/filed-reports/index.ts';
import type { Ctx } from '../../core/context.ts';

const YEARS_OFFERED = 12;
/** The first year the Regulation asked a report for: it came into force on 2008-05-01. */
export const FIRST_YEAR = 2008;

/** The years one may choose and the one chosen: the one asked for, else the one being gathered, else the newest filed. */
export async function yearChoice(ctx: Ctx, asked: string): Promise<{ year: number; years: number[] }> {
  const filed = await filedYears(ctx);
  const today = ctx.clock.today();
  const reported = today.year - 1;
  // Reports are due by the end of January or March; until summer the year being gathered comes first.
  const usual = today.month <= 6 ? reported : (filed[0] ?? reported);
  const year = /^20\d\d$/.test(asked) && Number(asked) >= FIRST_YEAR ? Number(asked) : usual;
  const years = [...new Set([...filed, reported, year])].sort((a, b) => b - a).slice(0, YEARS_OFFERED);
  return { year, years };
}
