import type { CellRef, CheckKind, CheckSpec } from '../formats/format.ts';
import type { Grid } from '../formats/grid.ts';
import type { Finding } from '../model.ts';

export type Check<Kind extends CheckKind['kind']> = Extract<CheckSpec, { kind: Kind }>;

/** Builds a finding; the check's hint becomes the last sentence of the message. */
export function finding(
  check: Pick<CheckSpec, 'rule' | 'level' | 'hint'>,
  message: string,
  cells: readonly CellRef[],
  sides: { left: number | null; right: number | null },
): Finding {
  return {
    rule: check.rule,
    severity: check.level,
    message: `${message}。${check.hint ? `${check.hint}。` : ''}`,
    cells: [...cells],
    ...sides,
  };
}

/** A number with its unit, or 空 for a blank. */
export function amountOf(value: number | null, unit: string): string {
  return value === null ? '空' : `${value} ${unit}`.trimEnd();
}

/** “甲”3 件, or “甲”3 件、“乙”2 件，合计 5 件 for several rows. */
export function sideOf(grid: Grid, codes: readonly string[], column: string, total: number): string {
  const [only] = codes;
  if (codes.length === 1 && only)
    return `${grid.name(only, column)}${unitOf(grid, only, grid.effective(only, column))}`;
  const listed = codes.filter((code) => grid.effective(code, column));
  const parts = listed.map(
    (code) => `${grid.name(code, column)}${unitOf(grid, code, grid.effective(code, column))}`,
  );
  return `${parts.join('、')}${parts.length > 0 ? '，' : ''}合计 ${amountOf(total, commonUnit(grid, codes))}`;
}

export function commonUnit(grid: Grid, codes: readonly string[]): string {
  const units = new Set(codes.map((code) => grid.spec(code).unit));
  return units.size === 1 ? [...units][0]! : '';
}

function unitOf(grid: Grid, code: string, value: number | null): string {
  return value === null ? '为空' : ` ${amountOf(value, grid.spec(code).unit)}`;
}
