import type { Connection } from '../db.ts';
import type { FileStore } from '../files.ts';
import type { Job } from '../jobs.ts';
import { removeDiscarded } from './file-removals.ts';

interface VaultHost {
  connection: Pick<Connection, 'db'>;
  files: FileStore;
}

export const vaultJobs: readonly Job<VaultHost>[] = [
  {
    name: 'remove-discarded-files',
    label: '清除已废弃的加密文件',
    schedule: '*/10 * * * *',
    run: async ({ connection, files }) => {
      while ((await removeDiscarded(connection.db, files)) > 0);
    },
  },
];
