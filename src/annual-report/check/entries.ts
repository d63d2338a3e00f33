import type { Finding } from '../model.ts';
import type { Subject } from './subject.ts';
import { columnsOf } from './sums.ts';
import { amountOf, type Check, finding } from './wording.ts';

/** Counts are whole and not negative; amounts carry at most six decimals (one 分 is 0.000001 万元). */
export function checkNumberForm(check: Check<'number-form'>, { grid }: Subject): Finding[] {
  return grid.codes.flatMap((code) =>
    grid.columns(code).flatMap((column) => {
      const value = grid.reported(code, column.id);
      if (value === null) return [];
      const isAmount = (column.measure ?? grid.spec(code).kind) === 'amount';
      const digits = isAmount ? hasAtMostSixDecimals(value) : Number.isInteger(value);
      if (Number.isFinite(value) && digits && (column.signed || value >= 0)) return [];
      const sign = column.signed ? '' : '不小于 0 的';
      const message = `${grid.name(code, column.id)}填 ${value}，应为${sign}${isAmount ? '数，至多六位小数' : '整数'}`;
      return [finding(check, message, [grid.ref(code, column.id)], { left: value, right: null })];
    }),
  );
}

/** Rows where nothing happened must say 0: a blank does not tell whether anybody looked. */
export function checkBlankShouldBeZero(check: Check<'blank-should-be-zero'>, { grid }: Subject): Finding[] {
  const blank = check.rows.filter(grid.has).flatMap((row) =>
    columnsOf(grid, row)
      .filter((column) => grid.effective(row, column) === null && grid.state(row, column) === 'blank')
      .map((column) => ({ name: grid.name(row, column), cell: grid.ref(row, column) })),
  );
  if (blank.length === 0) return [];
  const message = `${blank.map(({ name }) => name).join('、')}为空`;
  return [
    finding(
      check,
      message,
      blank.map(({ cell }) => cell),
      { left: null, right: 0 },
    ),
  ];
}

/** Things only a body with the power can have, reported by one without it. */
export function checkPower(check: Check<'power'>, { grid, powers }: Subject): Finding[] {
  if (powers === null || powers.includes(check.power)) return [];
  return check.rows.flatMap((row) =>
    columnsOf(grid, row).flatMap((column) => {
      const value = grid.effective(row, column);
      if (!value) return [];
      const message = `${grid.name(row, column)}填 ${amountOf(value, grid.spec(row).unit)}，应为 0`;
      return [finding(check, message, [grid.ref(row, column)], { left: value, right: 0 })];
    }),
  );
}

function hasAtMostSixDecimals(value: number): boolean {
  return Math.abs(value * 1e6 - Math.round(value * 1e6)) < 1e-3;
}
