import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { DutyGround } from './duty-rules.ts';
import './validity-schema.ts';
import type { VersionState } from './model.ts';

/** A version that is to be made public, or was, with the day its limit began on. Dates are ISO text. */
export interface DutyRow {
  itemId: number;
  version: number;
  title: string;
  unitId: number;
  unitName: string;
  authorId: number | null;
  authorName: string | null;
  state: VersionState;
  ground: DutyGround;
  startOn: string;
  publishedOn: string | null;
}

export interface DutyFilter {
  unitId: number | null;
  authorId: number | null;
}

/** Place in a list; `on` is the first day of the limit, or the day of publication. */
export interface DutyPlace {
  on: string;
  itemId: number;
  version: number;
}

/** Formed later than the version before it: a new document took its place. Else it changed on the day its draft was made. */
const changed = sql`CASE WHEN v.formed_on > b.formed_on THEN v.formed_on
  ELSE (v.created_at AT TIME ZONE 'Asia/Shanghai')::date END`;

const before = sql`LEFT JOIN LATERAL (SELECT p.formed_on FROM item_versions p WHERE p.agency_id = v.agency_id
    AND p.item_id = v.item_id AND p.version < v.version AND p.published_at IS NOT NULL ORDER BY p.version DESC LIMIT 1) b
    ON true`;

const opened = sql`(SELECT max(a.assessed_on) FROM item_reassessments a WHERE a.agency_id = v.agency_id
    AND a.item_id = v.item_id AND a.result = 'proactive')`;

/** Versions that are to be made public and are not yet. */
const open = (agencyId: number) => sql`
  SELECT v.item_id, v.version, v.title, i.unit_id, v.author_id, v.state, NULL::date AS published_on,
    CASE WHEN i.live_version IS NOT NULL THEN 'changed' WHEN ${opened} > v.formed_on THEN 'reassessed' ELSE 'formed' END AS ground,
    CASE WHEN i.live_version IS NOT NULL THEN ${changed} ELSE greatest(v.formed_on, ${opened}) END AS start_on
  FROM item_versions v JOIN items i ON i.agency_id = v.agency_id AND i.id = v.item_id ${before}
  WHERE v.agency_id = ${agencyId} AND v.state IN ('draft', 'in-review', 'approved') AND v.attribute = 'proactive'`;

/** First publications of a span, and amendments that were published in it, of what is still public. */
const published = (agencyId: number, from: string, to: string) => sql`
  SELECT i.id AS item_id, v.version, v.title, i.unit_id, v.author_id, v.state, i.published_on,
    CASE WHEN ${opened} > v.formed_on THEN 'reassessed' ELSE 'formed' END AS ground,
    greatest(v.formed_on, ${opened}) AS start_on
  FROM items i JOIN item_versions v ON v.agency_id = i.agency_id AND v.item_id = i.id AND v.published_at = i.published_at
  WHERE i.agency_id = ${agencyId} AND i.state = 'published' AND i.published_on BETWEEN ${from}::date AND ${to}::date
  UNION ALL
  SELECT v.item_id, v.version, v.title, i.unit_id, v.author_id, v.state,
    (v.published_at AT TIME ZONE 'Asia/Shanghai')::date, 'changed', ${changed}
  FROM item_versions v JOIN items i ON i.agency_id = v.agency_id AND i.id = v.item_id AND v.published_at > i.published_at
  ${before}
  WHERE v.agency_id = ${agencyId} AND v.version > 1 AND i.state = 'published'
    AND v.published_at >= (${from}::date::timestamp AT TIME ZONE 'Asia/Shanghai')
    AND v.published_at < ((${to}::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')`;

const narrowed = ({ unitId, authorId }: DutyFilter) => sql`
  ${unitId === null ? sql`true` : sql`d.unit_id = ${unitId}`}
  AND ${authorId === null ? sql`true` : sql`d.author_id = ${authorId}`}`;

const told = (rows: RawBuilder<unknown>, order: RawBuilder<unknown>) => sql<DutyRow>`
  SELECT d.item_id AS "itemId", d.version, d.title, d.unit_id AS "unitId", u.name AS "unitName", d.author_id AS "authorId",
    s.name AS "authorName", d.state, d.ground, d.start_on AS "startOn", d.published_on AS "publishedOn"
  FROM (${rows}) d JOIN units u ON u.agency_id = d.agency_id AND u.id = d.unit_id
  LEFT JOIN staff s ON s.agency_id = d.agency_id AND s.id = d.author_id
  ORDER BY ${order}`;

/** Open versions whose limit began in a span (`after` exclusive, `until` inclusive), the first to end first. */
export async function openDuties(
  db: Db,
  agencyId: number,
  span: { after: string | null; until: string | null },
  filter: DutyFilter,
  page: { after: DutyPlace | null; limit: number },
): Promise<DutyRow[]> {
  const { after, limit } = page;
  const rows = sql`SELECT d.*, ${agencyId}::int AS agency_id FROM (${open(agencyId)}) d
    WHERE d.start_on IS NOT NULL AND ${span.after === null ? sql`true` : sql`d.start_on > ${span.after}::date`}
      AND ${span.until === null ? sql`true` : sql`d.start_on <= ${span.until}::date`} AND ${narrowed(filter)}
      AND ${after ? sql`(d.start_on, d.item_id, d.version) > (${after.on}::date, ${after.itemId}::bigint, ${after.version}::int)` : sql`true`}
    ORDER BY d.start_on, d.item_id, d.version LIMIT ${limit}`;
  return (await told(rows, sql`d.start_on, d.item_id, d.version`).execute(db)).rows;
}

/** Ends of limits by the days they begin on; what began earlier than the first has long been late. */
export interface DueDays {
  starts: readonly string[];
  dues: readonly string[];
}

/** Rows of `published` with whether they were late. */
const judged = (rows: RawBuilder<unknown>, { starts, dues }: DueDays) => sql`
  SELECT d.*, coalesce(d.published_on > n.due
    OR d.start_on < ${starts[0] ?? '2008-05-01'}::date AND d.start_on >= '2008-05-01', false) AS late
  FROM (${rows}) d
  LEFT JOIN unnest(${[...starts]}::date[], ${[...dues]}::date[]) AS n (day, due) ON n.day = d.start_on`;

/** What was published after its limit in a span, the newest first. */
export async function lateDuties(
  db: Db,
  agencyId: number,
  span: { from: string; to: string; days: DueDays },
  filter: DutyFilter,
  page: { after: DutyPlace | null; limit: number },
): Promise<DutyRow[]> {
  const { after, limit } = page;
  const rows = sql`SELECT d.*, ${agencyId}::int AS agency_id
    FROM (${judged(published(agencyId, span.from, span.to), span.days)}) d
    WHERE d.late AND ${narrowed(filter)}
      AND ${after ? sql`(d.published_on, d.item_id, d.version) < (${after.on}::date, ${after.itemId}::bigint, ${after.version}::int)` : sql`true`}
    ORDER BY d.published_on DESC, d.item_id DESC, d.version DESC LIMIT ${limit}`;
  return (await told(rows, sql`d.published_on DESC, d.item_id DESC, d.version DESC`).execute(db)).rows;
}

/** How a unit stands: what is late and ends soon now, and what it published in a span, in all and late. */
export interface DutyCounts {
  unitId: number;
  unitName: string;
  late: number;
  soon: number;
  published: number;
  publishedLate: number;
}

/**
 * Counts by unit, in the order of units; units with nothing are left out. Bounds as `openDuties` and `lateDuties` take them;
 * without a span what was published is not looked at and counts 0.
 */
export async function dutyCounts(
  db: Db,
  agencyId: number,
  bounds: {
    lateUntil: string;
    soonUntil: string;
    span: { from: string; to: string; days: DueDays } | null;
  },
): Promise<DutyCounts[]> {
  const { span } = bounds;
  const publications = span
    ? sql`SELECT d.unit_id, count(*) AS published, count(*) FILTER (WHERE d.late) AS late
        FROM (${judged(published(agencyId, span.from, span.to), span.days)}) d GROUP BY 1`
    : sql`SELECT NULL::int AS unit_id, 0 AS published, 0 AS late WHERE false`;
  const { rows } = await sql<DutyCounts>`
    SELECT u.id AS "unitId", u.name AS "unitName", coalesce(o.late, 0) AS late, coalesce(o.soon, 0) AS soon,
      coalesce(p.published, 0) AS published, coalesce(p.late, 0) AS "publishedLate"
    FROM units u
    LEFT JOIN (SELECT d.unit_id, count(*) FILTER (WHERE d.start_on <= ${bounds.lateUntil}::date) AS late,
        count(*) FILTER (WHERE d.start_on > ${bounds.lateUntil}::date AND d.start_on <= ${bounds.soonUntil}::date) AS soon
      FROM (${open(agencyId)}) d WHERE d.start_on >= '2008-05-01' GROUP BY 1) o ON o.unit_id = u.id
    LEFT JOIN (${publications}) p ON p.unit_id = u.id
    WHERE u.agency_id = ${agencyId} AND (o.unit_id IS NOT NULL OR p.unit_id IS NOT NULL)
    ORDER BY u.position, u.id`.execute(db);
  return rows.map((row) => ({
    ...row,
    late: Number(row.late),
    soon: Number(row.soon),
    published: Number(row.published),
    publishedLate: Number(row.publishedLate),
  }));
}

/** One version, be it open or published; null where no limit runs. */
export async function dutyOfVersion(
  db: Db,
  agencyId: number,
  itemId: number,
  version: number,
): Promise<DutyRow | null> {
  const rows = sql`SELECT v.item_id, v.version, v.title, i.unit_id, v.author_id, v.state, ${agencyId}::int AS agency_id,
      (v.published_at AT TIME ZONE 'Asia/Shanghai')::date AS published_on,
      CASE WHEN b.formed_on IS NOT NULL THEN 'changed' WHEN ${opened} > v.formed_on THEN 'reassessed' ELSE 'formed' END AS ground,
      CASE WHEN b.formed_on IS NOT NULL THEN ${changed} ELSE greatest(v.formed_on, ${opened}) END AS start_on
    FROM item_versions v JOIN items i ON i.agency_id = v.agency_id AND i.id = v.item_id ${before}
    WHERE v.agency_id = ${agencyId} AND v.item_id = ${itemId} AND v.version = ${version} AND v.attribute = 'proactive'
      AND v.state <> 'discarded' AND v.formed_on IS NOT NULL`;
  return (await told(rows, sql`1`).execute(db)).rows[0] ?? null;
}
