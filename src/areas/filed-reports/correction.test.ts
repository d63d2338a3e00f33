import { expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { filedOffice, reportPage } from '../../../tests/support/filed-reports.ts';
import { changeSettings } from '../organisations/index.ts';
import {
  addMessage,
  changeDueDate,
  closeCorrection,
  dueProposal,
  judgeFinding,
  listCorrections,
  matrix,
  openCorrection,
  readCorrection,
  readFiledReport,
  yearSummaries,
} from './index.ts';

const { db } = await freshDatabase();

const town = '青山县白水镇人民政府';
const wrong = reportPage(town, 2022, { cells: { 'requests/4/naturalPerson': 1, 'requests/4/total': 1 } });
let offices = 0;

async function officeWithWrongReport() {
  const office = await filedOffice(db, `corr${++offices}`);
  const unitId = await office.unit(town);
  await office.file({ 'a.html': wrong });
  const ask = (on: string, dueOn?: string) =>
    openCorrection(office.as(office.people.officer, on), {
      unitId,
      year: 2022,
      text: '第一项加第二项不等于第三项加第四项，请核对。',
      ...(dueOn === undefined ? {} : { dueOn }),
    });
  const officer = (on: string) => office.as(office.people.officer, on);
  return { office, unitId, ask, officer };
}

it.each([
  ['an ordinary week', '2023-02-01', '2023-02-15'],
  // 春节 2023: 1月21日至27日放假，1月28日、29日上班。
  ['the spring festival and its make-up days', '2023-01-16', '2023-02-02'],
  ['a Saturday', '2023-02-04', '2023-02-17'],
])('gives ten working days: %s', async (_, asked, due) => {
  const { officer } = await officeWithWrongReport();
  expect(await dueProposal(officer(asked))).toMatchObject({ dueOn: due });
});

it('gives the days the agency set, within reason', async () => {
  const { office, officer } = await officeWithWrongReport();
  const system = { ...officer('2023-02-01'), actor: { kind: 'system' as const, name: '系统' } };
  await changeSettings(system, { filedReports: { correctionDays: 5 } });
  expect(await dueProposal(officer('2023-02-01'))).toMatchObject({ dueOn: '2023-02-08' });
  await changeSettings(system, { filedReports: { correctionDays: 900 } });
  expect(await dueProposal(office.as(office.people.leader))).toMatchObject({ dueOn: '2023-02-15' });
});

it('is overdue by the date alone, and a corrected version answers it', async () => {
  const { office, unitId, ask, officer } = await officeWithWrongReport();
  const id = await ask('2023-02-01');
  const seen = async (on: string) => {
    const { items } = await matrix(office.as(office.people.leader, on), [2022], {});
    const { correction } = items[0]!.cells[0]!;
    return correction && [correction.state, correction.overdue];
  };
  expect(await seen('2023-02-15')).toEqual(['open', false]);
  expect(await seen('2023-02-16')).toEqual(['open', true]);
  expect(
    (await listCorrections(officer('2023-02-16'), { state: 'overdue' })).items.map((one) => one.id),
  ).toEqual([id]);
  expect(await yearSummaries(officer('2023-02-16'), [2022])).toMatchObject([{ corrections: 1, overdue: 1 }]);
  await office.file({ 'b.html': reportPage(town, 2022) }, { on: '2023-02-17' });
  expect(await seen('2023-03-01')).toEqual(['answered', false]);
  const { messages } = await readCorrection(officer('2023-03-01'), id);
  expect(messages.map(({ side, version }) => [side, version])).toEqual([
    ['office', null],
    ['system', 2],
  ]);
  await closeCorrection(officer('2023-03-01'), id, '');
  expect(await seen('2023-03-01')).toBeNull();
  expect((await readFiledReport(officer('2023-03-01'), unitId, 2022)).corrections).toMatchObject([
    { state: 'closed' },
  ]);
});

it('is a conversation: the unit answers, the office asks once more and gives new days', async () => {
  const { ask, officer } = await officeWithWrongReport();
  const id = await ask('2023-02-01', '2023-02-03');
  await addMessage(officer('2023-02-02'), id, {
    side: 'unit',
    byName: '白水镇 李主任',
    text: '正在核对，明天报来。',
    answers: false,
  });
  expect(await readCorrection(officer('2023-02-02'), id)).toMatchObject({ state: 'open' });
  await addMessage(officer('2023-02-03'), id, {
    side: 'unit',
    byName: '白水镇 李主任',
    text: '是笔误，更正报告另报。',
  });
  expect(await readCorrection(officer('2023-02-10'), id)).toMatchObject({
    state: 'answered',
    overdue: false,
  });
  await addMessage(officer('2023-02-10'), id, { side: 'office', text: '仍未收到更正报告。' });
  expect(await readCorrection(officer('2023-02-10'), id)).toMatchObject({
    state: 'open',
    dueOn: '2023-02-24',
  });
  await changeDueDate(officer('2023-02-10'), id, { dueOn: '2023-03-01', reason: '单位人员调整' });
  const last = await readCorrection(officer('2023-03-02'), id);
  expect(last).toMatchObject({ state: 'open', dueOn: '2023-03-01', overdue: true });
  expect(last.messages.at(-1)?.text).toBe('期限由 2023-02-24 调整为 2023-03-01：单位人员调整');
});

it('closes with a reason only while confirmed findings remain', async () => {
  const { ask, officer, unitId } = await officeWithWrongReport();
  const id = await ask('2023-02-01');
  const { findings } = await readFiledReport(officer('2023-02-01'), unitId, 2022);
  const place = { unitId, year: 2022, key: findings[0]!.key };
  await judgeFinding(officer('2023-02-01'), place, { judgement: 'confirmed', note: '' });
  await expect(closeCorrection(officer('2023-02-02'), id, '')).rejects.toThrow(
    '还有 1 项认定属实的发现没有更正',
  );
  await closeCorrection(officer('2023-02-02'), id, '单位已在下年度报告中说明');
  await expect(addMessage(officer('2023-02-02'), id, { side: 'office', text: '再问' })).rejects.toMatchObject(
    {
      code: 'correction-state',
    },
  );
  await expect(closeCorrection(officer('2023-02-02'), id, '再办结一次')).rejects.toMatchObject({
    code: 'correction-state',
  });
  expect(await ask('2023-02-03')).not.toBe(id);
});

it('of two officers who ask at one moment, one is told that the case is open', async () => {
  const { office, unitId } = await officeWithWrongReport();
  const ask = (who: 'officer' | 'second') =>
    openCorrection(office.as(office.people[who]), { unitId, year: 2022, text: '请更正。' });
  const settled = await Promise.allSettled([ask('officer'), ask('second')]);
  const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
  expect(refused).toEqual(['correction-open']);
});

it.each([
  ['no words', { text: ' ' }, '请写明内容'],
  ['a day that has passed', { text: '请更正', dueOn: '2023-01-31' }, '期限应晚于今天'],
  ['today', { text: '请更正', dueOn: '2023-02-01' }, '期限应晚于今天'],
  ['a day that does not exist', { text: '请更正', dueOn: '2023-02-30' }, '请选择期限'],
  ['a day far away', { text: '请更正', dueOn: '2024-02-02' }, '不能超过一年'],
  ['a year nothing was filed for', { text: '请更正', year: 2021 }, '还没有报送'],
])('refuses %s', async (_, request, words) => {
  const { officer, unitId } = await officeWithWrongReport();
  await expect(openCorrection(officer('2023-02-01'), { unitId, year: 2022, ...request })).rejects.toThrow(
    words,
  );
});

it('is asked by those who may only', async () => {
  const { office, unitId } = await officeWithWrongReport();
  for (const who of ['leader', 'auditor', 'publisher'] as const) {
    const ctx = office.as(office.people[who]);
    await expect(openCorrection(ctx, { unitId, year: 2022, text: '请更正' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  }
});
