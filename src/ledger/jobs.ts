import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { Db } from '../core/db.ts';
import type { Job } from '../core/jobs.ts';
import { anchorHeads } from './anchors.ts';
import { runVerification, verifyAll } from './verifications.ts';

interface LedgerHost {
  connection: { db: Db };
  clock: Clock;
  config: { anchorFile: string };
}

export const VERIFY_LEDGER = 'verify-ledger';

export const ledgerJobs: readonly Job<LedgerHost, { agencyId?: number; id?: number }>[] = [
  {
    name: 'anchor-ledger',
    label: '公布当日台账摘要',
    // Before midnight, so that the line bears the day whose acts it closes.
    schedule: '55 23 * * *',
    run: async ({ connection, clock, config }) => {
      await anchorHeads({ db: connection.db, clock, anchorFile: config.anchorFile }, 'daily');
    },
  },
  {
    name: VERIFY_LEDGER,
    label: '校验操作台账',
    schedule: '30 3 * * *',
    run: async ({ connection, clock, config }, { agencyId, id }) => {
      const host = { db: connection.db, clock, anchorFile: config.anchorFile };
      if (agencyId !== undefined && id !== undefined) await runVerification(host, agencyId, id);
      else await verifyAll(host);
    },
  },
];

/**
 * Publishes the heads that moved since their last line, at start and at shutdown. A full disk must keep nobody from
 * starting or stopping, so a failure is told in the log and tried again by the next job.
 */
export async function anchorMovedHeads(
  host: LedgerHost & { log: Pick<Logger, 'error' | 'warn'> },
): Promise<void> {
  const { connection, clock, config, log } = host;
  try {
    const { file } = await anchorHeads({ db: connection.db, clock, anchorFile: config.anchorFile }, 'moved');
    if (file.state === 'broken') log.warn({ line: file.brokenAt }, 'the anchor file does not chain');
  } catch (err) {
    log.error({ err }, 'the heads of the ledger could not be anchored');
  }
}
