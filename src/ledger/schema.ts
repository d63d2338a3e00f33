import type { ColumnType, Generated } from 'kysely';

type Json = ColumnType<unknown, string | null, never>;

export interface LedgerHeadTable {
  agency_id: number;
  seq: number;
  digest: string;
}

export interface LedgerActTable {
  agency_id: number;
  seq: number;
  at: Date;
  actor_kind: 'staff' | 'system' | 'public';
  actor_id: number | null;
  actor_name: string;
  act: string;
  ground: string;
  subject_kind: string;
  subject_id: string;
  subject_label: string;
  before: Json;
  after: Json;
  reason: string;
  previous_digest: string;
  digest: string;
}

export interface LedgerAnchorTable {
  agency_id: number;
  day: string;
  seq: number;
  digest: string;
  taken_at: Date;
  line_digest: string;
  line: Generated<number>;
}

export interface LedgerVerificationTable {
  agency_id: number;
  id: Generated<number>;
  started_at: Date;
  requested_by: string;
  total: number;
  entries: ColumnType<number, number | undefined, number>;
  seen_at: Date;
  finished_at: Date | null;
  ok: boolean | null;
  first_broken: number | null;
  problem: ColumnType<string, string | undefined, string>;
}

declare module '../core/db.ts' {
  interface Database {
    ledger_heads: LedgerHeadTable;
    ledger_acts: LedgerActTable;
    ledger_anchors: LedgerAnchorTable;
    ledger_verifications: LedgerVerificationTable;
  }
}
