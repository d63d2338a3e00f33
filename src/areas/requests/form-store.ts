import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { ApplicantDigests } from './applicant.ts';
import type {
  ApplicantKind,
  DeliveryWay,
  FormOrigin,
  NewFile,
  RequestFileKind,
  WantedForm,
} from './model.ts';
import './schema.ts';

/** Takes the next number of the year. Held until the transaction ends, so that a roll-back leaves no gap. */
export async function nextNumber(db: Db, agencyId: number, year: number): Promise<string> {
  const { rows } = await sql<{ last: number }>`
    INSERT INTO request_numbers (agency_id, year, last) VALUES (${agencyId}, ${year}, 1)
    ON CONFLICT (agency_id, year) DO UPDATE SET last = request_numbers.last + 1 RETURNING last`.execute(db);
  return `${year}-${String(rows[0]?.last).padStart(6, '0')}`;
}

export interface FormRow {
  id: number;
  number: string;
  channel: string;
  oral: boolean;
  submittedOn: string;
  confirmedOn: string | null;
  applicantKind: ApplicantKind;
  applicantSealed: string | null;
  contentSealed: string | null;
  codeSealed: string;
  wantedForm: WantedForm;
  deliveryWay: DeliveryWay;
  origin: FormOrigin;
  disposedOn: string | null;
}

const formColumns = [
  'id',
  'number',
  'channel',
  'oral',
  'submitted_on as submittedOn',
  'confirmed_on as confirmedOn',
  'applicant_kind as applicantKind',
  'applicant_sealed as applicantSealed',
  'content_sealed as contentSealed',
  'code_sealed as codeSealed',
  'wanted_form as wantedForm',
  'delivery_way as deliveryWay',
  'origin',
  'disposed_on as disposedOn',
] as const;

export async function findForm(db: Db, agencyId: number, id: number): Promise<FormRow | null> {
  const row = await db
    .selectFrom('request_forms')
    .select(formColumns)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export async function findFormBySubmission(
  db: Db,
  agencyId: number,
  submissionKey: string,
): Promise<(FormRow & { requestId: number }) | null> {
  const row = await db
    .selectFrom('request_forms as f')
    .innerJoin('requests as r', (join) =>
      join.onRef('r.agency_id', '=', 'f.agency_id').onRef('r.form_id', '=', 'f.id').on('r.part', '=', 1),
    )
    .select(['r.id as requestId'])
    .select([
      'f.id',
      'f.number',
      'f.channel',
      'f.oral',
      'f.submitted_on as submittedOn',
      'f.confirmed_on as confirmedOn',
      'f.applicant_kind as applicantKind',
      'f.applicant_sealed as applicantSealed',
      'f.content_sealed as contentSealed',
      'f.code_sealed as codeSealed',
      'f.wanted_form as wantedForm',
      'f.delivery_way as deliveryWay',
      'f.origin',
      'f.disposed_on as disposedOn',
    ])
    .where('f.agency_id', '=', agencyId)
    .where('f.submission_key', '=', submissionKey)
    .executeTakeFirst();
  return row ?? null;
}

/** The form with that number whose query code has one of the digests; null alike for a wrong number and a wrong code. */
export async function findFormByCode(
  db: Db,
  agencyId: number,
  number: string,
  codeDigests: readonly string[],
): Promise<number | null> {
  const row = await db
    .selectFrom('request_forms')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('number', '=', number)
    .where('code_digest', 'in', [...codeDigests])
    .executeTakeFirst();
  return row?.id ?? null;
}

export interface NewForm {
  number: string;
  codeDigest: string;
  codeSealed: string;
  channel: 'in-person' | 'signed-post' | 'ordinary-post' | 'fax' | 'internet' | 'email';
  oral: boolean;
  submittedAt: Date;
  submittedOn: string;
  confirmedOn: string | null;
  applicantKind: ApplicantKind;
  applicantSealed: string;
  digests: ApplicantDigests;
  contentSealed: string;
  wantedForm: WantedForm;
  deliveryWay: DeliveryWay;
  submissionKey: string;
  origin: FormOrigin;
  registeredBy: number | null;
}

export async function insertForm(db: Db, agencyId: number, form: NewForm): Promise<number> {
  const { id } = await db
    .insertInto('request_forms')
    .values({
      agency_id: agencyId,
      number: form.number,
      code_digest: form.codeDigest,
      code_sealed: form.codeSealed,
      channel: form.channel,
      oral: form.oral,
      submitted_at: form.submittedAt,
      submitted_on: form.submittedOn,
      confirmed_on: form.confirmedOn,
      applicant_kind: form.applicantKind,
      applicant_sealed: form.applicantSealed,
      name_digest: form.digests.name,
      identity_digest: form.digests.identity,
      contact_digests: form.digests.contacts,
      content_sealed: form.contentSealed,
      wanted_form: form.wantedForm,
      delivery_way: form.deliveryWay,
      submission_key: form.submissionKey,
      origin: form.origin,
      registered_by: form.registeredBy,
      disposed_on: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function confirmForm(db: Db, agencyId: number, id: number, confirmedOn: string): Promise<void> {
  await db
    .updateTable('request_forms')
    .set({ confirmed_on: confirmedOn })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

/** Makes two submissions of the same page wait for each other, so that the second finds what the first one made. */
export async function lockSubmission(db: Db, agencyId: number, submissionKey: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`request-submission/${agencyId}/${submissionKey}`}, 0))`.execute(
    db,
  );
}

export interface FileRow {
  id: number;
  formId: number;
  requestId: number | null;
  kind: RequestFileKind;
  sealedDigest: string;
  digest: string;
  nameSealed: string;
  type: string;
  bytes: number;
  addedBy: string;
  addedAt: Date;
}

export async function insertFormFile(
  db: Db,
  agencyId: number,
  place: { formId: number; requestId: number | null },
  file: Omit<NewFile, 'name'> & { nameSealed: string; addedBy: string; addedAt: Date },
): Promise<number> {
  const { id } = await db
    .insertInto('request_files')
    .values({
      agency_id: agencyId,
      form_id: place.formId,
      request_id: place.requestId,
      kind: file.kind,
      sealed_digest: file.sealedDigest,
      digest: file.digest,
      name_sealed: file.nameSealed,
      type: file.type,
      bytes: file.bytes,
      added_by: file.addedBy,
      added_at: file.addedAt,
      removed_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

const fileColumns = [
  'id',
  'form_id as formId',
  'request_id as requestId',
  'kind',
  'sealed_digest as sealedDigest',
  'digest',
  'name_sealed as nameSealed',
  'type',
  'bytes',
  'added_by as addedBy',
  'added_at as addedAt',
] as const;

/** Files of the request and of its form as a whole; nothing of another part of the form. */
export async function filesOfCase(
  db: Db,
  agencyId: number,
  formId: number,
  requestId: number,
): Promise<FileRow[]> {
  return db
    .selectFrom('request_files')
    .select(fileColumns)
    .where('agency_id', '=', agencyId)
    .where('form_id', '=', formId)
    .where((where) => where.or([where('request_id', 'is', null), where('request_id', '=', requestId)]))
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();
}

export async function findFile(db: Db, agencyId: number, id: number): Promise<FileRow | null> {
  const row = await db
    .selectFrom('request_files')
    .select(fileColumns)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

export async function removeFile(db: Db, agencyId: number, id: number, at: Date): Promise<void> {
  await db
    .updateTable('request_files')
    .set({ removed_at: at })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}
