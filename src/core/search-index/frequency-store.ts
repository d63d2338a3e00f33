import { sql } from 'kysely';
import type { Db } from '../db.ts';

/** How common words are, as shares of all entries. */
export interface Frequencies {
  /** Entries of all agencies. */
  entries: number;
  words: ReadonlyMap<string, number>;
  titleWords: ReadonlyMap<string, number>;
  /** Every word with at least this share is in `words`. */
  leastShare: number;
}

const KEPT_MS = 60_000;
const kept = new WeakMap<object, { at: number; found: Promise<Frequencies> }>();

/**
 * The most common words as the database's own statistics have them; empty for an index that was never counted (it is small
 * then). Read once a minute; `key` is what lives as long as the connection.
 */
export function frequencies(db: Db, key: object): Promise<Frequencies> {
  const known = kept.get(key);
  if (known && performance.now() - known.at < KEPT_MS) return known.found;
  const found = read(db);
  // While it is read anew, what was known is good enough.
  kept.set(key, { at: performance.now(), found: known ? known.found : found });
  found.then(
    (read) => kept.set(key, { at: performance.now(), found: Promise.resolve(read) }),
    () => kept.delete(key),
  );
  return known ? known.found : found;
}

/** Forgets what was read, after very many entries came at once. */
export const forgetFrequencies = (key: object): boolean => kept.delete(key);

async function read(db: Db): Promise<Frequencies> {
  const { rows } = await sql<{ attname: string; words: string[]; shares: number[]; entries: number }>`
    SELECT s.attname, s.most_common_elems::text::text[] AS words, s.most_common_elem_freqs::float8[] AS shares,
      (SELECT greatest(reltuples, 0)::float8 FROM pg_class WHERE oid = 'search_entries'::regclass) AS entries
    FROM pg_stats s WHERE s.schemaname = current_schema() AND s.tablename = 'search_entries'
      AND s.attname IN ('words', 'title_words') AND s.most_common_elems IS NOT NULL`.execute(db);
  const of = (name: string) => {
    const row = rows.find(({ attname }) => attname === name);
    return new Map(row?.words.map((word, index) => [word, row.shares[index] ?? 0]));
  };
  const words = of('words');
  const row = rows.find(({ attname }) => attname === 'words');
  // Behind the shares stand the least and the greatest of them, and that of null.
  const leastShare = row?.shares[row.words.length] ?? 0;
  return { entries: rows[0]?.entries ?? 0, words, titleWords: of('title_words'), leastShare };
}
