import { copyCells, copyInto } from '../copy.ts';
import type { Db } from '../db.ts';
import type { SearchEntry } from './entry.ts';
import { rowOf } from './entry-store.ts';

/** A new entry as cells of COPY; which thing it is, and where, is told when it is written. */
export interface EntryCells {
  columns: readonly string[];
  cells: string;
}

/** Works an entry out ahead of its writing, also in another thread. */
export function entryCells(agencyId: number, entry: Omit<SearchEntry, 'ref' | 'href'>): EntryCells {
  const { ref: _ref, href: _href, ...row } = rowOf(agencyId, { ...entry, ref: '', href: '' });
  return { columns: Object.keys(row), cells: copyCells(Object.values(row)) };
}

/** Makes new entries findable, many at once; none of them may be there. Part of the caller's transaction. */
export async function copyEntries(
  db: Db,
  agencyId: number,
  entries: readonly { ref: string; href: string; entry: EntryCells }[],
): Promise<void> {
  const [first] = entries;
  if (!first) return;
  const lines = entries.map(
    ({ ref, href, entry }) => `${copyCells([agencyId, ref, href])}\t${entry.cells}\n`,
  );
  await copyInto(db, 'search_entries', ['agency_id', 'ref', 'href', ...first.entry.columns], lines.join(''));
}
