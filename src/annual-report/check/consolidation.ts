import { exact, type Grid, sumOf } from '../formats/grid.ts';
import type { Finding } from '../model.ts';
import type { Subject } from './subject.ts';
import { columnsOf } from './sums.ts';
import { amountOf, type Check, finding } from './wording.ts';

/** A parent agency's cell is its own figure plus those of its subordinates (逐级汇总). */
export function checkConsolidation(check: Check<'consolidation'>, subject: Subject): Finding[] {
  const { grid, subordinates } = subject;
  if (subordinates.length === 0) return [];
  return grid.codes.flatMap((code) =>
    columnsOf(grid, code).flatMap((column) => {
      const own = ownPart(subject, code, column);
      const below = subordinates.map(({ name, grid: sub }) => ({
        name,
        value: sub.has(code) ? sub.effective(code, column) : null,
      }));
      const left = grid.effective(code, column);
      const right = sumOf([own, ...below.map(({ value }) => value)]);
      if ((left ?? 0) === right) return [];
      const unit = grid.unit(code, column);
      const listed = [{ name: '本级', value: own }, ...below]
        .filter(({ value }) => value)
        .map(({ name, value }) => `${name} ${value}`);
      const message =
        `${grid.name(code, column)}汇总数 ${amountOf(left, unit)}，本级与下级合计 ${amountOf(right, unit)}` +
        `${listed.length > 0 ? `（${listed.join('、')}）` : ''}，相差 ${amountOf(exact(Math.abs((left ?? 0) - right)), unit)}`;
      return [finding(check, message, [grid.ref(code, column)], { left, right })];
    }),
  );
}

function ownPart({ grid, own }: Subject, code: string, column: string): number | null {
  return own ? (own.has(code) ? own.effective(code, column) : null) : recordedPart(grid, code, column);
}

function recordedPart(grid: Grid, code: string, column: string): number | null {
  const cell = grid.cell(code, column);
  const told = [cell?.records.quantity ?? null, cell?.returns.quantity ?? null];
  if (told.some((quantity) => quantity !== null)) return sumOf(told);
  const parts = grid.partsOf(code, column).map((part) => recordedPart(grid, part.row, part.column));
  return parts.some((part) => part !== null) ? sumOf(parts) : null;
}
