import { expect, test } from 'vitest';
import { changeSettings } from '../../src/areas/organisations/index.ts';
import { type Clock, clockAt } from '../../src/core/clock.ts';
import { openDesk } from '../support/desk.ts';
import { aRegistration } from '../support/registration.ts';
import type { Visitor } from '../support/visitor.ts';
import { wordsOf } from '../support/words.ts';

let day = '2024-03-11';
const clock: Clock = { now: () => clockAt(day).now(), today: () => clockAt(day).today() };
const { app, system, signedIn } = await openDesk({}, clock);
await changeSettings(system, { requests: { retentionYears: 1 } });

const DISPOSAL = '/workbench/requests/disposal';
/** Registers a request that the applicant takes back the same day. */
async function withdrawn(clerk: Visitor, officer: Visitor): Promise<string> {
  await clerk.get('/workbench/requests/new');
  const answer = await clerk.upload('/workbench/requests/new', [], {
    ...aRegistration,
    source: 'in-person',
    submittedOn: day,
    title: '城市更新项目清单',
    content: '绝密的描述',
    submissionKey: 'disposal-submission-1',
  });
  if (answer.status !== 303) throw new Error(wordsOf(answer.body));
  const address = (answer.location ?? '').replace('/receipt', '');
  const page = await officer.get(`${address}/withdrawal`);
  const version = /name="version" value="(\d+)"/.exec(page.body)?.[1] ?? '';
  const done = await officer.post(`${address}/withdrawal`, { version, reason: '申请人当日书面撤回' });
  if (done.status !== 303) throw new Error(wordsOf(done.body));
  return address;
}

const chosenIn = (html: string) =>
  [...html.matchAll(/<input type="checkbox" name="forms" value="(\d+)"/g)].map(([, id]) => id ?? '');

test('from the day the time of keeping is over to the page that says so', async () => {
  const address = await withdrawn(await signedIn('window-clerk'), await signedIn('disclosure-officer'));
  day = '2025-03-10';
  const early = await signedIn('disclosure-officer');
  expect(wordsOf((await early.get(DISPOSAL)).body)).toContain('没有到期的申请表');

  day = '2025-03-11';
  const officer = await signedIn('disclosure-officer');
  const leader = await signedIn('leader');
  const auditor = await signedIn('auditor');
  const handler = await signedIn('case-handler');
  const page = await officer.get(DISPOSAL);
  expect(wordsOf(page.body)).toContain('自办结起保管 1 年');
  expect(wordsOf(page.body)).toContain('共 1 份');
  const [form = ''] = chosenIn(page.body);

  // Nothing chosen, no reason: told beside the field, and nothing happened.
  expect((await officer.post(`${DISPOSAL}/lists`, { scope: 'chosen' })).status).toBe(422);
  const hold = await officer.post(`${DISPOSAL}/holds`, { forms: form, reason: '' });
  expect([hold.status, wordsOf(hold.body).includes('请写明暂缓的理由'), chosenIn(hold.body)]).toEqual([
    422,
    true,
    [form],
  ]);
  expect((await officer.post(`${DISPOSAL}/holds`, { forms: form, reason: '与在办的诉讼有关' })).status).toBe(
    303,
  );
  expect(chosenIn((await officer.get(DISPOSAL)).body)).toEqual([]);
  expect(wordsOf((await auditor.get(`${DISPOSAL}/holds`)).body)).toContain('与在办的诉讼有关');
  await officer.get(`${DISPOSAL}/holds`);
  expect((await officer.post(`${DISPOSAL}/holds/${form}/release`)).status).toBe(303);

  await officer.get(DISPOSAL);
  const proposed = await officer.post(`${DISPOSAL}/lists`, { forms: form, scope: 'chosen' });
  expect(proposed.status).toBe(303);
  const list = proposed.location ?? '';
  expect(wordsOf((await officer.get(list)).body)).not.toContain('提交审批决定');
  expect((await officer.post(`${list}/decision`, { decision: 'approve' })).status).toBe(403);
  for (const path of [DISPOSAL, `${DISPOSAL}/holds`, `${DISPOSAL}/lists`, list])
    expect((await handler.get(path)).status, path).toBe(403);
  await auditor.get(list);
  expect((await auditor.post(`${list}/decision`, { decision: 'approve' })).status).toBe(403);
  expect(wordsOf((await leader.get('/workbench/notifications')).body)).toContain('请审批：1 份到期的申请表');

  expect(wordsOf((await leader.get(list)).body)).toContain('不能恢复');
  expect((await leader.post(`${list}/decision`, {})).status).toBe(422);
  expect((await leader.post(`${list}/decision`, { decision: 'refuse', reason: '' })).status).toBe(422);
  expect((await officer.get(address)).body).toContain('赵');
  expect((await leader.post(`${list}/decision`, { decision: 'approve' })).status).toBe(303);
  await app.jobs.drain(app);
  expect(wordsOf((await leader.get(list)).body)).toMatch(/已销毁 .*1 \/ 1/);
  const again = await leader.post(`${list}/decision`, { decision: 'refuse', reason: '不同意' });
  expect(again.status).toBe(409);

  const gone = wordsOf((await officer.get(address)).body);
  expect(gone).toContain('本件材料已于2025年3月11日按保管期限销毁');
  expect(gone).toMatch(/由张\d+批准（处置清单第 \d+ 号）/);
  expect(gone).toContain('申请人的个人信息已于2025年3月11日按保管期限销毁');
  expect(gone).toContain('销毁申请人信息');
  expect(gone).not.toContain('绝密');
  expect(gone).not.toContain('添加文件');
  for (const path of ['receipt', 'bundle.pdf', 'application-form.pdf', 'withdrawal', 'archiving'])
    expect((await officer.get(`${address}/${path}`)).status, path).toBeLessThan(500);
  expect((await officer.post(`${address}/archiving`, {})).status).toBe(409);
  expect(wordsOf((await officer.get('/workbench/search?q=城市更新')).body)).toContain('城市更新项目清单');
});

test('addresses that nobody wrote answer in words', async () => {
  const officer = await signedIn('disclosure-officer');
  for (const path of [`${DISPOSAL}/0`, `${DISPOSAL}/99999`, `${DISPOSAL}/1e9`, `${DISPOSAL}/-1`])
    expect((await officer.get(path)).status, path).toBe(404);
  for (const query of ['?behind=x', '?behind=2023-02-30.1', '?behind=9999-12-31.999999999'])
    expect((await officer.get(`${DISPOSAL}${query}`)).status, query).toBe(200);
  expect((await officer.get(`${DISPOSAL}/holds?behind=99999999999999.1`)).status).toBe(200);
  await officer.get(DISPOSAL);
  expect((await officer.post(`${DISPOSAL}/holds/7/release`)).status).toBe(404);
  expect((await officer.post(`${DISPOSAL}/lists`, { forms: '999999', scope: 'chosen' })).status).toBe(422);
});
