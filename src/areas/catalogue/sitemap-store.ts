import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import { prepared } from '../../core/prepared.ts';
import './schema.ts';

/** Public items whose ids lie between `span * size + 1` and `(span + 1) * size`. */
export interface ItemSpan {
  span: number;
  count: number;
  /** ISO date of the latest change. */
  lastOn: string;
}

/** Where an item is public, and the day it was last changed for readers. */
export interface ItemAddress {
  id: number;
  indexNumber: string;
  lastOn: string;
}

/** How public items fall into spans of so many ids. An item stays in its span for ever. */
export async function itemSpans(db: Db, agencyId: number, size: number): Promise<ItemSpan[]> {
  const { rows } =
    await sql<ItemSpan>`${prepared}SELECT ((id - 1) / ${size}::int)::int AS span, count(*)::int AS count,
      max(greatest(amended_on, published_on))::text AS "lastOn"
    FROM items WHERE agency_id = ${agencyId} AND state = 'published' GROUP BY 1 ORDER BY 1`.execute(db);
  return rows;
}

/** Public items in the order of their ids, behind one and up to another. */
export async function itemAddresses(
  db: Db,
  agencyId: number,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<ItemAddress[]> {
  const { rows } = await sql<ItemAddress>`${prepared}SELECT id, index_number AS "indexNumber",
      greatest(amended_on, published_on)::text AS "lastOn"
    FROM items WHERE agency_id = ${agencyId} AND state = 'published' AND id > ${after} AND id <= ${upTo}
    ORDER BY id LIMIT ${limit}`.execute(db);
  return rows;
}
