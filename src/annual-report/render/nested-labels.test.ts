import { describe, expect, it } from 'vitest';
import { compiledFixture } from './fixtures/eras.ts';
import { kunmingReport } from './fixtures/kunming.ts';
import { gridOf } from './grid.ts';
import { nestLabels } from './nested-labels.ts';

const requestsOf = (id: '2019' | '2021') => gridOf(compiledFixture(id).tables[1]!, '0');

describe('row names as the official form prints them', () => {
  it.each([
    ['2019', 20, ['（三）不予公开', '（四）无法提供', '（五）不予处理']],
    ['2021', 22, ['（三）不予公开', '（四）无法提供', '（五）不予处理', '（六）其他处理']],
  ] as const)('of %s: each heading stands once beside its rows', (id, results, groups) => {
    const { sections, widths } = nestLabels(requestsOf(id));
    const beside = sections[0]!.rows.flatMap(({ cells }) =>
      cells.filter(({ role, rows }) => role === 'label' && rows > 1),
    );
    expect(beside.map(({ text }) => text)).toEqual(['三、本年度办理结果', ...groups]);
    expect(beside[0]?.rows).toBe(results);
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(1);
  });

  it.each(['2019', '2021'] as const)('of %s fill the grid in every row', (id) => {
    const { sections, widths } = nestLabels(requestsOf(id));
    const covered = new Array<number>(widths.length).fill(0);
    for (const { cells } of sections[0]!.rows) {
      let column = 0;
      const next = () => {
        while (covered[column]! > 0) column++;
        return column;
      };
      for (const cell of cells)
        for (let n = 0; n < cell.span; n++) {
          covered[next()] = cell.rows;
          column++;
        }
      expect(
        covered.every((rows) => rows > 0),
        cells[0]?.text,
      ).toBe(true);
      for (const [at, rows] of covered.entries()) covered[at] = rows - 1;
    }
    expect(sections[0]!.header[0]?.[0]).toMatchObject({ text: '办理情况', span: 3 });
  });

  it('leaves alone what has one column, sections, or no headings', () => {
    const [proactive, , remedies] = compiledFixture('2021').tables;
    for (const table of [kunmingReport().tables[0]!, proactive!, remedies!]) {
      const grid = gridOf(table, '0');
      expect(nestLabels(grid)).toBe(grid);
    }
  });
});
