import type { Clock } from '../../core/clock.ts';
import type { Connection } from '../../core/db.ts';
import type { Job } from '../../core/jobs.ts';
import { allAgencies } from '../organisations/index.ts';
import { remindLateUnits } from './reminder-actions.ts';

interface Host {
  connection: Pick<Connection, 'db'>;
  clock: Clock;
}

export const returnJobs: readonly Job<Host>[] = [
  {
    name: 'remind-of-late-returns',
    label: '催报逾期未报的单位',
    // Workdays at nine; units that are in time get no letter.
    schedule: '0 9 * * 1-5',
    async run({ connection: { db }, clock }) {
      for (const agency of await allAgencies(db)) {
        if (agency.closedOn !== null) continue;
        await remindLateUnits({
          db,
          clock,
          agencyId: agency.id,
          actor: { kind: 'system', name: '自动催报' },
        });
      }
    },
  },
];
