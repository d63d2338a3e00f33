export { type OrderQueue, openQueue } from './queue.ts';
export { type OrderTimedOut, ThreadLost } from './thread.ts';
