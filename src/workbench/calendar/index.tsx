import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../../app.ts';
import {
  addLocalDay,
  currentCalendar,
  importNotice,
  layeredCalendar,
  localDaysFor,
  noticesFor,
  readNoticeText,
  removeLocalDay,
  undoLatestImport,
} from '../../areas/calendars/index.ts';
import { demand, findAgencyById, may } from '../../areas/organisations/index.ts';
import { RECOUNT_REQUESTS } from '../../areas/requests/index.ts';
import { bookTitle } from '../../core/book-title.ts';
import { shippedNotices } from '../../core/calendar-data.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import {
  answerDeadline,
  type CalendarNotice,
  type LawSettings,
  lawSettingsOf,
  parseNotice,
  type WorkingCalendar,
} from '../../law/index.ts';
import { staffCtx } from '../request.ts';
import type { Room } from '../room.ts';
import { type Calculation, Calculator } from './calculator.tsx';
import { HistoryPage, ImportPage, type Preview, WithdrawalPage } from './import-pages.tsx';
import { CALENDAR, CalendarPage, type LocalDayForm } from './pages.tsx';

export const calendarRoom = (app: App): Room => ({
  key: 'calendar',
  nav: [{ label: '工作日历', href: CALENDAR, icon: 'calendar', group: '管理', act: 'calendar.read' }],
  routes: routes(app),
});

type Fields = Record<string, string | undefined>;

const routes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(CALENDAR, async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'calendar.read');
      return showYear(ctx, reply, (request.query ?? {}) as Fields, { values: {}, errors: {} });
    });

    server.get(`${CALENDAR}/import`, async (request, reply) => {
      demand(staffCtx(app, request).actor, 'calendar.import');
      return reply.page(<ImportPage text="" errors={{}} preview={null} />);
    });

    server.post(`${CALENDAR}/import`, async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'calendar.import');
      const text = ((request.body ?? {}) as Fields).text ?? '';
      try {
        return reply.page(<ImportPage text={text} errors={{}} preview={await preview(ctx, text)} />);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        // Faults of a JSON notice are addressed by its parts; the page has one field for all of it.
        const errors = { text: Object.entries(error.fields).map(named).join(';') };
        return reply.page(<ImportPage text={text} errors={errors} preview={null} />, 422);
      }
    });

    server.post(`${CALENDAR}/notices`, async (request, reply) => {
      const ctx = staffCtx(app, request);
      const notice = parseNotice(readJson(((request.body ?? {}) as Fields).notice ?? ''));
      await importNotice(ctx, notice);
      await recountSoon(app);
      reply.flash('success', `已导入${notice.year}年放假安排，期限按新安排计算。`);
      return reply.redirect(`${CALENDAR}?year=${notice.year}`, 303);
    });

    server.get(`${CALENDAR}/history`, async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'calendar.read');
      const notices = (await noticesFor(ctx.db, ctx.agencyId, { withdrawn: true })).toReversed();
      const undoable = may(ctx.actor, 'calendar.import') ? latestOf(ctx, notices) : undefined;
      return reply.page(
        <HistoryPage notices={notices} agencyId={ctx.agencyId} undoable={undoable?.id ?? null} />,
      );
    });

    server.get<{ Params: { id: string } }>(`${CALENDAR}/notices/:id/withdrawal`, async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'calendar.import');
      const notices = (await noticesFor(ctx.db, ctx.agencyId, { withdrawn: false })).toReversed();
      const latest = latestOf(ctx, notices);
      if (!latest || String(latest.id) !== request.params.id)
        throw new NotFound('这次导入不是最近一次，或已被撤销');
      return reply.page(<WithdrawalPage id={latest.id} notice={latest.notice} />);
    });

    server.post<{ Params: { id: string } }>(`${CALENDAR}/notices/:id/withdrawal`, async (request, reply) => {
      const title = await undoLatestImport(staffCtx(app, request), Number(request.params.id));
      await recountSoon(app);
      reply.flash('success', `已撤销${bookTitle(title)}。`);
      return reply.redirect(`${CALENDAR}/history`, 303);
    });

    server.post(`${CALENDAR}/local-days`, async (request, reply) => {
      const ctx = staffCtx(app, request);
      const values = (request.body ?? {}) as Fields;
      const text = (name: string) => (values[name] ?? '').trim();
      try {
        await addLocalDay(ctx, {
          date: text('date'),
          name: text('name'),
          ground: text('ground'),
          isOffDay: values.isOffDay !== 'false',
        });
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        const year = /^\d{4}/.exec(text('date'))?.[0];
        return showYear(ctx, reply, year ? { year } : {}, { values, errors: error.fields });
      }
      await recountSoon(app);
      reply.flash('success', '已登记地方安排，期限按新安排计算。');
      return reply.redirect(`${CALENDAR}?year=${text('date').slice(0, 4)}#local-days`, 303);
    });

    server.post<{ Params: { date: string } }>(
      `${CALENDAR}/local-days/:date/removal`,
      async (request, reply) => {
        const { date } = request.params;
        await removeLocalDay(staffCtx(app, request), date);
        await recountSoon(app);
        reply.flash('success', '已删除地方安排。');
        return reply.redirect(`${CALENDAR}?year=${date.slice(0, 4)}#local-days`, 303);
      },
    );
  };

/** Open requests here and in the agencies below are counted anew; should this be lost, the nightly run finds them. */
const recountSoon = (app: App) => app.jobs.enqueue(app.connection.db, RECOUNT_REQUESTS);

async function showYear(ctx: Ctx, reply: FastifyReply, query: Fields, localForm: LocalDayForm) {
  const year = query.year && /^2(0\d\d|100)$/.test(query.year) ? Number(query.year) : ctx.clock.today().year;
  const calendar = await currentCalendar(ctx.db, ctx.agencyId);
  const imported = await noticesFor(ctx.db, ctx.agencyId, { withdrawn: false });
  const sources = [
    ...shippedNotices().map((notice) => ({ notice, from: '系统自带' })),
    ...imported.map(({ notice, importedBy }) => ({ notice, from: `${importedBy}导入` })),
  ].filter(({ notice }) => notice.year === year);
  const before = Temporal.PlainDate.from({ year: year - 1, month: 12, day: 31 });
  const { settings = {} } = (await findAgencyById(ctx.db, ctx.agencyId)) ?? {};
  const calculation = calculate(query, calendar, lawSettingsOf(settings));
  const wrong = [localForm.errors, calculation.errors].some((errors) => Object.keys(errors).length > 0);
  return reply.page(
    <CalendarPage
      year={year}
      calendar={calendar}
      workingDays={calendar.workingDaysBetween(before, before.add({ years: 1 }))}
      sources={sources.flatMap(({ notice, from }) =>
        notice.notices.map(({ title, number }) => ({ title, number: number ?? '', from })),
      )}
      localDays={await localDaysFor(ctx.db, ctx.agencyId)}
      agencyId={ctx.agencyId}
      mayImport={may(ctx.actor, 'calendar.import')}
      localForm={localForm}
      calculator={<Calculator year={year} calculation={calculation} />}
    />,
    wrong ? 422 : 200,
  );
}

/** Answers the question in the address; nothing asked yet is no fault. */
function calculate(query: Fields, calendar: WorkingCalendar, settings: LawSettings): Calculation {
  const nothing: Calculation = { input: query, answer: null, errors: {}, refusal: null };
  if (query.received === undefined) return nothing;
  const { suspendFrom, suspendUntil, ...asked } = query;
  const suspend = suspendFrom && suspendUntil ? `${suspendFrom}..${suspendUntil}` : undefined;
  if (!suspend && (suspendFrom || suspendUntil)) {
    return { ...nothing, errors: { suspend: '请同时填写征求意见发出和意见收到的日期' } };
  }
  // A field left empty was not filled in; how a request came in says nothing about other limits.
  const filled = Object.fromEntries(Object.entries({ ...asked, suspend }).filter(([, value]) => value));
  const onReceipt = ON_RECEIPT.includes(query.kind ?? 'reply');
  const fields = onReceipt ? filled : { ...filled, channel: undefined, confirmed: undefined };
  try {
    return { ...nothing, answer: answerDeadline(fields, calendar, settings) };
  } catch (error) {
    if (error instanceof InvalidForm) return { ...nothing, errors: error.fields };
    if (!(error instanceof Refusal)) throw error;
    return { ...nothing, refusal: { message: error.message, article: error.article } };
  }
}

const ON_RECEIPT = ['reply', 'correction-notice'];

async function preview(ctx: Ctx, text: string): Promise<Preview> {
  if (text.trim() === '') throw new InvalidForm({ text: '请粘贴通知全文或 JSON' });
  const reading = text.trimStart().startsWith('{')
    ? { notice: parseNotice(readJson(text)), warnings: [] }
    : readNoticeText(text);
  const now = await currentCalendar(ctx.db, ctx.agencyId);
  const then = await layeredCalendar(ctx.db, ctx.agencyId, [reading.notice]);
  const changed = reading.notice.days
    .map(({ date }) => date)
    .filter((date) => {
      const day = Temporal.PlainDate.from(date);
      return now.isWorkingDay(day) !== then.isWorkingDay(day);
    });
  return { ...reading, calendar: then, changed };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidForm({ text: '内容以“{”开头，但不是完整的 JSON，请检查引号、逗号和括号是否成对' });
  }
}

function named([field, message]: [string, string]): string {
  const nth = /^(?:days|notices)\.(\d+)/.exec(field)?.[1];
  return nth === undefined ? message : `第 ${Number(nth) + 1} 项：${message}`;
}

function latestOf<T extends { agencyId: number; withdrawnAt: Date | null; notice: CalendarNotice }>(
  ctx: Ctx,
  newestFirst: T[],
): T | undefined {
  return newestFirst.find((stored) => stored.agencyId === ctx.agencyId && stored.withdrawnAt === null);
}
