import { Temporal } from 'temporal-polyfill';

/** The law counts civil dates in UTC+8 wherever the server stands. */
export const LEGAL_TIME_ZONE = 'Asia/Shanghai';

export interface Clock {
  now(): Temporal.Instant;
  /** The civil date in China now. */
  today(): Temporal.PlainDate;
}

export const systemClock: Clock = {
  now: () => Temporal.Now.instant(),
  today: () => Temporal.Now.plainDateISO(LEGAL_TIME_ZONE),
};

/** A clock that stands still: for tests, for the demonstration data, and for what is all of one moment. `at` is an ISO instant or a plain date (noon in China). */
export function clockAt(at: string): Clock {
  const instant = at.includes('T')
    ? Temporal.Instant.from(at)
    : Temporal.PlainDate.from(at)
        .toZonedDateTime({ timeZone: LEGAL_TIME_ZONE, plainTime: '12:00' })
        .toInstant();
  return {
    now: () => instant,
    today: () => instant.toZonedDateTimeISO(LEGAL_TIME_ZONE).toPlainDate(),
  };
}

/** The civil date in China of an instant, as ISO text. */
export function civilDate(at: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(LEGAL_TIME_ZONE)
    .toPlainDate()
    .toString();
}

/** The clock's instant as the `Date` the database stores. */
export const instantOf = (clock: Clock): Date => new Date(clock.now().epochMilliseconds);
