import type { GeneratedAlways } from 'kysely';
import type { RequestFileKind } from './model.ts';

interface RequestAttemptTable {
  agency_id: number;
  kind: 'file' | 'send' | 'send-slowly' | 'track-number' | 'track-address';
  key_digest: string;
  attempts: number;
  first_at: Date;
}

interface RequestSpentProofTable {
  agency_id: number;
  salt: string;
  expires_at: Date;
}

interface RequestDraftFileTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  token_digest: string;
  kind: RequestFileKind;
  sealed_digest: string;
  details_sealed: string;
}

declare module '../../core/db.ts' {
  interface Database {
    request_attempts: RequestAttemptTable;
    request_spent_proofs: RequestSpentProofTable;
    request_draft_files: RequestDraftFileTable;
  }
}
