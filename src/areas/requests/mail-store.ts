import type { Db } from '../../core/db.ts';
import type { MailReason, MailState } from './mail-model.ts';
import './mail-schema.ts';
import './schema.ts';

export interface SealedLetter {
  sender: string;
  subject: string;
  text: string;
  notes: string;
}

export interface MailRow {
  id: number;
  token: string;
  sender: string | null;
  subject: string | null;
  text: string | null;
  notes: string | null;
  receivedAt: Date;
  files: number;
  state: MailState;
  formId: number | null;
  reason: MailReason | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  clearedOn: string | null;
}

const columns = [
  'id',
  'token',
  'sender_sealed as sender',
  'subject_sealed as subject',
  'text_sealed as text',
  'notes_sealed as notes',
  'received_at as receivedAt',
  'files',
  'state',
  'form_id as formId',
  'reason',
  'decided_by_name as decidedBy',
  'decided_at as decidedAt',
  'cleared_on as clearedOn',
] as const;

/** Decided already where `reason` is given. */
export async function insertMail(
  db: Db,
  agencyId: number,
  given: {
    token: string;
    letter: SealedLetter;
    receivedAt: Date;
    takenAt: Date;
    files: number;
    reason: MailReason | null;
    by: string;
  },
): Promise<number> {
  const { letter, reason } = given;
  const { id } = await db
    .insertInto('request_mail_drafts')
    .values({
      agency_id: agencyId,
      token: given.token,
      sender_sealed: letter.sender,
      subject_sealed: letter.subject,
      text_sealed: letter.text,
      notes_sealed: letter.notes,
      received_at: given.receivedAt,
      taken_at: given.takenAt,
      files: given.files,
      state: reason === null ? 'new' : 'dismissed',
      form_id: null,
      reason,
      decided_by: null,
      decided_by_name: reason === null ? null : given.by,
      decided_at: reason === null ? null : given.takenAt,
      cleared_on: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Newest first, behind a place that a page before gave. */
export async function mailPage(
  db: Db,
  agencyId: number,
  state: MailState,
  page: { behind: { at: Date; id: number } | null; limit: number },
): Promise<MailRow[]> {
  const { behind } = page;
  return db
    .selectFrom('request_mail_drafts')
    .select(columns)
    .where('agency_id', '=', agencyId)
    .where('state', '=', state)
    .$if(behind !== null, (query) =>
      query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('received_at', 'id'), '<', tuple(behind!.at, behind!.id)),
      ),
    )
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute();
}

/** How many letters wait, at most `most`. */
export async function countNewMail(db: Db, agencyId: number, most: number): Promise<number> {
  const { count } = await db
    .selectFrom(
      db
        .selectFrom('request_mail_drafts')
        .select('id')
        .where('agency_id', '=', agencyId)
        .where('state', '=', 'new')
        .limit(most)
        .as('waiting'),
    )
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

export async function findMail(db: Db, agencyId: number, id: number): Promise<MailRow | null> {
  return (await mailRow(db, agencyId, id).executeTakeFirst()) ?? null;
}

/** Held until the transaction ends: of two who decide at once, the second sees what the first one did. */
export async function lockMail(db: Db, agencyId: number, id: number): Promise<MailRow | null> {
  return (await mailRow(db, agencyId, id).forUpdate().executeTakeFirst()) ?? null;
}

const mailRow = (db: Db, agencyId: number, id: number) =>
  db.selectFrom('request_mail_drafts').select(columns).where('agency_id', '=', agencyId).where('id', '=', id);

export async function decideMail(
  db: Db,
  agencyId: number,
  id: number,
  decision:
    | { state: 'new' }
    | ({ by: number | null; byName: string; at: Date } & (
        | { state: 'registered'; formId: number }
        | { state: 'dismissed'; reason: MailReason }
      )),
): Promise<void> {
  const decided = decision.state === 'new' ? null : decision;
  await db
    .updateTable('request_mail_drafts')
    .set({
      state: decision.state,
      form_id: decision.state === 'registered' ? decision.formId : null,
      reason: decision.state === 'dismissed' ? decision.reason : null,
      decided_by: decided?.by ?? null,
      decided_by_name: decided?.byName ?? null,
      decided_at: decided?.at ?? null,
    })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

/** The first requests of forms, by form. */
export async function firstRequests(
  db: Db,
  agencyId: number,
  formIds: readonly number[],
): Promise<{ formId: number; id: number; number: string }[]> {
  if (formIds.length === 0) return [];
  return db
    .selectFrom('requests')
    .select(['form_id as formId', 'id', 'number'])
    .where('agency_id', '=', agencyId)
    .where('form_id', 'in', [...formIds])
    .where('part', '=', 1)
    .execute();
}

export interface MailFileRow {
  id: number;
  sealedDigest: string;
  details: string;
}

export async function insertMailFile(
  db: Db,
  agencyId: number,
  draftId: number,
  file: Omit<MailFileRow, 'id'>,
): Promise<void> {
  await db
    .insertInto('request_mail_files')
    .values({
      agency_id: agencyId,
      draft_id: draftId,
      sealed_digest: file.sealedDigest,
      details_sealed: file.details,
    })
    .execute();
}

export async function filesOfMail(db: Db, agencyId: number, draftId: number): Promise<MailFileRow[]> {
  return db
    .selectFrom('request_mail_files')
    .select(['id', 'sealed_digest as sealedDigest', 'details_sealed as details'])
    .where('agency_id', '=', agencyId)
    .where('draft_id', '=', draftId)
    .orderBy('id')
    .execute();
}

/** Takes the files off letters and returns them as they are now, whatever a change of keys did a moment ago. */
export async function takeMailFiles(
  db: Db,
  agencyId: number,
  draftIds: readonly number[],
): Promise<MailFileRow[]> {
  if (draftIds.length === 0) return [];
  const rows = await db
    .deleteFrom('request_mail_files')
    .where('agency_id', '=', agencyId)
    .where('draft_id', 'in', [...draftIds])
    .returning(['id', 'sealed_digest as sealedDigest', 'details_sealed as details'])
    .execute();
  return rows.sort((a, b) => a.id - b.id);
}

/** Letters put aside before `until` whose content is still here; held, so that two workers do not meet. */
export async function lockPutAside(db: Db, agencyId: number, until: Date, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('request_mail_drafts')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('state', '=', 'dismissed')
    .where('cleared_on', 'is', null)
    .where('decided_at', '<', until)
    .orderBy('decided_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(({ id }) => id);
}

export async function mailOfForm(db: Db, agencyId: number, formId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('request_mail_drafts')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('form_id', '=', formId)
    .where('cleared_on', 'is', null)
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

export async function clearMail(db: Db, agencyId: number, ids: readonly number[], on: string): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('request_mail_drafts')
    .set({ sender_sealed: null, subject_sealed: null, text_sealed: null, notes_sealed: null, cleared_on: on })
    .where('agency_id', '=', agencyId)
    .where('id', 'in', [...ids])
    .execute();
}
