import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type Done, histories, moverOf, type Order, Path } from '../../../tests/support/request-paths.ts';
import { shippedCalendar } from '../../core/calendar-data.ts';
import { requestCountings } from './figure-rows.ts';
import { type Move, moves } from './moves.ts';
import { replyChoices } from './reply-rules.ts';
import { clockOf, obstacle } from './rules.ts';
import type { CaseStanding } from './standing.ts';

const calendar = shippedCalendar();
const RUNS = 1200;

/** Plays a history and looks at the case after every act and every wait. */
function play(
  start: { on: string; channel: never },
  orders: readonly Order[],
  look: (path: Path) => void,
): Path {
  const path = new Path(start, calendar);
  look(path);
  for (const order of orders) {
    const chosen = order.kind === 'wait' ? null : path.choose(order);
    if (chosen === null) path.wait(order.detail % 4 === 0 ? 30 : order.detail % 15);
    else path.try(chosen.move, chosen.by, chosen.detail);
    look(path);
  }
  return path;
}

const always = (look: (path: Path) => void, runs = RUNS) =>
  fc.assert(
    fc.property(histories(40), ({ start, orders }) => {
      play(start as never, orders, look);
    }),
    { numRuns: runs },
  );

const concluded = ({ case: request }: CaseStanding) => request.concludedOn !== null;
const withdrawn = ({ case: request, reply }: CaseStanding) =>
  request.resultCode === 'W' || (request.resultCode === 'B6.3' && reply === null);

describe('whatever is done in whatever order', () => {
  test('histories go far: replies of many kinds, extensions, fees, corrections, consultations', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(histories(40), ({ start, orders }) => {
        const { standing, done } = play(start as never, orders, () => {});
        for (const { move } of done) seen.add(move);
        if (standing.case.resultCode) seen.add(standing.case.resultCode);
      }),
      { numRuns: 6000, seed: 20190515 },
    );
    const never = (Object.keys(moves) as Move[]).filter((move) => !seen.has(move));
    expect(never).toEqual([]);
    expect([...seen].filter((text) => /^[ABW]/.test(text)).length).toBeGreaterThan(30);
  });

  test('no reply goes out without both reviews and a signature by others than those who wrote in it', () => {
    always(({ standing }) => {
      const { reply } = standing;
      if (concluded(standing) && !withdrawn(standing)) {
        expect(reply?.state).toBe('signed');
        expect(reply?.kindCode).toBe(standing.case.resultCode);
      }
      if (reply?.state !== 'signed') return;
      expect([reply.legalDone, reply.secrecyDone]).toEqual([true, true]);
      for (const by of [reply.legalBy, reply.secrecyBy, reply.signedBy]) {
        expect(by).not.toBeNull();
        expect(reply.hands).not.toContain(by);
      }
    });
  });

  test('what is reviewed is what goes out: a draft that was written again is reviewed again', () => {
    always(({ done }) => {
      const last = done.at(-1);
      if (last?.move !== 'dispatch') return;
      const moves = done.map(({ move }) => move);
      const written = Math.max(moves.lastIndexOf('draft-reply'), moves.lastIndexOf('submit-reply'));
      for (const review of ['review-legal', 'review-secrecy', 'sign'] as const)
        expect(moves.lastIndexOf(review)).toBeGreaterThan(written);
    });
  });

  test('a request is answered once, and its result never changes', () => {
    always(({ done, standing }) => {
      const ends = done.filter(({ before, after }) => !concluded(before) && concluded(after));
      expect(ends.length).toBeLessThanOrEqual(1);
      expect(done.filter(({ move }) => move === 'dispatch').length).toBeLessThanOrEqual(1);
      expect(done.filter(({ move }) => move === 'sign').length).toBeLessThanOrEqual(1);
      const end = ends[0]?.after.case;
      if (end) expect(standing.case.resultCode).toBe(end.resultCode);
      // The day follows the slip of the dispatch when that is put right, and nothing else.
      const corrected = done.some(({ move }) => move === 'correct-slip');
      if (end && !corrected) expect(standing.case.concludedOn).toBe(end.concludedOn);
      if (end && corrected) expect(standing.case.concludedOn).toBe(standing.reply?.dispatchedOn);
    });
  });

  test('no limit ends on a day off', () => {
    const worksOn = (day: string | null) =>
      day === null || calendar.isWorkingDay(Temporal.PlainDate.from(day));
    always(({ standing }) => {
      const clock = clockOf(standing, calendar);
      for (const due of [clock?.firstDue, clock?.due])
        if (due) expect(worksOn(due.toString()), due.toString()).toBe(true);
      for (const { dueOn } of standing.corrections) expect(worksOn(dueOn), dueOn).toBe(true);
      expect(worksOn(standing.fee?.dueOn ?? null)).toBe(true);
    });
  });

  test('an extension comes once, from the head, and before the limit is over', () => {
    always(({ done }) => {
      const last = done.at(-1);
      if (last?.move !== 'decide-extension' && last?.move !== 'propose-extension') return;
      const due = clockOf(last.before, calendar)?.firstDue?.toString();
      expect(due).toBeDefined();
      expect(last.today <= (due ?? '')).toBe(true);
      const approved = done.filter(
        ({ after, before }) =>
          after.extension?.state === 'approved' && before.extension?.state !== 'approved',
      );
      expect(approved.length).toBeLessThanOrEqual(1);
    });
  });

  test('time that runs is never given back: a limit moves only with an act that the law names', () => {
    const movers: ReadonlySet<Move> = new Set([
      'confirm',
      'take-correction',
      'ask-correction',
      'lapse-correction',
      'consult',
      'record-opinion',
      'decide-extension',
      'charge-fee',
      'record-payment',
      'lapse-fee',
      'judge-reasons',
    ]);
    always(({ done }) => {
      const last = done.at(-1);
      if (!last || movers.has(last.move)) return;
      const dueOf = (standing: CaseStanding) => clockOf(standing, calendar)?.due?.toString() ?? null;
      expect(dueOf(last.after), last.move).toBe(dueOf(last.before));
    });
  });

  test('an open request can always be brought to an end by somebody', () => {
    always((path) => {
      const { standing, today } = path;
      if (concluded(standing) || ['cancelled', 'unconfirmed'].includes(standing.case.state)) return;
      if (standing.case.state !== 'handling' || standing.reply !== null) return;
      const open = replyChoices(standing, today, calendar).filter(({ problem }) => problem === null);
      expect(open.length, JSON.stringify(standing)).toBeGreaterThan(0);
      expect(
        obstacle('draft-reply', standing, moverOf('officer', 'draft-reply'), today, calendar),
      ).toBeNull();
    });
  });
});

describe('the tables', () => {
  const since2019 = requestCountings.filter(
    ({ code, applicant }) => applicant === 'natural-person' && !code.includes('.other.natural'),
  );
  const outcomes2021 = since2019.filter(({ moment }) => moment === 'concluded');

  test('count every request once, whenever one looks', () => {
    fc.assert(
      fc.property(fc.array(histories(30), { minLength: 3, maxLength: 6 }), (given) => {
        const paths = given.map(({ start, orders }) => play(start as never, orders, () => {}));
        const ends = paths.flatMap(({ done }) => done.map((one: Done) => one.after.case));
        const years = [...new Set(ends.flatMap(({ receivedOn, concludedOn }) => [receivedOn, concludedOn]))]
          .filter((day) => day !== null)
          .map((day) => Number(day.slice(0, 4)));
        // Every prefix of every history: the case as it was after each of its acts.
        for (let prefix = 0; prefix < 30; prefix += 5) {
          const cases = paths.flatMap(({ done }) => done.slice(0, prefix).at(-1)?.after.case ?? []);
          const received = cases.filter(({ receivedOn }) => receivedOn !== null);
          for (const year of years) {
            const [from, to] = [`${year}-01-01`, `${year}-12-31`];
            const isNew = received.filter(
              ({ receivedOn }) => (receivedOn ?? '') >= from && (receivedOn ?? '') <= to,
            );
            const carriedIn = received.filter(
              ({ receivedOn, concludedOn }) =>
                (receivedOn ?? '') < from && (concludedOn === null || concludedOn >= from),
            );
            const carriedOut = received.filter(
              ({ receivedOn, concludedOn }) =>
                (receivedOn ?? '') <= to && (concludedOn === null || concludedOn > to),
            );
            const results = outcomes2021.map(
              ({ results = [] }) =>
                received.filter(
                  ({ resultCode, concludedOn }) =>
                    concludedOn !== null &&
                    concludedOn >= from &&
                    concludedOn <= to &&
                    results.includes(resultCode ?? ''),
                ).length,
            );
            expect(isNew.length + carriedIn.length).toBe(
              results.reduce((all, count) => all + count, 0) + carriedOut.length,
            );
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});
