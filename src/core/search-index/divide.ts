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

/** Counts what one search finds. */
export class Counting {
  readonly #db: Db;
  readonly #agencyId: number;
  readonly #matching: Matching;
  readonly #query: SearchQuery;
  #begun: { terms: readonly Term[]; divided: Promise<Divided> } | null = null;

  constructor(db: Db, agencyId: number, matching: Matching, query: SearchQuery) {
    this.#db = db;
    this.#agencyId = agencyId;
    this.#matching = matching;
    this.#query = query;
  }

  /** Begins to count all that match before it is known what is found. */
  begin(terms: readonly Term[]): void {
    const divided = this.#all(terms);
    // Perhaps nobody will ask for it.
    divided.catch(() => {});
    this.#begun = { terms, divided };
  }

  /** Those of the list, or, when there are more than it holds, all that match. */
  async of(found: FoundIds, ids: readonly number[], terms: readonly Term[]): Promise<Divided> {
    if (found.more) return this.#begun?.terms === terms ? this.#begun.divided : this.#all(terms);
    const { facets } = await countFacetsOf(this.#db, this.#agencyId, ids);
    return { facets, counted: { all: ids.length, exact: true } };
  }

  async #all(terms: readonly Term[]): Promise<Divided> {
    // Whether a phrase stands in an entry, its words do not tell.
    if (this.#query.phrases.length > 0) return undivided;
    const { reads, share } = this.#matching.estimated(terms);
    const expected = Math.min(reads, share * this.#matching.entries);
    // Words that stand together wherever they stand would make the first look as long as the rarest of them says.
    let halved = reads <= READ_ALL ? 0 : halvings(Math.max(expected / SAMPLED, reads / READ_ALL));
    if (halved > 0 && !this.#matching.partsTell) return undivided;
    for (;;) {
      const words = this.#matching.sample(terms, halved);
      const { all, facets } = await countFacets(this.#db, this.#agencyId, words);
      if (all >= LEAST_SAMPLED || halved === 0) {
        const times = 2 ** halved;
        return {
          facets: facets.map((one) => ({ ...one, count: one.count * times })),
          counted: { all: all * times, exact: halved === 0 },
        };
      }
      // Too little to tell anything by: as much more as is wanted, or everything.
      const likely = Math.max(all, 1) * 2 ** halved;
      halved = likely <= READ_ALL ? 0 : Math.min(halved - 1, halvings(likely / SAMPLED));
    }
  }
}

const halvings = (times: number) => Math.min(MOST_HALVED, Math.max(0, Math.ceil(Math.log2(times))));
