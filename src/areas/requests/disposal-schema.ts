import type { Generated, GeneratedAlways } from 'kysely';
import type { DisposalState } from './disposal-model.ts';

interface RequestDisposalTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  years: number;
  closed_until: string;
  state: DisposalState;
  forms: number;
  disposed: Generated<number>;
  spared: Generated<number>;
  proposed_by: number;
  proposed_by_name: string;
  proposed_at: Date;
  decided_by: number | null;
  decided_by_name: string | null;
  decided_at: Date | null;
  reason: Generated<string>;
  done_at: Date | null;
}

interface RequestDisposalHoldTable {
  agency_id: number;
  form_id: number;
  reason: string;
  held_by: string;
  held_at: Date;
}

declare module '../../core/db.ts' {
  interface Database {
    request_disposals: RequestDisposalTable;
    request_disposal_holds: RequestDisposalHoldTable;
  }
}
