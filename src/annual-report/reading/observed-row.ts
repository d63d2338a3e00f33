import type { DocumentTable, Place } from './document.ts';

/** A row as it stands in the file, before it is known what it is about. */
export interface ObservedRow {
  cells: ObservedCell[];
  place: Place;
  /** The run of rows it belongs to: a table of the document, or one stretch of running text. */
  run: number;
}

export interface ObservedCell {
  text: string;
  /** Grid column it starts in; null in running text. */
  column: number | null;
  colSpan: number;
}

/** The rows of a table; a cell that spans several rows belongs to the first of them only. */
export function rowsOfTable(table: DocumentTable, run: number): ObservedRow[] {
  return table.rows.map(({ cells, place }) => ({
    place,
    run,
    cells: cells.map(({ text, column, colSpan }) => ({ text, column, colSpan })),
  }));
}
