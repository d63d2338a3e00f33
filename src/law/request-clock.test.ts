import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { shippedCalendar } from '../core/calendar-data.ts';
import { explainClock, type RequestFacts, requestClock, suspendedUntil } from './request-clock.ts';

const calendar = shippedCalendar();
const day = (text: string) => Temporal.PlainDate.from(text);
const facts = (receivedOn: string, more: Partial<RequestFacts> = {}): RequestFacts => ({
  regime: receivedOn < '2019-05-15' ? 'R2008' : 'R2019',
  receivedOn: day(receivedOn),
  corrections: [],
  consultations: [],
  extension: null,
  fee: null,
  ...more,
});
const corrected = (noticedOn: string, answeredOn: string | null, lapsed = false) => ({
  noticedOn: day(noticedOn),
  answeredOn: answeredOn === null ? null : day(answeredOn),
  lapsed,
});
const asked = (party: 'third-party' | 'co-producer', sentOn: string, answeredOn: string | null) => ({
  party,
  sentOn: day(sentOn),
  deliveredOn: null,
  answeredOn: answeredOn === null ? null : day(answeredOn),
});
const extended = (days: number, notifiedOn: string) => ({ days, notifiedOn: day(notifiedOn) });
const charged = (noticedOn: string, paidOn: string | null, lapsed = false) => ({
  noticedOn: day(noticedOn),
  paidOn: paidOn === null ? null : day(paidOn),
  lapsed,
});

const told = (until: string, notifiedOn: string) => ({ until: day(until), notifiedOn: day(notifiedOn) });

describe('the clock of one request', () => {
  test.each<[string, RequestFacts, string, string | null]>([
    ['492 to its last day', facts('2019-05-14'), 'running', '2019-06-04'],
    ['711 from its first day', facts('2019-05-15'), 'running', '2019-06-13'],
    ['received on a day off', facts('2024-02-10'), 'running', '2024-03-14'],
    ['due on a Sunday that is a workday', facts('2022-12-26'), 'running', '2023-01-29'],
    [
      'extended in full',
      facts('2023-01-16', { extension: extended(20, '2023-02-16') }),
      'running',
      '2023-03-16',
    ],
    [
      'a reasonable period for a delayed reply (711/35)',
      facts('2023-03-01', { delay: told('2023-05-31', '2023-03-20') }),
      'running',
      '2023-05-31',
    ],
    [
      'a delay shorter than the period that runs moves nothing',
      facts('2023-03-01', { delay: told('2023-03-20', '2023-03-15') }),
      'running',
      '2023-03-29',
    ],
    [
      'a delay whose day became a day off ends on the next working day',
      facts('2023-03-01', { delay: told('2023-05-01', '2023-03-20') }),
      'running',
      '2023-05-04',
    ],
    [
      'a delay told in a count that ended: the fresh one runs without it',
      facts('2023-03-01', {
        delay: told('2023-05-31', '2023-03-20'),
        corrections: [corrected('2023-03-03', '2023-03-21')],
      }),
      'running',
      '2023-04-19',
    ],
    [
      'a correction awaited',
      facts('2023-03-01', { corrections: [corrected('2023-03-03', null)] }),
      'awaiting-correction',
      null,
    ],
    [
      'corrected: a whole new period',
      facts('2023-03-01', { corrections: [corrected('2023-03-03', '2023-03-10')] }),
      'running',
      '2023-04-10',
    ],
    [
      'not corrected',
      facts('2023-03-01', { corrections: [corrected('2023-03-03', null, true)] }),
      'lapsed',
      null,
    ],
    ['a fee awaited', facts('2023-03-01', { fee: charged('2023-03-03', null) }), 'awaiting-payment', null],
    [
      'a fee paid: a whole new period',
      facts('2023-03-01', { fee: charged('2023-03-03', '2023-03-20') }),
      'running',
      '2023-04-18',
    ],
    ['a fee not paid', facts('2023-03-01', { fee: charged('2023-03-03', null, true) }), 'lapsed', null],
    [
      'a third party who answers in five days',
      facts('2023-03-01', { consultations: [asked('third-party', '2023-03-02', '2023-03-09')] }),
      'running',
      '2023-04-06',
    ],
    [
      'a third party who is silent: fifteen days',
      facts('2022-09-20', { consultations: [asked('third-party', '2022-09-22', null)] }),
      'running',
      '2022-11-11',
    ],
    [
      '492: a third party who has not answered',
      facts('2018-03-01', { consultations: [asked('third-party', '2018-03-05', null)] }),
      'open-ended',
      null,
    ],
    [
      '492: a co-producer does not stop it',
      facts('2018-03-01', { consultations: [asked('co-producer', '2018-03-05', null)] }),
      'running',
      '2018-03-22',
    ],
    [
      'two asked at once count once',
      facts('2023-03-01', {
        consultations: [
          asked('third-party', '2023-03-02', '2023-03-09'),
          asked('co-producer', '2023-03-02', '2023-03-09'),
        ],
      }),
      'running',
      '2023-04-06',
    ],
    [
      'an extension of the count before a payment is not carried over',
      facts('2023-03-01', {
        extension: extended(20, '2023-03-02'),
        fee: charged('2023-03-03', '2023-03-20'),
      }),
      'running',
      '2023-04-18',
    ],
  ])('%s', (_name, given, state, due) => {
    const clock = requestClock(given, calendar);
    expect([clock.state, clock.due?.toString() ?? null]).toEqual([state, due]);
  });

  test('waits for an opinion until it is in or its period lapses', () => {
    const open = facts('2022-09-20', { consultations: [asked('third-party', '2022-09-22', null)] });
    expect(suspendedUntil(open, calendar)?.toString()).toBe('2022-10-18');
    expect(suspendedUntil(facts('2022-09-20'), calendar)).toBeNull();
    const answered = facts('2022-09-20', {
      consultations: [asked('third-party', '2022-09-22', '2022-09-30')],
    });
    expect(suspendedUntil(answered, calendar)).toBeNull();
  });

  test('refuses an extension beyond the law', () => {
    expect(() =>
      requestClock(facts('2023-03-01', { extension: extended(21, '2023-03-02') }), calendar),
    ).toThrow('20');
  });

  const dates = fc.integer({ min: 0, max: 5800 }).map((offset) => day('2008-06-01').add({ days: offset }));
  const histories = fc.record({
    receivedOn: dates,
    correction: fc.option(fc.tuple(fc.nat(9), fc.nat(30))),
    consultation: fc.option(fc.tuple(fc.nat(12), fc.option(fc.nat(40)))),
    extension: fc.option(fc.tuple(fc.integer({ min: 1, max: 15 }), fc.nat(10))),
    paid: fc.option(fc.tuple(fc.nat(12), fc.nat(30))),
  });

  test('a due day is a working day, and its counted days are the limit and the extension', () => {
    fc.assert(
      fc.property(histories, ({ receivedOn, correction, consultation, extension, paid }) => {
        const later = (days: number) => receivedOn.add({ days });
        const given = facts(receivedOn.toString(), {
          corrections: correction
            ? [
                {
                  noticedOn: later(correction[0]),
                  answeredOn: later(correction[0] + correction[1]),
                  lapsed: false,
                },
              ]
            : [],
          consultations: consultation
            ? [
                {
                  party: 'third-party',
                  sentOn: later(consultation[0]),
                  deliveredOn: null,
                  answeredOn: consultation[1] === null ? null : later(consultation[0] + consultation[1]),
                },
              ]
            : [],
          extension: extension ? { days: extension[0], notifiedOn: later(extension[1]) } : null,
          fee: paid ? { noticedOn: later(paid[0]), paidOn: later(paid[0] + paid[1]), lapsed: false } : null,
        });
        const clock = requestClock(given, calendar);
        if (clock.due === null) return clock.state === 'open-ended';
        const counted = explainClock(given, calendar).filter((one) => one.counted).length;
        const limit = given.regime === 'R2008' ? 15 : 20;
        return (
          calendar.isWorkingDay(clock.due) && counted === limit + (clock.extended ? (extension?.[0] ?? 0) : 0)
        );
      }),
      { numRuns: 2000 },
    );
  });
});
