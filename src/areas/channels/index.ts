export { channelFigures } from './figures.ts';
export { type ChannelKind, channelKinds } from './model.ts';
export { dropPosts, openPosts, type PastPost, recordPastPosts } from './opening.ts';
