import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { openFiles } from '../files.ts';
import { openSealedFiles, openVault } from './index.ts';

const dir = mkdtempSync(join(tmpdir(), 'gongkai-sealed-'));
const store = openFiles(dir, { maxBytes: 1000 });
afterAll(() => rmSync(dir, { recursive: true }));

const older = { id: 'older', key: randomBytes(32) };
const files = openSealedFiles(store, openVault([older]));
const rotated = openSealedFiles(store, openVault([{ id: 'newer', key: randomBytes(32) }, older]));
const CONTENT = Buffer.from('申请人张三的身份证复印件');
const context = 'attachment/3/17';

test('only sealed content reaches the disk, and it comes back', async () => {
  const file = await files.put(CONTENT, { context });
  expect(file.plain).toEqual({ sha256: createHash('sha256').update(CONTENT).digest('hex'), bytes: 36 });
  const onDisk = await store.read(file.sha256);
  expect(onDisk.includes('张三')).toBe(false);
  expect(onDisk.length).toBe(file.bytes);
  expect(await files.read(file.sha256, context)).toEqual(CONTENT);
  expect(await files.keyOf(file.sha256)).toBe('older');
});

test('what streams in is sealed as it passes, and equal content shows no likeness', async () => {
  const once = await files.put(Readable.from(['申请人张三的', '身份证复印件']), { context });
  const twice = await files.put(CONTENT, { context });
  expect(once.plain).toEqual(twice.plain);
  expect(once.sha256).not.toBe(twice.sha256);
  expect(await files.read(once.sha256, context)).toEqual(CONTENT);
});

test.each([
  ['exactly the limit', 100, null],
  ['one byte more', 101, '文件超过 100 字节'],
])('%s', async (_what, bytes, words) => {
  const before = readdirSync(dir);
  const putting = files.put(Readable.from([Buffer.alloc(60), Buffer.alloc(bytes - 60)]), {
    context,
    maxBytes: 100,
  });
  if (words === null) return expect((await putting).plain.bytes).toBe(bytes);
  await expect(putting).rejects.toThrow(words);
  expect([readdirSync(dir), readdirSync(join(dir, 'arriving'))]).toEqual([before, []]);
});

test('a file of another place does not open, nor one that was altered on the disk', async () => {
  const { sha256 } = await files.put(CONTENT, { context });
  await expect(files.read(sha256, 'attachment/3/18')).rejects.toThrow('belongs elsewhere');
  const altered = await store.read(sha256);
  altered[40]! ^= 1;
  const other = await store.put(altered);
  await expect(files.read(other.sha256, context)).rejects.toThrow('altered');
  await expect(files.read('0'.repeat(64), context)).rejects.toThrow('没有找到这个文件');
});

test('sealed anew under the current key, then the old one goes', async () => {
  const { sha256 } = await files.put(CONTENT, { context });
  const anew = await rotated.reseal(sha256, context);
  expect(await rotated.keyOf(anew.sha256)).toBe('newer');
  expect(await rotated.read(anew.sha256, context)).toEqual(CONTENT);
  expect(await rotated.reseal(anew.sha256, context)).toEqual({ sha256: anew.sha256, plain: anew.plain });
  await rotated.remove(sha256);
  await rotated.remove(sha256);
  await expect(rotated.read(sha256, context)).rejects.toThrow('没有找到这个文件');
});

test('a file that is not sealed has no key', async () => {
  const { sha256 } = await store.put(Buffer.from('公开的文件'));
  expect(await files.keyOf(sha256)).toBeNull();
});
