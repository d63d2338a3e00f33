import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { InsidePage } from '../reviews/index.ts';
import type { ItemState } from './model.ts';
import './schema.ts';

/** How each of these pages of the site stands, in their order, from one query. */
export async function standingsOf(
  db: Db,
  agencyId: number,
  pages: readonly InsidePage[],
): Promise<(ItemState | 'there' | 'missing')[]> {
  if (pages.length === 0) return [];
  const words = pages.map((page) =>
    page.kind === 'item' ? page.indexNumber : page.kind === 'column' ? page.slug : page.digest,
  );
  const itemIds = pages.map((page) => (page.kind === 'file' ? page.itemId : null));
  const { rows } = await sql<{ standing: ItemState | 'there' | 'missing' }>`
    SELECT CASE
      WHEN asked.kind = 'item' THEN coalesce((SELECT i.state FROM items i
        WHERE i.agency_id = ${agencyId}::int AND i.index_number = asked.word), 'missing')
      WHEN asked.kind = 'column' AND (
        EXISTS (SELECT FROM catalogue_columns c WHERE c.agency_id = ${agencyId}::int AND c.slug = asked.word)
        OR EXISTS (SELECT FROM catalogue_old_slugs o WHERE o.agency_id = ${agencyId}::int AND o.slug = asked.word))
        THEN 'there'
      WHEN asked.kind = 'file' AND EXISTS (SELECT FROM item_files f
        WHERE f.agency_id = ${agencyId}::int AND f.item_id = asked.item_id AND f.digest = asked.word) THEN 'there'
      ELSE 'missing' END AS standing
    FROM unnest(${pages.map(({ kind }) => kind)}::text[], ${words}::text[], ${itemIds}::bigint[])
      WITH ORDINALITY AS asked (kind, word, item_id, place)
    ORDER BY asked.place`.execute(db);
  return rows.map(({ standing }) => standing);
}
