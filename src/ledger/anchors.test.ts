import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../tests/support/database.ts';
import { ledgerHands } from '../../tests/support/ledger.ts';
import { clockAt } from '../core/clock.ts';
import type { Ctx } from '../core/context.ts';
import { ledgerId } from './anchor-store.ts';
import { anchorHeads, anchorsPage, chains, exportLedger, GENESIS, readAnchorFile } from './index.ts';

const { db } = await freshDatabase();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-ledger-'));
const anchorFile = join(dir, 'anchors', 'ledger.jsonl');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const { agency, context, fill } = ledgerHands(db);

describe('anchors and the offline verifier', () => {
  const exported = join(dir, 'export.jsonl');
  let ctx: Ctx;
  const at = (day: string) => ({ db, clock: clockAt(day), anchorFile });

  beforeAll(async () => {
    ctx = context(await agency('anchored'));
    await fill(ctx, 4);
    await anchorHeads(at('2018-06-01'), 'daily');
    await fill(ctx, 3);
    await anchorHeads(at('2018-06-02'), 'daily');
    const [chain] = await chains(db, 'anchored');
    let text = '';
    for await (const piece of exportLedger(db, chain!, '2018-06-02T10:00:00Z')) text += piece;
    writeFileSync(exported, text);
  });

  const own = async () =>
    (await anchorsPage(db, { agency: 'anchored', limit: 10 })).map(({ day, seq, acts }) => ({
      day,
      seq,
      acts,
    }));

  it('writes one line per chain and day, each repeating the digest of the line before', async () => {
    expect(await own()).toEqual([
      { day: '2018-06-02', seq: 7, acts: 3 },
      { day: '2018-06-01', seq: 4, acts: 4 },
    ]);
    expect((await readAnchorFile(anchorFile)).state).toBe('ok');
  });

  it('changes nothing when run again, and only moved heads are written at start and shutdown', async () => {
    expect((await anchorHeads(at('2018-06-02'), 'daily')).written).toBe(0);
    expect((await anchorHeads(at('2018-06-03'), 'moved')).written).toBe(0);
  });

  it('completes a line that reached the file but not the table, and drops a torn one', async () => {
    await fill(ctx, 1);
    const { sm3 } = await import('./chain.ts');
    const { anchorText } = await import('./anchor-file.ts');
    const [chain] = await chains(db, 'anchored');
    const { lastDigest, lines } = await readAnchorFile(anchorFile);
    const takenAt = '2018-06-04T15:55:00.000Z';
    const line = anchorText({
      ledger: await ledgerId(db),
      agency: 'anchored',
      day: '2018-06-04',
      seq: 8,
      digest: chain!.digest,
      takenAt,
      previous: lastDigest,
    });
    appendFileSync(anchorFile, `${line}\n{"agency":"anch`);
    expect((await anchorHeads(at('2018-06-04'), 'moved')).written).toBe(0);
    const [newest] = await anchorsPage(db, { agency: 'anchored', limit: 1 });
    expect(newest).toMatchObject({ seq: 8, takenAt, lineDigest: sm3(line) });
    expect(await readAnchorFile(anchorFile)).toMatchObject({ state: 'ok', lines: lines + 1 });
  });

  it('sees a changed, a removed and an inserted line of the anchor file', async () => {
    const lines = readFileSync(anchorFile, 'utf8').trimEnd().split('\n');
    const state = async (changed: string[]) => {
      const path = join(dir, 'changed.jsonl');
      writeFileSync(path, `${changed.join('\n')}\n`);
      return readAnchorFile(path);
    };
    expect(await state(lines)).toMatchObject({ state: 'ok' });
    expect(await state(lines.with(0, lines[0]!.replace('2018-06-01', '2018-06-09')))).toMatchObject({
      state: 'broken',
      brokenAt: 2,
    });
    expect(await state(lines.toSpliced(1, 1))).toMatchObject({ state: 'broken', brokenAt: 2 });
    expect(await state(lines.toSpliced(1, 0, lines[0]!))).toMatchObject({ state: 'broken', brokenAt: 2 });
    expect(await readAnchorFile(join(dir, 'nowhere.jsonl'))).toMatchObject({
      state: 'missing',
      lastDigest: GENESIS,
    });
  });

  function offline(change: (lines: string[]) => string[], ...args: string[]) {
    const path = join(dir, 'offline.jsonl');
    const lines = readFileSync(exported, 'utf8').trimEnd().split('\n');
    writeFileSync(path, `${change(lines).join('\n')}\n`);
    try {
      const out = execFileSync(process.execPath, ['scripts/verify-ledger.mjs', path, '--json', ...args], {
        encoding: 'utf8',
        stdio: 'pipe',
      });
      return { code: 0, ...JSON.parse(out) };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
      return { code: status, stderr, ...(stdout ? JSON.parse(stdout) : {}) };
    }
  }
  /** Re-chains acts the way someone would who has the program and the database. */
  async function forge(lines: string[]): Promise<string[]> {
    const { chain, sm3: _unused, ...rest } = await import('./chain.ts');
    let previous = rest.GENESIS;
    const header = JSON.parse(lines[0]!);
    const acts = lines.slice(1).map((line, index) => {
      const { previousDigest: _p, digest: _d, ...act } = JSON.parse(line);
      const digest = chain(previous, { ...act, seq: index + 1 });
      const text = JSON.stringify({ ...act, seq: index + 1, previousDigest: previous, digest });
      previous = digest;
      return text;
    });
    return [JSON.stringify({ ...header, entries: acts.length, head: previous }), ...acts];
  }

  it('accepts the true export against the anchor file and against a digest from the page', async () => {
    const [, second] = (await anchorsPage(db, { agency: 'anchored', limit: 10 })).filter(
      (anchor) => anchor.seq <= 7,
    );
    writeFileSync(
      join(dir, 'early.jsonl'),
      `${readFileSync(anchorFile, 'utf8').split('\n').slice(0, -2).join('\n')}\n`,
    );
    expect(offline((lines) => lines, '--anchors', join(dir, 'early.jsonl'))).toMatchObject({
      code: 0,
      ok: true,
      entries: 7,
      anchored: 7,
    });
    expect(offline((lines) => lines, '--digest', `${second!.seq}:${second!.digest}`)).toMatchObject({
      code: 0,
      anchored: second!.seq,
    });
  });

  it('finds an altered act', () => {
    expect(offline((lines) => lines.with(3, lines[3]!.replace('第3次', '第9次')))).toMatchObject({
      code: 1,
      firstBroken: 3,
    });
  });
  it('finds a removed and an inserted act', () => {
    expect(offline((lines) => lines.toSpliced(3, 1))).toMatchObject({ code: 1, firstBroken: 3 });
    expect(offline((lines) => lines.toSpliced(3, 0, lines[2]!))).toMatchObject({ code: 1, firstBroken: 3 });
  });
  it('finds a tail cut off, by the header', () => {
    expect(offline((lines) => lines.slice(0, -2))).toMatchObject({ code: 1, firstBroken: 6 });
  });
  it('finds a tail cut off with a header made to fit, only by the anchors', async () => {
    const forged = await forge(readFileSync(exported, 'utf8').trimEnd().split('\n').slice(0, 6));
    expect(offline(() => forged)).toMatchObject({ code: 0 });
    expect(offline(() => forged, '--anchors', anchorFile)).toMatchObject({ code: 1, firstBroken: 6 });
  });
  it('finds a history rewritten and chained anew, only by the anchors', async () => {
    const lines = readFileSync(exported, 'utf8').trimEnd().split('\n');
    const altered = await forge(lines.with(2, lines[2]!.replace('第2次', '第9次')));
    expect(offline(() => altered)).toMatchObject({ code: 0 });
    expect(offline(() => altered, '--anchors', anchorFile)).toMatchObject({ code: 1, firstBroken: 4 });
    const inserted = await forge(lines.toSpliced(2, 0, lines[2]!));
    expect(offline(() => inserted, '--anchors', anchorFile)).toMatchObject({ code: 1, firstBroken: 4 });
  });
  it('refuses digests of another agency and input it cannot read', () => {
    expect(
      offline(
        (lines) => [lines[0]!.replace('"anchored"', '"other"'), ...lines.slice(1)],
        '--anchors',
        anchorFile,
      ),
    ).toMatchObject({ code: 1 });
    expect(offline(() => ['not json'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not an exported ledger'),
    });
    expect(offline((lines) => lines, '--digest', '12')).toMatchObject({ code: 2 });
    expect(offline((lines) => lines, '--anchors', join(dir, 'nowhere'))).toMatchObject({ code: 2 });
  });
});
