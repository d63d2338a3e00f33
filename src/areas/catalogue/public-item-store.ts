import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import { composedOnce, prepared } from '../../core/prepared.ts';
import { itemColumns } from './item-store.ts';
import type { Item, ItemFile, Version } from './model.ts';
import { fromJson, type ListedJson, type PublicItem, relatedJson } from './public-store.ts';
import './schema.ts';

/** What readers see of a version. */
export type PublicVersion = Pick<
  Version,
  'version' | 'title' | 'body' | 'source' | 'keywords' | 'publishedAt'
>;

export type PublicFile = Pick<
  ItemFile,
  'id' | 'itemId' | 'version' | 'position' | 'kind' | 'name' | 'digest' | 'type' | 'bytes'
>;

/** A version that readers have seen. */
export type SeenVersion = Pick<Version, 'version' | 'title' | 'amendment' | 'digest'> & { publishedAt: Date };

/** An item with everything its public page shows but its place among the columns. */
export interface WholeItem {
  item: Item;
  version: PublicVersion;
  files: PublicFile[];
  /** Every version readers have seen, the newest first. */
  versions: SeenVersion[];
  newer: PublicItem | null;
  older: PublicItem | null;
  /** What took its place, as far as that is public. */
  replacement: PublicItem | null;
  /** What it took the place of. */
  replaces: PublicItem[];
  validityGround: string;
  /** 相关解读: what interprets this item, as far as it is public; the newest first. */
  interpretations: PublicItem[];
  /** 解读的文件: what this item interprets, as far as that is public. */
  documents: PublicItem[];
  /** Ids of the columns it stands in besides its own. */
  furtherColumns: number[];
}

const MOST_RELATED = 20;

/** `name as alias` of the query builder as SQL on `i`. */
const itemList = sql.raw(
  itemColumns
    .map((column) => {
      const [name, alias = name] = column.split(' as ');
      return `i.${name} AS "${alias}"`;
    })
    .join(', '),
);

/** How another item belongs to one. */
type Relation = 'newer' | 'older' | 'replacement' | 'replaces' | 'interpretation' | 'document';

const neighbour = (relation: Relation, comparison: '<' | '>', direction: 'ASC' | 'DESC') =>
  sql`(SELECT ${sql.lit(relation)}, n.id FROM items n WHERE n.agency_id = i.agency_id AND n.state = 'published'
    AND n.column_id = i.column_id AND (n.published_on, n.id) ${sql.raw(comparison)} (i.published_on, i.id)
    ORDER BY n.published_on ${sql.raw(direction)}, n.id ${sql.raw(direction)} LIMIT 1)`;

/** Items that belong to the item `i` with the version `live`, by relation and id; some may not be public. */
const related = sql`
  ${neighbour('newer', '>', 'ASC')} UNION ALL ${neighbour('older', '<', 'DESC')}
  UNION ALL SELECT 'replacement', i.replaced_by WHERE i.replaced_by IS NOT NULL
  UNION ALL (SELECT 'replaces', n.id FROM items n WHERE n.agency_id = i.agency_id AND n.state = 'published'
    AND n.replaced_by = i.id ORDER BY n.id LIMIT ${sql.lit(MOST_RELATED)})
  UNION ALL (SELECT 'interpretation', n.id FROM item_versions v
    JOIN items n ON n.agency_id = v.agency_id AND n.id = v.item_id AND n.live_version = v.version AND n.state = 'published'
    WHERE v.agency_id = i.agency_id AND v.state = 'published' AND v.interprets <> '{}' AND v.interprets @> ARRAY[i.id]
    ORDER BY n.published_on DESC, n.id DESC LIMIT ${sql.lit(MOST_RELATED)})
  UNION ALL SELECT 'document', unnest(live.interprets)`;

interface WholeJson extends Omit<Item, 'publishedAt'> {
  publishedAt: string | null;
  related: (ListedJson & { relation: Relation })[];
  versions: (Omit<SeenVersion, 'publishedAt'> & { publishedAt: string })[];
  files: PublicFile[];
  ground: string | null;
  body: string;
  source: string;
  keywords: string[];
  furtherColumns: number[];
  liveAt: string | null;
}

export interface ItemQuestion {
  agencyId: number;
  indexNumber: string;
}

const wholeRows = composedOnce(({ asked }: { asked: string }) => {
  const seen = sql`(SELECT json_agg(json_build_object('version', v.version, 'title', v.title, 'amendment', v.amendment,
      'digest', v.digest, 'publishedAt', v.published_at) ORDER BY v.version DESC) FROM item_versions v
    WHERE v.agency_id = i.agency_id AND v.item_id = i.id AND v.state IN ('published', 'superseded'))`;
  const files = sql`(SELECT json_agg(json_build_object('id', f.id, 'itemId', f.item_id, 'version', f.version,
      'position', f.position, 'kind', f.kind, 'name', f.name, 'digest', f.digest, 'type', f.type, 'bytes', f.bytes)
      ORDER BY f.position, f.id) FROM item_files f
    WHERE f.agency_id = i.agency_id AND f.item_id = i.id AND f.version = i.live_version AND f.released)`;
  // With a bound of one the item is looked up by its index, however many the planner expects to be asked for.
  return sql<{ n: number; item: WholeJson }>`${prepared}SELECT a.n, to_json(w) AS item
    FROM json_to_recordset(${asked}::json) AS a (n int, agency_id bigint, index_number text) CROSS JOIN LATERAL (
      SELECT ${itemList}, live.body, live.source, live.keywords, live.further_columns AS "furtherColumns", live.published_at AS "liveAt",
        coalesce(${seen}, '[]') AS versions, coalesce(${files}, '[]') AS files,
        coalesce(${relatedJson(sql`SELECT i.agency_id, r.* FROM (${related}) r (relation, id)`)}, '[]') AS related,
        CASE WHEN i.validity <> 'in-force' THEN (SELECT g.ground FROM item_validity g WHERE g.agency_id = i.agency_id
          AND g.item_id = i.id ORDER BY g.id DESC LIMIT 1) END AS ground
      FROM items i JOIN item_versions live ON live.agency_id = i.agency_id AND live.item_id = i.id AND live.version = i.live_version
      WHERE i.agency_id = a.agency_id AND i.index_number = a.index_number AND i.state IN ('published', 'withdrawn') LIMIT 1) w`;
});

/**
 * The published or withdrawn items of these index numbers in one query, each in its place or null: pages are asked for by thousands and
 * each query is a way to the database and back.
 */
export async function wholeItems(db: Db, questions: readonly ItemQuestion[]): Promise<(WholeItem | null)[]> {
  const asked = JSON.stringify(
    questions.map(({ agencyId, indexNumber }, n) => ({ n, agency_id: agencyId, index_number: indexNumber })),
  );
  const found = new Map((await wholeRows(db, { asked })).map(({ n, item }) => [n, wholeOf(item)]));
  return questions.map((_, n) => found.get(n) ?? null);
}

function wholeOf(row: WholeJson): WholeItem {
  const {
    body,
    source,
    keywords,
    furtherColumns,
    publishedAt,
    liveAt,
    ground,
    versions,
    files,
    related,
    ...rest
  } = row;
  const item = { ...rest, publishedAt: publishedAt === null ? null : new Date(publishedAt) };
  const others = (wanted: Relation): PublicItem[] =>
    related.filter(({ relation }) => relation === wanted).map(({ relation: _, ...other }) => fromJson(other));
  return {
    item,
    version: {
      version: item.liveVersion ?? 0,
      title: item.title,
      body,
      source,
      keywords,
      publishedAt: liveAt === null ? null : new Date(liveAt),
    },
    files,
    versions: versions.map((version) => ({ ...version, publishedAt: new Date(version.publishedAt) })),
    newer: others('newer')[0] ?? null,
    older: others('older')[0] ?? null,
    replacement: others('replacement')[0] ?? null,
    replaces: others('replaces'),
    validityGround: ground ?? '',
    interpretations: others('interpretation'),
    documents: others('document'),
    furtherColumns,
  };
}
