import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { renderCsv } from './csv.ts';
import { compiledFixture } from './fixtures/eras.ts';
import { hostileReport } from './fixtures/hostile.ts';
import { kunmingReport, kunmingValues } from './fixtures/kunming.ts';
import { isRenderable, renderers } from './index.ts';
import { renderJson, reportJson } from './json.ts';

const text = async (bytes: Promise<Uint8Array>) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(await bytes);
const rowsOf = async (bytes: Promise<Uint8Array>) =>
  Papa.parse<string[]>((await text(bytes)).slice(1), { skipEmptyLines: true }).data;

describe('CSV', () => {
  it('begins with a byte order mark, ends lines with CR LF and keeps blanks empty', async () => {
    const csv = await text(renderCsv(kunmingReport()));
    expect(csv.startsWith('\ufeff统计表,编码,')).toBe(true);
    expect(csv.replaceAll('\r\n', '')).not.toContain('\n');
    const rows = await rowsOf(renderCsv(kunmingReport()));
    const value = (code: string) => rows.find((row) => row[1] === code)?.[5];
    expect(value('1.2.3')).toBe('5810');
    expect(value('3.1.2')).toBe('');
  });

  it('has one line per cell of wide tables, named by its columns', async () => {
    const rows = await rowsOf(renderCsv(compiledFixture('2021')));
    expect(rows.filter((row) => row[0] === '政府信息公开行政复议、行政诉讼情况')).toHaveLength(15);
    expect(rows.find((row) => row[1] === '3.1')?.[4]).toBe('申请人情况/自然人');
    expect(rows.find((row) => row[1] === 'P1.1')?.at(-1)).toBe('/');
  });

  it('names the unit of each column and keeps a change a number', async () => {
    const rows = await rowsOf(renderCsv(compiledFixture('2019')));
    expect(rows.filter((row) => ['P5.1', 'P9.1'].includes(row[1] ?? '')).map((row) => row.slice(3))).toEqual([
      ['项', '上一年项目数量', '132'],
      ['项', '本年增/减', '-4'],
      ['件', '处理决定数量', '5218'],
      ['个', '采购项目数量', '118'],
      ['万元', '采购总金额', '4637.282915'],
    ]);
  });

  it('lets no text begin a formula and survives quotes and commas', async () => {
    const rows = await rowsOf(renderCsv(hostileReport()));
    for (const row of rows.slice(1)) {
      expect(row).toHaveLength(6);
      for (const field of row.slice(0, 5)) expect(field).not.toMatch(/^[=+\-@\t\r]/);
    }
    expect(rows.some((row) => row[2] === "'=cmd|'/C calc'!A0")).toBe(true);
  });
});

describe('JSON', () => {
  it('lists the figure rows of the single-column format in order, blank as null', () => {
    const json = reportJson(kunmingReport(), ['report.pdf']);
    expect(json).toMatchObject({ year: 2018, format: '2014', files: ['report.pdf'] });
    expect(Object.fromEntries(json.rows.map(({ code, value }) => [code, value]))).toMatchObject(
      kunmingValues,
    );
    expect(json.rows.find(({ code }) => code === '3.3')?.value).toBeNull();
    expect(json.rows.every(({ unit }) => unit !== '')).toBe(true);
    expect(json.findings).toEqual([
      expect.objectContaining({ rule: 'S3', severity: 'error', rows: ['3.3'] }),
    ]);
  });

  it('addresses cells by table, row and column, and a table of one nameless row by column', () => {
    const { tables, rows } = reportJson(compiledFixture('2021'));
    expect(tables.requests).toMatchObject({ '3.1': { naturalPerson: 52, total: 67 } });
    expect(tables.proactive).toMatchObject({ 'P1.1': { issued: null }, 'P5.1': { decisions: 6087 } });
    expect(Object.keys(tables.remedies ?? {})).toHaveLength(15);
    expect(tables.remedies).toMatchObject({ reconsiderationPending: 3, directTotal: 3 });
    expect(rows).toEqual([
      { code: 'F1', label: '收取政府信息公开信息处理费', unit: '万元', value: 0.12 },
      { code: 'F2', label: '发出信息处理费收费通知', unit: '件', value: 3 },
    ]);
  });

  it('is valid and stable', async () => {
    const first = await text(renderJson(hostileReport()));
    expect(JSON.parse(first)).toMatchObject({ year: 2018 });
    expect(await text(renderJson(hostileReport()))).toBe(first);
  });
});

it('knows its forms by extension and nothing else', () => {
  expect(Object.keys(renderers)).toEqual(['html', 'pdf', 'docx', 'xlsx', 'csv', 'json']);
  expect(isRenderable('pdf')).toBe(true);
  expect(isRenderable('toString')).toBe(false);
  for (const { mime } of Object.values(renderers)) expect(mime).toMatch(/^[a-z]+\/[a-z.+-]+/);
});
