import { sql } from 'kysely';
import { indexItem } from '../../src/areas/catalogue/search.ts';
import { listUnits } from '../../src/areas/organisations/index.ts';
import type { Ctx } from '../../src/core/context.ts';

export interface GivenDocument {
  title: string;
  number: string;
  formedOn: string;
  publishedOn?: string;
  /** Code of the unit. */
  unit?: string;
  kind?: 'none' | 'normative' | 'rule';
}

/** Public documents of the past, as an import leaves them; returns their ids in the order given. */
export async function documentsOf(system: Ctx, given: readonly GivenDocument[]): Promise<number[]> {
  const units = await listUnits(system.db, system.agencyId);
  return system.db.transaction().execute(async (db) => {
    const ids: number[] = [];
    for (const one of given) {
      const unitId = units.find(({ code }) => code === one.unit)?.id ?? units[0]?.id ?? 0;
      const publishedOn = one.publishedOn ?? one.formedOn;
      const at = `${publishedOn}T09:00:00+08:00`;
      const kind = one.kind ?? 'normative';
      const { rows } = await sql<{ id: number }>`
        INSERT INTO items (agency_id, index_number, unit_id, state, title) VALUES
          (${system.agencyId}, ${`KM/${one.number}`}, ${unitId}, 'draft', ${one.title}) RETURNING id`.execute(
        db,
      );
      const id = rows[0]?.id ?? 0;
      await sql`INSERT INTO item_versions (agency_id, item_id, version, state, title, document_number, genre, subject,
          issuing_body, body, plain, normative, formed_on, created_at, saved_at, published_at, digest)
        VALUES (${system.agencyId}, ${id}, 1, 'published', ${one.title}, ${one.number}, '通知', '综合政务', '昆明高新区管委会',
          '<p>正文。</p>', '正文。', ${kind}, ${one.formedOn}, ${at}, ${at}, ${at}, 'digest')`.execute(db);
      // No import brought it.
      await sql`SET LOCAL session_replication_role = replica`.execute(db);
      await sql`INSERT INTO item_reviews (agency_id, item_id, version, step, result, reviewer_name, concluding, at)
        VALUES (${system.agencyId}, ${id}, 1, 'import', 'passed', '导入', true, ${at})`.execute(db);
      await sql`SET LOCAL session_replication_role = origin`.execute(db);
      await sql`UPDATE items SET state = 'published', live_version = 1, document_number = ${one.number}, genre = '通知',
          subject = '综合政务', issuing_body = '昆明高新区管委会', normative = ${kind}, formed_on = ${one.formedOn},
          published_on = ${publishedOn}, published_at = ${at}
        WHERE agency_id = ${system.agencyId} AND id = ${id}`.execute(db);
      await indexItem(db, system.agencyId, id);
      ids.push(id);
    }
    return ids;
  });
}
