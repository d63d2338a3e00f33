import { describe, expect, it, test } from 'vitest';
import { type CubeCell, countsOf, type Narrowing } from './facets.ts';

const cell = (
  unitId: number,
  year: number,
  genre: string,
  count: number,
  validity: CubeCell['validity'] = 'in-force',
): CubeCell => ({ unitId, unitName: `第${unitId}部门`, year, genre, validity, count });

const cube = [
  cell(1, 2018, '通知', 5),
  cell(1, 2017, '通知', 2),
  cell(2, 2018, '公告', 4, 'repealed'),
  cell(2, 2018, '', 1),
];
const all: Narrowing = { unitId: null, year: null, genre: null, validity: null };

describe('the counts beside a list', () => {
  it('hold everything without a filter, the largest first and years from the newest', () => {
    expect(countsOf(cube, all)).toEqual({
      total: 12,
      units: [
        { id: 1, name: '第1部门', count: 7 },
        { id: 2, name: '第2部门', count: 5 },
      ],
      years: [
        { year: 2018, count: 10 },
        { year: 2017, count: 2 },
      ],
      genres: [
        { genre: '通知', count: 7 },
        { genre: '公告', count: 4 },
      ],
      validities: [
        { validity: 'in-force', count: 8 },
        { validity: 'repealed', count: 4 },
      ],
    });
  });

  test.each<[Partial<Narrowing>, number, number[], string[]]>([
    // A filter narrows every count but its own.
    [{ unitId: 2 }, 5, [1, 2], ['公告']],
    [{ year: 2017 }, 2, [1], ['通知']],
    [{ genre: '公告', year: 2018 }, 4, [2], ['通知', '公告']],
    [{ validity: 'repealed', unitId: 1 }, 0, [2], []],
    [{ genre: '命令' }, 0, [], ['通知', '公告']],
  ])('under %o', (wanted, total, units, genres) => {
    const counts = countsOf(cube, { ...all, ...wanted });
    expect(counts.total).toBe(total);
    expect(counts.units.map(({ id }) => id)).toEqual(units);
    expect(counts.genres.map(({ genre }) => genre)).toEqual(genres);
  });
});
