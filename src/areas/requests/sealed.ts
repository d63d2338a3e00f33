import type { SealedRow, SealedTable, Vault } from '../../core/vault/index.ts';
import { applicantPlace, contentPlace, digestsOf, notePlace } from './applicant.ts';
import { correctionPlace, searchPlace } from './check-model.ts';
import { answerPlace, partyPlace } from './consultation-actions.ts';
import { disputePlace, feedbackPlace } from './dispute-actions.ts';
import { draftContext, draftFileContext } from './draft-actions.ts';
import { filePlace, namePlace } from './file-actions.ts';
import { codePlace, codeValue } from './intake-actions.ts';
import { mailFilePlace, mailPlace } from './mail-sealing.ts';
import type { Applicant } from './model.ts';
import { reasonsPlace } from './reasons-actions.ts';
import { rectificationPlace } from './rectification-actions.ts';
import { opinionPlace, replyPlace } from './reply-actions.ts';
import { copyIdentityDigest } from './sealed-store.ts';

const agencyOf = (row: SealedRow) => Number(row.agency_id);
const byNumber = (place: (agencyId: number, number: string) => string) => (row: SealedRow) =>
  place(agencyOf(row), String(row.number));
const noteOf =
  (column: string, place: (id: number) => string): ((row: SealedRow) => string) =>
  (row) =>
    notePlace(agencyOf(row), place(Number(row[column])));
const fileOf = (row: SealedRow) => filePlace(agencyOf(row));
const tokenOf = (place: (agencyId: number, tokenDigest: string) => string) => (row: SealedRow) =>
  place(agencyOf(row), String(row.token_digest));
const ofMail =
  (part: Parameters<typeof mailPlace>[0]) =>
  (row: SealedRow): string =>
    mailPlace(part, agencyOf(row), String(row.token));

/**
 * Where requests keep sealed values and files, for a change of keys. Drafts and letters come before the files of requests:
 * one handed in meanwhile hands its files over as they are.
 */
export const requestSealedTables: readonly SealedTable[] = [
  { table: 'request_drafts', key: ['agency_id', 'token_digest'], texts: { sealed: tokenOf(draftContext) } },
  {
    table: 'request_draft_files',
    key: ['agency_id', 'id'],
    texts: { details_sealed: tokenOf(draftFileContext) },
    files: { sealed_digest: fileOf },
  },
  {
    table: 'request_mail_drafts',
    key: ['agency_id', 'id'],
    texts: {
      sender_sealed: ofMail('sender'),
      subject_sealed: ofMail('subject'),
      text_sealed: ofMail('text'),
      notes_sealed: ofMail('notes'),
    },
  },
  {
    table: 'request_mail_files',
    key: ['agency_id', 'id'],
    texts: { details_sealed: (row) => mailFilePlace(agencyOf(row), Number(row.draft_id)) },
    files: { sealed_digest: fileOf },
  },
  {
    table: 'request_forms',
    key: ['agency_id', 'id'],
    texts: {
      code_sealed: byNumber(codePlace),
      applicant_sealed: byNumber(applicantPlace),
      content_sealed: byNumber(contentPlace),
    },
    digests: ({ code_sealed, applicant_sealed }, vault, _files, row) => ({
      code_digest: vault.digest(
        'query-code',
        codeValue(agencyOf(row), String(row.number), code_sealed ?? ''),
      ),
      ...applicantDigests(vault, applicant_sealed ?? null),
    }),
    copies: (db, row, { identity_digest }) =>
      copyIdentityDigest(db, agencyOf(row), Number(row.id), identity_digest as string | null),
  },
  { table: 'requests', key: ['agency_id', 'id'], texts: { content_sealed: byNumber(contentPlace) } },
  {
    table: 'request_assignments',
    key: ['agency_id', 'id'],
    texts: { findings_sealed: noteOf('request_id', searchPlace) },
  },
  {
    table: 'request_corrections',
    key: ['agency_id', 'id'],
    texts: {
      asked_sealed: noteOf('request_id', correctionPlace),
      answer_sealed: noteOf('request_id', correctionPlace),
    },
  },
  {
    table: 'request_consultations',
    key: ['agency_id', 'id'],
    texts: {
      party_sealed: noteOf('request_id', partyPlace),
      answer_sealed: noteOf('request_id', answerPlace),
    },
  },
  {
    table: 'request_reasons',
    key: ['agency_id', 'request_id'],
    texts: {
      facts_sealed: noteOf('request_id', reasonsPlace),
      answer_sealed: noteOf('request_id', reasonsPlace),
      finding_sealed: noteOf('request_id', reasonsPlace),
    },
  },
  {
    table: 'request_rectifications',
    key: ['agency_id', 'id'],
    texts: {
      asked_sealed: noteOf('request_id', rectificationPlace),
      decision_sealed: noteOf('request_id', rectificationPlace),
    },
  },
  {
    table: 'request_replies',
    key: ['agency_id', 'id'],
    texts: { content_sealed: noteOf('request_id', replyPlace) },
  },
  {
    table: 'request_reviews',
    key: ['agency_id', 'id'],
    texts: { opinion_sealed: noteOf('reply_id', opinionPlace) },
  },
  {
    table: 'request_files',
    key: ['agency_id', 'id'],
    texts: { name_sealed: (row) => namePlace(agencyOf(row), Number(row.form_id)) },
    files: { sealed_digest: fileOf },
    digests: (_texts, vault, { sealed_digest }) => ({
      digest: vault.digest('content', sealed_digest ?? ''),
    }),
  },
  {
    table: 'request_disputes',
    key: ['agency_id', 'id'],
    texts: { note_sealed: noteOf('request_id', disputePlace) },
  },
  {
    table: 'request_feedback',
    key: ['agency_id', 'request_id'],
    texts: { comment_sealed: noteOf('request_id', feedbackPlace) },
  },
];

/** None of an applicant whose data were disposed of. */
function applicantDigests(vault: Vault, applicant: string | null): SealedRow {
  if (applicant === null) return { name_digest: null, identity_digest: null, contact_digests: [] };
  const { name, identity, contacts } = digestsOf(vault, JSON.parse(applicant) as Applicant);
  return { name_digest: name, identity_digest: identity, contact_digests: contacts };
}
