import type { Db } from '../../core/db.ts';
import { gather } from '../../core/gather.ts';
import { type WholeItem, wholeItems } from './public-item-store.ts';
import {
  type ListPart,
  type ListQuestion,
  type PublicFilter,
  type PublicItem,
  publicItemsBeside,
  publicLists,
} from './public-store.ts';

/** Reads the public catalogue for many visitors at once: what is asked most is asked of the database together. One for a process. */
export interface PublicReader {
  /** The published or withdrawn item of that index number. */
  item(agencyId: number, indexNumber: string): Promise<WholeItem | null>;
  /** As `publicItemsBeside`. */
  beside(agencyId: number, filter: PublicFilter, part: ListPart): Promise<PublicItem[]>;
}

export function openPublicReader(db: Db): PublicReader {
  const items = gather((questions: readonly { agencyId: number; indexNumber: string }[]) =>
    wholeItems(db, questions),
  );
  /** By how many items are asked for, which stands in the text of the query. */
  const lists = new Map<number, (question: ListQuestion) => Promise<PublicItem[]>>();
  const list = (limit: number) => {
    const known =
      lists.get(limit) ?? gather((questions: readonly ListQuestion[]) => publicLists(db, questions, limit));
    lists.set(limit, known);
    return known;
  };
  return {
    item: (agencyId, indexNumber) => items({ agencyId, indexNumber }),
    beside: (agencyId, filter, part) => {
      const { columnIds, ...narrowing } = filter;
      const { olderThan = null, newerThan = null, limit } = part;
      // Other lists are asked for seldom, and each of their filters makes a query of its own.
      const ordinary = Object.values(narrowing).every((wanted) => wanted === null) && !newerThan;
      return columnIds && ordinary
        ? list(limit)({ agencyId, columnIds, olderThan })
        : publicItemsBeside(db, agencyId, filter, part);
    },
  };
}
