import { describe, expect, it, test } from 'vitest';
import { gridsOf, type RawTable } from './tables.ts';

type Cell = string | [text: string, columns: number, rows: number];
const table = (rows: Cell[][], heads = 0): RawTable => ({
  caption: '',
  rows: rows.map((cells, index) => ({
    head: index < heads,
    cells: cells.map((cell) => {
      const [text, columns, height] = typeof cell === 'string' ? [cell, 1, 1] : cell;
      return { text, head: false, columns, rows: height };
    }),
  })),
});
const drawn = (raw: RawTable) =>
  gridsOf(raw)?.map(({ rows, headRows }) => ({
    headRows,
    rows: rows.map((cells) =>
      cells.map(({ text, columns, rows: height }) =>
        columns + height === 2 ? text : `${text}:${columns}x${height}`,
      ),
    ),
  }));

describe('the grid of a table', () => {
  test.each<[string, RawTable, number, string[][]]>([
    [
      'whole',
      table(
        [
          ['甲', '乙'],
          ['一', '二'],
        ],
        1,
      ),
      1,
      [
        ['甲', '乙'],
        ['一', '二'],
      ],
    ],
    [
      'short rows are filled',
      table([['甲', '乙'], ['一']]),
      0,
      [
        ['甲', '乙'],
        ['一', ''],
      ],
    ],
    [
      'spans keep their places',
      table([[['甲', 1, 2], '乙'], ['二'], ['三', '四']]),
      0,
      [['甲:1x2', '乙'], ['二'], ['三', '四']],
    ],
    ['rows beyond the end are cut', table([[['甲', 1, 99], '乙'], ['二']]), 0, [['甲:1x2', '乙'], ['二']]],
    [
      'what two claim belongs to the first',
      table([['甲', ['乙', 1, 2]], [['丙', 2, 1]]]),
      0,
      [['甲', '乙:1x2'], ['丙']],
    ],
    [
      'headings that reach into the body',
      table([[['项', 1, 2], '数'], ['甲'], ['一', '二']], 1),
      2,
      [['项:1x2', '数'], ['甲'], ['一', '二']],
    ],
    ['nothing but headings', table([['甲'], ['乙']], 2), 0, [['甲'], ['乙']]],
  ])('%s', (_, raw, headRows, rows) => {
    expect(drawn(raw)).toEqual([{ headRows, rows }]);
  });

  it('puts more than twelve columns below one another, each part behind the first column', () => {
    const row = (mark: string) => Array.from({ length: 30 }, (_, index) => `${mark}${index + 1}`);
    const parts = drawn(table([row('头'), row('行')], 1)) ?? [];
    expect(parts.map(({ rows }) => rows[1]?.length)).toEqual([12, 12, 8]);
    expect(parts.map(({ rows }) => rows[1]?.slice(0, 2))).toEqual([
      ['行1', '行2'],
      ['行1', '行13'],
      ['行1', '行24'],
    ]);
    expect(parts.map(({ headRows }) => headRows)).toEqual([1, 1, 1]);
    const texts = new Set(parts.flatMap(({ rows }) => rows[1] ?? []));
    expect(texts.size).toBe(30);
  });

  it('prints a long text once, where it begins', () => {
    const long = '长'.repeat(500);
    const parts = drawn(table([[[long, 30, 1]], Array.from({ length: 30 }, () => '格')])) ?? [];
    const lengths = parts.map(({ rows }) => rows[0]?.[0]?.replace(/:.*/, '').length);
    expect(lengths).toEqual([500, 61, 61]);
    expect(parts.map(({ rows }) => rows[0]?.length)).toEqual([1, 1, 1]);
  });

  test.each<[string, RawTable, unknown]>([
    ['no rows', table([]), []],
    ['no cells', table([[], []]), []],
    ['more columns than can be drawn', table([Array.from({ length: 401 }, () => '格')]), null],
    [
      'more places than can be drawn',
      table(Array.from({ length: 700 }, () => [['格', 100, 1]] as Cell[])),
      null,
    ],
  ])('%s', (_, raw, is) => {
    expect(gridsOf(raw)).toEqual(is);
  });
});
