import type { TableSpec } from '../formats/format.ts';
import { isValue, readValue } from './cell-value.ts';
import type { ReadCell } from './model.ts';
import type { ObservedRow } from './observed-row.ts';
import type { TableReading } from './table-reading.ts';
import { plain, wordingKey } from './wording.ts';

/** Words of the head; running text may have broken them apart. */
const HEAD = /维持|纠正|审结|起诉/u;

/**
 * Reads the table that has one nameless row under its columns: the figures below a head that speaks of outcomes and roads,
 * in one row, or in several that together have as many cells (the three roads as tables or rows of their own).
 */
export function readNamelessTable(spec: TableSpec, observed: readonly ObservedRow[]): TableReading {
  const section = spec.sections[0]!;
  const code = section.rows[0]!.code;
  const reading: TableReading = {
    cells: new Map(),
    remarks: [],
    rows: [],
    seen: new Set(),
    completeness: 0,
  };
  const found = figuresBelowHead(observed, section.columns.length);
  if (!found) return reading;
  reading.rows.push(...found.rows);
  if (found.texts.length !== section.columns.length) {
    const reason = `“${spec.title}”应有 ${section.columns.length} 个数字，读到 ${found.texts.length} 个，无法辨认各列`;
    reading.remarks.push({ reason, row: code, place: found.rows[0]!.place });
    return reading;
  }
  for (const [index, { id, label }] of section.columns.entries()) {
    const text = found.texts[index]!;
    const cell: ReadCell = { ...readValue(text, section.rows[0]!.unit), text, place: found.rows[0]!.place };
    if (cell.state === 'text')
      reading.remarks.push({
        row: code,
        reason: `“${spec.title}”的“${label}”印作“${text}”，不是数字`,
        place: cell.place,
      });
    reading.cells.set(`${code}/${id}`, cell);
  }
  reading.completeness = 1;
  return reading;
}

interface Figures {
  rows: ObservedRow[];
  texts: string[];
}

function figuresBelowHead(observed: readonly ObservedRow[], wanted: number): Figures | null {
  const below = rowsBelowHead(observed, wanted);
  const whole = below.find(({ texts }) => texts.length === wanted);
  if (whole) return whole;
  const together: Figures = { rows: [], texts: [] };
  for (const { rows, texts } of below) {
    if (together.texts.length >= wanted) break;
    together.rows.push(...rows);
    together.texts.push(...texts);
  }
  return together.rows.length > 0 ? together : null;
}

/** Each row of figures that follows words of the head, or names one of the roads. */
function rowsBelowHead(observed: readonly ObservedRow[], wanted: number): Figures[] {
  const runs = new Set(
    observed.filter(({ cells }) => cells.some(({ text }) => HEAD.test(plain(text)))).map(({ run }) => run),
  );
  let underHead = false;
  return observed.flatMap((row) => {
    const isHead = row.cells.some(({ text }) => HEAD.test(plain(text)));
    underHead = isHead || (underHead && runs.has(row.run));
    const texts = withoutFillers(trailingFigures(row), wanted);
    const named = texts.length < Math.min(row.cells.length, wanted) && !isHead && !isRoad(row);
    return underHead && texts.length > 0 && !named ? [{ rows: [row], texts }] : [];
  });
}

/** Empty cells around the figures, which fill up a wider table. */
function withoutFillers(texts: string[], wanted: number): string[] {
  let from = 0;
  let to = texts.length;
  while (to - from > wanted && plain(texts[to - 1]!) === '') to -= 1;
  while (to - from > wanted && plain(texts[from]!) === '') from += 1;
  return texts.slice(from, to);
}

/** The cells of figures at the end of a row; a wholly empty row has none. */
function trailingFigures(row: ObservedRow): string[] {
  const from = row.cells.findLastIndex(({ text }) => !isValue(text)) + 1;
  const texts = row.cells.slice(from).map(({ text }) => text);
  const printed = texts.some((text) => plain(text) !== '');
  return printed || texts.length >= 15 ? texts : [];
}

/** A row that names one of the roads of a dispute before its figures. */
function isRoad(row: ObservedRow): boolean {
  return row.cells.some(({ text }) => /行政复议|行政诉讼|直接起诉|后起诉|总计/u.test(wordingKey(text)));
}
