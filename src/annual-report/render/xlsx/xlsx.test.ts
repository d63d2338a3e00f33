import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { CompiledReport } from '../../model.ts';
import { compiledFixture } from '../fixtures/eras.ts';
import { hostileReport } from '../fixtures/hostile.ts';
import { kunmingReport, kunmingValues } from '../fixtures/kunming.ts';
import { columnLetter } from './formulas.ts';
import { renderXlsx } from './index.ts';

async function open(report: CompiledReport): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  const bytes = await renderXlsx(report);
  await workbook.xlsx.load(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
  );
  return workbook;
}

function valueBeside(sheet: ExcelJS.Worksheet | undefined, label: string): ExcelJS.CellValue {
  let found: ExcelJS.CellValue;
  sheet?.eachRow((row) => {
    if (row.getCell(1).value === label) found = row.getCell(3).value;
  });
  return found;
}

describe('the 2018 table as a workbook', async () => {
  const report = kunmingReport();
  const workbook = await open(report);
  const [sheet, composition, findings] = workbook.worksheets;

  it('has the table, its composition and the findings', () => {
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      '政府信息公开情况统计表',
      '数据构成',
      '核对结果',
    ]);
  });

  it('holds every figure as a number and every blank as nothing', () => {
    for (const { spec } of report.tables[0]?.sections[0]?.rows ?? []) {
      if (spec.kind === 'heading') continue;
      const value = valueBeside(sheet, spec.label);
      const expected = kunmingValues[spec.code] ?? null;
      const number = typeof value === 'object' && value !== null && 'formula' in value ? value.result : value;
      expect(number ?? null, spec.code).toBe(expected);
    }
  });

  it('sums with formulas whose results are kept, and leaves a total that was left blank', () => {
    expect(valueBeside(sheet, '(一)收到申请数')).toMatchObject({
      formula: expect.stringMatching(/^SUM\(C\d+:C\d+\)$/),
      result: 3,
    });
    expect(valueBeside(sheet, '(三)申请答复数') ?? null).toBeNull();
  });

  it('never lets a formula correct a total its parts contradict', async () => {
    const wrong = kunmingReport();
    for (const row of wrong.tables[0]?.sections[0]?.rows ?? [])
      if (row.spec.code === '3.1' && row.cells.value) row.cells.value.value = 7;
    expect(valueBeside((await open(wrong)).worksheets[0], '(一)收到申请数')).toBe(7);
  });

  it('freezes and repeats the header and prints on A4', () => {
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 4 });
    expect(sheet?.pageSetup).toMatchObject({ paperSize: 9, fitToWidth: 1, printTitlesRow: '4:4' });
  });

  it('tells how each cell came about and what was found', () => {
    expect(composition?.getRow(1).values).toContain('记录数');
    expect(composition?.rowCount).toBeGreaterThan(50);
    expect(findings?.getCell('A2').value).toBe('S3');
    expect(findings?.getCell('B2').value).toBe('错误');
    expect(findings?.getCell('F2').value).toBe(3);
  });
});

it('sums rows and columns of wide tables', async () => {
  const workbook = await open(compiledFixture('2021'));
  const requests = workbook.worksheets[1];
  const formulas: string[] = [];
  requests?.eachRow((row) =>
    row.eachCell((cell) => {
      if (cell.formula) formulas.push(cell.formula);
    }),
  );
  expect(
    formulas.filter((formula) => /^SUM\(B\d+,C\d+,D\d+,E\d+,F\d+,G\d+\)$/.test(formula)).length,
  ).toBeGreaterThan(15);
  expect(formulas.filter((formula) => formula.includes(':')).length).toBe(7);
  expect(requests?.getCell('B4').value).toBe('申请人情况');
  expect(workbook.worksheets.map(({ name }) => name)).toEqual([
    '主动公开政府信息情况',
    '收到和处理政府信息公开申请情况',
    '政府信息公开行政复议、行政诉讼情况',
    '数据构成',
    '核对结果',
  ]);
});

it('prints what paper prints: a mark where the body has no power, a signed change, 0 for a blank', async () => {
  const report = compiledFixture('2019');
  for (const { rows } of report.tables[0]!.sections)
    for (const { spec, cells } of rows)
      if (spec.code === 'P6.2' && cells.decisions) cells.decisions.value = null;
  const [sheet] = (await open(report)).worksheets;
  const rowOf = (label: string) => {
    let found: ExcelJS.Row | undefined;
    sheet?.eachRow((row) => {
      if (row.getCell(1).value === label) found = row;
    });
    return found!;
  };
  expect(rowOf('规章').getCell(2).value).toBe('/');
  expect(rowOf('行政许可').getCell(4)).toMatchObject({ value: -4, numFmt: '+0;-0;0' });
  expect(rowOf('行政强制').getCell(6).value).toBe(0);
  expect(rowOf('政府集中采购').getCell(5)).toMatchObject({ value: 4637.282915, numFmt: '0.######' });
});

it('keeps hostile text as text and sheet names legal', async () => {
  const workbook = await open(hostileReport());
  for (const sheet of workbook.worksheets) {
    expect(sheet.name).not.toMatch(/[[\]:*?/\\]/);
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.formula) expect(cell.formula).toMatch(/^SUM\(/);
      }),
    );
  }
  expect(workbook.worksheets[2]?.getCell('C2').value).toBe('=HYPERLINK("http://x","点我")');
});

it('gives the same bytes for the same report', async () => {
  const [first, second] = [await renderXlsx(kunmingReport()), await renderXlsx(kunmingReport())];
  expect(Buffer.compare(first, second)).toBe(0);
});

it('says so when nothing was found', async () => {
  const workbook = await open(kunmingReport({ findings: [] }));
  expect(workbook.worksheets[2]?.getCell('A2').value).toBe('核对未发现问题。');
});

it('names columns past Z', () =>
  expect([1, 26, 27, 52, 53].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA']));
