import { sql } from 'kysely';
import type { Db } from '../db.ts';
import { fold } from './fold.ts';
import { cut, isHan } from './words.ts';
import './schema.ts';

const LONGEST = 40;
const MOST_KEPT = 2_000;
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

/** Keeps that a search found nothing; nothing of who searched, nothing that may name a person. */
export async function keepMiss(db: Db, agencyId: number, typed: string, today: string): Promise<void> {
  const query = fold(typed).replaceAll(/\s+/gu, ' ').trim().toWellFormed();
  if (query.length < 2 || query.length > LONGEST || mayTellOfPerson(query)) return;
  await sql`INSERT INTO search_misses (agency_id, query, first_on, last_on)
    SELECT ${agencyId}::int, ${query}::text, ${today}::date, ${today}::date
    WHERE (SELECT count(*) FROM search_misses WHERE agency_id = ${agencyId}::int) < ${MOST_KEPT}::int
      OR EXISTS (SELECT FROM search_misses WHERE agency_id = ${agencyId}::int AND query = ${query}::text)
    ON CONFLICT (agency_id, query) DO UPDATE SET times = search_misses.times + 1, last_on = excluded.last_on`.execute(
    db,
  );
}

export interface SearchMiss {
  query: string;
  times: number;
  firstOn: string;
  lastOn: string;
}

/** What was looked for in vain, the most often first. */
export async function listMisses(db: Db, agencyId: number, limit: number): Promise<SearchMiss[]> {
  return db
    .selectFrom('search_misses')
    .select(['query', 'times', 'first_on as firstOn', 'last_on as lastOn'])
    .where('agency_id', '=', agencyId)
    .orderBy('times', 'desc')
    .orderBy('query')
    .limit(limit)
    .execute();
}

/** Forgets what nobody looked for in half a year. */
export async function forgetMisses(db: Db, today: string): Promise<void> {
  await sql`DELETE FROM search_misses WHERE last_on < ${today}::date - ${KEPT_DAYS}::int`.execute(db);
}
