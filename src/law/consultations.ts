import { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from './calendar.ts';
import { mergeSpans, suspendedWorkingDays } from './counting.ts';
import { dayNumber } from './day-number.ts';
import type { Suspension } from './deadlines.ts';
import type { RegimeCode } from './regimes.ts';
import { regimes } from './regimes.ts';
import { limitVersion } from './time-limits.ts';

/** A letter asking a third party (第三方) or a co-producing agency (共同制作机关) for its opinion. */
export interface Consultation {
  party: 'third-party' | 'co-producer';
  sentOn: Temporal.PlainDate;
  /** Day the other party got the letter; null while unknown, then the day it was sent stands in. */
  deliveredOn: Temporal.PlainDate | null;
  answeredOn: Temporal.PlainDate | null;
}

export interface ConsultationTime {
  /** What is taken out of the reply period so far; null when this consultation does not stop the clock. */
  suspension: Suspension | null;
  /** Last day for the opinion; null where the law gives no number (492). */
  lapsesOn: Temporal.PlainDate | null;
  /** Still waiting: the suspension grows with every working day. */
  open: boolean;
  /** What silence means after the lapse: the agency decides (711/32), or consent is presumed (711/34). */
  silence: 'agency-decides' | 'agrees' | null;
}

/**
 * How long a consultation stops the reply clock: after the letter goes out, until the opinion is in or its period lapses
 * (711/33(3)). Under 492 only the third party stops it (492/24(3)), without a fixed period.
 */
export function consultationTime(
  consultation: Consultation,
  regime: RegimeCode,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): ConsultationTime {
  const { party, sentOn, deliveredOn, answeredOn } = consultation;
  const { limit } = limitVersion(party, regimes[regime].from);
  const lapsesOn = limit === null ? null : calendar.workingDayAfter(deliveredOn ?? sentOn, limit);
  const until = earliest([answeredOn, lapsesOn, today]);
  const open = answeredOn === null && (lapsesOn === null || Temporal.PlainDate.compare(today, lapsesOn) < 0);
  const stops = regime === 'R2019' || party === 'third-party';
  const started = Temporal.PlainDate.compare(until, sentOn) >= 0;
  return {
    suspension: stops && started ? { from: sentOn, until } : null,
    lapsesOn,
    open,
    silence: limit === null ? null : party === 'third-party' ? 'agency-decides' : 'agrees',
  };
}

/** Working days of the reply period used by the end of `today`: those elapsed less those suspended. */
export function usedWorkingDays(
  receivedOn: Temporal.PlainDate,
  today: Temporal.PlainDate,
  suspensions: readonly Suspension[],
  calendar: WorkingCalendar,
): number {
  const from = dayNumber(receivedOn);
  const until = dayNumber(today);
  if (until <= from) return 0;
  const spans = mergeSpans(
    suspensions.map((suspension) => ({
      from: dayNumber(suspension.from),
      until: dayNumber(suspension.until),
    })),
  );
  const elapsed = calendar.numbers.rank(until) - calendar.numbers.rank(from);
  return elapsed - suspendedWorkingDays(calendar.numbers, from, until, spans);
}

function earliest(dates: (Temporal.PlainDate | null)[]): Temporal.PlainDate {
  return dates
    .filter((date) => date !== null)
    .reduce((first, date) => (Temporal.PlainDate.compare(date, first) < 0 ? date : first));
}
