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
import { type Letter, notifyBundled } from '../notifications/index.ts';
import { listStaff, type Role, rolesOn, type StaffMember } from '../organisations/index.ts';
import { now } from './acting.ts';
import { settingsOfCatalogue } from './duty.ts';
import { type CatalogueReminderKind, insertCatalogueReminders } from './duty-reminder-store.ts';
import { dutyDue, lastStartDueBefore } from './duty-rules.ts';
import { type DutyPlace, type DutyRow, openDuties } from './duty-store.ts';
import { type KeptBackPlace, keptBack } from './reassessment-store.ts';
import { endingDocuments } from './validity-store.ts';

const AT_ONCE = 500;

/** A limit of the catalogue that somebody is reminded of. */
interface Due {
  itemId: number;
  unitId: number;
  authorId: number | null;
  title: string;
  dueOn: string;
}

interface Kind {
  what: CatalogueReminderKind;
  /** What stands before the days left. */
  words: string;
  href(itemId: number): string;
  list: string;
  /** Reminded besides the author and the head of the unit. */
  roles: readonly Role[];
}

const kinds = {
  publication: {
    what: 'publication',
    words: '请按期公开',
    href: (id) => `/workbench/items/${id}`,
    list: '/workbench/duties',
    roles: ['disclosure-officer'],
  },
  reassessment: {
    what: 'reassessment',
    words: '请评估审查不公开信息',
    href: (id) => `/workbench/duties/reassessments/${id}`,
    list: '/workbench/duties/reassessments',
    roles: ['disclosure-officer'],
  },
  'validity-end': {
    what: 'validity-end',
    words: '有效期将届满',
    href: (id) => `/workbench/normative/${id}`,
    list: '/workbench/normative/ending',
    roles: ['disclosure-officer'],
  },
} as const satisfies Record<CatalogueReminderKind, Kind>;

/**
 * Reminds of what is to be made public, assessed again or will lapse, at the days the office has set: once for each limit and day.
 * Nothing on days off. Returns how many were reminded of.
 */
export async function remindOfCatalogue(ctx: Ctx): Promise<number> {
  const { db, agencyId, clock } = ctx;
  const today = clock.today();
  const calendar = await currentCalendar(db, agencyId);
  if (!calendar.isWorkingDay(today)) return 0;
  const settings = await settingsOfCatalogue(ctx);
  const until = calendar.workingDayAfter(today, FARTHEST_REMINDER).toString();
  const lastStart = lastStartDueBefore(until, calendar.numbers);
  let reminded = 0;
  for (let after: DutyPlace | null = null; ; ) {
    const rows: DutyRow[] = await openDuties(
      db,
      agencyId,
      { after: '2008-04-30', until: lastStart },
      { unitId: null, authorId: null },
      { after, limit: AT_ONCE },
    );
    const due = rows.flatMap(({ itemId, unitId, authorId, title, startOn }) => {
      const dueOn = dutyDue(startOn, calendar.numbers);
      return dueOn === null ? [] : [{ itemId, unitId, authorId, title, dueOn }];
    });
    reminded += await remindOf(ctx, kinds.publication, due, settings, calendar);
    const last = rows.at(-1);
    if (rows.length < AT_ONCE || !last) break;
    after = { on: last.startOn, itemId: last.itemId, version: last.version };
  }
  for (let after: KeptBackPlace | null = null; ; ) {
    const page: { after: KeptBackPlace | null; limit: number } = { after, limit: AT_ONCE };
    const rows = await keptBack(db, agencyId, settings.reassessmentMonths, { until, unitId: null }, page);
    const due = rows.map((row) => ({ ...row, authorId: null }));
    reminded += await remindOf(ctx, kinds.reassessment, due, settings, calendar);
    const last = rows.at(-1);
    if (rows.length < AT_ONCE || !last) break;
    after = { dueOn: last.dueOn, itemId: last.itemId };
  }
  const ending = (await endingDocuments(db, agencyId, until, 5000)).map((row) => ({
    itemId: row.id,
    unitId: row.unitId,
    authorId: null,
    title: row.title,
    dueOn: row.validUntil,
  }));
  for (let from = 0; from < ending.length; from += AT_ONCE)
    reminded += await remindOf(
      ctx,
      kinds['validity-end'],
      ending.slice(from, from + AT_ONCE),
      settings,
      calendar,
    );
  return reminded;
}

async function remindOf(
  ctx: Ctx,
  kind: Kind,
  due: readonly Due[],
  settings: ReminderDays,
  calendar: WorkingCalendar,
): Promise<number> {
  const today = ctx.clock.today();
  const reached = remindersReached(due, today, settings, calendar);
  if (reached.length === 0) return 0;
  return transact(ctx, async (ctx) => {
    const reminders = reached.map(({ itemId, dueOn, day }) => ({ itemId, dueOn, daysLeft: day }));
    const fresh = await insertCatalogueReminders(ctx.db, ctx.agencyId, kind.what, reminders, now(ctx));
    const told = reached.filter(({ itemId }) => fresh.has(itemId));
    if (told.length === 0) return 0;
    const staff = await listStaff(ctx.db, ctx.agencyId, { on: today.toString() });
    const mailbox = new Map<number, Letter[]>();
    for (const one of told) {
      const roles: readonly Role[] = one.left < 0 ? [...kind.roles, 'leader'] : kind.roles;
      const title = `${kind.words}（${leftWords(one.left, one.dueOn)}）：${one.title || '未命名的信息'}`;
      for (const person of staff)
        if (concerns(person, one, roles, today.toString()))
          mailbox.set(person.id, [...(mailbox.get(person.id) ?? []), { title, href: kind.href(one.itemId) }]);
    }
    await notifyBundled(ctx, mailbox, {
      title: (count) => `${today.month}月${today.day}日，${kind.words}：共 ${count} 条`,
      href: kind.list,
    });
    await record(ctx, {
      act: 'catalogue.remind',
      subject: { kind: 'item-list', id: kind.what, label: `${today} ${kind.words}` },
      after: { reminded: told.length, overdue: told.filter(({ left }) => left < 0).length },
    });
    return told.length;
  });
}

/** The author, the head of the unit, and the roles named. */
function concerns(person: StaffMember, due: Due, roles: readonly Role[], today: string): boolean {
  const held = rolesOn(person.roles, today);
  return (
    person.id === due.authorId ||
    roles.some((role) => held.includes(role)) ||
    (person.unitId === due.unitId && held.includes('unit-head'))
  );
}

function leftWords(left: number, dueOn: string): string {
  if (left === 0) return '今天到期';
  return left > 0 ? `还有 ${left} 个工作日，${dueOn} 到期` : `已逾期 ${-left} 个工作日`;
}
