import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type pg from 'pg';
import { systemClock } from '../src/core/clock.ts';
import type { Ctx } from '../src/core/context.ts';
import { connect, transact } from '../src/core/db.ts';
import { openEmbeddedPostgres } from '../src/core/embedded-postgres/index.ts';
import { migrate } from '../src/core/migrations.ts';
import { type ChainedAct, chain, GENESIS } from '../src/ledger/chain.ts';
import { exportLedger, record, verifyLedger } from '../src/ledger/index.ts';
import { chains } from '../src/ledger/store.ts';

/** Appending, verifying and exporting the ledger: `bench/ledger.ts [number of acts, default 1000000]`. */
const total = Number(process.argv[2] ?? 1_000_000);
const appended = 3000;

const folder = mkdtempSync(join(tmpdir(), 'gongkai-bench-'));
chmodSync(folder, 0o711);
const server = await openEmbeddedPostgres(folder);
await migrate(server.url);
const connection = connect(server.url);
const { db, pool } = connection;
const table: Record<string, Record<string, string | number>> = {};

try {
  const one = await agency('one');
  await timed('append, one writer', appended, async () => {
    for (let id = 0; id < appended; id++) await append(one, id);
  });
  await timed('record inside one transaction', appended, () =>
    transact(
      { db, clock: systemClock, actor: { kind: 'system' as const, name: '系统' }, agencyId: one },
      async (ctx) => {
        for (let id = 0; id < appended; id++) await record(ctx, { act: 'returns.submit', ...sample(id) });
      },
    ),
  );
  const agencies = await Promise.all(Array.from({ length: 8 }, (_, index) => agency(`agency-${index}`)));
  await timed('append, eight agencies at once', appended, async () => {
    await Promise.all(
      agencies.map(async (agencyId) => {
        for (let id = 0; id < appended / agencies.length; id++) await append(agencyId, id);
      }),
    );
  });
  const many = await agency('many');
  await fill(many, total);
  await timed('verify', total, async () => {
    const { ok, entries } = await verifyLedger(db, 'many');
    if (!ok || entries !== total) throw new Error(`verified ${entries} acts: ${ok}`);
  });
  const [target] = await chains(db, 'many');
  await timed('export', total, async () => {
    let bytes = 0;
    for await (const text of exportLedger(db, target!, '')) bytes += text.length;
    if (bytes === 0) throw new Error('nothing was exported');
  });
  console.table(table);
} finally {
  await connection.close();
  await server.release();
  rmSync(folder, { recursive: true, force: true });
}

async function timed(what: string, acts: number, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  table[what] = {
    acts,
    seconds: (ms / 1000).toFixed(1),
    'acts per second': Math.round((acts / ms) * 1000),
    'ms per act': (ms / acts).toFixed(4),
    'memory MB': Math.round(process.memoryUsage().rss / 1024 / 1024),
  };
}

async function agency(code: string): Promise<number> {
  const row = await db
    .insertInto('agencies')
    .values({ code, name: `机关${code}`, short_name: code, parent_id: null, closed_on: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

async function append(agencyId: number, id: number): Promise<void> {
  const ctx: Ctx = { db, clock: systemClock, actor: { kind: 'system', name: '系统' }, agencyId };
  await transact(ctx, (inside) => record(inside, { act: 'returns.submit', ...sample(id) }));
}

function sample(id: number) {
  return {
    ground: '《政府信息公开条例》第四十九条',
    subject: { kind: 'return', id, label: `2018年${(id % 12) + 1}月填报` },
    before: { status: 'draft', quantity: id },
    after: { status: 'submitted', quantity: id, note: '政务微博、政务微信公开政府信息数' },
    reason: '按月报送',
  };
}

/** Chains acts in memory and loads them as a restore does, which is not what is measured. */
async function fill(agencyId: number, count: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SET session_replication_role = replica');
    let previous = GENESIS;
    for (let from = 1; from <= count; from += 10_000) {
      const rows: (ChainedAct & { previous: string; digest: string })[] = [];
      for (let seq = from; seq < Math.min(from + 10_000, count + 1); seq++) {
        const { subject, before, after, ground, reason } = sample(seq);
        const act: ChainedAct = {
          agency: agencyId,
          seq,
          at: new Date(1_500_000_000_000 + seq * 1000).toISOString(),
          actorKind: 'system',
          actorId: null,
          actorName: '系统',
          act: 'returns.submit',
          ground,
          subjectKind: subject.kind,
          subjectId: String(subject.id),
          subjectLabel: subject.label,
          before,
          after,
          reason,
        };
        const digest = chain(previous, act);
        rows.push({ ...act, previous, digest });
        previous = digest;
      }
      await insert(client, rows);
    }
    await client.query('INSERT INTO ledger_heads VALUES ($1, $2, $3)', [agencyId, count, previous]);
    await client.query('ANALYZE ledger_acts');
  } finally {
    client.release(true);
  }
}

async function insert(client: pg.PoolClient, rows: object[]): Promise<void> {
  await client.query(
    `INSERT INTO ledger_acts SELECT agency, seq, at, "actorKind", "actorId", "actorName", act, ground, "subjectKind",
       "subjectId", "subjectLabel", before, after, reason, previous, digest
     FROM jsonb_to_recordset($1::jsonb) AS row (agency int, seq bigint, at timestamptz, "actorKind" text, "actorId" int,
       "actorName" text, act text, ground text, "subjectKind" text, "subjectId" text, "subjectLabel" text, before jsonb,
       after jsonb, reason text, previous text, digest text)`,
    [JSON.stringify(rows)],
  );
}
