import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { returnsOffice, testFigures } from '../../../tests/support/returns.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import {
  acceptReturns,
  EditedMeanwhile,
  findByPeriod,
  linesOf,
  monthPeriod,
  moveReturn,
  owedReturns,
  previewAcceptance,
  readReturn,
  remindUnit,
  returnEvidence,
  saveDraft,
  sumReturns,
} from './index.ts';

const { db } = await freshDatabase();
const office = await returnsOffice(db, 'a');
const { publisher, head, officer, second, leader } = office.people;
const { culture } = office.units;
const year = { agencyId: office.agencyId, from: '2018-01-01', to: '2018-12-31' };

const line = (figure: string, quantity: string | null, note = '') => ({ figure, quantity, note });
const form = (month: string, lines: ReturnType<typeof line>[], more = {}) => ({
  unitId: culture,
  period: monthPeriod(month),
  version: 0,
  desk: 'one',
  lines,
  ...more,
});
const acts = async (id: number) =>
  (
    await db
      .selectFrom('ledger_acts')
      .select(['act', 'reason', 'actor_name'])
      .where('subject_kind', '=', 'return')
      .where('subject_id', '=', String(id))
      .orderBy('seq')
      .execute()
  ).map(({ act }) => act);

describe('from a draft to a figure', () => {
  it('keeps zero, blank and not filled in apart, is accepted by someone else, and then counts', async () => {
    const draft = await saveDraft(
      office.as(publisher),
      testFigures,
      form('2018-01', [
        line('channels.weibo', '12'),
        line('channels.wechat', null, '账号停用'),
        line('registers.budget', '0'),
      ]),
    );
    await moveReturn(office.as(head), draft.id, 'submit');
    expect((await sumReturns(db, year, testFigures)).size).toBe(0);
    await moveReturn(office.as(officer), draft.id, 'accept');
    const sums = await sumReturns(db, year, testFigures);
    expect(Object.fromEntries(sums)).toEqual({
      'channels.weibo': { count: 1, quantity: 12, blank: false },
      'channels.wechat': { count: 1, quantity: null, blank: true },
      'registers.budget': { count: 1, quantity: 0, blank: false },
    });
    expect(await acts(draft.id)).toEqual([
      'returns.start',
      'returns.fill',
      'returns.submit',
      'returns.accept',
    ]);
    const told = await db.selectFrom('notifications').select(['staff_id', 'title']).orderBy('id').execute();
    expect(told.map(({ staff_id }) => staff_id)).toContain(publisher.staffId);
    expect(told[0]?.title).toBe('待审核：文化局2018年1月填报');
  });

  it('takes the line out of the figure when it is reopened, with the reason recorded', async () => {
    const found = await findByPeriod(db, office.agencyId, culture, monthPeriod('2018-01'));
    await expect(moveReturn(office.as(officer), found!.id, 'reopen', ' ')).rejects.toThrow(
      '请写明退回更正的理由',
    );
    const reopened = await moveReturn(office.as(officer), found!.id, 'reopen', '微博少计一条');
    expect(reopened.status).toBe('returned');
    expect((await sumReturns(db, year, testFigures)).size).toBe(0);
  });

  it('counts the last line of the year for a stock, one for each unit', async () => {
    for (const [month, quantity] of [
      ['2018-02', '1'],
      ['2018-03', '3'],
    ] as const) {
      const draft = await saveDraft(
        office.as(publisher),
        testFigures,
        form(month, [line('registers.offices', quantity)]),
      );
      await moveReturn(office.as(publisher), draft.id, 'submit');
      await moveReturn(office.as(officer), draft.id, 'accept');
    }
    const sums = await sumReturns(db, year, testFigures);
    expect(sums.get('registers.offices')).toEqual({ count: 1, quantity: 3, blank: false });
    const evidence = await returnEvidence(db, year, testFigures.get('registers.offices')!, {
      after: null,
      limit: 10,
    });
    expect(evidence.records.map(({ on, quantity, unitName }) => [on, quantity, unitName])).toEqual([
      ['2018-03-31', 3, '文化局'],
    ]);
  });
});

describe('what is refused', () => {
  it('wrong quantities and figures, beside their fields, with nothing written', async () => {
    const bad = form('2018-04', [
      line('channels.weibo', '-1'),
      line('registers.meetings', '1'),
      line('nothing', '1'),
    ]);
    const fault = await saveDraft(office.as(publisher), testFigures, bad).catch((error) => error);
    expect(fault).toBeInstanceOf(InvalidForm);
    expect(Object.keys(fault.fields)).toEqual(['q.channels.weibo', 'q.registers.meetings', 'q.nothing']);
    expect(await findByPeriod(db, office.agencyId, culture, monthPeriod('2018-04'))).toBeNull();
  });

  it('a month that has not begun, and submitting one that still runs', async () => {
    await expect(saveDraft(office.as(publisher), testFigures, form('2018-06', []))).rejects.toThrow(
      '还没有开始',
    );
    const running = await saveDraft(
      office.as(publisher),
      testFigures,
      form('2018-05', [line('channels.weibo', '1')]),
    );
    await expect(moveReturn(office.as(publisher), running.id, 'submit')).rejects.toThrow('次日起才能报送');
    expect(await acts(running.id)).toEqual(['returns.start', 'returns.fill']);
  });

  it('other units, readers, and reviewing with one’s own hand, also in the database', async () => {
    const own = await saveDraft(
      office.as(officer),
      testFigures,
      form('2018-04', [line('channels.weibo', '5')]),
    );
    await expect(moveReturn(office.as(leader), own.id, 'submit')).rejects.toThrow('没有填报权限');
    await moveReturn(office.as(publisher), own.id, 'submit');
    await expect(moveReturn(office.as(officer), own.id, 'accept')).rejects.toThrow('不能由本人审核');
    const bySql = sql`UPDATE returns SET status = 'accepted', reviewed_by = ${officer.staffId} WHERE id = ${own.id}`;
    await expect(bySql.execute(db)).rejects.toThrow('returns_not_reviewed_by_own_hand');
    const other = await returnsOffice(db, 'b');
    await expect(readReturn(other.as(other.people.officer), own.id)).rejects.toBeInstanceOf(NotFound);
    const { ready, skipped } = await previewAcceptance(office.as(officer), [own.id]);
    expect([ready.length, skipped[0]?.reason]).toEqual([0, expect.stringContaining('不能由本人审核')]);
    const done = await acceptReturns(office.as(second), [own.id, 999_999]);
    expect([done.accepted, done.skipped.map(({ reason }) => reason)]).toEqual([
      [own.id],
      ['没有找到这份填报。'],
    ]);
  });

  it('changing lines after submission, even by SQL', async () => {
    const accepted = await findByPeriod(db, office.agencyId, culture, monthPeriod('2018-04'));
    const change = sql`UPDATE return_lines SET quantity = 99 WHERE return_id = ${accepted!.id}`;
    await expect(change.execute(db)).rejects.toThrow('cannot change');
    await expect(sql`DELETE FROM return_lines WHERE return_id = ${accepted!.id}`.execute(db)).rejects.toThrow(
      'cannot change',
    );
    const add = sql`INSERT INTO return_lines (agency_id, return_id, unit_id, figure_id, accepted, from_on, to_on, quantity)
      SELECT agency_id, return_id, unit_id, figure_id, true, from_on, to_on, 1 FROM return_lines WHERE return_id = ${accepted!.id}`;
    await expect(add.execute(db)).rejects.toThrow('takes no further lines');
    const unaccepted = sql`INSERT INTO return_lines (agency_id, return_id, unit_id, figure_id, accepted, from_on, to_on, quantity)
      SELECT agency_id, return_id, unit_id, figure_id, false, from_on, to_on, 1 FROM return_lines WHERE return_id = ${accepted!.id}`;
    await expect(unaccepted.execute(db)).rejects.toThrow('foreign key');
  });

  it('reporting one figure twice for overlapping periods', async () => {
    const quarter = {
      ...form('2018-03', [line('registers.offices', '3')]),
      period: { from: '2018-02-15', to: '2018-03-15' },
    };
    const draft = await saveDraft(office.as(publisher), testFigures, quarter);
    const refused = await moveReturn(office.as(publisher), draft.id, 'submit').catch((error) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused.code).toBe('returns-overlap');
    await moveReturn(office.as(publisher), draft.id, 'discard', '重复');
  });
});

describe('two people with one draft', () => {
  it('tells the second, loses nothing, and does not mistake a form’s own autosaves for a conflict', async () => {
    const ctx = office.as(publisher, '2018-09-20');
    await saveDraft(ctx, testFigures, form('2018-08', [line('channels.weibo', '1')], { desk: 'mine' }), {
      quiet: true,
    });
    await saveDraft(ctx, testFigures, form('2018-08', [line('channels.weibo', '2')], { desk: 'mine' }), {
      quiet: true,
    });
    const theirs = form('2018-08', [line('channels.weibo', '9')], { desk: 'theirs' });
    const conflict = await saveDraft(office.as(head, '2018-09-20'), testFigures, theirs).catch(
      (error) => error,
    );
    expect(conflict).toBeInstanceOf(EditedMeanwhile);
    expect(conflict.lines).toEqual([line('channels.weibo', '2')]);
    await saveDraft(office.as(head, '2018-09-20'), testFigures, {
      ...theirs,
      version: conflict.theirs.version,
    });
    const mineAgain = form('2018-08', [line('channels.weibo', '3')], { desk: 'mine' });
    await expect(saveDraft(ctx, testFigures, mineAgain)).rejects.toBeInstanceOf(EditedMeanwhile);
    expect(await linesOf(db, office.agencyId, conflict.theirs.id)).toEqual([line('channels.weibo', '9')]);
  });
});

describe('late units', () => {
  it('are computed from the calendar and reminded once a day', async () => {
    const ctx = office.as(officer, '2018-10-12');
    const owed = (await owedReturns(ctx, 2018)).filter(({ unit }) => unit.id === culture);
    expect(owed.map(({ month }) => month)).toEqual([
      '2018-01',
      '2018-05',
      '2018-06',
      '2018-07',
      '2018-08',
      '2018-09',
    ]);
    const september = owed.at(-1)!;
    expect([september.due, september.late]).toEqual(['2018-10-12', false]);
    expect(owed[1]).toMatchObject({ due: '2018-06-07', late: true });
    expect(await remindUnit(ctx, owed[1]!)).toBe(2);
    await expect(remindUnit(ctx, owed[1]!)).rejects.toThrow('今天已经催报过');
    expect(await remindUnit(office.as(officer, '2018-10-13'), owed[1]!)).toBe(2);
  });
});
