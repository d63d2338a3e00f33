import type { SectionSpec, TableSpec } from '../formats/format.ts';
import { LONGEST_LABEL } from './alignment.ts';
import type { ObservedCell, ObservedRow } from './observed-row.ts';
import { plain, wordingKey } from './wording.ts';

/** By the columns of a section: the grid column each column id is printed in. */
export type Header = ReadonlyMap<string, ReadonlyMap<string, number>>;

/**
 * For each observed row, where the heads above it print their columns. A head may be spread over several rows and holds at
 * least two of its labels in one of them; a continued table goes on under the head of the page before.
 */
export function headersOf(spec: TableSpec, observed: readonly ObservedRow[]): Header[] {
  const sections = spec.sections.filter(({ columns }) => columns.length > 1);
  const heads = sections.map((section) => ({
    key: keyOfColumns(section),
    ids: section.columns.map(({ id }) => id),
    labels: new Map(section.columns.map(({ id, label }) => [wordingKey(label), id])),
    found: new Map<string, number>(),
  }));
  let current: Header = new Map();
  return observed.map(({ cells }) => {
    for (const head of heads) {
      const labelled = cells.flatMap(({ text, column }) => {
        const id = text.length <= LONGEST_LABEL ? head.labels.get(wordingKey(text)) : undefined;
        return id === undefined || column === null ? [] : [[id, column] as const];
      });
      if (labelled.length < 2) continue;
      for (const [id, column] of labelled) head.found.set(id, column);
      const columns = new Set(head.ids.flatMap((id) => head.found.get(id) ?? []));
      if (columns.size === head.ids.length) current = new Map([...current, [head.key, new Map(head.found)]]);
    }
    return current;
  });
}

function keyOfColumns({ columns }: SectionSpec): string {
  return columns.map(({ id }) => id).join(' ');
}

/** The figures after a label, one text per column; null inside where a column has no cell; null when they cannot be told apart. */
export function valuesOf(
  row: ObservedRow,
  label: number,
  section: SectionSpec,
  header: Header | undefined,
): (string | null)[] | null {
  const cells = figuresAfter(row, label, section);
  const wanted = section.columns.length;
  if (cells.length === wanted && isInOrder(section, header)) return cells.map(({ text }) => text);
  const printed = cells.filter(({ text }) => plain(text) !== '');
  if (wanted === 1) {
    // Running text that ends with the label does not tell a blank from a figure that was lost.
    const isBare = row.cells.length === label + 1 && row.cells[label]?.column === null;
    return printed.length > 1 || isBare ? null : [printed[0]?.text ?? ''];
  }
  const placed = header ? byHeader(cells, section, header) : null;
  if (placed && placed.filter((text) => text !== null && plain(text) !== '').length === printed.length)
    return placed;
  if (printed.length === wanted) return printed.map(({ text }) => text);
  if (cells.length > wanted && cells.slice(wanted).every(({ text }) => plain(text) === ''))
    return cells.slice(0, wanted).map(({ text }) => text);
  return null;
}

/** Whether the head prints the columns in the official order, as far as is known. */
function isInOrder(section: SectionSpec, header: Header | undefined): boolean {
  const positions = header?.get(keyOfColumns(section));
  const columns = section.columns.map(({ id }) => positions?.get(id));
  return columns.every((column, at) => at === 0 || column === undefined || column > (columns[at - 1] ?? -1));
}

function byHeader(
  cells: readonly ObservedCell[],
  section: SectionSpec,
  header: Header,
): (string | null)[] | null {
  const positions = header.get(keyOfColumns(section));
  if (!positions) return null;
  return section.columns.map(({ id }) => {
    const column = positions.get(id) ?? -1;
    const covering = cells.filter(
      (cell) => cell.column !== null && cell.column <= column && column < cell.column + cell.colSpan,
    );
    return covering.length === 1 ? covering[0]!.text : null;
  });
}

function figuresAfter(row: ObservedRow, label: number, section: SectionSpec): ObservedCell[] {
  const cells = row.cells.slice(label + 1);
  if (!section.showsUnit) return cells;
  const first = plain(cells[0]?.text ?? '');
  const hasUnit = /^(?:条|件|次|篇|个|人|人次|万元|[—–-]{1,4})$/u.test(first);
  return hasUnit || (cells.length >= 2 && first === '') ? cells.slice(1) : cells;
}
