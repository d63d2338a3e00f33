import { listReportingUnits, type ReportingUnit } from '../../areas/filed-reports/index.ts';
import type { Ctx } from '../../core/context.ts';

const MOST_OFFERED = 3000;
const AT_ONCE = 200;

/** Every unit, in list order, to be offered by name; beyond the most one has to know the name. */
export async function allUnits(ctx: Ctx): Promise<ReportingUnit[]> {
  const units: ReportingUnit[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listReportingUnits>> = await listReportingUnits(
      ctx,
      {},
      { after, limit: AT_ONCE },
    );
    units.push(...page.items);
    after = page.next;
  } while (after !== null && units.length < MOST_OFFERED);
  return units;
}
