import { type ChannelKind, channelKinds } from '../channels/index.ts';

export { type ChannelKind, channelKinds };

/** What an item is at the desk and in public. */
export const itemStates = {
  draft: { label: '未发布', tone: 'neutral', shape: '○' },
  published: { label: '已发布', tone: 'success', shape: '●' },
  withdrawn: { label: '已撤下', tone: 'warning', shape: '×' },
  discarded: { label: '已删除', tone: 'neutral', shape: '×' },
} as const;
export type ItemState = keyof typeof itemStates;

export const versionStates = {
  draft: { label: '草稿', tone: 'neutral', shape: '○' },
  'in-review': { label: '审查中', tone: 'info', shape: '◐' },
  approved: { label: '待发布', tone: 'info', shape: '◐' },
  published: { label: '现行', tone: 'success', shape: '●' },
  superseded: { label: '历史版本', tone: 'neutral', shape: '■' },
  discarded: { label: '已作废', tone: 'neutral', shape: '×' },
} as const;
export type VersionState = keyof typeof versionStates;

export const validities = {
  'in-force': '有效',
  amended: '已修改',
  repealed: '废止',
  expired: '失效',
} as const;
export type Validity = keyof typeof validities;

/** 公开属性, decided where a document is made (公文公开属性源头认定). */
export const attributes = { proactive: '主动公开', 'on-request': '依申请公开', closed: '不予公开' } as const;
export type Attribute = keyof typeof attributes;

export const normativeKinds = { none: '否', normative: '行政规范性文件', rule: '规章' } as const;
export type NormativeKind = keyof typeof normativeKinds;

export const columnKinds = {
  statutory: '法定主动公开内容',
  'key-area': '重点领域',
  guide: '政府信息公开指南',
  rules: '政府信息公开制度',
  reports: '政府信息公开年报',
  news: '工作动态',
  notice: '通知公告',
  topic: '专题',
  other: '其他',
} as const;
export type ColumnKind = keyof typeof columnKinds;

/** Steps of review in their order; an agency or a column may leave some out, never all. */
export const reviewSteps = { first: '初审', second: '复审', final: '终审' } as const;
export type ReviewStep = keyof typeof reviewSteps;

export const reviewResults = {
  passed: '通过',
  'passed-with-changes': '修改后通过',
  refused: '不通过',
  referred: '报保密行政管理部门确定',
} as const;
export type ReviewResult = keyof typeof reviewResults;

/** An item as rules and desk lists see it. Dates are ISO text. */
export interface Item {
  id: number;
  indexNumber: string;
  unitId: number;
  sourceId: string | null;
  state: ItemState;
  liveVersion: number | null;
  title: string;
  abstract: string;
  columnId: number | null;
  genre: string;
  subject: string;
  documentNumber: string;
  issuingBody: string;
  formedOn: string | null;
  publishedOn: string | null;
  publishedAt: Date | null;
  amendedOn: string | null;
  normative: NormativeKind;
  validity: Validity;
  validityOn: string | null;
  replacedBy: number | null;
  /** Last day on which the document is in force, where it names one. */
  validUntil: string | null;
  withdrawnOn: string | null;
  withdrawalReason: string;
  withdrawalGround: string;
}

/** What a version says; what its author fills in. */
export interface VersionContent {
  title: string;
  abstract: string;
  /** Sanitised HTML. */
  body: string;
  columnId: number | null;
  furtherColumns: readonly number[];
  genre: string;
  subject: string;
  documentNumber: string;
  issuingBody: string;
  /** ContentSource of the page labels. */
  source: string;
  keywords: readonly string[];
  formedOn: string | null;
  normative: NormativeKind;
  attribute: Attribute;
  attributeReason: string;
  nextReviewOn: string | null;
  channels: readonly ChannelKind[];
  /** ISO instant; null: as soon as it is approved. */
  publishAt: string | null;
  /** For readers of an amended item. */
  amendment: string;
  /** 解读方案: who interprets in which form until when, or why none is needed. */
  interpretationPlan: string;
  /** Items of the agency that this one interprets. */
  interprets: readonly number[];
}

export interface LetStand {
  /** Key of the finding. */
  key: string;
  reason: string;
  by: string;
  at: string;
}

export interface Version extends VersionContent {
  itemId: number;
  version: number;
  state: VersionState;
  /** The step that comes next while in review; `secrecy` waits for the secrecy administration. */
  step: ReviewStep | 'secrecy' | '';
  revision: number;
  /** The body as plain text. */
  plain: string;
  urgentReason: string;
  reviewDueOn: string | null;
  letStand: readonly LetStand[];
  authorId: number | null;
  hands: readonly number[];
  createdAt: Date;
  savedAt: Date;
  submittedAt: Date | null;
  publishedAt: Date | null;
  digest: string;
}

export interface ItemReview {
  id: number;
  version: number;
  step: ReviewStep | 'secrecy' | 'import';
  result: ReviewResult;
  reviewerId: number | null;
  reviewerName: string;
  onBehalfOf: number | null;
  opinion: string;
  basis: string;
  concluding: boolean;
  at: Date;
}

export interface ItemFile {
  id: number;
  itemId: number;
  version: number;
  position: number;
  kind: 'attachment' | 'picture';
  name: string;
  digest: string;
  type: string;
  bytes: number;
  plain: string;
  released: boolean;
}

export interface CatalogueColumn {
  id: number;
  parentId: number | null;
  slug: string;
  name: string;
  kind: ColumnKind;
  pageType: string;
  description: string;
  keywords: string;
  unitId: number | null;
  updateDays: number | null;
  required: readonly string[];
  reviewSteps: readonly ReviewStep[];
  position: number;
  closedOn: string | null;
}
