import { Refusal } from '../core/refusal.ts';
import type { Reason } from './reason.ts';
import { reason } from './reason.ts';

/** By piece (按件) or by page (按量): one of the two per request, never both. */
export type FeeMethod = 'piece' | 'page';

export interface FeeTier {
  from: number;
  /** Null: no upper end. */
  to: number | null;
  /** Yuan per piece or page within the tier. */
  rate: number;
  /** Pieces or pages of this fee that fall into the tier. */
  quantity: number;
  /** Yuan. */
  amount: number;
}

export interface Fee {
  method: FeeMethod;
  quantity: number;
  /** Yuan, always whole. */
  amount: number;
  /** The tiers reached, lowest first; their amounts sum to the fee. */
  tiers: FeeTier[];
}

/** Greatest quantity that can be asked for. */
export const MAX_FEE_QUANTITY = 100_000;

const FREE_PIECES = 10;
const PIECE_STEPS_FROM = 30;
const PAGE_TIERS = [
  { from: 1, to: 30, rate: 0 },
  { from: 31, to: 100, rate: 10 },
  { from: 101, to: 200, rate: 20 },
  { from: 201, to: null, rate: 40 },
] as const;

/** 国办函〔2020〕109号, Articles 3 and 4: both scales are progressive (超额累进), so each unit costs its own tier's rate. */
export const feeGrounds: Readonly<Record<FeeMethod, Reason>> = {
  piece: reason('按件计收：同一申请人一个自然月内累计申请，10件以下不收费，超出部分超额累进', {
    statute: 'fee-measures',
  }),
  page: reason('按量计收：一件申请应当提供的信息，30页以下不收费，超出部分超额累进', {
    statute: 'fee-measures',
  }),
};

/** All pieces of one applicant received in one calendar month. */
export function pieceFee(pieces: number): Fee {
  return chargedBy('piece', pieces, pieceTiers(checked('piece', pieces)));
}

/** All pages (one side of A4 or smaller) of one request; several requests of an applicant are not added up. */
export function pageFee(pages: number): Fee {
  checked('page', pages);
  return chargedBy(
    'page',
    pages,
    PAGE_TIERS.filter(({ from }) => from === 1 || pages >= from),
  );
}

/** What the n-th piece of a month costs by itself. */
export function rateOfPiece(nth: number): number {
  if (nth <= FREE_PIECES) return 0;
  if (nth <= PIECE_STEPS_FROM) return 100;
  return 100 * (2 + Math.floor((nth - PIECE_STEPS_FROM - 1) / 10));
}

/** What one more request costs when the applicant already has `before` in the month. */
export function feeOfNextPiece(before: number): number {
  checked('piece', before);
  return rateOfPiece(before + 1);
}

/** Yuan with two decimals, as money is written everywhere. */
export function yuan(amount: number): string {
  return amount.toFixed(2);
}

function pieceTiers(pieces: number): Pick<FeeTier, 'from' | 'to' | 'rate'>[] {
  const tiers = [{ from: 1, to: FREE_PIECES, rate: 0 }];
  if (pieces > FREE_PIECES) tiers.push({ from: FREE_PIECES + 1, to: PIECE_STEPS_FROM, rate: 100 });
  for (let from = PIECE_STEPS_FROM + 1; from <= pieces; from += 10) {
    tiers.push({ from, to: from + 9, rate: rateOfPiece(from) });
  }
  return tiers;
}

function chargedBy(
  method: FeeMethod,
  quantity: number,
  tiers: readonly Pick<FeeTier, 'from' | 'to' | 'rate'>[],
): Fee {
  const charged = tiers.map(({ from, to, rate }) => {
    const within = Math.max(0, Math.min(quantity, to ?? quantity) - from + 1);
    return { from, to, rate, quantity: within, amount: within * rate };
  });
  return { method, quantity, amount: charged.reduce((sum, tier) => sum + tier.amount, 0), tiers: charged };
}

function checked(method: FeeMethod, quantity: number): number {
  if (!Number.isInteger(quantity) || quantity < 0 || quantity > MAX_FEE_QUANTITY) {
    const what = method === 'piece' ? '件数' : '页数';
    throw new Refusal('quantity-out-of-range', `${what}应为 0 至 ${MAX_FEE_QUANTITY} 的整数`);
  }
  return quantity;
}
