import type { CellRef, CheckKind, CheckSpec, Level } from '../formats/format.ts';
import { exact, type Grid } from '../formats/grid.ts';
import type { Finding, Verdict } from '../model.ts';

export type Check<Kind extends CheckKind['kind']> = Extract<CheckSpec, { kind: Kind }>;

export interface Sides {
  left: number | null;
  right: number | null;
  /** Without one, what breaks an identity is wrong, and what breaks a softer check is uncertain. */
  verdict?: Verdict;
}

/** Builds a finding; the check's hint becomes the last sentence of the message. */
export function finding(
  check: Pick<CheckSpec, 'rule' | 'level' | 'hint'>,
  message: string,
  cells: readonly CellRef[],
  { left, right, verdict = check.level === 'error' ? 'wrong' : 'uncertain' }: Sides,
): Finding {
  return {
    rule: check.rule,
    severity: severityOf(check.level, verdict),
    verdict,
    message: `${message}。${check.hint ? `${check.hint}。` : ''}`,
    cells: [...cells],
    left,
    right,
    difference: distance(left, right),
    tolerance: 0,
  };
}

/** A check that cells which could not be read keep from being made. */
export function unassessable(check: Pick<CheckSpec, 'rule' | 'level'>, cells: readonly CellRef[]): Finding {
  const message = '有单元格没有读出数字，无法核对';
  const sides: Sides = { left: null, right: null, verdict: 'unassessable' };
  return finding({ rule: check.rule, level: check.level }, message, cells, sides);
}

/** Only what is wrong can be an error; what cannot be assessed is a notice. */
export function severityOf(level: Level, verdict: Verdict): Level {
  if (verdict === 'unassessable') return 'notice';
  return verdict === 'uncertain' && level === 'error' ? 'warning' : level;
}

export function distance(left: number | null, right: number | null): number | null {
  return left === null || right === null ? null : exact(Math.abs(left - right));
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
