import type { Generated, GeneratedAlways } from 'kysely';
import type { Attribute, Validity } from './model.ts';
import './schema.ts';

interface ValidityChangeTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  item_id: number;
  kind: 'validity' | 'term';
  validity: Validity | null;
  from_on: string | null;
  replaced_by: number | null;
  valid_until: string | null;
  ground: string;
  state: 'open' | 'approved' | 'refused' | 'dropped';
  proposed_by: number;
  proposed_at: Date;
  decided_by: number | null;
  decided_at: Date | null;
  opinion: Generated<string>;
}

interface CleanUpTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  name: string;
  kinds: ('normative' | 'rule')[];
  cutoff_on: string;
  ground: string;
  reply_by: string;
  state: 'collecting' | 'submitted' | 'decided' | 'dropped';
  opened_by: number;
  opened_at: Date;
  submitted_by: number | null;
  submitted_at: Date | null;
  opinion: Generated<string>;
  decided_by: number | null;
  decided_on: string | null;
  decided_at: Date | null;
  result_item: number | null;
}

interface CleanUpDocumentTable {
  agency_id: number;
  clean_up_id: number;
  item_id: number;
  proposal: 'keep' | 'amend' | 'repeal' | 'expire' | null;
  replaced_by: number | null;
  ground: Generated<string>;
  proposed_by: number | null;
  proposed_at: Date | null;
  outcome: 'kept' | 'amended' | 'repealed' | 'expired' | 'gone' | null;
}

interface ItemReassessmentTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  item_id: number;
  version: number;
  attribute: Exclude<Attribute, 'proactive'>;
  result: Attribute;
  reason: string;
  assessed_on: string;
  next_on: string | null;
  assessed_by: number;
  at: Date;
}

interface CatalogueReminderTable {
  agency_id: number;
  kind: 'publication' | 'reassessment' | 'validity-end';
  item_id: number;
  due_on: string;
  days_left: number;
  reminded_at: Date;
}

declare module '../../core/db.ts' {
  interface Database {
    validity_changes: ValidityChangeTable;
    clean_ups: CleanUpTable;
    clean_up_documents: CleanUpDocumentTable;
    item_reassessments: ItemReassessmentTable;
    catalogue_reminders: CatalogueReminderTable;
  }
}
