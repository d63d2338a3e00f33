import { exact, type Grid, sumOf } from '../formats/grid.ts';
import type { Finding } from '../model.ts';
import type { Subject } from './subject.ts';
import { amountOf, type Check, commonUnit, finding, sideOf } from './wording.ts';

/** A total against the rows it totals, column by column. */
export function checkSum(check: Check<'sum'>, { grid }: Subject): Finding[] {
  return columnsOf(grid, check.total, check.columns).flatMap((column) => {
    const parts = check.parts.map((code) => ({
      name: grid.name(code, column),
      value: grid.effective(code, column),
    }));
    const total = grid.reported(check.total, column);
    const message = contradiction(grid.name(check.total, column), total, parts, grid.spec(check.total).unit);
    if (!message) return [];
    const cells = [check.total, ...check.parts].map((row) => grid.ref(row, column));
    return [finding(check, message, cells, { left: total, right: sumOf(parts.map(({ value }) => value)) })];
  });
}

/** A total column against the columns it totals, row by row. */
export function checkColumnSum(check: Check<'column-sum'>, { grid }: Subject): Finding[] {
  return check.rows.flatMap((row) => {
    const parts = check.parts.map((column) => ({
      name: grid.name(row, column),
      value: grid.effective(row, column),
    }));
    const total = grid.reported(row, check.total);
    const message = contradiction(grid.name(row, check.total), total, parts, grid.spec(row).unit);
    if (!message) return [];
    const cells = [check.total, ...check.parts].map((column) => grid.ref(row, column));
    return [finding(check, message, cells, { left: total, right: sumOf(parts.map(({ value }) => value)) })];
  });
}

/** Two groups of rows with equal sums (勾稽关系), column by column. */
export function checkBalance(check: Check<'balance'>, { grid }: Subject): Finding[] {
  const rows = [...check.left, ...check.right];
  return columnsOf(grid, rows[0]!).flatMap((column) => {
    const left = sumOf(check.left.map((row) => grid.effective(row, column)));
    const right = sumOf(check.right.map((row) => grid.effective(row, column)));
    if (left === right) return [];
    const difference = amountOf(exact(Math.abs(left - right)), commonUnit(grid, rows));
    const message = `${sideOf(grid, check.left, column, left)}，应等于${sideOf(grid, check.right, column, right)}，相差 ${difference}`;
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

export function columnsOf(grid: Grid, row: string, only?: readonly string[]): string[] {
  return grid
    .columns(row)
    .map(({ id }) => id)
    .filter((id) => !only || only.includes(id));
}

function contradiction(
  name: string,
  total: number | null,
  parts: readonly { name: string; value: number | null }[],
  unit: string,
): string | null {
  const told = parts.filter(({ value }) => value !== null);
  const sum = sumOf(parts.map(({ value }) => value));
  if (total === null && told.length === 0) return null;
  if (total === sum) return null;
  const listed = told.filter(({ value }) => value !== 0).map((part) => `${part.name} ${part.value}`);
  const made = listed.length > 0 ? `（${listed.join('、')}）` : '';
  const rightSide = told.length === 0 ? '各分项均为空' : `各分项合计 ${amountOf(sum, unit)}${made}`;
  if (total === null) return `${name}为空，${rightSide}，应填 ${amountOf(sum, unit)}`;
  return `${name}填 ${amountOf(total, unit)}，${rightSide}，相差 ${amountOf(exact(Math.abs(total - sum)), unit)}`;
}
