import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import './validity-schema.ts';
import type { CleanUpProposal, CleanUpState } from './clean-up-rules.ts';
import type { Validity } from './model.ts';

export interface CleanUp {
  id: number;
  name: string;
  kinds: ('normative' | 'rule')[];
  cutoffOn: string;
  ground: string;
  replyBy: string;
  state: CleanUpState;
  openedBy: number;
  openedAt: Date;
  submittedBy: number | null;
  submittedAt: Date | null;
  opinion: string;
  deciderName: string | null;
  decidedOn: string | null;
  resultItem: number | null;
  documents: number;
  unanswered: number;
}

const told = sql`SELECT c.id, c.name, c.kinds, c.cutoff_on AS "cutoffOn", c.ground, c.reply_by AS "replyBy", c.state,
    c.opened_by AS "openedBy", c.opened_at AS "openedAt", c.submitted_by AS "submittedBy", c.submitted_at AS "submittedAt",
    c.opinion, d.name AS "deciderName", c.decided_on AS "decidedOn", c.result_item AS "resultItem",
    (SELECT count(*) FROM clean_up_documents x WHERE x.agency_id = c.agency_id AND x.clean_up_id = c.id) AS documents,
    (SELECT count(*) FROM clean_up_documents x WHERE x.agency_id = c.agency_id AND x.clean_up_id = c.id
      AND x.proposal IS NULL) AS unanswered
  FROM clean_ups c LEFT JOIN staff d ON d.agency_id = c.agency_id AND d.id = c.decided_by`;

export async function listCleanUps(db: Db, agencyId: number): Promise<CleanUp[]> {
  const { rows } =
    await sql<CleanUp>`${told} WHERE c.agency_id = ${agencyId} ORDER BY c.id DESC LIMIT 200`.execute(db);
  return rows;
}

export async function findCleanUp(db: Db, agencyId: number, id: number): Promise<CleanUp | null> {
  const { rows } = await sql<CleanUp>`${told} WHERE c.agency_id = ${agencyId} AND c.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Held until the transaction ends: proposals and the decision wait for each other. */
export async function lockCleanUp(db: Db, agencyId: number, id: number): Promise<CleanUp | null> {
  await sql`SELECT 1 FROM clean_ups WHERE agency_id = ${agencyId} AND id = ${id} FOR UPDATE`.execute(db);
  return findCleanUp(db, agencyId, id);
}

export async function runningCleanUp(db: Db, agencyId: number): Promise<CleanUp | null> {
  const { rows } = await sql<CleanUp>`${told}
    WHERE c.agency_id = ${agencyId} AND c.state IN ('collecting', 'submitted')`.execute(db);
  return rows[0] ?? null;
}

/** Opens one over every public document in force that was formed by the day; returns its id and how many it has. */
export async function insertCleanUp(
  db: Db,
  agencyId: number,
  given: Pick<CleanUp, 'name' | 'kinds' | 'cutoffOn' | 'ground' | 'replyBy' | 'openedBy'> & { at: Date },
): Promise<{ id: number; documents: number }> {
  const { id } = await db
    .insertInto('clean_ups')
    .values({
      agency_id: agencyId,
      name: given.name,
      kinds: [...given.kinds],
      cutoff_on: given.cutoffOn,
      ground: given.ground,
      reply_by: given.replyBy,
      state: 'collecting',
      opened_by: given.openedBy,
      opened_at: given.at,
      submitted_by: null,
      submitted_at: null,
      decided_by: null,
      decided_on: null,
      decided_at: null,
      result_item: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { numAffectedRows } = await sql`
    INSERT INTO clean_up_documents (agency_id, clean_up_id, item_id)
    SELECT agency_id, ${id}, id FROM items WHERE agency_id = ${agencyId} AND state = 'published'
      AND normative = ANY (${[...given.kinds]}::text[]) AND normative <> 'none'
      AND validity IN ('in-force', 'amended') AND formed_on <= ${given.cutoffOn}::date`.execute(db);
  return { id, documents: Number(numAffectedRows ?? 0) };
}

export interface CleanUpChange {
  state?: CleanUpState;
  submitted_by?: number | null;
  submitted_at?: Date | null;
  opinion?: string;
  decided_by?: number;
  decided_on?: string;
  decided_at?: Date;
  result_item?: number;
}

export async function updateCleanUp(
  db: Db,
  agencyId: number,
  id: number,
  change: CleanUpChange,
): Promise<void> {
  await db
    .updateTable('clean_ups')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

/** A document of a clean-up with what is proposed for it. */
export interface CleanUpDocument {
  itemId: number;
  indexNumber: string;
  title: string;
  documentNumber: string;
  unitId: number;
  unitName: string;
  formedOn: string;
  validity: Validity;
  validUntil: string | null;
  proposal: CleanUpProposal | null;
  replacedBy: number | null;
  replacementTitle: string | null;
  replacementNumber: string | null;
  ground: string;
  proposerName: string | null;
  outcome: 'kept' | 'amended' | 'repealed' | 'expired' | 'gone' | null;
}

/** Documents of a clean-up by unit, the oldest first; all of them or those of one unit. */
export async function cleanUpDocuments(
  db: Db,
  agencyId: number,
  cleanUpId: number,
  only: { unitId?: number | null; itemId?: number } = {},
): Promise<CleanUpDocument[]> {
  const { unitId = null, itemId } = only;
  const { rows } = await sql<CleanUpDocument>`
    SELECT x.item_id AS "itemId", i.index_number AS "indexNumber", i.title, i.document_number AS "documentNumber",
      i.unit_id AS "unitId", u.name AS "unitName", i.formed_on AS "formedOn", i.validity, i.valid_until AS "validUntil",
      x.proposal, x.replaced_by AS "replacedBy", r.title AS "replacementTitle", r.index_number AS "replacementNumber",
      x.ground, p.name AS "proposerName", x.outcome
    FROM clean_up_documents x
    JOIN items i ON i.agency_id = x.agency_id AND i.id = x.item_id
    JOIN units u ON u.agency_id = i.agency_id AND u.id = i.unit_id
    LEFT JOIN items r ON r.agency_id = x.agency_id AND r.id = x.replaced_by
    LEFT JOIN staff p ON p.agency_id = x.agency_id AND p.id = x.proposed_by
    WHERE x.agency_id = ${agencyId} AND x.clean_up_id = ${cleanUpId}
      AND ${unitId === null ? sql`true` : sql`i.unit_id = ${unitId}`}
      AND ${itemId === undefined ? sql`true` : sql`x.item_id = ${itemId}`}
    ORDER BY u.position, u.id, i.formed_on, i.id LIMIT 20000`.execute(db);
  return rows;
}

export async function writeProposal(
  db: Db,
  agencyId: number,
  cleanUpId: number,
  itemId: number,
  given: { proposal: CleanUpProposal; replacedBy: number | null; ground: string; staffId: number; at: Date },
): Promise<void> {
  await db
    .updateTable('clean_up_documents')
    .set({
      proposal: given.proposal,
      replaced_by: given.replacedBy,
      ground: given.ground,
      proposed_by: given.staffId,
      proposed_at: given.at,
    })
    .where('agency_id', '=', agencyId)
    .where('clean_up_id', '=', cleanUpId)
    .where('item_id', '=', itemId)
    .execute();
}

/** Proposes to keep whatever has no proposal yet, of one unit or of all; returns how many. */
export async function keepTheRest(
  db: Db,
  agencyId: number,
  cleanUpId: number,
  unitId: number | null,
  by: { staffId: number; at: Date },
): Promise<number> {
  const { numAffectedRows } = await sql`
    UPDATE clean_up_documents x SET proposal = 'keep', proposed_by = ${by.staffId}, proposed_at = ${by.at}
    FROM items i WHERE x.agency_id = ${agencyId} AND x.clean_up_id = ${cleanUpId} AND x.proposal IS NULL
      AND i.agency_id = x.agency_id AND i.id = x.item_id
      AND ${unitId === null ? sql`true` : sql`i.unit_id = ${unitId}`}`.execute(db);
  return Number(numAffectedRows ?? 0);
}

export async function writeOutcome(
  db: Db,
  agencyId: number,
  cleanUpId: number,
  itemId: number,
  outcome: NonNullable<CleanUpDocument['outcome']>,
): Promise<void> {
  await db
    .updateTable('clean_up_documents')
    .set({ outcome })
    .where('agency_id', '=', agencyId)
    .where('clean_up_id', '=', cleanUpId)
    .where('item_id', '=', itemId)
    .execute();
}

/** Units that still owe proposals, with how many. */
export async function owingUnits(
  db: Db,
  agencyId: number,
  cleanUpId: number,
): Promise<{ unitId: number; unitName: string; count: number }[]> {
  const { rows } = await sql<{ unitId: number; unitName: string; count: number }>`
    SELECT i.unit_id AS "unitId", u.name AS "unitName", count(*) AS count FROM clean_up_documents x
    JOIN items i ON i.agency_id = x.agency_id AND i.id = x.item_id
    JOIN units u ON u.agency_id = i.agency_id AND u.id = i.unit_id
    WHERE x.agency_id = ${agencyId} AND x.clean_up_id = ${cleanUpId} AND x.proposal IS NULL
    GROUP BY 1, 2, u.position ORDER BY u.position, 1`.execute(db);
  return rows;
}
