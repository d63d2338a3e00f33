import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../tests/support/database.ts';
import { ledgerHands } from '../../tests/support/ledger.ts';
import { clockAt } from '../core/clock.ts';
import type { Ctx } from '../core/context.ts';
import { transact } from '../core/db.ts';
import {
  actsBetween,
  actsOf,
  actsPage,
  anchorHeads,
  chains,
  GENESIS,
  headSeq,
  record,
  requestVerification,
  runVerification,
  verifications,
  verifyLedger,
} from './index.ts';

const { db, pool } = await freshDatabase();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-ledger-'));
const anchorFile = join(dir, 'anchors', 'ledger.jsonl');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const { agency, context, fill } = ledgerHands(db);

/** What only the owner of the database can do, and only by switching the guards off first. */
async function tamper(sql: string): Promise<void> {
  await pool.query(
    'ALTER TABLE ledger_acts DISABLE TRIGGER ALL; ALTER TABLE ledger_heads DISABLE TRIGGER ALL',
  );
  await pool.query(sql);
  await pool.query(`ALTER TABLE ledger_acts ENABLE TRIGGER ALL; ALTER TABLE ledger_heads ENABLE TRIGGER ALL;
    ALTER TABLE ledger_acts ENABLE ALWAYS TRIGGER ledger_acts_append_only;
    ALTER TABLE ledger_acts ENABLE ALWAYS TRIGGER ledger_acts_no_truncate;
    ALTER TABLE ledger_heads ENABLE ALWAYS TRIGGER ledger_heads_advance;
    ALTER TABLE ledger_heads ENABLE ALWAYS TRIGGER ledger_heads_no_delete`);
}

describe('recording', () => {
  let ctx: Ctx;
  beforeAll(async () => {
    ctx = context(await agency('recording'));
    await fill(ctx, 3);
  });

  it('refuses to record outside a transaction', async () => {
    await expect(record(ctx, { act: 'a.b', subject: { kind: 'x', id: 1 } })).rejects.toThrow('transaction');
  });

  it('leaves no act behind when the change itself fails', async () => {
    const failing = transact(ctx, async (inside) => {
      await record(inside, { act: 'returns.submit', subject: { kind: 'return', id: 99 } });
      throw new Error('the change failed');
    });
    await expect(failing).rejects.toThrow('the change failed');
    expect(await headSeq(db, ctx.agencyId)).toBe(3);
  });

  it('numbers acts of writers at the same time without a gap', async () => {
    const own = context(await agency('crowded'));
    await Promise.all(Array.from({ length: 20 }, () => fill(own, 2)));
    expect(await headSeq(db, own.agencyId)).toBe(40);
    expect((await verifyLedger(db, 'crowded')).ok).toBe(true);
  });

  it('keeps its digest for values that PostgreSQL stores differently from JavaScript', async () => {
    const odd = context(await agency('odd'));
    await transact(odd, (inside) =>
      record(inside, {
        act: 'returns.submit',
        subject: { kind: 'return', id: 'a\0b', label: 'x\ud800y' },
        before: { z: 1, a: 1e21, small: 1e-7, minus: -0, text: '\0\udc00', on: new Date(0), gone: undefined },
        after: [null, 0.1 + 0.2, { 中: '𠮷', b: [] }],
      }),
    );
    expect((await verifyLedger(db, 'odd')).ok).toBe(true);
  });

  it('tells the history of one record and the acts between two heads', async () => {
    expect(await actsOf(db, ctx.agencyId, 'return', 2)).toEqual([
      { seq: 2, at: '2018-06-01T04:00:00.000Z', title: expect.any(String), by: '李文', detail: '第2次' },
    ]);
    const between = await actsBetween(db, ctx.agencyId, 1, 3, ['return', 'meeting']);
    expect(between.map((entry) => entry.seq)).toEqual([2, 3]);
    expect(await actsBetween(db, ctx.agencyId, 0, 3, ['meeting'])).toEqual([]);
  });

  it.each([
    ['actor', { actor: '李文' }, 3],
    ['another actor', { actor: '王芳' }, 0],
    ['act', { act: 'returns.submit' }, 3],
    ['subject', { subjectKind: 'return', subjectId: '2' }, 1],
    ['the day in China', { from: '2018-06-01', to: '2018-06-01' }, 3],
    ['the day before', { to: '2018-05-31' }, 0],
    ['text', { text: '填报3' }, 1],
    ['text with a wildcard taken literally', { text: '%' }, 0],
  ])('filters by %s', async (_name, filter, found) => {
    expect(await actsPage(db, ctx.agencyId, filter, { limit: 10 })).toHaveLength(found);
  });

  it('pages down and up again by number', async () => {
    const seqs = async (page: { before?: number; after?: number }) =>
      (await actsPage(db, ctx.agencyId, {}, { ...page, limit: 2 })).map((entry) => entry.seq);
    expect(await seqs({})).toEqual([3, 2]);
    expect(await seqs({ before: 2 })).toEqual([1]);
    expect(await seqs({ after: 1 })).toEqual([3, 2]);
  });
});

describe('the database itself', () => {
  beforeAll(async () => {
    const ctx = context(await agency('guarded'));
    await fill(ctx, 2);
    await anchorHeads({ db, clock: ctx.clock, anchorFile }, 'daily');
  });
  const guarded = "(SELECT id FROM agencies WHERE code = 'guarded')";

  it.each([
    ['changing an act', `UPDATE ledger_acts SET reason = '改' WHERE agency_id = ${guarded}`],
    ['deleting an act', `DELETE FROM ledger_acts WHERE agency_id = ${guarded}`],
    ['emptying the ledger', 'TRUNCATE ledger_acts'],
    ['emptying it by way of the agencies', 'TRUNCATE agencies CASCADE'],
    [
      'changing an act with triggers silenced',
      "SET session_replication_role = replica; UPDATE ledger_acts SET reason = '改'",
    ],
    ['rewinding a head', `UPDATE ledger_heads SET seq = 1 WHERE agency_id = ${guarded}`],
    [
      'rewinding a head with triggers silenced',
      'SET session_replication_role = replica; UPDATE ledger_heads SET seq = 1',
    ],
    ['moving a head without an act', `UPDATE ledger_heads SET seq = seq + 1 WHERE agency_id = ${guarded}`],
    [
      'another digest for a head',
      `UPDATE ledger_heads SET digest = repeat('a', 64) WHERE agency_id = ${guarded}`,
    ],
    ['deleting a head', 'DELETE FROM ledger_heads'],
    ['emptying the heads', 'TRUNCATE ledger_heads'],
    [
      'an act that skips a number',
      `INSERT INTO ledger_acts (agency_id, seq, at, actor_kind, actor_name, act, subject_kind, subject_id, previous_digest, digest)
       SELECT agency_id, seq + 2, now(), 'system', 'x', 'a.b', 'x', '1', digest, repeat('b', 64) FROM ledger_heads WHERE agency_id = ${guarded}`,
    ],
    [
      'an act that does not name the digest before it',
      `INSERT INTO ledger_acts (agency_id, seq, at, actor_kind, actor_name, act, subject_kind, subject_id, previous_digest, digest)
       SELECT agency_id, seq + 1, now(), 'system', 'x', 'a.b', 'x', '1', repeat('c', 64), repeat('b', 64) FROM ledger_heads WHERE agency_id = ${guarded}`,
    ],
    ['changing an anchor', `UPDATE ledger_anchors SET digest = repeat('d', 64)`],
    ['deleting anchors', 'DELETE FROM ledger_anchors'],
    ['emptying the anchors', 'TRUNCATE ledger_anchors'],
  ])('refuses %s, also to its owner', async (_name, sql) => {
    const client = await pool.connect();
    try {
      await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
    } finally {
      client.release(true);
    }
    expect((await verifyLedger(db, 'guarded')).ok).toBe(true);
  });
});

describe('verification', () => {
  it.each([
    ['a changed field', "UPDATE ledger_acts SET reason = '改' WHERE $A AND seq = 3", 3, 'altered'],
    [
      'a changed value',
      `UPDATE ledger_acts SET after = '{"quantity": 5}' WHERE $A AND seq = 4`,
      4,
      'altered',
    ],
    [
      'a changed time',
      "UPDATE ledger_acts SET at = at + interval '1 day' WHERE $A AND seq = 1",
      1,
      'altered',
    ],
    ['a missing row', 'DELETE FROM ledger_acts WHERE $A AND seq = 3', 3, 'missing'],
    ['a missing first row', 'DELETE FROM ledger_acts WHERE $A AND seq = 1', 1, 'missing'],
    [
      'reordered rows',
      `UPDATE ledger_acts SET seq = 100 WHERE $A AND seq = 2; UPDATE ledger_acts SET seq = 2 WHERE $A AND seq = 3;
       UPDATE ledger_acts SET seq = 3 WHERE $A AND seq = 100`,
      2,
      'relinked',
    ],
    ['a tail cut off', 'DELETE FROM ledger_acts WHERE $A AND seq > 4', 5, 'head'],
    ['all acts gone', 'DELETE FROM ledger_acts WHERE $A', 1, 'head'],
    ['a head that does not match', "UPDATE ledger_heads SET digest = repeat('e', 64) WHERE $A", 6, 'head'],
    [
      'a tail cut off with the head taken back, against the anchor',
      `DELETE FROM ledger_acts WHERE $A AND seq > 4;
       UPDATE ledger_heads SET seq = 4, digest = (SELECT digest FROM ledger_acts WHERE $A AND seq = 4) WHERE $A`,
      5,
      'anchor',
    ],
  ])('finds %s', async (name, sql, firstBroken, problem) => {
    const code = `v-${firstBroken}-${name.length}`;
    const ctx = context(await agency(code));
    await fill(ctx, 5);
    await anchorHeads({ db, clock: ctx.clock, anchorFile }, 'moved');
    expect(await verifyLedger(db, code)).toMatchObject({ entries: 5, ok: true, firstBroken: null });
    await tamper(sql.replaceAll('$A', `agency_id = ${ctx.agencyId}`));
    const found = await verifyLedger(db, code);
    expect(found).toMatchObject({ ok: false, firstBroken, agency: code });
    expect(found.chains[0]?.problem).toBe(problem);
  });

  it('finds a history cut off in every table, by the anchor file', async () => {
    const ctx = context(await agency('all-tables'));
    await fill(ctx, 5);
    await anchorHeads({ db, clock: ctx.clock, anchorFile }, 'moved');
    const own = `agency_id = ${ctx.agencyId}`;
    await pool.query('ALTER TABLE ledger_anchors DISABLE TRIGGER ALL');
    await pool.query(`DELETE FROM ledger_anchors WHERE ${own}`);
    await pool.query('ALTER TABLE ledger_anchors ENABLE TRIGGER ALL');
    await tamper(`DELETE FROM ledger_acts WHERE ${own} AND seq > 4;
      UPDATE ledger_heads SET seq = 4, digest = (SELECT digest FROM ledger_acts WHERE ${own} AND seq = 4) WHERE ${own}`);
    expect((await verifyLedger(db, 'all-tables')).ok).toBe(true);
    const found = await verifyLedger(db, 'all-tables', { anchorFile });
    expect(found).toMatchObject({ ok: false, firstBroken: 5 });
  });

  it('is not misled by lines of another database in the same file', async () => {
    const ctx = context(await agency('neighbour'));
    await fill(ctx, 2);
    const mixed = join(dir, 'mixed.jsonl');
    const { anchorText } = await import('./anchor-file.ts');
    const takenAt = '2018-06-04T15:55:00.000Z';
    const line = {
      ledger: 'f'.repeat(16),
      agency: 'neighbour',
      day: '2018-06-04',
      seq: 1,
      digest: 'a'.repeat(64),
      takenAt,
      previous: GENESIS,
    };
    writeFileSync(mixed, `${anchorText(line)}\n`);
    expect(await verifyLedger(db, 'neighbour', { anchorFile: mixed })).toMatchObject({
      ok: true,
      entries: 2,
    });
  });

  it('keeps progress and result of a run, and one run at a time', async () => {
    const ctx = context(await agency('run'));
    await fill(ctx, 3);
    const id = await requestVerification(ctx);
    await expect(requestVerification(ctx)).rejects.toMatchObject({ code: 'already-verifying' });
    const silent = { db, clock: clockAt('2018-06-02') };
    expect((await verifications(db, silent.clock, ctx.agencyId, 1))[0]?.state).toBe('interrupted');
    await runVerification(silent, ctx.agencyId, id);
    expect((await verifications(db, ctx.clock, ctx.agencyId, 1))[0]).toMatchObject({
      state: 'sound',
      entries: 3,
      total: 3,
    });
    await tamper(`UPDATE ledger_acts SET reason = '改' WHERE agency_id = ${ctx.agencyId} AND seq = 2`);
    await runVerification(silent, ctx.agencyId, await requestVerification(ctx));
    expect((await verifications(db, ctx.clock, ctx.agencyId, 1))[0]).toMatchObject({
      state: 'broken',
      firstBroken: 2,
    });
  });

  it('reads on in small batches and reports progress', async () => {
    const ctx = context(await agency('batches'));
    await fill(ctx, 7);
    const [target] = await chains(db, 'batches');
    const seen: number[] = [];
    const { verifyChain } = await import('./verify.ts');
    const result = await verifyChain(db, target!, {
      batch: 3,
      onProgress: (entries) => void seen.push(entries),
    });
    expect(result).toMatchObject({ entries: 7, ok: true });
    expect(seen).toEqual([3, 6, 7]);
  });
});
