import iconv from 'iconv-lite';
import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import {
  importSheetLimits,
  readRecords,
  readSheet,
  type SheetFile,
  type SheetRecord,
  writeCsv,
  writeXlsx,
} from './index.ts';

const memory = (content: string | Uint8Array): SheetFile => ({
  name: 'a',
  bytes: typeof content === 'string' ? Buffer.from(content) : content,
});

async function recordsOf(file: SheetFile): Promise<SheetRecord[]> {
  const records: SheetRecord[] = [];
  for await (const batch of readRecords(file, importSheetLimits)) records.push(...batch);
  return records;
}

const sheetXml = (rows: string) =>
  `<x:worksheet xmlns:x="m"><x:sheetData>${rows}</x:sheetData></x:worksheet>`;

async function withSheet(rows: string, styles?: string): Promise<SheetFile> {
  const zip = await JSZip.loadAsync(await writeXlsx([{ name: '表', columns: [{ label: '甲' }], rows: [] }]));
  zip.file('xl/worksheets/sheet1.xml', sheetXml(rows));
  if (styles) zip.file('xl/styles.xml', styles);
  return memory(await zip.generateAsync({ type: 'nodebuffer' }));
}

describe('readSheet', () => {
  it('reads back what writeXlsx wrote: text, numbers, dates, blanks', async () => {
    const bytes = await writeXlsx([
      {
        name: '填报',
        heading: ['2018年3月'],
        columns: [
          { label: '指标' },
          { label: '数量', kind: 'number' },
          { label: '日期', kind: 'date' },
          { label: '备注' },
        ],
        rows: [
          ['微博', 12.5, '2018-03-31', null],
          ['=1+1', null, null, '0012'],
        ],
      },
    ]);
    const sheet = await readSheet(memory(bytes));
    expect([sheet.kind, sheet.sheet, sheet.lines]).toEqual(['xlsx', '填报', [1, 2, 3, 4]]);
    expect(sheet.rows).toEqual([
      ['2018年3月'],
      ['指标', '数量', '日期', '备注'],
      ['微博', '12.5', '2018-03-31'],
      ['=1+1', '', '', '0012'],
    ]);
  });

  it('takes stored values, never formulas; shows percent, dates and errors as the cell does', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs>' +
      '<xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="170"/><xf numFmtId="22"/></cellXfs></styleSheet>';
    const sheet = await readSheet(
      await withSheet(
        '<x:row r="3"><x:c r="A3"><x:f>SUM(1,2)</x:f><x:v>3</x:v></x:c><x:c r="B3"><x:f>WEBSERVICE("http://a")</x:f></x:c>' +
          '<x:c r="C3" s="1"><x:v>0.125</x:v></x:c><x:c r="D3" s="2"><x:v>43160</x:v></x:c>' +
          '<x:c r="E3" s="3"><x:v>43160.75</x:v></x:c><x:c r="G3"><x:v>0.30000000000000004</x:v></x:c>' +
          '<x:c r="H3" t="e"><x:v>#REF!</x:v></x:c><x:c r="I3" t="inlineStr"><x:is><x:r><x:t>甲</x:t></x:r><x:rPh><x:t>读音</x:t></x:rPh><x:r><x:t>乙</x:t></x:r></x:is></x:c></x:row>',
        styles,
      ),
    );
    expect(sheet.lines).toEqual([3]);
    expect(sheet.rows[0]).toEqual([
      '3',
      '#未计算',
      '12.5%',
      '2018-03-01',
      '2018-03-01 18:00:00',
      '',
      '0.3',
      '#REF!',
      '甲乙',
    ]);
  });

  it.each([
    ['utf-8', 'utf8', ''],
    ['utf-8', 'utf8', '\ufeff'],
    ['gb18030', 'gb18030', ''],
    ['utf-16le', 'utf-16le', '\ufeff'],
  ])('reads %s text (written as %s)', async (encoding, written, mark) => {
    const text = `${mark}指标,数量,备注\r\n政务微博,58,含转发\r\n`;
    const sheet = await readSheet(memory(iconv.encode(text, written)));
    expect(sheet.encoding).toBe(encoding);
    expect(sheet.rows).toEqual([
      ['指标', '数量', '备注'],
      ['政务微博', '58', '含转发'],
    ]);
  });

  it('tells Big5 from GB 18030', async () => {
    const sheet = await readSheet(memory(iconv.encode('單位,數量,備註\n資訊公開辦公室,3,無', 'big5')));
    expect([sheet.encoding, sheet.rows[1]?.[0]]).toEqual(['big5', '資訊公開辦公室']);
  });

  it('splits quoted cells, line breaks inside them, and other separators, with the line each row begins on', async () => {
    const sheet = await readSheet(memory('a,b\n"一,二","三\n""四"""\n\n五,\n'));
    expect(sheet.rows).toEqual([['a', 'b'], ['一,二', '三\n"四"'], ['五']]);
    expect(sheet.lines).toEqual([1, 2, 5]);
    expect((await readSheet(memory('a\tb\n1\t2'))).rows[1]).toEqual(['1', '2']);
    expect((await readSheet(memory('甲;乙\r1;2'))).rows[1]).toEqual(['1', '2']);
  });

  it('reads what writeCsv made safe', async () => {
    const csv = writeCsv(
      ['甲', '乙'],
      [
        ['=HYPERLINK("http://a")', -3],
        ['+1', null],
      ],
    );
    expect(csv).toContain(`"'=HYPERLINK(""http://a"")",-3`);
    expect((await readSheet(memory(csv))).rows.slice(1)).toEqual([['=HYPERLINK("http://a")', '-3'], ['+1']]);
  });
});

describe('readRecords', () => {
  it('gives JSON Lines with null kept, and tells a bad line', async () => {
    const records = await recordsOf(memory('{"figure":"a","quantity":null}\n\n{"figure":\n[1]\n'));
    expect(records[0]).toEqual({ line: 1, values: { figure: 'a', quantity: null } });
    expect(records.slice(1).map(({ line, problem }) => [line, problem])).toEqual([
      [3, '不是合法的 JSON，每行应为一个对象'],
      [4, '每行应为一个 JSON 对象'],
    ]);
  });

  it('names CSV columns by the first row and refuses a name that comes twice', async () => {
    expect(await recordsOf(memory('figure, quantity \nweibo,3\n'))).toEqual([
      { line: 2, values: { figure: 'weibo', quantity: '3' } },
    ]);
    await expect(recordsOf(memory('a,a\n1,2'))).rejects.toThrow('出现了两次');
  });
});
