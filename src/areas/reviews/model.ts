import type { PersonalKind } from '../../law/index.ts';

/** What dictionaries are for. */
export const entryKinds = {
  misspelling: '错别字',
  name: '名称和称谓',
  forbidden: '禁用词',
  secrecy: '密级和内部标志',
} as const;
export type EntryKind = keyof typeof entryKinds;

/** How a finding stands in the way of review. */
export const severities = {
  'must-fix': { label: '必须改正', tone: 'danger', shape: '■' },
  'needs-reason': { label: '改正或说明理由', tone: 'warning', shape: '▲' },
  hint: { label: '提示', tone: 'neutral', shape: '○' },
} as const;
export type Severity = keyof typeof severities;

/** One word of a dictionary: what is wrong, what is right, and where it is not wrong. */
export interface DictionaryEntry {
  /** `d:<name>` of a word that comes with the program, `a:<number>` of one the agency added. */
  key: string;
  kind: EntryKind;
  severity: Severity;
  wrong: string;
  /** What to write instead; several to choose from, none where there is nothing to put in its place. */
  right: readonly string[];
  /** Words of which one must stand near; empty: anywhere. */
  near: readonly string[];
  /** Words of which none may stand near. */
  notNear: readonly string[];
  /** Longer words in which the form is right, e.g. `既使用` for `既使`. */
  exceptions: readonly string[];
  note: string;
  source: string;
  enabled: boolean;
}

export type FindingKind =
  | PersonalKind
  | EntryKind
  | 'dead-link'
  | 'no-alternative'
  | 'missing-metadata'
  | 'no-interpretation-plan'
  /** Everything that is not told one by one. */
  | 'rest';

/** The parts of a text that are scanned. */
export const scannedFields = {
  title: '标题',
  abstract: '内容概述',
  body: '正文',
  documentNumber: '发文字号',
  issuingBody: '发布机构',
  source: '来源',
  keywords: '关键词',
  amendment: '修改说明',
  normative: '规范性文件',
  interpretationPlan: '解读方案',
  files: '附件',
} as const;
export type ScannedField = keyof typeof scannedFields;

/** Where something was found. */
export interface Place {
  field: ScannedField;
  /** Name of the file where it is one. */
  file: string;
  /** In the text that people read, from its first character; null for what is missing. */
  start: number;
  end: number;
  /** How many visible characters of the field come before, and how many it has: the same in every rendering. */
  visibleStart: number;
  visibleLength: number;
}

/** What one click does. */
export interface Fix {
  label: string;
  /** `write` puts `text` there, `unlink` leaves the words of a link, `describe` asks for words about a picture. */
  act: 'write' | 'unlink' | 'describe';
  text: string;
}

/** Something that a reader should not meet. It names nobody in clear. */
export interface Finding {
  /** The same as long as the words around it stay the same. */
  key: string;
  kind: FindingKind;
  severity: Severity;
  label: string;
  place: Place;
  /** A few words around it; personal data are masked. */
  excerpt: { before: string; found: string; after: string };
  explanation: string;
  source: string;
  /** Of the dictionary; '' where none. Findings of one entry can be put right together. */
  entry: string;
  fixes: readonly Fix[];
}

/** What is scanned. `body` is sanitised HTML. */
export interface ScannedText {
  title: string;
  abstract: string;
  body: string;
  documentNumber: string;
  issuingBody: string;
  source: string;
  keywords: readonly string[];
  amendment: string;
  normative: boolean;
  interpretationPlan: string;
  files: readonly { name: string; plain: string; kind: 'attachment' | 'picture' }[];
}

/** A link that leads nowhere. `checkedOn` is an ISO date; null where nothing had to be asked. */
export interface DeadLink {
  href: string;
  why: string;
  checkedOn: string | null;
}
