import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { aForm, applicant, type Office, openOffice } from '../../../tests/support/requests.ts';
import { clockAt } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { readDays, reminderAt } from '../../law/index.ts';
import { addLocalDay, removeLocalDay } from '../calendars/index.ts';
import { ownNotifications } from '../notifications/index.ts';
import { endRole } from '../organisations/index.ts';
import { gramsOf } from './applicant.ts';
import { calendarFeed, makeFeed, ownFeed, revokeFeed } from './calendar-feed.ts';
import {
  acceptRequest,
  everything,
  listRequests,
  readSearch,
  registerForm,
  requestTasks,
  searchPerson,
  sortOutMove,
  withdrawRequest,
} from './index.ts';
import { dueMonth, requestLoad } from './load.ts';
import { listRecounts, readRecount, recountRequests } from './recount-actions.ts';
import { remindOfRequests } from './reminder-actions.ts';
import { reminderSettingsOf } from './reminder-rules.ts';

const { db, pool } = await freshDatabase();
let office: Office;
/** Received on Wednesday 1 March 2023: due on the 29th. Assigned to the handler; the second waits to be checked. */
let [handled, waiting] = [0, 0];

beforeAll(async () => {
  office = await openOffice(db);
  const officer = office.as('disclosure-officer', '2023-03-01');
  handled = (await registerForm(officer, aForm())).requestId;
  waiting = (await registerForm(officer, aForm({ title: '老旧小区改造资金使用情况' }))).requestId;
  await acceptRequest(officer, { id: handled }, { unitId: office.unitId, handlerId: null });
});

const titles = async (ctx: Ctx) => (await ownNotifications(ctx, {})).items.map(({ title }) => title);
const reminders = async (ctx: Ctx) =>
  (await titles(ctx)).filter((title) => /到期|逾期/.test(title) && !/分办/.test(title));

describe('reminders', () => {
  it.each([
    [20, null],
    [6, null],
    [5, 5],
    [4, 5],
    [2, 2],
    [1, 1],
    [0, 0],
    [-1, -1],
    [-4, -1],
    [-5, -5],
    [-60, -5],
  ])('with %i working days left: %s', (left, day) => {
    expect(reminderAt(left, reminderSettingsOf({}))).toBe(day);
  });

  it.each<[string, number, number[] | null]>([
    ['5、2、1、0', 0, [5, 2, 1, 0]],
    ['3，1', 0, [3, 1]],
    ['', 0, []],
    ['0', 1, null],
    ['31', 0, null],
    ['1.5', 0, null],
    ['1 2 3 4 5 6 7 8 9', 0, null],
  ])('days typed as %s', (typed, least, read) => expect(readDays(typed, least)).toEqual(read));

  it('settings out of range are the usual ones', () => {
    expect(reminderSettingsOf({ requests: { remindBefore: [99], escalateAfter: 'x' } })).toEqual(
      reminderSettingsOf({}),
    );
    expect(reminderSettingsOf({ requests: { remindBefore: [3] } }).remindBefore).toEqual([3]);
  });

  const on = (day: string) => remindOfRequests(office.system(day));
  it('come once for each day of the settings, never on a day off, and make up for a missed one', async () => {
    expect(await on('2023-03-21')).toBe(0);
    expect(await on('2023-03-22')).toBe(2);
    expect(await on('2023-03-22')).toBe(0);
    expect(await on('2023-03-25')).toBe(0);
    // The machine stood still on the 27th, two days before the last.
    expect(await on('2023-03-28')).toBe(2);
    expect(await on('2023-03-29')).toBe(2);
  });

  it('reach the unit’s handlers, its head and the officers; the leader only when the limit has passed', async () => {
    const day = '2023-03-30';
    const handlers = await reminders(office.as('case-handler', day));
    expect(handlers).toEqual([
      expect.stringMatching(/^申请 2023-000001 今天到期（3月29日）$/),
      expect.stringMatching(/^申请 2023-000001 还有 1 个工作日（3月29日到期）$/),
      expect.stringMatching(/^申请 2023-000001 还有 5 个工作日/),
    ]);
    expect(await reminders(office.as('unit-head', day))).toHaveLength(3);
    expect(await reminders(office.as('disclosure-officer', day))).toHaveLength(6);
    expect(await reminders(office.as('second-handler', day))).toEqual([]);
    expect(await reminders(office.as('leader', day))).toEqual([]);
    expect(await on(day)).toBe(2);
    expect(await on('2023-04-03')).toBe(0);
    expect(await reminders(office.as('leader', day))).toEqual([
      '申请 2023-000002 已逾期 1 个工作日（3月29日到期）',
      '申请 2023-000001 已逾期 1 个工作日（3月29日到期）',
    ]);
  });

  it('tell nothing of who asks', async () => {
    const { rows } = await pool.query(
      'SELECT title FROM notifications UNION ALL SELECT after::text FROM ledger_acts',
    );
    expect(JSON.stringify(rows)).not.toContain(applicant.name);
  });
});

describe('the calendar is amended', () => {
  const officer = () => office.as('disclosure-officer', '2023-03-06');
  const dueOf = async (id: number) =>
    (await pool.query<{ due_on: string }>('SELECT due_on FROM requests WHERE id = $1', [id])).rows[0]!.due_on;

  it('every open request is counted anew, what moved is told, and who works on it is alarmed', async () => {
    expect(await recountRequests(office.system('2023-03-06'))).toBe(true);
    expect(await listRecounts(officer())).toEqual([]);
    await addLocalDay(officer(), { date: '2023-03-10', name: '州庆', ground: '州人大公告', isOffDay: true });
    expect(await recountRequests(office.system('2023-03-06'), () => true)).toBe(false);
    expect(await recountRequests(office.system('2023-03-06'))).toBe(true);
    expect([await dueOf(handled), await dueOf(waiting)]).toEqual(['2023-03-30', '2023-03-30']);
    const [recount] = await listRecounts(officer());
    expect(recount).toMatchObject({ counted: 2, changed: 2 });
    expect(recount!.endedAt).not.toBeNull();
    const { changes } = await readRecount(officer(), recount!.id);
    expect(changes.map(({ number, dueBefore, dueAfter }) => [number, dueBefore, dueAfter])).toEqual([
      ['2023-000001', '2023-03-29', '2023-03-30'],
      ['2023-000002', '2023-03-29', '2023-03-30'],
    ]);
    expect(await titles(office.as('case-handler', '2023-03-06'))).toContain(
      '节假日安排有调整：申请 2023-000001 的答复期限由3月29日改为3月30日',
    );
    const { rows } = await pool.query(
      `SELECT before, after FROM ledger_acts WHERE act = 'requests.recount' ORDER BY seq`,
    );
    expect(rows[0]).toEqual({ before: { due: '2023-03-29' }, after: { due: '2023-03-30' } });
  });

  it('nothing is counted twice, and back it goes when the amendment is taken back', async () => {
    expect(await recountRequests(office.system('2023-03-06'))).toBe(true);
    expect(await listRecounts(officer())).toHaveLength(1);
    await removeLocalDay(officer(), '2023-03-10');
    await recountRequests(office.system('2023-03-06'));
    expect([await dueOf(handled), await dueOf(waiting)]).toEqual(['2023-03-29', '2023-03-29']);
    expect(await listRecounts(officer())).toHaveLength(2);
  });

  it('a recount of nobody is not found', async () => {
    await expect(readRecount(officer(), 999)).rejects.toThrow('没有找到这次期限重算');
  });
});

describe('lists of the people of the office', () => {
  const on = '2023-03-20';
  const numbers = async (role: Parameters<Office['as']>[0]) =>
    (await listRequests(office.as(role, on), everything)).items.map(({ number }) => number);

  it('the handler sees the cases of his unit, reviewers what came to them, others everything', async () => {
    expect(await numbers('disclosure-officer')).toEqual(['2023-000002', '2023-000001']);
    expect(await numbers('auditor')).toHaveLength(2);
    expect(await numbers('case-handler')).toEqual(['2023-000001']);
    expect(await numbers('second-handler')).toEqual([]);
    expect(await numbers('secrecy-reviewer')).toEqual(['2023-000001']);
    const stranger: Ctx = { ...office.as('leader', on), actor: { kind: 'public', name: '访客' } };
    await expect(listRequests(stranger, everything)).rejects.toThrow('权限');
  });

  it('working days left are counted by the calendar', async () => {
    const { items } = await listRequests(office.as('leader', on), everything, { sort: 'due' });
    expect(items.map(({ daysLeft }) => daysLeft)).toEqual([7, 7]);
  });

  it.each([
    ['2023-000001', { by: 'number', numbers: ['2023-000001'] }],
    ['2023-1', { by: 'number', numbers: ['2023-000001'] }],
    ['第12号', { by: 'number', numbers: ['2026-000012'] }],
    ['2023000001', { by: 'number', numbers: ['2023-000001'] }],
    ['2023年 预算', { by: 'title', words: ['2023年', '预算'], grams: ['20', '02', '23', '3年', '预算'] }],
    ['  ', null],
  ])('a search for %s', (typed, read) => expect(readSearch(typed, 2026, gramsOf)).toEqual(read));

  it('a person is found by the whole name only, by those who may, and the ledger does not say whom', async () => {
    const officer = office.as('disclosure-officer', on);
    const found = async (typed: string) => {
      const digests = await searchPerson(officer, typed);
      const { items } = await listRequests(officer, { ...everything, search: { by: 'person', digests } });
      return items.length;
    };
    expect(await found(` ${applicant.name} `)).toBe(2);
    expect(await found('138 8800 1234')).toBe(2);
    expect(await found(applicant.identityNumber.toLowerCase())).toBe(2);
    expect(await found('李小')).toBe(0);
    await expect(searchPerson(officer, '李')).rejects.toThrow('完整的姓名');
    await expect(searchPerson(office.as('auditor', on), applicant.name)).rejects.toThrow('权限');
    const { rows } = await pool.query(`SELECT * FROM ledger_acts WHERE act = 'requests.search-person'`);
    expect(rows).toHaveLength(4);
    expect(JSON.stringify(rows)).not.toContain(applicant.name);
  });

  it('what waits for each is among his tasks', async () => {
    const verbs = async (role: Parameters<Office['as']>[0]) =>
      (await requestTasks(office.as(role, on))).map(({ verb, request }) => [verb, request.number]);
    expect(await verbs('disclosure-officer')).toEqual([['审查', '2023-000002']]);
    expect(await verbs('leader')).toEqual([]);
    expect(await verbs('auditor')).toEqual([]);
  });

  it('a bulk act says on which it can be done and why not on the others', async () => {
    const { open, skipped, gone } = await sortOutMove(office.as('disclosure-officer', on), 'archive', [
      handled,
      waiting,
      999,
    ]);
    expect(open).toEqual([]);
    expect(skipped.map(({ why }) => why.code)).toEqual(['requests-wrong-state', 'requests-wrong-state']);
    expect(gone).toBe(1);
    const clerk = await sortOutMove(office.as('window-clerk', on), 'assign', [handled]);
    expect(clerk.skipped.map(({ why }) => why.code)).toEqual(['requests-not-yours']);
  });
});

describe('what is due when', () => {
  it('by day of a month and by week, for those who may see it', async () => {
    const march = Temporal.PlainYearMonth.from('2023-03');
    const nobody = { unitId: null, handlerId: null };
    const days = await dueMonth(office.as('leader', '2023-03-20'), march, nobody);
    expect(days).toEqual([
      {
        date: '2023-03-29',
        count: 2,
        requests: [expect.objectContaining({ number: '2023-000001' }), expect.anything()],
      },
    ]);
    expect(await dueMonth(office.as('second-handler', '2023-03-20'), march, nobody)).toEqual([]);
    expect(await dueMonth(office.as('leader', '2023-03-20'), march.add({ months: 1 }), nobody)).toEqual([]);
    const load = async (on: string) => (await requestLoad(office.as('leader', on), { unitId: null })).rows;
    expect(await load('2023-03-20')).toEqual(
      expect.arrayContaining([
        { unitId: office.unitId, handlerId: null, bucket: '1', count: 1 },
        { unitId: null, handlerId: null, bucket: '1', count: 1 },
      ]),
    );
    expect((await load('2023-03-30')).map(({ bucket }) => bucket)).toEqual(['overdue', 'overdue']);
    expect((await load('2022-12-01')).map(({ bucket }) => bucket)).toEqual(['later', 'later']);
  });
});

describe('a calendar feed', () => {
  const on = '2023-03-20';
  const read = (token: string, today = on) =>
    calendarFeed({ db, clock: clockAt(today), publicUrl: 'https://gk.example.gov.cn/' }, token);
  const eventsOf = async (token: string) =>
    new ICAL.Component(ICAL.parse(await read(token)))
      .getAllSubcomponents('vevent')
      .map((one) => new ICAL.Event(one));

  it('holds the due dates its owner may see, as whole days, and nothing personal', async () => {
    const token = await makeFeed(office.as('leader', on), 'all');
    const events = await eventsOf(token);
    expect(
      events.map((event) => [
        event.summary,
        event.startDate.isDate,
        event.startDate.toString(),
        event.endDate.toString(),
      ]),
    ).toEqual([
      ['申请 2023-000001 答复到期', true, '2023-03-29', '2023-03-30'],
      ['申请 2023-000002 答复到期', true, '2023-03-29', '2023-03-30'],
    ]);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(2);
    const text = await read(token);
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    for (const secret of [applicant.name, '征地', '老旧小区', '13888001234'])
      expect(text).not.toContain(secret);
    const { rows } = await pool.query(`SELECT after::text FROM ledger_acts WHERE act = 'requests.make-feed'`);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('holds the own cases only when asked so; a unit’s case without a handler is nobody’s own', async () => {
    const handler = office.as('case-handler', on);
    expect(await eventsOf(await makeFeed(handler, 'all'))).toHaveLength(1);
    expect(await eventsOf(await makeFeed(handler, 'mine'))).toEqual([]);
    expect((await ownFeed(handler))?.scope).toBe('mine');
  });

  it('opens nothing after it was replaced or revoked, for a guess, or when its owner may no longer see requests', async () => {
    const leader = office.as('leader', on);
    const old = await makeFeed(leader, 'all');
    const token = await makeFeed(leader, 'all');
    for (const wrong of [old, '', 'x'.repeat(43), `${token}x`, '../../etc/passwd'])
      await expect(read(wrong)).rejects.toThrow('没有这个日历');
    await revokeFeed(leader);
    await expect(read(token)).rejects.toThrow('没有这个日历');
    await expect(revokeFeed(leader)).rejects.toThrow('还没有订阅地址');
    const auditor = office.as('auditor', on);
    const theirs = await makeFeed(auditor, 'all');
    expect(await eventsOf(theirs)).toHaveLength(2);
    const { staffId } = auditor.actor as Extract<Ctx['actor'], { kind: 'staff' }>;
    await endRole({ ...office.system(on) }, staffId, { role: 'auditor', from: '2018-01-01', to: on });
    await expect(read(theirs, '2023-03-21')).rejects.toThrow('没有这个日历');
  });

  it('forgets a request that is concluded', async () => {
    const token = await makeFeed(office.as('leader', on), 'all');
    await withdrawRequest(office.as('disclosure-officer', on), { id: waiting }, '申请人书面撤回');
    expect(await eventsOf(token)).toHaveLength(1);
  });
});
