import { describe, expect, it } from 'vitest';
import { anItem, openPublishingOffice, submitAndPass } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { actsOf } from '../../ledger/index.ts';
import './index.ts';
import { beginItem, saveDraft } from './draft-actions.ts';
import { dutyOf } from './duty.ts';
import { catalogueSettingsOf } from './duty-settings.ts';
import { findItem } from './item-store.ts';
import { keptBackPage, readKeptBack, reassessItem, reassessmentsDue } from './reassessment-actions.ts';
import { reassessmentDue, reassessmentObstacle, reassessmentProblems } from './reassessment-rules.ts';
import { openVersion } from './version-store.ts';

describe('the rules of assessment', () => {
  it.each<[string | null, string, number, string]>([
    [null, '2018-03-05', 12, '2019-03-05'],
    [null, '2018-08-31', 6, '2019-02-28'],
    ['2018-07-01', '2018-03-05', 12, '2018-07-01'],
  ])('set %s, decided %s, every %i months: %s', (nextReviewOn, decidedOn, months, due) => {
    expect(reassessmentDue({ nextReviewOn, decidedOn }, months)).toBe(due);
  });

  const form = { result: 'closed', reason: '情势没有变化', nextOn: '2020-03-05' };
  it.each<[string, Partial<typeof form>, string[]]>([
    ['complete', {}, []],
    ['no result', { result: '' }, ['result']],
    ['no reason', { reason: ' ' }, ['reason']],
    ['kept without a next day', { nextOn: '' }, ['nextOn']],
    ['kept until today', { nextOn: '2019-03-05' }, ['nextOn']],
    ['changed: needs no next day', { result: 'proactive', nextOn: '' }, []],
  ])('%s', (_, given, fields) => {
    expect(Object.keys(reassessmentProblems({ ...form, ...given }, 'closed', '2019-03-05'))).toEqual(fields);
  });

  const facts = { unitId: 1, state: 'approved', attribute: 'closed' } as const;
  const head = { may: true, unitId: 1, everyUnit: false };
  it.each<[string, Parameters<typeof reassessmentObstacle>, string | null]>([
    ['its unit', [facts, head], null],
    ['another unit', [facts, { ...head, unitId: 2 }], 'reassessment-other-unit'],
    ['the officer', [facts, { ...head, unitId: 2, everyUnit: true }], null],
    ['nobody in particular', [facts, { ...head, may: false }], 'reassessment-not-yours'],
    ['what is still in review', [{ ...facts, state: 'in-review' }, head], 'reassessment-not-kept'],
    ['what is for the public', [{ ...facts, attribute: 'proactive' }, head], 'reassessment-not-kept'],
  ])('%s', (_, given, code) => {
    expect(reassessmentObstacle(...given)?.code ?? null).toBe(code);
  });

  it('reads the interval an office has set, and takes twelve months for nonsense', () => {
    expect(catalogueSettingsOf({ catalogue: { reassessmentMonths: 6 } }).reassessmentMonths).toBe(6);
    expect(catalogueSettingsOf({ catalogue: { reassessmentMonths: 0 } }).reassessmentMonths).toBe(12);
    expect(catalogueSettingsOf({ catalogue: 'x' }).remindBefore).toEqual([10, 5, 2, 0]);
  });
});

const { db } = await freshDatabase();
const office = await openPublishingOffice(db);
const { agencyId } = office;
const code = (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error) => error.code ?? Object.keys(error.fields ?? { [String(error)]: 1 }).join(),
  );

async function keptBackItem(title: string, on: string) {
  const id = await beginItem(office.as('publisher', on), {
    unitId: office.unitId,
    content: {
      ...anItem,
      title,
      columnId: office.columnId,
      attribute: 'closed',
      attributeReason: '内部事务信息，条例第十六条',
    },
  });
  await submitAndPass(office, id, on);
  return id;
}

describe('assessing on a real database', () => {
  it('comes due a year after it was decided, is kept with a reason, and comes due again on the day set', async () => {
    const id = await keptBackItem('内部值班安排', '2018-03-06');
    expect(await reassessmentsDue(office.as('unit-head', '2019-03-05'))).toBe(0);
    expect(await reassessmentsDue(office.as('unit-head', '2019-03-06'))).toBe(1);
    expect(await reassessmentsDue(office.as('second-head', '2019-03-06'))).toBe(0);
    expect(await reassessmentsDue(office.as('publisher', '2019-03-06'))).toBe(0);
    const kept = { result: 'closed', reason: '仍属内部事务', nextOn: '2019-09-06' };
    expect(await code(reassessItem(office.as('publisher', '2019-03-06'), id, kept))).toBe('not-allowed');
    expect(await code(reassessItem(office.as('second-head', '2019-03-06'), id, kept))).toBe(
      'reassessment-other-unit',
    );
    expect(await code(reassessItem(office.as('unit-head', '2019-03-06'), id, { ...kept, nextOn: '' }))).toBe(
      'nextOn',
    );
    await reassessItem(office.as('unit-head', '2019-03-06'), id, kept);
    expect(await reassessmentsDue(office.as('unit-head', '2019-09-05'))).toBe(0);
    const due = await keptBackPage(office.as('unit-head', '2019-09-06'), { due: true, unitId: null }, null);
    expect([due.due, due.rows[0]?.dueOn]).toEqual([1, '2019-09-06']);
    expect((await readKeptBack(office.as('unit-head', '2019-09-06'), id)).history).toMatchObject([
      { result: 'closed', byName: '沈负责' },
    ]);
    expect((await actsOf(db, agencyId, 'item', id)).some(({ title }) => title.includes('评估审查'))).toBe(
      true,
    );
  });

  it('becomes a draft for review when it can be public, with twenty working days from that day', async () => {
    const id = await keptBackItem('历年值班统计', '2018-03-06');
    const officer = office.as('disclosure-officer', '2019-03-06');
    await reassessItem(officer, id, { result: 'proactive', reason: '已无保密必要', nextOn: '' });
    expect((await findItem(db, agencyId, id))?.state).toBe('draft');
    const version = await openVersion(db, agencyId, id);
    expect(version).toMatchObject({ state: 'draft', attribute: 'proactive', attributeReason: '' });
    expect(await dutyOf(officer, id, 1)).toMatchObject({
      ground: 'reassessed',
      startOn: '2019-03-06',
      due: '2019-04-03',
    });
    expect(
      await code(reassessItem(officer, id, { result: 'closed', reason: '再次', nextOn: '2020-01-01' })),
    ).toBe('reassessment-not-kept');
    if (!version) throw new Error('no draft');
    await saveDraft(office.as('publisher', '2019-03-07'), id, version.revision, {
      ...version,
      title: '历年值班统计表',
    });
    await submitAndPass(office, id, '2019-03-07');
    expect((await findItem(db, agencyId, id))?.state).toBe('published');
    expect((await dutyOf(officer, id, 1))?.stands).toBe('in-time');
  });

  it('takes one of two who assess at once', async () => {
    const id = await keptBackItem('两人同时评估的', '2018-03-06');
    const both = await Promise.all([
      code(
        reassessItem(office.as('unit-head', '2019-03-06'), id, {
          result: 'on-request',
          reason: '可依申请公开',
          nextOn: '',
        }),
      ),
      code(
        reassessItem(office.as('disclosure-officer', '2019-03-06'), id, {
          result: 'proactive',
          reason: '可以公开',
          nextOn: '',
        }),
      ),
    ]);
    expect(both.sort()).toEqual(['done', 'reassessment-not-kept']);
  });
});
