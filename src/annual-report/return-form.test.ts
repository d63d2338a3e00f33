import { describe, expect, test } from 'vitest';
import { readReturnSheet, sheetTemplate } from '../areas/returns/index.ts';
import { readSheet, writeXlsx } from '../core/spreadsheet/index.ts';
import { figureFinder } from './figure-names.ts';
import { askedFigures, figureRegistry } from './registry.ts';
import { returnForm } from './return-form.ts';

const registry = figureRegistry([]);
const outline = (year: number) =>
  returnForm(registry, year).map((part) =>
    part.kind === 'list'
      ? `${part.area}: ${part.figures.length}`
      : `${part.area}: ${part.rows.filter(({ figures }) => figures.length > 0).length} × ${part.columns.length}`,
  );

describe('the form of a year', () => {
  test.each([
    [
      2018,
      [
        'catalogue: 3',
        'channels: 5',
        'responses: 3',
        'press: 4',
        'interpretations: 1',
        'requests: 24',
        'remedies: 9',
        'registers: 9',
      ],
    ],
    [
      2020,
      [
        'catalogue: 2 × 3',
        'enforcement: 2 × 3',
        'enforcement: 2 × 3',
        'enforcement: 4',
        'requests: 22 × 6',
        'requests: 2',
        'remedies: 12',
      ],
    ],
    [2023, ['catalogue: 2 × 3', 'enforcement: 4', 'requests: 24 × 6', 'requests: 2', 'remedies: 12']],
  ])('%i asks for the figures of its own tables only', (year, expected) => {
    expect(outline(year)).toEqual(expected);
  });

  test('leaves out what an area counts from its own records', () => {
    const meetings = { ...registry.get('registers.meetings')!, source: 'records' as const };
    const figures = returnForm(figureRegistry([meetings]), 2018).flatMap((part) =>
      part.kind === 'list' ? part.figures.map(({ code }) => code) : [],
    );
    expect(figures).not.toContain('registers.meetings');
    expect(figures).toContain('registers.trainings');
  });

  test('calls one figure as the tables of the year call it', () => {
    const label = (year: number) => askedFigures(registry, year).get('catalogue.normative.issued')?.label;
    expect([label(2018), label(2020), label(2023)]).toEqual([
      '制发规范性文件总数',
      undefined,
      '行政规范性文件（本年制发件数）',
    ]);
  });
});

describe('the workbook of a year', async () => {
  const form = returnForm(registry, 2020);
  const target = { unit: { code: 'BGS', name: '办公室' }, month: '2020-03' };
  const filled = [
    { figure: 'requests.new.natural-person', quantity: '12', note: '' },
    { figure: 'requests.outcomes.refused.state-secret.company', quantity: null, note: '' },
    { figure: 'enforcement.licences.change', quantity: '-4', note: '' },
    { figure: 'enforcement.procurement.amount', quantity: '4637.282915', note: '含委托' },
    { figure: 'requests.fees', quantity: '0', note: '' },
  ];
  const read = async (template: ReturnType<typeof sheetTemplate>) =>
    readReturnSheet(await readSheet({ name: 'a.xlsx', bytes: await writeXlsx([template]) }), form, target);

  test('comes back as it went out, list and tables of rows by columns', async () => {
    const { accepted, rejected } = await read(sheetTemplate(form, target, filled));
    expect(rejected).toEqual([]);
    expect(
      accepted.map(({ figure, quantity, note }) => `${figure} ${quantity} ${note}`.trim()).toSorted(),
    ).toEqual(filled.map(({ figure, quantity, note }) => `${figure} ${quantity} ${note}`.trim()).toSorted());
  });

  test('says which cell of a table is wrong', async () => {
    const template = sheetTemplate(form, target, filled);
    const rows = template.rows.map((row) =>
      row[0] === '（一）予以公开' ? ['（一）予以公开', '3', '-1', '1.5', '十', null, null] : row,
    );
    const { rejected } = await read({ ...template, rows });
    expect(rejected.map(({ field, problem }) => `${field}：${problem}`)).toEqual([
      '商业企业：不能是负数',
      '科研机构：应填整数（单位：件）',
      '社会公益组织：“十”不是数字',
    ]);
  });
});

describe('a figure named in an import', () => {
  const find = figureFinder(registry);
  const found = (name: string, year: number) => {
    const figure = find(name, year);
    return typeof figure === 'string' ? figure : figure.code;
  };
  test.each([
    ['1.2.3', 2018, 'channels.weibo'],
    ['channels.weibo', 2018, 'channels.weibo'],
    ['P1.1.created', 2020, 'catalogue.rules.created'],
    ['3.1.naturalPerson', 2023, 'requests.outcomes.disclosed.natural-person'],
    ['R.directPending', 2023, 'remedies.direct-suit.pending'],
    ['P5.1', 2023, 'enforcement.licences.decisions'],
    ['F1', 2023, 'requests.fees'],
    ['3.1.total', 2023, '统计表3.1.total“（一）予以公开”（总计）由分项相加，不接受填报'],
    ['channels.weibo', 2023, '2023年的统计表没有指标“政务微博公开政府信息数”（channels.weibo）'],
    ['9.9', 2018, '没有指标“9.9”，可用指标代码或2018年统计表的行号，例如 1.1'],
    ['9.9', 2020, '没有指标“9.9”，可用指标代码或2020年统计表的行号，例如 P1.1.created'],
    ['1.1', 2012, '没有指标“1.1”；2012年没有可用的统计表格式'],
  ])('%s of %i', (name, year, expected) => expect(found(name, year)).toBe(expected));
});
