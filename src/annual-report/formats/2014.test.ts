import { describe, expect, test } from 'vitest';
import { figureRows, figures2014, formatForYear, formats } from './index.ts';

const format = formatForYear(2018)!;
const rows = figureRows(format).map(({ row }) => row);

describe('the 2014 format', () => {
  test('governs the reporting years 2014 to 2018 and no others', () => {
    expect([2013, 2014, 2018].map((year) => formatForYear(year)?.id ?? null)).toEqual([null, '2014', '2014']);
    expect(formatForYear(2019)?.id).not.toBe('2014');
  });

  test('has 58 figure rows, each with a code and a figure of its own', () => {
    expect(rows).toHaveLength(58);
    expect(new Set(rows.map(({ code }) => code)).size).toBe(58);
    expect(new Set(rows.map(({ figures }) => figures?.value)).size).toBe(58);
  });

  test('lists exactly the figures its rows ask for, in the same order, with the same units', () => {
    expect(figures2014.map(({ code, unit }) => ({ code, unit }))).toEqual(
      rows.map(({ figures, unit }) => ({ code: figures?.value, unit })),
    );
  });

  test('keeps staff, offices and reading places as stocks', () => {
    expect(figures2014.filter(({ kind }) => kind === 'stock').map(({ code }) => code)).toEqual([
      'registers.offices',
      'registers.reading-places',
      'registers.staff.total',
      'registers.staff.full-time',
      'registers.staff.part-time',
    ]);
  });

  test('gives no sum to 主动公开政府信息数, where one item counts once across channels', () => {
    expect(rows.find(({ code }) => code === '1.1')?.sumOf).toBeUndefined();
  });

  test('totals as the printed numbering shows', () => {
    expect(rows.filter(({ sumOf }) => sumOf).map(({ code, sumOf }) => `${code}:${sumOf?.length}`)).toEqual([
      '3.1:4',
      '3.2:2',
      '3.3:8',
      '3.3.4:6',
      '4:3',
      '5:3',
      '8.3:2',
    ]);
  });
});

describe.each(formats)('format $id', (each) => {
  const codes = new Set(figureRows(each).map(({ row }) => row.code));
  const named = each.checks.flatMap((check) => {
    switch (check.kind) {
      case 'sum':
      case 'max-at-most':
      case 'equal-notice':
        return [check.total, ...check.parts];
      case 'at-most':
      case 'balance':
        return [...check.left, ...check.right];
      case 'requires':
        return [check.when, check.needs];
      case 'carried-over':
        return check.thisYear.map(({ row }) => row);
      case 'column-sum':
      case 'blank-should-be-zero':
        return check.rows;
      default:
        return [];
    }
  });

  test('names only rows that exist, in sums, checks and anchors', () => {
    const inRows = figureRows(each).flatMap(({ row }) => [...(row.sumOf ?? []), row.within ?? []].flat());
    const inAnchors = (each.anchors ?? []).map(({ row }) => row);
    expect([...named, ...inRows, ...inAnchors].filter((code) => !codes.has(code))).toEqual([]);
  });

  test('has a sum check for every total', () => {
    const checked = new Map(
      each.checks.flatMap((c) => (c.kind === 'sum' ? [[c.total, c.parts] as const] : [])),
    );
    for (const { row } of figureRows(each)) if (row.sumOf) expect(checked.get(row.code)).toEqual(row.sumOf);
  });

  test('prints each of its tables in one chapter', () => {
    expect(each.chapters.flatMap(({ tables }) => tables ?? []).toSorted()).toEqual(
      each.tables.map(({ id }) => id).toSorted(),
    );
  });
});
