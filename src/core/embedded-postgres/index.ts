import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { SetupFault } from '../setup-fault.ts';
import { findBinaries } from './binaries.ts';
import { withLock } from './lock.ts';
import { findPlace, type Place, shelterFor } from './place.ts';
import { findPostmaster, stopPostmaster } from './postmaster.ts';
import { connectOrStart, type ServerOptions, urlOf } from './server.ts';

const DATABASE = 'gongkai';

/**
 * Every user of the server holds this lock, shared, on a connection of its own. Who leaves tries to take it alone: that
 * succeeds for the last one only, who then stops the server. A killed user's connection ends with it, so it never counts.
 */
const USERS_LOCK = 4_920_718;

export interface EmbeddedPostgres {
  /** Connection string of the database `gongkai`. */
  url: string;
  /** Ends this use; the last user stops the server. Safe to call twice. */
  release(): Promise<void>;
}

/**
 * Opens the embedded PostgreSQL whose data lies under `varDir`, starting it when it is not running yet.
 * @throws SetupFault with one plain sentence when disk, permissions, account or data do not allow it
 */
export async function openEmbeddedPostgres(
  varDir: string,
  { durable = true, silenceMs = 10_000 }: Partial<ServerOptions> = {},
): Promise<EmbeddedPostgres> {
  const place = await findPlace(varDir);
  const binaries = await findBinaries(place.account, () => shelterFor(place.account));
  let released = false;

  async function join(): Promise<{ user: pg.Client; url: string }> {
    return withLock(place.lock, async () => {
      const user = await connectOrStart(place, binaries, { durable, silenceMs });
      await user.query('SELECT pg_advisory_lock_shared($1)', [USERS_LOCK]);
      await ensureDatabase(user);
      user.once('end', () => {
        if (!released) void rejoin();
      });
      // An idle connection must not keep a command alive that forgot to release.
      socketOf(user).unref?.();
      return { user, url: urlOf(place, runningServer(place), DATABASE) };
    });
  }

  /** The server went away under a living user (killed, out of memory): bring it back, so that its pool can reconnect. */
  async function rejoin(): Promise<void> {
    for (let pause = 100; !released; pause = Math.min(pause * 2, 5000)) {
      await wait(pause, undefined, { ref: false });
      if (released) return;
      try {
        use = join();
        await use;
        return;
      } catch {
        // Tried again until the program is closed; readiness checks tell the operator meanwhile.
      }
    }
  }

  async function release(): Promise<void> {
    if (released) return;
    released = true;
    // A server that just came back is left as well.
    const user = await use.then(
      (joined) => joined.user,
      () => null,
    );
    if (!user) return;
    socketOf(user).ref?.();
    try {
      await withLock(place.lock, () => leave(user), 2000);
    } catch (error) {
      // Another process is busy starting the server for itself, so that it is the one to stop it.
      if (!(error instanceof SetupFault)) throw error;
    } finally {
      await user.end().catch(() => {});
    }
  }

  async function leave(user: pg.Client): Promise<void> {
    if (await isLastUser(user)) {
      await user.end().catch(() => {});
      await stopPostmaster(place.data, binaries);
    }
  }

  let use = join();
  const { url } = await use;
  return { url, release };
}

async function isLastUser(user: pg.Client): Promise<boolean> {
  try {
    await user.query('SELECT pg_advisory_unlock_shared($1)', [USERS_LOCK]);
    const { rows } = await user.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [
      USERS_LOCK,
    ]);
    return rows[0]?.alone ?? false;
  } catch {
    // The server is gone already, or going.
    return false;
  }
}

async function ensureDatabase(user: pg.Client): Promise<void> {
  const { rowCount } = await user.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (!rowCount) await user.query(`CREATE DATABASE ${DATABASE}`);
}

function runningServer(place: Place) {
  const server = findPostmaster(place.data);
  if (!server) throw new Error(`the server on ${place.data} ended right after it answered`);
  return server;
}

function socketOf(client: pg.Client): { ref?(): void; unref?(): void } {
  return (client as unknown as { connection: { stream: { ref?(): void; unref?(): void } } }).connection
    .stream;
}
