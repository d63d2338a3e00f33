import { buffer } from 'node:stream/consumers';
import { type FetchMessageObject, ImapFlow } from 'imapflow';
import type { Clock } from '../clock.ts';
import { type Db, transact } from '../db.ts';
import type { Vault } from '../vault/index.ts';
import { identityOf, type ReceivedLetter, readLetter } from './letter.ts';
import { type MailboxPlace, mailboxFault, NoSuchFolder, placeOf } from './place.ts';
import { takeOnce } from './taken-letters.ts';

export interface MailboxReading {
  db: Db;
  clock: Clock;
  vault: Vault;
  /** `imaps://user:password@host:993/INBOX?moveTo=Taken`; without `moveTo` letters stay and are marked as read. */
  url: string;
  /** Letters that came in before stay untouched. */
  since: Date;
  /** Letters of one call, the oldest first. */
  max: number;
  /** What is longer is taken without its attachments. */
  maxBytes: number;
  /** How long the server may be silent; a minute when left out. */
  silenceMs?: number;
}

/** What one reading came to. */
export interface MailboxResult {
  /** Given to `handle` and kept. */
  taken: number;
  /** Copies of letters that were taken before. */
  again: number;
  /** `handle` threw: they lie unread in the mailbox for the next time. */
  failed: { receivedAt: Date; error: unknown }[];
  /** There are more than `max`. */
  more: boolean;
}

/**
 * Takes unread letters from a mailbox. Each is handled in a transaction of its own, and marked as read (and moved) only after
 * that is committed; a letter that comes again, after a crash or in a second copy, is not handled again. One that fails
 * does not keep the others waiting.
 * @throws Error in one sentence, without password or anything of a letter, when the mailbox cannot be read
 */
export async function readMailbox(
  reading: MailboxReading,
  handle: (db: Db, letter: ReceivedLetter) => Promise<void>,
): Promise<MailboxResult> {
  const place = placeOf(reading.url);
  const client = new ImapFlow({ ...place.connection, ...limits(reading.silenceMs ?? 60_000) });
  // Told by the call that was under way; without a listener it would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    await readyFolders(client, place);
    const lock = await client.getMailboxLock(place.folder);
    try {
      return await takeLetters(client, place, reading, handle);
    } finally {
      lock.release();
    }
  } catch (error) {
    throw mailboxFault(error, place);
  } finally {
    if (client.usable) await client.logout().catch(() => {});
    client.close();
  }
}

/** What a server may send us and how long it may think. */
const limits = (silenceMs: number) => ({
  logger: false as const,
  disableAutoIdle: true,
  connectionTimeout: silenceMs,
  greetingTimeout: silenceMs,
  socketTimeout: silenceMs,
  maxLineLength: 16 * 1024 * 1024,
  maxLiteralSize: 4 * 1024 * 1024,
  maxResponseSize: 32 * 1024 * 1024,
});

/** Letters whose dates are asked for in one call. */
const MOST_WAITING = 5000;
/** Enough of a letter that is too long for its text, which comes first. */
const HEAD_BYTES = 512 * 1024;
const DAY_MS = 24 * 3600 * 1000;

async function readyFolders(client: ImapFlow, { folder, moveTo }: MailboxPlace): Promise<void> {
  const known = new Set((await client.list()).map(({ path }) => path));
  if (folder.toUpperCase() !== 'INBOX' && !known.has(folder)) throw new NoSuchFolder();
  if (moveTo !== null && !known.has(moveTo)) await client.mailboxCreate(moveTo);
}

async function takeLetters(
  client: ImapFlow,
  place: MailboxPlace,
  reading: MailboxReading,
  handle: (db: Db, letter: ReceivedLetter) => Promise<void>,
): Promise<MailboxResult> {
  const result: MailboxResult = { taken: 0, again: 0, failed: [], more: false };
  const waiting = await unreadLetters(client, reading.since);
  result.more = waiting.length > reading.max;
  for (const { uid, size, receivedAt } of waiting) {
    // Those that fail must not fill the place of those that wait behind them.
    if (result.taken + result.again >= reading.max) break;
    const source = await sourceOf(client, uid, size > reading.maxBytes ? HEAD_BYTES : size);
    // Gone since: somebody else took it away.
    if (source === null) continue;
    const letter = await readLetter({ source, size: Math.max(size, source.length), receivedAt });
    try {
      const first = await transact(reading, async (ctx) => {
        const isNew = await takeOnce(ctx, identityOf(letter), receivedAt);
        if (isNew) await handle(ctx.db, letter);
        return isNew;
      });
      if (first) result.taken += 1;
      else result.again += 1;
    } catch (error) {
      result.failed.push({ receivedAt, error });
      continue;
    }
    await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
    if (place.moveTo !== null) await client.messageMove(String(uid), place.moveTo, { uid: true });
  }
  return result;
}

interface Unread {
  uid: number;
  size: number;
  receivedAt: Date;
}

/** Oldest first. */
async function unreadLetters(client: ImapFlow, since: Date): Promise<Unread[]> {
  // SINCE knows days only, and those of the server's time zone.
  const uids = await client.search({ seen: false, since: new Date(since.getTime() - DAY_MS) }, { uid: true });
  if (!uids || uids.length === 0) return [];
  const facts: FetchMessageObject[] = await client.fetchAll(
    uids.slice(0, MOST_WAITING),
    { uid: true, size: true, internalDate: true },
    { uid: true },
  );
  return facts
    .map(({ uid, size, internalDate }) => ({ uid, size: size ?? 0, receivedAt: new Date(internalDate ?? 0) }))
    .filter(({ receivedAt }) => receivedAt >= since)
    .sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime() || a.uid - b.uid);
}

/** Without marking it as read. */
async function sourceOf(client: ImapFlow, uid: number, maxBytes: number): Promise<Buffer | null> {
  const download = await client.download(String(uid), undefined, {
    uid: true,
    maxBytes,
    chunkSize: 256 * 1024,
  });
  return download.content ? buffer(download.content) : null;
}
