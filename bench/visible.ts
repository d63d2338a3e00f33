import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { beginItem, reviewItem, submitItem } from '../src/areas/catalogue/index.ts';
import { systemClock } from '../src/core/clock.ts';
import { connect } from '../src/core/db.ts';
import { openEmbeddedPostgres } from '../src/core/embedded-postgres/index.ts';
import { migrate } from '../src/core/migrations.ts';
import { anItem, openPublishingOffice } from '../tests/support/catalogue.ts';
import { manyLine } from '../tests/support/many-lines.ts';

/**
 * `bench/visible.ts [how many items are imported meanwhile]`: seconds from the act that publishes an item, itself included,
 * until readers see it, while an import makes every kept page be rendered again several times a second. Server, import and
 * publisher are processes of their own.
 */
const count = Number(process.argv[2] ?? process.env.BENCH_ITEMS ?? 10_000);
const POLL_MS = 25;
const BETWEEN_MS = 500;
const MOST_SECONDS = 2;
const folder = mkdtempSync(join(tmpdir(), 'gongkai-bench-'));
chmodSync(folder, 0o711);
const postgres = await openEmbeddedPostgres(folder);
await migrate(postgres.url);
const connection = connect(postgres.url);
const children: ChildProcess[] = [];

try {
  const office = await openPublishingOffice(connection.db);
  const today = systemClock.today().toString();
  const file = join(folder, 'history.jsonl');
  const lines = Array.from({ length: count }, (_, n) =>
    JSON.stringify({ ...manyLine(n + 1, count), unit: 'AJJ', column: 'notices' }),
  );
  writeFileSync(file, lines.join('\n'));
  const base = await startServer();
  const pages = {
    home: '/',
    list: '/catalogue/notices',
    feed: '/catalogue/notices/feed.xml',
    'search made anew': '/search?q=',
  };
  // Everything is loaded and kept before anything begins.
  for (const path of Object.values(pages)) await read(base + path);

  const approve = async (title: string): Promise<number> => {
    const content = { ...anItem, title, formedOn: today, columnId: office.columnId };
    const id = await beginItem(office.as('publisher', today), { unitId: office.unitId, content });
    await submitItem(office.as('publisher', today), id);
    for (const [who, step] of [
      ['unit-head', 'first'],
      ['secrecy-reviewer', 'second'],
    ] as const)
      await reviewItem(office.as(who, today), id, { step, result: 'passed', opinion: '' });
    return id;
  };
  /** The last review is the act that publishes. Seconds until it is done, and until each page shows it. */
  const publish = async (round: number): Promise<Record<string, number>> => {
    const title = `关于第${round}次试行独角兽计划的通知`;
    const id = await approve(title);
    const seen: Record<string, number> = {};
    const begun = performance.now();
    const seconds = () => (performance.now() - begun) / 1000;
    await reviewItem(office.as('disclosure-officer', today), id, {
      step: 'final',
      result: 'passed',
      opinion: '',
    });
    seen['the act'] = seconds();
    await Promise.all(
      Object.entries(pages).map(async ([name, path]) => {
        const address = path.endsWith('q=') ? `${base}${path}${encodeURIComponent(title)}` : base + path;
        while (!(await read(address)).includes(title)) {
          if (seconds() > 60) throw new Error(`${name} does not show it after a minute`);
          await wait(POLL_MS);
        }
        seen[name] = seconds();
      }),
    );
    return seen;
  };

  const quiet: Record<string, number>[] = [];
  for (let round = 1; round <= 3; round++) quiet.push(await publish(round));
  const importing = gongkai(['import', 'items', file]);
  const over = once(importing, 'exit').then(([code]) => code as number);
  let running = true;
  void over.then(() => {
    running = false;
  });
  while (running && (await imported()) === 0) await wait(POLL_MS);
  const busy: Record<string, number>[] = [];
  const began = performance.now();
  while (running) {
    busy.push(await publish(100 + busy.length));
    await wait(BETWEEN_MS);
  }
  if ((await over) !== 0) throw new Error(`the import ended with ${await over}`);
  const rate = Math.round(count / ((performance.now() - began) / 1000));
  console.log(
    `${busy.length} items published while ${count} were imported (${rate}/s), load ${loadavg()[0]?.toFixed(1)}; seconds from the beginning of the act`,
  );
  console.table(
    Object.fromEntries(
      ['the act', ...Object.keys(pages)].map((name) => [
        name,
        {
          'nothing else going on': worst(quiet, name),
          'during the import, median': median(busy, name),
          'during the import, worst': worst(busy, name),
        },
      ]),
    ),
  );
  const slowest = Math.max(...busy.flatMap((seen) => Object.values(seen)));
  if (slowest > MOST_SECONDS) {
    console.log(`an item was visible after ${slowest.toFixed(2)} s: more than ${MOST_SECONDS}`);
    process.exitCode = 1;
  }
} finally {
  for (const child of children) child.kill('SIGKILL');
  await connection.close();
  await postgres.release();
  rmSync(folder, { recursive: true, force: true });
}

async function imported(): Promise<number> {
  const { rows } = await connection.pool.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM item_reviews WHERE step = 'import'",
  );
  return rows[0]?.count ?? 0;
}

async function read(address: string): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer.text();
}

function gongkai(args: string[]): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/bin/cli.ts', ...args], {
    env: {
      ...process.env,
      DATABASE_URL: postgres.url,
      GONGKAI_ENV: 'test',
      GONGKAI_SECRET: 's'.repeat(48),
      GONGKAI_VAR: join(folder, 'var'),
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

async function startServer(): Promise<string> {
  const child = gongkai(['serve', '--port', '0']);
  let said = '';
  for await (const text of child.stdout ?? []) {
    said += text;
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
    if (!found) continue;
    return found[0];
  }
  throw new Error(`the server ended: ${said}`);
}

function median(rounds: readonly Record<string, number>[], name: string): number {
  const sorted = rounds.map((seen) => seen[name] ?? 0).sort((a, b) => a - b);
  return Number((sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(2));
}

function worst(rounds: readonly Record<string, number>[], name: string): number {
  return Number(Math.max(...rounds.map((seen) => seen[name] ?? 0)).toFixed(2));
}
