import type { Db } from '../../core/db.ts';
import type { NewAssignment, SearchResult } from './check-model.ts';
import './schema.ts';

export async function insertAssignment(
  db: Db,
  agencyId: number,
  requestId: number,
  given: NewAssignment & { assignedAt: Date; assignedBy: string },
): Promise<void> {
  await db
    .insertInto('request_assignments')
    .values({
      agency_id: agencyId,
      request_id: requestId,
      unit_id: given.unitId,
      handler_id: given.handlerId,
      lead: given.lead,
      assigned_at: given.assignedAt,
      assigned_by: given.assignedBy,
      outcome: null,
      findings_sealed: null,
      answered_at: null,
      ended_at: null,
    })
    .execute();
}

/** Ends the assignments of units that are no longer at work on the case. */
export async function endAssignments(
  db: Db,
  agencyId: number,
  ids: readonly number[],
  at: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('request_assignments')
    .set({ ended_at: at })
    .where('agency_id', '=', agencyId)
    .where('id', 'in', [...ids])
    .execute();
}

export async function writeSearch(
  db: Db,
  agencyId: number,
  assignmentId: number,
  result: SearchResult & { answeredAt: Date },
): Promise<void> {
  await db
    .updateTable('request_assignments')
    .set({ outcome: result.outcome, findings_sealed: result.findingsSealed, answered_at: result.answeredAt })
    .where('agency_id', '=', agencyId)
    .where('id', '=', assignmentId)
    .execute();
}

export interface StoredSearch {
  id: number;
  unitId: number;
  findingsSealed: string | null;
  answeredAt: Date | null;
}

export async function searchesOf(db: Db, agencyId: number, requestId: number): Promise<StoredSearch[]> {
  return db
    .selectFrom('request_assignments')
    .select(['id', 'unit_id as unitId', 'findings_sealed as findingsSealed', 'answered_at as answeredAt'])
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', requestId)
    .orderBy('id')
    .execute();
}

export async function insertCorrection(
  db: Db,
  agencyId: number,
  requestId: number,
  given: { noticedOn: string; askedSealed: string; days: number; dueOn: string; letterId: number },
): Promise<void> {
  await db
    .insertInto('request_corrections')
    .values({
      agency_id: agencyId,
      request_id: requestId,
      noticed_on: given.noticedOn,
      asked_sealed: given.askedSealed,
      days: given.days,
      due_on: given.dueOn,
      answered_on: null,
      answer_sealed: null,
      lapsed_on: null,
      letter_id: given.letterId,
    })
    .execute();
}

export async function answerCorrectionRow(
  db: Db,
  agencyId: number,
  id: number,
  change: { answered_on: string; answer_sealed: string } | { lapsed_on: string },
): Promise<void> {
  await db
    .updateTable('request_corrections')
    .set(change)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

export async function correctionTexts(
  db: Db,
  agencyId: number,
  requestId: number,
): Promise<{ id: number; askedSealed: string; answerSealed: string | null }[]> {
  return db
    .selectFrom('request_corrections')
    .select(['id', 'asked_sealed as askedSealed', 'answer_sealed as answerSealed'])
    .where('agency_id', '=', agencyId)
    .where('request_id', '=', requestId)
    .orderBy('id')
    .execute();
}
