import { describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { ordinaryCase } from '../../../tests/support/ordinary-case.ts';
import { openOffice } from '../../../tests/support/requests.ts';
import {
  addFiles,
  keepWaiting,
  openFile,
  recordDelivery,
  revealApplicant,
  waitingFiles,
  withWaiting,
} from './index.ts';

const { db, pool } = await freshDatabase();
const office = await openOffice(db);
const { officer, view, accepted, signed, send } = ordinaryCase(office);

test('the name of a file is told by its kind, until somebody said why he looks', async () => {
  const id = await accepted('2023-03-01');
  const file = { sealedDigest: 'a'.repeat(64), digest: 'b'.repeat(64), type: 'image/jpeg', bytes: 1 };
  const added = { ...file, kind: 'identity' as const, name: '李小明身份证.jpg' };
  const [fileId = 0] = await addFiles(office.as('case-handler', '2023-03-01'), id, [
    added,
    { ...added, kind: 'record', name: '2022年批复.jpg' },
  ]);
  const names = async () => (await view(id, '2023-03-01')).files.map(({ name }) => name);
  expect(await names()).toEqual(['身份证明 1.jpg', '2022年批复.jpg']);
  await revealApplicant(officer('2023-03-01'), id, '核对身份');
  expect(await openFile(officer('2023-03-01'), id, fileId)).toMatchObject({ name: added.name });
  expect(await names()).toEqual(['身份证明 1.jpg', '2022年批复.jpg']);
});

test('the proof of delivery is kept in the transaction that notes the delivery', async () => {
  const id = await accepted('2023-03-01');
  await signed(id, '2023-03-10');
  await send(id, '2023-03-10');
  const proof = {
    kind: 'proof' as const,
    name: '回证.pdf',
    type: 'application/pdf',
    bytes: 9,
    sealedDigest: 'c'.repeat(64),
    digest: 'd'.repeat(64),
  };
  const broken = { ...proof, sealedDigest: 'no digest' };
  const deliver = (file: typeof proof) =>
    recordDelivery(officer('2023-03-14'), { id }, { on: '2023-03-13', by: '本人', files: [file] });
  await expect(deliver(broken)).rejects.toThrow();
  expect((await view(id, '2023-03-14')).standing.reply?.deliveredOn).toBeNull();
  await deliver(proof);
  const found = await view(id, '2023-03-14');
  expect(found.standing.reply?.deliveredOn).toBe('2023-03-13');
  expect(found.files.map(({ kind }) => kind)).toEqual(['proof']);
});

describe('a file of a case that another handles', () => {
  test.each([
    ['attachment', 'requests-reason-asked'],
    ['identity', 'requests-reason-asked'],
    ['scan', 'requests-reason-asked'],
    ['correction', 'requests-reason-asked'],
    ['explanation', 'requests-reason-asked'],
    ['evidence', 'requests-reason-asked'],
    ['record', null],
    ['released', null],
  ] as const)('%s: %s', async (kind, refused) => {
    const id = await accepted('2023-03-01');
    const digest = 'a'.repeat(64);
    const file = { kind, name: '材料.pdf', type: 'application/pdf', bytes: 9, digest, sealedDigest: digest };
    const [fileId = 0] = await addFiles(officer('2023-03-02'), id, [file]);
    const open = () => openFile(officer('2023-03-02'), id, fileId);
    if (refused !== null) {
      await expect(open()).rejects.toMatchObject({ code: refused });
      await revealApplicant(officer('2023-03-02'), id, '核对申请材料');
    }
    expect((await open()).name).toBe('材料.pdf');
  });
});

test('the history tells of each act the files that it brought, also of two acts in one instant', async () => {
  const id = await accepted('2023-03-01');
  const file = { name: '一页.txt', type: 'text/plain', bytes: 1, digest: 'a'.repeat(64) };
  for (const [kind, digit] of [
    ['scan', '8'],
    ['record', '9'],
  ] as const)
    await addFiles(officer('2023-03-02'), id, [{ ...file, kind, sealedDigest: digit.repeat(64) }]);
  const { timeline } = await view(id, '2023-03-02');
  const links = timeline.filter(({ title }) => title === '添加文件').map((act) => act.links);
  expect(links.map((own) => own.map(({ label }) => label))).toEqual([['检索到的文件'], ['扫描件']]);
});

/** Until a transaction of this database waits for another. */
async function somebodyWaits(): Promise<void> {
  const query = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while ((await pool.query(query)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('files that wait with a form', () => {
  let shown = 0;
  const page = () => `files/1/page-${++shown}`;
  const sealed = (digit: string) => ({
    kind: 'scan' as const,
    name: `第${digit}页.pdf`,
    type: 'application/pdf',
    bytes: 9,
    digest: digit.repeat(64),
    sealedDigest: `${shown}`.padStart(64, digit),
  });
  const ctx = officer('2023-03-02');

  test('sent twice at once are taken once', async () => {
    const id = await accepted('2023-03-01');
    const key = page();
    await keepWaiting(ctx, { key, field: 'file' }, [sealed('1'), sealed('2')]);
    const take = () =>
      withWaiting(ctx, key, async (inside, files) => {
        await addFiles(inside, id, files);
        return { fresh: true, files: files.length };
      });
    const taken = await Promise.all([take(), take()]);
    expect(taken.map(({ files }) => files).sort()).toEqual([0, 2]);
    expect((await view(id, '2023-03-02')).files.map(({ name }) => name)).toEqual([
      '扫描件 1.pdf',
      '扫描件 2.pdf',
    ]);
  });

  test('one that comes while the others are taken is not lost', async () => {
    const key = page();
    await keepWaiting(ctx, { key, field: 'file' }, [sealed('1')]);
    let late = Promise.resolve();
    await withWaiting(ctx, key, async (_inside, files) => {
      late = keepWaiting(ctx, { key, field: 'file' }, [sealed('2')]);
      await Promise.race([late, somebodyWaits()]);
      return { fresh: true, files };
    });
    await late;
    expect((await waitingFiles(ctx, key)).map(({ name }) => name)).toEqual(['第2页.pdf']);
  });

  test('the same file chosen again waits once, and its second copy is discarded', async () => {
    const key = page();
    await keepWaiting(ctx, { key, field: 'file' }, [sealed('3')]);
    const copy = { ...sealed('3'), sealedDigest: 'c'.repeat(64) };
    await keepWaiting(ctx, { key, field: 'file' }, [copy]);
    expect((await waitingFiles(ctx, key)).map(({ sealedDigest }) => sealedDigest)).toEqual([
      sealed('3').sealedDigest,
    ]);
    const { rows } = await pool.query('SELECT sha256 FROM sealed_file_removals');
    expect(rows).toEqual([{ sha256: copy.sealedDigest }]);
  });

  test('there are no more than the form takes', async () => {
    const place = { key: page(), field: 'file', most: 1 };
    await keepWaiting(ctx, place, [sealed('4')]);
    await expect(keepWaiting(ctx, place, [sealed('5')])).rejects.toMatchObject({
      fields: { file: expect.stringContaining('最多 1 个文件') },
    });
  });
});
