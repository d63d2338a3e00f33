/** Why a letter is no request. */
export const mailReasons = {
  automatic: '自动回复、退信等程序发出的邮件',
  advertising: '广告或者与本机关无关',
  consultation: '咨询，已另行答复',
  complaint: '信访、投诉、举报，已转有关渠道',
  repeated: '同一申请已经登记',
  other: '其他',
} as const;
export type MailReason = keyof typeof mailReasons;

export const mailStates = {
  new: { label: '待辨认', tone: 'warning' },
  registered: { label: '已登记', tone: 'success' },
  dismissed: { label: '不是申请', tone: 'neutral' },
} as const;
export type MailState = keyof typeof mailStates;

/** A letter as lists show it: who wrote, about what. For those who register requests. */
export interface MailLine {
  id: number;
  /** Null once the content went. */
  sender: MailSender | null;
  subject: string;
  /** Civil day and instant, the mail server's. */
  receivedOn: string;
  receivedAt: string;
  files: number;
  state: MailState;
  reason: MailReason | null;
  decidedBy: string;
  decidedAt: string | null;
  /** The first request of the form it became. */
  request: { id: number; number: string } | null;
}

export interface MailSender {
  name: string;
  address: string;
}

/** A letter opened. Everything in it is the sender's word. */
export interface MailLetter extends MailLine {
  /** Plain text; '' once the content went. */
  text: string;
  /** What could not be taken, a sentence each. */
  notes: readonly string[];
  attachments: readonly MailAttachment[];
  clearedOn: string | null;
}

export interface MailAttachment {
  id: number;
  name: string;
  type: string;
  bytes: number;
}
