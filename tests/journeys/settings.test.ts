import { expect, it } from 'vitest';
import { powersOf } from '../../src/annual-report/index.ts';
import { findAgencyById } from '../../src/areas/organisations/index.ts';
import { dutyOf } from '../../src/areas/returns/index.ts';
import { lawSettingsOf } from '../../src/law/index.ts';
import { openDesk } from '../support/desk.ts';

const { app, agencyId, signedIn } = await openDesk();
const settings = async () => (await findAgencyById(app.connection.db, agencyId))?.settings ?? {};
const complete = {
  monthlySince: '2018-01',
  dueWorkingDay: '8',
  confirmOnArrival: 'no',
  webReceipt2008: 'submission',
  correctionDays: '10',
  reasonsDays: '12',
  filedCorrectionDays: '8',
  timelyBy: 'delivery',
  partialNeedsReconsideration: 'no',
};

it('the officer decides what the law leaves open, and the ledger keeps both values', async () => {
  const officer = await signedIn('disclosure-officer');
  expect((await officer.get('/workbench/settings')).body).toContain('次月第几个工作日前报送');
  expect((await officer.post('/workbench/settings', complete)).status).toBe(303);
  expect(dutyOf(await settings())).toMatchObject({ monthlySince: '2018-01', dueWorkingDay: 8 });
  expect(lawSettingsOf(await settings())).toEqual({
    confirmOnArrival: false,
    webReceipt2008: 'submission',
    correctionDays: 10,
    reasonsDays: 12,
    timelyBy: 'delivery',
    partialNeedsReconsideration: false,
  });
  expect(powersOf(await settings())).toEqual([]);
  const act = await app.connection.pool.query(
    "SELECT before, after FROM ledger_acts WHERE act = 'organisations.change-settings'",
  );
  expect(act.rows).toMatchObject([{ before: { law: null }, after: { law: { correctionDays: 10 } } }]);
});

it('a body with the power to make rules says so once, and a form that does not ask keeps it', async () => {
  const officer = await signedIn('disclosure-officer');
  await officer.get('/workbench/settings');
  await officer.post('/workbench/settings', { ...complete, ruleMaking: 'yes' });
  expect(powersOf(await settings())).toEqual(['rule-making']);
  await officer.post('/workbench/settings', complete);
  expect(powersOf(await settings())).toEqual(['rule-making']);
});

it('a value out of range changes nothing and says what is accepted', async () => {
  const officer = await signedIn('administrator');
  await officer.get('/workbench/settings');
  const before = await settings();
  const answer = await officer.post('/workbench/settings', {
    ...complete,
    dueWorkingDay: '0',
    correctionDays: '1.5',
  });
  expect(answer.status).toBe(422);
  expect(answer.body).toContain('请填 1 至 20 的整数');
  expect(answer.body).toContain('请填 1 至 60 的整数');
  expect(await settings()).toEqual(before);
});

it('a leader reads and cannot change', async () => {
  const leader = await signedIn('leader');
  expect((await leader.get('/workbench/settings')).body).not.toContain('保存规则设置');
  expect((await leader.post('/workbench/settings', complete)).status).toBe(403);
});
