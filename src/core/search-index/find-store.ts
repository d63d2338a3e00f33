import { sql } from 'kysely';
import type { Db } from '../db.ts';
import { prepared } from '../prepared.ts';
import './schema.ts';

export interface Candidates {
  titled: number[];
  /** The newest first. */
  matched: number[];
}

/** The newest entries that match by title, and by anything. A query is the text of a `tsquery`; '' asks for nothing. */
export async function findCandidates(
  db: Db,
  agencyId: number,
  ask: { title: string; words: string; mostTitled: number; mostMatched: number },
): Promise<Candidates> {
  const { rows } = await sql<{ titled: number[] | null; matched: number[] | null }>`${prepared}SELECT
    CASE WHEN ${ask.title}::text <> '' THEN (SELECT array_agg(id) FROM search_title_matches(${agencyId}::int, ${ask.title}::tsquery, ${ask.mostTitled}::int)) END::float8[] AS titled,
    CASE WHEN ${ask.words}::text <> '' THEN (SELECT array_agg(id) FROM search_matches(${agencyId}::int, ${ask.words}::tsquery, ${ask.mostMatched}::int)) END::float8[] AS matched`.execute(
    db,
  );
  return { titled: rows[0]?.titled ?? [], matched: rows[0]?.matched ?? [] };
}

/**
 * The newest entries of the first level (each the text of a `tsquery`), and of each further one while there are fewer than `enough`; by title, and by
 * anything. One query: what need not be read is not.
 */
export async function findByLevels(
  db: Db,
  agencyId: number,
  levels: readonly string[],
  ask: { enough: number; mostTitled: number; mostMatched: number },
): Promise<number[]> {
  const name = (index: number) => sql.ref(`l${index}`);
  const soFar = (index: number) =>
    sql.join(
      Array.from({ length: index }, (_, before) => sql`(SELECT count(*) FROM ${name(before)})`),
      sql` + `,
    );
  const parts = levels.map((words, index) => {
    const [titled, matched] = [ask.mostTitled, ask.mostMatched];
    const wanted = index === 0 ? sql`` : sql`WHERE ${soFar(index)} < ${ask.enough}::int`;
    return sql`${name(index)} AS MATERIALIZED (
      SELECT id FROM search_title_matches(${agencyId}::int, ${words}::tsquery, ${titled}::int) ${wanted}
      UNION SELECT id FROM search_matches(${agencyId}::int, ${words}::tsquery, ${matched}::int) ${wanted})`;
  });
  const every = levels.map((_, index) => sql`SELECT id, ${index}::int AS level FROM ${name(index)}`);
  const { rows } = await sql<{ id: number }>`${prepared}WITH ${sql.join(parts)}
    SELECT id::float8 AS id FROM (${sql.join(every, sql` UNION ALL `)}) found GROUP BY id ORDER BY min(level), id DESC`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

export interface RankedRow {
  id: number;
  kind: string;
  ref: string;
  sourceId: string | null;
  href: string;
  title: string;
  documentNumber: string;
  validity: string;
  genre: string;
  publishedOn: string | null;
  score: number;
  /** Which of the things looked for it holds, by their places; null where it was not asked for. */
  held: number[] | null;
}

/** One of the things looked for: its alternatives, whole and word by word as texts of `tsquery`, with what each is worth. */
export interface RankedTerm {
  queries: readonly { query: string; words: readonly string[]; worth: number }[];
  worth: number;
}

/**
 * Weights of D (beside words), C (body), B (inside title words), A (title).
 */
const WEIGHTS = '{0.12,0.4,0.8,1.0}';

/**
 * The best of the given entries. With `part` those that hold so much of what is looked for, told with what each holds; then
 * only those of them that match `within`, the text of a `tsquery`.
 */
export async function rankEntries(
  db: Db,
  agencyId: number,
  ids: readonly number[],
  terms: readonly RankedTerm[],
  most: number,
  part: { leastWorth: number; within: string } | null = null,
): Promise<RankedRow[]> {
  if (ids.length === 0) return [];
  const any = ({ queries }: RankedTerm) => queries.map(({ query }) => query).join('|');
  const worthHeld = terms.map(
    (term) => sql`CASE WHEN v @@ ${any(term)}::tsquery THEN ${term.worth}::real ELSE 0 END`,
  );
  const enough = part ? sql`WHERE ${sql.join(worthHeld, sql` + `)} >= ${part.leastWorth}::real` : sql``;
  const places = terms.map((term, place) => sql`CASE WHEN v @@ ${any(term)}::tsquery THEN ${place}::int END`);
  const held = part ? sql`array_remove(ARRAY[${sql.join(places)}], NULL)` : sql`NULL::int[]`;
  const within = part && part.within !== '' ? sql`v @@ ${part.within}::tsquery` : sql`true`;
  const worth = terms.map(({ queries }) => {
    // Of several words the one that weighs least: `ts_rank` would measure how far they stand apart, which entries do not keep.
    const each = queries.map(({ words, worth }) => {
      const ranks = words.map(
        (word) => sql`ts_rank(${sql.raw(`'${WEIGHTS}'`)}::real[], v, ${word}::tsquery)`,
      );
      return sql`least(${sql.join(ranks)}) * ${worth}::real`;
    });
    return sql`greatest(${sql.join(each)})`;
  });
  const sum = worth.length > 0 ? sql.join(worth, sql` + `) : sql`1`;
  // A word list is read from beside the table once, not once for each thing looked for.
  const { rows } = await sql<RankedRow>`WITH c AS MATERIALIZED (
      SELECT id, published_on, validity, words || ''::tsvector AS v FROM search_entries
      WHERE agency_id = ${agencyId}::int AND id = ANY (${ids}::bigint[])),
    best AS MATERIALIZED (SELECT id, (${sum}) / (1 + 0.1 * ln(greatest(length(v), 1)))
        * (1 + 0.12 * exp(-greatest(current_date - coalesce(published_on, '1990-01-01'), 0) / 1000.0))
        * CASE WHEN validity IN ('repealed', 'expired') THEN 0.8 ELSE 1 END AS score, ${held} AS held, ${within} AS within
      FROM c ${enough} ORDER BY 2 DESC, published_on DESC NULLS LAST, id DESC LIMIT ${most}::int)
    SELECT e.id, e.kind, e.ref, e.source_id AS "sourceId", e.href, e.title, e.document_number AS "documentNumber", e.validity, e.genre,
      e.published_on AS "publishedOn", b.score::float8 AS score, b.held
    FROM best b JOIN search_entries e ON e.agency_id = ${agencyId}::int AND e.id = b.id
    WHERE b.within
    ORDER BY b.score DESC, e.published_on DESC NULLS LAST, e.id DESC`.execute(db);
  return rows;
}

/** The given entries in their order, without score. */
export async function readEntries(db: Db, agencyId: number, ids: readonly number[]): Promise<RankedRow[]> {
  const { rows } = await sql<RankedRow>`${prepared}SELECT id, kind, ref, source_id AS "sourceId", href, title,
      document_number AS "documentNumber", validity, genre, published_on AS "publishedOn", 0::float8 AS score,
      NULL::int[] AS held
    FROM search_entries WHERE agency_id = ${agencyId}::int AND id = ANY (${ids}::bigint[])`.execute(db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Titles and bodies, by id. */
export async function readBodies(
  db: Db,
  agencyId: number,
  ids: readonly number[],
): Promise<Map<number, { title: string; body: string }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: number; title: string; body: string }>`${prepared}SELECT id, title, body
    FROM search_entries WHERE agency_id = ${agencyId}::int AND id = ANY (${ids}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** In how many entries each stands, counted up to a bound. Each is the text of a `tsquery`. */
export async function countEach(
  db: Db,
  agencyId: number,
  queries: readonly string[],
  most: number,
): Promise<number[]> {
  if (queries.length === 0) return [];
  const { rows } = await sql<{ count: number }>`SELECT
      (SELECT count(*)::int FROM search_matches(${agencyId}::int, q.query::tsquery, ${most}::int)) AS count
    FROM unnest(${queries}::text[]) WITH ORDINALITY q (query, place) ORDER BY q.place`.execute(db);
  return rows.map(({ count }) => count);
}

/** Publication dates of the newest entry and of the one so many places behind it; null before there is one. */
export async function datesBack(
  db: Db,
  agencyId: number,
  places: readonly number[],
): Promise<{ newest: string | null; back: (string | null)[] }> {
  const at = (place: number) =>
    sql`(SELECT published_on FROM search_entries WHERE agency_id = ${agencyId}::int
      ORDER BY published_on DESC NULLS LAST, id DESC OFFSET ${place}::int LIMIT 1)::text`;
  const { rows } = await sql<{ newest: string | null; back: (string | null)[] }>`
    SELECT ${at(0)} AS newest, ARRAY[${sql.join(places.map(at))}]::text[] AS back`.execute(db);
  return rows[0] ?? { newest: null, back: [] };
}
