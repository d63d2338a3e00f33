import { describe, expect, test } from 'vitest';
import { checkReport } from '../check/index.ts';
import { comparableTables } from '../comparison.ts';
import { resolveChapters } from '../narrative/index.ts';
import { sound2019, sound2021 } from '../render/fixtures/eras.ts';
import { buildTables, type CellValues, formatById } from './index.ts';

const eras = { '2019': [sound2019, 2020], '2021': [sound2021, 2023] } as const;
type Era = keyof typeof eras;
type Changes = Readonly<Record<string, Readonly<Record<string, number | null>>>>;

/** The sound values with single cells changed. */
function changed(era: Era, changes: Changes): CellValues {
  const [sound] = eras[era];
  const rows = Object.entries(changes).map(([row, cells]) => {
    const given = sound[row];
    if (typeof given !== 'object' || given === null) return [row, cells.value ?? null] as const;
    return [row, { ...given, ...cells }] as const;
  });
  return { ...sound, ...Object.fromEntries(rows) };
}

function found(era: Era, changes: Changes, previous?: CellValues): string[] {
  const format = formatById(era)!;
  const tables = buildTables(format, changed(era, changes));
  const last = previous && buildTables(format, previous);
  return checkReport({
    format,
    year: eras[era][1],
    tables,
    powers: [],
    ...(last && { previous: last }),
  }).map(({ rule, severity }) => `${rule} ${severity}`);
}

describe.each(['2019', '2021'] as const)('the sound report of the format on %s', (era) => {
  test('has nothing wrong in it', () => {
    expect(found(era, {})).toEqual([]);
  });

  test.each<[string, Changes, string[]]>([
    ['a total of a row', { '3.1': { total: 99 } }, ['T2 error', 'T3 error']],
    ['a total of a column', { '3.7': { naturalPerson: 1 } }, ['T1 error', 'T2 error', 'T3 error']],
    ['an outcome', { '3.2': { company: 50 } }, ['T2 error', 'T3 error']],
    ['what is carried out', { '4': { research: 7 } }, ['T1 error', 'T3 error']],
    ['reconsiderations', { R: { reconsiderationTotal: 2 } }, ['V1 error']],
    ['direct suits', { R: { directOther: 9 } }, ['V2 error']],
    ['suits after reconsideration', { R: { afterReconsiderationUpheld: 9 } }, ['V3 error']],
    ['half a request', { '3.5.1': { naturalPerson: 0.5 } }, ['T2 error', 'T3 error', 'S14 error']],
    ['a negative count', { 'P6.1': { decisions: -3 } }, ['S14 error']],
    ['a fee that nobody stated', { F1: { value: null } }, ['X9 notice']],
  ])('%s', (_, changes, expected) => expect(found(era, changes)).toEqual(expected));

  test('fees without requests', () => {
    const tables = buildTables(formatById(era)!, { F1: 0.5 });
    const rules = checkReport({ format: formatById(era)!, year: 2020, tables }).map(({ rule }) => rule);
    expect(rules).toEqual(['S13']);
  });

  test('rules made by a body without the power', () => {
    const column = era === '2019' ? 'created' : 'issued';
    const [sound] = eras[era];
    const tables = buildTables(formatById(era)!, { ...sound, 'P1.1': { [column]: 2 } });
    const check = (powers?: ['rule-making'] | []) =>
      checkReport({ format: formatById(era)!, year: 2022, tables, ...(powers && { powers }) }).map(
        ({ rule }) => rule,
      );
    expect(check([])).toEqual(['P3']);
    expect(check(['rule-making'])).toEqual([]);
    expect(check()).toEqual([]);
  });
});

describe('against last year', () => {
  const rest = { F1: 0 };
  const carried = { naturalPerson: 3, company: 0, research: 0, publicWelfare: 0, legalService: 1, other: 0 };

  test('what was carried out comes back, column by column', () => {
    expect(found('2019', {}, { ...rest, '4': { ...carried, total: 4 } })).not.toContain('T4 error');
    const wrong = found('2019', {}, { ...rest, '4': { ...carried, company: 2, total: 6 } });
    expect(wrong.filter((line) => line === 'T4 error')).toHaveLength(2);
  });

  test('items of last year with their change are the items at the start of this year', () => {
    const last = (change: number): CellValues => ({
      'P5.1': { previousItems: 130, change, decisions: 5218 },
    });
    expect(found('2019', {}, last(2)).filter((line) => line.startsWith('P2'))).toHaveLength(4);
    expect(found('2019', {}, last(1)).filter((line) => line.startsWith('P2'))).toHaveLength(5);
  });

  test('a change is told in the unit of its column', () => {
    const format = formatById('2019')!;
    const messages = checkReport({
      format,
      year: 2020,
      tables: buildTables(format, sound2019),
      previous: buildTables(format, { 'P5.1': { previousItems: 200, change: -68, decisions: 900 } }),
    }).map(({ message }) => message);
    expect(messages).toContainEqual(
      expect.stringContaining('“行政许可”（处理决定数量）2020年 5218 件，2019年 900 件'),
    );
    expect(messages.join()).not.toContain('5218 项');
  });

  test('what is in force follows from what was', () => {
    const last = (inForce: number): CellValues => ({ 'P1.2': { issued: 4, repealed: 2, inForce } });
    expect(found('2021', {}, last(59))).not.toContain('P1 warning');
    expect(found('2021', {}, last(58))).toContain('P1 warning');
  });

  test('what was pending is decided or still pending', () => {
    const last = (pending: number): CellValues => ({ R: { directPending: pending } });
    expect(found('2021', {}, last(3))).not.toContain('V4 warning');
    expect(found('2021', {}, last(4))).toContain('V4 warning');
  });

  test('a fee notice must have been sent before a fee can be overdue', () => {
    expect(found('2021', { F2: { value: 0 } })).toEqual(['T7 warning']);
    expect(found('2021', { F2: { value: null } })).toEqual(['T7 warning']);
  });
});

describe('across eras', () => {
  const format2021 = formatById('2021')!;
  const tables2019 = buildTables(formatById('2019')!, sound2019);

  test('only cells that are the same are there to compare with', () => {
    const cells = comparableTables(format2021, { format: '2019', tables: tables2019 }).flatMap(
      ({ sections }) =>
        sections.flatMap(({ rows }) =>
          rows.flatMap(({ spec, cells }) => Object.keys(cells).map((column) => `${spec.code}/${column}`)),
        ),
    );
    expect(cells).toContain('4/naturalPerson');
    expect(cells).toContain('P1.2/issued');
    expect(cells.filter((cell) => /^(?:3\.6|P8|P1\.\d\/(?:inForce|repealed))/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => cell.startsWith('R/'))).toHaveLength(15);
  });

  test('nothing is comparable with a report two eras back', () => {
    const tables = buildTables(formatById('2014')!, { '3.1': 5 });
    const cells = comparableTables(format2021, { format: '2014', tables }).flatMap(({ sections }) =>
      sections.flatMap(({ rows }) => rows.flatMap(({ cells }) => Object.keys(cells))),
    );
    expect(cells).toEqual([]);
  });
});

describe('consolidation', () => {
  test.each(['2014', '2019', '2021'] as const)('a parent of the format on %s is the sum of all', (id) => {
    const format = formatById(id)!;
    const values: CellValues = id === '2014' ? { '1.1': 5, '3.1': 2, '3.1.1': 2 } : eras[id][0];
    const one = buildTables(format, values);
    const sum = structuredClone(one);
    for (const { sections } of sum)
      for (const { rows } of sections)
        for (const { cells } of rows)
          for (const cell of Object.values(cells)) if (cell.value !== null) cell.value *= 3;
    const subordinates = ['甲', '乙'].map((name) => ({ name, tables: one }));
    const check = (tables: typeof one) =>
      checkReport({ format, year: format.years.from, tables, subordinates, own: one }).filter(
        ({ rule }) => rule === 'S17',
      );
    expect(check(sum)).toEqual([]);
    expect(check(one).length).toBeGreaterThan(2);
  });
});

describe('the text', () => {
  const stated = (era: Era, source: string, changes: Changes = {}) => {
    const format = formatById(era)!;
    const year = eras[era][1];
    const tables = buildTables(format, changed(era, changes));
    const chapters = resolveChapters(format, new Map([['overview', source]]), {
      agency: '示例机关',
      year,
      tables,
    });
    return checkReport({ format, year, tables, chapters, powers: [] }).map(({ quote }) => quote ?? '');
  };

  test.each<[string, Era, string, string, string]>([
    ['new requests', '2021', '收到政府信息公开申请{n}件', '163', '162'],
    ['new requests with those carried in', '2021', '共收到政府信息公开申请{n}件', '171', '170'],
    ['carried in', '2021', '上年结转{n}件', '8', '7'],
    ['handled', '2021', '全年办理政府信息公开申请{n}件', '171', '161'],
    ['disclosed', '2021', '予以公开{n}件', '67', '66'],
    ['partly disclosed', '2021', '部分公开{n}件', '18', '17'],
    ['refused, all grounds together', '2021', '不予公开{n}件', '27', '5'],
    ['unavailable, all reasons together', '2021', '无法提供{n}件', '34', '28'],
    ['unprocessed', '2021', '不予处理{n}件', '11', '5'],
    ['otherwise handled, three rows', '2021', '其他处理{n}件', '5', '2'],
    ['otherwise handled, one row', '2019', '其他处理{n}件', '3', '2'],
    ['carried out', '2021', '结转下年度继续办理{n}件', '9', '8'],
    ['natural persons', '2021', '自然人申请{n}件', '128', '126'],
    ['organisations together', '2021', '法人或其他组织申请{n}件', '35', '22'],
    ['documents issued', '2021', '制发行政规范性文件{n}件', '4', '5'],
    ['documents repealed', '2021', '废止行政规范性文件{n}件', '2', '3'],
    ['documents in force', '2021', '现行有效行政规范性文件{n}件', '61', '60'],
    ['documents made', '2019', '新制作规范性文件{n}件', '6', '7'],
    ['licences', '2021', '作出行政许可决定{n}件', '6087', '6088'],
    ['penalties', '2021', '作出行政处罚决定{n}件', '274', '275'],
    ['reconsiderations', '2021', '被申请行政复议{n}件', '13', '14'],
    ['suits of both kinds', '2021', '被提起行政诉讼{n}件', '9', '3'],
    ['fees', '2021', '收取信息处理费{n}万元', '0.12', '0.2'],
  ])('%s', (_, era, wording, right, wrong) => {
    expect(stated(era, `全年${wording.replace('{n}', right)}。`)).toEqual([]);
    expect(stated(era, `全年${wording.replace('{n}', wrong)}。`)).toHaveLength(1);
  });

  test.each<[string, Era, string]>([
    ['one channel is not the total', '2021', '其中通过网站收到政府信息公开申请12件。'],
    ['items published are not decisions made', '2021', '公示行政许可信息120条、行政处罚信息30条。'],
  ])('%s', (_, era, source) => expect(stated(era, source)).toEqual([]));

  test('a denial of what the table shows', () => {
    expect(stated('2021', '没有发生因政府信息公开被申请行政复议的情况。')).toHaveLength(1);
    expect(stated('2021', '未收取信息处理费。')).toHaveLength(1);
  });
});
