import type { Clock } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Connection } from '../../core/db.ts';
import type { Job, Jobs } from '../../core/jobs.ts';
import { agenciesWithWork } from './held-file-store.ts';
import { READ_FILED_REPORTS } from './placement.ts';
import { type ReadingHost, readPending } from './reading-actions.ts';

interface Host extends ReadingHost {
  connection: Pick<Connection, 'db'>;
  clock: Clock;
  jobs: Pick<Jobs, 'enqueue'>;
}

/** A run ends well before the queue takes it for lost (15 minutes); what is left is queued again. */
const LONGEST_RUN_MS = 8 * 60_000;

export const filedReportJobs: readonly Job<Host, { agencyId?: number }>[] = [
  {
    name: READ_FILED_REPORTS,
    label: '读取和核查报送的年报',
    // Uploads queue their own runs; this one finds what a crash or a new name of a unit left behind.
    schedule: '* * * * *',
    async run(host, { agencyId }) {
      const { db } = host.connection;
      const until = performance.now() + LONGEST_RUN_MS;
      for (const agency of agencyId === undefined ? await agenciesWithWork(db) : [agencyId]) {
        const ctx: Ctx = {
          db,
          clock: host.clock,
          agencyId: agency,
          actor: { kind: 'system', name: '年报读取' },
        };
        const left = await readPending(ctx, host, () => performance.now() > until);
        if (left) await host.jobs.enqueue(db, READ_FILED_REPORTS, { agencyId: agency });
      }
    },
  },
];
