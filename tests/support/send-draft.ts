import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { sendDraft } from '../../src/areas/requests/index.ts';
import { readConfig } from '../../src/config.ts';
import { connect } from '../../src/core/db.ts';
import { openVault } from '../../src/core/vault/index.ts';

/**
 * A process that hands in one draft and dies of SIGKILL: `KILL_BEFORE=n` before its n-th statement leaves it,
 * `KILL_AFTER=n` as soon as the n-th has left and nothing is known of its fate. Lives long enough, it prints `receipt` and
 * the number of statements.
 */
const { DATABASE_URL = '', TOKEN = '', ADDRESS = '', AT = '', AGENCY = '0' } = process.env;
const before = Number(process.env.KILL_BEFORE ?? 0);
const after = Number(process.env.KILL_AFTER ?? 0);

let statements = 0;
const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
  statements += 1;
  if (statements === before) process.kill(process.pid, 'SIGKILL');
  const answer = query.apply(this, given);
  if (statements === after) {
    // Until the socket has taken it.
    const socket = (
      this as unknown as { connection: { stream: { write(data: string, done: () => void): void } } }
    ).connection.stream;
    socket.write('', () => process.kill(process.pid, 'SIGKILL'));
  }
  return answer;
} as typeof pg.Client.prototype.query;

const config = readConfig(process.env);
const connection = connect(DATABASE_URL);
const now = Temporal.Instant.from(AT);
await sendDraft(
  {
    db: connection.db,
    vault: openVault(config.dataKeys),
    clock: { now: () => now, today: () => now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate() },
    actor: { kind: 'public', name: '访客' },
    agencyId: Number(AGENCY),
  },
  TOKEN,
  { address: ADDRESS, challenge: '', solution: '' },
);
process.stdout.write(`receipt ${statements}`);
await connection.close();
