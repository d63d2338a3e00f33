import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { EvidencePage, Figure, FigureCount, FigureScope } from '../../core/figure.ts';
import { parseDay } from '../../law/index.ts';
import type { NormativeKind } from './model.ts';
import './schema.ts';

/** What a figure counts: a query of `id` and `day` (the date that puts the record into the period), one row a record. */
type Source = (scope: FigureScope) => RawBuilder<unknown>;

const published: Source = ({ agencyId, from, to }) => sql`
  SELECT id, published_on AS day FROM items
  WHERE agency_id = ${agencyId} AND published_on BETWEEN ${from}::date AND ${to}::date`;

const publishedOf =
  (kind: NormativeKind): Source =>
  ({ agencyId, from, to }) =>
    sql`
  SELECT id, published_on AS day FROM items
  WHERE agency_id = ${agencyId} AND normative = ${kind} AND published_on BETWEEN ${from}::date AND ${to}::date`;

/** Public ones by the day they were formed, and those that were reviewed and are not public. */
const formed = (kind: NormativeKind, { agencyId, from, to }: FigureScope) => sql`
  SELECT id, formed_on AS day FROM items
  WHERE agency_id = ${agencyId} AND normative = ${kind} AND published_on IS NOT NULL
    AND formed_on BETWEEN ${from}::date AND ${to}::date
  UNION ALL
  SELECT v.item_id AS id, v.formed_on AS day FROM item_versions v
  JOIN items i ON i.agency_id = v.agency_id AND i.id = v.item_id AND i.published_on IS NULL AND i.state <> 'discarded'
  WHERE v.agency_id = ${agencyId} AND v.state = 'approved' AND v.normative = ${kind}
    AND v.formed_on BETWEEN ${from}::date AND ${to}::date`;

const issued =
  (kind: NormativeKind): Source =>
  (scope) =>
    formed(kind, scope);

const SINCE_EVER = '1900-01-01';

/** Whether a document had been repealed or had lapsed by the end of a day, as its last note of validity by then says. */
const gone = (agencyId: number, id: RawBuilder<unknown>, day: RawBuilder<unknown>) => sql`
  coalesce((SELECT y.validity IN ('repealed', 'expired') FROM item_validity y
    WHERE y.agency_id = ${agencyId} AND y.item_id = ${id} AND y.from_on <= ${day}
    ORDER BY y.from_on DESC, y.id DESC LIMIT 1), false)`;

/** 废止 and 失效 alike: what was in force when the period began, or was formed in it, and is not when it ends. */
const repealed =
  (kind: NormativeKind): Source =>
  ({ agencyId, from, to }) =>
    sql`
  SELECT i.id, c.day FROM (
    SELECT item_id, max(from_on) AS day FROM item_validity
    WHERE agency_id = ${agencyId} AND validity IN ('repealed', 'expired') AND from_on BETWEEN ${from}::date AND ${to}::date
    GROUP BY item_id
  ) c
  JOIN items i ON i.agency_id = ${agencyId} AND i.id = c.item_id AND i.normative = ${kind}
  WHERE ${gone(agencyId, sql`i.id`, sql`${to}::date`)} AND NOT ${gone(agencyId, sql`i.id`, sql`(${from}::date - 1)`)}`;

const inForce =
  (kind: NormativeKind): Source =>
  ({ agencyId, to }) =>
    sql`
  SELECT f.id, f.day FROM (${formed(kind, { agencyId, from: SINCE_EVER, to })}) f
  WHERE NOT ${gone(agencyId, sql`f.id`, sql`${to}::date`)}`;

/** 对外公开总数量: public on the last day. */
const standing =
  (kind: NormativeKind): Source =>
  ({ agencyId, to }) =>
    sql`
  SELECT id, published_on AS day FROM items
  WHERE agency_id = ${agencyId} AND normative = ${kind} AND published_on <= ${to}::date
    AND (withdrawn_on IS NULL OR withdrawn_on > ${to}::date)`;

const own = { area: 'catalogue', measure: 'count', source: 'both', subjects: ['item'] } as const;

function figure(
  code: string,
  label: string,
  unit: '条' | '件',
  kind: 'flow' | 'stock',
  source: Source,
  normative?: NormativeKind,
): Figure {
  return {
    ...own,
    code: `catalogue.${code}`,
    label,
    unit,
    kind,
    count: (db, scope) => countRecords(db, scope, source, normative),
    evidence: (db, scope, page) => listRecords(db, scope, page, source),
  };
}

/** Three columns of the table of 2019 and three of that since 2021, for 规章 and for 规范性文件. */
const documents = (code: string, name: string, kind: NormativeKind): Figure[] => [
  figure(`${code}.created`, `${name}（本年新制作数量）`, '件', 'flow', issued(kind), kind),
  figure(`${code}.disclosed`, `${name}（本年新公开数量）`, '件', 'flow', publishedOf(kind), kind),
  figure(`${code}.total-disclosed`, `${name}（对外公开总数量）`, '件', 'stock', standing(kind), kind),
  figure(`${code}.issued`, `${name}（本年制发件数）`, '件', 'flow', issued(kind), kind),
  figure(`${code}.repealed`, `${name}（本年废止件数）`, '件', 'flow', repealed(kind), kind),
  figure(`${code}.in-force`, `${name}（现行有效件数）`, '件', 'stock', inForce(kind), kind),
];

/**
 * Rows 1.1 to 1.1.2 of the 2014 table and P1.x since 2019. An item counts once, on the day it became public, however many
 * channels carry it and however often it is amended. Row 1.1.1 is a part (其中) of 1.1 and counts by the same day; 1.1.2 says 制发 and
 * counts by the day of formation, as P1.x does. `catalogue.normative.issued` is row 1.1.2 and P1.2 alike.
 */
export const catalogueFigures: readonly Figure[] = [
  figure('items', '主动公开政府信息数', '条', 'flow', published),
  figure('normative.published', '主动公开规范性文件数', '件', 'flow', publishedOf('normative')),
  ...documents('rules', '规章', 'rule'),
  ...documents('normative', '规范性文件', 'normative').map((one) =>
    one.code === 'catalogue.normative.issued' ? { ...one, label: '制发规范性文件总数' } : one,
  ),
];

/** Since this day the forms want a number in every cell; in the 2014 table what did not happen stays blank. */
const NOUGHTS_FROM = '2019-01-01';

/** The office that keeps such documents here states 0 where there was none; one that never did leaves the cell blank. */
async function countRecords(
  db: Db,
  scope: FigureScope,
  source: Source,
  normative: NormativeKind | undefined,
): Promise<FigureCount> {
  const { rows } = await sql<{
    records: number;
  }>`SELECT count(*) AS records FROM (${source(scope)}) s`.execute(db);
  const records = rows[0]?.records ?? 0;
  if (records > 0) return { records, quantity: records };
  if (normative === undefined || scope.from < NOUGHTS_FROM) return { records, quantity: null };
  const kept = await sql`SELECT 1 FROM items WHERE agency_id = ${scope.agencyId} AND normative = ${normative}
    AND formed_on <= ${scope.to}::date LIMIT 1`.execute(db);
  return { records, quantity: kept.rows.length > 0 ? 0 : null };
}

interface RecordRow {
  id: number;
  on: string;
  title: string;
  state: string;
  indexNumber: string;
  unitName: string | null;
}

/** One page, oldest first; the records are put in order before they are looked up. */
async function listRecords(
  db: Db,
  scope: FigureScope,
  page: { after: string | null; limit: number },
  source: Source,
): Promise<EvidencePage> {
  const [afterOn, afterId] = readCursor(page.after) ?? [SINCE_EVER, 0];
  const { rows } = await sql<RecordRow>`
    SELECT s.id, s.day AS "on", i.title, i.state, i.index_number AS "indexNumber", u.name AS "unitName"
    FROM (
      SELECT id, day FROM (${source(scope)}) r WHERE (day, id) > (${afterOn}::date, ${afterId}::bigint)
      ORDER BY day, id LIMIT ${page.limit + 1}
    ) s
    JOIN items i ON i.agency_id = ${scope.agencyId} AND i.id = s.id
    LEFT JOIN units u ON u.agency_id = i.agency_id AND u.id = i.unit_id
    ORDER BY s.day, s.id`.execute(db);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    records: shown.map(recordOf),
    next: rows.length > page.limit && last ? `${last.on}:${last.id}` : null,
  };
}

/** Evidence is published: the public reads of what is not public that it exists, the house reads beside it what it is. */
function recordOf({ id, on, title, state, indexNumber, unitName }: RecordRow) {
  const shown =
    state === 'published' ? title : state === 'withdrawn' ? `已撤下的信息（${indexNumber}）` : '未公开的文件';
  return {
    kind: 'item',
    id,
    title: shown,
    ...(state !== 'published' && { note: title }),
    on,
    quantity: 1,
    unitName,
    href: `/workbench/items/${id}`,
  };
}

/** The day and id of the last record seen; what is no cursor begins anew. */
function readCursor(cursor: string | null): [string, number] | null {
  const match = /^(\d{4}-\d\d-\d\d):(\d{1,15})$/.exec(cursor ?? '');
  const day = match?.[1];
  return match && day && parseDay(day) !== null ? [day, Number(match[2])] : null;
}
