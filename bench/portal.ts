import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/**
 * Public pages at fifty connections, `bench/portal.ts [how many items]`: kept and made anew, beside a file server sending the
 * same page: nginx where it is installed, else the barest server of Node. One thread asks, one answers.
 */
const CONNECTIONS = 50;
const SECONDS = 6;

interface Task {
  url: string;
  headers: Record<string, string>;
}
interface Outcome {
  perSecond: number;
  p50: number;
  p99: number;
  faults: number;
}

if (isMainThread) await measure();
else parentPort?.postMessage(await ask(workerData as Task));

/** As many requests as fifty connections get answered in the time. */
async function ask({ url, headers }: Task): Promise<Outcome> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const spans: number[] = [];
  let faults = 0;
  const once = () =>
    new Promise<void>((done) => {
      const begun = performance.now();
      get(url, { agent, headers }, (answer) => {
        answer.resume();
        answer.on('end', () => {
          spans.push(performance.now() - begun);
          if (answer.statusCode !== 200) faults += 1;
          done();
        });
      }).on('error', () => {
        faults += 1;
        done();
      });
    });
  const round = async (seconds: number) => {
    const end = performance.now() + seconds * 1000;
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        while (performance.now() < end) await once();
      }),
    );
  };
  await round(1.5);
  spans.length = 0;
  const begun = performance.now();
  await round(SECONDS);
  const perSecond = Math.round((spans.length * 1000) / (performance.now() - begun));
  agent.destroy();
  spans.sort((a, b) => a - b);
  const quantile = (q: number) => Number((spans[Math.floor((spans.length - 1) * q)] ?? 0).toFixed(1));
  return { perSecond, p50: quantile(0.5), p99: quantile(0.99), faults };
}

function inThread(task: Task): Promise<Outcome> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task, execArgv: ['--import', 'tsx'] });
    worker.on('message', done);
    worker.on('error', failed);
  });
}

async function measure(): Promise<void> {
  const { buildServer, openApp } = await import('../src/app.ts');
  const { readConfig } = await import('../src/config.ts');
  const { openEmbeddedPostgres } = await import('../src/core/embedded-postgres/index.ts');
  const { migrate } = await import('../src/core/migrations.ts');
  const { fillItems } = await import('../tests/support/many-items.ts');
  const total = Number(process.argv[2] ?? process.env.BENCH_ITEMS ?? 10_000);
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-bench-'));
  chmodSync(folder, 0o711);
  const postgres = await openEmbeddedPostgres(folder);
  await migrate(postgres.url);
  const settings = { GONGKAI_ENV: 'test', GONGKAI_SECRET: 's'.repeat(48), GONGKAI_VAR: join(folder, 'var') };
  const app = await openApp(readConfig({ ...settings, PUBLIC_URL: 'http://localhost:8080' }), postgres.url);
  const server = await buildServer(app);
  try {
    const { slug, indexNumber } = await fillItems(app.connection, total);
    const base = await server.listen({ port: 0, host: '127.0.0.1' });
    const pages = { home: '/', list: `/catalogue/${slug}`, item: `/items/${indexNumber}` };
    const table: Record<string, Outcome> = {};
    const plainFile = await (await fetch(base + pages.list)).text();
    for (const [name, path] of Object.entries(pages)) {
      table[`${name}, kept`] = await inThread({ url: base + path, headers: {} });
      // A message for one visitor: the page is made for him alone.
      table[`${name}, made anew`] = await inThread({
        url: base + path,
        headers: { cookie: 'gongkai-flash=x' },
      });
    }
    table['search, made anew'] = await inThread({
      url: `${base}/search?q=${encodeURIComponent('安全 通知')}`,
      headers: {},
    });
    Object.assign(table, await besideFile(folder, plainFile));
    console.log(`${total} items, ${CONNECTIONS} connections, ${SECONDS} s each, times in ms`);
    console.table(table);
  } finally {
    await server.close();
    await app.close();
    await postgres.release();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function besideFile(folder: string, page: string): Promise<Record<string, Outcome>> {
  if (spawnSync('nginx', ['-v']).status === 0)
    return { 'nginx, the list as a file': await underNginx(folder, page) };
  const body = Buffer.from(page);
  const bare = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': body.length });
    response.end(body);
  });
  await new Promise<void>((done) => bare.listen(0, '127.0.0.1', done));
  const { port } = bare.address() as AddressInfo;
  const outcome = await inThread({ url: `http://127.0.0.1:${port}/`, headers: {} });
  bare.close();
  return { 'node:http alone, the list from memory (no nginx here)': outcome };
}

async function underNginx(folder: string, page: string): Promise<Outcome> {
  const port = 18_391;
  writeFileSync(join(folder, 'index.html'), page);
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 256; }
http { access_log off; sendfile on; keepalive_requests 1000000; default_type text/html;
  server { listen 127.0.0.1:${port}; root ${folder}; } }`,
  );
  const nginx = spawn('nginx', ['-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  try {
    await new Promise((done) => setTimeout(done, 1000));
    return await inThread({ url: `http://127.0.0.1:${port}/index.html`, headers: {} });
  } finally {
    nginx.kill();
  }
}
