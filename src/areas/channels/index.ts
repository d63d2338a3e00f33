import { registerLabels } from '../../ledger/index.ts';

export {
  accountOf,
  addAccount,
  closeAccount,
  connectAccount,
  disconnectAccount,
  editAccount,
  shownSettings,
} from './account-actions.ts';
export { listAccounts } from './account-store.ts';
export { type Connectors, openConnectors } from './connectors/index.ts';
export type { Connector } from './connectors/model.ts';
export { channelFigures } from './figures.ts';
export { enterPrinted } from './gazette-posts.ts';
export { channelJobs } from './jobs.ts';
export { type PostFilter, postsPage, scheduledPosts, waitingPosts } from './list-store.ts';
export {
  type ChannelAccount,
  type ChannelKind,
  type ChannelPost,
  channelKinds,
  postStates,
} from './model.ts';
export { dropPosts, openPosts, recordPastPosts } from './opening.ts';
export {
  cancelPost,
  noteReads,
  ownAccounts,
  postView,
  recordPost,
  recordWaiting,
  retryPost,
  schedulePost,
} from './post-actions.ts';
export {
  confirmPosts,
  holdPosts,
  importHeadings,
  type PostImportPreview,
  previewPosts,
  readPostSheet,
} from './post-import.ts';
export { type PostMove, SILENT_DAYS, silentSince } from './rules.ts';
export { channelSealedTables } from './sealed.ts';

registerLabels({
  acts: {
    'channels.add-account': '登记渠道账号',
    'channels.edit-account': '修改渠道账号',
    'channels.close-account': '关闭渠道账号',
    'channels.reopen-account': '重新启用渠道账号',
    'channels.connect': '对接账号接口',
    'channels.disconnect': '停止对接账号接口',
    'channels.record': '登记渠道发布',
    'channels.schedule': '更改渠道发布时间',
    'channels.retry': '重新发送',
    'channels.reads': '登记阅读量',
    'channels.cancel': '取消渠道发布',
    'channels.import': '导入渠道发布',
    'channels.publish': '渠道发布成功',
    'channels.fail': '渠道发布失败',
  },
  subjects: {
    'channel-account': { label: '渠道账号', href: (id) => `/workbench/channels/accounts/${id}` },
    'channel-post': { label: '渠道发布', href: (id) => `/workbench/channels/posts/${id}` },
    'channel-import': { label: '渠道发布导入', href: () => '/workbench/channels' },
  },
  fields: {
    platformId: '平台标识',
    openedOn: '开通日期',
    postedOn: '发布日期',
    reads: '阅读量',
    main: '默认账号',
  },
});
