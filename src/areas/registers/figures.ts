import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { EvidencePage, Figure, FigureCount, FigureScope } from '../../core/figure.ts';
import { type Counting, countings } from './countings.ts';
import { fieldOf } from './register.ts';
import { registers } from './registers.ts';

/** Chapters 8 and 9 of the 2014 table: stocks as of the last day, flows summed over the period. */
export const registerFigures: readonly Figure[] = countings.map((counting) => ({
  code: counting.code,
  label: counting.label,
  unit: counting.unit,
  kind: registers[counting.register].endField ? 'stock' : 'flow',
  area: 'registers',
  measure: counting.measure ?? 'count',
  source: 'records',
  subjects: [`register-${counting.register}`],
  count: (db, scope) => countEntries(db, counting, scope),
  evidence: (db, scope, page) => listEntries(db, counting, scope, page),
}));

const column = (counting: Counting, field: string): RawBuilder<unknown> =>
  sql`t.${sql.ref(fieldOf(registers[counting.register], field).column)}`;

/** Exact to six decimals: 元 divided by 10 000 has no more. */
function weightOf(counting: Counting): RawBuilder<unknown> {
  const { weight } = counting;
  return weight
    ? sql`(${column(counting, weight.field)}::numeric / ${sql.lit(weight.divisor)})::numeric(18, 6)`
    : sql`1`;
}

/** Evidence lists are published: where an entry is named for a person, its kind and post stand in. */
function titleOf(counting: Counting): RawBuilder<unknown> {
  return counting.register === 'staff'
    ? sql`t.kind || CASE WHEN t.post = '' THEN '' ELSE '（' || t.post || '）' END`
    : column(counting, registers[counting.register].titleField);
}

/** Entries in force that belong to the period; a stock's last day still counts. */
function inScope(counting: Counting, { agencyId, from, to }: FigureScope): RawBuilder<unknown> {
  const register = registers[counting.register];
  const start = column(counting, register.dateField);
  const end = register.endField ? column(counting, register.endField) : null;
  const when = end
    ? sql`${start} <= ${to}::date AND (${end} IS NULL OR ${end} >= ${to}::date)`
    : sql`${start} BETWEEN ${from}::date AND ${to}::date`;
  const kind = counting.kinds ? sql`t.kind IN (${sql.join(counting.kinds)})` : sql`true`;
  return sql`FROM ${sql.table(register.table)} t
    WHERE t.agency_id = ${agencyId} AND t.voided_on IS NULL AND ${when} AND ${kind}`;
}

async function countEntries(db: Db, counting: Counting, scope: FigureScope): Promise<FigureCount> {
  const { rows } = await sql<{ records: number; quantity: number | null }>`
    SELECT count(*) AS records, sum(${weightOf(counting)})::numeric AS quantity ${inScope(counting, scope)}`.execute(
    db,
  );
  return { records: rows[0]?.records ?? 0, quantity: rows[0]?.quantity ?? null };
}

async function listEntries(
  db: Db,
  counting: Counting,
  scope: FigureScope,
  page: { after: string | null; limit: number },
): Promise<EvidencePage> {
  const register = registers[counting.register];
  const unit = register.fields.some(({ kind }) => kind === 'unit')
    ? sql`(SELECT u.name FROM units u WHERE u.agency_id = t.agency_id AND u.id = t.unit_id)`
    : sql`NULL`;
  const { rows } = await sql<{
    id: number;
    title: string;
    on: string;
    quantity: number;
    unit_name: string | null;
  }>`
    SELECT t.id, ${titleOf(counting)} AS title, ${column(counting, register.dateField)} AS "on",
      ${weightOf(counting)}::numeric AS quantity, ${unit} AS unit_name
    ${inScope(counting, scope)} AND t.id > ${readCursor(page.after)} ORDER BY t.id LIMIT ${page.limit + 1}`.execute(
    db,
  );
  const records = rows.slice(0, page.limit).map((row) => ({
    kind: `register-${counting.register}`,
    id: row.id,
    title: row.title,
    on: row.on,
    quantity: row.quantity,
    unitName: row.unit_name,
    href: `/workbench/registers/${counting.register}/${row.id}`,
  }));
  return { records, next: rows.length > page.limit ? String(records.at(-1)?.id) : null };
}

/** The id of the last entry seen; what is no id begins anew. */
const readCursor = (after: string | null): number => (/^\d{1,15}$/.test(after ?? '') ? Number(after) : 0);
