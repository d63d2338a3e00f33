import type { CellRef } from '../formats/format.ts';
import { exact, type Reading } from '../formats/grid.ts';
import type { Verdict } from '../model.ts';

/**
 * Whether two sides fit; null when they do. What was not read cannot be assessed, and a blank that could bring the sides
 * together leaves it uncertain. With `at-most` the left side may be smaller.
 */
export function judge(
  left: Reading,
  right: Reading,
  relation: 'equal' | 'at-most' = 'equal',
): Verdict | null {
  if (left.unread.length > 0 || right.unread.length > 0) return 'unassessable';
  const over = exact(left.value - right.value);
  if (over === 0 || (over < 0 && relation === 'at-most')) return null;
  const repair = over > 0 ? [left.down, right.up] : [left.up, right.down];
  return repair.some((cells) => cells.length > 0) ? 'uncertain' : 'wrong';
}

/** The softer of the two: a broken rule of thumb is uncertain even when everything was read. */
export function softened(verdict: Verdict, isIdentity: boolean): Verdict {
  return verdict === 'wrong' && !isIdentity ? 'uncertain' : verdict;
}

export function unreadOf(...sides: readonly Reading[]): CellRef[] {
  return sides.flatMap(({ unread }) => unread);
}
