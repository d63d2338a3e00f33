import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { anItem, openPublishingOffice, submitAndPass } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { documentsOf } from '../../../tests/support/normative.ts';
import type { Ctx } from '../../core/context.ts';
import { formatDay, parseDay } from '../../law/index.ts';
import { currentCalendar } from '../calendars/index.ts';
import { ownNotifications } from '../notifications/index.ts';
import { changeSettings } from '../organisations/index.ts';
import { amendItem, beginItem, discardDraft, saveDraft } from './draft-actions.ts';
import { type DutyQuery, dutiesByUnit, dutyOf, dutyPage } from './duty.ts';
import { remindOfCatalogue } from './duty-reminders.ts';
import { dueDays, dutyDue, dutyState, explainDuty, lastStartDueBefore } from './duty-rules.ts';
import { openVersion } from './version-store.ts';

const { db } = await freshDatabase();
const office = await openPublishingOffice(db);
const calendar = (await currentCalendar(db, office.agencyId)).numbers;

describe('the last day to publish, on real calendars', () => {
  it.each<[string, string, string]>([
    ['2018-02-05', '2018-03-08', 'over the Spring Festival, counting the Sunday and Saturday worked instead'],
    ['2018-09-03', '2018-09-30', 'ends on a Sunday that is a working day'],
    ['2018-09-20', '2018-10-24', 'over Mid-Autumn and National Day'],
    ['2018-12-24', '2019-01-22', 'over the turn of the year'],
    ['2019-05-15', '2019-06-13', 'the first day of Order 711'],
    ['2019-09-20', '2019-10-23', 'National Day of seventy years'],
    ['2020-01-17', '2020-02-21', 'over the prolonged festival of 2020'],
    ['2021-09-10', '2021-10-14', 'two holidays'],
    ['2022-12-26', '2023-01-29', 'ends on a make-up Sunday'],
    ['2024-02-10', '2024-03-14', 'formed on a holiday'],
    ['2024-09-13', '2024-10-17', 'three weekends worked'],
  ])('formed on %s: by %s, %s', (formed, due) => {
    expect(dutyDue(formed, calendar)).toBe(due);
    const { days } = explainDuty(formed, calendar);
    expect([days[0]?.date, days.at(-1)?.date, days.filter(({ counted }) => counted).length]).toEqual([
      formed,
      due,
      20,
    ]);
  });

  it('has none before the Regulation was in force', () => {
    expect(dutyDue('2008-04-30', calendar)).toBeNull();
    expect(dutyDue('2008-05-01', calendar)).not.toBeNull();
    expect(dutyDue('no day', calendar)).toBeNull();
  });

  it('has none that ends after the last day there is a date for', () => {
    expect(dutyDue('9999-12-02', calendar)).toBe('9999-12-30');
    expect(dutyDue('9999-12-31', calendar)).toBeNull();
    expect(explainDuty('9999-12-31', calendar).days).toEqual([]);
  });

  it.each<[string, string | null, string | null, string]>([
    ['the last day', null, '2018-03-30', 'soon'],
    ['the day after', null, '2018-03-29', 'late'],
    ['soon', null, '2018-04-13', 'soon'],
    ['far off', null, '2018-04-16', 'running'],
    ['published on the last day', '2018-03-29', '2018-03-29', 'in-time'],
    ['published the day after', '2018-03-30', '2018-03-29', 'published-late'],
    ['no limit at the time', null, null, 'running'],
  ])('%s', (_, publishedOn, due, stands) => {
    expect(dutyState({ due, publishedOn }, '2018-03-30', '2018-04-13')).toBe(stands);
  });

  const first = parseDay('2008-05-01') ?? 0;
  const days = fc.integer({ min: first, max: parseDay('2026-12-31') ?? 0 });
  it('never ends on a day off, and never earlier for what was formed later', () => {
    fc.assert(
      fc.property(days, (start) => {
        const due = parseDay(dutyDue(formatDay(start), calendar) ?? '') ?? 0;
        expect(calendar.isWorkingDay(due)).toBe(true);
        expect(due).toBeLessThanOrEqual(parseDay(dutyDue(formatDay(start + 1), calendar) ?? '') ?? 0);
        expect(calendar.rank(due) - calendar.rank(start)).toBe(20);
      }),
    );
  });

  it('cuts lists where a limit ends: what began by the day is over, what began after it is not', () => {
    fc.assert(
      fc.property(days, (day) => {
        const cut = lastStartDueBefore(formatDay(day), calendar);
        if (cut > '2008-05-01') expect((dutyDue(cut, calendar) ?? '') < formatDay(day)).toBe(true);
        expect((dutyDue(formatDay((parseDay(cut) ?? 0) + 1), calendar) ?? '') >= formatDay(day)).toBe(true);
      }),
    );
  });

  it('tells the end of every day of a span', () => {
    const { starts, dues } = dueDays('2018-02-01', '2018-02-28', calendar);
    expect(starts).toHaveLength(28);
    expect(dues).toEqual(starts.map((start) => dutyDue(start, calendar)));
  });
});

const draft = async (ctx: Ctx, formedOn: string | null, title: string, unitId = office.unitId) =>
  beginItem(ctx, { unitId, content: { ...anItem, title, formedOn, columnId: office.columnId } });
const publish = (id: number, on: string) => submitAndPass(office, id, on);
const query = (view: DutyQuery['view'], more: Partial<DutyQuery> = {}): DutyQuery => ({
  view,
  unitId: null,
  authorId: null,
  year: 2018,
  ...more,
});
const titles = async (on: string, asked: DutyQuery) =>
  (await dutyPage(office.as('disclosure-officer', on), asked, null)).rows.map(({ title }) => title);

describe('what is due, late, and whose', () => {
  // Due on 2018-03-08, 2018-03-29 and 2018-03-30.
  it('finds open drafts by their limits, and none without a day of formation', async () => {
    const publisher = office.as('publisher', '2018-03-01');
    await draft(publisher, '2018-02-05', '春节前形成的');
    await draft(publisher, '2018-03-01', '三月一日形成的');
    await draft(office.as('second-publisher', '2018-03-05'), '2018-03-02', '财政局的', office.otherUnitId);
    await draft(publisher, null, '没有日期的');
    expect(await titles('2018-03-08', query('late'))).toEqual([]);
    expect(await titles('2018-03-09', query('late'))).toEqual(['春节前形成的']);
    expect(await titles('2018-03-09', query('running'))).toEqual(['三月一日形成的', '财政局的']);
    expect(await titles('2018-03-29', query('soon'))).toEqual(['三月一日形成的', '财政局的']);
    expect(await titles('2018-03-30', query('late', { unitId: office.otherUnitId }))).toEqual([]);
    expect(
      await titles('2018-03-31', query('late', { authorId: office.staffId('second-publisher') })),
    ).toEqual(['财政局的']);
  });

  it('lists what somebody gave the last of all days, like any other', async () => {
    const id = await draft(office.as('publisher', '2018-03-01'), '9999-12-31', '写错了年份的');
    expect(await dutyOf(office.as('publisher', '2018-03-01'), id, 1)).toMatchObject({
      due: null,
      stands: 'running',
    });
    expect(await titles('2018-03-01', query('running'))).toContain('写错了年份的');
    await discardDraft(office.as('publisher', '2018-03-01'), id);
  });

  it('counts a change from the day its draft was made, and a later formation from that day', async () => {
    const on = '2018-05-02';
    const id = await draft(office.as('publisher', on), '2018-05-02', '要修改的');
    await publish(id, '2018-05-03');
    expect((await dutyOf(office.as('publisher', on), id, 1))?.stands).toBe('in-time');
    const version = await amendItem(office.as('publisher', '2018-06-01'), id);
    expect(await dutyOf(office.as('publisher', '2018-06-01'), id, version)).toMatchObject({
      ground: 'changed',
      startOn: '2018-06-01',
      due: '2018-07-02',
    });
    const open = await openVersion(db, office.agencyId, id);
    if (!open) throw new Error('no draft');
    await saveDraft(office.as('publisher', '2018-06-02'), id, open.revision, {
      ...open,
      formedOn: '2018-05-20',
      amendment: '更新内容',
    });
    expect((await dutyOf(office.as('publisher', '2018-06-02'), id, version))?.startOn).toBe('2018-05-20');
    await publish(id, '2018-07-20');
    expect((await dutyOf(office.as('publisher', '2018-07-20'), id, version))?.stands).toBe('published-late');
    expect(await titles('2018-07-21', query('published-late'))).toEqual(['要修改的']);
  });

  it('finds what was published late, also long after, and leaves out what was in time', async () => {
    await documentsOf(office.system('2018-08-01'), [
      { title: '按期的', number: '昆高规〔2018〕1号', formedOn: '2018-02-05', publishedOn: '2018-03-08' },
      { title: '晚一天的', number: '昆高规〔2018〕2号', formedOn: '2018-02-05', publishedOn: '2018-03-09' },
      {
        title: '晚几年的',
        number: '昆高规〔2012〕3号',
        formedOn: '2012-02-05',
        publishedOn: '2018-01-09',
        unit: 'CZJ',
      },
      { title: '条例以前的', number: '昆高规〔2007〕4号', formedOn: '2007-02-05', publishedOn: '2018-01-09' },
      { title: '去年公开的', number: '昆高规〔2016〕5号', formedOn: '2016-02-05', publishedOn: '2017-01-09' },
    ]);
    expect(await titles('2018-08-01', query('published-late'))).toEqual(['要修改的', '晚一天的', '晚几年的']);
    expect(await titles('2018-08-01', query('published-late', { year: 2017 }))).toEqual(['去年公开的']);
    const counts = await dutiesByUnit(office.as('leader', '2018-08-01'), 2018);
    expect(
      counts.map(({ unitName, late, published, publishedLate }) => [
        unitName,
        late,
        published,
        publishedLate,
      ]),
    ).toEqual([
      ['安监局', 2, 5, 2],
      ['财政局', 1, 1, 1],
    ]);
  });

  it('walks a long list page by page, each row once', async () => {
    const seen: number[] = [];
    await db.transaction().execute(async (trx) => {
      for (let index = 0; index < 120; index++)
        await draft(
          { ...office.as('publisher', '2018-09-03'), db: trx },
          `2018-0${3 + (index % 4)}-15`,
          `第${index}条`,
        );
    });
    for (let after = null as Awaited<ReturnType<typeof dutyPage>>['next']; ; ) {
      const page = await dutyPage(office.as('leader', '2018-09-03'), query('late'), after);
      seen.push(...page.rows.map(({ itemId }) => itemId));
      after = page.next;
      if (after === null) break;
    }
    expect([seen.length, new Set(seen).size]).toEqual([123, 123]);
  });
});

describe('reminders of the catalogue', () => {
  it('tells once for each day the office has set, bundled where there are many, and nothing on days off', async () => {
    const { agencyId } = office;
    await changeSettings(office.system('2018-01-02'), {
      catalogue: { remindBefore: [1], escalateAfter: [1] },
    });
    await sql`DELETE FROM notifications WHERE agency_id = ${agencyId}`.execute(db);
    expect(await remindOfCatalogue(office.system('2018-03-10'))).toBe(0);
    expect(await remindOfCatalogue(office.system('2018-03-07'))).toBe(1);
    expect(await remindOfCatalogue(office.system('2018-03-07'))).toBe(0);
    const told = async (who: 'publisher' | 'leader' | 'second-head') =>
      (await ownNotifications(office.as(who, '2018-03-07'), {})).items.map(({ title }) => title);
    expect(await told('publisher')).toEqual(['请按期公开（还有 1 个工作日，2018-03-08 到期）：春节前形成的']);
    expect(await told('leader')).toEqual([]);
    expect(await told('second-head')).toEqual([]);
    expect(await remindOfCatalogue(office.system('2018-03-09'))).toBe(1);
    expect(await told('leader')).toEqual(['请按期公开（已逾期 1 个工作日）：春节前形成的']);
    expect(await remindOfCatalogue(office.system('2018-09-03'))).toBeGreaterThan(100);
    expect((await told('publisher'))[0]).toMatch(/^9月3日，请按期公开：共 \d+ 条$/);
  });
});
