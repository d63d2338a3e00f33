import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import './schema.ts';

export const textStates = {
  waiting: '等待读取',
  read: '已读取',
  unreadable: '无法读取',
  failed: '读取失败',
} as const;
export type TextState = keyof typeof textStates;

/** Files that are looked into for text; pictures of any kind say nothing. */
const mayHoldText = sql`f.kind = 'attachment' AND f.type NOT LIKE 'image/%'`;

/**
 * Asks for the texts of the attachments of a version; what the same content said before is taken over at once. Part of the
 * transaction that publishes.
 */
export async function askForTexts(
  db: Db,
  agencyId: number,
  key: { itemId: number; version: number },
  at: Date,
): Promise<void> {
  const ofVersion = sql`f.agency_id = ${agencyId}::int AND f.item_id = ${key.itemId}::bigint AND f.version = ${key.version}::int`;
  await sql`UPDATE item_files f SET plain = o.plain FROM item_files o
    WHERE ${ofVersion} AND ${mayHoldText} AND f.plain = '' AND o.agency_id = f.agency_id AND o.digest = f.digest
      AND o.plain <> ''`.execute(db);
  await sql`INSERT INTO item_file_texts (agency_id, digest, asked_at)
    SELECT DISTINCT f.agency_id, f.digest, ${at}::timestamptz FROM item_files f
    WHERE ${ofVersion} AND ${mayHoldText} ON CONFLICT DO NOTHING`.execute(db);
}

/** Asks for the texts of public attachments nobody asked for yet, or whose text did not arrive; returns how many. */
export async function askForMissingTexts(db: Db, at: Date): Promise<number> {
  const { numAffectedRows } = await sql`INSERT INTO item_file_texts (agency_id, digest, asked_at)
    SELECT DISTINCT f.agency_id, f.digest, ${at}::timestamptz
    FROM item_files f JOIN items i ON i.agency_id = f.agency_id AND i.id = f.item_id AND i.live_version = f.version
      LEFT JOIN item_file_texts t ON t.agency_id = f.agency_id AND t.digest = f.digest
    WHERE i.state = 'published' AND ${mayHoldText} AND f.plain = ''
      AND (t.digest IS NULL OR t.state = 'read' AND t.characters > 0)
    ON CONFLICT (agency_id, digest) DO UPDATE SET state = 'waiting', done_at = NULL, begun_at = NULL, attempts = 0,
      asked_at = excluded.asked_at`.execute(db);
  return Number(numAffectedRows ?? 0);
}

export interface WaitingText {
  agencyId: number;
  digest: string;
  /** With this one. */
  attempts: number;
}

/** Takes the content that has waited longest; nobody else gets it until `before` is past what was begun. */
export async function takeWaitingText(
  db: Db,
  { at, before }: { at: Date; before: Date },
): Promise<WaitingText | null> {
  const { rows } =
    await sql<WaitingText>`UPDATE item_file_texts t SET begun_at = ${at}::timestamptz, attempts = attempts + 1
    FROM (SELECT agency_id, digest FROM item_file_texts
      WHERE state = 'waiting' AND (begun_at IS NULL OR begun_at < ${before}::timestamptz)
      ORDER BY asked_at, digest LIMIT 1 FOR UPDATE SKIP LOCKED) next
    WHERE t.agency_id = next.agency_id AND t.digest = next.digest
    RETURNING t.agency_id AS "agencyId", t.digest, t.attempts`.execute(db);
  return rows[0] ?? null;
}

/** Names and items of the public files with that content. */
export async function publicFilesWith(
  db: Db,
  agencyId: number,
  digest: string,
): Promise<{ itemId: number; name: string }[]> {
  const { rows } = await sql<{ itemId: number; name: string }>`SELECT DISTINCT i.id AS "itemId", f.name
    FROM item_files f JOIN items i ON i.agency_id = f.agency_id AND i.id = f.item_id AND i.live_version = f.version
    WHERE f.agency_id = ${agencyId}::int AND f.digest = ${digest} AND i.state = 'published' AND ${mayHoldText}
    ORDER BY 1, 2`.execute(db);
  return rows;
}

/** Writes what a content says beside every file that has it. */
export async function writePlain(db: Db, agencyId: number, digest: string, plain: string): Promise<void> {
  await sql`UPDATE item_files f SET plain = ${plain} WHERE f.agency_id = ${agencyId}::int AND f.digest = ${digest}
    AND ${mayHoldText} AND f.plain IS DISTINCT FROM ${plain}`.execute(db);
}

export async function concludeText(
  db: Db,
  agencyId: number,
  digest: string,
  told: { state: Exclude<TextState, 'waiting'>; reason: string; characters: number; at: Date },
): Promise<void> {
  await db
    .updateTable('item_file_texts')
    .set({ state: told.state, reason: told.reason, characters: told.characters, done_at: told.at })
    .where('agency_id', '=', agencyId)
    .where('digest', '=', digest)
    .execute();
}

/** A public attachment whose text cannot be searched. */
export interface UnreadAttachment {
  digest: string;
  state: TextState;
  reason: string;
  itemId: number;
  title: string;
  name: string;
  doneAt: Date;
}

export async function listUnreadAttachments(
  db: Db,
  agencyId: number,
  limit: number,
): Promise<UnreadAttachment[]> {
  const { rows } =
    await sql<UnreadAttachment>`SELECT t.digest, t.state, t.reason, i.id AS "itemId", i.title, f.name, t.done_at AS "doneAt"
    FROM item_file_texts t JOIN item_files f ON f.agency_id = t.agency_id AND f.digest = t.digest
      JOIN items i ON i.agency_id = f.agency_id AND i.id = f.item_id AND i.live_version = f.version AND i.state = 'published'
    WHERE t.agency_id = ${agencyId}::int AND t.state IN ('unreadable', 'failed')
    ORDER BY t.done_at DESC, i.id DESC, f.name LIMIT ${limit}::int`.execute(db);
  return rows;
}

/** How many contents stand how. */
export async function countTexts(db: Db, agencyId: number): Promise<Record<TextState, number>> {
  const { rows } = await sql<{
    state: TextState;
    count: number;
  }>`SELECT state, count(*)::int AS count FROM item_file_texts
    WHERE agency_id = ${agencyId}::int GROUP BY state`.execute(db);
  const counts = { waiting: 0, read: 0, unreadable: 0, failed: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

/** Has a content read once more; false when there is nothing to read again. */
export async function askAgain(db: Db, agencyId: number, digest: string, at: Date): Promise<boolean> {
  const rows = await db
    .updateTable('item_file_texts')
    .set({ state: 'waiting', reason: '', attempts: 0, begun_at: null, done_at: null, asked_at: at })
    .where('agency_id', '=', agencyId)
    .where('digest', '=', digest)
    .where('state', 'in', ['unreadable', 'failed'])
    .returning('digest')
    .execute();
  return rows.length > 0;
}
