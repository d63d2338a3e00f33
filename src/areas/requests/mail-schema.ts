import type { GeneratedAlways } from 'kysely';
import type { MailReason, MailState } from './mail-model.ts';

interface RequestMailDraftTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  token: string;
  sender_sealed: string | null;
  subject_sealed: string | null;
  text_sealed: string | null;
  notes_sealed: string | null;
  received_at: Date;
  taken_at: Date;
  files: number;
  state: MailState;
  form_id: number | null;
  reason: MailReason | null;
  decided_by: number | null;
  decided_by_name: string | null;
  decided_at: Date | null;
  cleared_on: string | null;
}

interface RequestMailFileTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  draft_id: number;
  sealed_digest: string;
  details_sealed: string;
}

declare module '../../core/db.ts' {
  interface Database {
    request_mail_drafts: RequestMailDraftTable;
    request_mail_files: RequestMailFileTable;
  }
}
