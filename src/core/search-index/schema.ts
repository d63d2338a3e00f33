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
}

declare module '../db.ts' {
  interface Database {
    search_entries: SearchEntryTable;
    search_misses: SearchMissTable;
  }
}
