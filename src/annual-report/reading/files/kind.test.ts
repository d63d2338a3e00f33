import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { afterAll, describe, expect, it } from 'vitest';
import { UnreadableFile } from '../../../core/spreadsheet/limits.ts';
import { at, pdfOf, rawPdf } from './fixtures/raw-pdf.ts';
import { openBytes } from './fixtures/shown.ts';
import { p, word } from './fixtures/word.ts';
import { openDocument } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-kinds-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function workbook(): Promise<Uint8Array> {
  const made = new ExcelJS.Workbook();
  made.addWorksheet('表').addRows([
    ['甲', 1],
    ['乙', 2],
  ]);
  return new Uint8Array(await made.xlsx.writeBuffer());
}

async function changed(bytes: Uint8Array, change: (zip: JSZip) => void): Promise<Uint8Array> {
  const zip = await JSZip.loadAsync(bytes);
  change(zip);
  return zip.generateAsync({ type: 'uint8array' });
}

/** An old Office file whose directory names this stream. */
function compound(stream: string): Buffer {
  const bytes = Buffer.alloc(4096);
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(bytes);
  bytes.writeUInt16LE(9, 30);
  bytes.write(stream, 512, 'utf16le');
  return bytes;
}

const zipOf = async (...names: string[]) => {
  const zip = new JSZip();
  for (const name of names) zip.file(name, 'x');
  return zip.generateAsync({ type: 'uint8array' });
};

describe('the kind of a file is told by its content', () => {
  it.each<[string, string, () => Promise<Uint8Array> | Uint8Array]>([
    ['report.pdf', 'text', () => Buffer.from('总体情况')],
    ['report.txt', 'html', () => Buffer.from('\ufeff \n<!DOCTYPE html><p>甲')],
    ['report.txt', 'html', () => Buffer.from('甲<p>乙</p><p>丙</p><div>丁</div>')],
    [
      'report.xml',
      'html',
      () =>
        Buffer.from(
          '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>甲</p></body></html>',
        ),
    ],
    ['report.html', 'docx', () => word(p('甲'))],
    ['report.doc', 'xlsx', workbook],
    ['report.docx', 'pdf', () => pdfOf([at(50, 600, 'b0a1')])],
  ])('%s is %s', async (name, kind, make) => {
    const path = join(folder, name);
    writeFileSync(path, await make());
    expect((await openDocument({ name, path })).kind).toBe(kind);
  });
});

describe('files that are refused, each with what to do instead', () => {
  it.each<[string, string, string, () => Promise<Uint8Array> | Uint8Array | string]>([
    ['nothing', 'empty', '空的', () => ''],
    ['blanks', 'empty', '没有任何文字', () => '\ufeff \n\t'],
    ['a page without text', 'empty', '没有任何文字', () => '<html><body><script>1</script></body></html>'],
    ['an old document', 'old-format', '另存为 .docx', () => compound('WordDocument')],
    ['a document with a password', 'encrypted', '取消密码', () => compound('EncryptedPackage')],
    ['an old workbook with macros', 'macro', '宏', () => compound('_VBA_PROJECT_CUR')],
    ['a compound file cut short', 'old-format', '另存为', () => compound('').subarray(0, 20)],
    ['a document with macros', 'macro', '宏', async () => word(p('甲'), { 'word/vbaProject.bin': 'x' })],
    [
      'a document that declares macros',
      'macro',
      '宏',
      async () =>
        word(p('甲'), {
          '[Content_Types].xml':
            '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
        }),
    ],
    [
      'a workbook with macros',
      'macro',
      '宏',
      async () => changed(await workbook(), (zip) => zip.file('xl/vbaProject.bin', 'x')),
    ],
    ['a document without its body', 'damaged', '另存为 .docx', () => zipOf('word/styles.xml')],
    ['a document whose XML is broken', 'damaged', '.docx', () => word('<w:p><w:r></w:p>')],
    ['a zip cut short', 'damaged', '已损坏', async () => (await word(p('甲'))).subarray(0, 300)],
    ['a zip of something else', 'wrong-type', '压缩包', () => zipOf('a.txt', 'b.pdf')],
    ['OFD', 'wrong-type', 'OFD', () => zipOf('OFD.xml', 'Doc_0/Document.xml')],
    ['OpenDocument', 'wrong-type', 'OpenDocument', () => zipOf('mimetype', 'content.xml')],
    ['slides', 'wrong-type', '演示文稿', () => zipOf('ppt/presentation.xml')],
    ['RTF', 'old-format', 'RTF', () => '{\\rtf1\\ansi 甲}'],
    [
      'a saved page with all its parts',
      'wrong-type',
      '.mht',
      () => 'MIME-Version: 1.0\r\nContent-Type: multipart/related',
    ],
    [
      'a picture',
      'wrong-type',
      '图片',
      () => Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000', 'hex'),
    ],
    [
      'a programme',
      'wrong-type',
      '不是年度报告',
      () => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500, 7), Buffer.alloc(500)]),
    ],
    [
      'Office XML',
      'old-format',
      'XML 格式',
      () => '<?xml version="1.0"?><w:wordDocument xmlns:w="x"></w:wordDocument>',
    ],
    ['other XML', 'wrong-type', 'XML 数据', () => '<?xml version="1.0"?><data><row a="1"/></data>'],
    [
      'a PDF with a password',
      'encrypted',
      '取消密码',
      () =>
        rawPdf(
          [
            '<< /Type /Catalog /Pages 2 0 R >>',
            '<< /Type /Pages /Kids [] /Count 0 >>',
            `<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >>`,
          ],
          `/Encrypt 3 0 R /ID [<${'43'.repeat(16)}> <${'43'.repeat(16)}>]`,
        ),
    ],
    [
      'a PDF without pages',
      'damaged',
      'PDF 已损坏',
      () => rawPdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>']),
    ],
    ['a PDF of which only the head is there', 'damaged', 'PDF 已损坏', () => '%PDF-1.7\n1 0 obj\n<<'],
  ])('%s: %s', async (_, fault, words, make) => {
    const opened = openBytes(await make());
    await expect(opened).rejects.toBeInstanceOf(UnreadableFile);
    await expect(opened).rejects.toMatchObject({ fault, message: expect.stringContaining(words) });
  });

  it('larger than the limit', async () => {
    const opened = openBytes('文'.repeat(1000), { bytes: 2048 });
    await expect(opened).rejects.toMatchObject({
      fault: 'too-large',
      status: 413,
      message: expect.stringContaining('2 KB'),
    });
  });
});
