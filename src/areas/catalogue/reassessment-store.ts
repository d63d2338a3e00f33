import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Attribute } from './model.ts';
import './validity-schema.ts';

/** Information that was reviewed and is not public. Dates are ISO text. */
export interface KeptBack {
  itemId: number;
  version: number;
  title: string;
  unitId: number;
  unitName: string;
  attribute: Exclude<Attribute, 'proactive'>;
  attributeReason: string;
  decidedOn: string;
  dueOn: string;
}

export interface KeptBackPlace {
  dueOn: string;
  itemId: number;
}

/** `months` after the last review, where no day was set. */
const kept = (agencyId: number, months: number): RawBuilder<unknown> => sql`
  SELECT k.*, coalesce(k.next_review_on, (k.decided_on + make_interval(months => ${months}::int))::date) AS due_on FROM (
    SELECT v.item_id, v.version, v.title, i.unit_id, v.attribute, v.attribute_reason, v.next_review_on,
      (coalesce((SELECT max(r.at) FROM item_reviews r WHERE r.agency_id = v.agency_id AND r.item_id = v.item_id
        AND r.version = v.version AND r.concluding), v.saved_at) AT TIME ZONE 'Asia/Shanghai')::date AS decided_on
    FROM item_versions v JOIN items i ON i.agency_id = v.agency_id AND i.id = v.item_id
    WHERE v.agency_id = ${agencyId} AND v.attribute <> 'proactive' AND v.state = 'approved') k`;

/** What is to be assessed by a day, the longest overdue first; null: all that is kept back. */
export async function keptBack(
  db: Db,
  agencyId: number,
  months: number,
  filter: { until: string | null; unitId: number | null; itemId?: number },
  page: { after: KeptBackPlace | null; limit: number },
): Promise<KeptBack[]> {
  const { after, limit } = page;
  const { rows } = await sql<KeptBack>`
    SELECT k.item_id AS "itemId", k.version, k.title, k.unit_id AS "unitId", u.name AS "unitName", k.attribute,
      k.attribute_reason AS "attributeReason", k.decided_on AS "decidedOn", k.due_on AS "dueOn"
    FROM (${kept(agencyId, months)}) k JOIN units u ON u.agency_id = ${agencyId} AND u.id = k.unit_id
    WHERE ${filter.until === null ? sql`true` : sql`k.due_on <= ${filter.until}::date`}
      AND ${filter.unitId === null ? sql`true` : sql`k.unit_id = ${filter.unitId}`}
      AND ${filter.itemId === undefined ? sql`true` : sql`k.item_id = ${filter.itemId}`}
      AND ${after ? sql`(k.due_on, k.item_id) > (${after.dueOn}::date, ${after.itemId}::bigint)` : sql`true`}
    ORDER BY k.due_on, k.item_id LIMIT ${limit}`.execute(db);
  return rows;
}

/** How much is to be assessed by a day. */
export async function countKeptBack(
  db: Db,
  agencyId: number,
  months: number,
  until: string,
  unitId: number | null,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM (${kept(agencyId, months)}) k
    WHERE k.due_on <= ${until}::date AND ${unitId === null ? sql`true` : sql`k.unit_id = ${unitId}`}`.execute(
    db,
  );
  return Number(rows[0]?.count ?? 0);
}

/** A look at an item, as its record tells it. */
export interface Reassessment {
  id: number;
  attribute: Attribute;
  result: Attribute;
  reason: string;
  assessedOn: string;
  nextOn: string | null;
  byName: string;
}

export async function reassessmentsOf(db: Db, agencyId: number, itemId: number): Promise<Reassessment[]> {
  const { rows } = await sql<Reassessment>`
    SELECT a.id, a.attribute, a.result, a.reason, a.assessed_on AS "assessedOn", a.next_on AS "nextOn", s.name AS "byName"
    FROM item_reassessments a JOIN staff s ON s.agency_id = a.agency_id AND s.id = a.assessed_by
    WHERE a.agency_id = ${agencyId} AND a.item_id = ${itemId} ORDER BY a.id DESC LIMIT 200`.execute(db);
  return rows;
}

export async function insertReassessment(
  db: Db,
  agencyId: number,
  given: {
    itemId: number;
    version: number;
    attribute: Exclude<Attribute, 'proactive'>;
    result: Attribute;
    reason: string;
    assessedOn: string;
    nextOn: string | null;
    assessedBy: number;
    at: Date;
  },
): Promise<void> {
  await db
    .insertInto('item_reassessments')
    .values({
      agency_id: agencyId,
      item_id: given.itemId,
      version: given.version,
      attribute: given.attribute,
      result: given.result,
      reason: given.reason,
      assessed_on: given.assessedOn,
      next_on: given.nextOn,
      assessed_by: given.assessedBy,
      at: given.at,
    })
    .execute();
}

export async function setNextReview(
  db: Db,
  agencyId: number,
  key: { itemId: number; version: number },
  nextOn: string,
): Promise<void> {
  await db
    .updateTable('item_versions')
    .set({ next_review_on: nextOn })
    .where('agency_id', '=', agencyId)
    .where('item_id', '=', key.itemId)
    .where('version', '=', key.version)
    .execute();
}

/** A draft gets another attribute, which its review will decide on. */
export async function setAttribute(
  db: Db,
  agencyId: number,
  key: { itemId: number; version: number },
  attribute: Attribute,
  reason: string,
): Promise<void> {
  await db
    .updateTable('item_versions')
    .set({
      attribute,
      attribute_reason: attribute === 'proactive' ? '' : reason,
      next_review_on: null,
      revision: sql`revision + 1`,
    })
    .where('agency_id', '=', agencyId)
    .where('item_id', '=', key.itemId)
    .where('version', '=', key.version)
    .execute();
}
