import type { ReportFinding } from '../../annual-report/examination/index.ts';
import type { FormatId } from '../../annual-report/formats/format.ts';
import type { DocumentKind } from '../../annual-report/reading/document.ts';
import type { ReadReport } from '../../annual-report/reading/model.ts';

/** A body expected to report (报送单位). */
export interface ReportingUnit {
  id: number;
  name: string;
  /** Short and former names. */
  aliases: string[];
  kind: UnitKind;
  parentId: number | null;
  parentName: string | null;
  code: string;
  /** First and last reporting year a report is expected for; `to` null while the body exists. */
  expectedFrom: number;
  expectedTo: number | null;
}

export type UnitKind = 'government' | 'department' | 'township' | 'subdistrict' | 'zone' | 'other';

/** Files that came in one go. */
export interface Batch {
  id: number;
  /** The reporting year the sender named, or null. */
  year: number | null;
  byName: string;
  at: Date;
}

/**
 * `waiting` to be read; `read` and filed; `unreadable`; `unfiled`: read, but a person must say of which unit or year;
 * `same`: the same bytes were there before, nothing changed; `discarded` by a person.
 */
export type FileState = 'waiting' | 'read' | 'unreadable' | 'unfiled' | 'same' | 'discarded';

/** What told which unit a file is of. */
export type FoundBy = 'text' | 'file-name' | 'person';

export interface FiledFile {
  id: number;
  batchId: number;
  name: string;
  /** Addresses the content in the file store. */
  digest: string;
  bytes: number;
  addedAt: Date;
  addedBy: string;
  state: FileState;
  /** For `same`: the file that was there before. */
  sameAs: number | null;
  unitId: number | null;
  unitName: string | null;
  year: number | null;
  version: number | null;
  foundBy: FoundBy | null;
  kind: DocumentKind | null;
  format: FormatId | null;
  /** What the report calls its agency and year; null while not read or when it does not tell. */
  agencyInText: string | null;
  yearInText: number | null;
  /** Why it could not be read or filed; for `same`, what it equals. '' otherwise. */
  fault: string;
  tookMs: number | null;
}

/** A unit that may be meant, likeliest first; `likeness` from 0 to 1. */
export interface UnitSuggestion {
  unitId: number;
  name: string;
  likeness: number;
}

export interface BatchProgress {
  batch: Batch;
  total: number;
  counts: Record<FileState, number>;
  /** Reports of this batch that are read but whose check is still to come. */
  checking: number;
  /** Cells of the matrix this batch brought, by what their checks say. */
  outcomes: { clean: number; doubtful: number; wrong: number };
  finished: boolean;
}

/** What the newest version of a unit and year is worth. */
export type ReportState = 'waiting' | 'unreadable' | 'clean' | 'doubtful' | 'wrong';

/** A cell of the matrix; `not-expected`: no report is due of this unit for this year, and none came. */
export type CellState = ReportState | 'missing' | 'not-expected';

export interface FindingCounts {
  /** Contradictions that stand. */
  wrong: number;
  /** Differences a person must look at. */
  doubtful: number;
  unassessable: number;
  notices: number;
  /** Dismissed (不成立) or explained (已说明) by the office. */
  settled: number;
}

export interface MatrixCell extends FindingCounts {
  year: number;
  state: CellState;
  /** Newest version; 0 when nothing readable was filed. */
  version: number;
  /** The check is to be repeated, because something it looks at has changed. */
  checking: boolean;
  correction: CorrectionStanding | null;
}

/** The correction that is not closed yet. */
export interface CorrectionStanding {
  id: number;
  state: 'open' | 'answered';
  dueOn: string;
  overdue: boolean;
}

export interface MatrixRow {
  unit: Omit<ReportingUnit, 'aliases'>;
  /** One a year, in the order asked for. */
  cells: MatrixCell[];
}

export interface MatrixFilter {
  /** Looked for in every name the unit is known by. */
  search?: string;
  kind?: UnitKind;
  parentId?: number;
  unitId?: number;
  /** Units whose cell of `stateYear` is in this state; `filed`: anything came. */
  state?: CellState | 'overdue' | 'filed';
  stateYear?: number;
}

/** A page of a list by keyset; `next` is the `after` of the following page. */
export interface Page<Item> {
  items: Item[];
  next: string | null;
}

export interface YearSummary {
  year: number;
  expected: number;
  missing: number;
  waiting: number;
  unreadable: number;
  clean: number;
  doubtful: number;
  wrong: number;
  /** Corrections not closed, and those of them past their date. */
  corrections: number;
  overdue: number;
}

/** How sure a finding is, see `Verdict` of the annual report's model. */
export type FindingVerdict = ReportFinding['verdict'];

export type { ReportFinding };

/** What the office says of a finding: 属实, 不成立, 已说明. */
export type Judgement = 'confirmed' | 'dismissed' | 'explained';

export interface Verdict {
  judgement: Judgement;
  note: string;
  byName: string;
  at: Date;
}

export interface FiledFinding {
  /** 32 hexadecimal digits; the same contradiction has the same key after every check. */
  key: string;
  position: number;
  finding: ReportFinding;
  judged: Verdict | null;
}

/** A finding in a list over many reports. */
export interface ListedFinding extends FiledFinding {
  unitId: number;
  unitName: string;
  year: number;
}

export interface FindingFilter {
  year: number;
  rule?: string;
  unitId?: number;
  verdict?: FindingVerdict;
  /** `none`: not judged yet. */
  judged?: Judgement | 'none';
  /** Notices are left out unless asked for. */
  notices?: boolean;
}

export interface ReportVersion {
  fileId: number;
  version: number;
  fileName: string;
  digest: string;
  bytes: number;
  kind: DocumentKind | null;
  format: FormatId | null;
  addedAt: Date;
  addedBy: string;
  foundBy: FoundBy | null;
}

/** A filed report with all that its page shows. */
export interface FiledReport {
  unit: ReportingUnit;
  year: number;
  cell: MatrixCell;
  /** The version shown; null when nothing readable was filed. */
  shown: (ReportVersion & { report: ReadReport; newest: boolean }) | null;
  /** Newest first. */
  versions: ReportVersion[];
  /** Files of this unit and year that could not be read. */
  unreadable: FiledFile[];
  /** Of the newest version, problems first; empty when an older version is shown. */
  findings: FiledFinding[];
  checkedAt: Date | null;
  /** Last year's newest version, with the numbers but without the prose. */
  previous: { year: number; version: number; report: ReadReport } | null;
  /** Units below this one whose reports of the year the check looked at. */
  children: { expected: number; filed: number };
  /** Newest first. */
  corrections: Correction[];
}

export type CorrectionState = 'open' | 'answered' | 'closed';
export type MessageSide = 'office' | 'unit' | 'system';

export interface Correction {
  id: number;
  unitId: number;
  unitName: string;
  year: number;
  state: CorrectionState;
  /** The version that is to be corrected. */
  version: number;
  dueOn: string;
  overdue: boolean;
  openedAt: Date;
  openedBy: string;
  closedAt: Date | null;
  closedBy: string | null;
  closeReason: string;
  messages: CorrectionMessage[];
}

export interface CorrectionMessage {
  id: number;
  side: MessageSide;
  byName: string;
  at: Date;
  text: string;
  /** The version filed with it. */
  version: number | null;
}
