import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildCalendar, type WorkingCalendar } from '../law/calendar.ts';
import { type CalendarNotice, parseNotice } from '../law/notices.ts';

const folder = join(import.meta.dirname, '../../data/calendars');
let notices: CalendarNotice[] | null = null;
let calendar: WorkingCalendar | null = null;

/** The yearly notices shipped with the program, 2008 to the newest published year; read once. */
export function shippedNotices(): readonly CalendarNotice[] {
  notices ??= readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => parseNotice(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  return notices;
}

/** The calendar of the shipped notices alone; installations lay imported notices and local days over it. */
export function shippedCalendar(): WorkingCalendar {
  calendar ??= buildCalendar(shippedNotices());
  return calendar;
}
