import type { ObservedCell, ObservedRow } from './observed-row.ts';
import { hasHan, plain, wordingKey } from './wording.ts';

/** Heads that a table repeats on a new page have no more rows than this. */
const HEAD_ROWS = 6;

/**
 * Rows that a page break has cut in two are made whole: the last row of a page and one of the first of the next, whose
 * labels together say an official wording that neither says alone.
 */
export function joinSplitRows(rows: readonly ObservedRow[], labels: readonly string[]): ObservedRow[] {
  const wordings = new Set(labels.map(wordingKey));
  const joined = [...rows];
  for (let at = rows.length - 1; at > 0; at--) {
    if (rows[at]!.run === rows[at - 1]!.run) continue;
    const last = joined[at - 1]!;
    const next = joined.slice(at, at + HEAD_ROWS).findIndex((row) => {
      return row.run === rows[at]!.run && isOneRow(last, row, wordings);
    });
    if (next < 0) continue;
    const whole = merge(last, joined[at + next]!);
    if (!whole) continue;
    joined[at - 1] = whole;
    joined.splice(at + next, 1);
  }
  return joined;
}

function isOneRow(upper: ObservedRow, lower: ObservedRow, wordings: ReadonlySet<string>): boolean {
  const [above, below] = [labelOf(upper), labelOf(lower)];
  if (above < 0 || below < 0) return false;
  const [start, end] = [upper.cells[above]!.text, lower.cells[below]!.text];
  return (
    wordings.has(wordingKey(`${start}${end}`)) &&
    !wordings.has(wordingKey(start)) &&
    !wordings.has(wordingKey(end))
  );
}

function labelOf({ cells }: ObservedRow): number {
  return cells.findLastIndex(({ text, column }) => column !== null && hasHan(text));
}

/** The upper row with the whole label; each figure stands in one of the halves. Null where both tell one. */
function merge(upper: ObservedRow, lower: ObservedRow): ObservedRow | null {
  const [above, below] = [labelOf(upper), labelOf(lower)];
  const figures = upper.cells.slice(above + 1);
  const others = lower.cells.slice(below + 1);
  const whole: ObservedCell[] = [];
  for (const [index, cell] of figures.entries()) {
    const other = others[index]?.text ?? '';
    if (plain(cell.text) !== '' && plain(other) !== '') return null;
    whole.push(plain(cell.text) === '' ? { ...cell, text: other } : cell);
  }
  const label = upper.cells[above]!;
  const text = `${label.text}${lower.cells[below]!.text}`;
  return { ...upper, cells: [...upper.cells.slice(0, above), { ...label, text }, ...whole] };
}
