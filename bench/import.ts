import { spawn } from 'node:child_process';
import { chmodSync, createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import ExcelJS from 'exceljs';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { runCli } from '../src/bin/cli.ts';
import { openEmbeddedPostgres } from '../src/core/embedded-postgres/index.ts';
import { databaseUrl, onServer } from '../tests/support/database-server.ts';
import { manyLine, openHouseOfLines } from '../tests/support/many-lines.ts';

/**
 * `bench/import.ts [how many items]`: `gongkai import items` of JSON Lines, CSV and XLSX beside PostgreSQL's own COPY of the
 * same rows into the same tables, and beside COPY into tables whose indexes are made afterwards.
 */
const FORMATS = ['jsonl', 'csv', 'xlsx'] as const;
/** In the order in which one refers to another. */
const TABLES = ['items', 'item_versions', 'item_reviews', 'channel_posts', 'search_entries'];
/** What reviews rest on, and the ledger on nothing here: laid out beforehand, unasked. */
const GROUNDS = ['item_imports', 'item_import_parts'];
const FILE = process.env.BENCH_IMPORT_FILE;

if (FILE === undefined) await measure(Number(process.argv[2] ?? process.env.BENCH_ITEMS ?? 100_000));
else await importFile(FILE);

/** The command itself, in a process of its own: what it costs is told by the process. */
async function importFile(file: string): Promise<void> {
  const begun = performance.now();
  const code = await runCli(['import', 'items', file, '--json'], {
    stdout: () => {},
    stderr: (text) => process.stderr.write(text),
    isTerminal: false,
    env: process.env,
  });
  const ms = performance.now() - begun;
  process.stdout.write(JSON.stringify({ code, ms, megabytes: process.resourceUsage().maxRSS / 1024 }));
}

async function measure(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-bench-'));
  chmodSync(folder, 0o711);
  const server = await openEmbeddedPostgres(folder);
  try {
    const house = await clone(server.url, 'house', 'template1');
    await openHouseOfLines(house);
    const table: Record<string, Record<string, number | string>> = {};
    const row = (ms: number, more: Record<string, number | string> = {}) => ({
      seconds: rounded(ms / 1000),
      'items/s': Math.round(count / (ms / 1000)),
      ...more,
      load: rounded(loadavg()[0] ?? 0),
    });
    const files = join(folder, 'rows');
    for (const format of FORMATS) {
      const file = join(folder, `items.${format}`);
      await write(format, file, count);
      const url = await clone(server.url, `import_${format}`, 'house');
      const { ms, megabytes } = await inProcess(file, url, folder);
      if (format === 'jsonl') await unload(url, files);
      await demandAll(url, count);
      // Right after each import, as the machine may have more to do at one time than at another.
      const copied = await copyAll(await clone(server.url, `copied_${format}`, 'house'), files, false);
      table[`import ${format}`] = row(ms, {
        'of COPY': (copied / ms).toFixed(2),
        MB: Math.round(statSync(file).size / 2 ** 20),
        'peak MB': Math.round(megabytes),
      });
      table[`COPY after ${format}, indexes in place`] = row(copied);
      for (const name of [`import_${format}`, `copied_${format}`])
        await onServer(server.url, (client) => client.query(`DROP DATABASE ${name}`));
      rmSync(file);
    }
    const bare = await copyAll(await clone(server.url, 'bare', 'house'), files, true);
    table['COPY, indexes made afterwards'] = row(bare);
    console.table(table);
  } finally {
    await server.release();
    rmSync(folder, { recursive: true, force: true });
  }
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

async function clone(serverUrl: string, name: string, template: string): Promise<string> {
  await onServer(serverUrl, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  return databaseUrl(serverUrl, name);
}

async function inProcess(
  file: string,
  url: string,
  folder: string,
): Promise<{ ms: number; megabytes: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', import.meta.filename], {
    env: {
      ...process.env,
      BENCH_IMPORT_FILE: file,
      DATABASE_URL: url,
      GONGKAI_ENV: 'test',
      GONGKAI_SECRET: 's'.repeat(48),
      GONGKAI_VAR: join(folder, 'var'),
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const text of child.stdout) said += text;
  const { code, ...cost } = JSON.parse(said) as { code: number; ms: number; megabytes: number };
  if (code !== 0) throw new Error(`the import of ${file} ended with ${code}`);
  return cost;
}

async function write(format: (typeof FORMATS)[number], file: string, count: number): Promise<void> {
  if (format === 'xlsx') {
    const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: file });
    const sheet = workbook.addWorksheet('历史信息');
    sheet.addRow(Object.keys(manyLine(1, count))).commit();
    for (let n = 1; n <= count; n++) sheet.addRow(Object.values(manyLine(n, count))).commit();
    await workbook.commit();
    return;
  }
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  function* lines() {
    if (format === 'csv') yield `${Object.keys(manyLine(1, count)).join(',')}\r\n`;
    for (let n = 1; n <= count; n++) {
      const line = manyLine(n, count);
      yield format === 'csv'
        ? `${Object.values(line).map(quoted).join(',')}\r\n`
        : `${JSON.stringify(line)}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
}

async function demandAll(url: string, count: number): Promise<void> {
  await onServer(url, async (client) => {
    const { rows } = await client.query<{ items: string; entries: string }>(
      'SELECT (SELECT count(*) FROM items) AS items, (SELECT count(*) FROM search_entries) AS entries',
    );
    const { items, entries } = rows[0] ?? {};
    if (Number(items) !== count || Number(entries) !== count)
      throw new Error(`of ${count} items ${items} arrived, ${entries} of them in the search`);
  });
}

/** The rows that the import made, as COPY writes them. */
async function unload(url: string, files: string): Promise<void> {
  await onServer(url, async (client) => {
    for (const table of [...GROUNDS, ...TABLES])
      await pipeline(client.query(copyTo(`COPY ${table} TO STDOUT`)), createWriteStream(`${files}-${table}`));
  });
}

/**
 * In one transaction, with all that the tables check; returns milliseconds. The indexes of reviews stay: without them the check
 * that each item was reviewed reads all reviews for each.
 */
async function copyAll(url: string, files: string, indexesAfterwards: boolean): Promise<number> {
  const load = (client: pg.Client, table: string) =>
    pipeline(createReadStream(`${files}-${table}`), client.query(copyFrom(`COPY ${table} FROM STDIN`)));
  return onServer(url, async (client) => {
    await client.query('SET session_replication_role = replica');
    for (const table of GROUNDS) await load(client, table);
    await client.query('SET session_replication_role = origin');
    const begun = performance.now();
    await client.query('BEGIN');
    const { rows } = await client.query<{ name: string; definition: string }>(
      `SELECT i.indexname AS name, i.indexdef AS definition FROM pg_indexes i
       WHERE i.schemaname = 'public' AND i.tablename = ANY ($1) AND i.tablename <> 'item_reviews'
         AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname)`,
      [TABLES],
    );
    if (indexesAfterwards) for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
    for (const table of TABLES) await load(client, table);
    // A table with checks to come takes no index.
    await client.query('SET CONSTRAINTS ALL IMMEDIATE');
    if (indexesAfterwards) for (const { definition } of rows) await client.query(definition);
    await client.query('COMMIT');
    return performance.now() - begun;
  });
}
