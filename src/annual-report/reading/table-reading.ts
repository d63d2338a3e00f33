import type { RowSpec, SectionSpec, TableSpec } from '../formats/format.ts';
import { type Alignment, align, LIKELY, LONGEST_LABEL } from './alignment.ts';
import { isValue, readValue } from './cell-value.ts';
import { type Header, headersOf, valuesOf } from './columns.ts';
import type { Unread } from './document.ts';
import type { ReadCell } from './model.ts';
import type { ObservedRow } from './observed-row.ts';
import { joinSplitRows } from './split-rows.ts';
import { likeness, plain, wordingKey } from './wording.ts';

/** What was made of one statutory table. */
export interface TableReading {
  /** By row code and column id: `3.1/total`. */
  cells: Map<string, ReadCell>;
  remarks: Remark[];
  /** The observed rows that were recognised, in order. */
  rows: ObservedRow[];
  /** Codes of the rows that were recognised, whether their figures could be read or not. */
  seen: Set<string>;
  /** Share of the table's rows that were found with all their figures, 0 to 1. */
  completeness: number;
}

/** Something to be said of a row that was recognised; `row` is its code. */
interface Remark extends Unread {
  row: string;
}

interface ExpectedRow {
  section: SectionSpec;
  row: RowSpec;
  label: string;
}

function expectedRows(spec: TableSpec): ExpectedRow[] {
  return spec.sections.flatMap((section) => section.rows.map((row) => ({ section, row, label: row.label })));
}

/**
 * Finds the rows of a table among observed rows by their labels and order, and reads their figures. A row whose figures
 * cannot be told apart is left unread and said so, never guessed.
 */
export function readTable(spec: TableSpec, all: readonly ObservedRow[]): TableReading {
  const expected = expectedRows(spec);
  const whole = joinSplitRows(
    all,
    expected.map(({ label }) => label),
  );
  const copies = copiesOf(whole, expected);
  const readings = copies.map((rows) => readCopy(spec, expected, rows));
  const best = readings.reduce((best, other) => (other.completeness > best.completeness ? other : best));
  if (copies.length > 1)
    best.remarks.push({
      reason: `“${spec.title}”表在文中有 ${copies.length} 张，只读入最完整的一张`,
      row: '',
      place: best.rows[0]?.place ?? null,
    });
  return best;
}

/** Where the first row of the table is printed again, the table is: each copy is read for itself. */
function copiesOf(all: readonly ObservedRow[], expected: readonly ExpectedRow[]): ObservedRow[][] {
  const first = expected.find(({ row }) => row.kind !== 'heading');
  const key = wordingKey(first?.label ?? '');
  const starts = all.flatMap((row, at) => {
    const label = row.cells.findIndex(({ text }) => text.length <= LONGEST_LABEL && wordingKey(text) === key);
    return first && label >= 0 && (fitOf(row, label, first, undefined) ?? 0) >= 0.25 ? [at] : [];
  });
  if (starts.length < 2) return [[...all]];
  return starts.map((from, index) => all.slice(index === 0 ? 0 : from, starts[index + 1] ?? all.length));
}

function readCopy(
  spec: TableSpec,
  expected: readonly ExpectedRow[],
  observed: readonly ObservedRow[],
): TableReading {
  const headers = headersOf(spec, observed);
  const pairs = align(observed, expected, ({ observed: at, expected: want, label }) =>
    fitOf(observed[at]!, label, expected[want]!, headers[at]),
  );
  const kept = withoutStrays(
    pairs,
    observed,
    ({ observed: at, expected: want, label }) =>
      (fitOf(observed[at]!, label, expected[want]!, headers[at]) ?? 0) > 0,
  );
  const placed = [...kept, ...byPosition(kept, observed, expected)].toSorted(
    (a, b) => a.observed - b.observed,
  );
  const reading: TableReading = {
    cells: new Map(),
    remarks: [],
    rows: [],
    seen: new Set(),
    completeness: 0,
  };
  let whole = 0;
  for (const pair of placed) {
    const row = observed[pair.observed]!;
    reading.rows.push(row);
    reading.seen.add(expected[pair.expected]!.row.code);
    if (readRow(reading, pair, row, expected, placed, headers[pair.observed])) whole += 1;
  }
  const figures = expected.filter(({ row }) => row.kind !== 'heading').length;
  reading.completeness = figures === 0 ? 0 : whole / figures;
  return reading;
}

/** Reads one row into the cells; true when all its figures were found. */
function readRow(
  reading: TableReading,
  { expected: want, label, likeness }: Alignment,
  row: ObservedRow,
  expected: readonly ExpectedRow[],
  placed: readonly Alignment[],
  header: Header | undefined,
): boolean {
  const { section, row: spec } = expected[want]!;
  const target = spec.kind === 'heading' ? asOneRow(want, expected, placed) : spec;
  if (!target) return false;
  const remark = (reason: string) =>
    void reading.remarks.push({ reason, row: target.code, place: row.place });
  const values = valuesOf(row, label, section, header);
  const printed = row.cells[label]?.text ?? '';
  if (likeness === 0) remark(`“${printed}”不是统一格式的名称，按所在位置认作“${spec.label}”`);
  if (values === null) {
    if (spec.kind === 'heading') return false;
    remark(`“${spec.label}”的数字个数与列数不符，无法辨认各列`);
    return false;
  }
  if (spec.kind === 'heading') {
    if (!values.some((text) => readValue(text ?? '').state !== 'blank')) return false;
    remark(`“${spec.label}”只印了一行，按“${target.label}”读入`);
    for (const { row: sibling } of childrenOf(want, expected))
      for (const { id } of section.columns)
        reading.cells.set(`${sibling.code}/${id}`, {
          state: 'not-applicable',
          value: null,
          text: '',
          place: row.place,
        });
  }
  for (const [index, { id }] of section.columns.entries()) {
    const text = values[index];
    const cell: ReadCell =
      text === null || text === undefined
        ? { state: 'absent', value: null, text: '', place: row.place }
        : { ...readValue(text, target.unit), text, place: row.place };
    if (cell.state === 'text')
      remark(`“${target.label}”的“${section.columns[index]!.label}”印作“${text}”，不是数字`);
    reading.cells.set(`${target.code}/${id}`, cell);
  }
  return values.every((text) => text !== null);
}

/** What speaks for a pair beside its label; null forbids it. */
function fitOf(
  row: ObservedRow,
  label: number,
  { section, row: spec }: ExpectedRow,
  header: Header | undefined,
): number | null {
  const values = valuesOf(row, label, section, header);
  const fits = values?.every((text) => text !== null && isValue(text)) ?? false;
  // A heading usually shares its row with the first row below it, and that one is meant.
  if (spec.kind === 'heading') return fits ? 0.1 : -0.3;
  if (fits) return values?.some((text) => plain(text ?? '') !== '') ? 0.3 : 0.25;
  const inText = row.cells[label]?.column === null;
  return inText && row.cells.length - label - 1 > section.columns.length ? null : 0;
}

/**
 * Rows of other tables that happen to bear the same words: a few among many of the table itself, with other columns. The
 * last rows of the table on a page of their own have its columns.
 */
function withoutStrays(
  pairs: readonly Alignment[],
  observed: readonly ObservedRow[],
  hasColumns: (pair: Alignment) => boolean,
): Alignment[] {
  const counts = new Map<number, number>();
  for (const { observed: at } of pairs)
    counts.set(observed[at]!.run, (counts.get(observed[at]!.run) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return pairs.filter(
    (pair) => most < 12 || counts.get(observed[pair.observed]!.run)! > 2 || hasColumns(pair),
  );
}

/** Rows between two recognised ones whose labels say nothing known, when exactly as many are still expected there. */
function byPosition(
  pairs: readonly Alignment[],
  observed: readonly ObservedRow[],
  expected: readonly ExpectedRow[],
): Alignment[] {
  const found: Alignment[] = [];
  for (let index = 0; index + 1 < pairs.length; index++) {
    const [before, after] = [pairs[index]!, pairs[index + 1]!];
    if (observed[before.observed]!.run !== observed[after.observed]!.run) continue;
    const missing = range(before.expected + 1, after.expected).filter(
      (want) => expected[want]!.row.kind !== 'heading',
    );
    const loose = range(before.observed + 1, after.observed).flatMap((at) => {
      const label = lastLabel(observed[at]!);
      const wanted = missing[0] === undefined ? 0 : expected[missing[0]]!.section.columns.length;
      const values = observed[at]!.cells.slice(label + 1);
      const isFree = label >= 0 && values.length === wanted && values.every(({ text }) => isValue(text));
      return isFree && !saysAny(observed[at]!.cells[label]!.text, expected) ? [{ at, label }] : [];
    });
    if (missing.length === 0 || missing.length !== loose.length) continue;
    for (const [order, { at, label }] of loose.entries())
      found.push({ observed: at, expected: missing[order]!, label, likeness: 0 });
  }
  return found;
}

/** Whether a label resembles any wording of the table: then it is that row out of its order, not an unknown one. */
function saysAny(text: string, expected: readonly ExpectedRow[]): boolean {
  const key = wordingKey(text.slice(0, LONGEST_LABEL));
  return expected.some(({ label }) => likeness(key, wordingKey(label)) >= LIKELY);
}

function lastLabel(row: ObservedRow): number {
  return row.cells.findLastIndex(({ text }) => !isValue(text));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

/** The row that takes the figures of a group printed as the one row of its heading; null where its own rows are printed. */
function asOneRow(
  want: number,
  expected: readonly ExpectedRow[],
  placed: readonly Alignment[],
): RowSpec | null {
  const children = childrenOf(want, expected);
  const taker = children.find(({ row }) => row.code === expected[want]!.row.asOneRow);
  const printed = placed.some((pair) => children.some(({ index }) => index === pair.expected));
  return taker && !printed ? taker.row : null;
}

function childrenOf(want: number, expected: readonly ExpectedRow[]): { row: RowSpec; index: number }[] {
  const heading = expected[want]!.row;
  return expected.flatMap(({ row }, index) =>
    row.code.startsWith(`${heading.code}.`) && row.kind !== 'heading' ? [{ row, index }] : [],
  );
}

/** What is to be said of a table, or of its rows, that were not found. */
export function missingFrom(spec: TableSpec, { rows, seen, cells }: TableReading): Unread[] {
  if (rows.length === 0) return [{ reason: `没有找到“${spec.title}”表`, place: null }];
  const missing = expectedRows(spec).filter(
    ({ row, section }) =>
      row.kind !== 'heading' &&
      row.label !== '' &&
      !seen.has(row.code) &&
      !section.columns.some(({ id }) => cells.has(`${row.code}/${id}`)),
  );
  if (missing.length === 0) return [];
  const named = missing.slice(0, NAMED).map(({ label }) => `“${label}”`);
  const more = missing.length > NAMED ? `等 ${missing.length} 行` : '';
  return [{ reason: `没有找到“${spec.title}”表的${named.join('、')}${more}`, place: rows[0]!.place }];
}

/** How many missing rows are named one by one. */
const NAMED = 3;
