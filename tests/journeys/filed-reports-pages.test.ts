import { expect, it } from 'vitest';
import { setFirstPassword } from '../../src/areas/accounts/index.ts';
import { addStaff, addUnit, createAgency } from '../../src/areas/organisations/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { writeXlsx } from '../../src/core/spreadsheet/index.ts';
import { composeSet, writeSetFile } from '../../src/demonstration/report-set/index.ts';
import { openDesk } from '../support/desk.ts';
import type { Page, UploadFile, Visitor } from '../support/visitor.ts';

/** What the office believes the time to be; the last test lets a month pass. */
let clock = clockAt('2023-02-06');
const { app, server, signedIn, pool, system, stranger } = await openDesk(
  {},
  { now: () => clock.now(), today: () => clock.today() },
);
const { reports } = composeSet();
const supervisor = await signedIn('supervisor');
const ROOM = '/workbench/filed-reports';

const finance = '澄砚市财政局';
const education = '澄砚市教育局';

/** A report of the demonstration set as the unit sends it in; finance's of 2022 has a wrong total in T2. */
async function fileOf(unit: string, year: number) {
  const report = reports.find((one) => one.unit.name === unit && one.year === year);
  if (!report) throw new Error(`the set has no report of ${unit} on ${year}`);
  const { name, bytes } = await writeSetFile(report);
  return { name, content: bytes, field: 'files' };
}

const idOf = (page: Page, pattern: RegExp) => Number(pattern.exec(page.body)?.[1]);
const rows = async (sql: string) => (await pool.query(sql)).rows;
const reportOf = async (visitor: Visitor, name: string) => {
  const list = await visitor.get(`${ROOM}/units?text=${encodeURIComponent(name)}`);
  return `${ROOM}/units/${idOf(list, new RegExp(`units/(\\d+)">${name}`))}/2022`;
};
/** The head of a PNG. */
const picture = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');
let batch = '';

it('an office without anything is told how to begin, and may only look without the right', async () => {
  const begin = await supervisor.get(ROOM);
  expect(begin.body).toContain('导入单位名单');
  expect(begin.body).toContain('直接上传年报');
  const auditor = await signedIn('auditor');
  const closed = await auditor.get(ROOM);
  expect(closed.status).toBe(200);
  expect(closed.body).not.toContain('上传年报');
  expect((await auditor.get(`${ROOM}/upload`)).status).toBe(403);
  expect((await auditor.post(`${ROOM}/units`, { name: '某局' })).status).toBe(403);
  const publisher = await signedIn('publisher');
  expect((await publisher.get(ROOM)).status).toBe(403);
  expect((await publisher.get('/workbench')).body).not.toContain('年报核查');
});

it('a list of units is previewed, refused as a whole for one wrong line, then imported', async () => {
  const sheet = (lines: string[][]) =>
    writeXlsx([
      {
        name: '名单',
        columns: ['单位名称', '类别', '上级单位'].map((label) => ({ label })),
        rows: lines,
      },
    ]);
  await supervisor.get(`${ROOM}/units/import`);
  const wrong = await supervisor.upload(
    `${ROOM}/units/import`,
    { name: '名单.xlsx', content: await sheet([[finance, '不是类别', '']]) },
    { expectedFrom: '2022' },
  );
  expect(wrong.status).toBe(422);
  expect(wrong.body).toContain('没有导入任何单位');
  const noYear = await supervisor.upload(
    `${ROOM}/units/import`,
    { name: '名单.xlsx', content: await sheet([[finance, '', '']]) },
    { expectedFrom: '去年' },
  );
  expect(noYear.status).toBe(422);
  expect(noYear.body).toContain('value="去年"');
  const preview = await supervisor.upload(
    `${ROOM}/units/import`,
    {
      name: '名单.xlsx',
      content: await sheet([
        ['澄砚市人民政府', '政府', ''],
        [finance, '', '澄砚市人民政府'],
      ]),
    },
    { expectedFrom: '2022' },
  );
  expect(preview.status).toBe(200);
  expect(preview.body).toContain('确认导入 2 个单位');
  expect(await rows('SELECT FROM reporting_units')).toHaveLength(0);
  const waiting = /<textarea name="lines"[^>]*>([^<]*)</.exec(preview.body)?.[1] ?? '';
  const done = await supervisor.post(`${ROOM}/units/import/confirmation`, {
    lines: waiting.replaceAll('&quot;', '"'),
    expectedFrom: '2022',
    fileName: '名单.xlsx',
  });
  expect(done.status).toBe(303);
  expect((await supervisor.follow(done)).body).toContain('已导入 2 个单位');
  const forged = await supervisor.post(`${ROOM}/units/import/confirmation`, { lines: '[{"line":-1}]' });
  expect(forged.status).toBe(422);
});

it('without script all files go in one form; each is then told apart on the page of the batch', async () => {
  await supervisor.get(`${ROOM}/upload`);
  const none = await supervisor.upload(`${ROOM}/batches`, []);
  expect(none.status).toBe(422);
  expect(none.body).toContain('请选择要上传的文件');
  const sent = await supervisor.upload(`${ROOM}/batches`, [
    await fileOf(finance, 2022),
    await fileOf(finance, 2021),
    await fileOf(education, 2022),
    { name: '照片.png', content: picture, field: 'files' },
  ]);
  expect(sent.status).toBe(303);
  batch = sent.location ?? '';
  const before = await supervisor.follow(sent);
  expect(before.body).toContain('收到 4 个文件');
  expect(before.body).toContain('hx-trigger="every');
  expect(before.body).toContain('http-equiv="refresh"');
  await app.jobs.drain(app);
  const after = await supervisor.get(batch);
  expect(after.body).toContain('4 个文件已全部处理');
  expect(after.body).not.toContain('http-equiv="refresh"');
  expect(after.body).toMatch(/有误 \d+ 处/);
  const piece = await supervisor.get(`${batch}/progress`);
  expect(piece.body).not.toContain('<html');
  expect(piece.body).toContain('id="batch"');
});

it('files sent one by one by script are answered in JSON and join one batch; a refusal says why', async () => {
  const json = { accept: 'application/json' };
  await supervisor.get(`${ROOM}/upload`);
  const send = (query: string, file: UploadFile) =>
    supervisor.upload(`${ROOM}/batches${query}`, file, { year: '' }, json);
  const first = await send('', await fileOf('澄砚市民政局', 2022));
  expect(first.status).toBe(200);
  const { batch, page, message } = JSON.parse(first.body);
  expect(message).toContain('收到 1 个文件');
  const second = await send(`?batch=${batch}`, await fileOf('澄砚市公安局', 2022));
  expect(JSON.parse(second.body)).toMatchObject({ batch, page });
  const again = await send(`?batch=${batch}`, await fileOf(finance, 2022));
  expect(JSON.parse(again.body).message).toContain('1 个与已有的文件相同');
  const empty = await send(`?batch=${batch}`, { name: '空.txt', content: '', field: 'files' });
  expect(JSON.parse(empty.body).message).toContain('文件是空的');
  const stolen = await (await signedIn('disclosure-officer')).upload(
    `${ROOM}/batches?batch=${batch}`,
    await fileOf(finance, 2021),
    {},
    json,
  );
  expect(stolen.status).toBe(404);
  await app.jobs.drain(app);
  expect((await supervisor.get(page)).body).toContain('3 个文件已全部处理');
});

it('a file of no known unit waits apart until a person says whose it is', async () => {
  const apart = await supervisor.get(`${ROOM}/apart`);
  expect(apart.body).toContain(`报告写的单位是“${education}”`);
  const unreadable = await supervisor.get(`${ROOM}/apart?state=unreadable`);
  expect(unreadable.body).toContain('照片.png');
  const file = idOf(apart, /apart\/(\d+)"/);
  const one = `${ROOM}/apart/${file}`;
  await supervisor.get(one);
  const unknown = await supervisor.post(`${one}/assignment`, { unit: '某某局', year: '2022' });
  expect(unknown.status).toBe(422);
  expect(unknown.body).toContain('名单里没有“某某局”');
  expect(unknown.body).toContain('value="某某局"');
  const noYear = await supervisor.post(`${one}/assignment`, { unit: finance, year: '' });
  expect(noYear.body).toContain('请选择报告年度');
  const proposals = await supervisor.get(`${ROOM}/apart/new-units`);
  expect(proposals.body).toContain('建立 3 个单位并归档 3 个文件');
  const set = await supervisor.post(`${ROOM}/apart/new-units`, { file: String(file) });
  expect((await supervisor.follow(set)).body).toContain('已建立 1 个单位，归档 1 个文件');
  await app.jobs.drain(app);
  const matrix = await supervisor.get(`${ROOM}?year=2022`);
  expect(matrix.body).toMatch(new RegExp(`aria-label="${education} 2022年：(无问题|存疑|有误)`));
  expect(matrix.body).toContain(`aria-label="澄砚市人民政府 2022年：未报"`);
  const missing = await supervisor.get(`${ROOM}?year=2022&state=missing`);
  expect(missing.body).toContain('澄砚市人民政府');
  expect(missing.body).not.toContain(`>${finance}<`);
  const found = await supervisor.get(`${ROOM}?year=2022&text=${encodeURIComponent('查无此局')}`);
  expect(found.body).toContain('没有符合条件的单位');
});

it('a finding opens its report with the exact cell marked, and the office says what it is', async () => {
  const list = await supervisor.get(`${ROOM}/findings?year=2022`);
  const link = /href="(\/workbench\/filed-reports\/units\/\d+\/2022\?finding=([0-9a-f]{32})[^"]*)"/.exec(
    list.body,
  );
  const [, address = '', key = ''] = link ?? [];
  const report = await supervisor.get(address.split('#')[0] ?? '');
  expect(report.body).toMatch(/<td class="[^"]*read-wrong read-opened"[^>]*id="cell-requests-3\.7-/);
  expect(report.body).toContain(`data-marks="cell-requests-3.7-`);
  const base = address.split('?')[0] ?? '';
  const silent = await supervisor.post(`${base}/judgements`, { finding: key, judgement: 'dismissed' });
  expect(silent.status).toBe(422);
  expect(silent.body).toContain('请写明理由');
  expect(silent.body).toMatch(/value="dismissed" checked/);
  const none = await supervisor.post(`${base}/judgements`, { finding: key, note: '看过' });
  expect(none.body).toContain('请选择属实、不成立或已说明');
  expect(none.body).toContain('看过');
  const judged = await supervisor.post(`${base}/judgements`, { finding: key, judgement: 'confirmed' });
  expect((await supervisor.follow(judged)).body).toContain('已认定为“属实”');
  const leader = await signedIn('leader');
  const seen = await leader.get(base);
  expect(seen.body).not.toContain('保存认定');
  expect((await leader.post(`${base}/judgements`, { finding: key, judgement: 'confirmed' })).status).toBe(
    403,
  );
});

it('several findings are judged at once after a preview of what changes', async () => {
  const list = await supervisor.get(`${ROOM}/findings?year=2022`);
  const values = [...list.body.matchAll(/name="finding" value="(\d+\.2022\.[0-9a-f]{32})"/g)].map(
    ([, value]) => value ?? '',
  );
  expect(values.length).toBeGreaterThan(1);
  const nothing = await supervisor.post(`${ROOM}/findings/judgements/preview`, { judgement: 'confirmed' });
  expect(nothing.status).toBe(422);
  expect(nothing.body).toContain('请先勾选要认定的发现');
  const preview = await supervisor.post(`${ROOM}/findings/judgements/preview`, {
    finding: values[1] ?? '',
    judgement: 'confirmed',
    note: '已核对原件。',
    back: `${ROOM}/findings?year=2022`,
  });
  expect(preview.body).toContain('认定 1 处为“属实”');
  const away = await supervisor.post(`${ROOM}/findings/judgements`, {
    finding: values[1] ?? '',
    judgement: 'confirmed',
    note: '已核对原件。',
    back: 'https://elsewhere.example/',
  });
  expect(away.location).toBe(`${ROOM}/findings`);
  expect((await supervisor.follow(away)).body).toContain('已认定 1 处发现为“属实”');
});

it('all findings of the year leave as one workbook', async () => {
  const stranger = await server.inject({ method: 'GET', url: `${ROOM}/findings/export.xlsx?year=2022` });
  expect(stranger.statusCode).toBe(303);
  const file = await supervisor.get(`${ROOM}/findings/export.xlsx?year=2022`);
  expect(file.status).toBe(200);
  expect(String(file.headers['content-disposition'])).toContain('.xlsx');
});

it('a correction is asked for with a due date that is explained, answered, and closed with a reason', async () => {
  const report = await reportOf(supervisor, finance);
  const page = await supervisor.get(`${report}/corrections`);
  expect(page.body).toContain('从明天起数 10 个工作日');
  expect(page.body).toContain('经核查，你单位2022年政府信息公开工作年度报告有以下问题');
  const late = await supervisor.post(`${report}/corrections`, { text: '请更正。', dueOn: '2020-01-01' });
  expect(late.status).toBe(422);
  expect(late.body).toContain('期限应晚于今天');
  expect(late.body).toContain('请更正。');
  const asked = await supervisor.post(`${report}/corrections`, { text: '请更正后重新报送。' });
  const conversation = await supervisor.follow(asked);
  expect(conversation.body).toContain('请更正后重新报送。');
  const correction = idOf(conversation, /corrections\/(\d+)\/messages/);
  const anonymous = await supervisor.post(`${ROOM}/corrections/${correction}/messages`, {
    side: 'unit',
    text: '已更正。',
  });
  expect(anonymous.status).toBe(422);
  expect(anonymous.body).toContain('已更正。');
  const answered = await supervisor.post(`${ROOM}/corrections/${correction}/messages`, {
    side: 'unit',
    byName: '李科长',
    text: '已更正，请查收。',
  });
  expect((await supervisor.follow(answered)).body).toContain('已答复，待复核');
  const silent = await supervisor.post(`${ROOM}/corrections/${correction}/closing`, { reason: '' });
  expect(silent.status).toBe(422);
  expect(silent.body).toContain('办结须写明理由');
  const closed = await supervisor.post(`${ROOM}/corrections/${correction}/closing`, {
    reason: '单位说明属笔误，下年更正。',
  });
  expect((await supervisor.follow(closed)).body).toContain('已办结');
});

it('what came last year stands beside it, in numbers and in words', async () => {
  const report = await reportOf(supervisor, finance);
  const page = await supervisor.get(`${report}/last-year`);
  expect(page.body).toContain('数字的变动');
  expect(page.body).toMatch(/与上年相同的文字占 \d+%/);
  expect(page.body).toContain('class="copied-passage"');
  const alone = await supervisor.get(`${await reportOf(supervisor, education)}/last-year`);
  expect(alone.body).toContain('没有2021年度的报告');
  const above = await supervisor.get(`${await reportOf(supervisor, '澄砚市人民政府')}/children`);
  expect(above.body).toContain('本级的报告还没有读出来');
});

it('a report, a year and a file are looked at again, and what was judged stays', async () => {
  const report = await reportOf(supervisor, finance);
  const judged = await rows('SELECT key FROM filed_verdicts ORDER BY key');
  await supervisor.get(`${report}/versions`);
  expect((await supervisor.follow(await supervisor.post(`${report}/check`))).body).toContain('已重新核查');
  const again = await supervisor.post(`${report}/reading`);
  expect((await supervisor.follow(again)).body).toContain('已排队重新读取');
  const year = await supervisor.post(`${ROOM}/checks`, { year: '2022' });
  expect((await supervisor.follow(year)).body).toMatch(/2022年度 \d+ 份报告已排队重新核查/);
  await supervisor.post(`${ROOM}/readings`);
  await app.jobs.drain(app);
  expect(await rows('SELECT key FROM filed_verdicts ORDER BY key')).toEqual(judged);
  expect((await supervisor.get(report)).body).toContain('属实');
});

it('the original is saved and never shown under this address', async () => {
  const report = await reportOf(supervisor, finance);
  const page = await supervisor.get(report);
  const file = idOf(page, /files\/(\d+)\/content/);
  const original = await supervisor.get(`${ROOM}/files/${file}/content`);
  expect(original.headers['content-type']).toBe('application/octet-stream');
  expect(String(original.headers['content-disposition'])).toMatch(/^attachment/);
  expect((await supervisor.get(`${ROOM}/files/999999/content`)).status).toBe(404);
});

it('one report is looked at and nothing of it is kept', async () => {
  const before = await rows('SELECT FROM filed_files');
  await supervisor.get(`${ROOM}/check`);
  const checked = await supervisor.upload(`${ROOM}/check`, {
    ...(await fileOf(finance, 2022)),
    field: 'file',
  });
  expect(checked.status).toBe(200);
  expect(checked.body).toContain('没有保存');
  expect(checked.body).toMatch(/read-wrong read-opened/);
  expect(await rows('SELECT FROM filed_files')).toHaveLength(before.length);
  const nothing = await supervisor.upload(`${ROOM}/check`, []);
  expect(nothing.body).toContain('请选择要检查的报告');
  const refused = await supervisor.upload(`${ROOM}/check`, { name: '照片.png', content: picture });
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(refused.body).toContain('class="field-error"');
});

it('a year before the Regulation, or none at all, falls back to the usual one', async () => {
  for (const year of ['2000', '20xx', '9999'])
    for (const page of ['', '/findings', '/units', '/corrections'])
      expect((await supervisor.get(`${ROOM}${page}?year=${year}`)).status, `${page} ${year}`).toBe(200);
  expect((await supervisor.get(`${ROOM}?year=2009`)).body).toContain('2009年度报告核查');
});

it('addresses that name nothing answer not found', async () => {
  for (const path of [
    '/units/999999',
    '/units/999999/2022',
    '/units/1/1999',
    '/units/abc/2022',
    '/batches/999999',
    '/apart/999999',
  ])
    expect((await supervisor.get(ROOM + path)).status, path).toBe(404);
});

it('another office sees nothing of it, and its own room is empty', async () => {
  const agencyId = await createAgency(system, {
    code: 'linju',
    name: '邻居市政务公开办',
    shortName: '邻居办',
  });
  const there = { ...system, agencyId };
  const unitId = await addUnit(there, { code: 'BGS', name: '办公室' });
  const roles = [{ role: 'supervisor' as const, from: '2018-01-01' }];
  const staff = await addStaff(there, {
    unitId,
    name: '邻居',
    username: 'linju',
    phone: '13888001234',
    roles,
  });
  await setFirstPassword(there, staff, { password: 'autumn-River-27', mustChange: false });
  const neighbour = stranger();
  await neighbour.get('/workbench/sign-in');
  await neighbour.post('/workbench/sign-in', { username: 'linju', password: 'autumn-River-27' });
  expect((await neighbour.get(ROOM)).body).toContain('导入单位名单');
  const report = await reportOf(supervisor, finance);
  const file = idOf(await supervisor.get(report), /files\/(\d+)\/content/);
  for (const path of [
    report,
    `${report}/last-year`,
    `${report}/children`,
    `${report}/corrections`,
    `${report}/versions`,
    report.replace(/\/2022$/, ''),
    batch,
    `${batch}/progress`,
    `${ROOM}/apart/${file}`,
    `${ROOM}/files/${file}/content`,
  ])
    expect((await neighbour.get(path)).status, path).toBe(404);
  await neighbour.get(`${ROOM}/upload`);
  for (const path of [
    `${report}/judgements`,
    `${report}/corrections`,
    `${report}/check`,
    `${report}/reading`,
  ])
    expect((await neighbour.post(path, { text: '改', judgement: 'confirmed' })).status, path).toBe(404);
});

it('a correction past its date is red, says so, and stands on the first page', async () => {
  const report = await reportOf(supervisor, finance);
  await supervisor.get(`${report}/corrections`);
  const asked = await supervisor.post(`${report}/corrections`, { text: '请更正。' });
  expect((await supervisor.follow(asked)).body).toContain('2023年2月20日前');
  clock = clockAt('2023-03-06');
  const later = await signedIn('supervisor');
  const page = await later.get(`${report}/corrections`);
  expect(page.body).toMatch(/light-red">.*已逾期（2023年2月20日到期）/);
  expect((await later.get(report)).body).toContain('更正已逾期，应于2023年2月20日前完成');
  const matrix = await later.get(`${ROOM}?year=2022&state=overdue`);
  expect(matrix.body).toMatch(/light-red">.*逾期（2月20日）/);
  expect(matrix.body).not.toContain(education);
  const home = await later.get('/workbench');
  expect(home.body).toContain(`${finance} 2022年度报告的更正`);
  expect(home.body).toContain('单位没有在期限内更正');
  expect((await later.get(`${ROOM}/corrections?state=overdue`)).body).toContain(finance);
});
