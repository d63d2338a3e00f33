import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import iconv from 'iconv-lite';
import JSZip from 'jszip';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { filedOffice, reportPage } from '../../../tests/support/filed-reports.ts';
import { openArchive } from './archive.ts';
import { batchFiles, MOST_FILES, readFiledReport } from './index.ts';

const { db } = await freshDatabase();
const folder = mkdtempSync(join(tmpdir(), 'gongkai-archive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let spooled = 0;

const zipOf = async (files: Record<string, string | Uint8Array>, encode?: (name: string) => Buffer) => {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(files)) zip.file(name, content);
  return zip.generateAsync({
    type: 'nodebuffer',
    compression: 'DEFLATE',
    ...(encode ? { encodeFileName: (name: string) => encode(name) as unknown as string } : {}),
  });
};
const open = (name: string, content: Uint8Array) => {
  const path = join(folder, String(++spooled));
  writeFileSync(path, content);
  return openArchive({ name, path });
};

describe('an archive of reports', () => {
  it('gives its files with their folders, without the litter of systems', async () => {
    const zip = await zipOf({
      '年报/青山县教育局/2022.html': '一',
      '__MACOSX/._2022.html': 'x',
      '年报/.DS_Store': 'x',
      '年报/Thumbs.db': 'x',
      '年报/~$教育局.docx': 'x',
    });
    const archive = await open('年报.zip', zip);
    expect(archive?.files.map(({ name }) => name)).toEqual(['年报/青山县教育局/2022.html']);
    expect((await buffer(await archive!.files[0]!.open())).toString()).toBe('一');
    archive?.close();
  });

  it('may bear names as Chinese Windows writes them', async () => {
    const zip = await zipOf({ '青山县教育局.html': '一' }, (name) => iconv.encode(name, 'gb18030'));
    // The flag that says UTF-8 is taken off, as it is not.
    for (let at = 0; at + 4 < zip.length; at++) {
      const sign = zip.readUInt32LE(at);
      if (sign === 0x04034b50) zip.writeUInt16LE(zip.readUInt16LE(at + 6) & ~0x0800, at + 6);
      if (sign === 0x02014b50) zip.writeUInt16LE(zip.readUInt16LE(at + 8) & ~0x0800, at + 8);
    }
    const archive = await open('年报.zip', zip);
    expect(archive?.files.map(({ name }) => name)).toEqual(['青山县教育局.html']);
    archive?.close();
  });

  it.each([
    ['a Word document', 'a.docx', { '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' }],
    ['an OpenDocument text', 'a.odt', { mimetype: 'application/vnd.oasis.opendocument.text' }],
  ])('is not %s', async (_, name, files) => expect(await open(name, await zipOf(files))).toBeNull());

  it('is not a text, nor a damaged document', async () => {
    expect(await open('a.txt', Buffer.from('PK 开头的文字'))).toBeNull();
    expect(await open('a.docx', Buffer.from('PK\x03\x04 damaged'))).toBeNull();
  });

  it.each([
    ['damaged', () => Buffer.from('PK\x03\x04 damaged'), '已损坏'],
    ['a bomb', () => zipOf({ 'a.html': Buffer.alloc(16 * 1024 * 1024) }), '已拒绝打开'],
  ])('%s is refused in words', async (_, content, words) => {
    await expect(open('年报.zip', await content())).rejects.toThrow(words);
  });
});

it('the reports of an archive are filed one by one, also by their folders', async () => {
  const office = await filedOffice(db, 'zip');
  const [town, bureau] = [await office.unit('青山县白水镇人民政府'), await office.unit('青山县教育局')];
  const zip = await zipOf({
    'x/1.html': reportPage('青山县白水镇人民政府', 2022),
    '青山县教育局/2022年年报.html': reportPage('云岭省青山县教育局', 2022),
    'empty.html': '',
  });
  const { batchId, waiting, skipped } = await office.file({ '年报.zip': zip });
  expect({ waiting, skipped }).toEqual({
    waiting: 2,
    skipped: [{ name: 'empty.html', why: '文件是空的。' }],
  });
  const { items } = await batchFiles(office.system, batchId);
  expect(items.map(({ name, unitId }) => [name, unitId])).toEqual([
    ['x/1.html', town],
    ['青山县教育局/2022年年报.html', bureau],
  ]);
  expect((await readFiledReport(office.system, bureau, 2022)).versions).toMatchObject([
    { foundBy: 'file-name' },
  ]);
});

it('no more than a batch holds is taken, and then nothing is', async () => {
  const office = await filedOffice(db, 'many');
  const names = Array.from({ length: MOST_FILES + 1 }, (_, at) => [`${at}.html`, String(at)] as const);
  const zip = await zipOf(Object.fromEntries(names));
  await expect(office.file({ '年报.zip': zip })).rejects.toThrow(`最多 ${MOST_FILES} 个文件`);
});
