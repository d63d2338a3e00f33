export { mailNotifications, markAllRead, notify, openNotification, ownNotifications } from './actions.ts';
export { type Letter, notifyBundled } from './bundled.ts';
export { notificationJobs } from './jobs.ts';
export { type Notification, unreadCount } from './store.ts';
