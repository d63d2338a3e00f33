import type { CellRef, FormatId, Level, RowSpec, SectionSpec, TableSpec } from './formats/format.ts';

/** The compiled report: the one value that pages, PDF, DOCX, XLSX, CSV and JSON are all rendered from. */
export interface CompiledReport {
  agency: { id: number; code: string; name: string; shortName: string; demonstration: boolean };
  year: number;
  format: FormatId;
  title: string;
  /** 0 while it is a draft; 1 for the first signed version. */
  version: number;
  status: ReportStatus;
  period: { from: string; to: string };
  tables: CompiledTable[];
  chapters: CompiledChapter[];
  charts: ReportChart[];
  findings: Finding[];
  /** Foot of the printed table and sign-off, e.g. 单位负责人 → name. Empty string prints a blank to be filled by pen. */
  foot: { label: string; value: string }[];
  compiledAt: string;
  signed: { by: string; on: string; digest: string } | null;
  publishedOn: string | null;
  /** Why version n+1 replaced version n. */
  correction: { reason: string; replaces: number } | null;
}

export type ReportStatus = 'draft' | 'checked' | 'reviewed' | 'signed' | 'published';

export interface CompiledTable {
  id: string;
  title: string;
  spec: TableSpec;
  sections: { spec: SectionSpec; rows: CompiledRow[] }[];
}

export interface CompiledRow {
  spec: RowSpec;
  /** By column id; a column that does not apply to the row is absent. Empty for headings. */
  cells: Record<string, CompiledCell>;
}

/** null = blank: nobody recorded or reported anything. Blank and 0 are different facts. */
export interface CompiledCell {
  value: number | null;
  /** How the value came about. `sum`: computed from the rows it totals because nobody reported the total itself. */
  origin: 'figure' | 'sum' | 'none';
  figure: string | null;
  /** Rows of an area's own registers behind the value. */
  records: { count: number; quantity: number | null };
  /** Accepted return lines behind the value; `blank` when a line states explicitly that the row is left blank (留空). */
  returns: { count: number; quantity: number | null; blank: boolean };
  /** The body lacks the power to have such things: a blank is printed as `/`. */
  notApplicable?: true;
  /** What the subordinate agencies' signed reports contribute in a consolidated report (rule S17). */
  subordinates?: { count: number; quantity: number | null };
}

export interface CompiledChapter {
  key: string;
  /** 1-based. */
  number: number;
  title: string;
  /** Markdown subset with `{{cell}}` references still in it. */
  source: string;
  /** The same, parsed, with every reference resolved to the figure of this compile. */
  blocks: Block[];
  /** Table ids printed at the end of the chapter. */
  tables: string[];
}

/** The narrative's document model: few kinds, so that every renderer covers all of them. */
export type Block =
  | { kind: 'heading'; level: 1 | 2; inlines: Inline[] }
  | { kind: 'paragraph'; inlines: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] };

export type Inline =
  | { kind: 'text'; text: string; bold?: boolean; italic?: boolean }
  /** A live figure; `text` is how it prints, `approximate` marks 200余 and the like. */
  | { kind: 'figure'; ref: string; value: number | null; text: string; approximate?: boolean }
  | { kind: 'link'; href: string; text: string };

/** A chart with its data, so that a table can stand behind each. `svg` is self-contained, without script. */
export interface ReportChart {
  id: string;
  title: string;
  svg: string;
  columns: string[];
  rows: (string | number | null)[][];
  /** Chapter key it is printed in. */
  chapter: string;
}

/**
 * How sure a finding is. `wrong`: both sides were read completely and contradict each other. `uncertain`: a blank that could
 * make it right takes part, or a number that is approximate or may count something else. `unassessable`: what takes part
 * could not be read.
 */
export type Verdict = 'wrong' | 'uncertain' | 'unassessable';

/** What a check found. */
export interface Finding {
  /** S1 … S17, X9 …; the same rule with the same cells is the same finding on every compile. */
  rule: string;
  severity: Level;
  verdict: Verdict;
  /** Plain Chinese: what is wrong, both sides, the difference. */
  message: string;
  cells: CellRef[];
  left: number | null;
  right: number | null;
  /** How far the sides are apart, never negative; null when one of them is blank or no number. */
  difference: number | null;
  /** How far apart they may be: 0 for counts, half of the last printed decimal for rounded numbers. */
  tolerance: number;
  /** Chapter key when the finding is about prose. */
  chapter?: string;
  /** The words in the prose it is about. */
  quote?: string;
}
