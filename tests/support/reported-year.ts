import { figureFinder } from '../../src/annual-report/index.ts';
import { importReturns } from '../../src/areas/returns/index.ts';
import type { Ctx } from '../../src/core/context.ts';
import type { Figure } from '../../src/core/figure.ts';

/**
 * Accepted returns of a whole year for one unit, by figure or row code; null leaves the figure blank. They come in as
 * imported history, so that a test need not fill twelve monthly forms.
 */
export async function reportYear(
  ctx: Ctx,
  figures: ReadonlyMap<string, Figure>,
  year: number,
  values: Readonly<Record<string, number | null>>,
  { unit = 'BGS', source = 'year' } = {},
): Promise<void> {
  const records = Object.entries(values).map(([figure, quantity], index) => ({
    line: index + 1,
    values: {
      sourceId: `${source}-${year}-${figure}`,
      figure,
      unit,
      from: `${year}-01-01`,
      to: `${year}-12-31`,
      quantity,
      note: '',
    },
  }));
  const batches = async function* () {
    yield records;
  };
  const result = await importReturns(ctx, batches(), {
    fileName: `${source}.jsonl`,
    resolveFigure: figureFinder(figures),
  });
  const [fault] = result.rejected;
  if (fault) throw new Error(`line ${fault.line}: ${fault.field} ${fault.problem}`);
}
