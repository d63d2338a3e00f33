import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Item, ItemState, Validity } from './model.ts';
import './schema.ts';

export const itemColumns = [
  'id',
  'index_number as indexNumber',
  'unit_id as unitId',
  'source_id as sourceId',
  'state',
  'live_version as liveVersion',
  'title',
  'abstract',
  'column_id as columnId',
  'genre',
  'subject',
  'document_number as documentNumber',
  'issuing_body as issuingBody',
  'formed_on as formedOn',
  'published_on as publishedOn',
  'published_at as publishedAt',
  'amended_on as amendedOn',
  'normative',
  'validity',
  'validity_on as validityOn',
  'replaced_by as replacedBy',
  'valid_until as validUntil',
  'withdrawn_on as withdrawnOn',
  'withdrawal_reason as withdrawalReason',
  'withdrawal_ground as withdrawalGround',
] as const;

/** Serials of the index numbers of a year, `count` at once; returns the first. Held until the transaction ends. */
export async function takeIndexSerials(
  db: Db,
  agencyId: number,
  year: number,
  count: number,
): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    INSERT INTO index_numbers (agency_id, year, last) VALUES (${agencyId}, ${year}, ${count})
    ON CONFLICT (agency_id, year) DO UPDATE SET last = index_numbers.last + ${count} RETURNING last`.execute(
    db,
  );
  return (rows[0]?.last ?? count) - count + 1;
}

export async function insertItem(
  db: Db,
  agencyId: number,
  given: { indexNumber: string; unitId: number; title: string; columnId: number | null },
): Promise<number> {
  const { id } = await db
    .insertInto('items')
    .values({
      agency_id: agencyId,
      index_number: given.indexNumber,
      unit_id: given.unitId,
      source_id: null,
      state: 'draft',
      live_version: null,
      title: given.title,
      column_id: given.columnId,
      formed_on: null,
      published_on: null,
      published_at: null,
      amended_on: null,
      validity_on: null,
      replaced_by: null,
      withdrawn_on: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function findItem(db: Db, agencyId: number, id: number): Promise<Item | null> {
  const row = await db
    .selectFrom('items')
    .select(itemColumns)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Held until the transaction ends: whoever acts second waits here. */
export async function lockItem(db: Db, agencyId: number, id: number): Promise<Item | null> {
  const row = await db
    .selectFrom('items')
    .select(itemColumns)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ?? null;
}

export interface ItemChange {
  state?: ItemState;
  live_version?: number;
  unit_id?: number;
  title?: string;
  abstract?: string;
  column_id?: number | null;
  genre?: string;
  subject?: string;
  document_number?: string;
  issuing_body?: string;
  formed_on?: string | null;
  published_on?: string;
  published_at?: Date;
  amended_on?: string;
  normative?: Item['normative'];
  validity?: Validity;
  validity_on?: string;
  replaced_by?: number | null;
  valid_until?: string | null;
  withdrawn_on?: string | null;
  withdrawal_reason?: string;
  withdrawal_ground?: string;
}

export async function updateItem(db: Db, agencyId: number, id: number, change: ItemChange): Promise<void> {
  await db.updateTable('items').set(change).where('agency_id', '=', agencyId).where('id', '=', id).execute();
}

/** Marks that what the public sees has changed; pages that were kept are made anew. */
export async function raiseContentRevision(db: Db, agencyId: number): Promise<void> {
  await sql`INSERT INTO content_revisions (agency_id, revision) VALUES (${agencyId}, 1)
    ON CONFLICT (agency_id) DO UPDATE SET revision = content_revisions.revision + 1`.execute(db);
}
