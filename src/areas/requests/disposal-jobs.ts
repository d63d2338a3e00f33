import type { Clock } from '../../core/clock.ts';
import type { Connection } from '../../core/db.ts';
import type { Job, Jobs } from '../../core/jobs.ts';
import type { Vault } from '../../core/vault/index.ts';
import { allAgencies } from '../organisations/index.ts';
import { DISPOSE_REQUESTS } from './disposal-actions.ts';
import { type CaseErasure, carryOutDisposals } from './erasure.ts';

interface Host {
  connection: Pick<Connection, 'db'>;
  clock: Clock;
  vault: Vault;
  jobs: Pick<Jobs, 'enqueue'>;
}

/** A run ends well before the queue takes it for lost (15 minutes); what is left is queued again. */
const LONGEST_RUN_MS = 8 * 60_000;

/** `others`: what further rooms take away with a case. */
export const disposalJobs = (others: readonly CaseErasure[]): readonly Job<Host>[] => [
  {
    name: DISPOSE_REQUESTS,
    label: '销毁已批准清单中的申请人信息',
    // An approval queues its own run; the nightly one finds what a crash left.
    schedule: '40 2 * * *',
    async run({ connection: { db }, clock, vault, jobs }) {
      const until = performance.now() + LONGEST_RUN_MS;
      const actor = { kind: 'system', name: '到期处置' } as const;
      for (const { id: agencyId } of await allAgencies(db)) {
        const ctx = { db, clock, vault, agencyId, actor };
        if (await carryOutDisposals(ctx, others, () => performance.now() > until)) continue;
        await jobs.enqueue(db, DISPOSE_REQUESTS);
        return;
      }
    },
  },
];
