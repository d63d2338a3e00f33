import type { Channel } from '../../law/index.ts';

/** How a request reaches the desk; the oral one is written down by the office (711/29). */
export const sources = {
  'in-person': { label: '当面递交', channel: 'in-person', oral: false, day: '递交日期' },
  oral: { label: '口头提出', channel: 'in-person', oral: true, day: '提出日期' },
  'signed-post': { label: '挂号信、EMS', channel: 'signed-post', oral: false, day: '签收日期' },
  'ordinary-post': { label: '平信', channel: 'ordinary-post', oral: false, day: '收到信件日期' },
  fax: { label: '传真', channel: 'fax', oral: false, day: '收到传真日期' },
  email: { label: '电子邮件', channel: 'email', oral: false, day: '收到邮件日期' },
} as const satisfies Record<string, { label: string; channel: Channel; oral: boolean; day: string }>;

export const identityKinds = {
  resident: '居民身份证',
  uscc: '统一社会信用代码',
  passport: '护照',
  other: '其他证件',
} as const;
