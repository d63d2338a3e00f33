import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feeOfNextPiece, MAX_FEE_QUANTITY, pageFee, pieceFee, rateOfPiece, yuan } from './fees.ts';

describe('by piece', () => {
  it.each([
    [0, 0],
    [10, 0],
    [11, 100],
    [30, 2000],
    [31, 2200],
    [40, 4000],
    [41, 4300],
    [50, 7000],
    [51, 7400],
  ])('%i requests in a month: %i yuan', (pieces, amount) => expect(pieceFee(pieces).amount).toBe(amount));

  it('shows the tiers reached', () => {
    expect(pieceFee(41).tiers).toEqual([
      { from: 1, to: 10, rate: 0, quantity: 10, amount: 0 },
      { from: 11, to: 30, rate: 100, quantity: 20, amount: 2000 },
      { from: 31, to: 40, rate: 200, quantity: 10, amount: 2000 },
      { from: 41, to: 50, rate: 300, quantity: 1, amount: 300 },
    ]);
  });
});

describe('by page', () => {
  it.each([
    [0, 0],
    [30, 0],
    [31, 10],
    [100, 700],
    [101, 720],
    [200, 2700],
    [201, 2740],
    [500, 14_700],
  ])('%i pages: %i yuan', (pages, amount) => expect(pageFee(pages).amount).toBe(amount));

  it('leaves the highest tier open', () => {
    expect(pageFee(201).tiers.at(-1)).toEqual({ from: 201, to: null, rate: 40, quantity: 1, amount: 40 });
  });
});

it.each([-1, 1.5, MAX_FEE_QUANTITY + 1, Number.NaN])('refuses the quantity %d', (quantity) => {
  expect(() => pieceFee(quantity)).toThrow('件数应为');
  expect(() => pageFee(quantity)).toThrow('页数应为');
});

it('writes money with two decimals', () => expect(yuan(2200)).toBe('2200.00'));

describe('properties', () => {
  const quantity = fc.integer({ min: 0, max: 600 });

  it('a fee is the sum of the rate of each piece', () => {
    fc.assert(
      fc.property(quantity, (pieces) => {
        let sum = 0;
        for (let nth = 1; nth <= pieces; nth++) sum += rateOfPiece(nth);
        expect(pieceFee(pieces).amount).toBe(sum);
        expect(pieceFee(pieces + 1).amount - pieceFee(pieces).amount).toBe(feeOfNextPiece(pieces));
      }),
    );
  });

  it('a fee is the sum of the rate of each page', () => {
    const rateOfPage = (page: number) => (page <= 30 ? 0 : page <= 100 ? 10 : page <= 200 ? 20 : 40);
    fc.assert(
      fc.property(quantity, (pages) => {
        let sum = 0;
        for (let page = 1; page <= pages; page++) sum += rateOfPage(page);
        expect(pageFee(pages).amount).toBe(sum);
      }),
    );
  });

  it('the tiers hold every piece and page once and sum to the fee', () => {
    fc.assert(
      fc.property(quantity, fc.constantFrom(pieceFee, pageFee), (count, feeOf) => {
        const fee = feeOf(count);
        expect(fee.tiers.reduce((sum, tier) => sum + tier.quantity, 0)).toBe(count);
        expect(fee.tiers.reduce((sum, tier) => sum + tier.amount, 0)).toBe(fee.amount);
      }),
    );
  });
});
