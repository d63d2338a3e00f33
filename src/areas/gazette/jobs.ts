import type { Clock } from '../../core/clock.ts';
import type { Connection } from '../../core/db.ts';
import type { FileStore } from '../../core/files.ts';
import type { Job } from '../../core/jobs.ts';
import { printIssue } from './print-actions.ts';
import type { GazettePrinting } from './printing/index.ts';
import { PRINT_ISSUE } from './publish-actions.ts';

interface Host {
  connection: Pick<Connection, 'db'>;
  clock: Clock;
  files: FileStore;
  gazettePrinting: GazettePrinting;
}

export const gazetteJobs: readonly Job<Host, { agencyId?: number; issueId?: number }>[] = [
  {
    name: PRINT_ISSUE,
    label: '排印出版的政府公报',
    async run({ connection: { db }, clock, files, gazettePrinting }, { agencyId, issueId }) {
      if (agencyId === undefined || issueId === undefined) return;
      const actor = { kind: 'system' as const, name: '公报排印' };
      await printIssue({ db, clock, files, gazettePrinting, agencyId, actor }, issueId);
    },
  },
];
