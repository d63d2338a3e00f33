import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import './schema.ts';

/** What takes the place of sealed texts that a row must have; each is sealed for itself. */
export interface Blank {
  correction(requestId: number): string;
  reply(requestId: number): string;
  opinion(replyId: number): string;
}

/** Frozen rows let a change of sealed values pass while this is set, to the end of the transaction. */
export async function allowErasure(db: Db): Promise<void> {
  await sql`SELECT set_config('gongkai.resealing', 'on', true)`.execute(db);
}

export async function requestsOfForm(
  db: Db,
  agencyId: number,
  formId: number,
): Promise<{ id: number; number: string }[]> {
  return db
    .selectFrom('requests')
    .select(['id', 'number'])
    .where('agency_id', '=', agencyId)
    .where('form_id', '=', formId)
    .orderBy('part')
    .execute();
}

/** Takes away every text on a request that may tell who asked or for what in his words. */
export async function eraseRequest(db: Db, agencyId: number, id: number, blank: Blank): Promise<void> {
  await sql`UPDATE requests SET content_sealed = NULL, identity_digest = NULL
    WHERE agency_id = ${agencyId} AND id = ${id}`.execute(db);
  await sql`UPDATE request_assignments SET findings_sealed = NULL
    WHERE agency_id = ${agencyId} AND request_id = ${id}`.execute(db);
  await sql`UPDATE request_corrections SET asked_sealed = ${blank.correction(id)}, answer_sealed = NULL
    WHERE agency_id = ${agencyId} AND request_id = ${id}`.execute(db);
  await sql`UPDATE request_consultations SET party_sealed = NULL, answer_sealed = NULL
    WHERE agency_id = ${agencyId} AND request_id = ${id}`.execute(db);
  await sql`UPDATE request_reasons SET facts_sealed = NULL, answer_sealed = NULL, finding_sealed = NULL
    WHERE agency_id = ${agencyId} AND request_id = ${id}`.execute(db);
  await sql`UPDATE request_rectifications SET asked_sealed = NULL, decision_sealed = NULL
    WHERE agency_id = ${agencyId} AND request_id = ${id}`.execute(db);
  await sql`UPDATE request_disputes SET note_sealed = NULL
    WHERE agency_id = ${agencyId} AND request_id = ${id}`.execute(db);
  await sql`UPDATE request_feedback SET comment_sealed = NULL
    WHERE agency_id = ${agencyId} AND request_id = ${id}`.execute(db);
  const { rows } = await sql<{ id: number }>`
    UPDATE request_replies SET content_sealed = ${blank.reply(id)}
    WHERE agency_id = ${agencyId} AND request_id = ${id} RETURNING id`.execute(db);
  for (const reply of rows) {
    await sql`UPDATE request_reviews SET opinion_sealed = ${blank.opinion(reply.id)}
      WHERE agency_id = ${agencyId} AND reply_id = ${reply.id}`.execute(db);
  }
}

/** Who applied, what for, and the way to the tracking page; its number, dates and kinds stay. */
export async function eraseForm(
  db: Db,
  agencyId: number,
  id: number,
  given: { codeDigest: string; codeSealed: string; on: string },
): Promise<void> {
  await db
    .updateTable('request_forms')
    .set({
      code_digest: given.codeDigest,
      code_sealed: given.codeSealed,
      applicant_sealed: null,
      name_digest: null,
      identity_digest: null,
      contact_digests: [],
      content_sealed: null,
      disposed_on: given.on,
    })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

/**
 * Takes the files off a form and returns where their sealed bytes lie. Those that an answer published to everybody shows
 * stay: they hold nothing personal.
 */
export async function eraseFiles(db: Db, agencyId: number, formId: number): Promise<string[]> {
  const { rows } = await sql<{ sealed_digest: string }>`
    DELETE FROM request_files f WHERE f.agency_id = ${agencyId} AND f.form_id = ${formId} AND NOT EXISTS (
      SELECT FROM request_publications p JOIN requests r ON r.agency_id = p.agency_id AND r.id = p.request_id
      WHERE r.agency_id = f.agency_id AND r.form_id = f.form_id AND p.state = 'published' AND f.id = ANY (p.file_ids))
    RETURNING f.sealed_digest`.execute(db);
  return rows.map((row) => row.sealed_digest);
}
