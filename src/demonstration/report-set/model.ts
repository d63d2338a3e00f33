import type { Format } from '../../annual-report/formats/index.ts';
import type { CellState } from '../../annual-report/reading/model.ts';
import type { SetUnit } from './units.ts';

/** The ways a report is laid out: five families, each with the variants met in the wild. */
export const layouts = [
  'html-semantic',
  'html-word-paste',
  'html-nested-tables',
  'html-divs',
  'html-headers',
  'pdf-ruled',
  'pdf-plain',
  'docx-typed',
  'docx-numbered',
  'xlsx-one-sheet',
  'xlsx-three-sheets',
  'xlsx-formulas',
  'text-lines',
  'text-bars',
  'text-spaces',
] as const;

export type Layout = (typeof layouts)[number];

/** How one body prints its numbers, the same through the whole report. */
export interface PrintStyle {
  fullWidth: boolean;
  zero: 'digit' | 'blank';
  thousands: '' | ',' | '，';
  /** Printed for 规章 by a body that cannot make them; '' prints the number. */
  notApplicable: '' | '/' | '—';
  /** 10, +10 or 增10. */
  change: 'sign' | 'plus' | 'word';
  brackets: 'half' | 'full';
  /** After the number of a single result: `1.属于国家秘密`. */
  point: '.' | '．' | '、';
}

export interface PrintedCell {
  state: CellState;
  value: number | null;
  text: string;
}

/** A report of the set as its writer saw it; a layout turns it into a file. */
export interface SetReport {
  /** File name. */
  file: string;
  unit: SetUnit;
  year: number;
  format: Format;
  layout: Layout;
  style: PrintStyle;
  title: string;
  preface: string[];
  chapters: SetChapter[];
  /** By `table/row/column`. */
  cells: Readonly<Record<string, PrintedCell>>;
}

export interface SetChapter {
  title: string;
  paragraphs: string[];
  /** Ids of the tables printed at its end. */
  tables: readonly string[];
}
