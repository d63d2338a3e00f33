import { describe, expect, test } from 'vitest';
import { anItem, openPublishingOffice, submitAndPass } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { clockAt } from '../../core/clock.ts';
import { ownNotifications } from '../notifications/index.ts';
import { changeSettings } from '../organisations/index.ts';
import { beginItem } from './draft-actions.ts';
import { findItem } from './item-store.ts';
import { catalogueJobs } from './jobs.ts';
import { publishUrgently } from './publishing-actions.ts';
import { keptBackPage } from './reassessment-actions.ts';
import { reassessmentDue } from './reassessment-rules.ts';
import { reviewAfterwards } from './review-actions.ts';
import { findVersion } from './version-store.ts';

const { db } = await freshDatabase();
const office = await openPublishingOffice(db);
const { agencyId } = office;
const passed = { result: 'passed', opinion: '' } as const;

async function begun(on: string, more = {}): Promise<number> {
  const content = { ...anItem, formedOn: on, columnId: office.columnId, ...more };
  return beginItem(office.as('publisher', on), { unitId: office.unitId, content });
}
async function urgent(on: string): Promise<number> {
  const id = await begun(on);
  await publishUrgently(office.as('disclosure-officer', on), id, '台风红色预警');
  return id;
}
const chase = (on: string) =>
  catalogueJobs
    .find(({ name }) => name === 'chase-urgent-reviews')!
    .run({ connection: { db }, clock: clockAt(on) }, {});
const told = async (on: string) =>
  (await ownNotifications(office.as('secrecy-reviewer', on), {})).items.map(({ title }) => title);

describe('the review after an urgent publication', () => {
  test.each([
    ['2018-03-05', '2018-03-08', 'within a week'],
    ['2018-02-14', '2018-02-24', 'over the Spring Festival, a Saturday worked instead being the third day'],
    ['2018-02-17', '2018-02-24', 'put out on a day off'],
    ['2018-09-29', '2018-10-09', 'on a Saturday that is worked, over National Day'],
    ['2018-12-28', '2019-01-03', 'over the turn of the year, a Saturday worked'],
    ['2020-01-22', '2020-02-04', 'over the festival that was prolonged'],
    ['2022-12-30', '2023-01-05', 'over a holiday that two years’ notices tell of'],
  ])('put out on %s it is due by %s: %s', async (on, due) => {
    const id = await urgent(on);
    expect((await findVersion(db, agencyId, id, 1))?.reviewDueOn).toBe(due);
  });

  test('is chased a working day before and when it is late, on working days only, until it is given', async () => {
    const id = await urgent('2021-09-17');
    expect((await findVersion(db, agencyId, id, 1))?.reviewDueOn).toBe('2021-09-23');
    const before = (await told('2021-09-20')).length;
    await chase('2021-09-20');
    expect(await told('2021-09-20')).toHaveLength(before);
    await chase('2021-09-22');
    expect(
      (await told('2021-09-22')).filter((title) => title.startsWith('请尽快补审（2021-09-23）')),
    ).toHaveLength(1);
    await chase('2021-09-24');
    expect(
      (await told('2021-09-24')).filter((title) => title.startsWith('已超过补审期限（2021-09-23）')),
    ).toHaveLength(1);
    await reviewAfterwards(office.as('secrecy-reviewer', '2021-09-26'), id, passed);
    await chase('2021-09-27');
    expect((await told('2021-09-27')).filter((title) => title.includes('（2021-09-23）'))).toHaveLength(2);
  });

  test('that refuses takes it out of public in the same breath, and counts no more as owed', async () => {
    const id = await urgent('2018-03-05');
    await reviewAfterwards(office.as('secrecy-reviewer', '2018-03-06'), id, {
      result: 'refused',
      opinion: '含个人信息',
    });
    expect(await findItem(db, agencyId, id)).toMatchObject({ state: 'withdrawn', withdrawnOn: '2018-03-06' });
    expect((await findVersion(db, agencyId, id, 1))?.reviewDueOn).toBeNull();
  });
});

describe('the next look at what is not public', () => {
  test.each([
    ['2020-02-29', 12, '2021-02-28'],
    ['2019-02-28', 12, '2020-02-28'],
    ['2018-08-31', 6, '2019-02-28'],
    ['2019-08-31', 6, '2020-02-29'],
    ['2018-12-31', 14, '2020-02-29'],
  ])('decided on %s it comes due %i months later on %s, in lists as in rules', async (on, months, due) => {
    await changeSettings(office.system('2018-01-02'), { catalogue: { reassessmentMonths: months } });
    const id = await begun(on, { attribute: 'closed', attributeReason: '内部事务信息，条例第十六条' });
    await submitAndPass(office, id, on);
    const { rows } = await keptBackPage(office.as('leader', on), { due: false, unitId: null }, null);
    expect(rows.find(({ itemId }) => itemId === id)?.dueOn).toBe(due);
    expect(reassessmentDue({ nextReviewOn: null, decidedOn: on }, months)).toBe(due);
  });
});
