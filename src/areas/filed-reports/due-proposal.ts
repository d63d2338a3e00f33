import type { Ctx } from '../../core/context.ts';
import { currentCalendar } from '../calendars/index.ts';
import { findAgencyById } from '../organisations/index.ts';
import { correctionDaysOf } from './rules.ts';

/** A due date and how it was counted. */
export interface DueProposal {
  /** Civil date. */
  dueOn: string;
  /** Working days from the day after today. */
  workingDays: number;
  /** Days off in between. */
  daysOff: number;
}

/** The day an answer is due when asked for today, by the agency's number of working days (10 unless set otherwise). */
export async function dueProposal(ctx: Ctx): Promise<DueProposal> {
  const agency = await findAgencyById(ctx.db, ctx.agencyId);
  const calendar = await currentCalendar(ctx.db, ctx.agencyId);
  const today = ctx.clock.today();
  const workingDays = correctionDaysOf(agency?.settings ?? {});
  const due = calendar.workingDayAfter(today, workingDays);
  return { dueOn: due.toString(), workingDays, daysOff: today.until(due).days - workingDays };
}
