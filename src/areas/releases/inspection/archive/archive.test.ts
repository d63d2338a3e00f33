import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { clean, found, inspect } from '../fixtures/inspected.ts';
import { paragraph, run, wordFile } from '../fixtures/packages.ts';
import { PHOTO, photo, segment } from '../fixtures/pictures.ts';

async function zip(entries: Record<string, Uint8Array | string>, comment = ''): Promise<Uint8Array> {
  const archive = new JSZip();
  for (const [name, content] of Object.entries(entries)) archive.file(name, content);
  return archive.generateAsync({ type: 'uint8array', compression: 'DEFLATE', comment });
}

describe('an archive', () => {
  it('is inspected file by file, the files told by number', async () => {
    const bytes = await zip({
      '张三.docx': await wordFile(`<w:p>${run('隐', '<w:vanish/>')}</w:p>`),
      '照片/a.jpg': photo([segment(0xfe, 'x')]),
      'b.jpg': PHOTO,
    });
    expect(await found(bytes, 'a.zip')).toEqual([
      'hidden-text（压缩包内第 1 个文件 · 正文）',
      'image-text（压缩包内第 2 个文件 · 图片）',
      '~archive-inside（整个文件）',
    ]);
    const { bytes: cleaned, left } = await clean(bytes, 'a.zip');
    expect(left.map(({ kind }) => kind)).toEqual(['archive-inside']);
    expect(Object.keys((await JSZip.loadAsync(cleaned)).files).sort()).toEqual([
      'b.jpg',
      '张三.docx',
      '照片/a.jpg',
    ]);
  });

  it('loses what cannot be inspected', async () => {
    const bytes = await zip({ 'a.exe': Uint8Array.of(77, 90, 0, 0), 'b.txt': '甲' });
    expect(await found(bytes, 'a.zip')).toContain('unreadable-inside（压缩包内第 1 个文件）');
    const { bytes: cleaned } = await clean(bytes, 'a.zip');
    expect(Object.keys((await JSZip.loadAsync(cleaned)).files)).toEqual(['b.txt']);
  });

  it.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['before its first entry', (bytes) => Buffer.concat([Buffer.from('SECRET'), bytes])],
    ['behind its end', (bytes) => Buffer.concat([bytes, Buffer.from('SECRET')])],
  ])('with bytes %s', async (_, change) => {
    const document = await wordFile(paragraph('甲'));
    const bytes = change(document);
    const findings = await inspect(bytes, 'a.docx').catch(({ fault }: { fault: string }) => fault);
    // Bytes in front move every address of the directory: such a file is no package any more.
    if (findings === 'damaged' || findings === 'wrong-type') return;
    expect(findings).toMatchObject([{ kind: 'trailing-data' }]);
    const { bytes: cleaned, left } = await clean(bytes, 'a.docx');
    expect(left).toEqual([]);
    expect(Buffer.from(cleaned).includes('SECRET')).toBe(false);
  });

  it('with a comment', async () => {
    const bytes = await zip({ 'b.txt': '甲' }, 'SECRET');
    expect(await found(bytes, 'a.zip')).toContain('trailing-data（整个文件）');
    expect(Buffer.from((await clean(bytes, 'a.zip')).bytes).includes('SECRET')).toBe(false);
  });

  it('with an entry that was deleted from its directory only', async () => {
    const whole = Buffer.from(await zip({ 'a.txt': 'SECRET', 'b.txt': '甲' }));
    const directory = whole.indexOf(Buffer.from('PK\x01\x02'));
    const second = whole.indexOf(Buffer.from('PK\x01\x02'), directory + 4);
    const end = whole.indexOf(Buffer.from('PK\x05\x06'));
    const tail = Buffer.from(whole.subarray(end));
    tail.writeUInt16LE(1, 8);
    tail.writeUInt16LE(1, 10);
    tail.writeUInt32LE(end - second, 12);
    tail.writeUInt32LE(directory, 16);
    const bytes = Buffer.concat([whole.subarray(0, directory), whole.subarray(second, end), tail]);
    expect(await found(bytes, 'a.zip')).toContain('trailing-data（整个文件）');
    const { bytes: cleaned } = await clean(bytes, 'a.zip');
    expect(Object.keys((await JSZip.loadAsync(cleaned)).files)).toEqual(['b.txt']);
  });
});
