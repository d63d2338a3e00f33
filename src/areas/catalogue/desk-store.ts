import { type SqlBool, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Item, ReviewStep, Version, VersionState } from './model.ts';
import './schema.ts';

/** Lists of the desk, each a state that items are in. */
export type DeskGroup = 'drafts' | 'to-review' | 'in-review' | 'approved' | 'published' | 'withdrawn' | 'all';

export interface DeskFilter {
  group: DeskGroup;
  /** Part of a title, document number or index number. */
  text: string;
  columnId: number | null;
  unitId: number | null;
  genre: string;
  validity: Item['validity'] | '';
  /** ISO dates of publication. */
  from: string;
  to: string;
  /** Only drafts that a review has sent back. */
  sentBack?: boolean;
}

/** A step of review that somebody may decide, and the units whose items he may; null: every unit. */
export interface ReviewableStep {
  step: ReviewStep | 'secrecy' | 'afterwards';
  unitIds: readonly number[] | null;
}

/** Whose desk it is. */
export interface DeskPerson {
  staffId: number;
  unitId: number | null;
  steps: readonly ReviewableStep[];
}

export interface DeskRow
  extends Pick<
    Item,
    | 'id'
    | 'indexNumber'
    | 'unitId'
    | 'state'
    | 'documentNumber'
    | 'genre'
    | 'validity'
    | 'publishedOn'
    | 'withdrawnOn'
    | 'liveVersion'
  > {
  title: string;
  unitName: string;
  columnName: string | null;
  authorName: string | null;
  /** Of the version that is open. */
  version: number | null;
  versionState: VersionState | null;
  step: Version['step'] | null;
  savedAt: Date | null;
  submittedAt: Date | null;
  publishAt: Date | null;
  /** By when an urgent publication is to be reviewed. */
  reviewDueOn: string | null;
  /** A draft that a review has sent back to its author. */
  sentBack: boolean;
}

/** Place in a list after which the next page begins. */
export interface DeskPlace {
  /** Date of publication; '' in lists that are ordered by number. */
  on: string;
  id: number;
}

/** Whether `v` is a draft whose last review refused it. */
const isSentBack = sql<SqlBool>`coalesce(v.state = 'draft' AND (SELECT r.result FROM item_reviews r WHERE r.agency_id = i.agency_id
  AND r.item_id = i.id AND r.version = v.version ORDER BY r.id DESC LIMIT 1) = 'refused', false)`;

const selected = (db: Db, agencyId: number, person: DeskPerson, filter: DeskFilter) => {
  const { staffId, unitId } = person;
  const text = `%${filter.text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return db
    .selectFrom('items as i')
    .leftJoin('item_versions as v', (join) =>
      join
        .onRef('v.agency_id', '=', 'i.agency_id')
        .onRef('v.item_id', '=', 'i.id')
        .on('v.state', 'in', ['draft', 'in-review', 'approved']),
    )
    .where('i.agency_id', '=', agencyId)
    .where('i.state', '<>', 'discarded')
    .$if(filter.group === 'drafts', (query) =>
      query
        .where('v.state', '=', 'draft')
        .where('i.unit_id', '=', unitId ?? 0)
        .where((where) =>
          where.or([where('v.author_id', '=', staffId), sql<SqlBool>`${staffId}::int = ANY (v.hands)`]),
        ),
    )
    .$if(filter.sentBack === true, (query) => query.where(isSentBack))
    .$if(filter.group === 'to-review', (query) => query.where(() => toReview(person)))
    .$if(filter.group === 'in-review', (query) => query.where('v.state', '=', 'in-review'))
    .$if(filter.group === 'approved', (query) => query.where('v.state', '=', 'approved'))
    .$if(filter.group === 'published', (query) => query.where('i.state', '=', 'published'))
    .$if(filter.group === 'withdrawn', (query) => query.where('i.state', '=', 'withdrawn'))
    .$if(filter.text !== '', (query) =>
      query.where((where) =>
        where.or([
          where('i.title', 'ilike', text),
          where('v.title', 'ilike', text),
          where('i.document_number', 'ilike', text),
          where('v.document_number', 'ilike', text),
          where('i.index_number', '=', filter.text),
        ]),
      ),
    )
    .$if(filter.columnId !== null, (query) => query.where('i.column_id', '=', filter.columnId))
    .$if(filter.unitId !== null, (query) => query.where('i.unit_id', '=', filter.unitId ?? 0))
    .$if(filter.genre !== '', (query) =>
      query.where(sql<SqlBool>`coalesce(nullif(v.genre, ''), i.genre) = ${filter.genre}`),
    )
    .$if(filter.validity !== '', (query) => query.where('i.validity', '=', filter.validity || 'in-force'))
    .$if(filter.from !== '', (query) => query.where('i.published_on', '>=', filter.from))
    .$if(filter.to !== '', (query) => query.where('i.published_on', '<=', filter.to));
};

/** What this person may decide now: versions at his steps that he wrote nothing of, and urgent ones that owe their review. */
function toReview({ staffId, steps }: DeskPerson) {
  const units = ({ unitIds }: ReviewableStep) =>
    unitIds === null ? sql<SqlBool>`true` : sql<SqlBool>`i.unit_id = ANY (${[...unitIds]}::int[])`;
  const conditions = steps.map((reviewable) =>
    reviewable.step === 'afterwards'
      ? sql<SqlBool>`(${units(reviewable)} AND EXISTS (SELECT FROM item_versions u WHERE u.agency_id = i.agency_id
          AND u.item_id = i.id AND u.review_due_on IS NOT NULL AND NOT ${staffId}::int = ANY (u.hands)))`
      : sql<SqlBool>`(v.state = 'in-review' AND v.step = ${reviewable.step} AND ${units(reviewable)}
          AND NOT ${staffId}::int = ANY (v.hands))`,
  );
  return conditions.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(conditions, sql` OR `)})`;
}

/** Lists of what is public are ordered by day, the others by number; the newest first. */
export const ordersByDay = (group: DeskGroup): boolean => group === 'published' || group === 'withdrawn';

export async function deskRows(
  db: Db,
  agencyId: number,
  person: DeskPerson,
  filter: DeskFilter,
  page: { after: DeskPlace | null; limit: number },
): Promise<DeskRow[]> {
  const day = filter.group === 'withdrawn' ? ('i.withdrawn_on' as const) : ('i.published_on' as const);
  const { after } = page;
  return selected(db, agencyId, person, filter)
    .innerJoin('units as u', (join) =>
      join.onRef('u.agency_id', '=', 'i.agency_id').onRef('u.id', '=', 'i.unit_id'),
    )
    .leftJoin('catalogue_columns as c', (join) =>
      join
        .onRef('c.agency_id', '=', 'i.agency_id')
        .on(sql<SqlBool>`c.id = coalesce(v.column_id, i.column_id)`),
    )
    .leftJoin('staff as s', (join) =>
      join.onRef('s.agency_id', '=', 'v.agency_id').onRef('s.id', '=', 'v.author_id'),
    )
    .select([
      'i.id',
      'i.index_number as indexNumber',
      'i.unit_id as unitId',
      'i.state',
      'i.validity',
      'i.published_on as publishedOn',
      'i.withdrawn_on as withdrawnOn',
      'i.live_version as liveVersion',
      'u.name as unitName',
      'c.name as columnName',
      's.name as authorName',
      'v.version',
      'v.state as versionState',
      'v.step',
      'v.saved_at as savedAt',
      'v.submitted_at as submittedAt',
      'v.publish_at as publishAt',
    ])
    .select([
      shown('title', filter.group).as('title'),
      shown('document_number', filter.group).as('documentNumber'),
      shown('genre', filter.group).as('genre'),
    ])
    .select(
      sql<string | null>`(SELECT min(d.review_due_on) FROM item_versions d WHERE d.agency_id = i.agency_id
        AND d.item_id = i.id AND d.review_due_on IS NOT NULL)`.as('reviewDueOn'),
    )
    .select(isSentBack.$castTo<boolean>().as('sentBack'))
    .$if(after !== null && !ordersByDay(filter.group), (query) => query.where('i.id', '<', after?.id ?? 0))
    .$if(after !== null && ordersByDay(filter.group), (query) =>
      query.where(
        sql<SqlBool>`(${sql.ref(day)}, i.id) < (${after?.on ?? ''}::date, ${after?.id ?? 0}::bigint)`,
      ),
    )
    .$if(ordersByDay(filter.group), (query) => query.orderBy(day, 'desc'))
    .orderBy('i.id', 'desc')
    .limit(page.limit)
    .execute();
}

/** In lists of what is public the live version is told, elsewhere the one that is open. */
const shown = (column: 'title' | 'document_number' | 'genre', group: DeskGroup) =>
  ordersByDay(group)
    ? sql<string>`${sql.ref(`i.${column}`)}`
    : sql<string>`coalesce(${sql.ref(`v.${column}`)}, ${sql.ref(`i.${column}`)})`;

/** How many there are, counted no further than `most`. */
export async function countDesk(
  db: Db,
  agencyId: number,
  person: DeskPerson,
  filter: DeskFilter,
  most: number,
): Promise<number> {
  const row = await db
    .selectFrom(
      selected(db, agencyId, person, filter).select(sql<number>`1`.as('one')).limit(most).as('counted'),
    )
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}
