import { Temporal } from 'temporal-polyfill';
import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import {
  FARTHEST_REMINDER,
  type ReminderDays,
  remindersReached,
  type WorkingCalendar,
} from '../../law/index.ts';
import { record } from '../../ledger/index.ts';
import { currentCalendar } from '../calendars/index.ts';
import { findAgencyById } from '../organisations/index.ts';
import { tellThoseAtWork } from './reminder-letters.ts';
import { reminderSettingsOf } from './reminder-rules.ts';
import { type DueRequest, dueRequests, insertReminders } from './reminder-store.ts';

/** Requests looked at in one transaction. */
const AT_ONCE = 500;

/**
 * Reminds of open requests whose due date has come so near, or passed so long ago, as the settings say: once for each
 * request, due date and day. Nothing on days off. Returns how many requests were reminded of.
 */
export async function remindOfRequests(ctx: Ctx): Promise<number> {
  const { db, agencyId, clock } = ctx;
  const today = clock.today();
  const calendar = await currentCalendar(db, agencyId);
  if (!calendar.isWorkingDay(today)) return 0;
  const settings = reminderSettingsOf((await findAgencyById(db, agencyId))?.settings ?? {});
  const until = calendar.workingDayAfter(today, FARTHEST_REMINDER).toString();
  let reminded = 0;
  for (let behind: { dueOn: string; id: number } | null = null; ; ) {
    const due: DueRequest[] = await dueRequests(db, agencyId, until, { behind, limit: AT_ONCE });
    reminded += await remindOf(ctx, due, settings, calendar);
    const last = due.at(-1);
    if (due.length < AT_ONCE || last === undefined) return reminded;
    behind = { dueOn: last.dueOn, id: last.id };
  }
}

async function remindOf(
  ctx: Ctx,
  due: readonly DueRequest[],
  settings: ReminderDays,
  calendar: WorkingCalendar,
): Promise<number> {
  const today = ctx.clock.today();
  const reached = remindersReached(due, today, settings, calendar);
  if (reached.length === 0) return 0;
  return transact(ctx, async (ctx) => {
    const at = instantOf(ctx.clock);
    const reminders = reached.map(({ id, dueOn, day }) => ({ requestId: id, dueOn, daysLeft: day }));
    const fresh = new Set(await insertReminders(ctx.db, ctx.agencyId, reminders, at));
    const told = reached.filter(({ id }) => fresh.has(id));
    if (told.length === 0) return 0;
    const overdue = told.filter(({ left }) => left < 0).length;
    await tellThoseAtWork(
      ctx,
      told.map(({ left, ...request }) => ({
        requestId: request.id,
        unitId: request.unitId,
        handlerId: request.handlerId,
        title: `申请 ${request.number} ${leftWords(left, request.dueOn)}`,
        roles: left < 0 ? ['disclosure-officer', 'leader'] : ['disclosure-officer'],
      })),
      {
        title: (count) => `${today.month}月${today.day}日有 ${count} 件申请临近到期或已逾期`,
        href: overdue > 0 ? '/workbench/requests?due=overdue' : '/workbench/requests?due=5',
      },
    );
    await record(ctx, {
      act: 'requests.remind',
      subject: { kind: 'request-list', id: 'reminders', label: `${today} 催办` },
      after: { reminded: told.length, overdue },
    });
    return told.length;
  });
}

function leftWords(left: number, dueOn: string): string {
  const { month, day } = Temporal.PlainDate.from(dueOn);
  const when = `${month}月${day}日到期`;
  if (left === 0) return `今天到期（${month}月${day}日）`;
  return left > 0 ? `还有 ${left} 个工作日（${when}）` : `已逾期 ${-left} 个工作日（${when}）`;
}
