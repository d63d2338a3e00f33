import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import { prepared } from '../prepared.ts';
import type { Facet } from './facet-words.ts';
import './schema.ts';

/** How many entries have a value of a facet. */
export interface FacetCount {
  facet: Facet;
  value: string;
  count: number;
}

export interface Counts {
  all: number;
  facets: FacetCount[];
}

const columns: readonly [Facet, string][] = [
  ['kind', 'kind'],
  ['unit', 'unit_id'],
  ['column', 'column_id'],
  ['genre', 'genre'],
  ['validity', 'validity'],
  ['year', 'year'],
];

/** How all entries that match divide; reads every one of them. `words` is the text of a `tsquery`. */
export function countFacets(db: Db, agencyId: number, words: string): Promise<Counts> {
  return counted(db, sql`search_facets(${agencyId}::int, ${words}::tsquery)`);
}

/** How the given entries divide. */
export function countFacetsOf(db: Db, agencyId: number, ids: readonly number[]): Promise<Counts> {
  return counted(
    db,
    sql`(SELECT kind, unit_id, column_id, genre, validity, extract(year FROM published_on)::int AS year
      FROM search_entries WHERE agency_id = ${agencyId}::int AND id = ANY (${ids}::bigint[])) e`,
  );
}

/** Every facet in one reading. */
async function counted(db: Db, from: RawBuilder<unknown>): Promise<Counts> {
  const names = sql.join(columns.map(([, name]) => sql.ref(name)));
  const sets = sql.join(columns.map(([, name]) => sql`(${sql.ref(name)})`));
  const value = sql.join(columns.map(([, name]) => sql`${sql.ref(name)}::text`));
  const { rows } = await sql<{
    which: number;
    value: string | null;
    count: number;
  }>`${prepared}SELECT grouping(${names})::int AS which,
      coalesce(${value}) AS value, count(*)::int AS count
    FROM ${from} GROUP BY GROUPING SETS (${sets}, ())`.execute(db);
  const every = 2 ** columns.length - 1;
  const facets = columns.flatMap(([facet], place) => {
    // A bit for each column that is not grouped by, the first column highest.
    const mask = every - 2 ** (columns.length - 1 - place);
    return rows.flatMap(({ which, value, count }) =>
      which === mask && value !== null && value !== '' ? [{ facet, value, count }] : [],
    );
  });
  return { all: rows.find(({ which }) => which === every)?.count ?? 0, facets };
}
