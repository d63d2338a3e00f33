/** Where an item is put out; rows 1.2.1 to 1.2.5 of the 2014 table. */
export const channelKinds = {
  gazette: '政府公报',
  website: '政府网站',
  weibo: '政务微博',
  wechat: '政务微信',
  other: '其他方式',
} as const;
export type ChannelKind = keyof typeof channelKinds;

export const postStates = {
  waiting: { label: '待人工发布', tone: 'warning', shape: '◔' },
  scheduled: { label: '待发布', tone: 'info', shape: '◐' },
  sending: { label: '发送中', tone: 'info', shape: '◐' },
  published: { label: '已发布', tone: 'success', shape: '●' },
  failed: { label: '发布失败', tone: 'danger', shape: '×' },
  recorded: { label: '已登记', tone: 'success', shape: '●' },
  cancelled: { label: '已取消', tone: 'neutral', shape: '×' },
} as const;
export type PostState = keyof typeof postStates;

/** An account of the agency on a platform, or its website, gazette, notice board. Dates are ISO text. */
export interface ChannelAccount {
  id: number;
  kind: ChannelKind;
  name: string;
  platformId: string;
  address: string;
  unitId: number | null;
  unitName: string | null;
  main: boolean;
  openedOn: string;
  closedOn: string | null;
  alarmedOn: string | null;
  /** The system posts here by itself. */
  connected: boolean;
  /** Of the newest post; null before the first. */
  lastPostOn: string | null;
}

/** One publication on one channel, done or to be done. */
export interface ChannelPost {
  id: number;
  itemId: number | null;
  accountId: number | null;
  accountName: string | null;
  channel: ChannelKind;
  title: string;
  address: string;
  state: PostState;
  publishAt: Date | null;
  postedOn: string | null;
  postedAt: Date | null;
  reads: number | null;
  attempts: number;
  stage: string;
  remoteId: string;
  sendingSince: Date | null;
  error: string;
  byName: string;
  createdAt: Date;
}
