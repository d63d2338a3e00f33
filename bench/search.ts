import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createAgency } from '../src/areas/organisations/index.ts';
import { clockAt } from '../src/core/clock.ts';
import { connect } from '../src/core/db.ts';
import { openEmbeddedPostgres } from '../src/core/embedded-postgres/index.ts';
import { migrate } from '../src/core/migrations.ts';
import {
  findEntries,
  forgetFrequencies,
  putEntries,
  type SearchEntry,
} from '../src/core/search-index/index.ts';
import { copyEntries, manyEntry } from '../tests/support/many-entries.ts';

/**
 * `bench/search.ts [--entries 1000000]`: how fast a million entries are searched, how large their index is and how fast it
 * was written. `bench/search.ts --items FILE --queries FILE`: how good the answers are. Items are JSON Lines as `import items`
 * takes them (`sourceId`, `title`, `body`), queries `{"query", "relevant": {sourceId: grade} | [sourceId …]}`.
 */
const TODAY = '2026-11-27';
const ROUNDS = 12;
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
  const system = { db, clock: clockAt(TODAY), actor: { kind: 'system' as const, name: '性能测试' } };
  const agencyId = await createAgency(system, { code: 'many', name: '百万条信息', shortName: '百万条' });
  const queries = option('queries');
  const items = option('items');
  if (queries !== null && items !== null) await measureQuality(agencyId, items, queries);
  else await measureSpeed(agencyId, Number(option('entries') ?? process.env.BENCH_ENTRIES ?? 1_000_000));
} finally {
  await connection.close();
  await server.release();
  rmSync(folder, { recursive: true, force: true });
}

async function measureSpeed(agencyId: number, count: number): Promise<void> {
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
      'p50 ms': quantile(times, 0.5),
      'p99 ms': quantile(times, 0.99),
      'worst ms': quantile(times, 1),
      found: Math.round(found / (ROUNDS + 1) / queries.length),
    };
  }
  const filtered: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const filters of [
      { year: 2012 },
      { unit: 7, genre: '通知' },
      { column: 3 },
      { validity: 'repealed' },
    ]) {
      const from = performance.now();
      await findEntries(db, agencyId, { query: '安全 工作', limit: 20, filters, facets: true });
      filtered.push(performance.now() - from);
    }
  }
  table['with filters and counts'] = {
    'p50 ms': quantile(filtered, 0.5),
    'p99 ms': quantile(filtered, 0.99),
    'worst ms': quantile(filtered, 1),
  };
  console.table(table);
  console.log(
    `one to four words: p50 ${quantile(words, 0.5)} ms, p99 ${quantile(words, 0.99)} ms, worst ${quantile(words, 1)} ms`,
  );
}

interface Line {
  sourceId: string;
  title?: string;
  body?: string;
  publishedOn?: string;
  documentNumber?: string;
  kind?: string;
}

interface Judged {
  query: string;
  relevant: Record<string, number> | string[];
}

const linesOf = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);

async function measureQuality(agencyId: number, items: string, queries: string): Promise<void> {
  const entries = linesOf<Line>(items).map(
    (line): SearchEntry => ({
      kind: 'item',
      ref: line.sourceId,
      sourceId: line.sourceId,
      href: `/items/${line.sourceId}`,
      title: line.title ?? '',
      body: (line.body ?? '').replaceAll(/<[^>]*>/g, ' '),
      documentNumber: line.documentNumber ?? '',
      publishedOn: line.publishedOn ?? null,
    }),
  );
  const writing = performance.now();
  await putEntries(db, agencyId, entries);
  console.log(
    `${entries.length} items written, ${Math.round(entries.length / ((performance.now() - writing) / 1000))}/s`,
  );
  await pool.query('VACUUM ANALYZE search_entries');
  forgetFrequencies(db);
  const judged = linesOf<Judged>(queries);
  const gains: number[] = [];
  const recalls: number[] = [];
  const times: number[] = [];
  const worst: [number, string][] = [];
  for (const { query, relevant } of judged) {
    const grades = new Map(
      Array.isArray(relevant) ? relevant.map((id) => [id, 1]) : Object.entries(relevant),
    );
    const from = performance.now();
    const { hits } = await findEntries(db, agencyId, { query, limit: 10 });
    times.push(performance.now() - from);
    const gain = hits.reduce(
      (sum, { sourceId }, place) => sum + discounted(grades.get(sourceId ?? '') ?? 0, place),
      0,
    );
    const ideal = [...grades.values()]
      .sort((a, b) => b - a)
      .slice(0, 10)
      .reduce((sum, grade, place) => sum + discounted(grade, place), 0);
    const wanted = [...grades.values()].filter((grade) => grade > 0).length;
    const got = hits.filter(({ sourceId }) => (grades.get(sourceId ?? '') ?? 0) > 0).length;
    gains.push(ideal === 0 ? 0 : gain / ideal);
    recalls.push(wanted === 0 ? 0 : got / Math.min(wanted, 10));
    worst.push([gains.at(-1) ?? 0, query]);
  }
  const mean = (list: readonly number[]) =>
    (list.reduce((sum, one) => sum + one, 0) / list.length).toFixed(3);
  console.log(
    `${judged.length} judged queries: nDCG@10 ${mean(gains)}, recall@10 ${mean(recalls)}, p50 ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms`,
  );
  const shown = worst.sort(([a], [b]) => a - b).slice(0, 10);
  console.table(shown.map(([gain, query]) => ({ query, 'nDCG@10': Math.round(gain * 1000) / 1000 })));
}

function discounted(grade: number, place: number): number {
  return (2 ** grade - 1) / Math.log2(place + 2);
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round((sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0) * 10) / 10;
}
