import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { shippedCalendar } from '../core/calendar-data.ts';
import { dateOf, parseDay } from './day-number.ts';
import { type DeadlineQuestion, deadlineFor, explainDeadline, explainExtension } from './deadlines.ts';
import type { LimitKind } from './limit-kinds.ts';
import { timeLimits } from './time-limits.ts';

const calendar = shippedCalendar();
const date = (text: string) => Temporal.PlainDate.from(text);
const ask = (kind: LimitKind, from: string, rest: Partial<DeadlineQuestion> = {}) =>
  deadlineFor({ kind, from: date(from), ...rest }, calendar);
const due = (kind: LimitKind, from: string, rest: Partial<DeadlineQuestion> = {}) =>
  ask(kind, from, rest).due?.toString() ?? null;

describe('worked examples', () => {
  it.each<[string, string, number, LimitKind, string, string]>([
    ['2018-02-05', 'R2008', 15, 'reply', '2018-03-01', 'over the Spring Festival with two make-up workdays'],
    ['2018-09-20', 'R2008', 15, 'reply', '2018-10-17', 'over Mid-Autumn and National Day'],
    ['2018-12-24', 'R2008', 15, 'reply', '2019-01-15', 'over the New Year held in the list of 2019'],
    ['2019-01-28', 'R2008', 15, 'reply', '2019-02-21', 'over the Spring Festival of 2019'],
    ['2019-05-14', 'R2008', 15, 'reply', '2019-06-04', 'the last day of 492'],
    ['2019-05-15', 'R2019', 20, 'reply', '2019-06-13', 'the first day of 711'],
    ['2019-09-20', 'R2019', 20, 'reply', '2019-10-23', 'over National Day 2019'],
    ['2020-01-17', 'R2019', 20, 'reply', '2020-02-21', 'over the prolonged Spring Festival'],
    ['2020-09-21', 'R2019', 7, 'correction-notice', '2020-09-29', 'seven working days with a Sunday'],
    ['2020-09-21', 'R2019', 20, 'reply', '2020-10-23', 'over eight days of National Day'],
    ['2021-02-05', 'R2019', 20, 'reply', '2021-03-10', 'over the Spring Festival of 2021'],
    ['2021-09-10', 'R2019', 20, 'reply', '2021-10-14', 'over two holidays'],
    ['2022-01-24', 'R2019', 20, 'reply', '2022-02-24', 'over the Spring Festival of 2022'],
    ['2022-09-22', 'R2019', 15, 'third-party', '2022-10-18', 'a third party over National Day'],
    ['2022-12-26', 'R2019', 20, 'reply', '2023-01-29', 'due on a Sunday that is a make-up workday'],
    ['2023-01-16', 'R2019', 20, 'reply', '2023-02-16', 'over the Spring Festival of 2023'],
    ['2023-09-25', 'R2019', 20, 'reply', '2023-10-27', 'over National Day 2023'],
    ['2024-02-10', 'R2019', 20, 'reply', '2024-03-14', 'received on a day off'],
    ['2024-09-13', 'R2019', 20, 'reply', '2024-10-17', 'over Mid-Autumn and National Day 2024'],
    ['2024-09-30', 'R2019', 7, 'correction-notice', '2024-10-15', 'seven working days over National Day'],
  ])('received %s under %s, %i working days (%s): due %s, %s', (from, regime, limit, kind, expected) => {
    expect(ask(kind, from)).toMatchObject({ regime, limit, provisional: false });
    expect(due(kind, from)).toBe(expected);
  });

  it('2018-02-05 with the full extension: 2018-03-22', () => {
    expect(ask('reply', '2018-02-05', { extension: 15 }).extendedDue?.toString()).toBe('2018-03-22');
  });

  it('2023-01-16 with the full extension: 2023-03-16', () => {
    expect(ask('reply', '2023-01-16', { extension: 20 }).extendedDue?.toString()).toBe('2023-03-16');
  });
});

describe('each kind', () => {
  it.each<[LimitKind, string, string | null, number | null, string]>([
    ['correction-notice', '2018-03-01', null, null, '492 gives no number of days'],
    ['third-party', '2018-03-01', null, null, '492 gives no number of days'],
    ['co-producer', '2018-03-01', null, null, 'unknown to 492'],
    ['co-producer', '2023-03-01', '2023-03-22', 15, '711/34'],
    ['publish', '2018-03-01', '2018-03-29', 20, '492/18'],
    ['publish', '2023-03-01', '2023-03-29', 20, '711/26'],
    ['fee', '2020-12-31', null, null, 'no fee before 2021'],
    ['fee', '2021-03-01', '2021-03-29', 20, 'working days from the day after the notice'],
    [
      'reconsideration',
      '2018-03-01',
      '2018-05-02',
      60,
      'the 60th day is 04-30, a holiday: first day after it',
    ],
    ['reconsideration', '2024-03-01', '2024-04-30', 60, '2023/20'],
    ['reconsideration-unadvised', '2024-03-01', '2025-03-03', 1, 'one year, ends on a Saturday'],
    ['reconsideration-decision', '2024-03-01', '2024-04-30', 60, '2023/62'],
    ['reconsideration-decision-summary', '2024-03-01', '2024-04-01', 30, 'ends on Sunday 03-31'],
    ['reconsideration-decision-summary', '2018-03-01', null, null, 'no summary procedure before 2024'],
    [
      'reconsideration-answer',
      '2023-12-20',
      '2024-01-02',
      10,
      'calendar days under the old law; ends on Saturday 12-30',
    ],
    ['reconsideration-answer', '2024-01-02', '2024-01-16', 10, 'working days under the new law'],
    ['reconsideration-answer-summary', '2024-01-02', '2024-01-09', 5, 'working days'],
    ['court', '2018-03-01', '2018-09-03', 6, 'six months, ends on Saturday 09-01'],
    ['court', '2024-08-31', '2025-02-28', 6, 'a month without that day ends on its last day'],
    ['court', '2014-03-03', '2014-06-03', 3, 'three months before 2015-05-01'],
    ['court-after-reconsideration', '2018-03-01', '2018-03-16', 15, 'calendar days'],
    ['court-defence', '2018-03-01', '2018-03-16', 15, 'calendar days'],
    ['court-defence', '2014-03-03', '2014-03-13', 10, 'ten days before 2015-05-01'],
  ])('%s from %s: due %s (limit %j, %s)', (kind, from, expected, limit) => {
    expect(due(kind, from)).toBe(expected);
    expect(ask(kind, from).limit).toBe(limit);
    expect(ask(kind, from).reasons[0]?.article).toMatch(/《.+》/);
  });

  it('a corrected request of 492 keeps its regime for the new count', () => {
    expect(ask('reply', '2019-05-20', { regime: 'R2008' })).toMatchObject({ regime: 'R2008', limit: 15 });
  });

  it('an extension of a reconsideration decision runs in calendar days from the 60th day', () => {
    expect(ask('reconsideration-decision', '2024-03-01', { extension: 30 }).extendedDue?.toString()).toBe(
      '2024-05-30',
    );
  });

  it('counts any number of working days when asked', () => {
    expect(due('reply', '2018-02-05', { limit: 1 })).toBe('2018-02-06');
  });

  it.each<[string, Partial<DeadlineQuestion>, LimitKind, string]>([
    ['an extension beyond the law', { extension: 16 }, 'reply', 'extension-too-long'],
    ['half an extension', { extension: 1.5 }, 'reply', 'extension-too-long'],
    ['an extension where none exists', { extension: 1 }, 'publish', 'not-extensible'],
    [
      'a suspension of publication',
      { suspensions: [span('2018-02-06', '2018-02-07')] },
      'publish',
      'not-suspensible',
    ],
    [
      'a suspension before receipt',
      { suspensions: [span('2018-02-01', '2018-02-07')] },
      'reply',
      'suspension-before-receipt',
    ],
    [
      'a reversed suspension',
      { suspensions: [span('2018-02-08', '2018-02-07')] },
      'reply',
      'suspension-reversed',
    ],
    ['no days at all', { limit: 0 }, 'reply', 'limit-out-of-range'],
  ])('refuses %s', (_name, rest, kind, code) => {
    expect(() => ask(kind, '2018-02-05', rest)).toThrow(expect.objectContaining({ name: 'Refusal', code }));
  });

  it('refuses a date before there was a Regulation', () => {
    expect(() => ask('reply', '2008-04-30')).toThrow(
      expect.objectContaining({ code: 'before-the-regulation' }),
    );
  });
});

describe('suspensions', () => {
  it('takes out the working days after the letter up to the answer', () => {
    const decision = ask('reply', '2018-03-01', { suspensions: [span('2018-03-05', '2018-03-15')] });
    expect(decision).toMatchObject({ suspended: 8 });
    expect(decision.due?.toString()).toBe('2018-04-03');
    expect(due('reply', '2018-03-01')).toBe('2018-03-22');
  });

  it('does not take overlapping days out twice', () => {
    const once = due('reply', '2018-03-01', { suspensions: [span('2018-03-05', '2018-03-15')] });
    const twice = [span('2018-03-05', '2018-03-12'), span('2018-03-07', '2018-03-15')];
    expect(due('reply', '2018-03-01', { suspensions: twice })).toBe(once);
  });

  it('a letter sent on the last day changes nothing', () => {
    expect(due('reply', '2018-03-01', { suspensions: [span('2018-03-22', '2018-04-10')] })).toBe(
      '2018-03-22',
    );
  });

  it('one after the first limit moves the extended due date only', () => {
    const decision = ask('reply', '2018-03-01', {
      extension: 15,
      suspensions: [span('2018-03-26', '2018-03-28')],
    });
    expect(decision.due?.toString()).toBe('2018-03-22');
    expect(decision.suspended).toBe(2);
    const plain = ask('reply', '2018-03-01', { extension: 15 }).extendedDue as Temporal.PlainDate;
    expect(decision.extendedDue?.equals(calendar.workingDayAfter(plain, 2))).toBe(true);
  });
});

describe('provisional', () => {
  it('marks a count that crosses into a year without a notice', () => {
    const decision = ask('reply', `${calendar.newestYear}-12-20`);
    expect(decision.provisional).toBe(true);
    expect(decision.reasons.at(-1)?.text).toContain('尚未公布');
    expect(ask('reply', `${calendar.newestYear}-06-01`).provisional).toBe(false);
  });
});

describe('properties', () => {
  const first = parseDay('2008-05-01') as number;
  const anyDate = fc.integer({ min: first, max: parseDay('2030-12-31') as number }).map(dateOf);
  const limits = fc.integer({ min: 1, max: 120 });
  const kinds = fc.constantFrom(...(Object.keys(timeLimits) as LimitKind[]));

  it('a due date is a working day, after day 0', () => {
    fc.assert(
      fc.property(kinds, anyDate, (kind, from) => {
        const decision = deadlineFor({ kind, from }, calendar);
        if (decision.due === null) {
          expect(decision.limit).toBeNull();
          return;
        }
        expect(calendar.isWorkingDay(decision.due)).toBe(true);
        expect(Temporal.PlainDate.compare(decision.due, from)).toBe(1);
      }),
    );
  });

  it('later receipt or a longer limit never makes it due earlier', () => {
    fc.assert(
      fc.property(
        anyDate,
        limits,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 40 }),
        (from, limit, later, more) => {
          const at = (start: Temporal.PlainDate, count: number) =>
            deadlineFor({ kind: 'reply', from: start, limit: count }, calendar).due as Temporal.PlainDate;
          expect(
            Temporal.PlainDate.compare(at(from, limit), at(from.add({ days: later }), limit)),
          ).toBeLessThanOrEqual(0);
          expect(Temporal.PlainDate.compare(at(from, limit), at(from, limit + more))).toBe(
            more === 0 ? 0 : -1,
          );
        },
      ),
    );
  });

  it('the explanation sums to the limit, ends on the due date and leaves no day out', () => {
    const pauses = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 40 })), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(kinds, anyDate, pauses, (kind, from, gaps) => {
        const suspensions = gaps.map(([start, length]) => ({
          from: from.add({ days: start }),
          until: from.add({ days: start + length }),
        }));
        const question = { kind, from, ...(timeLimits[kind].suspensible ? { suspensions } : {}) };
        const decision = deadlineFor(question, calendar);
        const days = explainDeadline(question, calendar);
        if (decision.due === null || decision.unit === 'month' || decision.unit === 'year') {
          expect(days).toEqual([]);
          return;
        }
        expect(days.filter((each) => each.counted)).toHaveLength(decision.limit as number);
        expect(days.at(-1)?.date).toBe(decision.due.toString());
        expect(days).toHaveLength(from.until(decision.due).days + 1);
      }),
    );
  });

  it('a suspension adds exactly the working days it takes out', () => {
    fc.assert(
      fc.property(
        anyDate,
        fc.integer({ min: 0, max: 14 }),
        fc.integer({ min: 0, max: 60 }),
        (from, start, length) => {
          const plain = deadlineFor({ kind: 'reply', from }, calendar).due as Temporal.PlainDate;
          const sent = start === 0 ? from : calendar.workingDayAfter(from, start);
          const answered = sent.add({ days: length });
          const decision = deadlineFor(
            { kind: 'reply', from, suspensions: [{ from: sent, until: answered }] },
            calendar,
          );
          const out = calendar.workingDaysBetween(sent, answered);
          expect(decision.suspended).toBe(out);
          expect(calendar.workingDaysBetween(plain, decision.due as Temporal.PlainDate)).toBe(out);
        },
      ),
    );
  });

  it('the days of an extension sum to the extension', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 15 }), (from, extension) => {
        const question = { kind: 'reply' as const, from, extension };
        const days = explainExtension(question, calendar);
        expect(days.filter((each) => each.counted)).toHaveLength(extension);
        expect(days.at(-1)?.date).toBe(deadlineFor(question, calendar).extendedDue?.toString());
      }),
    );
  });
});

function span(from: string, until: string) {
  return { from: date(from), until: date(until) };
}
