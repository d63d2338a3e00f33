import type { FormatId } from '../formats/format.ts';
import type { Block, CompiledTable } from '../model.ts';
import type { DocumentKind, Place, Unread } from './document.ts';

/**
 * What a cell of a published table shows. Blank is never taken for zero, and a mark such as `/` is neither:
 * `number` and `zero` carry a value; `blank` an empty cell; `not-applicable` a `/`, `—` or 不适用; `text` words or a number
 * that cannot be made out; `absent` a cell the report's table does not have or that was not found.
 */
export type CellState = 'number' | 'zero' | 'blank' | 'not-applicable' | 'text' | 'absent';

export interface ReadCell {
  state: CellState;
  value: number | null;
  /** As printed; '' when blank or absent. */
  text: string;
  place: Place | null;
}

/** A published report of any agency, read from a file. */
export interface ReadReport {
  kind: DocumentKind;
  encoding: string | null;
  /** Null when the text does not tell. */
  agency: string | null;
  year: number | null;
  format: FormatId | null;
  title: string;
  /** By `table/row/column` (see `cellKey`), every figure cell of the format; empty when the format is unknown. */
  cells: Readonly<Record<string, ReadCell>>;
  /** The same numbers in the shape that checks and renderers take; every state without a value is null there. */
  tables: CompiledTable[];
  chapters: ReadChapter[];
  /** What could not be read, with its place. */
  unread: Unread[];
}

export interface ReadChapter {
  /** The format's chapter key, or `preface`, or null for a heading the format does not know. */
  key: string | null;
  /** 1-based in the order found; 0 for what stands before the first heading. */
  number: number;
  title: string;
  /** Prose only, without table rows. */
  paragraphs: { text: string; place: Place }[];
  /** The same paragraphs as checks of our own prose take them. */
  blocks: Block[];
}
