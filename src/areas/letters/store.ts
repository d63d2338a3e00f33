import { type Insertable, type Selectable, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { DeliveryMethod } from '../../law/index.ts';
import type { Series } from './kinds.ts';
import type { LetterTable } from './schema.ts';
import './schema.ts';

export type LetterRow = Selectable<LetterTable>;

/**
 * The next number of a series and year. It belongs to the transaction: rolled back, the next one gets it, so that none is
 * left out and none given twice.
 */
export async function takeSerial(db: Db, agencyId: number, series: Series, year: number): Promise<number> {
  const row = await db
    .insertInto('letter_counters')
    .values({ agency_id: agencyId, series, year, last: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['agency_id', 'series', 'year'])
        .doUpdateSet((eb) => ({ last: eb('letter_counters.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return row.last;
}

export async function insertLetter(db: Db, letter: Insertable<LetterTable>): Promise<number> {
  const row = await db.insertInto('letters').values(letter).returning('id').executeTakeFirstOrThrow();
  return row.id;
}

export async function findLetter(db: Db, agencyId: number, id: number): Promise<LetterRow | null> {
  const row = await db
    .selectFrom('letters')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export async function lockLetter(db: Db, agencyId: number, id: number): Promise<LetterRow | null> {
  const row = await db
    .selectFrom('letters')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** The letters of a request, with those of its whole form, in the order they were issued. */
export async function lettersOfRequest(db: Db, agencyId: number, requestId: number): Promise<LetterRow[]> {
  return db
    .selectFrom('letters')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where((eb) =>
      eb.or([
        eb('request_id', '=', requestId),
        eb.and([
          eb('request_id', 'is', null),
          eb(
            'form_id',
            '=',
            sql<number>`(SELECT form_id FROM requests WHERE agency_id = ${agencyId} AND id = ${requestId})`,
          ),
        ]),
      ]),
    )
    .orderBy('id')
    .execute();
}

export async function lettersOfForm(db: Db, agencyId: number, formId: number): Promise<LetterRow[]> {
  return db
    .selectFrom('letters')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('form_id', '=', formId)
    .orderBy('id')
    .forUpdate()
    .execute();
}

export interface DispatchRow {
  letter_id: number;
  attempt: number;
  method: DeliveryMethod;
  sent_on: string;
  tracking_number: string | null;
  by_name: string;
}

export async function dispatchesOf(
  db: Db,
  agencyId: number,
  letterIds: readonly number[],
): Promise<DispatchRow[]> {
  if (letterIds.length === 0) return [];
  return db
    .selectFrom('letter_dispatches')
    .select(['letter_id', 'attempt', 'method', 'sent_on', 'tracking_number', 'by_name'])
    .where('agency_id', '=', agencyId)
    .where('letter_id', 'in', letterIds)
    .orderBy('letter_id')
    .orderBy('attempt')
    .execute();
}

export async function insertDispatch(
  db: Db,
  agencyId: number,
  dispatch: DispatchRow & { at: Date },
): Promise<void> {
  await db
    .insertInto('letter_dispatches')
    .values({ agency_id: agencyId, ...dispatch })
    .execute();
}

type Change = Partial<
  Pick<LetterRow, 'content' | 'delivered_on' | 'delivered_to' | 'voided_at' | 'voided_by' | 'void_reason'>
> & { disposed_on?: string; pdf_file?: string | null };

export async function updateLetter(db: Db, agencyId: number, id: number, change: Change): Promise<void> {
  await db
    .updateTable('letters')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

/** Writes the file down unless another reader was first; false then. */
export async function keepPdf(
  db: Db,
  agencyId: number,
  id: number,
  pdf: { pdf_file: string; pdf_sha256: string; pdf_sm3: string; pdf_bytes: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('letters')
    .set(pdf)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .where('pdf_sha256', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Takes the tracking numbers of letters away, at the disposal of their case. */
export async function clearTracking(db: Db, agencyId: number, letterIds: readonly number[]): Promise<void> {
  if (letterIds.length === 0) return;
  await db
    .updateTable('letter_dispatches')
    .set({ tracking_number: null })
    .where('agency_id', '=', agencyId)
    .where('letter_id', 'in', letterIds)
    .execute();
}

export interface VerifiedLetter {
  agencyId: number;
  agencyName: string;
  kind: string;
  number: string;
  issuedOn: string;
  digest: string;
  pdfSha256: string | null;
  pdfSm3: string | null;
  voidedAt: Date | null;
}

/** What anybody who holds the code may know of a letter: nothing personal. */
export async function letterByCode(db: Db, code: string): Promise<VerifiedLetter | null> {
  const row = await db
    .selectFrom('letters')
    .innerJoin('agencies', 'agencies.id', 'letters.agency_id')
    .select([
      'letters.agency_id as agencyId',
      'agencies.name as agencyName',
      'letters.kind',
      'letters.number',
      'letters.issued_on as issuedOn',
      'letters.digest',
      'letters.pdf_sha256 as pdfSha256',
      'letters.pdf_sm3 as pdfSm3',
      'letters.voided_at as voidedAt',
    ])
    .where('letters.code', '=', code)
    .executeTakeFirst();
  return row ?? null;
}
