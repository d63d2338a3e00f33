import { cellKey } from '../../annual-report/compile.ts';
import type { ReadReport } from '../../annual-report/reading/index.ts';
import { isMain } from './figure-changes.ts';
import { nameOf } from './places.ts';

/** One cell of a body's report beside the same cell of those below it. */
export interface BelowLine {
  key: string;
  /** Title of its table. */
  table: string;
  name: string;
  /** See `isMain`. */
  main: boolean;
  own: number | null;
  /** What stands in the cell when it holds no number. */
  ownWords: string;
  sum: number;
  /** Own less the sum. */
  difference: number | null;
  /** Reports below that hold a number there. */
  counted: number;
  verdict: 'fits' | 'smaller';
}

/** The cells in which a report below holds more than nought, in printed order; those too small come first. Pure. */
export function sumBelow(report: ReadReport, below: readonly ReadReport[]): BelowLine[] {
  const same = below.filter(({ format }) => format === report.format);
  const lines: BelowLine[] = [];
  for (const table of report.tables) {
    for (const { spec, rows } of table.sections) {
      for (const row of rows) {
        for (const { id: column } of spec.columns) {
          const key = cellKey(table.id, row.spec.code, column);
          const values = same.flatMap(({ cells }) => cells[key]?.value ?? []);
          const sum = exact(values.reduce((total, value) => total + value, 0));
          if (sum === 0) continue;
          const own = report.cells[key];
          lines.push({
            key,
            table: table.title,
            name: nameOf({ table: table.id, row: row.spec.code, column }, report.format),
            main: isMain(spec, column),
            own: own?.value ?? null,
            ownWords: own?.state === 'blank' ? '空白' : own?.text || '—',
            sum,
            difference: typeof own?.value === 'number' ? exact(own.value - sum) : null,
            counted: values.length,
            verdict: own?.value !== null && own?.value !== undefined && own.value < sum ? 'smaller' : 'fits',
          });
        }
      }
    }
  }
  return lines.toSorted((a, b) => Number(b.verdict === 'smaller') - Number(a.verdict === 'smaller'));
}

const exact = (value: number) => Math.round(value * 1e6) / 1e6;
