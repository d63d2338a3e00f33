import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { RequestClock } from '../../law/index.ts';
import type { RequestCase, RequestState } from './model.ts';
import './schema.ts';

const caseColumns = [
  'id',
  'form_id as formId',
  'part',
  'number',
  'title',
  'applicant_kind as applicantKind',
  'channel',
  'submitted_on as submittedOn',
  'received_on as receivedOn',
  'regime',
  'state',
  'unit_id as unitId',
  'handler_id as handlerId',
  'clock_state as clockState',
  'clock_from as clockFrom',
  'first_due_on as firstDueOn',
  'due_on as dueOn',
  'provisional',
  'suspended_until as suspendedUntil',
  'result_code as resultCode',
  'concluded_on as concludedOn',
  'version',
] as const;

export async function findCase(db: Db, agencyId: number, id: number): Promise<RequestCase | null> {
  const row = await db
    .selectFrom('requests')
    .select(caseColumns)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** The request, held until the transaction ends: who acts second waits here and then sees what the first one did. */
export async function lockCase(db: Db, agencyId: number, id: number): Promise<RequestCase | null> {
  const row = await db
    .selectFrom('requests')
    .select(caseColumns)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ?? null;
}

export async function casesOfForm(db: Db, agencyId: number, formId: number): Promise<RequestCase[]> {
  return db
    .selectFrom('requests')
    .select(caseColumns)
    .where('agency_id', '=', agencyId)
    .where('form_id', '=', formId)
    .orderBy('part')
    .execute();
}

export interface NewCase {
  formId: number;
  part: number;
  number: string;
  title: string;
  grams: string[];
  contentSealed: string | null;
  applicantKind: RequestCase['applicantKind'];
  channel: RequestCase['channel'];
  identityDigest: string | null;
  submittedOn: string;
  receivedOn: string | null;
  regime: RequestCase['regime'];
  state: RequestState;
  unitId: number | null;
  handlerId: number | null;
}

export async function insertCase(db: Db, agencyId: number, given: NewCase): Promise<number> {
  const { id } = await db
    .insertInto('requests')
    .values({
      agency_id: agencyId,
      form_id: given.formId,
      part: given.part,
      number: given.number,
      title: given.title,
      title_grams: given.grams,
      content_sealed: given.contentSealed,
      applicant_kind: given.applicantKind,
      channel: given.channel,
      identity_digest: given.identityDigest,
      submitted_on: given.submittedOn,
      received_on: given.receivedOn,
      regime: given.regime,
      state: given.state,
      unit_id: given.unitId,
      handler_id: given.handlerId,
      clock_state: null,
      clock_from: null,
      first_due_on: null,
      due_on: null,
      suspended_until: null,
      result_code: null,
      concluded_on: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface CaseChange {
  state?: RequestState;
  title?: string;
  title_grams?: string[];
  content_sealed?: string | null;
  received_on?: string;
  regime?: RequestCase['regime'];
  unit_id?: number | null;
  handler_id?: number | null;
  result_code?: string;
  concluded_on?: string;
}

/** Writes what an act changed and makes the version one higher. */
export async function updateCase(db: Db, agencyId: number, id: number, change: CaseChange): Promise<void> {
  await db
    .updateTable('requests')
    .set({ ...change, version: sql`version + 1` })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

/** The day a request was concluded follows the corrected slip of its reply; within `correctSlip` only. */
export async function moveConclusion(db: Db, agencyId: number, id: number, on: string): Promise<void> {
  await db
    .updateTable('requests')
    .set({ concluded_on: on })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .where('concluded_on', 'is not', null)
    .execute();
}

export interface StoredClock {
  state: RequestClock['state'];
  from: string;
  firstDue: string | null;
  due: string | null;
  provisional: boolean;
  suspendedUntil: string | null;
  calendar: string;
}

export async function updateClock(db: Db, agencyId: number, id: number, clock: StoredClock): Promise<void> {
  await db
    .updateTable('requests')
    .set({
      clock_state: clock.state,
      clock_from: clock.from,
      first_due_on: clock.firstDue,
      due_on: clock.due,
      provisional: clock.provisional,
      suspended_until: clock.suspendedUntil,
      calendar: clock.calendar,
    })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

/** The request's own words, where its form was split; null else. */
export async function ownContent(db: Db, agencyId: number, id: number): Promise<string | null> {
  const row = await db
    .selectFrom('requests')
    .select('content_sealed')
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.content_sealed ?? null;
}

/** How many requests the applicant of this one handed in within its calendar month, by day of receipt, up to this one. */
export async function countInMonth(db: Db, agencyId: number, id: number): Promise<number> {
  const { rows } = await sql<{ pieces: number }>`
    SELECT count(*)::int AS pieces FROM requests r JOIN requests me ON me.agency_id = r.agency_id AND me.id = ${id}
    WHERE r.agency_id = ${agencyId} AND r.identity_digest = me.identity_digest
      AND r.received_on >= date_trunc('month', me.received_on)::date
      AND (r.received_on, r.id) <= (me.received_on, me.id)`.execute(db);
  return rows[0]?.pieces ?? 0;
}

export interface AlikeCase {
  id: number;
  number: string;
  title: string;
  receivedOn: string | null;
  resultCode: string | null;
  /** Shared pieces of the title, 0 to 1. */
  likeness: number;
}

/** Requests whose titles share pieces with the given one, the most alike first; of one applicant when his digest is given. */
export async function alikeCases(
  db: Db,
  agencyId: number,
  given: {
    grams: readonly string[];
    exceptId: number | null;
    identityDigests?: readonly string[];
    concluded?: boolean;
  },
  limit: number,
): Promise<AlikeCase[]> {
  const { grams, exceptId, identityDigests, concluded = false } = given;
  if (grams.length === 0) return [];
  const wanted = [...grams];
  const { rows } = await sql<AlikeCase>`
    SELECT id, number, title, "receivedOn", "resultCode", likeness FROM (
      SELECT id, number, title, received_on AS "receivedOn", result_code AS "resultCode",
        (SELECT count(*) FROM unnest(title_grams) g WHERE g = ANY(${wanted}::text[]))::float8
          / greatest(cardinality(title_grams), ${wanted.length}) AS likeness
      FROM requests
      WHERE agency_id = ${agencyId} AND title_grams && ${wanted}::text[] AND state <> 'cancelled'
        ${identityDigests ? sql`AND identity_digest = ANY(${[...identityDigests]}::text[])` : sql``}
        ${concluded ? sql`AND concluded_on IS NOT NULL` : sql``}
        ${exceptId === null ? sql`` : sql`AND id <> ${exceptId}`}
      LIMIT 2000
    ) found WHERE likeness >= 0.3 ORDER BY likeness DESC, id DESC LIMIT ${limit}`.execute(db);
  return rows;
}
