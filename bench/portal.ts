import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/**
 * Public pages at fifty connections, `bench/portal.ts [how many items] [only what is called so]`: kept, and made anew by asking for another page each time,
 * beside a file server sending the same page: nginx where it is installed, else the barest server of Node. One thread asks.
 */
const CONNECTIONS = 50;
const WARMING = 3;
const SECONDS = 6;

interface Task {
  port: number;
  /** Asked for one after the other, and again from the first. */
  paths: readonly string[];
  headers: Record<string, string>;
  /** Asked before, and not measured: programs and plans are as they are in a long day. */
  warming: number;
  seconds: number;
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
async function ask({ port, paths, headers, warming, seconds }: Task): Promise<Outcome> {
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const requests = paths.map((path) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n${more.join('')}\r\n`),
  );
  const spans: number[] = [];
  let [faults, next] = [0, 0];
  const begun = performance.now() + warming * 1000;
  const end = begun + seconds * 1000;
  setTimeout(() => parentPort?.postMessage('warm'), warming * 1000);
  await Promise.all(Array.from({ length: CONNECTIONS }, () => visitor()));
  const perSecond = Math.round((spans.length * 1000) / (performance.now() - begun));
  spans.sort((a, b) => a - b);
  const quantile = (q: number) => Number((spans[Math.floor((spans.length - 1) * q)] ?? 0).toFixed(1));
  return { perSecond, p50: quantile(0.5), p99: quantile(0.99), faults };

  /** One connection that asks as soon as it has its answer. Reads no more of HTTP than it must: the bench is not what is measured. */
  function visitor(): Promise<void> {
    return new Promise((done) => {
      const socket = connect(port, '127.0.0.1');
      let asked = 0;
      let left = -1;
      let head = '';
      const once = () => {
        if (performance.now() >= end) return socket.destroy();
        asked = performance.now();
        socket.write(requests[next++ % requests.length] as Buffer);
      };
      socket.on('connect', once);
      socket.on('data', (data: Buffer) => {
        let body = data.length;
        if (left < 0) {
          head += data.toString('latin1');
          const at = head.indexOf('\r\n\r\n');
          if (at < 0) return;
          const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
          if (length === undefined || !head.startsWith('HTTP/1.1 200')) faults += 1;
          left = Number(length ?? 0);
          body = head.length - at - 4;
          head = '';
        }
        left -= body;
        if (left > 0) return;
        left = -1;
        if (asked >= begun) spans.push(performance.now() - asked);
        once();
      });
      socket.on('error', () => {
        faults += 1;
      });
      socket.on('close', () => done());
    });
  }
}

/** What came out, and the processor time of this thread from when all is warm, in µs. */
function inThread(task: Task): Promise<{ outcome: Outcome; used: number }> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task, execArgv: ['--import', 'tsx'] });
    let before = process.threadCpuUsage();
    worker.on('message', (told: Outcome | 'warm') => {
      if (told === 'warm') before = process.threadCpuUsage();
      else {
        const { user, system } = process.threadCpuUsage(before);
        done({ outcome: told, used: user + system });
      }
    });
    worker.on('error', failed);
  });
}

async function measure(): Promise<void> {
  const { buildServer, openApp } = await import('../src/app.ts');
  const { readConfig } = await import('../src/config.ts');
  const { openEmbeddedPostgres } = await import('../src/core/embedded-postgres/index.ts');
  const { migrate } = await import('../src/core/migrations.ts');
  const { rebuildSearch } = await import('../src/rebuild-search.ts');
  const { fillItems } = await import('../tests/support/many-items.ts');
  const total = Number(process.argv[2] ?? process.env.BENCH_ITEMS ?? 20_000);
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-bench-'));
  chmodSync(folder, 0o711);
  const postgres = await openEmbeddedPostgres(folder);
  await migrate(postgres.url);
  const settings = { GONGKAI_ENV: 'test', GONGKAI_SECRET: 's'.repeat(48), GONGKAI_VAR: join(folder, 'var') };
  const app = await openApp(readConfig({ ...settings, PUBLIC_URL: 'http://localhost:8080' }), postgres.url);
  const server = await buildServer(app);
  try {
    const { agencyId, slug, indexNumber } = await fillItems(app.connection, total);
    await rebuildSearch(app.connection.db, agencyId);
    // The table as it is the day after, not the minute after.
    await app.connection.pool.query('VACUUM ANALYZE');
    await app.connection.pool.query('CHECKPOINT');
    const base = await server.listen({ port: 0, host: '127.0.0.1' });
    const port = Number(new URL(base).port);
    const pages = { home: '/', list: `/catalogue/${slug}`, item: `/items/${indexNumber}` };
    const table: Record<string, Outcome & { cpu: string; load: string }> = {};
    const plainFile = await (await fetch(base + pages.list)).text();
    // A page is asked for a second time only after so many others that it has left the memory, if at all.
    const numbers = Array.from({ length: total }, (_, index) => ((index * 7919) % total) + 1);
    const anew: Record<string, readonly string[]> = {
      list: numbers.map((n) => `/catalogue/${slug}?older=201${6 + (n % 3)}-0${1 + (n % 9)}-1${n % 10}.${n}`),
      item: numbers.map((n) => `/items/MANY/2018-${String(n).padStart(7, '0')}`),
    };
    const told = async (name: string, task: Asked) => {
      if (!name.includes(process.argv[3] ?? '')) return;
      const { outcome, used } = await inThread({ ...task, warming: WARMING, seconds: SECONDS });
      const cpu = (used / outcome.perSecond / SECONDS).toFixed(0);
      table[name] = { ...outcome, cpu, load: (loadavg()[0] ?? 0).toFixed(1) };
    };
    for (const [name, path] of Object.entries(pages)) {
      await told(`${name}, kept`, { port, paths: [path], headers: {} });
      // The home page is one: a message for one visitor makes it anew for him alone.
      const others = anew[name];
      await told(`${name}, made anew`, {
        port,
        paths: others ?? [path],
        headers: others ? {} : { cookie: 'gongkai-flash=x' },
      });
    }
    const query = encodeURIComponent('安全 通知');
    await told('search, made anew', { port, paths: [`/search?q=${query}`], headers: {} });
    await besideFile(folder, plainFile, told);
    console.log(
      `${total} items, ${CONNECTIONS} connections, ${SECONDS} s each, times in ms; beside them what an answer costs the serving thread, in µs, and the load of the machine`,
    );
    console.table(table);
  } finally {
    await server.close();
    await app.close();
    await postgres.release();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Asked = Pick<Task, 'port' | 'paths' | 'headers'>;
type Told = (name: string, task: Asked) => Promise<void>;

async function besideFile(folder: string, page: string, told: Told): Promise<void> {
  if (spawnSync('nginx', ['-v']).status === 0) return underNginx(folder, page, told);
  const body = Buffer.from(page);
  const bare = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': body.length });
    response.end(body);
  });
  await new Promise<void>((done) => bare.listen(0, '127.0.0.1', done));
  const { port } = bare.address() as AddressInfo;
  await told('node:http alone, the list from memory (no nginx here)', { port, paths: ['/'], headers: {} });
  bare.close();
}

async function underNginx(folder: string, page: string, told: Told): Promise<void> {
  const port = 18_391;
  writeFileSync(join(folder, 'index.html'), page);
  const kept = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 256; }
http { access_log off; sendfile on; keepalive_requests 1000000; default_type text/html; ${kept.join(' ')}
  server { listen 127.0.0.1:${port}; root ${folder}; } }`,
  );
  const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  try {
    await new Promise((done) => setTimeout(done, 1000));
    await told('nginx, the list as a file', { port, paths: ['/index.html'], headers: {} });
  } finally {
    nginx.kill();
  }
}
