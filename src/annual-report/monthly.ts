import type { Db } from '../core/db.ts';
import type { Figure, FigureScope } from '../core/figure.ts';

export interface MonthlySources {
  figures: ReadonlyMap<string, Figure>;
  /** Accepted return quantities of a figure by month (1–12), for the charts. */
  monthlyReturns(
    db: Db,
    scope: FigureScope,
    figures: readonly string[],
  ): Promise<{ month: number; quantity: number }[]>;
}

/** What some figures together come to in each month of a year: of records and of accepted returns. */
export async function monthlyFigures(
  db: Db,
  sources: MonthlySources,
  scope: FigureScope,
  codes: readonly string[],
): Promise<{ month: number; quantity: number }[]> {
  const sums = new Map<number, number>();
  const add = (month: number, quantity: number) => sums.set(month, (sums.get(month) ?? 0) + quantity);
  for (const { month, quantity } of await sources.monthlyReturns(db, scope, codes)) add(month, quantity);
  for (const code of codes) {
    const figure = sources.figures.get(code);
    if (!figure?.count) continue;
    const year = await figure.count(db, scope);
    if (year.records === 0) continue;
    for (const { month, from, to } of monthsOf(scope)) {
      const { records, quantity } = await figure.count(db, { ...scope, from, to });
      if (records > 0) add(month, quantity ?? 0);
    }
  }
  return [...sums].map(([month, quantity]) => ({ month, quantity })).sort((a, b) => a.month - b.month);
}

function monthsOf({ from }: FigureScope): { month: number; from: string; to: string }[] {
  const year = from.slice(0, 4);
  return Array.from({ length: 12 }, (_, index) => {
    const month = index + 1;
    const lastDay = new Date(Date.UTC(Number(year), month, 0)).getUTCDate();
    const start = `${year}-${String(month).padStart(2, '0')}`;
    return { month, from: `${start}-01`, to: `${start}-${lastDay}` };
  });
}
