import type { Temporal } from 'temporal-polyfill';
import type { Applicant, RequestCtx } from '../../areas/requests/index.ts';
import type { Channel } from '../../law/index.ts';

/** Whose hand an act is by; a handler is named with his unit. `applicant` is a visitor of the portal. */
export type Hand = 'officer' | 'clerk' | 'legal' | 'secrecy' | 'leader' | 'applicant' | { handlerOf: string };

/** Numbers that the database gave: of requests by the key of their story, of consultations by `<key>/party`. */
export type Ids = Record<string, number>;

/** Units by code and the handler of each. */
export interface Office {
  unitId(code: string): number;
  handlerId(code: string): number | null;
}

/** One act of one person on one day. */
export interface Step {
  on: Temporal.PlainDate;
  by: Hand;
  /** What is done, by the name of its move. */
  does: string;
  act(ctx: RequestCtx, ids: Ids, office: Office): Promise<void>;
}

/** What one form asks for and what becomes of it. */
export interface Story {
  key: string;
  submittedOn: Temporal.PlainDate;
  channel: Channel;
  oral: boolean;
  applicant: Applicant;
  title: string;
  content: string;
  /** The form's matters where it is split; each is a story of its own from there on. */
  parts: readonly Matter[];
  /** Working days from submission to the day both sides confirm; null where the channel asks for none. */
  confirmedAfter: number | null;
}

export interface Matter {
  title: string;
  unit: string;
  secondUnit: string | null;
  /** The result: a code of a reply kind, or `withdrawn`. */
  result: string;
  correction: 'none' | 'answered' | 'lapsed';
  /** `late`: answered after the limit. */
  pace: 'in-time' | 'extended' | 'refused-extension' | 'late';
  consultation: Consultation | null;
  fee: { method: 'page' | 'piece'; pages: number; paid: boolean; refund: boolean } | null;
  sentBackBy: 'legal' | 'secrecy' | 'leader' | null;
  dispute: 'complaint' | 'reconsideration' | 'litigation' | null;
  /** What the reply says was answered before, for repeated requests. */
  answeredBefore: string | null;
}

export interface Consultation {
  party: 'third-party' | 'co-producer';
  opinion: 'agree' | 'disagree' | 'partly' | 'silence';
}
