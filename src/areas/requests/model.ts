import type { Channel, DeliveryMethod, FeeMethod, RegimeCode, RequestClock } from '../../law/index.ts';

/** Kinds of applicants (申请人情况), as the statistics table names them. */
export const applicantKinds = {
  'natural-person': '自然人',
  company: '商业企业',
  research: '科研机构',
  'public-welfare': '社会公益组织',
  'legal-service': '法律服务机构',
  other: '其他组织',
} as const;
export type ApplicantKind = keyof typeof applicantKinds;

export const requestStates = {
  unconfirmed: { label: '待确认', tone: 'neutral', shape: '○' },
  registered: { label: '待审查', tone: 'info', shape: '◐' },
  correcting: { label: '待补正', tone: 'warning', shape: '△' },
  handling: { label: '办理中', tone: 'info', shape: '◐' },
  unpaid: { label: '待缴费', tone: 'warning', shape: '△' },
  reviewing: { label: '审核中', tone: 'info', shape: '◐' },
  signing: { label: '待签发', tone: 'info', shape: '◐' },
  signed: { label: '待发出', tone: 'info', shape: '◐' },
  concluded: { label: '已办结', tone: 'success', shape: '●' },
  archived: { label: '已归档', tone: 'neutral', shape: '■' },
  cancelled: { label: '已取消', tone: 'neutral', shape: '×' },
} as const;
export type RequestState = keyof typeof requestStates;

export const wantedForms = { paper: '纸质', electronic: '电子文档', disc: '光盘', other: '其他' } as const;
export type WantedForm = keyof typeof wantedForms;

export const deliveryWays = {
  post: '邮寄',
  'pick-up': '自行领取',
  'on-site': '当面查阅、抄录',
  internet: '网上查阅',
  email: '电子邮件',
  fax: '传真',
} as const;
export type DeliveryWay = keyof typeof deliveryWays;

export type FormOrigin = 'portal' | 'desk' | 'mailbox';
export type FeeMethodOrCost = FeeMethod | 'cost';
export type SearchOutcome = 'found' | 'partly' | 'none';
/** Whom a letter asks: those whose opinion the law asks for, and an office that helps (协办), whose answer moves no clock. */
export type ConsultationParty = 'third-party' | 'co-producer' | 'assistant';
export type ConsultationOpinion = 'agree' | 'disagree' | 'partly' | 'none' | 'helped';
/** What the office finds of the reasons given (711/35). */
export type ReasonsVerdict = 'reasonable' | 'delayed' | 'unreasonable';
/** How a demand to correct a record about oneself ends (711/41). */
export type RectificationOutcome = 'corrected' | 'transferred' | 'directed' | 'unfounded';
export type ReplyState = 'draft' | 'in-review' | 'approved' | 'signed' | 'void';
export type ReviewKind = 'legal' | 'secrecy' | 'signature';
export type DisputeKind = 'complaint' | 'reconsideration' | 'litigation';
export type PublicationState = 'proposed' | 'published' | 'returned' | 'withdrawn';

export const fileKinds = {
  attachment: '申请附件',
  identity: '身份证明',
  scan: '扫描件',
  correction: '补正材料',
  explanation: '说明理由的材料',
  evidence: '更正的证据',
  opinion: '征求意见回复',
  record: '检索到的文件',
  released: '答复附件',
  proof: '送达凭证',
} as const;
export type RequestFileKind = keyof typeof fileKinds;

/** Who asks. Every text may be empty except the name; all of it is sealed in the database. */
export interface Applicant {
  kind: ApplicantKind;
  name: string;
  /** Of the person; empty under 492 where it was not asked for. */
  identityKind: 'resident' | 'uscc' | 'passport' | 'other' | '';
  identityNumber: string;
  /** Why a number that fails its check is taken all the same. */
  identityNote: string;
  /** 法定代表人, and who acts for an organisation. */
  representative: string;
  contactPerson: string;
  phone: string;
  email: string;
  address: string;
  postcode: string;
}

/** What the applicant wrote, sealed with the form. */
export interface FormContent {
  /** 所需政府信息的名称、文号或者便于查询的其他特征性描述. */
  content: string;
  /** 用途: asked under 492, optional since and never a ground of refusal. */
  purpose: string;
  /** 是否申请减免费用 (492). */
  feeWaiver: boolean;
  /** 阅读、视听障碍 (711/43). */
  needsHelp: string;
}

/** A form as it is handed in, whoever types it. Dates are civil, `YYYY-MM-DD`. */
export interface FormInput {
  channel: Channel;
  oral: boolean;
  /** Day it was handed in, posted and signed for, or arrived; today for the portal. */
  submittedOn: string;
  confirmedOn: string | null;
  applicant: Applicant;
  /** Short name of what is sought, shown in lists; what is personal in it is taken out. */
  title: string;
  content: FormContent;
  wantedForm: WantedForm;
  deliveryWay: DeliveryWay;
  /** One page, one form: chosen when the page is drawn. */
  submissionKey: string;
  origin: FormOrigin;
  files: readonly NewFile[];
}

/** A file that is already kept sealed. */
export interface NewFile {
  kind: RequestFileKind;
  sealedDigest: string;
  digest: string;
  name: string;
  type: string;
  bytes: number;
}

/** What the applicant takes home. */
export interface Receipt {
  formId: number;
  requestId: number;
  number: string;
  /** Query code; the only time it leaves the system except on a reprinted receipt. */
  code: string;
  /** False when the same page had been sent before. */
  fresh: boolean;
}

/** A request as rules and lists see it: nothing personal. */
export interface RequestCase {
  id: number;
  formId: number;
  part: number;
  number: string;
  title: string;
  applicantKind: ApplicantKind;
  channel: Channel;
  submittedOn: string;
  receivedOn: string | null;
  regime: RegimeCode | null;
  state: RequestState;
  unitId: number | null;
  handlerId: number | null;
  clockState: RequestClock['state'] | null;
  clockFrom: string | null;
  firstDueOn: string | null;
  dueOn: string | null;
  provisional: boolean;
  /** Last day of an opinion that is awaited; `awaitsOpinion` says whether it still is. */
  suspendedUntil: string | null;
  resultCode: string | null;
  concludedOn: string | null;
  version: number;
}

/** What a reply says; sealed. */
export interface ReplyContent {
  /** Why, in the office's words (说明理由). */
  reason: string;
  /** Articles besides those of the kind. */
  furtherGrounds: string;
  /** What the kind must tell: the way to get it, the right agency, the other route. */
  told: string;
  /** What is handed out (disclosing kinds). */
  provided: string;
  /** What is kept back (部分公开). */
  withheld: string;
  /** The harm disclosure would do (refusals). */
  harm: string;
  /** Of a partial answer: whether it hands out what a third party objects to (`given`) or keeps it back (`kept`). */
  objected: '' | 'kept' | 'given';
  /** 711/15: why not disclosing would gravely hurt the public interest. */
  publicInterest: string;
  /** The letter's own paragraphs where the handler edited them. */
  paragraphs: readonly string[];
}

export interface Dispatch {
  method: DeliveryMethod;
  on: string;
  trackingNumber: string;
}
