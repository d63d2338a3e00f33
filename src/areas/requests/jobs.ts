import type { Clock } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Connection } from '../../core/db.ts';
import type { Job, Jobs } from '../../core/jobs.ts';
import { allAgencies } from '../organisations/index.ts';
import { recountRequests } from './recount-actions.ts';
import { remindOfRequests } from './reminder-actions.ts';

interface Host {
  connection: Pick<Connection, 'db'>;
  clock: Clock;
  jobs: Pick<Jobs, 'enqueue'>;
}

export const RECOUNT_REQUESTS = 'recount-requests';

/** A run ends well before the queue takes it for lost (15 minutes); what is left is queued again. */
const LONGEST_RUN_MS = 8 * 60_000;

export const requestJobs: readonly Job<Host>[] = [
  {
    name: 'remind-of-requests',
    label: '催办临近到期和逾期的申请',
    // Every day, since a Saturday may be a working day; the action does nothing on days off.
    schedule: '30 8 * * *',
    async run(host) {
      for (const ctx of await contexts(host, '自动催办')) await remindOfRequests(ctx);
    },
  },
  {
    name: RECOUNT_REQUESTS,
    label: '按新的工作日历重算答复期限',
    // A change of the calendar queues its own run; the nightly one finds what a crash left.
    schedule: '15 1 * * *',
    async run(host) {
      const until = performance.now() + LONGEST_RUN_MS;
      const enough = () => performance.now() > until;
      for (const ctx of await contexts(host, '期限重算')) {
        if (await recountRequests(ctx, enough)) continue;
        await host.jobs.enqueue(host.connection.db, RECOUNT_REQUESTS);
        return;
      }
    },
  },
];

async function contexts({ connection: { db }, clock }: Host, name: string): Promise<Ctx[]> {
  const agencies = await allAgencies(db);
  return agencies
    .filter(({ closedOn }) => closedOn === null)
    .map(({ id }) => ({ db, clock, agencyId: id, actor: { kind: 'system', name } }));
}
