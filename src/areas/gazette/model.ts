import type { ItemState, Validity } from '../catalogue/index.ts';

export const issueStates = {
  draft: { label: '编辑中', tone: 'neutral', shape: '○' },
  'in-review': { label: '审核中', tone: 'info', shape: '◐' },
  approved: { label: '待出版', tone: 'info', shape: '◐' },
  published: { label: '已出版', tone: 'success', shape: '●' },
  discarded: { label: '已作废', tone: 'neutral', shape: '×' },
} as const;
export type IssueState = keyof typeof issueStates;

export const issueReviewResults = { passed: '通过', refused: '退回修改' } as const;
export type IssueReviewResult = keyof typeof issueReviewResults;

/** What an issue has once it is out. Dates are ISO text. */
export interface IssueNumber {
  year: number;
  /** 第N期 of the year. */
  number: number;
  /** 总第N号 since the gazette began. */
  total: number;
}

/** An issue of the gazette, at the desk or out. */
export interface Issue {
  id: number;
  /** What the desk calls it before it has a number. */
  name: string;
  state: IssueState;
  /** How often it was submitted. */
  round: number;
  year: number | null;
  number: number | null;
  total: number | null;
  issuedOn: string | null;
  publishedAt: Date | null;
  /** Name of the gazette, 主办 and 编辑 as printed; '' before publication. */
  title: string;
  host: string;
  editor: string;
  /** SM3 of everything that is printed. */
  digest: string;
  /** SHA-256 of the file; null until it is printed. */
  pdfDigest: string | null;
  pdfBytes: number | null;
  authorId: number | null;
  hands: readonly number[];
  createdAt: Date;
  changedAt: Date;
  submittedAt: Date | null;
}

/** An issue that is out. */
export type PublishedIssue = Issue & IssueNumber & { issuedOn: string; publishedAt: Date };

/** An item in an issue, with what it is today. */
export interface Entry {
  itemId: number;
  /** The version that was submitted; null while composing. */
  version: number | null;
  section: string;
  position: number;
  /** Of the version that is or will be printed. */
  title: string;
  documentNumber: string;
  formedOn: string | null;
  indexNumber: string;
  unitName: string;
  itemState: ItemState;
  liveVersion: number | null;
  validity: Validity;
  validityOn: string | null;
  withdrawnOn: string | null;
  amendedOn: string | null;
  /** Characters of its text. */
  characters: number;
  /** Issues that are out and printed it before, as `2018年第3期`. */
  earlier: readonly string[];
}

/** An item that may be taken in. */
export interface Candidate {
  itemId: number;
  title: string;
  documentNumber: string;
  indexNumber: string;
  unitName: string;
  publishedOn: string;
  normative: boolean;
  earlier: readonly string[];
}

export interface IssueReview {
  id: number;
  round: number;
  result: IssueReviewResult;
  reviewerName: string;
  opinion: string;
  at: Date;
}

export const erratumStates = {
  proposed: { label: '待审核', tone: 'info' },
  published: { label: '已公布', tone: 'success' },
  refused: { label: '未通过', tone: 'neutral' },
} as const;
export type ErratumState = keyof typeof erratumStates;

/** 更正: proposed by one person, decided by another. */
export interface Erratum {
  id: number;
  issueId: number;
  /** The entry it concerns; null: the issue. */
  itemId: number | null;
  notice: string;
  state: ErratumState;
  /** ISO date: of the proposal, then of the decision; readers see it. */
  notedOn: string;
  /** Null where it was noted before errata were reviewed. */
  authorId: number | null;
  byName: string;
  /** '' while nobody has decided. */
  decidedName: string;
  opinion: string;
}
