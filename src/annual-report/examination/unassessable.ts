import type { CellRef, Format } from '../formats/format.ts';
import type { Grid } from '../formats/grid.ts';
import type { Finding } from '../model.ts';
import type { ReadReport } from '../reading/model.ts';
import { cellsOfTable, named, printedAt } from './entries.ts';

/**
 * One finding for each table with cells that were not read as numbers: which cells, what they show, and which rules could
 * not be checked because of them (rule B3).
 */
export function unreadCells(
  format: Format,
  grid: Grid,
  report: ReadReport,
  skipped: readonly Finding[],
): Finding[] {
  return format.tables.flatMap(({ id, title }) => {
    const all = cellsOfTable(grid, id).map(({ ref }) => ref);
    const at = (state: string) => all.filter(({ row, column }) => grid.state(row, column) === state);
    const [text, absent] = [at('text'), at('absent')];
    const cells = [...text, ...absent];
    if (cells.length === 0) return [];
    const rules = [
      ...new Set(
        skipped.filter((finding) => finding.cells.some(({ table }) => table === id)).map(({ rule }) => rule),
      ),
    ];
    const left = rules.length === 0 ? '' : `，${rules.join('、')} 因此不能全部核对`;
    if (absent.length === all.length) return [unread(cells, `没有读到“${title}”${left}`)];
    const shown = text
      .slice(0, 6)
      .map((cell) => `${grid.name(cell.row, cell.column)}印作“${printedAt(report, cell)}”`);
    const words = [
      ...(text.length > 0
        ? [`${shown.join('、')}${text.length > 6 ? ` 等 ${text.length} 格` : ''}，不是数字`]
        : []),
      ...(absent.length > 0
        ? [`没有找到${named(grid, absent)}${absent.length > 6 ? ` ${absent.length} 格` : ''}`]
        : []),
    ];
    return [unread(cells, `“${title}”：${words.join('；')}${left}`)];
  });
}

/** Nothing is known to compare with: the report as a whole. */
export function unknownReport(report: ReadReport): Finding[] {
  const words = [
    ...(report.format === null ? ['没有认出统计表属于哪一种格式，表内勾稽关系和正文与表的一致无法核对'] : []),
    ...(report.year === null ? ['没有认出报告年度，统计期限和上年数据无法核对'] : []),
  ];
  return words.map((message) => unread([], message));
}

function unread(cells: CellRef[], message: string): Finding {
  return {
    rule: 'B3',
    severity: 'notice',
    verdict: 'unassessable',
    message: `${message}。`,
    cells,
    left: null,
    right: null,
    difference: null,
    tolerance: 0,
  };
}
