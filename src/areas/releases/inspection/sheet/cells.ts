import { attribute, type Tag, tagsOf, textBetween } from '../office/xml-tree.ts';

/** A cell of a worksheet with its place in the text of the part. Rows and columns count from 1. */
export interface Cell {
  row: number;
  column: number;
  /** Index into the cell formats. */
  style: number;
  /** `s` shared string, `inlineStr`, `str` result of a formula, `n`, `b`, `e`, `d`. */
  type: string;
  /** Null without a formula; that of a shared formula stands only with its first cell. */
  formula: { text: string; start: number; end: number; shared: string | null } | null;
  /** As written; null without a value. */
  value: string | null;
  start: number;
  end: number;
}

/** With whether its row is hidden or without height. */
export type SheetCell = Cell & { rowHidden: boolean };

const number = (tag: Tag, name: string): number | null => {
  const value = attribute(tag, name);
  return value === undefined || value === '' ? null : Number(value);
};
const yes = (tag: Tag, name: string) => /^(1|true|on)$/i.test(attribute(tag, name) ?? '');

/** Columns set hidden or without width. */
export function hiddenColumnsOf(xml: string): [number, number][] {
  const found: [number, number][] = [];
  const end = xml.search(/<(?:[^\s:>/]+:)?sheetData[\s/>]/);
  for (const tag of tagsOf(end < 0 ? xml : xml.slice(0, end))) {
    if (tag.name !== 'col' || tag.kind === 'close') continue;
    const width = number(tag, 'width');
    if (!yes(tag, 'hidden') && !(width !== null && width < 0.1)) continue;
    found.push([number(tag, 'min') ?? 1, number(tag, 'max') ?? 16_384]);
  }
  return found;
}

/** Every cell in order. */
export function* cellsOf(xml: string): Generator<SheetCell> {
  let row = 0;
  let column = 0;
  let rowHidden = false;
  let cell: SheetCell | null = null;
  let inner: Tag | null = null;
  for (const tag of tagsOf(xml)) {
    if (tag.name === 'row' && tag.kind !== 'close') {
      row = number(tag, 'r') ?? row + 1;
      column = 0;
      const height = number(tag, 'ht');
      rowHidden = yes(tag, 'hidden') || (height !== null && height < 0.1);
    } else if (tag.name === 'c') {
      if (tag.kind === 'close') {
        if (cell) yield { ...cell, end: tag.end };
        cell = null;
        continue;
      }
      const own = cellAttributes(tag.source);
      const place = placeOf(own.r);
      row = place?.row ?? row;
      column = place?.column ?? column + 1;
      cell = {
        row,
        column,
        style: Number(own.s ?? 0),
        type: own.t ?? 'n',
        formula: null,
        value: null,
        start: tag.start,
        end: tag.end,
        rowHidden,
      };
      if (tag.kind === 'empty') {
        yield cell;
        cell = null;
      }
    } else if (cell && (tag.name === 'f' || tag.name === 'v' || tag.name === 'is')) {
      if (tag.kind !== 'close') inner = tag;
      if (tag.kind === 'open' || !inner) continue;
      if (tag.name === 'f') {
        cell.formula = {
          text: tag.kind === 'empty' ? '' : textBetween(xml, inner.end, tag.start),
          start: inner.start,
          end: tag.end,
          shared: attribute(inner, 't') === 'shared' ? (attribute(inner, 'si') ?? null) : null,
        };
      } else if (tag.kind === 'close') cell.value = textBetween(xml, inner.end, tag.start);
      inner = null;
    }
  }
}

/** A workbook has hundreds of thousands of these tags; they are read without the care that others get. */
function cellAttributes(source: string): { r?: string; s?: string; t?: string } {
  const found: { r?: string; s?: string; t?: string } = {};
  for (const match of source.matchAll(/\s([rst])\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    found[match[1] as 'r' | 's' | 't'] = match[2] ?? match[3] ?? '';
  }
  return found;
}

export const within = (ranges: readonly (readonly [number, number])[], at: number): boolean =>
  ranges.some(([from, to]) => from <= at && at <= to);

/** `C2` as row 2, column 3. */
export function placeOf(reference: string | undefined): { row: number; column: number } | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference ?? '');
  if (!match) return null;
  return { row: Number(match[2]), column: columnOf(match[1] ?? '') };
}

export function columnOf(letters: string): number {
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

export function columnName(column: number): string {
  let name = '';
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) {
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  }
  return name;
}

export const cellName = ({ row, column }: { row: number; column: number }): string =>
  `${columnName(column)}${row}`;
