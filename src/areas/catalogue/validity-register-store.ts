import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { NormativeKind, Validity } from './model.ts';
import './schema.ts';

/** What the register is asked for; null: everything. */
export interface RegisterFilter {
  /** Part of a title or document number. */
  text: string;
  kind: Exclude<NormativeKind, 'none'> | null;
  validity: Validity | null;
  unitId: number | null;
  /** Of formation. */
  year: number | null;
}

/** One document as the register lists it. Dates are ISO text. */
export interface RegisterRow {
  id: number;
  indexNumber: string;
  title: string;
  documentNumber: string;
  normative: NormativeKind;
  unitId: number;
  unitName: string;
  issuingBody: string;
  formedOn: string;
  publishedOn: string;
  validity: Validity;
  validityOn: string | null;
  validUntil: string | null;
  ground: string;
  replacementTitle: string | null;
  replacementIndex: string | null;
}

export interface RegisterPlace {
  formedOn: string;
  id: number;
}

function conditions(filter: RegisterFilter, but?: keyof RegisterFilter): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`true`];
  if (filter.text !== '') {
    const text = `%${filter.text.replaceAll(/[\\%_]/g, '\\$&')}%`;
    parts.push(sql`(i.title ILIKE ${text} OR i.document_number ILIKE ${text})`);
  }
  if (filter.kind !== null && but !== 'kind') parts.push(sql`i.normative = ${filter.kind}`);
  if (filter.validity !== null && but !== 'validity') parts.push(sql`i.validity = ${filter.validity}`);
  if (filter.unitId !== null && but !== 'unitId') parts.push(sql`i.unit_id = ${filter.unitId}`);
  if (filter.year !== null && but !== 'year')
    parts.push(
      sql`i.formed_on BETWEEN make_date(${filter.year}::int, 1, 1) AND make_date(${filter.year}::int, 12, 31)`,
    );
  return sql.join(parts, sql` AND `);
}

/** Public documents of the register: published, and of a kind. */
const registered = (agencyId: number) =>
  sql`i.agency_id = ${agencyId} AND i.state = 'published' AND i.normative <> 'none' AND i.formed_on IS NOT NULL`;

/** Documents of the register behind a place, the newest first by the day they were formed. */
export async function registerRows(
  db: Db,
  agencyId: number,
  filter: RegisterFilter,
  page: { after: RegisterPlace | null; limit: number },
): Promise<RegisterRow[]> {
  const { after, limit } = page;
  const place = after ? sql`(i.formed_on, i.id) < (${after.formedOn}::date, ${after.id}::bigint)` : sql`true`;
  const { rows } = await sql<RegisterRow>`
    SELECT i.id, i.index_number AS "indexNumber", i.title, i.document_number AS "documentNumber", i.normative,
      i.unit_id AS "unitId", u.name AS "unitName", i.issuing_body AS "issuingBody", i.formed_on AS "formedOn",
      i.published_on AS "publishedOn", i.validity, i.validity_on AS "validityOn", i.valid_until AS "validUntil",
      coalesce((SELECT y.ground FROM item_validity y WHERE y.agency_id = i.agency_id AND y.item_id = i.id
        AND y.validity = i.validity AND y.from_on = i.validity_on ORDER BY y.id DESC LIMIT 1), '') AS ground,
      r.title AS "replacementTitle", r.index_number AS "replacementIndex"
    FROM items i
    JOIN units u ON u.agency_id = i.agency_id AND u.id = i.unit_id
    LEFT JOIN items r ON r.agency_id = i.agency_id AND r.id = i.replaced_by AND r.state = 'published'
    WHERE ${registered(agencyId)} AND ${conditions(filter)} AND ${place}
    ORDER BY i.formed_on DESC, i.id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

export interface RegisterCounts {
  /** Under the whole filter. */
  found: number;
  /** Each under the other filters. */
  kinds: Partial<Record<NormativeKind, number>>;
  validities: Partial<Record<Validity, number>>;
  units: { id: number; name: string; count: number }[];
  years: { year: number; count: number }[];
}

export async function registerCounts(
  db: Db,
  agencyId: number,
  filter: RegisterFilter,
): Promise<RegisterCounts> {
  const by = (dimension: keyof RegisterFilter, key: RawBuilder<unknown>) =>
    sql`SELECT ${sql.lit(dimension)} AS dimension, (${key})::text AS key, count(*) AS count FROM items i
      WHERE ${registered(agencyId)} AND ${conditions(filter, dimension)} GROUP BY 2`;
  const { rows } = await sql<{ dimension: string; key: string; name: string | null; count: number }>`
    SELECT c.*, u.name FROM (
      ${by('kind', sql`i.normative`)} UNION ALL ${by('validity', sql`i.validity`)}
      UNION ALL ${by('unitId', sql`i.unit_id`)} UNION ALL ${by('year', sql`extract(year FROM i.formed_on)`)}
      UNION ALL SELECT 'found', '', count(*) FROM items i WHERE ${registered(agencyId)} AND ${conditions(filter)}
    ) c LEFT JOIN units u ON c.dimension = 'unitId' AND u.agency_id = ${agencyId} AND u.id::text = c.key
    ORDER BY c.count DESC, c.key`.execute(db);
  const of = (dimension: string) => rows.filter((row) => row.dimension === dimension);
  const record = (dimension: string) =>
    Object.fromEntries(of(dimension).map(({ key, count }) => [key, Number(count)]));
  return {
    found: Number(of('found')[0]?.count ?? 0),
    kinds: record('kind'),
    validities: record('validity'),
    units: of('unitId').map(({ key, name, count }) => ({
      id: Number(key),
      name: name ?? '',
      count: Number(count),
    })),
    years: of('year')
      .map(({ key, count }) => ({ year: Number(key), count: Number(count) }))
      .sort((a, b) => b.year - a.year),
  };
}
