import type { Generated, GeneratedAlways } from 'kysely';
import type { EntryKind, Severity } from './model.ts';

interface DictionaryEntryTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  built_in: string | null;
  kind: EntryKind;
  severity: Severity;
  wrong: string;
  right: Generated<string[]>;
  near: Generated<string[]>;
  not_near: Generated<string[]>;
  exceptions: Generated<string[]>;
  note: Generated<string>;
  source: Generated<string>;
  enabled: Generated<boolean>;
  changed_by: string;
  changed_at: Date;
}

interface DictionaryStateTable {
  agency_id: number;
  revision: Generated<string>;
}

interface CheckedLinkTable {
  agency_id: number;
  href: string;
  noted_at: Date;
  checked_at: Date | null;
  fault: Generated<string>;
}

declare module '../../core/db.ts' {
  interface Database {
    dictionary_entries: DictionaryEntryTable;
    dictionary_states: DictionaryStateTable;
    checked_links: CheckedLinkTable;
  }
}
