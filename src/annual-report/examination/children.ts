import { exact, type Grid, sumOf } from '../formats/grid.ts';
import type { Finding } from '../model.ts';

interface Child {
  name: string;
  grid: Grid;
}

/**
 * Rule S17 for reports that were read in: a parent body reports at least what the bodies below it report. Its own figures
 * are not known and its scope may be narrower, so less than that is uncertain, never wrong. One finding for each row.
 */
export function parentBelowChildren(grid: Grid, children: readonly Child[]): Finding[] {
  if (children.length === 0) return [];
  return grid.codes.flatMap((code) => {
    const columns = grid.columns(code).filter(({ signed }) => !signed);
    const short = columns.flatMap(({ id }) => {
      const own = grid.reading(code, id);
      if (!own.told || own.unread.length > 0) return [];
      const below = children.flatMap(({ name, grid: child }) => {
        const value = child.has(code) && child.cell(code, id) ? child.effective(code, id) : null;
        return value === null ? [] : [{ name, value }];
      });
      const sum = sumOf(below.map(({ value }) => value));
      return own.value < sum ? [{ column: id, left: own.value, right: sum, below }] : [];
    });
    // The total column tells the row best; it is printed last.
    const main = short.at(-1);
    if (!main) return [];
    const { unit } = grid.spec(code);
    const listed = main.below.filter(({ value }) => value > 0).toSorted((a, b) => b.value - a.value);
    const names =
      listed
        .slice(0, 5)
        .map(({ name, value }) => `${name} ${value}`)
        .join('、') + (listed.length > 5 ? ' 等' : '');
    const difference = exact(main.right - main.left);
    return [
      {
        rule: 'S17',
        severity: 'warning',
        verdict: 'uncertain',
        message: `${grid.name(code, main.column)}填 ${main.left} ${unit}，少于下级合计 ${main.right} ${unit}（${names}），少 ${difference} ${unit}。请核对本报告是否汇总了下级数据。`,
        cells: short.map(({ column }) => grid.ref(code, column)),
        left: main.left,
        right: main.right,
        difference,
        tolerance: 0,
      },
    ];
  });
}
