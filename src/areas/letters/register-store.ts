import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { LetterKind, Series } from './kinds.ts';
import './schema.ts';

/** A letter in the register of numbers (发文登记簿): nothing personal. */
export interface RegisteredLetter {
  id: number;
  requestId: number | null;
  formId: number;
  kind: LetterKind;
  replyCode: string | null;
  number: string;
  issuedOn: string;
  signedBy: string | null;
  issuedBy: string;
  dispatchedOn: string | null;
  deliveredOn: string | null;
  void: boolean;
}

/** Letters of a year, newest first; `before` is the id of the last one of the page above. */
export async function registerPage(
  db: Db,
  agencyId: number,
  filter: { year: number; series?: Series; before?: number },
  limit: number,
): Promise<RegisteredLetter[]> {
  let query = db
    .selectFrom('letters')
    .select((eb) => [
      'id',
      'request_id as requestId',
      'form_id as formId',
      'kind',
      'reply_code as replyCode',
      'number',
      'issued_on as issuedOn',
      'signed_by as signedBy',
      'issued_by as issuedBy',
      'delivered_on as deliveredOn',
      sql<boolean>`voided_at IS NOT NULL`.as('void'),
      eb
        .selectFrom('letter_dispatches')
        .select('sent_on')
        .whereRef('letter_dispatches.agency_id', '=', 'letters.agency_id')
        .whereRef('letter_dispatches.letter_id', '=', 'letters.id')
        .orderBy('attempt')
        .limit(1)
        .as('dispatchedOn'),
    ])
    .where('agency_id', '=', agencyId)
    .where('year', '=', filter.year)
    .orderBy('id', 'desc')
    .limit(limit);
  if (filter.series) query = query.where('series', '=', filter.series);
  if (filter.before !== undefined) query = query.where('id', '<', filter.before);
  const rows = await query.execute();
  return rows.map((row) => ({ ...row, kind: row.kind as LetterKind }));
}

/** The letter of the agency that bears this number, spelled as it is printed; null when there is none. */
export async function letterNumbered(
  db: Db,
  agencyId: number,
  number: string,
): Promise<{ id: number; requestId: number | null; kind: LetterKind; issuedOn: string } | null> {
  const row = await db
    .selectFrom('letters')
    .select(['id', 'request_id as requestId', 'kind', 'issued_on as issuedOn'])
    .where('agency_id', '=', agencyId)
    .where('number', '=', number)
    .executeTakeFirst();
  return row ? { ...row, kind: row.kind as LetterKind } : null;
}

export interface SeriesCount {
  series: Series;
  /** The last number given. */
  last: number;
  /** Letters that carry a number; equal to `last` while none is missing. */
  issued: number;
  void: number;
}

/** How far each series of a year has come, and whether its numbers are all there. */
export async function seriesOf(db: Db, agencyId: number, year: number): Promise<SeriesCount[]> {
  const { rows } = await sql<SeriesCount>`
    SELECT c.series, c.last, count(l.id) AS issued, count(l.voided_at) AS void
    FROM letter_counters c
    LEFT JOIN letters l ON l.agency_id = c.agency_id AND l.series = c.series AND l.year = c.year
    WHERE c.agency_id = ${agencyId} AND c.year = ${year}::smallint
    GROUP BY c.series, c.last ORDER BY c.series`.execute(db);
  return rows;
}

/** Years in which letters were issued, newest first. */
export async function yearsOfLetters(db: Db, agencyId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('letter_counters')
    .select('year')
    .distinct()
    .where('agency_id', '=', agencyId)
    .orderBy('year', 'desc')
    .execute();
  return rows.map(({ year }) => year);
}
