import { sql } from 'kysely';
import type { Db } from '../db.ts';
import { prepared } from '../prepared.ts';
import { builtInSynonyms, readSynonyms, type Synonyms, sameGroup } from './synonyms.ts';
import './schema.ts';

/** Words that are looked for together, as an agency added them or leaves them out. */
export interface SynonymGroup {
  id: number;
  words: string[];
  /** A group everybody has that this agency does without. */
  leftOut: boolean;
  byName: string;
  at: Date;
}

const kept = new WeakMap<object, Map<number, { revision: number; synonyms: Synonyms }>>();

/**
 * The synonyms of an agency as they are now, in whichever process they were changed: one number is read for every search,
 * the groups only after a change.
 */
export async function agencySynonyms(db: Db, agencyId: number): Promise<Synonyms> {
  const { rows } = await sql<{
    revision: number;
  }>`${prepared}SELECT synonyms::float8 AS revision FROM search_states
    WHERE agency_id = ${agencyId}::int`.execute(db);
  const revision = rows[0]?.revision ?? 0;
  const ofDb = kept.get(db) ?? new Map<number, { revision: number; synonyms: Synonyms }>();
  kept.set(db, ofDb);
  const known = ofDb.get(agencyId);
  if (known?.revision === revision) return known.synonyms;
  const groups = revision === 0 ? [] : await listSynonyms(db, agencyId);
  const out = groups.filter(({ leftOut }) => leftOut);
  const synonyms = readSynonyms([
    ...builtInSynonyms().filter((words) => !out.some((group) => sameGroup(group.words, words))),
    ...groups.filter(({ leftOut }) => !leftOut).map(({ words }) => words),
  ]);
  ofDb.set(agencyId, { revision, synonyms });
  return synonyms;
}

/** The groups of an agency, the newest first. */
export async function listSynonyms(db: Db, agencyId: number): Promise<SynonymGroup[]> {
  return db
    .selectFrom('search_synonyms')
    .select(['id', 'words', 'left_out as leftOut', 'by_name as byName', 'at'])
    .where('agency_id', '=', agencyId)
    .orderBy('id', 'desc')
    .execute();
}

/** Adds a group; every search from the end of the transaction on uses it. */
export async function insertSynonyms(
  db: Db,
  agencyId: number,
  group: Omit<SynonymGroup, 'id'>,
): Promise<number> {
  const { id } = await db
    .insertInto('search_synonyms')
    .values({
      agency_id: agencyId,
      words: group.words,
      left_out: group.leftOut,
      by_name: group.byName,
      at: group.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await raiseRevision(db, agencyId);
  return id;
}

export async function updateSynonyms(
  db: Db,
  agencyId: number,
  id: number,
  change: Pick<SynonymGroup, 'words' | 'byName' | 'at'>,
): Promise<void> {
  await db
    .updateTable('search_synonyms')
    .set({ words: change.words, by_name: change.byName, at: change.at })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
  await raiseRevision(db, agencyId);
}

export async function deleteSynonyms(db: Db, agencyId: number, id: number): Promise<void> {
  await db.deleteFrom('search_synonyms').where('agency_id', '=', agencyId).where('id', '=', id).execute();
  await raiseRevision(db, agencyId);
}

async function raiseRevision(db: Db, agencyId: number): Promise<void> {
  await sql`INSERT INTO search_states (agency_id, synonyms) VALUES (${agencyId}::int, 1)
    ON CONFLICT (agency_id) DO UPDATE SET synonyms = search_states.synonyms + 1`.execute(db);
}
