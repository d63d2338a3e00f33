import type { Db } from '../db.ts';
import { MOST_HALVED } from './entry.ts';
import { countFacets, countFacetsOf, type FacetCount } from './facet-store.ts';
import type { FoundIds, Matching } from './matching.ts';
import type { SearchQuery, Term } from './query.ts';

/** So many entries are read one by one to count them; of more, a part taken by chance tells within a few in a hundred. */
const READ_ALL = 10_000;
const SAMPLED = 2_000;
const LEAST_SAMPLED = 500;

/** How everything found divides. */
export interface Divided {
  facets: FacetCount[];
  /** How many there are altogether; estimated from a part of them when not `exact`. Null: it was not counted. */
  counted: { all: number; exact: boolean } | null;
}

export const undivided: Divided = { facets: [], counted: null };

/** Counts what was found: those of the list, or, when there are more than it holds, all that match. */
export async function divide(
  db: Db,
  agencyId: number,
  matching: Matching,
  given: { found: FoundIds; ids: readonly number[]; terms: readonly Term[]; query: SearchQuery },
): Promise<Divided> {
  const { found, ids, terms, query } = given;
  if (!found.more) {
    const { facets } = await countFacetsOf(db, agencyId, ids);
    return { facets, counted: { all: ids.length, exact: true } };
  }
  // Whether a phrase stands in an entry, its words do not tell.
  if (query.phrases.length > 0) return undivided;
  const { reads, share } = matching.estimated(terms);
  const expected = Math.max(reads * share, found.matched.length);
  // What words that never stand together would make it read bounds the first look.
  let halved = halvings(
    Math.min(expected, reads) <= READ_ALL ? reads / READ_ALL : Math.max(expected / SAMPLED, reads / READ_ALL),
  );
  for (;;) {
    const { all, facets } = await countFacets(db, agencyId, matching.sample(terms, halved));
    if (all < LEAST_SAMPLED && halved > 0) {
      // Too little to tell anything by: as much more as is wanted, as far as it goes.
      const likely = Math.max(all, 1) * 2 ** halved;
      halved = likely <= READ_ALL ? 0 : Math.min(halved - 1, halvings(likely / SAMPLED));
      continue;
    }
    const times = 2 ** halved;
    return {
      facets: facets.map((one) => ({ ...one, count: one.count * times })),
      counted: { all: Math.max(all * times, found.matched.length), exact: halved === 0 },
    };
  }
}

const halvings = (times: number) => Math.min(MOST_HALVED, Math.max(0, Math.ceil(Math.log2(times))));
