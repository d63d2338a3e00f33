import type { CellPick } from '../formats/format.ts';
import { exact, type Grid, type Reading, sumOf, together } from '../formats/grid.ts';
import type { Finding } from '../model.ts';
import { judge, softened, unreadOf } from './judge.ts';
import type { Subject } from './subject.ts';
import { columnsOf, doubt } from './sums.ts';
import { amountOf, type Check, commonUnit, finding, sideOf, unassessable } from './wording.ts';

/** The left rows together must not exceed the right rows together, plus what last year's report carried over. */
export function checkAtMost(check: Check<'at-most'>, { grid, previous }: Subject): Finding[] {
  const rows = [...check.left, ...check.right];
  return columnsOf(grid, rows[0]!).flatMap((column) => {
    const side = (codes: readonly string[]) =>
      together(codes.map((row) => ({ of: grid.reading(row, column) })));
    const [one, within] = [side(check.left), side(check.right)];
    const carried = check.carriedIn ? carriedOver(check.carriedIn, previous, column) : 0;
    const other: Reading = { ...within, value: exact(within.value + (carried ?? 0)) };
    const [left, right] = [one.value, other.value];
    const judged = judge(one, other, 'at-most');
    if (!judged || (judged === 'unassessable' && !one.told)) return [];
    if (judged === 'unassessable') return [unassessable(check, unreadOf(one, other))];
    const unit = commonUnit(grid, check.left);
    const message =
      `${sideOf(grid, check.left, column, left)}，大于${sideOf(grid, check.right, column, within.value)}` +
      `${check.carriedIn ? carriedWording(carried, unit) : ''}，多 ${amountOf(exact(left - right), unit)}${doubt(judged)}`;
    const cells = rows.map((row) => grid.ref(row, column));
    return [
      finding(check, message, cells, { left, right, verdict: softened(judged, check.level === 'error') }),
    ];
  });
}

/** No part may exceed the total, though the parts together may. */
export function checkMaxAtMost(check: Check<'max-at-most'>, { grid }: Subject): Finding[] {
  return columnsOf(grid, check.total).flatMap((column) => {
    const total = grid.reading(check.total, column);
    return check.parts.flatMap((part) => {
      const one = grid.reading(part, column);
      const verdict = judge(one, total, 'at-most');
      if (!verdict) return [];
      if (verdict === 'unassessable') return [unassessable(check, unreadOf(one, total))];
      const unit = grid.spec(part).unit;
      const message =
        `${sideOf(grid, [part], column, one.value)}，大于${sideOf(grid, [check.total], column, total.value)}` +
        `，多 ${amountOf(exact(one.value - total.value), unit)}${doubt(verdict)}`;
      const cells = [grid.ref(part, column), grid.ref(check.total, column)];
      const right = grid.effective(check.total, column);
      return [finding(check, message, cells, { left: one.value, right, verdict })];
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
  if (!grid.has(check.when) || !grid.has(check.needs)) return [];
  const pairs = check.columns
    ? [check.columns]
    : columnsOf(grid, check.when).map((id) => ({ when: id, needs: id }));
  return pairs.flatMap(({ when, needs }) => {
    const left = grid.effective(check.when, when);
    const right = grid.effective(check.needs, needs);
    if ((left ?? 0) <= 0 || (right ?? 0) > 0) return [];
    const unread = grid.reading(check.needs, needs);
    if (unread.unread.length > 0) return [unassessable(check, unread.unread)];
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
