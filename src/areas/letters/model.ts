import type { Temporal } from 'temporal-polyfill';
import type { Ctx } from '../../core/context.ts';
import type { Vault } from '../../core/vault/index.ts';
import type { DeliveryMethod } from '../../law/index.ts';
import type { LetterKind } from './kinds.ts';

/** Letters hold names and addresses: whoever reads or writes them needs the vault. */
export type LetterCtx = Ctx & { vault: Vault };

/** Where a letter stands; void stands above all others. */
export type LetterState = 'issued' | 'dispatched' | 'delivered' | 'void';

export interface Dispatch {
  attempt: number;
  method: DeliveryMethod;
  /** Civil date. */
  on: string;
  trackingNumber: string | null;
  by: string;
}

/** A letter in the list of its case. Dates are ISO text. */
export interface LetterEntry {
  id: number;
  kind: LetterKind;
  label: string;
  replyCode: string | null;
  number: string;
  code: string;
  issuedOn: string;
  issuedAt: string;
  issuedBy: string;
  issuedById: number | null;
  signedBy: string | null;
  digest: string;
  state: LetterState;
  /** In the order they were sent; the first decides whether the reply was in time. */
  dispatches: Dispatch[];
  dispatchedOn: string | null;
  /** What stood on the slips before they were corrected, the oldest first; null where it did not change. */
  corrections: SlipBefore[];
  deliveredOn: string | null;
  deliveredTo: string | null;
  void: { at: string; by: string; reason: string | null } | null;
  disposedOn: string | null;
}

/** What a correction put right: the values that stood there before it. */
export interface SlipBefore {
  sentOn: string | null;
  method: DeliveryMethod | null;
  deliveredOn: string | null;
  /** Null once disposed of. */
  reason: string | null;
  by: string;
  /** Instant, ISO 8601. */
  at: string;
}

export interface DispatchOrder {
  method: DeliveryMethod;
  on: Temporal.PlainDate;
  trackingNumber?: string;
}

export interface DeliveryOrder {
  on: Temporal.PlainDate;
  /** Who signed for it. */
  by?: string;
}
