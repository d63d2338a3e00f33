import type { SearchOutcome } from './model.ts';

/** A unit put to work on a case; exactly one leads. */
export interface NewAssignment {
  unitId: number;
  handlerId: number | null;
  lead: boolean;
}

/** What a unit found, sealed. */
export interface SearchResult {
  outcome: SearchOutcome;
  findingsSealed: string;
}
