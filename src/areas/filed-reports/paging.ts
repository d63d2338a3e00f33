import type { Page } from './model.ts';

/** Rows of one page unless asked otherwise, and at most. */
const USUAL = 50;
const MOST = 200;

export const pageSize = (limit: number | undefined): number =>
  Math.min(MOST, Math.max(1, Math.trunc(limit ?? USUAL)));

/** Whole numbers a cursor names; null, the top of the list, for what names none. */
export function readCursor(after: string | null | undefined, numbers: number): number[] | null {
  const parts = (after ?? '').split(',');
  return parts.length === numbers && parts.every((part) => /^\d{1,15}$/.test(part))
    ? parts.map(Number)
    : null;
}

/** A page from one row more than it holds. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  parts: { item: (row: Row) => Item; cursor: (row: Row) => readonly number[] },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(parts.item),
    next: rows.length > limit && last !== undefined ? parts.cursor(last).join(',') : null,
  };
}
