import { describe, expect, it, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { meeting, post, refusal, registersOffice, sameMeeting } from '../../../tests/support/registers.ts';
import {
  addEntry,
  changeEntry,
  entriesPage,
  entriesTotal,
  findEntry,
  registerFigures,
  registers,
  restoreEntry,
  voidEntry,
  yearsOf,
} from './index.ts';

const { db } = await freshDatabase();
const office = () => registersOffice(db);

describe('figures', () => {
  it('counts posts held on 31 December, the first and the last day included', async () => {
    const { add, figure } = await office();
    await add('staff', post('一', '2018-12-31'));
    await add('staff', post('二', '2017-01-01', '2018-12-31'));
    await add('staff', post('三', '2017-01-01', '2018-12-30'));
    await add('staff', post('四', '2019-01-01'));
    await add('staff', post('五', '2016-05-01', '', '兼职'));
    await add('staff', post('六', '2016-05-01', '', '信息发布员'));
    expect([
      await figure('staff.total'),
      await figure('staff.full-time'),
      await figure('staff.part-time'),
    ]).toEqual([3, 2, 1]);
    expect([await figure('staff.total', 2017), await figure('staff.total', 2019)]).toEqual([3, 3]);
  });

  it('counts offices and reading places that are open on the last day', async () => {
    const { add, figure } = await office();
    await add('offices', { name: '公开办', kind: '专门机构', openedOn: '2009-06-01' });
    await add('offices', { name: '文印室', kind: '其他', openedOn: '2009-06-01' });
    await add('reading-places', {
      name: '档案馆',
      kind: '国家档案馆',
      address: '东路 1 号',
      openedOn: '2008-05-01',
      closedOn: '2018-06-30',
    });
    await add('reading-places', {
      name: '图书馆',
      kind: '公共图书馆',
      address: '西路 1 号',
      openedOn: '2008-05-01',
    });
    expect([
      await figure('offices'),
      await figure('reading-places'),
      await figure('reading-places', 2017),
    ]).toEqual([1, 1, 2]);
  });

  it('counts only working and special meetings, in the year they were held', async () => {
    const { add, figure } = await office();
    await add('meetings', meeting('2018-01-01'));
    await add('meetings', meeting('2018-12-31', { kind: '专题会议' }));
    await add('meetings', meeting('2017-12-31'));
    await add('meetings', meeting('2018-05-01', { kind: '党政联席会研究' }));
    expect([
      await figure('meetings'),
      await figure('meetings', 2017),
      await figure('meetings', 2016),
    ]).toEqual([2, 1, null]);
  });

  it('adds up persons trained, with and without a list', async () => {
    const { add, figure } = await office();
    await add('trainings', {
      heldOn: '2018-04-12',
      title: '第一期',
      attendance: '张三\t办公室\n李四\t财政局',
    });
    await add('trainings', { heldOn: '2018-10-12', title: '第二期', trainees: '50' });
    expect([await figure('trainings'), await figure('trainees')]).toEqual([2, 52]);
  });

  test.each([
    [['50000.00'], 5],
    [['0.01'], 0.000001],
    [['33333.33', '33333.33', '33333.34'], 10],
    [['0'], 0],
    [['99999999999.99'], 9999999.999999],
  ])('turns %j yuan into 万元 to the last cent', async (amounts, expected) => {
    const { add, figure } = await office();
    for (const [index, amount] of amounts.entries())
      await add('budgets', {
        approvedOn: '2018-02-26',
        kind: '政府信息公开专项经费',
        purpose: `用途${index}`,
        amount,
      });
    await add('budgets', {
      approvedOn: '2018-02-26',
      kind: '政府网站建设维护',
      purpose: '网站',
      amount: '1',
    });
    expect(await figure('budget')).toBe(expected);
  });

  it('leaves out what was voided, and counts it again once restored', async () => {
    const { ctx, add, figure } = await office();
    const id = await add('meetings', meeting('2018-03-16'));
    await voidEntry(ctx, registers.meetings, id, '重复登记');
    expect(await figure('meetings')).toBeNull();
    await restoreEntry(ctx, registers.meetings, id);
    expect(await figure('meetings')).toBe(1);
  });

  it('shows the entries behind a figure page by page, posts without names', async () => {
    const { agencyId, add } = await office();
    await add('staff', { ...post('王五', '2018-01-01'), post: '科长', unit: 'bgs' });
    await add('staff', post('赵六', '2018-01-01'));
    const figure = registerFigures.find(({ code }) => code === 'registers.staff.total');
    const scope = { agencyId, from: '2018-01-01', to: '2018-12-31' };
    const first = await figure?.evidence?.(db, scope, { after: null, limit: 1 });
    expect(first?.records).toMatchObject([
      { title: '专职（科长）', unitName: '办公室', quantity: 1, on: '2018-01-01' },
    ]);
    const second = await figure?.evidence?.(db, scope, { after: first?.next ?? null, limit: 1 });
    expect(second).toMatchObject({ records: [{ title: '专职' }], next: null });
  });
});

describe('acts', () => {
  it('records who did what, with units by name and both contents', async () => {
    const { ctx, add, acts } = await office();
    const id = await add('meetings', meeting('2018-03-16', { unit: 'bgs', title: '工作会议' }));
    await changeEntry(
      ctx,
      registers.meetings,
      id,
      1,
      meeting('2018-03-17', { unit: '文化局', title: '工作会议' }),
    );
    await voidEntry(ctx, registers.meetings, id, '重复登记');
    await restoreEntry(ctx, registers.meetings, id);
    expect(await acts()).toMatchObject([
      { act: 'registers.add', subject_label: '工作会议', after: { unit: '办公室', heldOn: '2018-03-16' } },
      {
        act: 'registers.change',
        before: { unit: '办公室' },
        after: { unit: '文化局', heldOn: '2018-03-17' },
      },
      { act: 'registers.void', reason: '重复登记' },
      { act: 'registers.restore' },
    ]);
  });

  it('saves nothing when nothing was changed', async () => {
    const { ctx, agencyId, add, acts } = await office();
    const id = await add('meetings', meeting('2018-03-16'));
    await changeEntry(ctx, registers.meetings, id, 1, sameMeeting);
    expect((await findEntry(db, registers.meetings, agencyId, id))?.revision).toBe(1);
    expect(await acts()).toHaveLength(1);
  });

  it('refuses the same entry twice, also from two people at once', async () => {
    const { add, agencyId } = await office();
    const all = await Promise.allSettled([1, 2, 3, 4].map(() => add('meetings', meeting('2018-03-16'))));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refusal(add('meetings', meeting('2018-03-16')))).toContain('内容完全相同');
    expect((await entriesTotal(db, registers.meetings, agencyId, {})).entries).toBe(1);
  });

  it('refuses to change an entry into another one', async () => {
    const { ctx, add } = await office();
    await add('meetings', meeting('2018-03-16'));
    const id = await add('meetings', meeting('2018-03-17'));
    expect(await refusal(changeEntry(ctx, registers.meetings, id, 1, meeting('2018-03-16')))).toContain(
      '完全相同',
    );
  });

  it('tells the slower of two editors, and keeps what the faster wrote', async () => {
    const { ctx, add, agencyId } = await office();
    const id = await add('meetings', meeting('2018-03-16'));
    await changeEntry(ctx, registers.meetings, id, 1, meeting('2018-03-17'));
    expect(await refusal(changeEntry(ctx, registers.meetings, id, 1, meeting('2018-03-18')))).toBe(
      'entry-changed',
    );
    expect((await findEntry(db, registers.meetings, agencyId, id))?.values.heldOn).toBe('2018-03-17');
  });

  it('voids once, restores once, and not over a twin registered meanwhile', async () => {
    const { ctx, add } = await office();
    const id = await add('meetings', meeting('2018-03-16'));
    expect(await refusal(restoreEntry(ctx, registers.meetings, id))).toBe('entry-in-force');
    expect(await refusal(voidEntry(ctx, registers.meetings, id, '误'))).toContain('2 至 200 个字');
    await voidEntry(ctx, registers.meetings, id, '日期有误');
    expect(await refusal(voidEntry(ctx, registers.meetings, id, '日期有误'))).toBe('entry-voided');
    expect(await refusal(changeEntry(ctx, registers.meetings, id, 2, meeting('2018-03-17')))).toBe(
      'entry-voided',
    );
    await add('meetings', meeting('2018-03-16'));
    expect(await refusal(restoreEntry(ctx, registers.meetings, id))).toBe('entry-twin');
  });

  it('is for the disclosure officer, and stays within the agency', async () => {
    const { people, as, add, ctx } = await office();
    const { ctx: elsewhere } = await office();
    const id = await add('meetings', meeting('2018-03-16'));
    expect(await refusal(addEntry(as(people.publisher), registers.meetings, meeting('2018-03-17')))).toBe(
      'not-allowed',
    );
    expect(await refusal(voidEntry(as(people.leader), registers.meetings, id, '不该'))).toBe('not-allowed');
    expect(await refusal(voidEntry(elsewhere, registers.meetings, id, '别家的'))).toBe('not-found');
    expect(
      await refusal(
        changeEntry(ctx, registers.trainings, id, 1, { heldOn: '2018-01-01', title: '培训', trainees: '1' }),
      ),
    ).toBe('not-found');
  });
});

describe('lists', () => {
  it('pages both ways without losing or repeating, on one day too', async () => {
    const { agencyId, add } = await office();
    for (const day of [1, 2, 2, 2, 3])
      await add('meetings', meeting(`2018-05-0${day}`, { title: `会议${Math.random()}` }));
    const page = (place: { after: string } | { before: string } | null) =>
      entriesPage(db, registers.meetings, agencyId, {}, place, 2);
    const first = await page(null);
    const second = await page({ after: first.next ?? '' });
    const third = await page({ after: second.next ?? '' });
    const ids = [first, second, third].flatMap(({ entries }) => entries.map(({ id }) => id));
    expect([ids.length, new Set(ids).size, first.previous, third.next]).toEqual([5, 5, null, null]);
    const back = await page({ before: third.previous ?? '' });
    expect(back.entries).toEqual(second.entries);
    expect((await page({ before: back.previous ?? '' })).previous).toBeNull();
  });

  it('filters by year, kind, unit, words and state, and totals what it finds', async () => {
    const { ctx, agencyId, add } = await office();
    await add('trainings', { heldOn: '2018-04-12', title: '发布员100%培训', trainees: '50', unit: 'bgs' });
    await add('trainings', { heldOn: '2018-10-12', title: '发布员培训', trainees: '30' });
    const old = await add('trainings', { heldOn: '2017-04-12', title: '法规培训', trainees: '20' });
    const total = (filter: Parameters<typeof entriesTotal>[3]) =>
      entriesTotal(db, registers.trainings, agencyId, filter);
    expect(await total({ year: 2018 })).toEqual({ entries: 2, sums: { trainees: 80 } });
    expect((await total({ text: '0%' })).entries).toBe(1);
    expect((await total({ text: '_' })).entries).toBe(0);
    expect((await total({ unitId: 1_000_000 })).sums).toEqual({ trainees: 0 });
    await voidEntry(ctx, registers.trainings, old, '不是本机关的');
    expect([(await total({})).entries, (await total({ voided: true })).entries]).toEqual([2, 1]);
    expect(await yearsOf(db, registers.trainings, agencyId)).toEqual([2018, 2017]);
  });

  test.each([
    ['2016-12-31', 0],
    ['2017-01-01', 1],
    ['2018-06-30', 1],
    ['2018-07-01', 0],
  ])('a post from 2017-01-01 to 2018-06-30 on %s: %i', async (on, expected) => {
    const { agencyId, add } = await office();
    await add('staff', post('张三', '2017-01-01', '2018-06-30'));
    expect((await entriesTotal(db, registers.staff, agencyId, { on })).entries).toBe(expected);
  });
});
