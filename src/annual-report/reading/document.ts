/**
 * A published report as its file shows it, before anything is made of it: text and tables in reading order, each with its
 * place. What a file holds but cannot be read stands in `unread`, in words; nothing is left out in silence.
 */
export interface ReportDocument {
  kind: DocumentKind;
  /** Of text and HTML files, e.g. `utf-8`, `gb18030`; else null. */
  encoding: string | null;
  /** What the file itself calls its title (HTML `ArticleTitle` or `<title>`, Word and PDF properties); '' when it does not. */
  title: string;
  blocks: DocumentBlock[];
  unread: Unread[];
}

export type DocumentKind = 'text' | 'html' | 'docx' | 'xlsx' | 'pdf';

export type DocumentBlock = DocumentParagraph | DocumentTable;

/** One line or paragraph, white space collapsed, never empty. */
export interface DocumentParagraph {
  kind: 'paragraph';
  text: string;
  place: Place;
}

export interface DocumentTable {
  kind: 'table';
  rows: DocumentRow[];
  place: Place;
}

export interface DocumentRow {
  /** Cells that start in this row, from left to right; a cell spanning from above is not repeated. */
  cells: DocumentCell[];
  place: Place;
}

export interface DocumentCell {
  /** White space collapsed; lines joined without a space between Han characters. '' for an empty cell. */
  text: string;
  /** First column it covers, 0-based. */
  column: number;
  colSpan: number;
  rowSpan: number;
}

/** Where something stands in the file; numbers are 1-based. */
export interface Place {
  page?: number;
  /** Line of a text file, or of the page of a PDF. */
  line?: number;
  /** Number of the paragraph, in files without pages and lines. */
  paragraph?: number;
  /** Number of the table in the file. */
  table?: number;
  /** Row of the table or sheet. */
  row?: number;
  sheet?: string;
}

export interface Unread {
  /** Plain Chinese, e.g. `第 3 页是图片，没有文字`. */
  reason: string;
  place: Place | null;
}

/** 第 3 页第 2 个表第 7 行; '' for no place. */
export function placeInWords(place: Place | null): string {
  if (!place) return '';
  const { sheet, page, paragraph, table, row, line } = place;
  return [
    sheet === undefined ? '' : `工作表“${sheet}”`,
    page === undefined ? '' : `第 ${page} 页`,
    paragraph === undefined ? '' : `第 ${paragraph} 段`,
    table === undefined ? '' : `第 ${table} 个表`,
    row === undefined ? '' : `第 ${row} 行`,
    line === undefined ? '' : `第 ${line} 行`,
  ].join('');
}
