import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { DeliveryMethod } from '../../law/index.ts';
import './schema.ts';

export interface CorrectionRow {
  letter_id: number;
  number: number;
  sent_on: string | null;
  method: DeliveryMethod | null;
  delivered_on: string | null;
  reason: string | null;
  by_name: string;
  at: Date;
}

/** Slips let a change pass while this is set, to the end of the transaction. */
export async function allowCorrection(db: Db): Promise<void> {
  await sql`SELECT set_config('gongkai.correcting', 'on', true)`.execute(db);
}

/** Ends what `allowCorrection` began. */
export async function endCorrection(db: Db): Promise<void> {
  await sql`SELECT set_config('gongkai.correcting', 'off', true)`.execute(db);
}

export async function correctionsOf(
  db: Db,
  agencyId: number,
  letterIds: readonly number[],
): Promise<CorrectionRow[]> {
  if (letterIds.length === 0) return [];
  return db
    .selectFrom('letter_corrections')
    .select(['letter_id', 'number', 'sent_on', 'method', 'delivered_on', 'reason', 'by_name', 'at'])
    .where('agency_id', '=', agencyId)
    .where('letter_id', 'in', letterIds)
    .orderBy('letter_id')
    .orderBy('number')
    .execute();
}

export async function insertCorrection(db: Db, agencyId: number, correction: CorrectionRow): Promise<void> {
  await db
    .insertInto('letter_corrections')
    .values({ agency_id: agencyId, ...correction })
    .execute();
}

export async function correctDispatch(
  db: Db,
  agencyId: number,
  letterId: number,
  attempt: number,
  change: { sent_on: string; method: DeliveryMethod },
): Promise<void> {
  await db
    .updateTable('letter_dispatches')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('letter_id', '=', letterId)
    .where('attempt', '=', attempt)
    .execute();
}

/** Takes the reasons of corrections away, at the disposal of their case. */
export async function clearCorrections(
  db: Db,
  agencyId: number,
  letterIds: readonly number[],
): Promise<void> {
  if (letterIds.length === 0) return;
  await db
    .updateTable('letter_corrections')
    .set({ reason: null })
    .where('agency_id', '=', agencyId)
    .where('letter_id', 'in', letterIds)
    .where('reason', 'is not', null)
    .execute();
}
