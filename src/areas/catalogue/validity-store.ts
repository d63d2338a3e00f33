import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Validity } from './model.ts';
import './validity-schema.ts';
import type { ValidityNote } from './validity-rules.ts';

/** A note of validity as the record of a document shows it. */
export interface ToldNote extends ValidityNote {
  replacedBy: number | null;
  replacementTitle: string | null;
  ground: string;
  byName: string;
  cleanUpId: number | null;
}

/** Every note of a document, by the day it begins on. */
export async function notesOf(db: Db, agencyId: number, itemId: number): Promise<ToldNote[]> {
  const { rows } = await sql<ToldNote>`
    SELECT y.id, y.validity, y.from_on AS "fromOn", y.replaced_by AS "replacedBy", r.title AS "replacementTitle", y.ground,
      y.by_name AS "byName", y.clean_up_id AS "cleanUpId"
    FROM item_validity y LEFT JOIN items r ON r.agency_id = y.agency_id AND r.id = y.replaced_by
    WHERE y.agency_id = ${agencyId} AND y.item_id = ${itemId} ORDER BY y.from_on, y.id`.execute(db);
  return rows;
}

export async function insertNote(
  db: Db,
  agencyId: number,
  note: {
    itemId: number;
    validity: Validity;
    fromOn: string;
    replacedBy: number | null;
    ground: string;
    byName: string;
    cleanUpId: number | null;
    at: Date;
  },
): Promise<void> {
  await db
    .insertInto('item_validity')
    .values({
      agency_id: agencyId,
      item_id: note.itemId,
      validity: note.validity,
      from_on: note.fromOn,
      replaced_by: note.replacedBy,
      ground: note.ground,
      by_name: note.byName,
      clean_up_id: note.cleanUpId,
      at: note.at,
    })
    .execute();
}

/** A change somebody proposed, with what became of it. */
export interface ValidityChange {
  id: number;
  itemId: number;
  kind: 'validity' | 'term';
  validity: Validity | null;
  fromOn: string | null;
  replacedBy: number | null;
  validUntil: string | null;
  ground: string;
  state: 'open' | 'approved' | 'refused' | 'dropped';
  proposedBy: number;
  proposerName: string;
  proposedAt: Date;
  deciderName: string | null;
  decidedAt: Date | null;
  opinion: string;
  title: string;
  replacementTitle: string | null;
  unitName: string;
}

const told = sql`SELECT c.id, c.item_id AS "itemId", c.kind, c.validity, c.from_on AS "fromOn", c.replaced_by AS "replacedBy",
    c.valid_until AS "validUntil", c.ground, c.state, c.proposed_by AS "proposedBy", p.name AS "proposerName",
    c.proposed_at AS "proposedAt", d.name AS "deciderName", c.decided_at AS "decidedAt", c.opinion, i.title,
    r.title AS "replacementTitle", u.name AS "unitName"
  FROM validity_changes c
  JOIN items i ON i.agency_id = c.agency_id AND i.id = c.item_id
  JOIN units u ON u.agency_id = i.agency_id AND u.id = i.unit_id
  JOIN staff p ON p.agency_id = c.agency_id AND p.id = c.proposed_by
  LEFT JOIN staff d ON d.agency_id = c.agency_id AND d.id = c.decided_by
  LEFT JOIN items r ON r.agency_id = c.agency_id AND r.id = c.replaced_by`;

export async function changesOf(db: Db, agencyId: number, itemId: number): Promise<ValidityChange[]> {
  const { rows } = await sql<ValidityChange>`${told}
    WHERE c.agency_id = ${agencyId} AND c.item_id = ${itemId} ORDER BY c.id DESC LIMIT 200`.execute(db);
  return rows;
}

/** What waits for a decision, the oldest first. */
export async function openChanges(db: Db, agencyId: number, limit: number): Promise<ValidityChange[]> {
  const { rows } = await sql<ValidityChange>`${told}
    WHERE c.agency_id = ${agencyId} AND c.state = 'open' ORDER BY c.id LIMIT ${limit}`.execute(db);
  return rows;
}

export async function countOpenChanges(db: Db, agencyId: number): Promise<number> {
  const { count } = await db
    .selectFrom('validity_changes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('agency_id', '=', agencyId)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function findChange(db: Db, agencyId: number, id: number): Promise<ValidityChange | null> {
  const { rows } =
    await sql<ValidityChange>`${told} WHERE c.agency_id = ${agencyId} AND c.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Held until the transaction ends. */
export async function lockChange(db: Db, agencyId: number, id: number): Promise<ValidityChange | null> {
  await sql`SELECT 1 FROM validity_changes WHERE agency_id = ${agencyId} AND id = ${id} FOR UPDATE`.execute(
    db,
  );
  return findChange(db, agencyId, id);
}

export async function insertChange(
  db: Db,
  agencyId: number,
  change: Pick<
    ValidityChange,
    'itemId' | 'kind' | 'validity' | 'fromOn' | 'replacedBy' | 'validUntil' | 'ground'
  > & { proposedBy: number; at: Date },
): Promise<number> {
  const { id } = await db
    .insertInto('validity_changes')
    .values({
      agency_id: agencyId,
      item_id: change.itemId,
      kind: change.kind,
      validity: change.validity,
      from_on: change.fromOn,
      replaced_by: change.replacedBy,
      valid_until: change.validUntil,
      ground: change.ground,
      state: 'open',
      proposed_by: change.proposedBy,
      proposed_at: change.at,
      decided_by: null,
      decided_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function closeChange(
  db: Db,
  agencyId: number,
  id: number,
  by: { state: 'approved' | 'refused' | 'dropped'; staffId: number | null; opinion: string; at: Date },
): Promise<void> {
  await db
    .updateTable('validity_changes')
    .set({ state: by.state, decided_by: by.staffId, decided_at: by.at, opinion: by.opinion })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

/** A published item by its index number or document number: what somebody names as the one that took the place. */
export async function publishedByNumber(db: Db, agencyId: number, number: string): Promise<number | null> {
  const row = await db
    .selectFrom('items')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('state', '=', 'published')
    .where((where) => where.or([where('index_number', '=', number), where('document_number', '=', number)]))
    .orderBy('published_on', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** A document in force that names the last day of its validity. */
export interface EndingDocument {
  id: number;
  title: string;
  documentNumber: string;
  unitId: number;
  unitName: string;
  validUntil: string;
}

/** Documents whose validity ends by a day, the first to end first. */
export async function endingDocuments(
  db: Db,
  agencyId: number,
  until: string,
  limit: number,
): Promise<EndingDocument[]> {
  const { rows } = await sql<EndingDocument>`
    SELECT i.id, i.title, i.document_number AS "documentNumber", i.unit_id AS "unitId", u.name AS "unitName",
      i.valid_until AS "validUntil"
    FROM items i JOIN units u ON u.agency_id = i.agency_id AND u.id = i.unit_id
    WHERE i.agency_id = ${agencyId} AND i.valid_until <= ${until}::date AND i.validity IN ('in-force', 'amended')
      AND i.state = 'published'
    ORDER BY i.valid_until, i.id LIMIT ${limit}`.execute(db);
  return rows;
}
