import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { closedUntil, retentionYearsOf } from './disposal-rules.ts';

describe('how long data are kept', () => {
  test.each([
    [{}, 10],
    [{ requests: { retentionYears: 30 } }, 30],
    [{ requests: { retentionYears: 0 } }, 10],
    [{ requests: { retentionYears: 2.5 } }, 10],
    [{ requests: { retentionYears: '3' } }, 10],
    [{ requests: null }, 10],
    [{ requests: { remindBefore: [1] } }, 10],
  ])('%j: %i years', (settings, years) => expect(retentionYearsOf(settings)).toBe(years));

  test.each([
    ['2034-03-10', 10, '2024-03-10'],
    ['2034-03-09', 10, '2024-03-09'],
    ['2025-02-28', 1, '2024-02-28'],
    ['2028-02-29', 1, '2027-02-28'],
  ])('on %s, after %i years: closed until %s', (today, years, until) =>
    expect(closedUntil(Temporal.PlainDate.from(today), years)).toBe(until),
  );
});
