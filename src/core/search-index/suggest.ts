import type { Db } from '../db.ts';
import { findEntries } from './find.ts';

const MOST = 8;

/** Titles that hold what was typed so far, each once, for the field while it is filled in. */
export async function suggestTitles(db: Db, agencyId: number, typed: string): Promise<string[]> {
  if (typed.trim().length < 2) return [];
  const { hits } = await findEntries(db, agencyId, { query: typed, limit: MOST * 2, everyWord: true });
  const titles = hits.map(({ title }) => title.map(({ text }) => text).join(''));
  return [...new Set(titles)].slice(0, MOST);
}
