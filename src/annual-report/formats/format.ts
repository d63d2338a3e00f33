/**
 * A report format as data: what one era's statutory tables look like and what must hold between their cells.
 * Nothing here computes; `compile`, `check`, `narrative` and the renderers read it. A new format is a new file.
 */
export type FormatId = '2014' | '2019' | '2021';

export interface Format {
  id: FormatId;
  /** Reporting years (报告年度) it governs; `to` null means "until replaced". */
  years: { from: number; to: number | null };
  /** The instrument that lays the format down, with its number. */
  basis: string;
  /** Report title; `{agency}` and `{year}` are filled in. */
  title: string;
  chapters: readonly ChapterSpec[];
  /** Words that only the tables of this format print: a published report is told by them. */
  marks?: readonly string[];
  tables: readonly TableSpec[];
  /** Figures that the text states though no printed row holds them: one more table, which is counted but never printed. */
  stated?: TableSpec;
  checks: readonly CheckSpec[];
  /** Statutory due dates in the year after the reporting year. */
  due: readonly { role: string; monthDay: string; article: string }[];
  /** Fields at the foot of the printed table, e.g. 单位负责人. */
  footFields: readonly string[];
  /** How a cell nobody reported is printed on paper: left empty (2014) or 0 (2019, 2021). The value itself stays null. */
  blankPrintedAs: string;
  /** Wordings that tie a number in the prose to a cell (rule S15). */
  anchors?: readonly ProseAnchor[];
  /** Statements that must agree with each other, or with cells, though no row holds them. */
  proseRelations?: readonly ProseRelation[];
}

export interface ChapterSpec {
  /** Stable key, e.g. `overview`. */
  key: string;
  /** Official title without its number, e.g. `总体公开情况`; may hold variables such as `{{nextYear}}`. */
  title: string;
  /** Narrative template: the Markdown subset with `{{cell}}` references and `{{#cell}}…{{/}}` sections (see narrative). */
  template: string;
  /** Statistics tables printed inside this chapter, by table id. */
  tables?: readonly string[];
}

/** One printed statistics table: one or more sections, each with its own columns. */
export interface TableSpec {
  id: string;
  title: string;
  sections: readonly SectionSpec[];
  /** Printed note under the table. */
  note?: string;
  /** Counted and shown to those who prepare the report, but no part of the printed one. */
  unprinted?: true;
}

export interface SectionSpec {
  /** Heading row across the section, e.g. `第二十条第(一)项`. */
  heading?: string;
  /** Label above the row-name column, e.g. `统计指标` or `信息内容`. */
  rowHeader: string;
  /** True when each row prints its unit (条, 件 …) in a column of its own. */
  showsUnit: boolean;
  columns: readonly ColumnSpec[];
  rows: readonly RowSpec[];
}

export interface ColumnSpec {
  /** `value` where the table has a single column of figures. */
  id: string;
  label: string;
  /** Labels of the spanning header cells above it, outermost first, e.g. `['申请人情况', '法人或其他组织']`. */
  group?: readonly string[];
  /** Column ids this one totals. */
  sumOf?: readonly string[];
  /** True where a negative number is a legitimate value, e.g. `本年增/减`. */
  signed?: boolean;
  /** Where the column differs from its row: `amount` allows decimals. */
  measure?: 'count' | 'amount';
  /** Where the column counts in another unit than its row. */
  unit?: string;
  /** A state on the last day of the period; of several returns the last one counts. */
  stock?: true;
}

/** What only some bodies may do. A body without the power prints `/` where it has nothing to report. */
export type Power = 'rule-making';

export interface RowSpec {
  /** Code of `domain` tables, e.g. `1.2.3`, `P1.1`. Unique within the format. */
  code: string;
  /** Official wording, with its printed number. */
  label: string;
  unit: string;
  /** Depth of indent, 0 for headings. */
  level: number;
  kind: 'heading' | 'count' | 'amount';
  /** An `其中` row: part of this row, never more than it. */
  within?: string;
  /** Row codes that this row totals. */
  sumOf?: readonly string[];
  /** A state on the last day of the period; of several returns the last one counts. */
  stock?: true;
  /** Of a heading: the row below it that takes the figures where a report prints the whole group as this one row. */
  asOneRow?: string;
  /** Only bodies with this power fill the row. */
  power?: Power;
  /** What the row is called away from its table, where the printed wording needs the heading above it. */
  name?: string;
  /** Figure code per column id; absent where the cell is only a sum. */
  figures?: Readonly<Record<string, string>>;
  /** What the row counts, for the help text; may differ from the printed wording. */
  definition?: string;
}

/** Addresses one cell. `column` is `value` in single-column tables. */
export interface CellRef {
  table: string;
  row: string;
  column: string;
}

export type Level = 'error' | 'warning' | 'notice';

/**
 * A check between cells. Row codes are enough to name a cell: codes are unique within a format and a check runs for every
 * column of the row unless `columns` narrows it. Blank counts as 0 in sums, and a sum whose total is blank while
 * a part is not is a contradiction. `hint` says what the officer can do about it and ends the message.
 */
export type CheckSpec = { rule: string; level: Level; hint?: string } & CheckKind;

export type CheckKind =
  | { kind: 'sum'; total: string; parts: readonly string[]; columns?: readonly string[] }
  | { kind: 'column-sum'; rows: readonly string[]; total: string; parts: readonly string[] }
  /** `carriedIn`: cells of last year's report that are added to the right side. */
  | { kind: 'at-most'; left: readonly string[]; right: readonly string[]; carriedIn?: readonly CellPick[] }
  | { kind: 'max-at-most'; parts: readonly string[]; total: string }
  | { kind: 'equal-notice'; parts: readonly string[]; total: string }
  /** `columns` where the two cells stand in columns of different names. */
  | { kind: 'requires'; when: string; needs: string; columns?: { when: string; needs: string } }
  | { kind: 'balance'; left: readonly string[]; right: readonly string[] }
  | { kind: 'number-form' }
  | { kind: 'prose' }
  | { kind: 'year-on-year'; percent: number }
  | { kind: 'carried-over'; thisYear: readonly CellPick[]; lastYear: readonly CellPick[] }
  /** What was open last year must be contained in this year's cells. */
  | { kind: 'reappears'; thisYear: readonly CellPick[]; lastYear: readonly CellPick[] }
  | { kind: 'consolidation' }
  /** Rows that only a body with this power may fill with more than 0. */
  | { kind: 'power'; power: Power; rows: readonly string[] }
  | { kind: 'blank-should-be-zero'; rows: readonly string[] };

/** A cell, with a sign when it takes part in a sum. */
export interface CellPick {
  row: string;
  column?: string;
  sign?: 1 | -1;
}

/**
 * A wording and the cell its number must equal. In `patterns`, `{n}` stands for the number, `…` for up to twelve
 * characters that hold no digit, end no clause and join no second thing (和, 及, 与); the rest is a regular expression. Where several anchors reach the same
 * number, the longest wording wins. `zero` wordings say "none" without a number.
 */
export interface ProseAnchor {
  /** The cell that a finding points at, and that the number states unless `cells` says otherwise. */
  row: string;
  column?: string;
  /** Where the wording states a sum: every cell that is added up. A pick without a column takes that of the anchor. */
  cells?: readonly CellPick[];
  /** Other sums that the wording may state just as well, e.g. new requests together with those carried in. */
  alternatives?: readonly (readonly CellPick[])[];
  patterns: readonly string[];
  zero?: readonly string[];
}

/** Numbers in the prose that no row holds but that must still fit together. */
export type ProseRelation =
  /** The number of `part` must not exceed that of `whole` when both stand in the same chapter. */
  | { rule: string; level: Level; kind: 'part-of'; part: string; whole: string; message: string }
  /** `wording` names a number that these rows do not include. */
  | {
      rule: string;
      level: Level;
      kind: 'not-counted';
      wording: string;
      rows: readonly string[];
      message: string;
    };
