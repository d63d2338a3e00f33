import { randomBytes } from 'node:crypto';
import JSZip from 'jszip';
import { describe, expect, it, vi } from 'vitest';
import { inspect, today } from './fixtures/inspected.ts';
import { paragraph, withParts, wordFile, wordPart } from './fixtures/packages.ts';
import { pdf, stream, write } from './fixtures/pdfs.ts';
import { PHOTO } from './fixtures/pictures.ts';
import { inspectBytes } from './inspect.ts';

const MB = 2 ** 20;
const refusal = async (bytes: Uint8Array, name = 'a.docx', limits = {}) =>
  inspectBytes(bytes, { name, today, limits }).then(
    () => 'taken',
    (error: { fault?: string; message: string }) => `${error.fault}: ${error.message}`,
  );

async function zipOf(entries: Record<string, Uint8Array | string>): Promise<Uint8Array> {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(entries)) zip.file(name, content);
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}

describe('files that cannot be inspected are refused in words', () => {
  it.each<[string, string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['an empty file', 'a.txt', () => new Uint8Array(), 'empty: 文件是空的'],
    ['an old Word document', 'a.doc', () => Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'old-format: 这是旧版'],
    ['a web page', 'a.html', () => Buffer.from('<!doctype html><p>甲'), 'markup: 网页'],
    ['a program', 'a.exe', () => Buffer.from('MZ\0\0\0'), 'wrong-type: 这种文件无法检查'],
    [
      'a bomb',
      'a.docx',
      async () => withParts(await wordFile(paragraph('甲')), { 'word/a.bin': new Uint8Array(150 * MB) }),
      'bomb: 文件解压后过大',
    ],
    [
      'entities that explode',
      'a.docx',
      async () =>
        withParts(await wordFile(''), {
          'word/document.xml': `<!DOCTYPE a [<!ENTITY b "bb">]>${wordPart('document', '<w:body>&b;</w:body>').slice(38)}`,
        }),
      'damaged: 文件内含不允许的声明',
    ],
    [
      'elements without end',
      'a.docx',
      () => wordFile('<w:sdt>'.repeat(2000) + '</w:sdt>'.repeat(2000)),
      'bomb: 文件内部结构过深',
    ],
    [
      'XML that breaks off',
      'a.docx',
      async () => withParts(await wordFile(''), { 'word/document.xml': '<w:document><w:body>' }),
      'damaged: 文件内部的 XML 不完整',
    ],
    [
      'XML in a strange encoding',
      'a.docx',
      async () =>
        withParts(await wordFile(''), { 'word/document.xml': '<?xml version="1.0" encoding="UTF-7"?><a/>' }),
      'encoding: 文件内部使用了不常见',
    ],
    [
      'a package of another kind',
      'a.odt',
      () => zipOf({ '[Content_Types].xml': '<Types/>', 'content.xml': '<a/>' }),
      'wrong-type: 这种 Office 文件',
    ],
    [
      'names that differ in case only',
      'a.docx',
      async () => withParts(await wordFile(paragraph('甲')), { 'WORD/Document.xml': '<a/>' }),
      'damaged: 文件已损坏',
    ],
    [
      'archives in archives in archives',
      'a.zip',
      async () => {
        let bytes = await zipOf({ 'a.txt': '甲' });
        for (let depth = 0; depth < 5; depth++) bytes = await zipOf({ 'a.zip': bytes });
        return bytes;
      },
      'bomb: 压缩包层数过多',
    ],
  ])('%s', async (_, name, make, words) => {
    expect(await refusal(await make(), name)).toContain(words);
  });

  it('entries with a password', async () => {
    const bytes = Buffer.from(await zipOf({ 'a.txt': '甲' }));
    const entry = bytes.indexOf(Buffer.from('PK\x01\x02'));
    bytes[6] = (bytes[6] ?? 0) | 1;
    bytes[entry + 8] = (bytes[entry + 8] ?? 0) | 1;
    expect(await refusal(bytes, 'a.zip')).toContain('encrypted: 文件设有密码');
  });

  it('what is larger or takes longer than allowed', async () => {
    expect(await refusal(PHOTO, 'a.jpg', { bytes: 10 })).toContain('too-large');
    expect(await refusal(await wordFile(paragraph('甲')), 'a.docx', { seconds: 0 })).toContain('too-slow');
    expect(await refusal(await zipOf({ a: 'a', b: 'b' }), 'a.zip', { entries: 1 })).toContain('bomb');
  });
});

describe('a name', () => {
  it.each([
    ['a photograph called a document', PHOTO, '答复.docx', 'jpg'],
    ['a PDF called a picture', pdf(write('A')), 'a.png', 'pdf'],
    ['a photograph with two endings', PHOTO, 'a.jpg.exe', 'jpg'],
    ['a text without ending', Buffer.from('甲'), '说明', 'txt'],
  ])('that lies is told: %s', async (_, bytes, name, extension) => {
    expect(await inspect(bytes, name)).toMatchObject([
      { kind: 'name-lies', evidence: [`内容是 .${extension}`], cleaning: '按内容改正扩展名' },
    ]);
  });
});

describe('nothing is fetched, run or left unread', () => {
  it('whatever a file points at', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    const content = `${write('A')} q /X Do Q`;
    await inspect(
      pdf(content, {
        resources: '/XObject << /X 6 0 R >>',
        objects: [
          '<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /F (http://x.example/a.jpg) /FFilter /DCTDecode /Length 0 >>\nstream\n\nendstream',
        ],
      }),
      'a.pdf',
    );
    expect(fetched).not.toHaveBeenCalled();
  });

  it('forms that draw themselves end', async () => {
    const bytes = pdf('/X Do', {
      resources: '/XObject << /X 6 0 R >>',
      objects: [
        stream(
          '/X Do',
          '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>',
        ),
      ],
    });
    expect(await inspect(bytes, 'a.pdf')).toEqual([]);
  });

  it('bytes at random are refused or told, never a fault', async () => {
    const samples = [await wordFile(paragraph('甲')), pdf(write('A')), PHOTO];
    for (let turn = 0; turn < 150; turn++) {
      const bytes = Buffer.from(samples[turn % samples.length] as Uint8Array);
      const at = randomBytes(12);
      for (let index = 0; index < 6; index++) {
        bytes[at.readUInt16BE(index * 2) % bytes.length] = (turn * 37 + index * 91) % 256;
      }
      const outcome = await inspect(bytes, 'a.docx').catch((error: Error) => error.name);
      expect(outcome === 'UnreadableFile' || Array.isArray(outcome), String(outcome)).toBe(true);
    }
  }, 60_000);
});
