import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import { readDay } from '../../core/spreadsheet/values.ts';
import { type EntryValues, fieldOf, type Register } from './register.ts';
import { clean } from './rules.ts';

/** One entry as stored. Names of tables and columns come from the register's description, never from outside. */
export interface Entry {
  id: number;
  values: EntryValues;
  unitName: string | null;
  unitCode: string | null;
  revision: number;
  voidedOn: string | null;
  voidReason: string;
  digest: string;
}

export interface EntryFilter {
  year?: number;
  /** For stocks: what was there on this civil date; the year is then not looked at. */
  on?: string;
  kinds?: readonly string[];
  unitId?: number;
  /** Looked for in what names the entry. */
  text?: string;
  voided?: boolean;
}

/** Where a page of a list begins: after the last entry of the page above, or before the first of the page below. */
export type Place = { after: string } | { before: string } | null;

const columnOf = (register: Register, field: string): RawBuilder<unknown> =>
  sql`t.${sql.ref(fieldOf(register, field).column)}`;

function selectEntries(register: Register): RawBuilder<unknown> {
  const unit = register.fields.some(({ kind }) => kind === 'unit');
  const fields = register.fields.map(({ column, name }) => sql`t.${sql.ref(column)} AS ${sql.ref(name)}`);
  return sql`SELECT t.id AS entry_id, t.revision, t.voided_on, t.void_reason, t.content_digest, ${sql.join(fields)},
    ${unit ? sql`u.name` : sql`NULL`} AS unit_name, ${unit ? sql`u.code` : sql`NULL`} AS unit_code
    FROM ${sql.table(register.table)} t
    ${unit ? sql`LEFT JOIN units u ON u.agency_id = t.agency_id AND u.id = t.unit_id` : sql``}`;
}

function toEntry(register: Register, row: Record<string, unknown>): Entry {
  return {
    id: Number(row.entry_id),
    values: Object.fromEntries(
      register.fields.map(({ name }) => [name, row[name] as string | number | null]),
    ),
    unitName: (row.unit_name as string | null) ?? null,
    unitCode: (row.unit_code as string | null) ?? null,
    revision: Number(row.revision),
    voidedOn: row.voided_on as string | null,
    voidReason: String(row.void_reason),
    digest: String(row.content_digest),
  };
}

function conditionsOf(register: Register, agencyId: number, filter: EntryFilter): RawBuilder<unknown>[] {
  const { year, on, kinds, unitId, text } = filter;
  const has = (name: string) => register.fields.some((field) => field.name === name);
  const conditions = [
    sql`t.agency_id = ${agencyId}`,
    filter.voided ? sql`t.voided_on IS NOT NULL` : sql`t.voided_on IS NULL`,
  ];
  if (on && register.endField) conditions.push(...lasting(register, on, on));
  else if (year) conditions.push(...within(register, `${year}-01-01`, `${year}-12-31`));
  if (kinds && has('kind')) conditions.push(sql`t.kind = ANY(${[...kinds]})`);
  if (unitId && has('unit')) conditions.push(sql`t.unit_id = ${unitId}`);
  if (text) {
    const pattern = `%${clean(text).replaceAll(/[\\%_]/g, '\\$&')}%`;
    conditions.push(sql`${columnOf(register, register.titleField)} ILIKE ${pattern}`);
  }
  return conditions;
}

/** A stock is in a year when it lasted into it; a flow when it happened in it. */
function within(register: Register, from: string, to: string): RawBuilder<unknown>[] {
  if (register.endField) return lasting(register, from, to);
  return [sql`${columnOf(register, register.dateField)} BETWEEN ${from}::date AND ${to}::date`];
}

function lasting(register: Register, from: string, to: string): RawBuilder<unknown>[] {
  const end = columnOf(register, register.endField ?? '');
  return [
    sql`${columnOf(register, register.dateField)} <= ${to}::date`,
    sql`(${end} IS NULL OR ${end} >= ${from}::date)`,
  ];
}

const all = (conditions: RawBuilder<unknown>[]) => sql.join(conditions, sql` AND `);

/** A page of entries, newest first; a place is the `date,id` of a neighbour. */
export async function entriesPage(
  db: Db,
  register: Register,
  agencyId: number,
  filter: EntryFilter,
  place: Place,
  limit: number,
): Promise<{ entries: Entry[]; previous: string | null; next: string | null }> {
  const date = columnOf(register, register.dateField);
  const conditions = conditionsOf(register, agencyId, filter);
  const cursor = readPlace(place);
  const up = cursor !== null && place !== null && 'before' in place;
  const than = up ? sql`>` : sql`<`;
  if (cursor) conditions.push(sql`(${date}, t.id) ${than} (${cursor.on}::date, ${cursor.id}::bigint)`);
  const order = up ? sql`ASC` : sql`DESC`;
  const { rows } = await sql<Record<string, unknown>>`${selectEntries(register)}
    WHERE ${all(conditions)} ORDER BY ${date} ${order}, t.id ${order} LIMIT ${limit + 1}`.execute(db);
  const more = rows.length > limit;
  const entries = rows.slice(0, limit).map((row) => toEntry(register, row));
  if (up) entries.reverse();
  const keyOf = (entry: Entry | undefined) =>
    entry ? `${entry.values[register.dateField]},${entry.id}` : null;
  return {
    entries,
    previous: (up ? more : cursor !== null) ? keyOf(entries[0]) : null,
    next: (up ? cursor !== null : more) ? keyOf(entries.at(-1)) : null,
  };
}

/** The neighbour a place names; null, the top of the list, for what names none. */
function readPlace(place: Place): { on: string; id: number } | null {
  const text = place === null ? '' : 'before' in place ? place.before : place.after;
  const [, on = '', id = ''] = /^(\d{4}-\d{2}-\d{2}),(\d{1,15})$/.exec(text) ?? [];
  return readDay(on) === null ? null : { on, id: Number(id) };
}

/** How many entries a filter finds, and the sums of the fields that are summed. */
export async function entriesTotal(
  db: Db,
  register: Register,
  agencyId: number,
  filter: EntryFilter,
): Promise<{ entries: number; sums: Record<string, number> }> {
  const summed = register.fields.filter((field) => field.summed);
  const sums = summed.map(
    ({ column, name }) => sql`, sum(t.${sql.ref(column)})::numeric AS ${sql.ref(name)}`,
  );
  const { rows } = await sql<
    Record<string, number | null>
  >`SELECT count(*) AS entries ${sql.join(sums, sql``)}
    FROM ${sql.table(register.table)} t WHERE ${all(conditionsOf(register, agencyId, filter))}`.execute(db);
  return {
    entries: rows[0]?.entries ?? 0,
    sums: Object.fromEntries(summed.map(({ name }) => [name, rows[0]?.[name] ?? 0])),
  };
}

export async function findEntry(
  db: Db,
  register: Register,
  agencyId: number,
  id: number,
): Promise<Entry | null> {
  const { rows } = await sql<Record<string, unknown>>`${selectEntries(register)}
    WHERE t.agency_id = ${agencyId} AND t.id = ${id}`.execute(db);
  return rows[0] ? toEntry(register, rows[0]) : null;
}

/** One writer at a time for each register of an agency, until the transaction ends: what is read is what is changed. */
export async function lockRegister(db: Db, register: Register, agencyId: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext(${register.table}), ${agencyId}::int)`.execute(db);
}

/** Ids of entries in force with these contents, by digest. */
export async function findTwins(
  db: Db,
  register: Register,
  agencyId: number,
  digests: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number; content_digest: string }>`SELECT id, content_digest
    FROM ${sql.table(register.table)}
    WHERE agency_id = ${agencyId} AND voided_on IS NULL AND content_digest = ANY(${[...digests]})`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.content_digest, row.id]));
}

export async function insertEntry(
  db: Db,
  register: Register,
  agencyId: number,
  values: EntryValues,
  digest: string,
): Promise<number> {
  const columns = register.fields.map(({ column }) => sql.ref(column));
  const stored = register.fields.map(({ name }) => sql`${values[name] ?? null}`);
  const { rows } = await sql<{ id: number }>`INSERT INTO ${sql.table(register.table)}
    (agency_id, content_digest, ${sql.join(columns)})
    VALUES (${agencyId}, ${digest}, ${sql.join(stored)}) RETURNING id`.execute(db);
  return Number(rows[0]?.id);
}

export async function updateEntry(
  db: Db,
  register: Register,
  key: { agencyId: number; id: number },
  values: EntryValues,
  digest: string,
): Promise<void> {
  const changes = register.fields.map(
    ({ name, column }) => sql`${sql.ref(column)} = ${values[name] ?? null}`,
  );
  await sql`UPDATE ${sql.table(register.table)}
    SET ${sql.join(changes)}, content_digest = ${digest}, revision = revision + 1
    WHERE agency_id = ${key.agencyId} AND id = ${key.id}`.execute(db);
}

export async function setVoided(
  db: Db,
  register: Register,
  key: { agencyId: number; id: number },
  voided: { on: string; reason: string } | null,
): Promise<void> {
  await sql`UPDATE ${sql.table(register.table)}
    SET voided_on = ${voided?.on ?? null}, void_reason = ${voided?.reason ?? ''}, revision = revision + 1
    WHERE agency_id = ${key.agencyId} AND id = ${key.id}`.execute(db);
}

/** Years in which entries begin, newest first. */
export async function yearsOf(db: Db, register: Register, agencyId: number): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    SELECT DISTINCT extract(year FROM ${columnOf(register, register.dateField)})::int AS year
    FROM ${sql.table(register.table)} t WHERE t.agency_id = ${agencyId} ORDER BY year DESC`.execute(db);
  return rows.map(({ year }) => year);
}
