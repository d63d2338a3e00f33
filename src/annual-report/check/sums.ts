import type { CellRef } from '../formats/format.ts';
import { exact, type Grid, type Reading, together } from '../formats/grid.ts';
import type { Finding, Verdict } from '../model.ts';
import { judge, unreadOf } from './judge.ts';
import type { Subject } from './subject.ts';
import { amountOf, type Check, commonUnit, finding, sideOf, unassessable } from './wording.ts';

interface Part {
  row: string;
  column: string;
}

/** A total against the rows it totals, column by column. */
export function checkSum(check: Check<'sum'>, { grid }: Subject): Finding[] {
  return columnsOf(grid, check.total, check.columns).flatMap((column) =>
    checkTotal(
      check,
      grid,
      { row: check.total, column },
      check.parts.map((row) => ({ row, column })),
    ),
  );
}

/** A total column against the columns it totals, row by row. */
export function checkColumnSum(check: Check<'column-sum'>, { grid }: Subject): Finding[] {
  return check.rows
    .filter((row) => grid.has(row))
    .flatMap((row) =>
      checkTotal(
        check,
        grid,
        { row, column: check.total },
        check.parts.map((column) => ({ row, column })),
      ),
    );
}

/** Two groups of rows with equal sums (勾稽关系), column by column. */
export function checkBalance(check: Check<'balance'>, { grid }: Subject): Finding[] {
  const rows = [...check.left, ...check.right];
  return columnsOf(grid, rows[0]!).flatMap((column) => {
    const side = (codes: readonly string[]) =>
      together(codes.map((row) => ({ of: grid.reading(row, column) })));
    const [one, other] = [side(check.left), side(check.right)];
    const verdict = judge(one, other);
    if (!verdict) return [];
    if (verdict === 'unassessable') return [unassessable(check, unreadOf(one, other))];
    const [left, right] = [one.value, other.value];
    const difference = amountOf(exact(Math.abs(left - right)), commonUnit(grid, rows));
    const message = `${sideOf(grid, check.left, column, left)}，应等于${sideOf(grid, check.right, column, right)}，相差 ${difference}${doubt(verdict)}`;
    const cells = rows.map((row) => grid.ref(row, column));
    return [finding(check, message, cells, { left, right, verdict })];
  });
}

export function columnsOf(grid: Grid, row: string, only?: readonly string[]): string[] {
  if (!grid.has(row)) return [];
  return grid
    .columns(row)
    .map(({ id }) => id)
    .filter((id) => !only || only.includes(id));
}

/** Ends a message about numbers that a blank could repair. */
export function doubt(verdict: Verdict): string {
  return verdict === 'uncertain' ? '。有空格未填，不能断定' : '';
}

function checkTotal(
  check: Check<'sum' | 'column-sum'>,
  grid: Grid,
  at: Part,
  all: readonly Part[],
): Finding[] {
  const parts = all
    .filter(({ row, column }) => grid.has(row) && grid.cell(row, column))
    .map((part) => ({ name: grid.name(part.row, part.column), of: grid.reading(part.row, part.column) }));
  const sum = together(parts);
  const cells: CellRef[] = [at, ...all].flatMap(({ row, column }) =>
    grid.has(row) ? [grid.ref(row, column)] : [],
  );
  const state = grid.state(at.row, at.column);
  const total = grid.reported(at.row, at.column);
  const own = state === 'blank' ? blankTotal : grid.reading(at.row, at.column);
  if (state === 'blank' && !sum.told && sum.unread.length === 0) return [];
  // The blank of a published total whose parts are all 0 is one of the blanks that should be 0, not a sum gone wrong.
  if (grid.isPublished && state === 'blank' && sum.value === 0 && sum.unread.length === 0) return [];
  const verdict = state === 'blank' ? (sum.unread.length > 0 ? 'unassessable' : 'wrong') : judge(own, sum);
  if (!verdict) return [];
  if (verdict === 'unassessable') return [unassessable(check, unreadOf(own, sum))];
  const message = contradiction(grid, at, total, parts, sum.value) + doubt(verdict);
  return [finding(check, message, cells, { left: total ?? zeroIfMarked(state), right: sum.value, verdict })];
}

const blankTotal: Reading = { value: 0, told: false, up: [], down: [], unread: [] };

const zeroIfMarked = (state: string) => (state === 'not-applicable' ? 0 : null);

function contradiction(
  grid: Grid,
  at: Part,
  total: number | null,
  parts: readonly { name: string; of: Reading }[],
  sum: number,
): string {
  const name = grid.name(at.row, at.column);
  const { unit } = grid.spec(at.row);
  const told = parts.filter(({ of }) => of.told);
  const listed = told.filter(({ of }) => of.value !== 0).map((part) => `${part.name} ${part.of.value}`);
  const made = listed.length > 0 ? `（${listed.join('、')}）` : '';
  const rightSide = told.length === 0 ? '各分项均为空' : `各分项合计 ${amountOf(sum, unit)}${made}`;
  if (total !== null)
    return `${name}填 ${amountOf(total, unit)}，${rightSide}，相差 ${amountOf(exact(Math.abs(total - sum)), unit)}`;
  const shown = grid.state(at.row, at.column) === 'not-applicable' ? '填“/”' : '为空';
  return `${name}${shown}，${rightSide}，应填 ${amountOf(sum, unit)}`;
}
