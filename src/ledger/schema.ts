import type { ColumnType } from 'kysely';

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

declare module '../core/db.ts' {
  interface Database {
    ledger_heads: LedgerHeadTable;
    ledger_acts: LedgerActTable;
  }
}
