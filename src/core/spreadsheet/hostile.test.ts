import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import JSZip from 'jszip';
import { afterAll, describe, expect, it } from 'vitest';
import { formSheetLimits, readSheet, type SheetFile, UnreadableFile, writeXlsx } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'sheets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const memory = (name: string, content: string | Uint8Array): SheetFile => ({
  name,
  bytes: typeof content === 'string' ? Buffer.from(content) : content,
});

async function workbook(): Promise<JSZip> {
  return JSZip.loadAsync(
    await writeXlsx([
      { name: '表', columns: [{ label: '甲' }, { label: '乙', kind: 'number' }], rows: [['a', 1]] },
    ]),
  );
}

async function zipped(zip: JSZip, name = 'a.xlsx'): Promise<SheetFile> {
  return memory(name, await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }));
}

async function faultOf(file: SheetFile, limits = formSheetLimits): Promise<UnreadableFile> {
  try {
    await readSheet(file, limits);
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
  throw new Error('the file was taken');
}

describe('files that are refused, each with what to do instead', () => {
  it('nothing in it', async () => {
    expect((await faultOf(memory('a.xlsx', ''))).fault).toBe('empty');
    expect((await faultOf(memory('a.csv', '\ufeff \r\n'))).fault).toBe('empty');
    expect((await faultOf(memory('a.csv', ',,,\n,,\n'))).fault).toBe('empty');
  });

  it('larger than the limit', async () => {
    const path = join(folder, 'large.csv');
    writeFileSync(path, Buffer.alloc(formSheetLimits.fileBytes + 1, 0x61));
    const fault = await faultOf({ name: 'large.csv', path });
    expect([fault.fault, fault.status]).toEqual(['too-large', 413]);
    expect(fault.message).toContain('10 MB');
  });

  it('macros: by part, by content type, in an old compound file', async () => {
    const parts = await workbook();
    parts.file('xl/vbaProject.bin', 'x');
    expect((await faultOf(await zipped(parts))).message).toContain('宏');
    const types = await workbook();
    const xml = await types.file('[Content_Types].xml')!.async('string');
    types.file(
      '[Content_Types].xml',
      xml.replace('spreadsheetml.sheet.main', 'ms-excel.sheet.macroEnabled.main'),
    );
    expect((await faultOf(await zipped(types, 'a.xlsx'))).fault).toBe('macro');
    expect((await faultOf(memory('a.xls', compound('_VBA_PROJECT_CUR')))).fault).toBe('macro');
  });

  it('old and encrypted workbooks', async () => {
    expect((await faultOf(memory('a.xlsx', compound('Workbook')))).message).toContain('.xls');
    expect((await faultOf(memory('a.xlsx', compound('EncryptedPackage')))).message).toContain('密码');
    const bytes = Buffer.from(
      await (await workbook()).generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }),
    );
    for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4)) {
      if (bytes.readUInt16LE(at + 10) === 8) bytes.writeUInt16LE(bytes.readUInt16LE(at + 8) | 1, at + 8);
    }
    expect((await faultOf(memory('a.xlsx', bytes))).fault).toBe('encrypted');
  });

  it('web pages and XML under another name', async () => {
    expect((await faultOf(memory('a.xlsx', '<html><table><tr><td>1'))).message).toContain('网页');
    expect((await faultOf(memory('a.docx', '\ufeff\n<!DOCTYPE html><p>'))).fault).toBe('markup');
    expect((await faultOf(memory('a.xls', '<?xml version="1.0"?><Workbook/>'))).message).toContain('XML');
  });

  it('other kinds of files', async () => {
    expect((await faultOf(memory('a.xlsx', '%PDF-1.7 '))).message).toContain('PDF');
    expect((await faultOf(memory('a.csv', gzipSync('a,b')))).fault).toBe('wrong-type');
    expect((await faultOf(memory('a.csv', Buffer.from([1, 0, 2, 0, 3])))).fault).toBe('wrong-type');
    expect((await faultOf(memory('a.jsonl', '[{"a":1}]'))).message).toContain('JSON Lines');
    const word = new JSZip().file('word/document.xml', '<w/>').file('[Content_Types].xml', '<Types/>');
    expect((await faultOf(await zipped(word, 'a.xlsx'))).message).toContain('Word');
    expect((await faultOf(await zipped(new JSZip().file('a.txt', 'x')))).message).toContain('压缩包');
  });

  it('zip bombs: by declared size, by density, by number of entries, by lying about the size', async () => {
    const dense = await workbook();
    dense.file('xl/worksheets/sheet1.xml', Buffer.alloc(20 * 1024 * 1024, 0x20));
    expect((await faultOf(await zipped(dense))).fault).toBe('bomb');
    expect(
      (await faultOf(await zipped(dense), { ...formSheetLimits, unpackedBytes: 1024 * 1024 })).fault,
    ).toBe('bomb');
    const many = await workbook();
    for (let index = 0; index < 1001; index++) many.file(`xl/media/${index}`, '');
    expect((await faultOf(await zipped(many))).fault).toBe('bomb');
    const liar = (await zipped(dense)) as { name: string; bytes: Buffer };
    for (let at = liar.bytes.indexOf('PK\x01\x02'); at >= 0; at = liar.bytes.indexOf('PK\x01\x02', at + 4)) {
      if (liar.bytes.readUInt32LE(at + 24) > 1024 * 1024) liar.bytes.writeUInt32LE(5000, at + 24);
    }
    expect((await faultOf(liar)).fault).toBe('damaged');
  });

  it('damaged archives and XML with a document type', async () => {
    const bytes = Buffer.from(await (await workbook()).generateAsync({ type: 'nodebuffer' }));
    expect((await faultOf(memory('a.xlsx', bytes.subarray(0, bytes.length - 40)))).fault).toBe('damaged');
    const entity = await workbook();
    entity.file('xl/worksheets/sheet1.xml', '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>');
    expect((await faultOf(await zipped(entity))).fault).toBe('damaged');
    const cut = await workbook();
    cut.file('xl/worksheets/sheet1.xml', '<worksheet><sheetData><row>');
    expect((await faultOf(await zipped(cut))).fault).toBe('damaged');
    const missing = await workbook();
    missing.remove('xl/worksheets/sheet1.xml');
    expect((await faultOf(await zipped(missing))).fault).toBe('damaged');
  });

  it('too many rows or columns, a cell without end, an unclosed quote', async () => {
    const limits = { ...formSheetLimits, rows: 3, columns: 4, cellLength: 100 };
    expect((await faultOf(memory('a.csv', 'a\n1\n2\n3\n'), limits)).fault).toBe('too-many-rows');
    expect((await faultOf(memory('a.csv', '1,2,3,4,5'), limits)).fault).toBe('too-many-columns');
    expect((await faultOf(memory('a.csv', `"${'x'.repeat(101)}"`), limits)).fault).toBe('cell-too-long');
    expect((await faultOf(memory('a.csv', 'a,b\n1,"2\n3'), limits)).message).toContain('第 2 行的引号');
    const far = await workbook();
    far.file(
      'xl/worksheets/sheet1.xml',
      '<worksheet><sheetData><row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>',
    );
    expect((await faultOf(await zipped(far))).fault).toBe('too-many-columns');
  });

  it('bytes that are no text in any known encoding', async () => {
    expect((await faultOf(memory('a.csv', Buffer.from('a,b\n\xff\xff,\xff\n', 'latin1')))).fault).toBe(
      'encoding',
    );
  });
});

it('row numbers that are none, repeat or lead back are counted on; empty cells by the million are none', async () => {
  const numbers = ['1', 'x', '-5', '4294967296', '1e9', '2.5', '9', '3', '9', '12'];
  const rows = numbers.map((r) => `<row r="${r}"><c r="A1" t="inlineStr"><is><t>${r}</t></is></c></row>`);
  const many = await workbook();
  const empty = Array.from(
    { length: 300_000 },
    (_, n) => `<row r="${n + 13}"><c r="A${n + 13}" s="1"/><c/></row>`,
  );
  const last = '<row r="400000"><c r="A400000"><v>7</v></c></row>';
  many.file(
    'xl/worksheets/sheet1.xml',
    `<worksheet><sheetData>${rows.join('')}${empty.join('')}${last}</sheetData></worksheet>`,
  );
  const sheet = await readSheet(await zipped(many), { ...formSheetLimits, rows: 11 });
  expect(sheet.rows.map(([first], at) => [sheet.lines[at], first])).toEqual([
    ...numbers.map((r, at) => [[1, 2, 3, 4, 5, 6, 9, 10, 11, 12][at], r]),
    [400_000, '7'],
  ]);
});

/** The smallest compound file whose directory names one stream. */
function compound(stream: string): Buffer {
  const bytes = Buffer.alloc(1536);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(1, 48);
  bytes.write(stream, 1024 + 128, 'utf16le');
  return bytes;
}
