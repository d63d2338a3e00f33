import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createAgency } from '../src/areas/organisations/index.ts';
import { clockAt } from '../src/core/clock.ts';
import { connect } from '../src/core/db.ts';
import { openEmbeddedPostgres } from '../src/core/embedded-postgres/index.ts';
import { migrate } from '../src/core/migrations.ts';
import {
  type Filters,
  findEntries,
  forgetFrequencies,
  putEntries,
  suggestTitles,
} from '../src/core/search-index/index.ts';
import { findPublic, readSearchNames } from '../src/portal/public-search.ts';
import { copyEntries, manyEntry } from '../tests/support/many-entries.ts';
import { type JudgedQuery, openCollection, openDemonstration } from './judged/collection.ts';
import { mean, qualityOf, quantile } from './judged/measures.ts';

/**
 * `npm run bench search [-- --entries 1000000]`: how fast a million entries are searched, how large their index is and how fast it
 * was written; then, or with `--judged` only, how good the answers are over the demonstration year.
 * `npm run bench search -- --items FILE --queries FILE`: how good they are on any collection: documents `{"id", "title", "text"}`,
 * queries `{"query", "relevant": {id: grade}}`, a line each.
 */
const TODAY = '2026-11-27';
const ROUNDS = 12;
/** A query whose first ten answers are worth less than this is told. */
const MISSED = 0.8;
const option = (name: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
};
const folder = mkdtempSync(join(tmpdir(), 'gongkai-bench-'));
chmodSync(folder, 0o711);
const server = await openEmbeddedPostgres(folder);
await migrate(server.url);
const connection = connect(server.url);
const { db, pool } = connection;

try {
  const [queries, documents] = [option('queries'), option('items')];
  if (queries !== null && documents !== null) {
    const { agencyId, judged } = await openCollection(db, { documents, queries });
    await measureQuality(agencyId, judged);
  } else {
    const { agencyId, judged } = await openDemonstration(db);
    await measureQuality(agencyId, judged);
    if (!process.argv.includes('--judged')) await measureSpeed();
  }
} finally {
  await connection.close();
  await server.release();
  rmSync(folder, { recursive: true, force: true });
}

async function measureSpeed(): Promise<void> {
  const count = Number(option('entries') ?? process.env.BENCH_ENTRIES ?? 1_000_000);
  const system = { db, clock: clockAt(TODAY), actor: { kind: 'system' as const, name: '性能测试' } };
  const agencyId = await createAgency(system, { code: 'many', name: '百万条信息', shortName: '百万条' });
  const filling = performance.now();
  const client = await pool.connect();
  const indexes = ['search_entries_titles', 'search_entries_words', 'search_entries_newest'];
  const { rows } = await client.query<{ indexdef: string }>(
    'SELECT indexdef FROM pg_indexes WHERE indexname = ANY ($1)',
    [indexes],
  );
  await client.query(`DROP INDEX ${indexes.join(', ')}`);
  await copyEntries(client, agencyId, {
    *[Symbol.iterator]() {
      for (let n = 1; n <= count; n++) yield manyEntry(n, count, TODAY);
    },
  });
  const copied = performance.now();
  await client.query("SET maintenance_work_mem = '1GB'");
  for (const { indexdef } of rows) await client.query(indexdef);
  await client.query('VACUUM ANALYZE search_entries');
  client.release();
  forgetFrequencies(db);
  const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(0)} s`;
  console.log(
    `${count} entries: cut into words and written in ${seconds(filling, copied)} (${Math.round(count / ((copied - filling) / 1000))}/s), indexes and statistics ${seconds(copied, performance.now())}`,
  );
  const { rows: sizes } = await pool.query<{ name: string; size: string }>(
    `SELECT c.relname AS name, pg_size_pretty(CASE WHEN c.relkind = 'r' THEN pg_table_size(c.oid) ELSE pg_relation_size(c.oid) END) AS size
     FROM pg_class c WHERE c.relname LIKE 'search_entries%' AND c.relkind IN ('r', 'i') ORDER BY 1`,
  );
  console.table(Object.fromEntries(sizes.map(({ name, size }) => [name, size])));
  await measureWriting(agencyId, count);
  await measureQueries(agencyId);
}

/** As publishing writes them: with all indexes in place. */
async function measureWriting(agencyId: number, count: number): Promise<void> {
  const more = Array.from({ length: 3000 }, (_, n) => ({
    ...manyEntry(n, count, TODAY),
    ref: `W${n}`,
    publishedOn: TODAY,
  }));
  const from = performance.now();
  await putEntries(db, agencyId, more.slice(0, 2900));
  const many = performance.now();
  for (const entry of more.slice(2900)) await putEntries(db, agencyId, [entry]);
  const one = performance.now();
  console.log(
    `with all indexes: ${Math.round(2900 / ((many - from) / 1000))} entries/s in batches, ${((one - many) / 100).toFixed(1)} ms for a single one`,
  );
}

async function measureQueries(agencyId: number): Promise<void> {
  const kinds: Readonly<Record<string, readonly string[]>> = {
    'one common word': ['通知', '公告', '工作', '昆明高新区', '政策解读', '信息公开', '申请人', '昆明'],
    'one word': ['住房公积金', '政府采购', '森林防火', '退役军人', '噪声监测', '图书馆', '水质', '职称'],
    'two words': ['公积金提取', '安全生产 通知', '人才引进 办法', '行政处罚 公示', '扶贫 项目', '招生 公告'],
    'three words': ['五华区 食品 抽检', '呈贡区 老旧小区 改造', '昆明高新区 部门 预算', '通知 工作 情况'],
    'four words': ['马金铺 街道 消防 安全', '关于 做好 防汛 工作 通知', '昆明 高新区 科技 创新券 管理办法'],
    names: ['王小雅', '徐国栋', '郭雪梅同志', '李建国'],
    'document numbers': ['昆高发〔2018〕12号', '(2020)35号', '云岭政发[2015]7号'],
    'phrase, exclusion': ['"特种设备实施方案"', '公租房 -通知', '昆明高新区 -公告 -通知'],
    'a sentence': ['在昆明高新区怎么提取住房公积金需要什么材料', '老旧小区改造的资金由谁负责'],
    'nothing there': ['量子纠缠望远镜', '大熊猫繁育基地', 'zzzzqqq'],
  };
  const told = (times: readonly number[]) => ({
    'p50 ms': quantile(times, 0.5),
    'p99 ms': quantile(times, 0.99),
    'worst ms': quantile(times, 1),
  });
  const table: Record<string, Record<string, string | number>> = {};
  const words: number[] = [];
  for (const [kind, queries] of Object.entries(kinds)) {
    const times: number[] = [];
    let found = 0;
    for (let round = 0; round <= ROUNDS; round++) {
      for (const query of queries) {
        const from = performance.now();
        const { total } = await findEntries(db, agencyId, { query, limit: 10 });
        // The first round brings pages into memory.
        if (round > 0) times.push(performance.now() - from);
        found += total;
      }
    }
    if (kind.includes('word')) words.push(...times);
    table[kind] = {
      ...told(times),
      found: Math.round(found / (ROUNDS + 1) / queries.length),
    };
  }
  const wordQueries = Object.entries(kinds).flatMap(([kind, queries]) =>
    kind.includes('word') ? queries : [],
  );
  const narrowings = [{ year: 2012 }, { unit: 7, genre: '通知' }, { column: 3 }, { validity: 'repealed' }];
  const timed = async (
    queries: readonly string[],
    ask: (query: string, round: number) => Promise<unknown>,
  ) => {
    const times: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      for (const query of queries) {
        const from = performance.now();
        await ask(query, round);
        if (round > 0) times.push(performance.now() - from);
      }
    }
    return times;
  };
  // What a reader waits for: results with their passages, counts of every filter, what he may have meant.
  const names = await readSearchNames(db, agencyId);
  const page = (query: string, filters: Filters = {}) =>
    findPublic(db, agencyId, { query, filters, sort: 'relevance', page: 1, everyWord: false }, names);
  const pages = {
    'the page, one to four words': await timed(wordQueries, (query) => page(query)),
    'the page, narrowed as well': await timed(wordQueries, (query, round) =>
      page(query, narrowings[round % narrowings.length]),
    ),
    'the page with nothing found, what was meant': await timed(
      ['住房公积今提取', '大熊猫繁育基地', 'zzzzqqq'],
      (query) => page(query),
    ),
    'suggestions while typing': await timed(
      wordQueries.map((query) => query.slice(0, 3)),
      (query) => suggestTitles(db, agencyId, query),
    ),
  };
  for (const [name, times] of Object.entries(pages)) table[name] = told(times);
  console.table(table);
  const { 'p50 ms': p50, 'p99 ms': p99 } = told([
    ...pages['the page, one to four words'],
    ...pages['the page, narrowed as well'],
  ]);
  console.log(`the page as a reader gets it, one to four words: p50 ${p50} ms, p99 ${p99} ms`);
  console.log(
    `one to four words: p50 ${quantile(words, 0.5)} ms, p99 ${quantile(words, 0.99)} ms, worst ${quantile(words, 1)} ms`,
  );
}

/** How good the answers are, by kind of query, and which queries miss. */
async function measureQuality(agencyId: number, judged: readonly JudgedQuery[]): Promise<void> {
  await pool.query('VACUUM ANALYZE search_entries');
  forgetFrequencies(db);
  const rows: { query: string; kind: string; ndcg: number; recall: number; first: string }[] = [];
  const times: number[] = [];
  for (const { query, kind, grades } of judged) {
    if (grades.size === 0) throw new Error(`no document answers “${query}”: the judgement is out of date`);
    const from = performance.now();
    const { hits } = await findEntries(db, agencyId, { query, limit: 10 });
    times.push(performance.now() - from);
    const found = hits.map(({ sourceId }) => sourceId ?? '');
    const first = hits[0]?.title.map(({ text }) => text).join('') ?? '';
    rows.push({ query, kind, ...qualityOf(found, grades), first });
  }
  const rounded = (share: number) => Math.round(share * 1000) / 1000;
  const summary = (some: typeof rows) => ({
    queries: some.length,
    'nDCG@10': rounded(mean(some.map(({ ndcg }) => ndcg))),
    'recall@10': rounded(mean(some.map(({ recall }) => recall))),
  });
  const kinds = Map.groupBy(rows, ({ kind }) => kind || 'all');
  console.table(Object.fromEntries([...kinds].map(([kind, some]) => [kind, summary(some)])));
  const { queries, 'nDCG@10': ndcg, 'recall@10': recall } = summary(rows);
  console.log(
    `${queries} judged queries: nDCG@10 ${ndcg}, recall@10 ${recall}, p50 ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms`,
  );
  const misses = rows.filter(({ ndcg }) => ndcg < MISSED).sort((a, b) => a.ndcg - b.ndcg);
  console.log(`${misses.length} of them below ${MISSED}:`);
  console.table(
    misses.map(({ query, ndcg, recall, first }) => ({
      query,
      'nDCG@10': rounded(ndcg),
      'recall@10': rounded(recall),
      first,
    })),
  );
}
