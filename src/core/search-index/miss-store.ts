import { sql } from 'kysely';
import type { Db } from '../db.ts';
import { fold } from './fold.ts';
import { cut, isHan } from './words.ts';
import './schema.ts';

const LONGEST = 40;
const MOST_KEPT = 2_000;
/** Different searches that wait while one write is under way; what comes beyond them is not kept. */
const MOST_WAITING = 500;
const KEPT_DAYS = 180;
/** The hundred most common family names: a short run of characters behind one may be a person. */
const FAMILY_NAMES = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
);

/** Whether what was typed may tell of a person: an address, a number, a name. Such searches are not kept. */
export function mayTellOfPerson(folded: string): boolean {
  if (/\d{6}|@/u.test(folded)) return true;
  const words = cut(folded);
  return words.some((word, at) => {
    if (!FAMILY_NAMES.has(word.charAt(0)) || !isHan(word)) return false;
    if (word.length === 1) return (words[at + 1] ?? '') !== '';
    // A whole name is no word of a dictionary of things; two or three characters behind a family name may be one.
    return word.length <= 3 && words.length === 1;
  });
}

/** Searches in vain that wait to be written, by whose and what; at most one write is under way. */
interface Gathered {
  waiting: Map<string, Kept>;
  /** Ends when all that waited when it began is written; null: nothing is. */
  writing: Promise<void> | null;
}
interface Kept {
  agencyId: number;
  query: string;
  times: number;
  firstOn: string;
  lastOn: string;
}
const gathered = new WeakMap<Db, Gathered>();

/**
 * Keeps that a search found nothing; nothing of who searched, nothing that may name a person. What comes while one write is
 * under way is added up and written by the next: many who look for the same do not queue for its row. `today` is a civil date.
 * Resolves when it is written; who answers a reader does not wait for that.
 */
export async function keepMiss(db: Db, agencyId: number, typed: string, today: string): Promise<void> {
  const query = fold(typed).replaceAll(/\s+/gu, ' ').trim().toWellFormed();
  if (query.length < 2 || query.length > LONGEST || mayTellOfPerson(query)) return;
  const here = gathered.get(db) ?? { waiting: new Map<string, Kept>(), writing: null };
  gathered.set(db, here);
  const key = `${agencyId} ${query}`;
  const known = here.waiting.get(key);
  if (known === undefined && here.waiting.size >= MOST_WAITING) return;
  const { times, firstOn, lastOn } = known ?? { times: 0, firstOn: today, lastOn: today };
  here.waiting.set(key, {
    agencyId,
    query,
    times: times + 1,
    firstOn: today < firstOn ? today : firstOn,
    lastOn: today > lastOn ? today : lastOn,
  });
  await missesWritten(db);
}

/** Resolves when every search in vain that this process knows of is written. */
export async function missesWritten(db: Db): Promise<void> {
  const here = gathered.get(db);
  if (here?.writing) await here.writing.catch(() => {});
  // Of those who waited the first begins; the others wait for what he writes.
  if (here && here.writing === null && here.waiting.size > 0) {
    const kept = [...here.waiting.values()];
    here.waiting.clear();
    here.writing = writeMisses(db, kept).finally(() => {
      here.writing = null;
    });
  }
  await here?.writing;
}

async function writeMisses(db: Db, kept: readonly Kept[]): Promise<void> {
  // In one order everywhere: two processes that write the same rows never wait for each other.
  const rows = kept.toSorted((a, b) => a.agencyId - b.agencyId || (a.query < b.query ? -1 : 1));
  const column = <K extends keyof Kept>(name: K) => rows.map((row) => row[name]);
  await sql`INSERT INTO search_misses (agency_id, query, times, first_on, last_on)
    SELECT g.agency_id, g.query, g.times, g.first_on, g.last_on
    FROM unnest(${column('agencyId')}::int[], ${column('query')}::text[], ${column('times')}::int[], ${column('firstOn')}::date[],
      ${column('lastOn')}::date[]) WITH ORDINALITY g (agency_id, query, times, first_on, last_on, place)
    WHERE (SELECT count(*) FROM search_misses m WHERE m.agency_id = g.agency_id) + g.place <= ${MOST_KEPT}::int
      OR EXISTS (SELECT FROM search_misses m WHERE m.agency_id = g.agency_id AND m.query = g.query)
    ORDER BY g.place
    ON CONFLICT (agency_id, query) DO UPDATE SET times = search_misses.times + excluded.times,
      last_on = greatest(search_misses.last_on, excluded.last_on), handled_on = NULL, handled_by = '', handled_note = ''`.execute(
    db,
  );
}

export interface SearchMiss {
  query: string;
  times: number;
  firstOn: string;
  lastOn: string;
  /** When somebody saw to it; null: nobody did, or it was looked for in vain again since. */
  handledOn: string | null;
  handledBy: string;
  handledNote: string;
}

export interface MissFilter {
  group: 'open' | 'handled';
  /** Civil date: looked for on it or later. */
  since?: string;
  /** Part of what was typed. */
  text?: string;
  sort: 'often' | 'newest';
}

const missColumns = [
  'query',
  'times',
  'first_on as firstOn',
  'last_on as lastOn',
  'handled_on as handledOn',
  'handled_by as handledBy',
  'handled_note as handledNote',
] as const;

const chosen = (db: Db, agencyId: number, filter: Omit<MissFilter, 'sort'>) => {
  const since = filter.since;
  const text = fold(filter.text ?? '').trim();
  return db
    .selectFrom('search_misses')
    .where('agency_id', '=', agencyId)
    .where('handled_on', filter.group === 'open' ? 'is' : 'is not', null)
    .$if(since !== undefined, (query) => query.where('last_on', '>=', since ?? ''))
    .$if(text !== '', (query) => query.where(sql<boolean>`strpos(query, ${text}) > 0`));
};

/** What was looked for in vain, the most often or the latest first. */
export async function listMisses(
  db: Db,
  agencyId: number,
  filter: MissFilter,
  page: { limit: number; offset?: number },
): Promise<SearchMiss[]> {
  await missesWritten(db);
  return chosen(db, agencyId, filter)
    .select(missColumns)
    .orderBy(filter.sort === 'newest' ? 'last_on' : 'times', 'desc')
    .orderBy(filter.sort === 'newest' ? 'times' : 'last_on', 'desc')
    .orderBy('query')
    .limit(page.limit)
    .offset(page.offset ?? 0)
    .execute();
}

/** How many different things were looked for in vain, and how often. */
export async function countMisses(
  db: Db,
  agencyId: number,
  filter: Omit<MissFilter, 'sort'>,
): Promise<{ queries: number; times: number }> {
  await missesWritten(db);
  const row = await chosen(db, agencyId, filter)
    .select([sql<number>`count(*)::int`.as('queries'), sql<number>`coalesce(sum(times), 0)::int`.as('times')])
    .executeTakeFirstOrThrow();
  return row;
}

export async function findMiss(db: Db, agencyId: number, query: string): Promise<SearchMiss | null> {
  await missesWritten(db);
  const row = await db
    .selectFrom('search_misses')
    .select(missColumns)
    .where('agency_id', '=', agencyId)
    .where('query', '=', query)
    .executeTakeFirst();
  return row ?? null;
}

/** Notes that somebody saw to it, or takes that back with null. */
export async function markMiss(
  db: Db,
  agencyId: number,
  query: string,
  handled: { on: string; by: string; note: string } | null,
): Promise<void> {
  await db
    .updateTable('search_misses')
    .set({
      handled_on: handled?.on ?? null,
      handled_by: handled?.by ?? '',
      handled_note: handled?.note ?? '',
    })
    .where('agency_id', '=', agencyId)
    .where('query', '=', query)
    .execute();
}

/** Forgets what nobody looked for in half a year. */
export async function forgetMisses(db: Db, today: string): Promise<void> {
  await sql`DELETE FROM search_misses WHERE last_on < ${today}::date - ${KEPT_DAYS}::int`.execute(db);
}
