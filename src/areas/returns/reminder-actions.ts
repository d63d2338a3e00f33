import type { Ctx } from '../../core/context.ts';
import { type Db, transact } from '../../core/db.ts';
import { Refusal } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { currentCalendar } from '../calendars/index.ts';
import { notify } from '../notifications/index.ts';
import { demand, findAgencyById, listStaff, listUnits, type Unit } from '../organisations/index.ts';
import { insertReminder, type Reminder, remindersOf } from './reminder-store.ts';
import { type Duty, dueDate, dutyOf, monthPeriod, owedMonths } from './rules.ts';
import { type Return, returnsTouching } from './store.ts';

/** A month a unit owes and has not submitted. */
export interface Owed {
  unit: Unit;
  /** `YYYY-MM`. */
  month: string;
  due: string;
  /** Past the due date, today not counted. */
  late: boolean;
  /** Working days past due, or left when negative. */
  workingDaysLate: number;
  /** What the unit has begun: its draft or the return sent back. */
  begun: Return | null;
  lastReminder: Reminder | null;
}

export async function dutyFor(db: Db, agencyId: number): Promise<Duty> {
  return dutyOf((await findAgencyById(db, agencyId))?.settings ?? {});
}

/**
 * What units owe of a year, computed from the calendar on the day it is asked and never stored: months that ended, that
 * no submitted or accepted return covers. Most overdue first.
 */
export async function owedReturns(ctx: Ctx, year: number, unitId: number | null = null): Promise<Owed[]> {
  const { db, agencyId } = ctx;
  const duty = await dutyFor(db, agencyId);
  if (duty.monthlySince === null) return [];
  const today = ctx.clock.today();
  const calendar = await currentCalendar(db, agencyId);
  const units = (await listUnits(db, agencyId)).filter(({ id }) => unitId === null || id === unitId);
  const returns = Map.groupBy(
    await returnsTouching(db, agencyId, { from: `${year}-01-01`, to: `${year}-12-31` }, unitId),
    (item) => item.unitId,
  );
  const reminders = await remindersOf(db, agencyId, year);
  const owed = units.flatMap((unit) =>
    owedMonths(year, duty, unit, today).flatMap((month): Owed[] => {
      const period = monthPeriod(month);
      const covering = (returns.get(unit.id) ?? []).filter(
        (item) => item.from <= period.from && item.to >= period.to,
      );
      if (covering.some(({ status }) => status === 'submitted' || status === 'accepted')) return [];
      const due = dueDate(month, duty.dueWorkingDay, calendar);
      return [
        {
          unit,
          month,
          due: due.toString(),
          late: today.toString() > due.toString(),
          workingDaysLate: calendar.workingDaysBetween(due, today),
          begun: covering[0] ?? null,
          lastReminder: reminders.find((one) => one.unitId === unit.id && one.month === month) ?? null,
        },
      ];
    }),
  );
  return owed.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.unit.position - b.unit.position));
}

/** Reminds a unit of a month it owes: its publishers and head are told, by mail too; once a day. */
export async function remindUnit(
  ctx: Ctx,
  owed: Pick<Owed, 'unit' | 'month' | 'due' | 'late'>,
): Promise<number> {
  demand(ctx.actor, 'returns.remind');
  const today = ctx.clock.today().toString();
  const people = new Set<number>();
  for (const role of ['publisher', 'unit-head'] as const) {
    for (const { id } of await listStaff(ctx.db, ctx.agencyId, { unitId: owed.unit.id, role, on: today }))
      people.add(id);
  }
  if (people.size === 0) {
    throw new Refusal(
      'returns-nobody-to-remind',
      `${owed.unit.name}没有在岗的信息发布员或负责人，请先在“机构与人员”中设置。`,
    );
  }
  return transact(ctx, async (trx) => {
    const reminder = { unitId: owed.unit.id, month: owed.month, remindedOn: today, byName: trx.actor.name };
    if (!(await insertReminder(trx.db, trx.agencyId, reminder))) {
      throw new Refusal(
        'returns-reminded-today',
        `今天已经催报过${owed.unit.name}${owed.month}的填报，明天可以再催。`,
      );
    }
    const title = `${owed.late ? '逾期催报' : '填报提醒'}:${owed.unit.name} ${owed.month} 填报，${owed.due} 到期`;
    await notify(trx, [...people], {
      title,
      href: `/workbench/returns/fill?unit=${owed.unit.id}&month=${owed.month}`,
    });
    await record(trx, {
      act: 'returns.remind',
      subject: { kind: 'unit', id: owed.unit.id, label: owed.unit.name },
      after: { month: owed.month, due: owed.due, people: people.size },
    });
    return people.size;
  });
}

/** Reminds every unit whose month is late, at most once a day each; those that cannot be are counted. */
export async function remindLateUnits(ctx: Ctx): Promise<{ reminded: number; skipped: string[] }> {
  const year = ctx.clock.today().year;
  const late = [...(await owedReturns(ctx, year - 1)), ...(await owedReturns(ctx, year))].filter(
    (owed) => owed.late,
  );
  let reminded = 0;
  const skipped: string[] = [];
  for (const owed of late) {
    try {
      await remindUnit(ctx, owed);
      reminded += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      skipped.push(error.message);
    }
  }
  return { reminded, skipped };
}
