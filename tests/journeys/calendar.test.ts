import { Temporal } from 'temporal-polyfill';
import { beforeAll, describe, expect, it } from 'vitest';
import { currentCalendar } from '../../src/areas/calendars/index.ts';
import { actsOf } from '../../src/ledger/index.ts';
import { openDesk } from '../support/desk.ts';
import type { Visitor } from '../support/visitor.ts';

const { app, agencyId, signedIn } = await openDesk();
const { db } = app.connection;
const isWorkingDay = async (date: string, agency = agencyId) =>
  (await currentCalendar(db, agency)).isWorkingDay(Temporal.PlainDate.from(date));

const notice = `国务院办公厅关于2031年部分节假日安排的通知
国办发明电〔2030〕9号
一、元旦：1月1日放假。
二、国庆节：10月1日至7日放假调休，共7天。9月28日（星期日）上班。
2030年11月20日`;

let officer: Visitor;
beforeAll(async () => {
  officer = await signedIn('disclosure-officer');
});

describe('the year', () => {
  it('tells holidays and make-up workdays apart by word and shape', async () => {
    const page = await officer.get('/workbench/calendar?year=2018');
    expect(page.status).toBe(200);
    expect(page.body).toContain('放假安排已公布');
    expect(page.body).toMatch(/day day-make-up[^>]*>\s*11<span class="day-mark"[^>]*>班/);
    expect(page.body).toMatch(/day day-holiday[^>]*>\s*15<span class="day-mark"[^>]*>休/);
  });

  it('marks a year without a notice as provisional and falls back on an unreadable year', async () => {
    expect((await officer.get('/workbench/calendar?year=2031')).body).toContain('暂定：放假安排尚未公布');
    expect((await officer.get('/workbench/calendar?year=99999')).status).toBe(200);
  });

  it('lets readers look and only officers import', async () => {
    const clerk = await signedIn('window-clerk');
    const page = await clerk.get('/workbench/calendar');
    expect(page.body).not.toContain('导入放假安排');
    expect((await clerk.get('/workbench/calendar/import')).status).toBe(403);
    expect((await clerk.post('/workbench/calendar/local-days', { date: '2018-07-01' })).status).toBe(403);
  });
});

describe('importing a notice', () => {
  it('explains what is wrong and keeps what was pasted', async () => {
    await officer.get('/workbench/calendar/import');
    const wrong = await officer.post('/workbench/calendar/import', {
      text: notice.replace('星期日', '星期一'),
    });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain('2031年9月28日是星期日，原文写的是星期一');
    expect(wrong.body).toContain('国办发明电〔2030〕9号');
    const json = await officer.post('/workbench/calendar/import', {
      text: '{"year": 2031, "notices": [{"title": "x"}], "days": [{"date": "2031-02-30", "name": "a", "isOffDay": true}]}',
    });
    expect(json.body).toContain('第 1 项：日期应写成 YYYY-MM-DD');
    expect((await officer.post('/workbench/calendar/import', { text: '{' })).body).toContain(
      '不是完整的 JSON',
    );
    expect((await officer.post('/workbench/calendar/import', { text: '' })).status).toBe(422);
    expect(await isWorkingDay('2031-10-01')).toBe(true);
  });

  it('previews, saves, counts with it, and takes it back', async () => {
    const preview = await officer.post('/workbench/calendar/import', { text: notice });
    expect(preview.status).toBe(200);
    expect(preview.body).toContain('预览：2031年放假安排');
    expect(preview.body).toContain('7 天由放假变为上班或由上班变为放假');
    expect(await isWorkingDay('2031-10-01')).toBe(true);
    const value = /name="notice" value="([^"]+)"/
      .exec(preview.body)![1]!
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
    const saved = await officer.follow(await officer.post('/workbench/calendar/notices', { notice: value }));
    expect(saved.body).toContain('已导入2031年放假安排');
    expect(await isWorkingDay('2031-10-01')).toBe(false);
    expect(await isWorkingDay('2031-09-28')).toBe(true);
    expect((await officer.post('/workbench/calendar/notices', { notice: value })).status).toBe(409);

    const history = await officer.get('/workbench/calendar/history');
    const undo = /href="(\/workbench\/calendar\/notices\/(\d+)\/withdrawal)"/.exec(history.body)!;
    expect((await officer.get(undo[1]!)).body).toContain('改按之前的安排计算');
    expect((await officer.follow(await officer.post(undo[1]!))).body).toContain('已撤销');
    expect(await isWorkingDay('2031-10-01')).toBe(true);
    expect((await officer.post(undo[1]!)).status).toBe(409);
    const acts = await actsOf(db, agencyId, 'calendar-notice', undo[2]!);
    expect(acts.map(({ title }) => title)).toEqual(['撤销导入的放假安排', '导入放假安排']);
  });

  it('refuses a notice tampered with on its way', async () => {
    const forged = JSON.stringify({ year: 2031, notices: [], days: [] });
    expect((await officer.post('/workbench/calendar/notices', { notice: forged })).status).toBe(422);
    expect((await officer.post('/workbench/calendar/notices', { notice: 'x' })).status).toBe(422);
  });
});

describe('local days', () => {
  it('lie over every notice, for the agency and those below it only', async () => {
    const below = await db
      .insertInto('agencies')
      .values({
        code: 'below',
        name: '下级机关',
        short_name: '下级机关',
        parent_id: agencyId,
        closed_on: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const other = await db
      .insertInto('agencies')
      .values({ code: 'other', name: '别的机关', short_name: '别的机关', parent_id: null, closed_on: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    expect(await isWorkingDay('2018-08-06', below.id)).toBe(true);
    await officer.get('/workbench/calendar');
    const day = { date: '2018-08-06', name: '火把节', isOffDay: 'true', ground: '州人大决定' };
    const saved = await officer.follow(await officer.post('/workbench/calendar/local-days', day));
    expect(saved.body).toContain('火把节');
    expect([await isWorkingDay('2018-08-06'), await isWorkingDay('2018-08-06', below.id)]).toEqual([
      false,
      false,
    ]);
    expect(await isWorkingDay('2018-08-06', other.id)).toBe(true);
    const twice = await officer.post('/workbench/calendar/local-days', day);
    expect([twice.status, twice.body.includes('这一天已有地方安排')]).toEqual([422, true]);
    const empty = await officer.post('/workbench/calendar/local-days', {
      date: '2018-02-30',
      name: '',
      ground: '',
    });
    for (const words of ['请选择日期', '请填写假日或调休名称', '请填写依据的文件'])
      expect(empty.body).toContain(words);
    await officer.post('/workbench/calendar/local-days/2018-08-06/removal');
    expect(await isWorkingDay('2018-08-06')).toBe(true);
    expect((await officer.post('/workbench/calendar/local-days/2018-08-06/removal')).status).toBe(404);
  });
});

describe('the deadline calculator', () => {
  it('explains day by day, and says what the law forbids', async () => {
    const page = await officer.get(
      '/workbench/calendar?year=2018&kind=reply&channel=in-person&received=2018-02-05',
    );
    expect(page.body).toContain('2018年3月1日');
    expect(page.body).toContain('春节调休上班');
    const extended = await officer.get('/workbench/calendar?kind=reply&received=2018-02-05&extend=15');
    expect(extended.body).toContain('2018年3月22日');
    const tooLong = await officer.get('/workbench/calendar?kind=reply&received=2018-02-05&extend=16');
    expect(tooLong.body).toContain('延长应为 1 至 15 的整数');
    const wrong = await officer.get('/workbench/calendar?kind=reply&received=2018-02-30');
    expect([wrong.status, wrong.body.includes('应写成 YYYY-MM-DD')]).toEqual([422, true]);
    const half = await officer.get('/workbench/calendar?received=2018-02-05&suspendFrom=2018-02-06');
    expect(half.body).toContain('请同时填写征求意见发出和意见收到的日期');
  });
});
