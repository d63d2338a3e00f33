import { shippedNotices } from '../../core/calendar-data.ts';
import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { type Db, transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import {
  buildCalendar,
  type CalendarNotice,
  type LocalDay,
  parseDay,
  type WorkingCalendar,
} from '../../law/index.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import {
  deleteLocalDay,
  insertLocalDay,
  insertNotice,
  layersRevision,
  localDaysFor,
  lockLatestImport,
  noticesFor,
  raiseRevision,
  withdrawNotice,
} from './store.ts';

const NOTICE_GROUND = '国务院办公厅关于部分节假日安排的通知';

type Built = Map<number, { revision: string; calendar: Promise<WorkingCalendar> }>;

const built: Built = new Map();
/** Inside a transaction the layers may be its own, uncommitted ones: what is built from them stays with it. */
const builtInside = new WeakMap<Db, Built>();

/**
 * The working calendar of an agency: shipped notices, imported ones of its own and of the agencies above it, local days.
 * Costs one short query; the calendar is built again only after a layer changed, in whichever process.
 */
export async function currentCalendar(db: Db, agencyId: number): Promise<WorkingCalendar> {
  const revision = await layersRevision(db, agencyId);
  const kept = db.isTransaction ? (builtInside.get(db) ?? new Map()) : built;
  if (db.isTransaction) builtInside.set(db, kept);
  for (const known of [kept.get(agencyId), built.get(agencyId)])
    if (known?.revision === revision) return known.calendar;
  const calendar = layeredCalendar(db, agencyId);
  kept.set(agencyId, { revision, calendar });
  calendar.catch(() => kept.delete(agencyId));
  return calendar;
}

/** The calendar as it would be with one more notice laid over it, for the preview. */
export async function layeredCalendar(
  db: Db,
  agencyId: number,
  further: readonly CalendarNotice[] = [],
): Promise<WorkingCalendar> {
  const imported = await noticesFor(db, agencyId, { withdrawn: false });
  const local = await localDaysFor(db, agencyId);
  return buildCalendar([...shippedNotices(), ...imported.map(({ notice }) => notice), ...further], local);
}

/** Lays a yearly notice, or one that amends a year, over what is known. Undone by `undoLatestImport`. */
export async function importNotice(ctx: Ctx, notice: CalendarNotice): Promise<number> {
  demand(ctx.actor, 'calendar.import');
  return transact(ctx, async (inside) => {
    const same = (await noticesFor(inside.db, ctx.agencyId, { withdrawn: false })).find(
      (stored) => stored.notice.year === notice.year && sameDays(stored.notice, notice),
    );
    if (same)
      throw new Refusal(
        'notice-known',
        `这份${notice.year}年放假安排已由${same.importedBy}导入，内容相同，无需重复导入。`,
      );
    const id = await insertNotice(inside.db, ctx.agencyId, notice, stamp(ctx));
    await raiseRevision(inside.db, ctx.agencyId);
    await record(inside, {
      act: 'calendar.import-notice',
      ground: notice.notices[0]?.number ? `${NOTICE_GROUND}(${notice.notices[0].number})` : NOTICE_GROUND,
      subject: { kind: 'calendar-notice', id, label: notice.notices[0]?.title ?? `${notice.year}年放假安排` },
      after: notice,
    });
    return id;
  });
}

/** Takes back the agency's newest import; the layers under it apply again. Returns its title. */
export async function undoLatestImport(ctx: Ctx, expectedId: number): Promise<string> {
  demand(ctx.actor, 'calendar.import');
  return transact(ctx, async (inside) => {
    const latest = await lockLatestImport(inside.db, ctx.agencyId);
    if (!latest) throw new Refusal('nothing-to-undo', '没有可以撤销的导入。');
    if (latest.id !== expectedId) {
      throw new Refusal(
        'not-the-latest',
        '在您打开页面之后放假安排又有变动，只能撤销最近一次导入，请刷新页面后再试。',
      );
    }
    await withdrawNotice(inside.db, ctx.agencyId, latest.id, stamp(ctx));
    await raiseRevision(inside.db, ctx.agencyId);
    await record(inside, {
      act: 'calendar.undo-import',
      subject: { kind: 'calendar-notice', id: latest.id, label: latest.title },
      before: { year: latest.year, days: latest.days },
    });
    return latest.title;
  });
}

/** Adds a day that a local rule makes off or working, over every notice. @throws InvalidForm */
export async function addLocalDay(ctx: Ctx, day: LocalDay & { ground: string }): Promise<void> {
  demand(ctx.actor, 'calendar.import');
  const faults: Record<string, string> = {};
  if (!isDate(day.date)) faults.date = '请选择日期';
  if (day.name.length < 1 || day.name.length > 50) faults.name = '请填写假日或调休名称，不超过50字';
  if (day.ground.length < 1 || day.ground.length > 200) faults.ground = '请填写依据的文件，不超过200字';
  if (Object.keys(faults).length > 0) throw new InvalidForm(faults);
  await transact(ctx, async (inside) => {
    if (!(await insertLocalDay(inside.db, ctx.agencyId, day, stamp(ctx)))) {
      throw new InvalidForm({ date: '这一天已有地方安排，请先删除原安排再登记' });
    }
    await raiseRevision(inside.db, ctx.agencyId);
    await record(inside, {
      act: 'calendar.add-local-day',
      ground: day.ground,
      subject: { kind: 'calendar-local-day', id: day.date, label: day.name },
      after: day,
    });
  });
}

export async function removeLocalDay(ctx: Ctx, date: string): Promise<void> {
  demand(ctx.actor, 'calendar.import');
  if (!isDate(date)) throw new NotFound('没有找到这一天的地方安排');
  await transact(ctx, async (inside) => {
    const day = await deleteLocalDay(inside.db, ctx.agencyId, date);
    if (!day) throw new NotFound('没有找到这一天的地方安排，可能已被删除');
    await raiseRevision(inside.db, ctx.agencyId);
    await record(inside, {
      act: 'calendar.remove-local-day',
      subject: { kind: 'calendar-local-day', id: date, label: day.name },
      before: day,
    });
  });
}

/** `YYYY-MM-DD` and a real day, of a year the database can hold. */
const isDate = (text: string): boolean => parseDay(text) !== null;

function stamp(ctx: Ctx): { at: Date; name: string } {
  return { at: instantOf(ctx.clock), name: ctx.actor.name };
}

function sameDays(a: CalendarNotice, b: CalendarNotice): boolean {
  const text = (notice: CalendarNotice) =>
    notice.days
      .map((day) => `${day.date}${day.isOffDay}${day.name}`)
      .sort()
      .join();
  return text(a) === text(b);
}
