import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { addUnit } from '../../src/areas/organisations/index.ts';
import { addEntry, type Given, type RegisterKey, registers } from '../../src/areas/registers/index.ts';
import { runCli } from '../../src/bin/cli.ts';
import { readSheet, writeXlsx } from '../../src/core/spreadsheet/index.ts';
import { openDesk } from '../support/desk.ts';
import type { Page, Visitor } from '../support/visitor.ts';

const { server, system, pool, url, folder, agencyId, signedIn } = await openDesk();
await addUnit(system, { code: 'CZJ', name: '财政局' });
const officer = await signedIn('disclosure-officer');
const list = '/workbench/registers';

const words = ({ body }: Page): string =>
  body
    .replace(/^[\s\S]*<main[^>]*>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
const held = (day: string, title: string, more: Given = {}) => ({
  heldOn: day,
  kind: '工作会议',
  title,
  ...more,
});
const register = (key: RegisterKey, given: Given) => addEntry(system, registers[key], given);
/** Fields of the form on a page, as a browser would send them back unchanged. */
const hidden = (page: Page, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? '';
const count = async (table: string) =>
  Number((await pool.query(`SELECT count(*) AS n FROM ${table} WHERE voided_on IS NULL`)).rows[0].n);

async function saved(visitor: Visitor, url: string, fields: Record<string, string>): Promise<Page> {
  const answer = await visitor.post(url, fields);
  expect(answer.status, words(answer)).toBe(303);
  return visitor.follow(answer);
}

describe('from an empty register to a figure', () => {
  it('registers a training from a pasted list, corrects it, voids it and restores it', async () => {
    expect(words(await officer.get(`${list}/trainings`))).toContain('还没有登记过培训班');
    const form = await officer.get(`${list}/trainings/new`);
    expect(form.status).toBe(200);

    const wrong = await officer.post(`${list}/trainings`, {
      title: '训',
      attendance: '张三\t办公室\n张三\t办公室',
    });
    expect(wrong.status).toBe(422);
    expect(words(wrong)).toContain('请填写培训日期');
    expect(words(wrong)).toContain('名单第 2 行与第 1 行相同');
    expect(wrong.body).toContain('value="训"');

    const entry = await saved(officer, `${list}/trainings`, {
      heldOn: '2018-04-12',
      title: '信息发布员培训',
      unit: 'BGS',
      attendance: '姓名\t部门\n张三\t办公室\n李四\t财政局',
    });
    expect(words(entry)).toContain('已登记“信息发布员培训”');
    expect(words(entry)).toContain('2018年“接受培训人员数”计 2 人次');
    const address = /\/trainings\/\d+/.exec(entry.body)?.[0] ?? '';

    const edit = await officer.get(`${list}${address}/edit`);
    const after = await saved(officer, `${list}${address}`, {
      revision: hidden(edit, 'revision'),
      heldOn: '2018-04-13',
      title: '信息发布员培训',
      unit: 'CZJ',
      attendance: '张三 办公室\n李四 财政局\n王五 财政局',
    });
    expect(words(after)).toContain('责任部门：办公室 → 财政局');
    expect(words(after)).toContain('培训日期：2018年4月12日 → 2018年4月13日');

    expect(words(await officer.get(`${list}?year=2018`))).toMatch(/9\.3 接受培训人员数 3 人次/);
    expect(words(await officer.get(`${list}${address}/voiding`))).toContain(
      '2018年“接受培训人员数”减少 3 人次',
    );
    const unreasoned = await officer.post(`${list}${address}/voiding`, { reason: '' });
    expect([unreasoned.status, words(unreasoned)]).toEqual([422, expect.stringContaining('写明撤销原因')]);
    const voided = await saved(officer, `${list}${address}/voiding`, { reason: '重复登记' });
    expect(words(voided)).toContain('原因：重复登记');
    expect(words(await officer.get(`${list}?year=2018`))).toMatch(/9\.3 接受培训人员数 空白/);
    expect(words(await officer.get(`${list}/trainings?state=voided`))).toContain('信息发布员培训');

    expect(words(await officer.get(`${list}${address}/restoration`))).toContain('增加 3 人次');
    await saved(officer, `${list}${address}/restoration`, {});
    expect(words(await officer.get(`${list}?year=2018`))).toMatch(/9\.3 接受培训人员数 3 人次/);
  });

  it('keeps what was typed when someone else was faster', async () => {
    const id = await register('meetings', held('2018-06-01', '两人同改的会议'));
    const address = `${list}/meetings/${id}`;
    const colleague = await signedIn('disclosure-officer');
    const [mine, theirs] = [await officer.get(`${address}/edit`), await colleague.get(`${address}/edit`)];
    const change = (page: Page, place: string) => ({
      revision: hidden(page, 'revision'),
      ...held('2018-06-01', '两人同改的会议'),
      place,
    });
    await saved(colleague, address, change(theirs, '二楼'));
    const conflict = await officer.post(address, change(mine, '三楼'));
    expect(conflict.status).toBe(409);
    expect(words(conflict)).toMatch(/地点 二楼 三楼/);
    expect(conflict.body).toContain('value="三楼"');
    expect(words(await saved(officer, address, change(conflict, '三楼')))).toContain('地点：二楼 → 三楼');
  });

  it('refuses the same entry twice and says what to do', async () => {
    await register('offices', { name: '公开办', kind: '专门机构', openedOn: '2009-06-01' });
    const twice = await officer.post(`${list}/offices`, {
      name: '公开办',
      kind: '专门机构',
      openedOn: '2009-06-01',
    });
    expect([twice.status, words(twice)]).toEqual([
      422,
      expect.stringContaining('已有内容完全相同的机构登记'),
    ]);
  });

  it('says that a signed report does not change', async () => {
    const id = await register('budgets', {
      approvedOn: '2016-02-01',
      kind: '政府信息公开专项经费',
      amount: '30000',
      purpose: '旧年经费',
    });
    const { rows } = await pool.query(
      "INSERT INTO reports (agency_id, year, format, status) VALUES ($1, 2016, '2014', 'signed') RETURNING id",
      [agencyId],
    );
    expect(rows).toHaveLength(1);
    expect(words(await officer.get(`${list}/budgets/new`))).toContain('2016年年度报告已经签发');
    expect(words(await officer.get(`${list}/budgets/${id}/voiding`))).toContain('已签发的报告不会随之改变');
    const edit = await officer.get(`${list}/budgets/${id}/edit`);
    const told = await saved(officer, `${list}/budgets/${id}`, {
      revision: hidden(edit, 'revision'),
      approvedOn: '2017-02-01',
      kind: '政府信息公开专项经费',
      amount: '30000.00',
      purpose: '旧年经费',
    });
    expect(words(told)).toContain('2016年年度报告已签发，不会随之改变');
    expect(words(await officer.get(`${list}/meetings/new`))).toContain('已经签发');
  });
});

describe('lists', () => {
  it('shows who was in post on a date, and pages without offset', async () => {
    await register('staff', { name: '离任的人', kind: '专职', fromOn: '2016-01-01', toOn: '2018-06-30' });
    await register('staff', { name: '在岗的人', kind: '兼职', fromOn: '2016-01-01' });
    await register('staff', { name: '发布的人', kind: '信息发布员', fromOn: '2016-01-01' });
    const on = async (query: string) => words(await officer.get(`${list}/staff?${query}`));
    expect(await on('on=2018-06-30')).toMatch(/2018年6月30日在册.*离任的人/);
    expect(await on('on=2018-12-31')).not.toContain('离任的人');
    expect(await on('on=2018-12-31&kind=counted')).toContain('共 1 条');
    expect(await on('year=2018')).toContain('离任的人');
    expect((await officer.get(`${list}/staff?on=2018-02-30`)).status).toBe(422);
    expect(await on('text=%E7%A6%BB%E4%BB%BB')).toContain('共 1 条');

    for (let day = 1; day <= 28; day++)
      for (const half of ['上午', '下午'])
        await register('meetings', held(`2017-02-${String(day).padStart(2, '0')}`, `${half}的会议${day}`));
    const first = await officer.get(`${list}/meetings?year=2017`);
    expect(words(first)).toContain('共 56 条');
    const next = /href="([^"]*after=[^"]*)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await officer.get(next);
    expect(words(second)).toContain('会议1');
    const back = /href="([^"]*before=[^"]*)"/.exec(second.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(words(await officer.get(back))).toBe(words(first));
  });

  it('totals the filtered amounts in 元 and 万元', async () => {
    await register('budgets', {
      approvedOn: '2015-02-01',
      kind: '政府信息公开专项经费',
      amount: '50000.01',
      purpose: '培训',
    });
    await register('budgets', {
      approvedOn: '2015-03-01',
      kind: '政府网站建设维护',
      amount: '1000',
      purpose: '网站',
    });
    expect(words(await officer.get(`${list}/budgets?year=2015`))).toContain(
      '合计 51,000.01 元（5.100001 万元）',
    );
  });

  test.each([
    ['xlsx', '2014'],
    ['csv', '2013'],
  ])('what was exported as %s is known again on import', async (kind, year) => {
    const people = { attendance: '甲 办公室\n乙 财政局', unit: 'BGS' };
    await register('trainings', { heldOn: `${year}-05-05`, title: '=公式开头的培训', ...people });
    const content = await download(`${list}/trainings/export.${kind}?year=${year}`);
    const preview = await officer.upload(`${list}/trainings/import`, { name: `培训.${kind}`, content });
    expect(words(preview)).toContain('0 行 可以登记 1 行 已有，不变 0 行 不合格');
  });

  test.each(Object.keys(registers) as RegisterKey[])(
    'the template of %s carries its headings and is no data',
    async (key) => {
      const sheet = await readSheet({
        name: '模板.xlsx',
        bytes: await download(`${list}/${key}/template.xlsx`),
      });
      expect(sheet.rows).toEqual([registers[key].fields.map(({ label }) => label)]);
      const empty = await officer.upload(`${list}/${key}/import`, {
        name: '模板.xlsx',
        content: await download(`${list}/${key}/template.xlsx`),
      });
      expect([empty.status, words(empty)]).toEqual([422, expect.stringContaining('表头下面没有内容')]);
    },
  );
});

describe('import', () => {
  const upload = (name: string, content: string | Uint8Array, key = 'meetings') =>
    officer.upload(`${list}/${key}/import`, { name, content });

  it('previews a workbook with real dates, full-width digits and a title above, and imports it once', async () => {
    await officer.get(`${list}/meetings/import`);
    const before = await count('register_meetings');
    const content = await writeXlsx([
      {
        name: '会议',
        heading: ['2013年会议情况'],
        columns: [
          { label: '序号' },
          { label: '会议名称' },
          { label: '召开日期', kind: 'date' },
          { label: '会议类型' },
          { label: '参会人数' },
          { label: '责任部门' },
        ],
        rows: [
          ['1', '年初会议', '2013-03-05', '工作会议', '４６', '财政局'],
          ['2', '年末会议', '2013-12-05', '专题会议', '', 'BGS'],
        ],
      },
    ]);
    const preview = await upload('会议.xlsx', content);
    expect(preview.status, words(preview)).toBe(200);
    expect(words(preview)).toContain('没有读的栏目 序号');
    expect(words(preview)).toMatch(/2013-03-05 工作会议 年初会议 财政局 46/);
    expect(await count('register_meetings')).toBe(before);
    const waiting = hidden(preview, 'waiting');
    const done = await saved(officer, `${list}/meetings/import/confirmation`, { waiting });
    expect(words(done)).toContain('已从表格登记 2 条');
    expect(await count('register_meetings')).toBe(before + 2);
    const again = await officer.post(`${list}/meetings/import/confirmation`, { waiting });
    expect([again.status, again.body.includes('已经导入过')]).toEqual([409, true]);
    expect(words(await upload('会议.xlsx', content))).toContain('文件中的内容都已登记');
  });

  it('names line, column and remedy of each faulty row and imports nothing', async () => {
    const before = await count('register_meetings');
    const answer = await upload(
      '会议.csv',
      '召开日期,会议类型,会议名称\n2013/13/1,茶话会,某会议\n2013-05-06,工作会议,另一会议\n',
    );
    expect(answer.status).toBe(422);
    expect(words(answer)).toMatch(/2 召开日期 召开日期应为实际存在的日期/);
    expect(words(answer)).toContain('会议类型应为：工作会议');
    expect(answer.body).not.toContain('name="waiting"');
    expect(await count('register_meetings')).toBe(before);
  });

  test.each<[string, string | Uint8Array, string]>([
    [
      '培训.csv',
      '培训日期,培训班名称,接受培训人次\n2018-01-01,培训,5\n',
      '这是“培训台账”的表格，不是“会议台账”的',
    ],
    ['别的.csv', '姓名,手机\n张三,1\n', '没有找到“会议台账”的表头，缺少：召开日期、会议类型、会议名称'],
    ['两列.csv', '召开日期,会议类型,会议名称,会议名称\n2018-01-01,工作会议,甲会议,乙会议\n', '出现了两次'],
    ['空.csv', '', '空'],
    ['网页.xlsx', '<html><body>表格</body></html>', '网页'],
    [
      '撤销.csv',
      '召开日期,会议类型,会议名称,登记撤销日期\n2018-01-01,工作会议,甲会议,2018-02-01\n',
      '已撤销的登记不能导入',
    ],
  ])('refuses %s whole', async (name, content, message) => {
    await officer.get(`${list}/meetings/import`);
    const before = await count('register_meetings');
    const answer = await upload(name, content);
    expect(answer.status).toBe(422);
    expect(words(answer)).toContain(message);
    expect(await count('register_meetings')).toBe(before);
  });

  it('asks for a file when none was chosen', async () => {
    await officer.get(`${list}/meetings/import`);
    const answer = await officer.upload(`${list}/meetings/import`, { name: '', content: '' });
    expect([answer.status, words(answer)]).toEqual([422, expect.stringContaining('请选择要导入的文件')]);
  });
});

describe('who may', () => {
  it('readers read, and cannot write', async () => {
    const reader = await signedIn('leader');
    const id = await register('meetings', held('2012-01-05', '领导看的会议'));
    const page = await reader.get(`${list}/meetings/${id}`);
    expect(page.status).toBe(200);
    expect(page.body).not.toContain('/voiding');
    expect((await reader.get(`${list}/meetings`)).body).not.toContain('/meetings/new');
    for (const path of [
      '/meetings/new',
      '/meetings/import',
      `/meetings/${id}/edit`,
      `/meetings/${id}/voiding`,
    ])
      expect((await reader.get(list + path)).status, path).toBe(403);
    expect((await reader.post(`${list}/meetings/${id}/voiding`, { reason: '不该撤销' })).status).toBe(403);
    expect((await (await signedIn('secrecy-reviewer')).get(list)).status).toBe(403);
  });

  it('answers plainly for what does not exist', async () => {
    for (const path of ['/parties', '/meetings/999999', '/meetings/abc', '/meetings/0/edit', '/constructor'])
      expect((await officer.get(list + path)).status, path).toBe(404);
  });

  test.each([
    ['/meetings?after=2018-99-99,1', 200],
    ['/meetings?before=x', 200],
    ['/meetings?text=%01%25_%EF%BB%BF&kind=nothing', 200],
    ['/meetings?unit=nobody', 422],
    ['/meetings?year=20x8', 422],
    ['/staff/export.csv?on=2018-02-30', 422],
  ])('takes %s for what it is', async (path, status) => {
    expect((await officer.get(list + path)).status).toBe(status);
  });

  it('is found by the search of the workbench', async () => {
    await register('reading-places', {
      name: '滇池路查阅点',
      kind: '其他',
      address: '滇池路 1 号',
      openedOn: '2011-01-01',
    });
    expect(words(await officer.get(`/workbench/search?q=${encodeURIComponent('滇池路')}`))).toContain(
      '滇池路查阅点',
    );
  });
});

describe('gongkai import registers/…', () => {
  async function command(...args: string[]) {
    let [out, err] = ['', ''];
    const code = await runCli(['import', ...args], {
      stdout: (text) => {
        out += text;
      },
      stderr: (text) => {
        err += text;
      },
      isTerminal: false,
      env: { GONGKAI_ENV: 'test', GONGKAI_SECRET: 's'.repeat(48), GONGKAI_VAR: folder, DATABASE_URL: url },
    });
    return { code, out, err };
  }

  it('takes field names or headings, lists of people, and the same file twice without effect', async () => {
    const file = join(folder, '培训.jsonl');
    const people = [
      { name: '甲', unit: '办公室' },
      { name: '乙', unit: '财政局' },
    ];
    const lines = [
      { heldOn: '2010-04-12', title: '历史培训', attendance: people, unit: 'BGS' },
      { 培训日期: '2010-05-12', 培训班名称: '历史培训二', 接受培训人次: 30 },
    ];
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
    const first = await command('registers/trainings', file, '--json');
    expect([first.code, first.err]).toEqual([0, '']);
    expect(JSON.parse(first.out)).toEqual({ read: 2, imported: 2, unchanged: 0, rejected: [] });
    const second = await command('registers/trainings', file, '--json');
    expect(JSON.parse(second.out)).toMatchObject({ imported: 0, unchanged: 2 });
    expect(words(await officer.get(`${list}/trainings?year=2010`))).toContain('合计 32 人次');
  });

  it('names file, line and field of what is wrong, and writes nothing', async () => {
    const file = join(folder, '会议.csv');
    writeFileSync(file, '召开日期,会议类型,会议名称\n2010-01-05,茶话会,坏会议\n2010-01-06,工作会议,好会议\n');
    const { code, err } = await command('registers/meetings', file);
    expect(code).toBe(2);
    expect(err).toContain('第 2 行 会议类型：会议类型应为');
    expect(words(await officer.get(`${list}/meetings?year=2010`))).toContain('没有符合条件的登记');
  });
});

async function download(url: string): Promise<Buffer> {
  const cookie = `gongkai.session_token=${officer.cookie('gongkai.session_token')}`;
  const answer = await server.inject({ url, headers: { cookie } });
  expect(answer.statusCode).toBe(200);
  expect(String(answer.headers['content-disposition'])).toContain("filename*=UTF-8''");
  return answer.rawPayload;
}
