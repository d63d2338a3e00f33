import { cellKey } from '../../annual-report/compile.ts';
import type { SectionSpec } from '../../annual-report/formats/format.ts';
import type { ReadCell, ReadReport } from '../../annual-report/reading/index.ts';
import { nameOf } from './places.ts';

export interface FigureChange {
  /** See `cellKey`. */
  key: string;
  /** Title of its table. */
  table: string;
  name: string;
  /** False for a part of a total that stands in the same row. */
  main: boolean;
  before: Shown;
  now: Shown;
  difference: number | null;
  /** Of last year's value, in whole per cent; null when that is nought or no number. */
  percent: number | null;
  /** By half or more and by ten at least. */
  striking: boolean;
}

interface Shown {
  value: number | null;
  words: string;
}

const STRIKING_SHARE = 0.5;
const STRIKING_AMOUNT = 10;

/** The cells both reports have whose values differ, in printed order, and how many were compared. Pure. */
export function changesBetween(
  now: ReadReport,
  before: ReadReport,
): { changed: FigureChange[]; compared: number } {
  const changed: FigureChange[] = [];
  let compared = 0;
  for (const table of now.tables) {
    for (const { spec, rows } of table.sections) {
      for (const row of rows) {
        for (const { id: column } of spec.columns) {
          const key = cellKey(table.id, row.spec.code, column);
          const [one, other] = [now.cells[key], before.cells[key]];
          if (!one || !other || (one.value === null && other.value === null)) continue;
          compared += 1;
          if (one.value === other.value) continue;
          const name = nameOf({ table: table.id, row: row.spec.code, column }, now.format);
          changed.push({
            key,
            table: table.title,
            name,
            main: isMain(spec, column),
            ...changeOf(other, one),
          });
        }
      }
    }
  }
  return { changed, compared };
}

/** Whether a column is read first: the total of its row, or any where rows have no total. */
export function isMain({ columns }: SectionSpec, column: string): boolean {
  const totals = columns.filter(({ sumOf }) => sumOf);
  return totals.length === 0 || totals.some(({ id }) => id === column);
}

function changeOf(before: ReadCell, now: ReadCell): Omit<FigureChange, 'key' | 'table' | 'name' | 'main'> {
  const known = now.value !== null && before.value !== null;
  const difference = known ? rounded((now.value ?? 0) - (before.value ?? 0)) : null;
  const percent =
    difference === null || !before.value ? null : Math.round((difference / Math.abs(before.value)) * 100);
  const striking =
    difference !== null &&
    Math.abs(difference) >= STRIKING_AMOUNT &&
    (before.value === 0 || Math.abs(difference / (before.value ?? 1)) >= STRIKING_SHARE);
  return { before: shown(before), now: shown(now), difference, percent, striking };
}

const words = { blank: '空白', absent: '没有这一格' } as const;
const numbers = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 6 });

function shown({ state, value, text }: ReadCell): Shown {
  if (value !== null) return { value, words: numbers.format(value) };
  return { value, words: state === 'blank' || state === 'absent' ? words[state] : text };
}

const rounded = (value: number) => Math.round(value * 1e6) / 1e6;
