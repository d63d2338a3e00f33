import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { shippedCalendar } from '../../core/calendar-data.ts';
import type { Figure } from '../../core/figure.ts';
import {
  dueDate,
  dutyOf,
  isWholeMonth,
  type Move,
  type Mover,
  monthPeriod,
  moved,
  obstacle,
  owedMonths,
  periodProblem,
  quantityProblem,
  type ReturnState,
  type Status,
  submissionProblem,
} from './rules.ts';

const unit = 7;
const publisher: Mover = { staffId: 1, unitId: unit, mayFill: true, mayReview: false };
const stranger: Mover = { staffId: 2, unitId: 8, mayFill: true, mayReview: false };
const reader: Mover = { staffId: 3, unitId: unit, mayFill: false, mayReview: false };
const officer: Mover = { staffId: 9, unitId: 1, mayFill: true, mayReview: true };
const ownHand: Mover = { ...officer, staffId: 1 };

const at = (status: Status, more: Partial<ReturnState> = {}): ReturnState => ({
  status,
  origin: 'form',
  unitId: unit,
  hands: [1],
  lineCount: 3,
  ...more,
});
const day = (text: string) => Temporal.PlainDate.from(text);

describe('who may move a return, from where to where', () => {
  it.each<[Move, Status, Mover, Status]>([
    ['fill', 'draft', publisher, 'draft'],
    ['fill', 'returned', publisher, 'returned'],
    ['fill', 'draft', officer, 'draft'],
    ['submit', 'draft', publisher, 'submitted'],
    ['submit', 'returned', publisher, 'submitted'],
    ['recall', 'submitted', publisher, 'draft'],
    ['discard', 'draft', publisher, 'withdrawn'],
    ['accept', 'submitted', officer, 'accepted'],
    ['send-back', 'submitted', officer, 'returned'],
    ['reopen', 'accepted', officer, 'returned'],
    ['withdraw', 'accepted', officer, 'withdrawn'],
  ])('%s from %s', (move, from, mover, to) => expect(moved(move, at(from), mover)).toBe(to));

  it.each<[Move, ReturnState, Mover, string]>([
    ['fill', at('submitted'), publisher, 'returns-wrong-state'],
    ['fill', at('accepted'), publisher, 'returns-wrong-state'],
    ['fill', at('draft'), stranger, 'returns-other-unit'],
    ['fill', at('draft'), reader, 'returns-not-filler'],
    ['submit', at('draft', { lineCount: 0 }), publisher, 'returns-empty'],
    ['submit', at('submitted'), publisher, 'returns-wrong-state'],
    ['recall', at('accepted'), publisher, 'returns-wrong-state'],
    ['accept', at('draft'), officer, 'returns-wrong-state'],
    ['accept', at('submitted'), publisher, 'returns-not-reviewer'],
    ['accept', at('submitted'), ownHand, 'returns-own-hand'],
    ['send-back', at('submitted'), ownHand, 'returns-own-hand'],
    ['reopen', at('accepted', { origin: 'import' }), officer, 'returns-imported'],
    ['withdraw', at('withdrawn'), officer, 'returns-wrong-state'],
    ['withdraw', at('accepted'), publisher, 'returns-not-reviewer'],
  ])('%s is refused', (move, state, mover, code) => expect(obstacle(move, state, mover)?.code).toBe(code));
});

describe('quantities', () => {
  const figure = (measure: Figure['measure']): Figure => ({
    code: 'a.b',
    label: '甲',
    unit: '条',
    kind: 'flow',
    area: 'a',
    measure,
    source: 'returns',
  });
  it.each([
    ['count', '0', null],
    ['count', '12', null],
    ['count', '1.5', '应填整数（单位：条）'],
    ['count', '-1', '不能是负数'],
    ['amount', '5.123456', null],
    ['amount', '5.1234567', '小数最多 6 位'],
    ['amount', '1234567890123', '数值过大，请核对'],
  ] as const)('%s %s', (measure, quantity, problem) =>
    expect(quantityProblem(figure(measure), quantity)).toBe(problem),
  );
});

describe('periods', () => {
  it('knows the month, leap years too', () => {
    expect(monthPeriod('2020-02')).toEqual({ from: '2020-02-01', to: '2020-02-29' });
    expect(isWholeMonth({ from: '2018-04-01', to: '2018-04-30' })).toBe(true);
    expect(isWholeMonth({ from: '2018-04-01', to: '2018-05-31' })).toBe(false);
  });

  it.each([
    [{ from: '2018-03-01', to: '2018-03-31' }, null, null],
    [{ from: '2018-05-01', to: '2018-05-31' }, null, '期间还没有开始，不能提前填报'],
    [{ from: '2018-03-02', to: '2018-03-01' }, null, '起始日期不能晚于截止日期'],
    [{ from: '2017-12-01', to: '2018-01-31' }, null, '起止日期应在同一年内，跨年的请分开填报'],
    [
      { from: '2018-03-01', to: '2018-03-31' },
      '2018-02-28',
      '该单位已于 2018-02-28 撤销，之后的月份不再填报',
    ],
    [{ from: '2018-02-01', to: '2018-02-28' }, '2018-02-10', null],
  ])('%j of a unit closed on %s', (period, closedOn, problem) =>
    expect(periodProblem(period, day('2018-04-10'), closedOn)).toBe(problem),
  );

  it('lets a month be submitted from the day after it', () => {
    const march = monthPeriod('2018-03');
    expect(submissionProblem(march, day('2018-03-31'))).toContain('次日起才能报送');
    expect(submissionProblem(march, day('2018-04-01'))).toBeNull();
  });
});

describe('when a month is due', () => {
  it.each([
    ['2018-01', 5, '2018-02-07'],
    // The Spring Festival of 2019 took 4 to 10 February, with make-up days on the 2nd and 3rd.
    ['2019-01', 5, '2019-02-12'],
    // The National Day holiday: 1 to 7 October 2018.
    ['2018-09', 5, '2018-10-12'],
    ['2018-12', 1, '2019-01-02'],
  ])('%s with %i working days: %s', (month, days, due) =>
    expect(dueDate(month, days, shippedCalendar()).toString()).toBe(due),
  );

  it('owes ended months from the first one on, while the unit was open and obliged', () => {
    const duty = dutyOf({ returns: { monthlySince: '2018-02', dueWorkingDay: 5 } });
    const open = { code: 'a', closedOn: null };
    expect(owedMonths(2018, duty, open, day('2018-05-10'))).toEqual(['2018-02', '2018-03', '2018-04']);
    expect(owedMonths(2018, duty, { code: 'a', closedOn: '2018-03-15' }, day('2018-05-10'))).toEqual([
      '2018-02',
      '2018-03',
    ]);
    expect(owedMonths(2018, { ...duty, units: ['b'] }, open, day('2018-05-10'))).toEqual([]);
    expect(owedMonths(2018, dutyOf({}), open, day('2018-05-10'))).toEqual([]);
  });

  it('keeps the default where a setting is out of range', () => {
    expect(dutyOf({ returns: { dueWorkingDay: 40, monthlySince: '2018-13' } })).toEqual({
      monthlySince: null,
      dueWorkingDay: 5,
      units: null,
    });
  });
});
