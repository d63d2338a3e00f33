import { instantOf } from '../../core/clock.ts';
import type { Job } from '../../core/jobs.ts';
import { type ReadingHost, readWaitingAttachments } from './attachment-text.ts';
import { askForMissingTexts } from './attachment-text-store.ts';

export const attachmentJobs: readonly Job<ReadingHost>[] = [
  {
    name: 'read-attachments',
    label: '读取公开附件的文字，供检索',
    schedule: '* * * * *',
    run: readWaitingAttachments,
  },
  {
    name: 'find-unread-attachments',
    label: '找出还没有读取文字的公开附件',
    schedule: '10 2 * * *',
    async run({ connection: { db }, clock }) {
      await askForMissingTexts(db, instantOf(clock));
    },
  },
];
