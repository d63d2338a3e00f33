import ICAL from 'ical.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { addUnit, findAgencyById } from '../../src/areas/organisations/index.ts';
import {
  acceptRequest,
  type RequestCtx,
  registerForm,
  reminderSettingsOf,
} from '../../src/areas/requests/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { readSheet } from '../../src/core/spreadsheet/index.ts';
import { openDesk } from '../support/desk.ts';
import { aForm, applicant } from '../support/requests.ts';
import type { Visitor } from '../support/visitor.ts';

const TODAY = '2023-03-20';
const desk = await openDesk({}, clockAt(TODAY));
const { app, pool, agencyId, signedIn, stranger } = desk;
const ROOM = '/workbench/requests';
const HOSTILE = '=HYPERLINK("http://evil.example")的会议纪要';
let [officer, handler, auditor]: Visitor[] = [];
let otherUnit: number;
let ids: number[];

/** The system at the counter on that day. */
const counter = (on: string): RequestCtx => ({ ...desk.system, clock: clockAt(on), vault: app.vault });

beforeAll(async () => {
  officer = await signedIn('disclosure-officer');
  handler = await signedIn('case-handler');
  auditor = await signedIn('auditor');
  otherUnit = await addUnit(desk.system, { code: 'CZJ', name: '财政局' });
  const received = ['2023-02-15', '2023-03-01', '2023-03-15'];
  ids = [];
  for (let n = 0; n < 60; n++) {
    const submittedOn = received[n % 3] as string;
    const title = n === 0 ? HOSTILE : n === 1 ? '老旧小区改造资金使用情况' : `${n}号地块征地补偿方案`;
    const channel = n % 3 === 1 ? 'fax' : 'in-person';
    const { requestId } = await registerForm(counter(submittedOn), aForm({ submittedOn, title, channel }));
    ids.push(requestId);
  }
  const unit = (await pool.query(`SELECT id FROM units WHERE agency_id = $1 AND code = 'BGS'`, [agencyId]))
    .rows[0].id;
  for (const id of ids.slice(0, 3))
    await acceptRequest(counter(TODAY), { id }, { unitId: unit, handlerId: null });
}, 60_000);

/** Numbers of the rows of a page, in their order. */
const numbersOn = (body: string) =>
  [...body.matchAll(/class="queue-number"[^>]*><a[^>]*>([^<]+)</g)].map(([, number]) => number);
const hrefOf = (body: string, rel: string) =>
  new RegExp(`rel="${rel}" href="([^"]+)"`).exec(body)?.[1]?.replaceAll('&amp;', '&') ?? null;

describe('the queue', () => {
  it('puts what is due first, says how long, and turns pages both ways', async () => {
    const first = await officer!.get(ROOM);
    expect(first.status).toBe(200);
    expect(numbersOn(first.body)).toHaveLength(50);
    expect(first.body).toContain('已逾期 3 个工作日（3月15日到期）');
    expect(first.body).toContain('还有 7 个工作日（3月29日到期）');
    expect(first.body).toContain('共 60 件');
    expect(hrefOf(first.body, 'prev')).toBeNull();
    const second = await officer!.get(hrefOf(first.body, 'next')!);
    expect(numbersOn(second.body)).toHaveLength(10);
    expect(second.body).toContain('还有 17 个工作日');
    expect(hrefOf(second.body, 'next')).toBeNull();
    const back = await officer!.get(hrefOf(second.body, 'prev')!);
    expect(numbersOn(back.body)).toEqual(numbersOn(first.body));
    expect(hrefOf(back.body, 'prev')).toBeNull();
  });

  it.each([
    ['a stage', '?group=handling', 3],
    ['overdue', '?due=overdue', 20],
    ['a channel', '?channel=fax', 20],
    ['received since', '?from=2023-03-15&group=all', 20],
    ['a title', `?q=${encodeURIComponent('老旧小区')}`, 1],
    ['a number', '?q=2023-3', 1],
    ['nothing', `?q=${encodeURIComponent('大熊猫')}`, 0],
    ['two conditions', '?channel=fax&due=overdue', 0],
  ])('narrows by %s', async (_, query, count) => {
    const page = await officer!.get(`${ROOM}${query}`);
    expect(numbersOn(page.body)).toHaveLength(count);
    if (count === 0) expect(page.body).toContain('没有符合条件的申请');
  });

  it.each([
    '?group=x&due=y&channel=<script>&unit=1e9&handler=-1&from=2023-02-30&sort=x&dir=x',
    '?after=2023-03-15~99999999999999999999',
    "?after=';DROP TABLE requests~1&before=x",
    '?sort=number&after=infinity~1',
    '?sort=due&after=0000-00-00~1',
    '?q=%25&q=_&person=zz',
    '?result=B9.9&regime=__proto__&group=constructor',
    `?q=${'长'.repeat(3000)}`,
    '?dueFrom=9999-12-31&dueTo=0001-01-01',
  ])('takes nothing it should not: %s', async (query) => {
    expect((await officer!.get(`${ROOM}${query}`)).status).toBe(200);
  });

  it('shows handlers the cases of their unit, and only readers anything', async () => {
    const page = await handler!.get(`${ROOM}?group=all`);
    expect(numbersOn(page.body)).toHaveLength(3);
    expect(page.body).not.toContain('预览分办');
    expect((await (await signedIn('publisher')).get(ROOM)).status).toBe(403);
    expect((await stranger().get(ROOM)).location).toContain('/workbench/sign-in');
  });

  it('waits on the first page of those concerned', async () => {
    const home = await officer!.get('/workbench');
    expect(home.body).toContain('审查');
    expect(home.body).toContain('还有 7 个工作日（3月29日到期）');
    expect((await officer!.get(`/workbench/search?q=${encodeURIComponent('老旧小区')}`)).body).toContain(
      '老旧小区改造资金使用情况',
    );
    expect((await handler!.get(`/workbench/search?q=${encodeURIComponent('老旧小区')}`)).body).toContain(
      '老旧小区改造资金使用情况',
    );
    expect((await handler!.get(`/workbench/search?q=${encodeURIComponent('5号地块')}`)).body).not.toContain(
      '5号地块征地补偿方案',
    );
  });
});

describe('the search for a person', () => {
  it('finds by the whole name, without the name in any address or record', async () => {
    await officer!.get(ROOM);
    const answer = await officer!.post(`${ROOM}/people`, { person: applicant.name });
    expect(answer.location).toMatch(/person=[0-9a-f.]+$/);
    const page = await officer!.get(answer.location!);
    expect(page.body).toContain('共 60 件');
    expect(page.body).not.toContain(applicant.name);
    expect((await officer!.post(`${ROOM}/people`, { person: '李' })).status).toBe(422);
    const other = await officer!.follow(await officer!.post(`${ROOM}/people`, { person: '王五' }));
    expect(other.body).toContain('没有这个申请人的申请');
    await auditor!.get(ROOM);
    expect((await auditor!.post(`${ROOM}/people`, { person: applicant.name })).status).toBe(403);
    expect((await auditor!.get(answer.location!)).status).toBe(403);
    const { rows } = await pool.query(`SELECT * FROM ledger_acts WHERE act = 'requests.search-person'`);
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain(applicant.name);
  });
});

describe('saved views', () => {
  it('keep conditions under a name, never what was searched for', async () => {
    await officer!.get(ROOM);
    const query = `channel=fax&due=5&q=${encodeURIComponent(applicant.name)}&after=x`;
    const saved = await officer!.post(`${ROOM}/views`, { name: '传真急件', query });
    expect(saved.location).toBe(`${ROOM}?due=5&channel=fax`);
    expect((await officer!.get(ROOM)).body).toContain('传真急件');
    expect((await auditor!.get(ROOM)).body).not.toContain('传真急件');
    expect((await officer!.post(`${ROOM}/views`, { name: '', query })).status).toBe(422);
    const { rows } = await pool.query('SELECT id, query FROM request_views');
    expect(rows).toEqual([{ id: expect.any(Number), query: 'due=5&channel=fax' }]);
    await auditor!.get(ROOM);
    expect((await auditor!.post(`${ROOM}/views/${rows[0].id}/removal`)).status).toBe(404);
    expect((await officer!.post(`${ROOM}/views/${rows[0].id}/removal`)).status).toBe(303);
  });
});

describe('bulk acts', () => {
  it('show who is left out and why, do the rest, and tell what somebody else moved meanwhile', async () => {
    await officer!.get(ROOM);
    const form = (chosen: readonly number[], more: Record<string, string>) =>
      Object.fromEntries(
        new URLSearchParams([...chosen.map((id) => ['request', String(id)]), ...Object.entries(more)]),
      );
    expect((await officer!.post(`${ROOM}/bulk`, { act: 'assign' })).status).toBe(422);
    expect((await officer!.post(`${ROOM}/bulk`, form([ids[0]!], { act: 'assign' }))).body).toContain(
      '请选择分办给哪个部门',
    );
    const skipped = await officer!.post(`${ROOM}/bulk`, form([ids[0]!], { act: 'archive', back: ROOM }));
    expect(skipped.body).toContain('没有可以归档的申请');
    expect(skipped.body).toContain('归档须在“已办结”时办理');
    const preview = await officer!.post(
      `${ROOM}/bulk`,
      form([ids[0]!], { act: 'assign', unit: String(otherUnit), back: 'https://evil.example' }),
    );
    expect(preview.body).toContain('分办 1 件申请给财政局');
    const ref = /name="request" value="([\d.]+)"/.exec(preview.body)![1]!;
    expect(preview.body).not.toContain('https://evil');
    const confirmation = { request: ref, act: 'assign', unit: String(otherUnit), back: ROOM };
    const done = await officer!.follow(await officer!.post(`${ROOM}/bulk/confirmation`, confirmation));
    expect(done.body).toContain('已分办 1 件申请');
    const again = await officer!.follow(await officer!.post(`${ROOM}/bulk/confirmation`, confirmation));
    expect(again.body).toContain('已分办 0 件申请；1 件没有办理');
    expect(again.body).toContain('刚刚办理了“分办”');
    expect(numbersOn((await handler!.get(`${ROOM}?group=all`)).body)).toHaveLength(2);
    expect((await handler!.post(`${ROOM}/bulk/confirmation`, confirmation)).status).toBe(303);
    expect((await officer!.post(`${ROOM}/bulk/confirmation`, { ...confirmation, act: 'sign' })).status).toBe(
      404,
    );
  });
});

describe('export', () => {
  const csv = async (who: Visitor, more: Record<string, string> = {}) => {
    await who.get(`${ROOM}/export`);
    return who.post(`${ROOM}/export?group=all`, { format: 'csv', ...more });
  };

  it('has no applicant in it, and no cell that a spreadsheet would run', async () => {
    expect((await officer!.get(`${ROOM}/export?channel=fax`)).body).toContain('导出申请台账（20 件）');
    const { status, body, headers } = await csv(officer!);
    expect(status).toBe(200);
    expect(headers['content-disposition']).toContain('attachment');
    const sheet = await readSheet({ name: 'a.csv', bytes: Buffer.from(body) });
    expect(sheet.rows).toHaveLength(61);
    expect(body).toContain(`"'${HOSTILE.replaceAll('"', '""')}"`);
    for (const secret of [applicant.name, applicant.identityNumber, applicant.phone])
      expect(body).not.toContain(secret);
  });

  it('has applicants only for those who may see them, asked for with a reason, and recorded', async () => {
    expect((await csv(officer!, { personal: '1' })).body).toContain('导出申请人信息须写明理由');
    const { body } = await csv(officer!, { personal: '1', reason: '省厅专项检查' });
    expect(body.split(applicant.name)).toHaveLength(61);
    expect((await csv(auditor!, { personal: '1', reason: '看看' })).status).toBe(403);
    expect((await csv(auditor!)).status).toBe(200);
    expect((await handler!.get(`${ROOM}/export`)).status).toBe(403);
    const { rows } = await pool.query(
      `SELECT after, reason FROM ledger_acts WHERE act = 'requests.export' ORDER BY seq`,
    );
    expect(rows.map(({ after, reason }) => [after.personal, reason])).toEqual([
      ['不含申请人信息', ''],
      ['含申请人信息', '省厅专项检查'],
      ['不含申请人信息', ''],
    ]);
  });
});

describe('what is due', () => {
  it('stands in a month with its days off', async () => {
    const page = await officer!.get(`${ROOM}/calendar?month=2023-04`);
    expect(page.body).toContain('2023年4月到期的申请');
    expect(page.body).toContain('清明节放假');
    expect(page.body).toMatch(/dueFrom=2023-04-13&(amp;)?dueTo=2023-04-13/);
    expect((await officer!.get(`${ROOM}?dueFrom=2023-04-13&dueTo=2023-04-13`)).body).toContain('共 20 件');
    for (const odd of ['?month=2023-13', '?month=1999-01', '?handler=x&unit=<b>', '?month=2099-12'])
      expect((await officer!.get(`${ROOM}/calendar${odd}`)).status).toBe(200);
  });

  it('goes to a calendar program by a secret address that can be revoked', async () => {
    await officer!.get(`${ROOM}/calendar`);
    const made = await officer!.post(`${ROOM}/calendar/feed`, { scope: 'all' });
    const path = /(\/calendar\/requests\/[\w-]{43}\.ics)/.exec(made.body)![1]!;
    const feed = await stranger().get(path);
    expect(feed.status).toBe(200);
    expect(feed.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(feed.headers['cache-control']).toBe('private, no-store');
    const events = new ICAL.Component(ICAL.parse(feed.body)).getAllSubcomponents('vevent');
    expect(events).toHaveLength(60);
    expect(feed.body).not.toContain('征地');
    expect((await officer!.get(`${ROOM}/calendar`)).body).not.toContain(path.slice(20, 40));
    await officer!.post(`${ROOM}/calendar/feed/removal`);
    expect((await stranger().get(path)).status).toBe(404);
    expect((await stranger().get('/calendar/requests/x.ics')).status).toBe(404);
  });

  it('is told by unit and week, with a picture and the table behind it', async () => {
    const page = await officer!.get(`${ROOM}/load`);
    expect(page.body).toContain('data:image/svg+xml');
    expect(page.body).toContain('未分办');
    const unit = await officer!.get(`${ROOM}/load?unit=${otherUnit}`);
    expect(unit.body).toContain('财政局的办理负荷');
    expect(unit.body).toContain('未指定承办人');
  });
});

describe('an amended calendar', () => {
  it('moves the limits of open requests at once; the page says which', async () => {
    expect((await officer!.get(`${ROOM}/recounts`)).body).toContain('还没有重算过期限');
    await officer!.get('/workbench/calendar');
    await officer!.post('/workbench/calendar/local-days', {
      date: '2023-03-24',
      name: '州庆',
      ground: '公告',
      isOffDay: 'true',
    });
    await app.jobs.drain(app);
    const page = await officer!.get(`${ROOM}/recounts`);
    expect(page.body).toContain('40 件申请有变动');
    expect(page.body).toContain('2023年3月29日');
    expect(page.body).toContain('2023年3月30日');
    expect((await officer!.get('/workbench/notifications')).body).toContain('节假日安排有调整');
    expect((await officer!.get(`${ROOM}/recounts/999`)).status).toBe(404);
    expect((await officer!.get(`${ROOM}/recounts/x`)).status).toBe(404);
  });
});

describe('settings', () => {
  it('say when the office is reminded', async () => {
    const base = {
      monthlySince: '',
      dueWorkingDay: '5',
      confirmOnArrival: 'yes',
      webReceipt2008: 'confirmation',
      correctionDays: '15',
      filedCorrectionDays: '10',
      timelyBy: 'dispatch',
      partialNeedsReconsideration: 'yes',
    };
    const reminders = async () =>
      reminderSettingsOf((await findAgencyById(app.connection.db, agencyId))?.settings ?? {});
    expect((await officer!.get('/workbench/settings')).body).toContain('5、2、1、0');
    expect(
      (await officer!.post('/workbench/settings', { ...base, remindBefore: '7，3', escalateAfter: '2' }))
        .status,
    ).toBe(303);
    expect(await reminders()).toEqual({ remindBefore: [7, 3], escalateAfter: [2] });
    const wrong = await officer!.post('/workbench/settings', {
      ...base,
      remindBefore: '每天',
      escalateAfter: '0',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain('用顿号隔开');
    await officer!.post('/workbench/settings', base);
    expect(await reminders()).toEqual({ remindBefore: [7, 3], escalateAfter: [2] });
  });
});
