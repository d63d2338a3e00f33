import type { Generated, GeneratedAlways } from 'kysely';
import type { FindingKind } from './inspection/kinds.ts';
import type { Decision, ReleaseSubject } from './model.ts';

interface ReleaseContentTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  subject_kind: ReleaseSubject['kind'];
  subject_id: number;
  digest: string;
  sha256_sealed: string;
  request_id: GeneratedAlways<number | null>;
  item_id: GeneratedAlways<number | null>;
}

interface ReleaseCheckTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  subject_kind: ReleaseSubject['kind'];
  subject_id: number;
  content_id: number;
  name_sealed: string;
  bytes: number;
  findings_sealed: string;
  open: number;
  passed: GeneratedAlways<boolean>;
  version: Generated<number>;
  checked_by: string;
  checked_at: Date;
}

interface ReleaseDecisionTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  check_id: number;
  kind: FindingKind;
  decision: Decision;
  finding_sealed: string;
  reason_sealed: string | null;
  decided_by: string;
  decided_at: Date;
}

declare module '../../core/db.ts' {
  interface Database {
    release_contents: ReleaseContentTable;
    release_checks: ReleaseCheckTable;
    release_decisions: ReleaseDecisionTable;
  }
}
