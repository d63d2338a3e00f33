import fc from 'fast-check';
import { cellKey } from '../../src/annual-report/compile.ts';
import type { Format, FormatId, SectionSpec } from '../../src/annual-report/formats/format.ts';
import { type CellValues, figureRows, formatById } from '../../src/annual-report/formats/index.ts';

type Values = Record<string, Record<string, number>>;

/** Any table in which every identity of its format holds and no softer check has anything to say. */
export function soundTables(id: FormatId): fc.Arbitrary<CellValues> {
  return id === '2014' ? soundStatistics : soundThreeTables(formatById(id)!);
}

/** Cells that an equation of the format holds to the others, by `table/row/column`: a change to one of them alone shows. */
export function boundCells(format: Format): ReadonlySet<string> {
  const rows = new Map(figureRows(format).map((entry) => [entry.row.code, entry]));
  const keyOf = (row: string, column: string) => cellKey(rows.get(row)?.table.id ?? '', row, column);
  const inEveryColumn = (codes: readonly string[]) =>
    codes.flatMap((row) => (rows.get(row)?.section.columns ?? []).map(({ id }) => keyOf(row, id)));
  return new Set(
    format.checks.flatMap((check) => {
      if (check.kind === 'sum') return inEveryColumn([check.total, ...check.parts]);
      if (check.kind === 'balance') return inEveryColumn([...check.left, ...check.right]);
      if (check.kind === 'column-sum')
        return check.rows.flatMap((row) => [check.total, ...check.parts].map((id) => keyOf(row, id)));
      return [];
    }),
  );
}

/** Every figure cell of a format, as `[row, column]`. */
export function figureCells(format: Format): { key: string; row: string; column: string; signed: boolean }[] {
  return figureRows(format).flatMap(({ table, section, row }) =>
    section.columns.map(({ id, signed }) => ({
      key: cellKey(table.id, row.code, id),
      row: row.code,
      column: id,
      signed: signed === true,
    })),
  );
}

/** The values with one cell changed; null blanks it. */
export function withCell(values: CellValues, row: string, column: string, value: number | null): CellValues {
  const own = values[row];
  return { ...values, [row]: typeof own === 'object' && own !== null ? { ...own, [column]: value } : value };
}

export function valueAt(values: CellValues, row: string, column: string): number {
  const own = values[row];
  return (typeof own === 'object' ? own?.[column] : own) ?? 0;
}

/** Parts of the 2014 table that add up to the row above them. */
const sums2014: readonly (readonly [total: string, parts: number])[] = [
  ['3.1', 4],
  ['3.3.4', 6],
  ['3.3', 8],
  ['4', 3],
  ['5', 3],
  ['8.3', 2],
];

const soundStatistics: fc.Arbitrary<CellValues> = fc
  .record({
    counts: fc.array(fc.nat(400), { minLength: 60, maxLength: 60 }),
    channels: fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 5, maxLength: 5 }),
    late: fc.nat(100),
    overlap: fc.integer({ min: 1, max: 50 }),
    amounts: fc.tuple(fc.nat(9_000_000), fc.nat(9_000_000)),
  })
  .map(({ counts, channels, late, overlap, amounts }) => {
    const values: Record<string, number> = {};
    const left = [...counts];
    const next = (max = 400) => (left.shift() ?? 0) % (max + 1);
    for (const { row } of figureRows(formatById('2014')!)) values[row.code] = next();
    for (const [total, count] of sums2014)
      values[total] = Array.from({ length: count }, (_, index) => values[`${total}.${index + 1}`]!).reduce(
        (sum, part) => sum + part,
        0,
      );
    // Each item counts once in 1.1 and once for each of its channels, and some went through two.
    for (const [index, count] of channels.entries()) values[`1.2.${index + 1}`] = count + overlap;
    const all = channels.reduce((sum, count) => sum + count + overlap, 0);
    values['1.1'] = Math.max(...channels.map((count) => count + overlap), all - overlap);
    values['1.1.1'] = Math.min(values['1.1.1']!, values['1.1']);
    values['1.1.2'] = values['1.1.1'] + values['1.1.2']!;
    values['2.2.1.1'] = Math.min(values['2.2.1.1']!, values['2.2.1']!);
    values['2.2.2.1'] = Math.min(values['2.2.2.1']!, values['2.2.2']!);
    values['2.1'] = values['2.2.4']! + values['2.2.5']!;
    values['3.2'] = Math.min(values['3.1']!, values['3.3']!);
    values['3.2.2'] = Math.min(late, values['3.2']);
    values['3.2.1'] = values['3.2'] - values['3.2.2'];
    values['7'] = values['3.1']! > 0 ? amounts[0] / 1e6 : 0;
    values['8.4'] = amounts[1] / 1e6;
    if (values['9.3']! > 0) values['9.2'] = Math.max(1, values['9.2']!);
    return values;
  });

function soundThreeTables(format: Format): fc.Arbitrary<CellValues> {
  const size = figureCells(format).length;
  return fc
    .record({
      counts: fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(400)), {
        minLength: size,
        maxLength: size,
      }),
      carriedIn: fc.array(fc.nat(100), { minLength: 7, maxLength: 7 }),
    })
    .map(({ counts, carriedIn }) => {
      const left = [...counts];
      const values: Values = {};
      for (const { section, row } of figureRows(format))
        values[row.code] = Object.fromEntries(
          section.columns.map(({ id, measure, signed }) => {
            const count = left.shift() ?? 0;
            const isAmount = (measure ?? row.kind) === 'amount';
            return [id, isAmount ? count / 8 : signed ? 200 - count : count];
          }),
        );
      for (const { section, row } of figureRows(format)) {
        if (!row.sumOf) continue;
        for (const { id } of section.columns)
          values[row.code]![id] = row.sumOf.reduce((sum, part) => sum + values[part]![id]!, 0);
      }
      const requests = figureRows(format).find(({ row }) => row.code === '3.7')?.section;
      for (const [index, { id }] of (requests?.columns ?? []).entries()) {
        const handled = values['3.7']![id]! + values['4']![id]!;
        values['2']![id] = Math.min(carriedIn[index]!, handled);
        values['1']![id] = handled - values['2']![id]!;
      }
      for (const { section, row } of figureRows(format)) totalColumns(section, values[row.code]!);
      return values;
    });
}

function totalColumns(section: SectionSpec, cells: Record<string, number>): void {
  for (const { id, sumOf } of section.columns)
    if (sumOf) cells[id] = sumOf.reduce((sum, part) => sum + cells[part]!, 0);
}
