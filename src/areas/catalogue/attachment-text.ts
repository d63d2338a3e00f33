import { type Clock, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { type Connection, type Db, transact } from '../../core/db.ts';
import type { FileStore } from '../../core/files.ts';
import { NotFound } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import type { AttachmentReading, AttachmentText } from './attachment-reading/index.ts';
import {
  askAgain,
  concludeText,
  publicFilesWith,
  takeWaitingText,
  type WaitingText,
  writePlain,
} from './attachment-text-store.ts';
import { lockItem } from './item-store.ts';
import { indexItem } from './search.ts';

export interface ReadingHost {
  connection: Pick<Connection, 'db'>;
  clock: Clock;
  files: Pick<FileStore, 'locate'>;
  attachmentReading: AttachmentReading;
}

/** A run ends well before the queue takes it for lost (15 minutes). */
const LONGEST_RUN_MS = 5 * 60_000;
/** Content somebody began with so long ago is taken up again: his machine died. */
const LOST_AFTER_MS = 10 * 60_000;
const MOST_ATTEMPTS = 3;

/**
 * Reads what waits, one content after another, and makes it findable. A file that cannot be read is told to editors and not
 * tried again; a fault of ours is tried three times.
 * @throws Error at the end when something failed through our fault, so that operators see it
 */
export async function readWaitingAttachments(host: ReadingHost): Promise<void> {
  const until = performance.now() + LONGEST_RUN_MS;
  const { db } = host.connection;
  const faults: unknown[] = [];
  while (performance.now() < until) {
    const now = host.clock.now().epochMilliseconds;
    const next = await takeWaitingText(db, { at: new Date(now), before: new Date(now - LOST_AFTER_MS) });
    if (!next) break;
    const fault = await readOne(host, next);
    if (fault !== null) faults.push(fault);
  }
  if (faults.length > 0) throw new Error(`${faults.length} 份附件读取失败`, { cause: faults[0] });
}

/** Reads one content; what was at fault when that was us. */
async function readOne(host: ReadingHost, { agencyId, digest, attempts }: WaitingText): Promise<unknown> {
  const { db } = host.connection;
  const conclude = (told: Omit<Parameters<typeof concludeText>[3], 'at'>) =>
    concludeText(db, agencyId, digest, { ...told, at: instantOf(host.clock) });
  try {
    const { text, unread } = await read(host, agencyId, digest);
    await publishText(db, agencyId, digest, text);
    await conclude({ state: 'read', reason: unread, characters: text.length });
  } catch (error) {
    if (error instanceof UnreadableFile) {
      await conclude({ state: 'unreadable', reason: error.message, characters: 0 });
      return null;
    }
    if (attempts >= MOST_ATTEMPTS)
      await conclude({ state: 'failed', reason: `读取 ${attempts} 次没有成功，已停止`, characters: 0 });
    return error;
  }
  return null;
}

async function read(host: ReadingHost, agencyId: number, digest: string): Promise<AttachmentText> {
  const [first] = await publicFilesWith(host.connection.db, agencyId, digest);
  // Withdrawn while it waited: what nobody can open, nobody needs to find.
  if (!first) return { text: '', unread: '' };
  return host.attachmentReading.read({ name: first.name, path: await host.files.locate(digest) });
}

/** Puts a text beside its files and into the search, an item at a time; safe to run twice. */
async function publishText(db: Db, agencyId: number, digest: string, text: string): Promise<void> {
  await writePlain(db, agencyId, digest, text);
  if (text === '') return;
  const items = new Set((await publicFilesWith(db, agencyId, digest)).map(({ itemId }) => itemId));
  for (const itemId of items) {
    await db.transaction().execute(async (trx) => {
      // Held, so that a withdrawal in the meantime is not undone in the search.
      await lockItem(trx, agencyId, itemId);
      await indexItem(trx, agencyId, itemId);
    });
  }
}

/** Has an attachment read once more, after it was given up. @throws NotFound */
export async function readAttachmentAgain(ctx: Ctx, digest: string): Promise<void> {
  demand(ctx.actor, 'search.edit');
  await transact(ctx, async (ctx) => {
    const [file] = await publicFilesWith(ctx.db, ctx.agencyId, digest);
    const at = instantOf(ctx.clock);
    if (!file || !(await askAgain(ctx.db, ctx.agencyId, digest, at)))
      throw new NotFound('这份附件不需要重新读取。');
    await record(ctx, {
      act: 'catalogue.read-attachment-again',
      subject: { kind: 'item', id: file.itemId, label: file.name },
    });
  });
}
