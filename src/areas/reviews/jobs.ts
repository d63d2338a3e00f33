import type { Clock } from '../../core/clock.ts';
import type { Connection } from '../../core/db.ts';
import type { Job } from '../../core/jobs.ts';
import { checkLinks } from './links.ts';

interface Host {
  connection: Pick<Connection, 'db'>;
  clock: Clock;
}

export const reviewJobs: readonly Job<Host>[] = [
  {
    name: 'check-links',
    label: '检查正文里的外部链接',
    schedule: '*/10 * * * *',
    async run({ connection: { db }, clock }) {
      await checkLinks({ db, clock });
    },
  },
];
