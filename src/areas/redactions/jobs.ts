import type { Clock } from '../../core/clock.ts';
import type { Connection } from '../../core/db.ts';
import type { Job } from '../../core/jobs.ts';
import { EXPORT_REDACTION, exportRedaction } from './export-actions.ts';
import type { RedactionCtx } from './model.ts';

interface Host extends Pick<RedactionCtx, 'vault' | 'sealedFiles' | 'redactor'> {
  connection: Pick<Connection, 'db'>;
  clock: Clock;
}

export const redactionJobs: readonly Job<Host, { agencyId?: number; id?: number }>[] = [
  {
    name: EXPORT_REDACTION,
    label: '导出区分处理后的文件',
    async run({ connection: { db }, clock, vault, sealedFiles, redactor }, { agencyId, id }) {
      if (agencyId === undefined || id === undefined) return;
      const actor = { kind: 'system', name: '区分处理导出' } as const;
      await exportRedaction({ db, clock, actor, agencyId, vault, sealedFiles, redactor }, id);
    },
  },
];
