import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Page, ReportingUnit, UnitKind, UnitSuggestion } from './model.ts';
import { pageOf, readCursor } from './paging.ts';
import { likeness, nameKey, pairsOf } from './unit-names.ts';
import './schema.ts';

/** One writer at a time on an agency's reporting units and filed reports, until the transaction ends. */
export async function lockFiling(db: Db, agencyId: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext('filed-reports'), ${agencyId}::int)`.execute(db);
}

export interface UnitConditions {
  search?: string;
  kind?: UnitKind;
  parentId?: number;
  unitId?: number;
  year?: number;
}

/** The conditions of a filter on `reporting_units AS u`. */
export function unitConditions({
  search,
  kind,
  parentId,
  unitId,
  year,
}: UnitConditions): RawBuilder<SqlBool> {
  const conditions = [sql<SqlBool>`true`];
  if (kind !== undefined) conditions.push(sql`u.kind = ${kind}`);
  if (unitId !== undefined) conditions.push(sql`u.id = ${unitId}`);
  if (parentId !== undefined) conditions.push(sql`u.parent_id = ${parentId}`);
  if (year !== undefined)
    conditions.push(sql`u.expected_from <= ${year} AND (u.expected_to IS NULL OR u.expected_to >= ${year})`);
  const wanted = search?.trim() ?? '';
  if (wanted !== '') {
    // By keys, in which 人民政府 is no more: whoever looks for 民政 means the bureau.
    const key = nameKey(wanted);
    const named =
      key === '' || wanted.includes('政府')
        ? sql`n.name ILIKE ${`%${escaped(wanted)}%`}`
        : sql`n.key LIKE ${`%${escaped(key)}%`}`;
    conditions.push(sql`EXISTS (SELECT FROM reporting_unit_names n
      WHERE n.agency_id = u.agency_id AND n.unit_id = u.id AND ${named})`);
  }
  return sql<SqlBool>`${sql.join(conditions, sql` AND `)}`;
}

const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

const unitRows = (db: Db, agencyId: number) =>
  db
    .selectFrom('reporting_units as u')
    .leftJoin('reporting_units as p', (join) =>
      join.onRef('p.agency_id', '=', 'u.agency_id').onRef('p.id', '=', 'u.parent_id'),
    )
    .where('u.agency_id', '=', agencyId)
    .select([
      'u.id',
      'u.name',
      'u.kind',
      'u.parent_id as parentId',
      'p.name as parentName',
      'u.code',
      'u.expected_from as expectedFrom',
      'u.expected_to as expectedTo',
      'u.position',
      sql<string[]>`ARRAY(SELECT n.name FROM reporting_unit_names n
        WHERE n.agency_id = u.agency_id AND n.unit_id = u.id AND NOT n.official ORDER BY n.name)`.as(
        'aliases',
      ),
    ]);

type UnitRow = ReportingUnit & { position: number };

const toUnit = ({ position: _, ...unit }: UnitRow): ReportingUnit => unit;

export async function unitsPage(
  db: Db,
  agencyId: number,
  filter: UnitConditions,
  page: { after?: string | null; limit: number },
): Promise<Page<ReportingUnit>> {
  const cursor = readCursor(page.after, 2);
  let query = unitRows(db, agencyId)
    .where(unitConditions(filter))
    .orderBy('u.position')
    .orderBy('u.id')
    .limit(page.limit + 1);
  if (cursor)
    query = query.where(sql<SqlBool>`(u.position, u.id) > (${cursor[0]}::int, ${cursor[1]}::bigint)`);
  const rows = await query.execute();
  return pageOf(rows, page.limit, { item: toUnit, cursor: ({ position, id }) => [position, id] });
}

export async function findUnit(db: Db, agencyId: number, id: number): Promise<ReportingUnit | null> {
  const row = await unitRows(db, agencyId).where('u.id', '=', id).executeTakeFirst();
  return row ? toUnit(row) : null;
}

export interface UnitValues {
  name: string;
  kind: UnitKind;
  parentId: number | null;
  code: string;
  expectedFrom: number;
  expectedTo: number | null;
}

const columnsOf = (unit: UnitValues) => ({
  name: unit.name,
  kind: unit.kind,
  parent_id: unit.parentId,
  code: unit.code,
  expected_from: unit.expectedFrom,
  expected_to: unit.expectedTo,
});

/** Adds a unit at the end of the list. Take `lockFiling` before. */
export async function insertUnit(db: Db, agencyId: number, unit: UnitValues): Promise<number> {
  const { id } = await db
    .insertInto('reporting_units')
    .values({
      agency_id: agencyId,
      ...columnsOf(unit),
      position: sql<number>`(SELECT coalesce(max(position), 0) + 1 FROM reporting_units WHERE agency_id = ${agencyId})`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateUnit(db: Db, agencyId: number, id: number, unit: UnitValues): Promise<void> {
  await db
    .updateTable('reporting_units')
    .set(columnsOf(unit))
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

export interface NamedUnit {
  values: UnitValues;
  names: readonly { key: string; name: string; official: boolean }[];
}

const CHUNK = 500;

/** Adds many units at the end of the list, in their order. Take `lockFiling` before. */
export async function insertUnits(db: Db, agencyId: number, units: readonly NamedUnit[]): Promise<void> {
  const { last } = await db
    .selectFrom('reporting_units')
    .where('agency_id', '=', agencyId)
    .select(sql<number>`coalesce(max(position), 0)`.as('last'))
    .executeTakeFirstOrThrow();
  for (let from = 0; from < units.length; from += CHUNK) {
    const chunk = units.slice(from, from + CHUNK);
    const rows = await db
      .insertInto('reporting_units')
      .values(
        chunk.map(({ values }, index) => ({
          agency_id: agencyId,
          ...columnsOf(values),
          position: last + from + index + 1,
        })),
      )
      .returning(['id', 'position'])
      .execute();
    const ids = new Map(rows.map(({ id, position }) => [position, id]));
    await db
      .insertInto('reporting_unit_names')
      .values(
        chunk.flatMap(({ names }, index) =>
          names.map((name) => ({
            agency_id: agencyId,
            unit_id: ids.get(last + from + index + 1) ?? 0,
            ...name,
          })),
        ),
      )
      .execute();
  }
}

/** Lays the parents of units; both sides by name key. */
export async function layParents(
  db: Db,
  agencyId: number,
  pairs: readonly { key: string; parentKey: string }[],
): Promise<void> {
  await sql`UPDATE reporting_units u SET parent_id = above.unit_id
    FROM unnest(${pairs.map(({ key }) => key)}::text[], ${pairs.map(({ parentKey }) => parentKey)}::text[])
      AS pair (key, parent_key)
    JOIN reporting_unit_names n ON n.agency_id = ${agencyId} AND n.key = pair.key
    JOIN reporting_unit_names above ON above.agency_id = ${agencyId} AND above.key = pair.parent_key
    WHERE u.agency_id = ${agencyId} AND u.id = n.unit_id`.execute(db);
}

/** The names of a unit become these; keys are unique and none is another unit's. */
export async function replaceNames(
  db: Db,
  agencyId: number,
  unitId: number,
  names: readonly { key: string; name: string; official: boolean }[],
): Promise<void> {
  await db
    .deleteFrom('reporting_unit_names')
    .where('agency_id', '=', agencyId)
    .where('unit_id', '=', unitId)
    .execute();
  await db
    .insertInto('reporting_unit_names')
    .values(names.map((name) => ({ agency_id: agencyId, unit_id: unitId, ...name })))
    .execute();
}

/** Units by name key. */
export async function unitsByKeys(
  db: Db,
  agencyId: number,
  keys: readonly string[],
): Promise<Map<string, { id: number; name: string }>> {
  const rows = await db
    .selectFrom('reporting_unit_names as n')
    .innerJoin('reporting_units as u', (join) =>
      join.onRef('u.agency_id', '=', 'n.agency_id').onRef('u.id', '=', 'n.unit_id'),
    )
    .where('n.agency_id', '=', agencyId)
    .where(sql<SqlBool>`n.key = ANY(${[...keys]}::text[])`)
    .select(['n.key', 'u.id', 'u.name'])
    .execute();
  return new Map(rows.map(({ key, id, name }) => [key, { id, name }]));
}

/** Units by code, of those that bear one of these. */
export async function unitsByCodes(
  db: Db,
  agencyId: number,
  codes: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('reporting_units')
    .select(['code', 'id'])
    .where('agency_id', '=', agencyId)
    .where('code', '<>', '')
    .where(sql<SqlBool>`code = ANY(${[...codes]}::text[])`)
    .execute();
  return new Map(rows.map(({ code, id }) => [code, id]));
}

/** Whether `id` is `above` or stands anywhere below it. */
export async function standsBelow(db: Db, agencyId: number, id: number, above: number): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    WITH RECURSIVE line AS (
      SELECT id, parent_id FROM reporting_units WHERE agency_id = ${agencyId} AND id = ${id}
      UNION
      SELECT u.id, u.parent_id FROM reporting_units u JOIN line ON u.id = line.parent_id WHERE u.agency_id = ${agencyId}
    ) SELECT EXISTS (SELECT FROM line WHERE id = ${above}) AS found`.execute(db);
  return rows[0]?.found ?? false;
}

const SUGGESTED = 5;

/** Units whose names are most like the key, likeliest first. The database sorts out the few that are compared closely. */
export async function suggestUnits(db: Db, agencyId: number, key: string): Promise<UnitSuggestion[]> {
  const pairs = pairsOf(key).slice(0, 60);
  if (pairs.length === 0) return [];
  const { rows } = await sql<{ key: string; id: number; name: string }>`
    SELECT n.key, u.id, u.name FROM (
      SELECT key, unit_id, (SELECT count(*) FROM unnest(${pairs}::text[]) pair WHERE position(pair IN key) > 0) AS shared
      FROM reporting_unit_names WHERE agency_id = ${agencyId}
      ORDER BY shared DESC, length(key), unit_id LIMIT 30
    ) n JOIN reporting_units u ON u.agency_id = ${agencyId} AND u.id = n.unit_id WHERE n.shared > 0`.execute(
    db,
  );
  const best = new Map<number, UnitSuggestion>();
  for (const row of rows) {
    const alike = Math.round(likeness(key, row.key) * 100) / 100;
    if (alike > (best.get(row.id)?.likeness ?? 0))
      best.set(row.id, { unitId: row.id, name: row.name, likeness: alike });
  }
  return [...best.values()]
    .sort((a, b) => b.likeness - a.likeness || a.unitId - b.unitId)
    .slice(0, SUGGESTED);
}
