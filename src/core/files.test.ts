import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test, vi } from 'vitest';
import { openFiles } from './files.ts';

const dir = mkdtempSync(join(tmpdir(), 'gongkai-files-'));
const files = openFiles(dir, { maxBytes: 1000 });
afterAll(() => rmSync(dir, { recursive: true }));

async function kept(): Promise<string[]> {
  const digests: string[] = [];
  for await (const digest of files.list()) digests.push(digest);
  return digests;
}
const arriving = () => readdirSync(join(dir, 'arriving'));

test('keeps content under its digest, once', async () => {
  const file = await files.put(Buffer.from('公开为常态'));
  expect(file).toEqual({
    sha256: createHash('sha256').update('公开为常态').digest('hex'),
    sm3: createHash('sm3').update('公开为常态').digest('hex'),
    bytes: 15,
  });
  expect(await files.put(Readable.from(['公开', '为常态']))).toEqual(file);
  expect(await kept()).toEqual([file.sha256]);
  expect((await files.read(file.sha256)).toString()).toBe('公开为常态');
  const { content, bytes } = await files.stream(file.sha256);
  expect([await text(content), bytes]).toEqual(['公开为常态', 15]);
});

test('content beyond the limit leaves nothing behind', async () => {
  const before = await kept();
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(400);
    })(),
  );
  await expect(files.put(endless)).rejects.toMatchObject({ code: 'file-too-large', status: 413 });
  await expect(files.put(Buffer.alloc(11), { maxBytes: 10 })).rejects.toThrow('10 字节');
  expect(await kept()).toEqual(before);
  expect(arriving()).toEqual([]);
});

test('an upload that breaks off leaves nothing behind', async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('half of it');
      throw new Error('the line went dead');
    })(),
  );
  await expect(files.put(broken)).rejects.toThrow('the line went dead');
  expect(arriving()).toEqual([]);
});

test('what a crash cut short is swept away a day later', async () => {
  const dayBefore = new Date(Date.now() - 25 * 3600 * 1000);
  writeFileSync(join(dir, 'arriving', 'old'), 'half');
  writeFileSync(join(dir, 'arriving', 'young'), 'half');
  utimesSync(join(dir, 'arriving', 'old'), dayBefore, dayBefore);
  openFiles(dir, { maxBytes: 1000 });
  await vi.waitFor(() => expect(arriving()).toEqual(['young']));
});

test.each(['0'.repeat(64), '../../etc/passwd', 'ABC', ''])('nothing is kept as "%s"', async (digest) => {
  await expect(files.read(digest)).rejects.toMatchObject({ code: 'not-found' });
  await expect(files.stream(digest)).rejects.toMatchObject({ code: 'not-found' });
});
