import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { EntryValues, Register } from './register.ts';

/** One entry as stored. Names of tables and columns come from the register's description, never from outside. */
export interface Entry {
  id: number;
  values: EntryValues;
  unitName: string | null;
  revision: number;
  voidedOn: string | null;
  voidReason: string;
}

export interface EntryFilter {
  year?: number;
  kind?: string;
  unitId?: number;
  text?: string;
  voided?: boolean;
}

const columnsOf = (register: Register): RawBuilder<unknown> =>
  sql.join(register.fields.map((field) => sql`t.${sql.ref(field.column)} AS ${sql.ref(field.name)}`));

function toEntry(register: Register, row: Record<string, unknown>): Entry {
  return {
    id: Number(row.id),
    values: Object.fromEntries(
      register.fields.map(({ name }) => [name, row[name] as string | number | null]),
    ),
    unitName: (row.unit_name as string | null) ?? null,
    revision: Number(row.revision),
    voidedOn: row.voided_on as string | null,
    voidReason: String(row.void_reason),
  };
}

function selectEntries(register: Register): RawBuilder<unknown> {
  const unit = register.fields.some(({ kind }) => kind === 'unit');
  return sql`SELECT t.id, t.revision, t.voided_on, t.void_reason, ${columnsOf(register)},
    ${unit ? sql`u.name` : sql`NULL`} AS unit_name
    FROM ${sql.table(register.table)} t
    ${unit ? sql`LEFT JOIN units u ON u.agency_id = t.agency_id AND u.id = t.unit_id` : sql``}`;
}

/** A page of entries, newest first; `after` is the `date,id` of the last one seen. */
export async function entriesPage(
  db: Db,
  register: Register,
  agencyId: number,
  filter: EntryFilter,
  after: string | null,
  limit: number,
): Promise<{ entries: Entry[]; next: string | null }> {
  const date = sql.ref(`t.${fieldColumn(register, register.dateField)}`);
  const conditions = [
    sql`t.agency_id = ${agencyId}`,
    filter.voided ? sql`t.voided_on IS NOT NULL` : sql`t.voided_on IS NULL`,
    ...whereYear(register, filter.year),
  ];
  if (filter.kind) conditions.push(sql`t.kind = ${filter.kind}`);
  if (filter.unitId) conditions.push(sql`t.unit_id = ${filter.unitId}`);
  if (filter.text) {
    const like = `%${filter.text.replaceAll(/[\\%_]/g, '\\$&')}%`;
    conditions.push(sql`t.${sql.ref(fieldColumn(register, register.titleField))} ILIKE ${like}`);
  }
  const cursor = /^(\d{4}-\d{2}-\d{2}),(\d+)$/.exec(after ?? '');
  if (cursor) conditions.push(sql`(${date}, t.id) < (${cursor[1]}::date, ${cursor[2]}::bigint)`);
  const { rows } = await sql<Record<string, unknown>>`${selectEntries(register)}
    WHERE ${sql.join(conditions, sql` AND `)} ORDER BY ${date} DESC, t.id DESC LIMIT ${limit + 1}`.execute(
    db,
  );
  const entries = rows.slice(0, limit).map((row) => toEntry(register, row));
  const last = entries.at(-1);
  const next = rows.length > limit && last ? `${last.values[register.dateField]},${last.id}` : null;
  return { entries, next };
}

/** A stock is in a year when it lasted into it; a flow when it happened in it. */
function whereYear(register: Register, year: number | undefined): RawBuilder<unknown>[] {
  if (!year) return [];
  const start = sql.ref(`t.${fieldColumn(register, register.dateField)}`);
  if (!register.endField)
    return [sql`${start} BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date`];
  const end = sql.ref(`t.${fieldColumn(register, register.endField)}`);
  return [
    sql`${start} <= ${`${year}-12-31`}::date`,
    sql`(${end} IS NULL OR ${end} >= ${`${year}-01-01`}::date)`,
  ];
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

/** The id of an entry in force with the same content, or null. */
export async function findTwin(
  db: Db,
  register: Register,
  agencyId: number,
  digest: string,
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`SELECT id FROM ${sql.table(register.table)}
    WHERE agency_id = ${agencyId} AND content_digest = ${digest} AND voided_on IS NULL`.execute(db);
  return rows[0]?.id ?? null;
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
    (agency_id, content_digest, ${sql.join(columns)}) VALUES (${agencyId}, ${digest}, ${sql.join(stored)}) RETURNING id`.execute(
    db,
  );
  return Number(rows[0]?.id);
}

/** Replaces the content if the entry still is at `revision`; false when someone changed it meanwhile. */
export async function updateEntry(
  db: Db,
  register: Register,
  key: { agencyId: number; id: number; revision: number },
  values: EntryValues,
  digest: string,
): Promise<boolean> {
  const changes = register.fields.map(
    ({ name, column }) => sql`${sql.ref(column)} = ${values[name] ?? null}`,
  );
  const { numAffectedRows } = await sql`UPDATE ${sql.table(register.table)}
    SET ${sql.join(changes)}, content_digest = ${digest}, revision = revision + 1
    WHERE agency_id = ${key.agencyId} AND id = ${key.id} AND revision = ${key.revision} AND voided_on IS NULL`.execute(
    db,
  );
  return numAffectedRows === 1n;
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

/** Years that have entries, newest first. */
export async function yearsOf(db: Db, register: Register, agencyId: number): Promise<number[]> {
  const date = sql.ref(fieldColumn(register, register.dateField));
  const { rows } = await sql<{ year: number }>`SELECT DISTINCT extract(year FROM ${date})::int AS year
    FROM ${sql.table(register.table)} WHERE agency_id = ${agencyId} ORDER BY year DESC`.execute(db);
  return rows.map(({ year }) => year);
}

function fieldColumn(register: Register, name: string): string {
  const field = register.fields.find((candidate) => candidate.name === name);
  if (!field) throw new Error(`the register ${register.key} has no field ${name}`);
  return field.column;
}
