import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { shippedNotices } from '../core/calendar-data.ts';
import { buildCalendar } from './calendar.ts';
import { dayKind } from './day-kind.ts';
import { explainDeadline } from './deadlines.ts';

const calendar = buildCalendar(shippedNotices(), [{ date: '2024-09-20', name: '州庆', isOffDay: true }]);
const date = (text: string) => Temporal.PlainDate.from(text);

it.each([
  ['2024-09-13', 'start'],
  ['2024-09-14', 'make-up'],
  ['2024-09-15', 'holiday'],
  ['2024-09-18', 'counted'],
  ['2024-09-20', 'holiday'],
  ['2024-09-21', 'weekend'],
  ['2024-09-24', 'suspended'],
  ['2024-09-30', 'counted'],
  ['2024-10-12', 'make-up'],
])('%s is a day of kind %s', (day, kind) => {
  const days = explainDeadline(
    {
      kind: 'reply',
      from: date('2024-09-13'),
      regime: 'R2019',
      suspensions: [{ from: date('2024-09-23'), until: date('2024-09-25') }],
    },
    calendar,
  );
  expect(dayKind(days.find((found) => found.date === day)!)).toBe(kind);
});
