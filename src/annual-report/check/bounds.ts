import type { CellPick } from '../formats/format.ts';
import { exact, type Grid, sumOf } from '../formats/grid.ts';
import type { Finding } from '../model.ts';
import type { Subject } from './subject.ts';
import { columnsOf } from './sums.ts';
import { amountOf, type Check, commonUnit, finding, sideOf } from './wording.ts';

/** The left rows together must not exceed the right rows together, plus what last year's report carried over. */
export function checkAtMost(check: Check<'at-most'>, { grid, previous }: Subject): Finding[] {
  const rows = [...check.left, ...check.right];
  return columnsOf(grid, rows[0]!).flatMap((column) => {
    const left = sumOf(check.left.map((row) => grid.effective(row, column)));
    const within = sumOf(check.right.map((row) => grid.effective(row, column)));
    const carried = check.carriedIn ? carriedOver(check.carriedIn, previous, column) : 0;
    const right = exact(within + (carried ?? 0));
    if (left <= right) return [];
    const unit = commonUnit(grid, check.left);
    const message =
      `${sideOf(grid, check.left, column, left)}，大于${sideOf(grid, check.right, column, within)}` +
      `${check.carriedIn ? carriedWording(carried, unit) : ''}，多 ${amountOf(exact(left - right), unit)}`;
    return [
      finding(
        check,
        message,
        rows.map((row) => grid.ref(row, column)),
        { left, right },
      ),
    ];
  });
}

/** No part may exceed the total, though the parts together may. */
export function checkMaxAtMost(check: Check<'max-at-most'>, { grid }: Subject): Finding[] {
  return columnsOf(grid, check.total).flatMap((column) => {
    const total = grid.effective(check.total, column);
    return check.parts.flatMap((part) => {
      const value = grid.effective(part, column);
      if (value === null || value <= (total ?? 0)) return [];
      const unit = grid.spec(part).unit;
      const message =
        `${sideOf(grid, [part], column, value)}，大于${sideOf(grid, [check.total], column, total ?? 0)}` +
        `，多 ${amountOf(exact(value - (total ?? 0)), unit)}`;
      const cells = [grid.ref(part, column), grid.ref(check.total, column)];
      return [finding(check, message, cells, { left: value, right: total })];
    });
  });
}

/** Parts that add up to the total exactly where overlap is expected. With a single part there is nothing to overlap. */
export function checkEqualNotice(check: Check<'equal-notice'>, { grid }: Subject): Finding[] {
  return columnsOf(grid, check.total).flatMap((column) => {
    const total = grid.effective(check.total, column);
    const sum = sumOf(check.parts.map((row) => grid.effective(row, column)));
    const used = check.parts.filter((row) => grid.effective(row, column));
    if (total === null || total !== sum || used.length < 2) return [];
    const message = `${sideOf(grid, check.parts, column, sum)}，恰好等于${sideOf(grid, [check.total], column, total)}`;
    const cells = [check.total, ...check.parts].map((row) => grid.ref(row, column));
    return [finding(check, message, cells, { left: sum, right: total })];
  });
}

/** A figure that cannot be without another. */
export function checkRequires(check: Check<'requires'>, { grid }: Subject): Finding[] {
  // What the text alone states is no part of a report that was read in.
  if (!grid.has(check.needs)) return [];
  const pairs = check.columns
    ? [check.columns]
    : columnsOf(grid, check.when).map((id) => ({ when: id, needs: id }));
  return pairs.flatMap(({ when, needs }) => {
    const left = grid.effective(check.when, when);
    const right = grid.effective(check.needs, needs);
    if ((left ?? 0) <= 0 || (right ?? 0) > 0) return [];
    const needed = right === null ? '为空' : ` ${amountOf(right, grid.spec(check.needs).unit)}`;
    const message = `${sideOf(grid, [check.when], when, left ?? 0)}，而${grid.name(check.needs, needs)}${needed}`;
    const cells = [grid.ref(check.when, when), grid.ref(check.needs, needs)];
    return [finding(check, message, cells, { left, right })];
  });
}

/** What last year's report left over; null when that report is not at hand. */
function carriedOver(picks: readonly CellPick[], previous: Grid | null, column: string): number | null {
  if (!previous || picks.some(({ row }) => !previous.has(row))) return null;
  const left = picks.map(
    ({ row, column: own, sign }) => (previous.effective(row, own ?? column) ?? 0) * (sign ?? 1),
  );
  return Math.max(0, sumOf(left));
}

function carriedWording(carried: number | null, unit: string): string {
  return carried === null ? '（上年结转数未知，按 0 计）' : `与上年结转 ${amountOf(carried, unit)}之和`;
}
