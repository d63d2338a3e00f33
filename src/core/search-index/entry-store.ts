import { sql } from 'kysely';
import type { Db } from '../db.ts';
import { BODY_READ, LAYOUT, LAYOUT_WORD, type SearchEntry, wordsOf } from './entry.ts';
import { markOf } from './facet-words.ts';
import { layoutOf, noteLayout } from './layout-store.ts';
import './schema.ts';

const BATCH = 500;

/** Makes an entry findable; the same kind and ref again replaces it. Part of the caller's transaction. */
export async function putEntry(db: Db, agencyId: number, entry: SearchEntry): Promise<void> {
  await putEntries(db, agencyId, [entry]);
}

/** The same for many. */
export async function putEntries(db: Db, agencyId: number, entries: readonly SearchEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += BATCH) {
    // Of the same entry twice, the later one holds.
    const batch = new Map(
      entries.slice(from, from + BATCH).map((entry) => [`${entry.kind}/${entry.ref}`, entry]),
    );
    const rows = [...batch.values()].map((entry) => rowOf(agencyId, entry));
    const column = <K extends keyof (typeof rows)[number]>(name: K) => rows.map((row) => row[name]);
    await sql`INSERT INTO search_entries (agency_id, kind, ref, source_id, href, title, body, document_number, unit_id, column_id,
        genre, validity, published_on, title_words, words)
      SELECT ${agencyId}::int, r.* FROM unnest(${column('kind')}::text[], ${column('ref')}::text[], ${column('source_id')}::text[],
        ${column('href')}::text[], ${column('title')}::text[], ${column('body')}::text[], ${column('document_number')}::text[],
        ${column('unit_id')}::int[], ${column('column_id')}::bigint[], ${column('genre')}::text[], ${column('validity')}::text[],
        ${column('published_on')}::date[], ${column('title_words')}::tsvector[], ${column('words')}::tsvector[]) r
      ON CONFLICT (agency_id, kind, ref) DO UPDATE SET source_id = excluded.source_id, href = excluded.href,
        title = excluded.title, body = excluded.body, document_number = excluded.document_number, unit_id = excluded.unit_id,
        column_id = excluded.column_id, genre = excluded.genre, validity = excluded.validity,
        published_on = excluded.published_on, title_words = excluded.title_words, words = excluded.words`.execute(
      db,
    );
  }
}

/** The columns of an entry as the table holds them, for those who write very many at once. */
export function rowOf(agencyId: number, entry: SearchEntry) {
  const { titleWords, words } = wordsOf(agencyId, entry);
  return {
    kind: entry.kind,
    ref: entry.ref,
    source_id: entry.sourceId,
    href: entry.href,
    title: plain(entry.title),
    body: plain(entry.body.slice(0, BODY_READ)),
    document_number: plain(entry.documentNumber ?? ''),
    unit_id: entry.unitId ?? null,
    column_id: entry.columnId ?? null,
    genre: entry.genre ?? '',
    validity: entry.validity ?? '',
    published_on: entry.publishedOn,
    title_words: titleWords,
    words,
  };
}

/** PostgreSQL keeps neither zeros nor halves of characters. */
const plain = (text: string) => text.replaceAll('\0', ' ').toWellFormed();

/** Takes an entry out; nothing happens when there is none. Part of the caller's transaction. */
export async function dropEntry(db: Db, agencyId: number, kind: string, ref: string): Promise<void> {
  await db
    .deleteFrom('search_entries')
    .where('agency_id', '=', agencyId)
    .where('kind', '=', kind)
    .where('ref', '=', ref)
    .execute();
}

/** Takes out all entries of a kind, or those whose ref begins so. */
export async function dropEntries(db: Db, agencyId: number, kind: string, refPrefix = ''): Promise<void> {
  await db
    .deleteFrom('search_entries')
    .where('agency_id', '=', agencyId)
    .where('kind', '=', kind)
    .where(sql<boolean>`starts_with(ref, ${refPrefix})`)
    .execute();
}

/**
 * Whether the entries of an agency are to be written anew: there are none, or some are of an older layout. Looked into once for
 * each layout; reading a large index takes seconds.
 */
export async function lacksEntries(db: Db, agencyId: number): Promise<boolean> {
  if ((await layoutOf(db, agencyId)) >= LAYOUT) return false;
  const current = `'${markOf(agencyId)}${LAYOUT_WORD}'`;
  const { rows } = await sql<{ any: boolean; older: boolean }>`SELECT
      EXISTS (SELECT FROM search_entries WHERE agency_id = ${agencyId}::int) AS any,
      EXISTS (SELECT FROM search_entries WHERE agency_id = ${agencyId}::int AND NOT words @@ ${current}::tsquery) AS older`.execute(
    db,
  );
  const lacks = rows[0] === undefined || !rows[0].any || rows[0].older;
  if (!lacks) await noteLayout(db, agencyId, LAYOUT);
  return lacks;
}

/** Notes that every entry of an agency is written as entries are now. */
export async function noteEntriesWritten(db: Db, agencyId: number): Promise<void> {
  await noteLayout(db, agencyId, LAYOUT);
}

/** Counts anew how common words are; after very many entries came at once. */
export async function analyseEntries(db: Db): Promise<void> {
  await sql`ANALYZE search_entries`.execute(db);
}
