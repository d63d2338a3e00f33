import type { CellPick } from '../formats/format.ts';
import { exact, type Grid, type Reading, together } from '../formats/grid.ts';
import type { Finding } from '../model.ts';
import { judge, softened, unreadOf } from './judge.ts';
import type { Subject } from './subject.ts';
import { columnsOf, doubt } from './sums.ts';
import { amountOf, type Check, finding, unassessable } from './wording.ts';

/** Changes against last year that are larger than the share allowed, or to or from 0. */
export function checkYearOnYear(check: Check<'year-on-year'>, { grid, previous, year }: Subject): Finding[] {
  if (!previous) return [];
  return grid.codes.flatMap((code) =>
    totalColumns(grid, code).flatMap((column) => {
      if (!isSameCell(grid, previous, code, column)) return [];
      if (unreadOf(grid.reading(code, column), previous.reading(code, column)).length > 0) return [];
      const now = grid.effective(code, column);
      const before = previous.effective(code, column);
      const change = exact((now ?? 0) - (before ?? 0));
      const share = before ? (Math.abs(change) / Math.abs(before)) * 100 : null;
      const notable = change !== 0 && (share === null || !now || share > check.percent);
      if (!notable) return [];
      const unit = grid.unit(code, column);
      const percent = share === null || !now ? '' : `（${Number(share.toFixed(1))}%）`;
      const message =
        `${grid.name(code, column)}${year}年 ${amountOf(now, unit)}，${year - 1}年 ${amountOf(before, unit)}，` +
        `${change > 0 ? '增加' : '减少'} ${amountOf(Math.abs(change), unit)}${percent}`;
      return [finding(check, message, [grid.ref(code, column)], { left: now, right: before })];
    }),
  );
}

/** Where a column totals others, it alone tells how the row changed. */
function totalColumns(grid: Grid, code: string): string[] {
  const parts = grid.columns(code).flatMap(({ sumOf }) => sumOf ?? []);
  return columnsOf(grid, code).filter((column) => !parts.includes(column));
}

/** What last year's report carried over must come back in this year's. */
export function checkCarriedOver(check: Check<'carried-over'>, { grid, previous, year }: Subject): Finding[] {
  const first = check.thisYear[0];
  if (!previous || !first) return [];
  const columns = first.column ? [first.column] : columnsOf(grid, first.row);
  return columns.flatMap((column) => {
    if (!check.lastYear.every((pick) => isSameCell(grid, previous, pick.row, pick.column ?? column)))
      return [];
    const [now, before] = [
      pickedSum(grid, check.thisYear, column),
      pickedSum(previous, check.lastYear, column),
    ];
    const judged = judge(now, before);
    if (!judged) return [];
    if (judged === 'unassessable') return unreadHere(check, now);
    const [left, right] = [now.value, before.value];
    const unit = grid.unit(first.row, column);
    const message =
      `${year}年${picksWording(grid, check.thisYear, column)} ${amountOf(left, unit)}，` +
      `${year - 1}年${picksWording(previous, check.lastYear, column)} ${amountOf(right, unit)}，` +
      `相差 ${amountOf(exact(Math.abs(left - right)), unit)}${doubt(judged)}`;
    const cells = check.thisYear.map((pick) => grid.ref(pick.row, pick.column ?? column));
    return [
      finding(check, message, cells, { left, right, verdict: softened(judged, check.level === 'error') }),
    ];
  });
}

/** What was still open in last year's report is part of this year's cells, whatever became of it. */
export function checkReappears(check: Check<'reappears'>, { grid, previous, year }: Subject): Finding[] {
  const first = check.thisYear[0];
  if (!previous || !first?.column) return [];
  const { column } = first;
  if (!check.lastYear.every((pick) => isSameCell(grid, previous, pick.row, pick.column ?? column))) return [];
  const [now, before] = [
    pickedSum(grid, check.thisYear, column),
    pickedSum(previous, check.lastYear, column),
  ];
  const judged = judge(before, now, 'at-most');
  if (!judged) return [];
  if (judged === 'unassessable') return unreadHere(check, now);
  const [left, right] = [now.value, before.value];
  const unit = grid.unit(first.row, column);
  const message =
    `${year}年${picksWording(grid, check.thisYear, column)} ${amountOf(left, unit)}，` +
    `少于${year - 1}年${picksWording(previous, check.lastYear, column)} ${amountOf(right, unit)}，` +
    `少 ${amountOf(exact(right - left), unit)}${doubt(judged)}`;
  const cells = check.thisYear.map((pick) => grid.ref(pick.row, pick.column ?? column));
  return [
    finding(check, message, cells, { left, right, verdict: softened(judged, check.level === 'error') }),
  ];
}

/** What could not be read of last year's report is no matter of this one. */
function unreadHere(check: Check<'carried-over' | 'reappears'>, now: Reading): Finding[] {
  const cells = unreadOf(now);
  return cells.length > 0 ? [unassessable(check, cells)] : [];
}

/** Codes recur between formats with other meanings; a cell is the same when its table, row and column are. */
function isSameCell(grid: Grid, previous: Grid, code: string, column: string): boolean {
  return (
    previous.has(code) &&
    grid.has(code) &&
    previous.ref(code, column).table === grid.ref(code, column).table &&
    previous.cell(code, column) !== undefined
  );
}

function pickedSum(grid: Grid, picks: readonly CellPick[], column: string): Reading {
  return together(
    picks.map(({ row, column: own, sign }) => ({ of: grid.reading(row, own ?? column), sign })),
  );
}

function picksWording(grid: Grid, picks: readonly CellPick[], column: string): string {
  return picks
    .map(({ row, column: own, sign }, index) => {
      const operator = index === 0 ? '' : sign === -1 ? '减' : '加';
      return `${operator}${grid.name(row, own ?? column)}`;
    })
    .join('');
}
