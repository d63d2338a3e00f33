export { copyEntries, type EntryCells, entryCells } from './copy-store.ts';
export type { SearchEntry } from './entry.ts';
export {
  analyseEntries,
  dropEntries,
  dropEntry,
  lacksEntries,
  noteEntriesWritten,
  putEntries,
  putEntry,
  rowOf,
} from './entry-store.ts';
export type { FacetCount } from './facet-store.ts';
export type { Facet } from './facet-words.ts';
export { findEntries, type SearchAsk, type SearchHit, type SearchResult } from './find.ts';
export { forgetFrequencies } from './frequency-store.ts';
export type { Piece } from './highlight.ts';
export { MOST_PARTIAL } from './matching.ts';
export {
  countMisses,
  findMiss,
  forgetMisses,
  keepMiss,
  listMisses,
  type MissFilter,
  markMiss,
  missesWritten,
  type SearchMiss,
} from './miss-store.ts';
export { type Filters, QUERY_LENGTH } from './query.ts';
export { didYouMean } from './spelling.ts';
export { suggestTitles } from './suggest.ts';
export {
  deleteSynonyms,
  insertSynonyms,
  listSynonyms,
  type SynonymGroup,
  updateSynonyms,
} from './synonym-store.ts';
export { builtInSynonyms, sameGroup } from './synonyms.ts';
