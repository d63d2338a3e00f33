import type { Generated, GeneratedAlways } from 'kysely';

interface SearchEntryTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  kind: string;
  ref: string;
  source_id: string | null;
  href: string;
  title: string;
  body: string;
  document_number: Generated<string>;
  unit_id: number | null;
  column_id: number | null;
  genre: Generated<string>;
  validity: Generated<string>;
  published_on: string | null;
  title_words: string;
  words: string;
}

interface SearchMissTable {
  agency_id: number;
  query: string;
  times: Generated<number>;
  first_on: string;
  last_on: string;
  handled_on: string | null;
  handled_by: Generated<string>;
  handled_note: Generated<string>;
}

interface SearchSynonymTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  words: string[];
  left_out: Generated<boolean>;
  by_name: string;
  at: Date;
}

interface SearchStateTable {
  agency_id: number;
  synonyms: Generated<number>;
  layout: Generated<number>;
}

declare module '../db.ts' {
  interface Database {
    search_entries: SearchEntryTable;
    search_misses: SearchMissTable;
    search_synonyms: SearchSynonymTable;
    search_states: SearchStateTable;
  }
}
