import { expect, test } from 'vitest';
import { compileReport, openReport } from '../../src/annual-report/index.ts';
import { type Clock, clockAt } from '../../src/core/clock.ts';
import { openDesk } from '../support/desk.ts';
import { aRegistration } from '../support/registration.ts';
import type { Visitor } from '../support/visitor.ts';
import { wordsOf } from '../support/words.ts';

let day = '2024-03-11';
const clock: Clock = { now: () => clockAt(day).now(), today: () => clockAt(day).today() };
const { app, pool, signedIn, system } = await openDesk({}, clock);
const clerk = await signedIn('window-clerk');
const officer = await signedIn('disclosure-officer');
const handler = await signedIn('case-handler');
const head = await signedIn('unit-head');
const secrecy = await signedIn('secrecy-reviewer');
const leader = await signedIn('leader');

let made = 0;
/** Registers a request and returns the address of its case. */
async function registered(by: Visitor, more: Record<string, string> = {}): Promise<string> {
  await by.get('/workbench/requests/new');
  made += 1;
  const submissionKey = `desk-test-submission-${made}`;
  const answer = await by.upload('/workbench/requests/new', [], { ...aRegistration, submissionKey, ...more });
  if (answer.status !== 303)
    throw new Error(`registration answered ${answer.status}: ${wordsOf(answer.body)}`);
  return (answer.location ?? '').replace('/receipt', '');
}

/** Opens the page of a move, sends it with the version it showed, and expects it to be done. */
async function does(by: Visitor, address: string, path: string, fields: Record<string, string> = {}) {
  const answer = await tries(by, address, path, fields);
  expect([path, answer.status, answer.status === 303 ? '' : wordsOf(answer.body)]).toEqual([path, 303, '']);
}

async function tries(by: Visitor, address: string, path: string, fields: Record<string, string> = {}) {
  const page = await by.get(`${address}/${path}`);
  const version = /name="version" value="(\d+)"/.exec(page.body)?.[1] ?? '';
  const sent = { version, ...fields };
  return page.body.includes('multipart/form-data')
    ? by.upload(`${address}/${path}`, [], sent)
    : by.post(`${address}/${path}`, sent);
}

async function handled(more: Record<string, string> = {}): Promise<string> {
  const address = await registered(clerk, more);
  const unit = /name="unitId"[\s\S]*?<option value="(\d+)"/.exec(
    (await officer.get(`${address}/acceptance`)).body,
  )?.[1];
  await does(officer, address, 'acceptance', { unitId: unit ?? '' });
  return address;
}

test('an oral request from the counter to the archive', async () => {
  const address = await registered(clerk);
  const receipt = await clerk.get(`${address}/receipt`);
  const words = wordsOf(receipt.body);
  expect(words).toContain('口头提出');
  expect(words).toContain('2024年4月9日');
  expect(words).toMatch(/查询码 [2-9A-Z]{8}/);
  expect(words).toContain('念给申请人听');
  // The code is shown to the one who registered, and to nobody else without a record.
  expect(wordsOf((await officer.get(`${address}/receipt`)).body)).toContain('显示查询码并记入台账');

  const first = await officer.get(address);
  expect(first.body).not.toContain('赵美兰');
  expect(wordsOf(first.body)).toContain('赵**');
  expect(wordsOf(first.body)).toContain('您没有“合法性审核”的权限');

  const unit = /name="unitId"[\s\S]*?<option value="(\d+)"/.exec(
    (await officer.get(`${address}/acceptance`)).body,
  )?.[1];
  await does(officer, address, 'acceptance', { unitId: unit ?? '' });
  await does(handler, address, 'search', {
    unitId: unit ?? '',
    outcome: 'found',
    findings: '在项目库中以“城市更新”检索，找到清单一份，3页。',
  });
  const kinds = wordsOf((await handler.get(`${address}/reply`)).body);
  expect(kinds).toContain('须先告知补正，补正后仍不明确的才能这样答复');
  await does(handler, address, 'reply', {
    kindCode: 'B1.2',
    provided: '《2023年城市更新项目清单》，共3页',
    told: '随本答复书邮寄',
  });
  expect((await handler.get(`${address}/approval.pdf`)).status).toBe(404);
  await does(handler, address, 'reply-submission');
  expect(wordsOf((await handler.get(`${address}/legal-review`)).body)).toContain('您没有“合法性审核”的权限');
  await does(head, address, 'legal-review', { result: 'approved' });
  await does(secrecy, address, 'secrecy-review', { result: 'approved', opinion: '不涉密' });
  await does(leader, address, 'signature');
  await does(officer, address, 'dispatch', { method: 'post', on: '2024-03-11', trackingNumber: 'EMS001' });
  await does(officer, address, 'delivery', { on: '2024-03-11', by: '本人' });
  await does(officer, address, 'archiving');

  const last = await officer.get(address);
  expect(wordsOf(last.body)).toContain('已归档');
  const approvals = [
    await officer.get(`${address}/approval.pdf`),
    await officer.get(`${address}/approval.docx`),
  ];
  expect(approvals.map(({ status, body }) => [status, body.slice(0, 2)])).toEqual([
    [200, '%P'],
    [200, 'PK'],
  ]);
  expect(wordsOf(last.body)).toContain('予以公开：可以公开，提供政府信息');
  const letter = /href="([^"]+letters\/\d+\.pdf)"/.exec(last.body)?.[1] ?? '';
  // Delivered and put away: nothing is left to do with it, so the officer says why he reads it, once for a while.
  const asked = await officer.get(letter);
  expect([asked.status, asked.location]).toEqual([
    303,
    `${address}/applicant-reason?for=${encodeURIComponent(letter.slice(address.length + 1))}`,
  ]);
  const what = letter.slice(address.length + 1);
  expect(wordsOf((await officer.get(asked.location ?? '')).body)).toContain('查看的理由');
  const silent = await officer.post(`${address}/applicant-reason`, { for: what, reason: '' });
  expect([silent.status, (await officer.get(letter)).status]).toEqual([422, 303]);
  const said = await officer.post(`${address}/applicant-reason`, { for: what, reason: '答复行政复议' });
  expect([said.status, said.body.includes(letter)]).toEqual([200, true]);
  for (const elsewhere of ['https://example.com', '../1', 'letters/1.exe', 'applicant'])
    expect(
      (await officer.post(`${address}/applicant-reason`, { for: elsewhere, reason: '看一看' })).status,
    ).toBe(404);
  const { rows: opened } = await pool.query(
    `SELECT reason FROM ledger_acts WHERE act = 'requests.open-letter' ORDER BY seq DESC LIMIT 1`,
  );
  expect(opened).toEqual([]);
  // Who signed it has his reason by that; who did nothing on it and may not look at applicants is refused.
  expect((await leader.get(letter)).status).toBe(200);
  const auditor = await signedIn('auditor');
  expect((await auditor.get(letter)).status).toBe(403);
  const pdf = await officer.get(letter);
  expect([pdf.status, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
  const { rows: read } = await pool.query(
    `SELECT actor_name AS by, reason FROM ledger_acts WHERE act = 'requests.open-letter' ORDER BY seq`,
  );
  expect(read.map(({ reason }) => reason)).toEqual(['签发了这份文书', '答复行政复议']);
  const other = await registered(clerk, { title: '别的事项', content: '别的内容' });
  expect((await officer.get(letter.replace(/requests\/\d+/, other.replace('/workbench/', '')))).status).toBe(
    404,
  );
});

test('who applies is shown after a reason that is recorded', async () => {
  const address = await registered(clerk, { title: '道路养护合同', content: '2023年道路养护合同' });
  await officer.get(address);
  const without = await officer.post(`${address}/applicant`, { reason: '' });
  expect([without.status, without.body.includes('赵美兰')]).toEqual([422, false]);
  await officer.get(address);
  const shown = await officer.post(`${address}/applicant`, { reason: '联系申请人核实' });
  expect([shown.status, shown.body.includes('赵美兰')]).toEqual([200, true]);
  await head.get('/workbench');
  expect((await head.post(`${address}/applicant`, { reason: '好奇看一看' })).status).toBe(403);
  const { rows } = await pool.query(
    `SELECT seq FROM ledger_acts WHERE act = 'requests.reveal' AND reason = '联系申请人核实'`,
  );
  expect(rows).toHaveLength(1);
  const { rows: told } = await pool.query(
    `SELECT count(*)::int AS lines FROM ledger_acts WHERE ledger_acts::text LIKE '%赵美兰%'`,
  );
  expect(told[0]).toEqual({ lines: 0 });
});

test('the same page sent twice is one request; a likely repeat is asked about first', async () => {
  await clerk.get('/workbench/requests/new');
  const page = {
    ...aRegistration,
    title: '绿化带改造方案',
    content: '绿化带改造',
    submissionKey: 'sent-twice-0001-abc',
  };
  const once = await clerk.upload('/workbench/requests/new', [], page);
  const again = await clerk.upload('/workbench/requests/new', [], page);
  expect([once.status, again.status, again.location]).toEqual([303, 303, once.location]);
  const anew = { ...page, submissionKey: 'sent-twice-0002-abc' };
  const asked = await clerk.upload('/workbench/requests/new', [], anew);
  const shown = wordsOf(asked.body);
  expect([asked.status, shown.includes('可能与以前的 1 件申请重复')]).toEqual([422, true]);
  expect(shown).toContain('证件号码相同');
  const seen = /name="repeatSeen" value="(\d+)"/.exec(asked.body)?.[1] ?? '';
  const taken = await clerk.upload('/workbench/requests/new', [], { ...anew, repeatSeen: seen });
  expect([taken.status, taken.location === once.location]).toEqual([303, false]);
});

test('what is wrong is told beside the fields, and what was typed stays', async () => {
  await clerk.get('/workbench/requests/new');
  const answer = await clerk.upload(
    '/workbench/requests/new',
    { name: '照片.exe', content: 'MZ\0\0', field: 'scan' },
    {
      ...aRegistration,
      submissionKey: 'wrong-0001-abcdef-123',
      title: '出让合同',
    },
  );
  expect([answer.status, wordsOf(answer.body).includes('不是可以上传的类型')]).toEqual([422, true]);
  const wrong = await clerk.upload('/workbench/requests/new', [], {
    ...aRegistration,
    submissionKey: 'wrong-0002-abcdef-123',
    identityNumber: '530102199003078671',
    submittedOn: '2024-03-12',
    title: '出让合同',
  });
  const words = wordsOf(wrong.body);
  expect(wrong.status).toBe(422);
  expect(words).toContain('收到日期不能晚于今天');
  expect(words).toContain('公民身份号码不对');
  expect(wrong.body).toContain('value="赵美兰"');
});

test('scans of a form that came back wait with it, for the one who sent them', async () => {
  await clerk.get('/workbench/requests/new');
  const wrong = {
    ...aRegistration,
    title: '乡镇气象观测站名册',
    content: '观测站名册',
    email: 'nobody',
    submissionKey: 'kept-scans-of-the-desk',
  };
  const scan = { name: '申请表.txt', content: '手写的申请表', field: 'scan' };
  const first = await clerk.upload(
    '/workbench/requests/new',
    [scan, { ...scan, name: '错的.txt', content: '别的' }],
    wrong,
  );
  expect(first.status).toBe(422);
  expect(wordsOf(first.body)).toContain('已经收下 2 个文件');
  const drop =
    /name="drop" value="(\d+)"[^>]*>[^<]*<span class="visually-hidden"> 错的/.exec(first.body)?.[1] ?? '';
  expect(drop).not.toBe('');
  // Another person's page under the same key has nothing of it.
  await officer.get('/workbench/requests/new');
  const strange = await officer.upload('/workbench/requests/new', [], { ...wrong, drop });
  expect([strange.status, strange.body.includes('已经收下')]).toEqual([422, false]);
  await clerk.get('/workbench/requests/new');
  const again = await clerk.upload('/workbench/requests/new', [], { ...wrong, drop });
  expect([again.status, wordsOf(again.body).includes('已经收下 1 个文件')]).toEqual([422, true]);
  const done = await clerk.upload('/workbench/requests/new', [], { ...wrong, email: '', drop: '' });
  expect(done.status).toBe(303);
  const page = wordsOf((await clerk.get((done.location ?? '').replace('/receipt', ''))).body);
  expect([page.includes('扫描件 1.txt'), page.includes('扫描件 2.txt')]).toEqual([true, false]);
  const { rows } = await pool.query('SELECT count(*)::int AS left FROM request_draft_files');
  expect(rows).toEqual([{ left: 0 }]);
  // The same page sent once more is the same request, and leaves no scan behind.
  await clerk.get('/workbench/requests/new');
  const twice = await clerk.upload('/workbench/requests/new', [scan], { ...wrong, email: '' });
  expect([twice.status, twice.location]).toEqual([303, done.location]);
});

test('one correction notice, with its letter shown before it is signed', async () => {
  const address = await registered(clerk, { title: '管网资料', content: '管网' });
  await officer.get(`${address}/correction-notice`);
  const preview = await officer.post(`${address}/correction-notice/preview`, {
    asked: '请写明哪一年的管网资料',
    days: '10',
  });
  expect(wordsOf(preview.body)).toContain('请写明哪一年的管网资料');
  expect(wordsOf(preview.body)).toContain('2024年3月25日');
  await does(officer, address, 'correction-notice', { asked: '请写明哪一年的管网资料', days: '10' });
  const waiting = wordsOf((await officer.get(address)).body);
  expect(waiting).toContain('等待补正，暂停计算');
  await does(clerk, address, 'correction', { text: '2022年的', receivedOn: '2024-03-11' });
  const second = await tries(officer, address, 'correction-notice', { asked: '再补一次' });
  expect(second.status).toBe(409);
  expect(wordsOf(second.body)).toContain('补正只能一次性告知');
  expect(second.body).toContain('再补一次');
});

test('two officers at once: the second is told what the first did, and keeps what was typed', async () => {
  const address = await handled({ title: '预算执行情况', content: '预算执行' });
  const page = await handler.get(`${address}/reply`);
  const version = /name="version" value="(\d+)"/.exec(page.body)?.[1] ?? '';
  await does(officer, address, 'consultation', {
    party: 'third-party',
    name: '昆明某某科技有限公司',
    information: '预算执行表',
  });
  const late = await handler.post(`${address}/reply`, {
    version,
    kindCode: 'B1.2',
    provided: '执行情况表一份',
    told: '邮寄',
  });
  expect(late.status).toBe(409);
  expect(wordsOf(late.body)).toContain('刚刚办理了“征求意见”');
  expect(late.body).toContain('执行情况表一份');
  const newer = /name="version" value="(\d+)"/.exec(late.body)?.[1] ?? '';
  const again = await handler.post(`${address}/reply`, {
    version: newer,
    kindCode: 'B1.2',
    provided: '执行情况表一份',
    told: '邮寄',
  });
  expect(again.status).toBe(303);
});

test('a form with several matters becomes several cases', async () => {
  const address = await registered(clerk, { title: '三件事', content: '一、甲；二、乙' });
  await does(officer, address, 'parts', {
    rows: '2',
    'parts.0.title': '甲事项',
    'parts.0.content': '甲的内容',
    'parts.1.title': '乙事项',
    'parts.1.content': '乙的内容',
  });
  const words = wordsOf((await officer.get(address)).body);
  expect(words).toContain('同一申请表');
  expect(words).toContain('乙事项');
});

test('what is wrong with a part is told beside its row, though a row before it is empty', async () => {
  const address = await handled({ title: '四项合一的申请', content: '甲乙丙丁四项' });
  const answer = await tries(officer, address, 'parts', {
    rows: '4',
    'parts.0.title': '项目清单',
    'parts.0.content': '2023年项目清单',
    'parts.1.title': '投资额',
    'parts.1.content': '2023年投资额',
    'parts.3.title': '位置',
    'parts.3.content': '',
  });
  expect(answer.status).toBe(422);
  expect(answer.body).toMatch(/href="#field-parts[.-]3[.-]content"/);
  expect(answer.body).not.toMatch(/href="#field-parts[.-]2[.-]content"/);
});

test('a scan is kept sealed, opened on record, and never found under another case', async () => {
  const address = await registered(clerk, { title: '扫描件测试', content: '扫描件' });
  await clerk.get(address);
  const added = await clerk.upload(
    `${address}/files`,
    { name: '签名申请表.pdf', content: '%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF' },
    { kind: 'scan' },
  );
  expect([added.status, wordsOf(added.body)]).toEqual([303, '']);
  const page = await clerk.get(address);
  const file = /href="([^"]+\/files\/\d+)"/.exec(page.body)?.[1] ?? '';
  const got = await clerk.get(file);
  expect([got.status, got.body.startsWith('%PDF-1.7')]).toEqual([200, true]);
  const other = await registered(clerk, { title: '另外一件', content: '另外' });
  expect((await clerk.get(`${other}/files/${file.split('/').at(-1)}`)).status).toBe(404);
});

test('of files added together the good ones wait while one is refused', async () => {
  const address = await registered(clerk, { title: '河道采砂许可台账', content: '许可台账' });
  const keyOf = (body: string) => /name="pageKey" value="([^"]+)"/.exec(body)?.[1] ?? '';
  const good = { name: '信封.txt', content: '邮戳清晰' };
  const pageKey = keyOf((await clerk.get(address)).body);
  expect(pageKey).not.toBe('');
  const bad = { name: '坏的.pdf', content: 'MZ\u0000\u0001' };
  const refused = await clerk.upload(`${address}/files`, [good, bad], { kind: 'scan', pageKey });
  expect(refused.status).toBe(422);
  expect(wordsOf(refused.body)).toContain('请改正以下内容');
  expect(wordsOf(refused.body)).toContain('已经收下 1 个文件');
  expect(keyOf(refused.body)).toBe(pageKey);
  expect(wordsOf((await clerk.get(address)).body)).not.toContain('扫描件 1.txt');
  const nobody = await handler.upload(`${address}/files`, [good], { kind: 'scan', pageKey });
  expect(nobody.status).toBe(404);
  await clerk.get(address);
  expect((await clerk.upload(`${address}/files`, [good], { kind: 'record', pageKey })).status).toBe(403);
  await clerk.get(address);
  const added = await clerk.follow(await clerk.upload(`${address}/files`, [], { kind: 'scan', pageKey }));
  expect(wordsOf(added.body)).toContain('已添加 1 个文件');
  expect(wordsOf(added.body)).toContain('扫描件 1.txt');
  const empty = await clerk.upload(`${address}/files`, [], { kind: 'scan', pageKey });
  expect([empty.status, wordsOf(empty.body).includes('请选择要添加的文件')]).toEqual([422, true]);
});

test('files sent with progress: where to go, what is wrong at which field, and none twice when the answer was lost', async () => {
  const address = await registered(clerk, { title: '校车线路图', content: '校车停靠点' });
  const pageKey = /name="pageKey" value="([^"]+)"/.exec((await clerk.get(address)).body)?.[1] ?? '';
  const json = { accept: 'application/json' };
  const send = (name: string, content: string) =>
    clerk.upload(`${address}/files`, { name, content }, { kind: 'scan', pageKey }, json);
  const bad = await send('坏的.pdf', 'MZ\u0000\u0001');
  expect([bad.status, JSON.parse(bad.body).fields.file]).toEqual([
    422,
    expect.stringContaining('“坏的.pdf”不是可以上传的类型'),
  ]);
  for (let times = 0; times < 2; times += 1) {
    const taken = await send('信封.txt', '邮戳在三月十日');
    expect([taken.status, JSON.parse(taken.body)]).toEqual([200, { page: `${address}#files` }]);
  }
  const words = wordsOf((await clerk.get(address)).body);
  expect(words).toContain('扫描件 1.txt');
  expect(words).not.toContain('扫描件 2.txt');
});

test('whoever may not act is refused on the server', async () => {
  const address = await registered(clerk, { title: '权限测试', content: '权限' });
  const answer = await tries(clerk, address, 'acceptance', { unitId: '1' });
  expect(answer.status).toBe(403);
  await head.get('/workbench');
  expect((await head.get('/workbench/requests/new')).status).toBe(403);
  expect((await head.get(address)).status).toBe(404);
});

/** Takes a request from the counter to the signed reply. */
async function signed(reply: Record<string, string>, more: Record<string, string>): Promise<string> {
  const address = await handled(more);
  await does(handler, address, 'reply', reply);
  await does(handler, address, 'reply-submission');
  await does(head, address, 'legal-review', { result: 'approved' });
  await does(secrecy, address, 'secrecy-review', { result: 'approved' });
  await does(leader, address, 'signature');
  return address;
}

test('a reply waits for the gate, goes out, is printed and becomes public for everybody', async () => {
  const granted = { kindCode: 'B1.2', provided: '公共停车场清单一份', told: '随本答复书邮寄' };
  const address = await signed(granted, { title: '公共停车场清单', content: '停车场清单' });
  await handler.get(address);
  const file = { name: '公共停车场清单.txt', content: '公共停车场共有十二处' };
  expect((await handler.upload(`${address}/files`, file, { kind: 'released' })).status).toBe(303);
  const sent = { method: 'post', on: '2024-03-11' };
  const held = await tries(officer, address, 'dispatch', sent);
  expect([held.status, wordsOf(held.body).includes('1 个文件还没有通过出口检查')]).toEqual([409, true]);
  const page = await handler.get(address);
  const [request, id] = [...page.body.matchAll(/name="(?:request|file)" value="(\d+)"/g)].map(
    ([, value]) => value,
  );
  const check = await handler.post('/workbench/releases', { request: request ?? '', file: id ?? '' });
  expect(check.location).toMatch(/^\/workbench\/releases\/\d+$/);
  expect(wordsOf((await handler.get(address)).body)).toContain('出口检查通过');
  await does(officer, address, 'dispatch', sent);

  // Who printed the form has said why he sees the applicant; the bundle does not ask again.
  for (const print of ['application-form.pdf', 'bundle.pdf']) {
    const printed = await officer.get(`${address}/${print}`);
    expect([print, printed.status, printed.headers['content-type']]).toEqual([print, 200, 'application/pdf']);
  }

  const told = {
    title: '高新区有多少公共停车场',
    question: '公共停车场有多少处？',
    answer: '共十二处。',
    fileId: id ?? '',
  };
  const personal = await tries(officer, address, 'publication', {
    ...told,
    question: '赵美兰问停车场有多少处',
  });
  expect([personal.status, personal.body.includes('共十二处。')]).toEqual([422, true]);
  await does(officer, address, 'publication', told);
  const list = await secrecy.get('/workbench/requests/publications');
  const proposal = /href="(\/workbench\/requests\/publications\/\d+)"/.exec(list.body)?.[1] ?? '';
  await secrecy.get(proposal);
  expect((await secrecy.post(`${proposal}/review`, { decision: 'return' })).status).toBe(422);
  await secrecy.get(proposal);
  expect((await secrecy.post(`${proposal}/review`, { decision: 'approve' })).status).toBe(303);
  expect(wordsOf((await secrecy.get(proposal)).body)).toContain('已公开');
  const transfers = (year: string, format: string) =>
    officer.get(`/workbench/requests/publications/transfers?year=${year}&format=${format}`);
  for (const format of ['pdf', 'docx']) expect((await transfers('2024', format)).status).toBe(200);
  expect((await transfers('1999', 'pdf')).status).toBe(422);
});

test('whoever moves a reply into another year is told which signed report counted it, and the report tells the difference', async () => {
  const granted = { kindCode: 'B1.2', provided: '路灯清单一份', told: '随本答复书邮寄' };
  const address = await signed(granted, { title: '路灯清单', content: '路灯清单' });
  await does(officer, address, 'dispatch', { method: 'post', on: '2024-03-11', trackingNumber: 'EMS009' });
  await does(officer, address, 'delivery', { on: '2024-03-11', by: '本人' });
  day = '2025-01-10';
  const ctx = { ...system, sources: app.reportSources };
  await openReport(ctx, 2024);
  await compileReport(ctx, 2024);
  await pool.query("UPDATE reports SET status = 'signed'");
  const later = await signedIn('disclosure-officer');
  const report = '/workbench/reports/2024';
  expect((await later.get(report)).body).toContain(`hx-get="${report}/later-notice"`);
  expect((await later.get(`${report}/later-notice`)).body).toBe('');
  expect(wordsOf((await later.get(`${report}/changes`)).body)).toContain('签发以后，记录没有变动');
  const chosen = (await later.get(`${address}/slip-correction`)).body;
  const letter = /<option value="(\d+)"/.exec(chosen)?.[1] ?? '';
  const page = await later.get(`${address}/slip-correction?letter=${letter}`);
  expect(wordsOf(page.body)).toContain('2024年度报告已经签发，统计了这件申请');
  const done = await later.follow(
    await later.post(`${address}/slip-correction`, {
      letter,
      method: 'post',
      sentOn: '2025-01-02',
      deliveredOn: '2025-01-03',
      reason: '邮局收据上是次年的日期',
    }),
  );
  expect(wordsOf(done.body)).toContain('2024年度报告已经签发，其中的数字没有改变');
  expect(wordsOf((await later.get(`${report}/later-notice`)).body)).toContain('签发以后，记录有变动');
  expect(wordsOf((await later.get(`${report}/changes`)).body)).toContain('更正发出、送达登记');
  day = '2024-03-11';
});

test('a fee by pages: tiers, notice, delivery, payment, and the clock anew', async () => {
  const address = await handled({ title: '三百页的档案', content: '档案' });
  await officer.get(`${address}/fee`);
  const fields = { method: 'page', pages: '120', payWay: '到政务服务中心非税窗口缴纳' };
  const preview = wordsOf((await officer.post(`${address}/fee/preview`, fields)).body);
  expect(preview).toContain('1100.00元');
  const free = await tries(officer, address, 'fee', { ...fields, pages: '30' });
  expect([free.status, wordsOf(free.body).includes('不需要收费')]).toEqual([422, true]);
  await does(officer, address, 'fee', fields);
  expect(wordsOf((await officer.get(address)).body)).toContain('等待缴费，暂停计算');
  await does(officer, address, 'fee-delivery', { on: '2024-03-11' });
  await does(officer, address, 'payment', { on: '2024-03-11', receiptNumber: '滇财0001' });
  expect(wordsOf((await officer.get(address)).body)).toContain('缴费后重新起算');
});

test('a notice is sent off and delivered on its own page; the reply is not', async () => {
  const address = await registered(clerk, { title: '地下管线图', content: '管线' });
  await does(officer, address, 'correction-notice', { asked: '请写明哪条路的管线' });
  const link = /href="([^"]+\/letters\/\d+\/dispatch)"/.exec((await officer.get(address)).body)?.[1] ?? '';
  await officer.get(link);
  expect((await officer.post(link, { on: '2024-03-11' })).status).toBe(422);
  await officer.get(link);
  expect((await officer.post(link, { method: 'post', on: '2024-03-11' })).status).toBe(303);
  const next = link.replace('dispatch', 'delivery');
  await officer.get(next);
  expect((await officer.post(next, { on: '2024-03-11', by: '本人' })).status).toBe(303);
  expect(wordsOf((await officer.get(address)).body)).toContain('已送达');
});

test.each([
  [{ source: 'in-person', submittedOn: '2024-03-10' }, '是休息日'],
  [{ submittedOn: '2024-02-30' }, '请填写日历上有的日期'],
  [{ source: 'fax', submittedOn: '2024-03-08', confirmedOn: '2024-03-07' }, '确认日期不能早于收到日期'],
  [
    { kind: 'company', identityKind: 'uscc', identityNumber: '91530100MA6K000001' },
    '校验码不符，请核对每一位',
  ],
  [{ source: 'by-pigeon' }, '请选择申请是怎样收到的'],
  [{ deliveryWay: 'drone' }, '请选择获取信息的方式'],
  [{ email: 'nobody' }, '请填写电子邮箱'],
])('%j is refused beside its field', async (wrong, words) => {
  await clerk.get('/workbench/requests/new');
  const given = {
    ...aRegistration,
    title: '各种错误',
    submissionKey: 'wrong-0003-abcdef-123',
    ...(wrong as Record<string, string>),
  };
  const answer = await clerk.upload('/workbench/requests/new', [], given);
  expect([answer.status, wordsOf(answer.body).includes(words)]).toEqual([422, true]);
});

test('an early code with a wrong check digit is taken with a reason', async () => {
  const early = { kind: 'company', identityKind: 'uscc', identityNumber: '91530100MA6K000001' };
  await registered(clerk, {
    ...early,
    title: '早期代码',
    content: '早期代码',
    identityNote: '与营业执照一致',
  });
});

test('an extension a day too late is refused with its article', async () => {
  const address = await handled({ title: '征地补偿标准', content: '征地补偿' });
  day = '2024-04-09';
  const inTime = await signedIn('case-handler');
  expect((await inTime.get(`${address}/extension`)).body).toContain('提请批准');
  day = '2024-04-10';
  const late = await signedIn('case-handler');
  const page = wordsOf((await late.get(`${address}/extension`)).body);
  expect(page).toContain('现在不能“提请延期”');
  expect(page).toContain('期限已于2024年4月9日届满');
  const sent = await late.post(`${address}/extension`, { days: '20', reason: '档案分散在三个部门' });
  expect([sent.status, wordsOf(sent.body).includes('第三十三条')]).toEqual([409, true]);
  expect(sent.body).toContain('档案分散在三个部门');
});
