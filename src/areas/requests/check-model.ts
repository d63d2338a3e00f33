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

/** Where what was asked to be made clear, and the answer, belong. */
export const correctionPlace = (requestId: number) => `correction/${requestId}`;
/** Where what the units found belongs. */
export const searchPlace = (requestId: number) => `search/${requestId}`;
