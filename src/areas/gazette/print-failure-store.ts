import type { Db } from '../../core/db.ts';
import './schema.ts';

/** Why the file of an issue that is out could not be typeset the last time. */
export interface PrintFailure {
  issueId: number;
  reason: string;
  at: Date;
}

/** The failures among these issues. */
export async function printFailures(
  db: Db,
  agencyId: number,
  issueIds: readonly number[],
): Promise<PrintFailure[]> {
  if (issueIds.length === 0) return [];
  return db
    .selectFrom('gazette_print_failures')
    .select(['issue_id as issueId', 'reason', 'at'])
    .where('agency_id', '=', agencyId)
    .where('issue_id', 'in', issueIds)
    .execute();
}

export async function keepPrintFailure(
  db: Db,
  agencyId: number,
  { issueId, ...failure }: PrintFailure,
): Promise<void> {
  await db
    .insertInto('gazette_print_failures')
    .values({ agency_id: agencyId, issue_id: issueId, ...failure })
    .onConflict((conflict) => conflict.columns(['agency_id', 'issue_id']).doUpdateSet(failure))
    .execute();
}

/** Whether there was one. */
export async function dropPrintFailure(db: Db, agencyId: number, issueId: number): Promise<boolean> {
  const dropped = await db
    .deleteFrom('gazette_print_failures')
    .where('agency_id', '=', agencyId)
    .where('issue_id', '=', issueId)
    .executeTakeFirst();
  return dropped.numDeletedRows > 0n;
}
