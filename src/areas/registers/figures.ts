import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { EvidencePage, Figure, FigureCount, FigureScope } from '../../core/figure.ts';
import type { RegisterKey } from './register.ts';
import { countedBudgets, countedMeetings, registers, staffKinds } from './registers.ts';

interface Counting {
  code: string;
  label: string;
  unit: string;
  register: RegisterKey;
  measure?: 'amount';
  /** Which entries count, beyond being in the period and not voided. */
  where?: RawBuilder<unknown>;
  /** What the evidence list says of an entry where its own title is a person's name: lists are published. */
  title?: RawBuilder<unknown>;
  /** What one entry counts for; 1 when absent. */
  weight?: RawBuilder<unknown>;
}

const kindIn = (kinds: readonly string[]): RawBuilder<unknown> => sql`t.kind IN (${sql.join(kinds)})`;

const withoutName = sql`t.kind || CASE WHEN t.post = '' THEN '' ELSE '(' || t.post || ')' END`;

/** Chapters 8 and 9 of the 2014 table: stocks as of the last day, flows summed over the period. */
const countings: readonly Counting[] = [
  {
    code: 'registers.offices',
    label: '政府信息公开工作专门机构数',
    unit: '个',
    register: 'offices',
    where: kindIn(['专门机构']),
  },
  {
    code: 'registers.reading-places',
    label: '设置政府信息公开查阅点数',
    unit: '个',
    register: 'reading-places',
  },
  {
    code: 'registers.staff.total',
    label: '从事政府信息公开工作人员数',
    unit: '人',
    register: 'staff',
    where: kindIn([staffKinds.fullTime, staffKinds.partTime]),
    title: withoutName,
  },
  {
    code: 'registers.staff.full-time',
    label: '专职人员数',
    unit: '人',
    register: 'staff',
    where: kindIn([staffKinds.fullTime]),
    title: withoutName,
  },
  {
    code: 'registers.staff.part-time',
    label: '兼职人员数',
    unit: '人',
    register: 'staff',
    where: kindIn([staffKinds.partTime]),
    title: withoutName,
  },
  {
    code: 'registers.budget',
    label: '政府信息公开专项经费',
    unit: '万元',
    register: 'budgets',
    measure: 'amount',
    where: kindIn(countedBudgets),
    weight: sql`(t.amount / 10000)`,
  },
  {
    code: 'registers.meetings',
    label: '召开政府信息公开工作会议或专题会议数',
    unit: '次',
    register: 'meetings',
    where: kindIn(countedMeetings),
  },
  { code: 'registers.trainings', label: '举办各类培训班数', unit: '次', register: 'trainings' },
  {
    code: 'registers.trainees',
    label: '接受培训人员数',
    unit: '人次',
    register: 'trainings',
    weight: sql`t.trainees`,
  },
];

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

/** Entries in force that belong to the period. */
function inScope(counting: Counting, { agencyId, from, to }: FigureScope): RawBuilder<unknown> {
  const register = registers[counting.register];
  const start = sql.ref(`t.${columnOf(counting, register.dateField)}`);
  const when = register.endField
    ? sql`${start} <= ${to}::date AND (t.${sql.ref(columnOf(counting, register.endField))} IS NULL
        OR t.${sql.ref(columnOf(counting, register.endField))} >= ${to}::date)`
    : sql`${start} BETWEEN ${from}::date AND ${to}::date`;
  return sql`FROM ${sql.table(register.table)} t WHERE t.agency_id = ${agencyId} AND t.voided_on IS NULL
    AND ${when} AND ${counting.where ?? sql`true`}`;
}

async function countEntries(db: Db, counting: Counting, scope: FigureScope): Promise<FigureCount> {
  const { rows } = await sql<{ records: number; quantity: number | null }>`
    SELECT count(*) AS records, sum(${counting.weight ?? sql`1`})::numeric(18, 6) AS quantity ${inScope(counting, scope)}`.execute(
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
  const title = counting.title ?? sql.ref(`t.${columnOf(counting, register.titleField)}`);
  const start = sql.ref(`t.${columnOf(counting, register.dateField)}`);
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
    SELECT t.id, ${title} AS title, ${start} AS "on", (${counting.weight ?? sql`1`})::numeric(18, 6) AS quantity, ${unit} AS unit_name
    ${inScope(counting, scope)} AND t.id > ${Number(page.after ?? 0)} ORDER BY t.id LIMIT ${page.limit + 1}`.execute(
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

function columnOf(counting: Counting, name: string): string {
  const field = registers[counting.register].fields.find((candidate) => candidate.name === name);
  if (!field) throw new Error(`the register ${counting.register} has no field ${name}`);
  return field.column;
}
