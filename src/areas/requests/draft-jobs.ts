import { type Clock, instantOf } from '../../core/clock.ts';
import type { Connection } from '../../core/db.ts';
import type { Job } from '../../core/jobs.ts';
import { deleteExpiredDrafts } from './draft-actions.ts';

interface DraftHost {
  connection: Pick<Connection, 'db'>;
  clock: Clock;
}

export const draftJobs: readonly Job<DraftHost>[] = [
  {
    name: 'delete-expired-drafts',
    label: '删除过期的申请草稿',
    schedule: '17 * * * *',
    run: async ({ connection, clock }) => {
      await deleteExpiredDrafts({ db: connection.db, now: instantOf(clock) });
    },
  },
];
