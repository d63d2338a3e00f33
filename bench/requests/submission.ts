import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { PNG } from 'pngjs';
import { createAgency } from '../../src/areas/organisations/index.ts';
import { systemClock } from '../../src/core/clock.ts';
import { openDatabaseServer } from '../../src/core/database-server.ts';
import { connect } from '../../src/core/db.ts';
import { migrate } from '../../src/core/migrations.ts';
import { randomOf } from '../../src/demonstration/report-set/random.ts';
import { inventApplicant } from '../../src/demonstration/requests/applicants.ts';
import { solve } from '../../src/ui/islands/request-proof/solve.ts';

/**
 * People who hand in a form with an attachment within one minute, `bench/requests/submission.ts [how many]`. Before that
 * minute each fills in every page over HTTP on loopback and does the work the page asks for, which in life is done by two
 * hundred machines and here by one. Within it, each uploads a picture, reads the form once more, sends, and reads the
 * receipt; only this is measured.
 */
const PEOPLE = Number(process.argv[2] ?? process.env.BENCH_PEOPLE ?? 200);
const WITHIN_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'gongkai-bench-'));
const database = await openDatabaseServer({ databaseUrl: process.env.DATABASE_URL ?? null, varDir: folder });
await migrate(database.url);
const connection = connect(database.url);
const times = new Map<string, number[]>();
try {
  const system = {
    db: connection.db,
    clock: systemClock,
    actor: { kind: 'system' as const, name: '性能测试' },
  };
  await createAgency(system, { code: 'bench', name: '性能测试机关', shortName: '测试机关' });
  const { child, address } = await startServer();
  try {
    const people: Person[] = [];
    for (let nth = 0; nth < PEOPLE; nth++) people.push(await preparePerson(address, nth));
    times.clear();
    const began = performance.now();
    const receipts = await Promise.all(people.map((handIn, nth) => arrive(handIn, nth)));
    const took = (performance.now() - began) / 1000;
    await report(receipts, took);
  } finally {
    child.removeAllListeners('exit');
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
} finally {
  await connection.close();
  await database.release();
  rmSync(folder, { recursive: true, force: true });
}

async function startServer() {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/bin/cli.ts', 'serve', '--port', '0'], {
    env: {
      ...process.env,
      GONGKAI_ENV: 'test',
      GONGKAI_SECRET: 'b'.repeat(48),
      GONGKAI_VAR: folder,
      DATABASE_URL: database.url,
      TRUST_PROXY: 'true',
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (found) resolve(found[0]);
    });
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  return { child, address };
}

interface Receipt {
  number: string;
  code: string;
}

/** Hands in what was filled in and returns what is printed on the receipt. */
type Person = () => Promise<Receipt>;

async function arrive(handIn: Person, nth: number): Promise<Receipt> {
  await setTimeout((WITHIN_MS * nth) / PEOPLE);
  return handIn();
}

/** One person from the first page to the last but one, with the work done. */
async function preparePerson(server: string, nth: number): Promise<Person> {
  const from = `10.0.${Math.floor(nth / 250)}.${1 + (nth % 250)}`;
  const cookies = new Map<string, string>();
  let token = '';
  const ask = async (what: string, path: string, body?: URLSearchParams | FormData) => {
    const start = performance.now();
    const answer = await fetch(`${server}${path}`, {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'x-forwarded-for': from,
      },
      ...(body && { body }),
    });
    const text = await answer.text();
    times.set(what, [...(times.get(what) ?? []), performance.now() - start]);
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? token;
    if (answer.status >= 400)
      throw new Error(`${path} answered ${answer.status} to person ${nth}: ${wordsOf(text)}`);
    return text;
  };
  const fill = (step: string, fields: Record<string, string>) =>
    ask('a page is filled in', `/requests/new/${step}`, new URLSearchParams({ _csrf: token, ...fields }));
  const { name, identityNumber, phone } = inventApplicant('natural-person', randomOf(`person ${nth}`));
  await ask('a page is opened', '/requests/new/what');
  await fill('what', { title: `第${nth}号地块规划条件`, content: `第${nth}号地块的规划条件通知书全文。` });
  await fill('who', { kind: 'natural-person' });
  await fill('identity', { name, identityKind: 'resident', identityNumber });
  await fill('delivery', { wantedForm: 'electronic', deliveryWay: 'internet' });
  await fill('contact', { phone });
  const review = await ask('a page is opened', '/requests/new/review');
  const challenge = /name="challenge" value="([^"]+)"/.exec(review)?.[1] ?? '';
  const bits = Number(/^1\.(\d+)\./.exec(challenge)?.[1]);
  const solution = solve(challenge, bits);
  return async () => {
    await ask('a page is opened', '/requests/new/files');
    const form = new FormData();
    form.append('kind', 'attachment');
    form.append('file', new File([picture()], '示意图.png', { type: 'image/png' }));
    await ask(
      'an attachment of 180 kB is uploaded',
      `/requests/new/files?_csrf=${encodeURIComponent(token)}`,
      form,
    );
    await ask('a page is opened', '/requests/new/review');
    await ask(
      'the form is handed in',
      '/requests/new/review',
      new URLSearchParams({ _csrf: token, challenge, solution }),
    );
    const receipt = await ask('the receipt is read', '/requests/receipt');
    return {
      number: /<dd>(\d{4}-\d{6})<\/dd>/.exec(receipt)?.[1] ?? '',
      code: /查询码<\/dt><dd>([0-9A-Z]{4} [0-9A-Z]{4})<\/dd>/.exec(receipt)?.[1] ?? '',
    };
  };
}

function picture(): Uint8Array<ArrayBuffer> {
  const image = new PNG({ width: 240, height: 190 });
  randomBytes(image.data.length).copy(image.data);
  return Uint8Array.from(PNG.sync.write(image));
}

/** Every receipt is a request, every request has one receipt; then how long everything took. */
async function report(receipts: readonly Receipt[], took: number): Promise<void> {
  const { rows } = await connection.pool.query<{ number: string; files: number }>(
    `SELECT r.number, (SELECT count(*)::int FROM request_files f WHERE f.agency_id = r.agency_id AND f.form_id = r.form_id) AS files
     FROM requests r ORDER BY r.number`,
  );
  const numbers = receipts.map(({ number }) => number).toSorted();
  const whole =
    JSON.stringify(numbers) === JSON.stringify(rows.map(({ number }) => number)) &&
    rows.length === PEOPLE &&
    rows.every(({ files }) => files === 1) &&
    new Set(receipts.map(({ code }) => code)).size === PEOPLE;
  console.log(
    `${PEOPLE} people in ${took.toFixed(0)} s: ${rows.length} requests, ${new Set(numbers).size} receipts, ${whole ? 'each has the other' : 'THEY DO NOT MATCH'}`,
  );
  const table = Object.fromEntries(
    [...times].map(([what, all]) => [
      what,
      {
        times: all.length,
        'p50 ms': quantile(all, 0.5),
        'p99 ms': quantile(all, 0.99),
        'worst ms': quantile(all, 1),
      },
    ]),
  );
  console.table(table);
  const slow = quantile(times.get('the form is handed in') ?? [], 0.99) >= 1000;
  if (!whole || slow) process.exitCode = 1;
}

function quantile(all: readonly number[], part: number): number {
  const sorted = all.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}

const wordsOf = (html: string) =>
  html
    .replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 600);
