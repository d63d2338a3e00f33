import type { Temporal } from 'temporal-polyfill';
import type { Ctx } from '../../core/context.ts';
import { demand } from '../organisations/index.ts';
import { scopeOf } from './list.ts';
import { everything, type ListFilter } from './list-filter.ts';
import { type DueDay, dueByDay, type LoadRow, loadByWeek } from './load-store.ts';

/** Titles told of one day of the calendar. */
const SHOWN_OF_A_DAY = 4;
/** Weeks told apart; what is due after them is told together. */
export const WEEKS_AHEAD = 5;

/** What is due in a month, day by day, of everything the actor sees or of one handler or unit. */
export async function dueMonth(
  ctx: Ctx,
  month: Temporal.PlainYearMonth,
  of: Pick<ListFilter, 'unitId' | 'handlerId'>,
): Promise<DueDay[]> {
  demand(ctx.actor, 'requests.read');
  const from = month.toPlainDate({ day: 1 });
  const to = month.toPlainDate({ day: month.daysInMonth });
  const filter: ListFilter = {
    ...everything,
    ...of,
    group: 'open',
    due: { from: from.toString(), to: to.toString() },
  };
  return dueByDay(ctx.db, ctx.agencyId, { scope: scopeOf(ctx.actor), filter }, SHOWN_OF_A_DAY);
}

/** Open requests by unit, handler and week of their due date, the weeks counted from that of today. */
export async function requestLoad(
  ctx: Ctx,
  of: Pick<ListFilter, 'unitId'>,
): Promise<{ monday: Temporal.PlainDate; rows: LoadRow[] }> {
  demand(ctx.actor, 'requests.read');
  const today = ctx.clock.today();
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const filter: ListFilter = { ...everything, ...of, group: 'open' };
  const rows = await loadByWeek(
    ctx.db,
    ctx.agencyId,
    { scope: scopeOf(ctx.actor), filter },
    { today: today.toString(), monday: monday.toString(), count: WEEKS_AHEAD },
  );
  return { monday, rows };
}
