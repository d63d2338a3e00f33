import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { diskFull, notWritable, SetupFault } from '../setup-fault.ts';

const SQLITE_BUSY = 5;
const SQLITE_FULL = 13;
const PATIENCE_MS = 90_000;

/**
 * Runs `work` while no other process holds `file`. The lock is the operating system's own (through SQLite, which
 * carries it to every platform), so it ends with the process that held it, however that ended.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, patience = PATIENCE_MS): Promise<T> {
  const lock = open(file);
  try {
    await acquire(lock, file, Date.now() + patience);
    return await work();
  } finally {
    lock.close();
  }
}

function open(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: 0 });
  } catch (error) {
    throw faultOf(error, file);
  }
}

async function acquire(lock: DatabaseSync, file: string, deadline: number): Promise<void> {
  for (;;) {
    try {
      lock.exec('BEGIN EXCLUSIVE');
      return;
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw faultOf(error, file);
    }
    if (Date.now() > deadline) {
      throw new SetupFault(
        `另一个进程一直占用 ${file}，请结束它后重试。 Another process has kept ${file} locked for too long; end it and try again.`,
      );
    }
    await wait(25);
  }
}

function faultOf(error: unknown, file: string): SetupFault {
  const full = (error as { errcode?: number }).errcode === SQLITE_FULL;
  return new SetupFault(full ? diskFull(file) : notWritable(file), { cause: error });
}
