import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { EvidencePage, EvidenceRecord, Figure, FigureCount, FigureScope } from '../../core/figure.ts';
import { parseDay, replyKind } from '../../law/index.ts';
import { type RequestCounting, requestCountings } from './figure-rows.ts';
import './schema.ts';

/** What all figures of the area have in common. */
const own = { area: 'requests', source: 'records', subjects: ['request'] } as const;

/** Chapters 3 and 7 of the 2014 table, the second table since 2019, and the two figures that only its text states. */
export const requestFigures: readonly Figure[] = [
  ...requestCountings.map(
    (counting): Figure => ({
      ...own,
      code: counting.code,
      label: counting.label,
      unit: '件',
      kind: counting.kind,
      measure: 'count',
      count: (db, scope) => countRequests(db, counting, scope),
      evidence: (db, scope, page) => listRequests(db, counting, scope, page),
    }),
  ),
  {
    ...own,
    code: 'requests.fees',
    label: '依申请公开信息收取的费用',
    unit: '万元',
    kind: 'flow',
    measure: 'amount',
    count: countFees,
    evidence: listFees,
  },
  {
    ...own,
    code: 'requests.fee-notices',
    label: '发出信息处理费收费通知',
    unit: '件',
    kind: 'flow',
    measure: 'count',
    count: countNotices,
    evidence: listNotices,
  },
];

/** Since this day the forms want a number in every cell; in the 2014 table what did not happen stays blank. */
const NOUGHTS_FROM = '2019-01-01';

/**
 * The office keeps its requests here: one that received any by the end of the period states 0 where there was none, and
 * one that never did leaves the cell blank.
 */
async function countOf(
  db: Db,
  { agencyId, from, to }: FigureScope,
  counted: FigureCount,
): Promise<FigureCount> {
  if (counted.records > 0 || from < NOUGHTS_FROM) return counted;
  const { rows } =
    await sql`SELECT 1 FROM requests WHERE agency_id = ${agencyId} AND received_on <= ${to}::date
    LIMIT 1`.execute(db);
  return rows.length > 0 ? { records: 0, quantity: 0 } : counted;
}

/** Days a request was open, from receipt to the day before its conclusion, on one axis for each agency. As indexed. */
const openDays = sql`int8range(r.agency_id::bigint * 1000000 + (r.received_on - DATE '2000-01-01'),
  r.agency_id::bigint * 1000000 + coalesce(r.concluded_on - DATE '2000-01-01', 999999))`;

/** Received by the end of the day and not concluded by then. */
const openAfter = (agencyId: number, day: RawBuilder<unknown>): RawBuilder<SqlBool> =>
  sql`r.received_on IS NOT NULL AND ${openDays} @> (${agencyId}::bigint * 1000000 + (${day} - DATE '2000-01-01'))`;

function inScope(counting: RequestCounting, { agencyId, from, to }: FigureScope): RawBuilder<SqlBool> {
  const moments = {
    received: () => sql<SqlBool>`r.received_on BETWEEN ${from}::date AND ${to}::date`,
    concluded: () => sql<SqlBool>`r.concluded_on BETWEEN ${from}::date AND ${to}::date`,
    'carried-in': () => openAfter(agencyId, sql`(${from}::date - 1)`),
    'carried-out': () => openAfter(agencyId, sql`${to}::date`),
  };
  const { applicant, channels, results, within } = counting;
  const conditions = [
    sql<SqlBool>`r.agency_id = ${agencyId}`,
    moments[counting.moment](),
    ...(applicant ? [sql<SqlBool>`r.applicant_kind = ${applicant}`] : []),
    ...(channels ? [sql<SqlBool>`r.channel = ANY(${[...channels]}::text[])`] : []),
    ...(results ? [sql<SqlBool>`r.result_code = ANY(${[...results]}::text[])`] : []),
    ...(within === 'first-limit' ? [sql<SqlBool>`coalesce(r.concluded_on <= r.first_due_on, true)`] : []),
    ...(within === 'extension' ? [sql<SqlBool>`r.concluded_on > r.first_due_on`] : []),
  ];
  return sql.join(conditions, sql` AND `);
}

async function countRequests(db: Db, counting: RequestCounting, scope: FigureScope): Promise<FigureCount> {
  const { rows } = await sql<{ records: number }>`
    SELECT count(*) AS records FROM requests r WHERE ${inScope(counting, scope)}`.execute(db);
  const records = rows[0]?.records ?? 0;
  return countOf(db, scope, { records, quantity: records === 0 ? null : records });
}

interface RequestRow {
  id: number;
  number: string;
  title: string;
  on: string;
  resultCode: string | null;
  unitName: string | null;
}

/** One page, oldest first. The pending ones are few, so they are picked out before they are put in order. */
async function listRequests(
  db: Db,
  counting: RequestCounting,
  scope: FigureScope,
  page: { after: string | null; limit: number },
): Promise<EvidencePage> {
  const day = counting.moment === 'concluded' ? sql.ref('r.concluded_on') : sql.ref('r.received_on');
  const [afterOn, afterId] = readCursor(page.after);
  const { rows } = await sql<RequestRow>`
    WITH r AS ${counting.moment.startsWith('carried') ? sql`MATERIALIZED` : sql`NOT MATERIALIZED`} (
      SELECT * FROM requests r WHERE ${inScope(counting, scope)})
    SELECT r.id, r.number, r.title, ${day} AS "on", r.result_code AS "resultCode", u.name AS "unitName"
    FROM r LEFT JOIN units u ON u.agency_id = r.agency_id AND u.id = r.unit_id
    WHERE ${afterOn}::date IS NULL OR (${day}, r.id) > (${afterOn}::date, ${afterId}::bigint)
    ORDER BY ${day}, r.id LIMIT ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, (row) => ({
    ...recordOf(row),
    title:
      counting.moment === 'concluded' ? `申请 ${row.number}（${resultLabel(row)}）` : `申请 ${row.number}`,
    quantity: 1,
  }));
}

const resultLabel = ({ resultCode }: RequestRow): string =>
  resultCode === 'W' ? '申请人撤回' : (replyKind(resultCode ?? '')?.label ?? '');

/** Evidence is published: the public reads the number alone, the house reads beside it what was asked for. */
const recordOf = (row: Omit<RequestRow, 'resultCode'>): Omit<EvidenceRecord, 'title' | 'quantity'> => ({
  kind: 'request',
  id: row.id,
  on: row.on,
  note: row.title,
  unitName: row.unitName,
  href: `/workbench/requests/${row.id}`,
});

function pageOf<R extends { id: number; on: string }>(
  rows: readonly R[],
  limit: number,
  asRecord: (row: R) => EvidenceRecord,
): EvidencePage {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    records: shown.map(asRecord),
    next: rows.length > limit && last ? `${last.on}:${last.id}` : null,
  };
}

/** The day and id of the last record seen; what is no cursor begins anew. */
function readCursor(cursor: string | null): [string | null, number] {
  const match = /^(\d{4}-\d\d-\d\d):(\d{1,15})$/.exec(cursor ?? '');
  const day = match?.[1];
  return match && day && parseDay(day) !== null ? [day, Number(match[2])] : [null, 0];
}

/** What was paid in the period less what was paid back in it, for each request, in 万元. */
const moneyOf = ({ agencyId, from, to }: FigureScope): RawBuilder<unknown> => sql`
  SELECT request_id, min(day) AS day, (sum(yuan) / 10000)::numeric(18, 6) AS quantity FROM (
    SELECT request_id, paid_on AS day, amount AS yuan FROM request_fees
    WHERE agency_id = ${agencyId} AND paid_on BETWEEN ${from}::date AND ${to}::date
    UNION ALL
    SELECT request_id, refunded_on, -refunded FROM request_fees
    WHERE agency_id = ${agencyId} AND refunded_on BETWEEN ${from}::date AND ${to}::date
  ) moved GROUP BY request_id`;

async function countFees(db: Db, scope: FigureScope): Promise<FigureCount> {
  const { rows } = await sql<{ records: number; quantity: number | null }>`
    SELECT count(*) AS records, sum(quantity)::numeric AS quantity FROM (${moneyOf(scope)}) m`.execute(db);
  return countOf(db, scope, rows[0] ?? { records: 0, quantity: null });
}

function listFees(db: Db, scope: FigureScope, page: { after: string | null; limit: number }) {
  return listByFee(db, scope, page, moneyOf(scope));
}

const noticesOf = ({ agencyId, from, to }: FigureScope): RawBuilder<unknown> => sql`
  SELECT request_id, noticed_on AS day, 1::numeric AS quantity FROM request_fees
  WHERE agency_id = ${agencyId} AND noticed_on BETWEEN ${from}::date AND ${to}::date`;

async function countNotices(db: Db, scope: FigureScope): Promise<FigureCount> {
  const { rows } = await sql<{
    records: number;
  }>`SELECT count(*) AS records FROM (${noticesOf(scope)}) n`.execute(db);
  const records = rows[0]?.records ?? 0;
  return countOf(db, scope, { records, quantity: records === 0 ? null : records });
}

function listNotices(db: Db, scope: FigureScope, page: { after: string | null; limit: number }) {
  return listByFee(db, scope, page, noticesOf(scope));
}

async function listByFee(
  db: Db,
  { agencyId }: FigureScope,
  page: { after: string | null; limit: number },
  source: RawBuilder<unknown>,
): Promise<EvidencePage> {
  const [afterOn, afterId] = readCursor(page.after);
  const { rows } = await sql<Omit<RequestRow, 'resultCode'> & { quantity: number }>`
    SELECT r.id, r.number, r.title, f.day AS "on", f.quantity, u.name AS "unitName"
    FROM (${source}) f JOIN requests r ON r.agency_id = ${agencyId} AND r.id = f.request_id
    LEFT JOIN units u ON u.agency_id = r.agency_id AND u.id = r.unit_id
    WHERE ${afterOn}::date IS NULL OR (f.day, r.id) > (${afterOn}::date, ${afterId}::bigint)
    ORDER BY f.day, r.id LIMIT ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, (row) => ({
    ...recordOf(row),
    title: `申请 ${row.number}`,
    quantity: row.quantity,
  }));
}
