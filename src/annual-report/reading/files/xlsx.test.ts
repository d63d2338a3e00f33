import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { openBytes, shown } from './fixtures/shown.ts';

async function book(fill: (workbook: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

const sheet = (rows: unknown[][], merges: string[] = []) =>
  book((workbook) => {
    const made = workbook.addWorksheet('表');
    for (const row of rows) made.addRow(row);
    for (const merge of merges) made.mergeCells(merge);
  });

describe('a workbook as lines and tables', () => {
  it.each<[string, unknown[][], string[], (string | string[])[]]>([
    [
      'title above and note below are paragraphs',
      [['2023年报告'], ['指标', '单位', '数'], ['甲', '件', 3], ['乙', '件'], ['注：附后']],
      ['A1:C1'],
      ['2023年报告', ['指标 | 单位 | 数', '甲 | 件 | 3', '乙 | 件 | '], '注：附后'],
    ],
    [
      'merged cells',
      [
        ['', '', '申请人'],
        ['', '', '自然人', '总计'],
        ['结果', '公开', 1, 2],
        ['', '部分', 3, 4],
      ],
      ['A1:B2', 'C1:D1', 'A3:A4'],
      [['[2x2] | 申请人[2x1]', '自然人 | 总计', '结果[1x2] | 公开 | 1 | 2', '部分 | 3 | 4']],
    ],
    [
      'an article of the regulation heads its table',
      [['第二十条第（一）项'], ['规章', 2, 0, 11]],
      ['A1:D1'],
      [['第二十条第（一）项[4x1]', '规章 | 2 | 0 | 11']],
    ],
    [
      'blank rows part tables',
      [['甲', 1], ['乙', 2], [], ['三、申请'], ['丙', 3], ['丁', 4]],
      [],
      [['甲 | 1', '乙 | 2'], '三、申请', ['丙 | 3', '丁 | 4']],
    ],
    [
      'a last label without a figure is a row',
      [
        ['甲', 1],
        ['乙', 2],
        ['六、投诉', null],
      ],
      [],
      [['甲 | 1', '乙 | 2', '六、投诉 | ']],
    ],
    [
      'a last label over several columns is a row, unless it covers the whole table',
      [
        ['一、新收', '', 1],
        ['二、结转', '', 2],
        ['四、结转下年', '', null],
        ['五、问题', '', null],
      ],
      ['A1:B1', 'A2:B2', 'A3:B3', 'A4:C4'],
      [['一、新收[2x1] | 1', '二、结转[2x1] | 2', '四、结转下年[2x1] | '], '五、问题'],
    ],
    [
      'a last label without a number is a row when it is merged like the row above',
      [
        ['规章', 2, 0],
        ['信息内容', '收费金额', ''],
        ['行政事业性收费', null, ''],
      ],
      ['B2:C2', 'B3:C3'],
      [['规章 | 2 | 0', '信息内容 | 收费金额[2x1]', '行政事业性收费 | [2x1]']],
    ],
    [
      'lines in a cell',
      [
        ['三、本年度\n办理结果', '1'],
        ['a', 'b'],
      ],
      [],
      [['三、本年度办理结果 | 1', 'a | b']],
    ],
  ])('%s', async (_, rows, merges, expected) => {
    expect(shown(await openBytes(await sheet(rows, merges)))).toEqual(expected);
  });

  it.each<[unknown, string, string]>([
    [59237.2449, '0.00', '59237.24'],
    [1808595, '#,##0', '1,808,595'],
    [0.125, '0.0%', '12.5%'],
    [0.5, '0.00%', '50.00%'],
    [3, 'General', '3'],
    [2.456, '0.0#', '2.46'],
    [0, '0;-0;;@', '0'],
    [0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ', '0'],
    [-5, '0"件"', '-5'],
    ['012', '@', '012'],
  ])('%s formatted %s shows %s', async (value, format, expected) => {
    const bytes = await book((workbook) => {
      const made = workbook.addWorksheet('表');
      made.addRow(['甲', value]).getCell(2).numFmt = format;
      made.addRow(['乙', 1]);
    });
    expect(shown(await openBytes(bytes))).toEqual([[`甲 | ${expected}`, '乙 | 1']]);
  });

  it('takes visible sheets in their order, with sheet and row as places', async () => {
    const bytes = await book((workbook) => {
      workbook.addWorksheet('一').addRows([['题'], ['甲', 1], ['乙', 2]]);
      workbook.addWorksheet('隐', { state: 'hidden' }).addRow(['隐', 1]);
      workbook.addWorksheet('二').addRows([[], ['', '丙', 3], ['', '丁', 4]]);
    });
    const { blocks } = await openBytes(bytes);
    expect(blocks.map(({ place }) => place)).toEqual([
      { sheet: '一', row: 1 },
      { sheet: '一', table: 1 },
      { sheet: '二', table: 2 },
    ]);
    expect(blocks[2]).toMatchObject({
      rows: [{ place: { sheet: '二', row: 2 }, cells: [{ column: 0, text: '丙' }, {}] }, {}],
    });
  });

  it('takes the kept result of a formula and tells where there is none', async () => {
    const document = await openBytes(
      await sheet([
        ['甲', { formula: '1+1', result: 3 }],
        ['乙', { formula: 'WEBSERVICE("http://example.invalid/")' }],
        ['丙', { formula: '[1]Sheet1!A1', result: 7 }],
      ]),
    );
    expect(shown(document)).toEqual([['甲 | 3', '乙 | #未计算', '丙 | 7']]);
    expect(document.unread).toEqual([
      { reason: '公式没有保存结果，数值没有读取', place: { sheet: '表', row: 2 } },
    ]);
  });
});
