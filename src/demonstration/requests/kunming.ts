import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { currentCalendar } from '../../areas/calendars/index.ts';
import type { RequestCtx } from '../../areas/requests/index.ts';
import type { WorkingCalendar } from '../../law/index.ts';
import { randomOf } from '../report-set/random.ts';
import { inventApplicant } from './applicants.ts';
import { stepsOf } from './course.ts';
import { inOrder } from './history.ts';
import type { Matter, Step, Story } from './model.ts';
import { perform } from './perform.ts';

const requestFile = z.object({
  cast: z.object({
    officer: z.string(),
    clerk: z.string(),
    legal: z.string(),
    secrecy: z.string(),
    leader: z.string(),
    handlers: z.record(z.string(), z.string()),
  }),
  /** Of the demonstration year: asked in person, granted in time. */
  requests: z.array(z.object({ on: z.iso.date(), unit: z.string(), title: z.string() })),
  /** Of these weeks: handed in so many working days ago and brought as far as the act that is named. */
  living: z.array(
    z.object({
      received: z.int().min(0),
      until: z.string(),
      unit: z.string(),
      channel: z.enum(['internet', 'in-person', 'signed-post', 'email', 'fax']),
      title: z.string(),
      consults: z.boolean().default(false),
      corrects: z.boolean().default(false),
    }),
  ),
});

const read = async (dir: string) =>
  requestFile.parse(JSON.parse(await readFile(join(dir, 'requests.json'), 'utf8')));

/** The requests of the demonstration year, from the counter to the archive. */
export async function loadRequestsOfYear(ctx: RequestCtx, dir: string): Promise<void> {
  const { cast, requests } = await read(dir);
  const calendar = await currentCalendar(ctx.db, ctx.agencyId);
  const steps = requests.flatMap(({ on, unit, title }) => {
    const story = told({ on: Temporal.PlainDate.from(on), unit, title, channel: 'in-person', result: 'A2' });
    return stepsOf(story, calendar, randomOf(title));
  });
  await perform(ctx, cast, inOrder(steps), {});
}

/** Requests that are under way today, so that the desk of an office that one only looks at is not empty. */
export async function loadLivingRequests(ctx: RequestCtx, dir: string): Promise<void> {
  const { cast, living } = await read(dir);
  const calendar = await currentCalendar(ctx.db, ctx.agencyId);
  const today = lastWorkingDay(ctx.clock.today(), calendar);
  const steps = living.flatMap(({ received, until, unit, channel, title, consults, corrects }) => {
    const on = workingDaysBefore(today, received, calendar);
    const more: Partial<Matter> = {
      consultation: consults ? { party: 'third-party', opinion: 'agree' } : null,
      correction: corrects ? 'answered' : 'none',
    };
    const all = stepsOf(told({ on, unit, title, channel, result: 'B1.2', more }), calendar, randomOf(title));
    const last = all.findLastIndex(({ does }) => does === until);
    return spread(all.slice(0, last + 1), on, today, calendar);
  });
  await perform(ctx, cast, inOrder(steps), {});
}

/** One act a working day from the day of receipt on, none after today. */
function spread(
  steps: readonly Step[],
  from: Temporal.PlainDate,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): Step[] {
  return steps.map((step, index) => {
    const on = index === 0 ? from : calendar.workingDayAfter(from, index);
    return { ...step, on: Temporal.PlainDate.compare(on, today) > 0 ? today : on };
  });
}

function told(given: {
  on: Temporal.PlainDate;
  unit: string;
  title: string;
  channel: Story['channel'];
  result: string;
  more?: Partial<Matter>;
}): Story {
  const { on, unit, title, channel, result, more = {} } = given;
  const applicant = inventApplicant('natural-person', randomOf(`applicant of ${title}`));
  return {
    key: title,
    submittedOn: on,
    channel,
    oral: false,
    applicant,
    title,
    content: `申请公开《${title}》。`,
    confirmedAfter: ['internet', 'fax', 'email'].includes(channel) ? 1 : null,
    parts: [
      {
        title,
        unit,
        secondUnit: null,
        result,
        correction: 'none',
        pace: 'in-time',
        consultation: null,
        fee: null,
        sentBackBy: null,
        dispute: null,
        answeredBefore: null,
        ...more,
      },
    ],
  };
}

const lastWorkingDay = (day: Temporal.PlainDate, calendar: WorkingCalendar): Temporal.PlainDate =>
  calendar.isWorkingDay(day) ? day : workingDaysBefore(day, 1, calendar);

/** The working day so many before that one. */
function workingDaysBefore(
  day: Temporal.PlainDate,
  count: number,
  calendar: WorkingCalendar,
): Temporal.PlainDate {
  let found = day;
  for (let left = count; left > 0; ) {
    found = found.subtract({ days: 1 });
    if (calendar.isWorkingDay(found)) left -= 1;
  }
  return found;
}
