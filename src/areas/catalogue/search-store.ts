import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Item, Version } from './model.ts';
import './schema.ts';

/** What is public of an item, as far as it can be searched. */
export interface LiveText
  extends Pick<
      Item,
      'id' | 'indexNumber' | 'sourceId' | 'unitId' | 'columnId' | 'genre' | 'validity' | 'publishedOn'
    >,
    Pick<
      Version,
      | 'title'
      | 'abstract'
      | 'plain'
      | 'documentNumber'
      | 'issuingBody'
      | 'keywords'
      | 'furtherColumns'
      | 'subject'
      | 'normative'
    > {
  files: { name: string; plain: string }[];
}

const live = sql`SELECT i.id, i.index_number AS "indexNumber", i.source_id AS "sourceId", i.unit_id AS "unitId",
    i.column_id AS "columnId", i.genre, i.validity, i.published_on AS "publishedOn", v.title, v.abstract, v.plain,
    v.document_number AS "documentNumber", v.issuing_body AS "issuingBody", v.keywords, v.subject, v.normative, v.further_columns::float8[] AS "furtherColumns",
    coalesce((SELECT json_agg(json_build_object('name', f.name, 'plain', left(f.plain, 50000)) ORDER BY f.position, f.id)
      FROM item_files f WHERE f.agency_id = i.agency_id AND f.item_id = i.id AND f.version = v.version
        AND f.kind = 'attachment'), '[]') AS files
  FROM items i JOIN item_versions v ON v.agency_id = i.agency_id AND v.item_id = i.id AND v.version = i.live_version`;

export async function findLiveText(db: Db, agencyId: number, itemId: number): Promise<LiveText | null> {
  const { rows } = await sql<LiveText>`${live}
    WHERE i.agency_id = ${agencyId} AND i.id = ${itemId} AND i.state = 'published'`.execute(db);
  return rows[0] ?? null;
}

/**
 * Public items in the order of their ids, behind one of them. Held until the transaction ends: none of them is amended or
 * withdrawn between being read and being written into the index.
 */
export async function liveTextsBehind(
  db: Db,
  agencyId: number,
  after: number,
  limit: number,
): Promise<LiveText[]> {
  const { rows } = await sql<LiveText>`${live}
    WHERE i.agency_id = ${agencyId} AND i.id > ${after} AND i.state = 'published' ORDER BY i.id LIMIT ${limit}
    FOR SHARE OF i`.execute(db);
  return rows;
}

/** Takes out the entries of items that are not public any more; returns how many. */
export async function dropLeftovers(db: Db, agencyId: number): Promise<number> {
  const { numAffectedRows } =
    await sql`DELETE FROM search_entries e WHERE e.agency_id = ${agencyId} AND e.kind = 'item'
    AND NOT EXISTS (SELECT FROM items i WHERE i.agency_id = e.agency_id AND i.id::text = e.ref AND i.state = 'published')`.execute(
      db,
    );
  return Number(numAffectedRows ?? 0);
}
