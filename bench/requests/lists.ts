import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createAgency, type Role } from '../../src/areas/organisations/index.ts';
import {
  countGroups,
  countRequests,
  dueMonth,
  everything,
  gramsOf,
  type ListFilter,
  listRequests,
  requestLoad,
  sortsOf,
  stateGroups,
} from '../../src/areas/requests/index.ts';
import { type Clock, clockAt } from '../../src/core/clock.ts';
import type { Ctx } from '../../src/core/context.ts';
import { connect } from '../../src/core/db.ts';
import { openEmbeddedPostgres } from '../../src/core/embedded-postgres/index.ts';
import { migrate } from '../../src/core/migrations.ts';
import { fillRequests } from '../../tests/support/many-requests.ts';

/**
 * Lists of a million requests in one agency, `bench/requests/lists.ts [how many]`: every filter in every order, the first page, the
 * next, one in the middle and the last, as the pages ask for them.
 */
const total = Number(process.argv[2] ?? process.env.BENCH_REQUESTS ?? 1_000_000);
const ROUNDS = 5;
/** No list may take longer, at any filter and page. */
const MOST_MS = 200;
const TODAY = '2026-11-27';
const clock: Clock = clockAt(TODAY);

const folder = mkdtempSync(join(tmpdir(), 'gongkai-bench-'));
chmodSync(folder, 0o711);
const server = await openEmbeddedPostgres(folder);
await migrate(server.url);
const connection = connect(server.url);
const { db, pool } = connection;
const table: Record<string, Record<string, string | number>> = {};
const all: number[] = [];
/** Of the single pages of the work that is timed now. */
let spans: number[] = [];

try {
  const system = { db, clock, actor: { kind: 'system' as const, name: '性能测试' } };
  const agencyId = await createAgency(system, { code: 'many', name: '百万件申请', shortName: '百万件' });
  const filling = performance.now();
  await fillRequests(db, agencyId, total, TODAY);
  console.log(`${total} requests filled in ${((performance.now() - filling) / 1000).toFixed(0)} s`);
  await measureLists(agencyId);
  console.table(table);
  console.log(
    `all: p50 ${quantile(all, 0.5)} ms, p99 ${quantile(all, 0.99)} ms, worst ${quantile(all, 1)} ms`,
  );
  if (quantile(all, 1) >= MOST_MS) process.exitCode = 1;
} finally {
  await connection.close();
  await server.release();
  rmSync(folder, { recursive: true, force: true });
}

async function measureLists(agencyId: number): Promise<void> {
  const found = async (query: string, ...values: unknown[]): Promise<number> =>
    (await pool.query<{ id: number }>(query, [agencyId, ...values])).rows[0]?.id ?? 0;
  const unit = await found(`SELECT id FROM units WHERE agency_id = $1 AND code = 'U5'`);
  const largest = await found(`SELECT id FROM units WHERE agency_id = $1 AND code = 'U1'`);
  const handler = await found(
    `SELECT id FROM staff WHERE agency_id = $1 AND unit_id = $2 ORDER BY id LIMIT 1`,
    largest,
  );
  const as = (role: Role, unitId: number): Ctx => ({
    db,
    clock,
    agencyId,
    actor: { kind: 'staff', staffId: handler, name: '性能测试', agencyId, unitId, roles: [role] },
  });
  const officer = as('disclosure-officer', unit);
  const title = (word: string): Partial<ListFilter> => ({
    search: { by: 'title', words: [word], grams: gramsOf(word) },
  });
  const year = { received: { from: '2012-01-01', to: '2012-12-31' } };
  const lists: readonly [string, Ctx, Partial<ListFilter>][] = [
    ...(Object.keys(stateGroups) as (keyof typeof stateGroups)[]).map(
      (group): [string, Ctx, Partial<ListFilter>] => [`stage ${group}`, officer, { group }],
    ),
    ['overdue', officer, { group: 'open', due: { from: null, to: '2026-11-26' } }],
    ['due within days', officer, { group: 'open', due: { from: TODAY, to: '2026-12-04' } }],
    ['channel fax', officer, { channel: 'fax' }],
    ['channel fax, concluded', officer, { channel: 'fax', group: 'concluded' }],
    ['kind of applicant', officer, { applicantKind: 'research' }],
    ['regime of 2008', officer, { regime: 'R2008' }],
    [
      'regime of 2008, fax, research',
      officer,
      { regime: 'R2008', channel: 'fax', applicantKind: 'research' },
    ],
    ['result B4.2', officer, { result: 'B4.2' }],
    ['result that nobody got', officer, { result: 'W' }],
    ['received in 2012', officer, year],
    ['received in 2012, fax', officer, { ...year, channel: 'fax' }],
    ['received since, open', officer, { group: 'open', received: { from: '2026-11-01', to: null } }],
    ['a unit', officer, { unitId: unit }],
    ['a unit, open', officer, { unitId: unit, group: 'open' }],
    ['a unit with a fifth of all', officer, { unitId: largest }],
    ['the same, concluded by fax', officer, { unitId: largest, group: 'concluded', channel: 'fax' }],
    ['the same, in 2012', officer, { unitId: largest, ...year }],
    ['a handler', officer, { handlerId: handler }],
    ['a handler, open', officer, { handlerId: handler, group: 'open' }],
    ['a handler sees his unit', as('case-handler', unit), {}],
    ['a handler sees his unit, open', as('case-handler', unit), { group: 'open' }],
    ['a head sees the largest unit', as('unit-head', largest), {}],
    ['a head, open', as('unit-head', largest), { group: 'open' }],
    ['title, common words', officer, title('会议纪要')],
    ['title, rare words', officer, title('城街道2016年会议纪要')],
    ['title, no such words', officer, title('大熊猫')],
    ['title, open', officer, { ...title('会议纪要'), group: 'open' }],
    ['title, a handler', as('case-handler', unit), title('会议纪要')],
    ['number', officer, { search: { by: 'number', numbers: ['2016-000012'] } }],
    ['person', officer, { search: { by: 'person', digests: ['0'.repeat(64)] } }],
  ];
  for (const [name, ctx, part] of lists) {
    const filter = { ...everything, ...part };
    for (const sort of sortsOf(filter)) await measurePages(`${name}, by ${sort}`, ctx, filter, sort);
    await timed(`${name}: counts`, async () => {
      await countGroups(ctx, filter, '2026-12-02');
      if (filter.search?.by !== 'title') await countRequests(ctx, filter);
    });
  }
  const month = clock.today().toPlainYearMonth();
  await timed('calendar of a month', () => dueMonth(officer, month, { unitId: null, handlerId: null }));
  await timed('load by unit and week', () => requestLoad(officer, { unitId: null }));
}

async function measurePages(
  name: string,
  ctx: Ctx,
  filter: ListFilter,
  sort: 'due' | 'received' | 'number',
): Promise<void> {
  const page = (place: { after?: string; before?: string }, descending?: boolean) =>
    listRequests(ctx, filter, { sort, ...place, ...(descending !== undefined && { descending }) });
  const first = await page({});
  const middle = sort === 'number' ? '2017-030000~500000' : '2017-06-15~500000';
  await timed(name, async () => {
    await spent(() => page({}));
    if (first.next !== null) await spent(() => page({ after: first.next ?? '' }));
    await spent(() => page({ after: middle }));
    await spent(() => page({ before: middle }));
    // The last page is the first one of the list turned round.
    await spent(() => page({}, sort === 'due'));
  });
}

async function spent(work: () => Promise<unknown>): Promise<void> {
  const from = performance.now();
  await work();
  spans.push(performance.now() - from);
}

/** Rounds of some work: of the single pages it tells of, else of the whole. */
async function timed(name: string, work: () => Promise<unknown>): Promise<void> {
  await work();
  spans = [];
  const whole: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    await work();
    whole.push(performance.now() - from);
  }
  const times = spans.length > 0 ? spans : whole;
  all.push(...times);
  table[name] = {
    'p50 ms': quantile(times, 0.5),
    'p99 ms': quantile(times, 0.99),
    'worst ms': quantile(times, 1),
  };
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  const place = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
  return Math.round((sorted[Math.max(0, place)] ?? 0) * 10) / 10;
}
