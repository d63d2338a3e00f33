import { describe, expect, test } from 'vitest';
import {
  type CellPick,
  cellsOfPick,
  countedTables,
  type Format,
  figureNeeds,
  formatById,
  formatForYear,
  formats,
  placedFigures,
} from './index.ts';

const rowsOf = (format: Format) =>
  countedTables(format)
    .flatMap(({ sections }) => sections)
    .flatMap(({ rows }) => rows)
    .filter(({ kind }) => kind !== 'heading');

test('each reporting year since 2014 has one format', () => {
  expect([2013, 2014, 2018, 2019, 2020, 2021, 2030].map((year) => formatForYear(year)?.id ?? null)).toEqual([
    null,
    '2014',
    '2014',
    '2019',
    '2019',
    '2021',
    '2021',
  ]);
});

test('one code is one figure, whichever formats name it', () => {
  const needs = formats.flatMap(figureNeeds);
  for (const need of needs) {
    const others = needs.filter(({ code }) => code === need.code);
    expect(
      others.map(({ unit, kind, measure, area }) => `${need.code} ${unit} ${kind} ${measure} ${area}`),
    ).toEqual(others.map(() => `${need.code} ${need.unit} ${need.kind} ${need.measure} ${need.area}`));
  }
});

describe.each(formats)('format $id', (format) => {
  const codes = rowsOf(format).map(({ code }) => code);
  const cellExists = (pick: CellPick) => cellsOfPick(format, pick).length > 0;

  test('has each row code, each figure and each name once', () => {
    expect(new Set(codes).size).toBe(codes.length);
    const needs = figureNeeds(format);
    expect(new Set(needs.map(({ code }) => code)).size).toBe(needs.length);
    expect(new Set(needs.map(({ label }) => label)).size).toBe(needs.length);
    for (const { code, unit, label } of needs) expect(`${unit}${label}`, code).not.toMatch(/^$|undefined/);
  });

  test('fills every cell by a figure or by a sum', () => {
    for (const { sections } of countedTables(format))
      for (const { rows, columns } of sections)
        for (const row of rows)
          for (const column of columns)
            if (row.kind !== 'heading')
              expect(
                row.figures?.[column.id] ?? row.sumOf ?? column.sumOf,
                `${row.code}.${column.id}`,
              ).toBeDefined();
  });

  test('names only rows and cells that exist, in sums, checks and anchors', () => {
    const inChecks = format.checks.flatMap((check): CellPick[] => {
      const rows = (list: readonly string[]) => list.map((row) => ({ row }));
      switch (check.kind) {
        case 'sum':
        case 'max-at-most':
        case 'equal-notice':
          return rows([check.total, ...check.parts]);
        case 'at-most':
        case 'balance':
          return rows([...check.left, ...check.right]);
        case 'requires':
          return check.columns
            ? [
                { row: check.when, column: check.columns.when },
                { row: check.needs, column: check.columns.needs },
              ]
            : rows([check.when, check.needs]);
        case 'carried-over':
        case 'reappears':
          return [...check.thisYear, ...check.lastYear];
        case 'column-sum':
          return check.rows.flatMap((row) =>
            [check.total, ...check.parts].map((column) => ({ row, column })),
          );
        case 'blank-should-be-zero':
        case 'power':
          return rows(check.rows);
        default:
          return [];
      }
    });
    const inRows = rowsOf(format).flatMap(({ sumOf = [], within }) =>
      [...sumOf, ...(within ? [within] : [])].map((row) => ({ row })),
    );
    const inAnchors = (format.anchors ?? []).flatMap(({ row, column, cells = [], alternatives = [] }) =>
      [{ row, column }, ...cells, ...alternatives.flat()].map((pick) => ({
        row: pick.row,
        ...((pick.column ?? column) !== undefined && { column: pick.column ?? column }),
      })),
    ) as CellPick[];
    expect([...inChecks, ...inRows, ...inAnchors].filter((pick) => !cellExists(pick))).toEqual([]);
  });

  test('has anchors whose wordings are regular expressions with one number', () => {
    for (const { patterns, zero = [] } of format.anchors ?? []) {
      for (const pattern of patterns) {
        expect(pattern.split('{n}')).toHaveLength(2);
        expect(() => new RegExp(pattern.replace('{n}', '1'), 'u'), pattern).not.toThrow();
      }
      for (const pattern of zero) expect(() => new RegExp(pattern, 'u'), pattern).not.toThrow();
    }
  });

  test('has a sum check for every total', () => {
    const checked = new Map(
      format.checks.flatMap((c) => (c.kind === 'sum' ? [[c.total, c.parts] as const] : [])),
    );
    for (const { code, sumOf } of rowsOf(format)) if (sumOf) expect(checked.get(code)).toEqual(sumOf);
    const columns = countedTables(format).flatMap(({ sections }) =>
      sections.flatMap(({ columns }) => columns),
    );
    for (const column of columns.filter(({ sumOf }) => sumOf))
      expect(
        format.checks.some((check) => check.kind === 'column-sum' && check.total === column.id),
        column.id,
      ).toBe(true);
  });

  test('prints each of its tables in one chapter', () => {
    expect(format.chapters.flatMap(({ tables }) => tables ?? []).toSorted()).toEqual(
      format.tables.map(({ id }) => id).toSorted(),
    );
  });

  test('is due twice, each time by an article', () => {
    expect(format.due.map(({ monthDay }) => monthDay)).toEqual(['01-31', '03-31']);
    for (const { article, role } of format.due) expect(article && role).not.toBe('');
  });
});

describe.each(['2019', '2021'] as const)('the format on %s', (id) => {
  const format = formatById(id)!;

  test('has the six chapters of the law in their order', () => {
    expect(format.chapters.map(({ key, title, tables = [] }) => [key, title, ...tables].join(' '))).toEqual([
      'overview 总体情况',
      'proactive 主动公开政府信息情况 proactive',
      'requests 收到和处理政府信息公开申请情况 requests',
      'remedies 政府信息公开行政复议、行政诉讼情况 remedies',
      'problems 存在的主要问题及改进情况',
      'others 其他需要报告的事项',
    ]);
  });

  test('has the five themes in chapter 1, and the fees and the end in chapter 6', () => {
    const template = (key: string) => format.chapters.find((chapter) => chapter.key === key)?.template ?? '';
    expect(template('overview').match(/^## .+$/gm)).toEqual([
      '## （一）主动公开',
      '## （二）依申请公开',
      '## （三）政府信息管理',
      '## （四）政府信息公开平台建设',
      '## （五）监督保障',
    ]);
    expect(template('others')).toContain('国办函〔2020〕109号');
    expect(template('others')).toContain('没有其他需要报告的事项');
  });

  test('keeps states as stocks and lets only a change be negative', () => {
    const needs = figureNeeds(format);
    const stocks = needs.filter(({ kind }) => kind === 'stock').map(({ code }) => code.replace(/^.*\./, ''));
    const expected = {
      '2019': ['total-disclosed', 'previous-items'],
      '2021': ['in-force'],
    }[id as '2019' | '2021'];
    const applicants = ['natural-person', 'company', 'research', 'public-welfare', 'legal-service', 'other'];
    expect(new Set(stocks)).toEqual(new Set([...expected, ...applicants, 'pending']));
    expect(
      needs
        .filter(({ code, kind }) => kind === 'stock' && code.startsWith('requests.'))
        .map(({ code }) => code),
    ).toEqual(applicants.map((kind) => `requests.carried-out.${kind}`));
    const signed = needs.filter((need) => need.signed).map(({ code }) => code);
    expect(signed).toEqual(needs.map(({ code }) => code).filter((code) => code.endsWith('.change')));
  });

  test('reads 25 or 23 rows of requests by six kinds of applicants, and twelve ends of a dispute', () => {
    const ofTable = (table: string) =>
      placedFigures(format).filter(({ cell }) => cell.table === table).length;
    expect([ofTable('requests'), ofTable('remedies'), ofTable('stated')]).toEqual([
      id === '2021' ? 24 * 6 : 22 * 6,
      12,
      2,
    ]);
  });
});
