import { describe, expect, it } from 'vitest';
import { openDesk } from '../support/desk.ts';
import { reportYear } from '../support/reported-year.ts';

const { app, system, signedIn, stranger } = await openDesk();
const officer = await signedIn('disclosure-officer');
const colleague = await signedIn('disclosure-officer');
const head = await signedIn('unit-head');
const secrecy = await signedIn('secrecy-reviewer');
const leader = await signedIn('leader');
const visitor = stranger();
const report = '/workbench/reports/2018';

/** 行政复议 5 件，分项只有 3 件: an error of rule S5 that the office may explain. */
const year = {
  '1.1': 100,
  '1.2.2': 100,
  '2.2.1': 4,
  '4': 5,
  '4.1': 3,
};

const cell = (code: string) => `${report}/cells/statistics/${code}/value`;

describe('a report from opening to publication', () => {
  it('is opened once by the disclosure officer, and by nobody else', async () => {
    expect((await leader.post('/workbench/reports', { year: '2018' })).status).toBe(403);
    const unknown = await officer.post('/workbench/reports', { year: '2013' });
    expect(unknown.status).toBe(422);
    expect(unknown.body).toContain('请选择一个可以编制的报告年度。');
    expect(await officer.post('/workbench/reports', { year: '2018' })).toMatchObject({
      status: 303,
      location: report,
    });
    expect((await officer.post('/workbench/reports', { year: '2018' })).status).toBe(303);
    expect((await officer.get('/workbench/reports')).body).toContain('2018年度');
  });

  it('says that it is not compiled yet, and cannot be checked before', async () => {
    const page = await officer.get(report);
    expect(page.body).toContain('尚未汇编');
    const refused = await officer.post(`${report}/check`);
    expect(refused.status).toBe(409);
    expect(refused.body).toContain('尚未汇编数据，请先汇编。');
  });

  it('of a year without records is blank all over and says what to do', async () => {
    await officer.post(`${report}/compile`);
    const { body } = await officer.get(report);
    expect(body).toContain('2018年没有任何记录和填报');
    expect(body).toContain('空白不等于 0');
    expect(body.match(/class="cell cell-none"/g)).toHaveLength(58);
    expect((await officer.get(cell('1.1'))).body).toContain('全年没有记录，也没有部门填报。');
  });

  it('counts the accepted returns and leads from each cell to them', async () => {
    await reportYear(system, app.figures, 2018, year);
    const compiled = await officer.follow(await officer.post(`${report}/compile`));
    expect(compiled.body).toContain('第 2 次汇编完成');
    expect(compiled.body).toContain(`${Object.keys(year).length} 格变动`);
    expect(compiled.body).toContain('导入历史填报');
    const evidence = await officer.get(cell('2.2.1'));
    expect(evidence.body).toContain('参加或举办新闻发布会总次数');
    expect(evidence.body).toContain('办公室');
    expect((await officer.get(`${report}/cells/statistics/9.9/value`)).status).toBe(404);
    expect((await officer.get(`${report}/cells/statistics/1.1/constructor`)).status).toBe(404);
  });

  it('compiled again without new records is the same to the last byte', async () => {
    await officer.post(`${report}/compile`);
    const digests = await app.connection.db
      .selectFrom('report_compiles')
      .select(['number', 'digest'])
      .orderBy('number')
      .execute();
    expect(digests).toHaveLength(3);
    expect(digests[2]?.digest).toBe(digests[1]?.digest);
    expect(digests[1]?.digest).not.toBe(digests[0]?.digest);
    expect((await officer.get(`${report}/changes`)).body).toContain('第 3 次汇编与第 2 次完全一致');
  });

  it('shows numbers in the text that contradict the table, and figures that cannot', async () => {
    const chapter = `${report}/chapters/proactive`;
    await officer.get(chapter);
    const source = '全年举行新闻发布会6场，公开信息{{1.1}}条，发稿200余篇。';
    await officer.post(chapter, { source, fromRevision: '0', base: '' });
    const page = await officer.get(chapter);
    expect(page.body).toContain('正文“新闻发布会6场”与统计表');
    expect(page.body).toContain('约数');
    const mended = source.replace('6场', '{{2.2.1}}场');
    const checked = await officer.post(`${chapter}/check`, { source: mended });
    expect(checked.body).not.toContain('文字需要核实');
    expect(checked.body).toMatch(/随统计表 2\.2\.1 自动更新[^>]*>4</);
    await officer.post(chapter, { source: mended, fromRevision: '1', base: source });
    expect((await officer.get(chapter)).body).not.toContain('文字需要核实');
  });

  it('is not checked off while an error is neither mended nor explained', async () => {
    const refused = await officer.post(`${report}/check`);
    expect(refused.status).toBe(409);
    expect(refused.body).toContain('还有 1 处勾稽错误没有改正或说明');
    const { body } = await officer.get(`${report}/findings`);
    expect(body).toContain('S5');
    const finding = /name="finding" value="([^"]+)"/.exec(body)?.[1] ?? '';
    const short = await officer.post(`${report}/explanations`, { finding, explanation: '无' });
    expect(short.status).toBe(422);
    expect(short.body).toContain('请用 2 至 1000 个字说明原因。');
    const invented = await officer.post(`${report}/explanations`, {
      finding: 'S5|x',
      explanation: '没有这一条',
    });
    expect(invented.status).toBe(404);
    await officer.post(`${report}/explanations`, { finding, explanation: '两件复议未登记结果。' });
    const checked = await officer.follow(await officer.post(`${report}/check`));
    expect(checked.body).toContain('已核对通过，等待内容审核和保密审查。');
  });

  it('is reviewed twice, by people who wrote nothing of it', async () => {
    const own = await officer.post(`${report}/reviews`, { kind: 'content', result: 'pass' });
    expect(own.status).toBe(409);
    expect(own.body).toContain('您参与了本版报告的编制');
    expect((await head.post(`${report}/reviews`, { kind: 'secrecy', result: 'pass' })).status).toBe(403);
    const silent = await head.post(`${report}/reviews`, { kind: 'content', result: 'fail', comment: ' ' });
    expect(silent.status).toBe(422);
    expect(silent.body).toContain('不通过时请写明原因和修改要求。');
    expect((await leader.get(`${report}/signature`)).body).toContain('现在不能签发');
    await head.post(`${report}/reviews`, { kind: 'content', result: 'pass' });
    expect((await leader.post(`${report}/signature`)).status).toBe(409);
    await secrecy.post(`${report}/reviews`, { kind: 'secrecy', result: 'pass' });
    expect((await leader.get(report)).body).toContain('已审核');
  });

  it('goes back to its authors when its text changes after the reviews', async () => {
    const chapter = `${report}/chapters/overview`;
    expect((await officer.get(chapter)).body).toContain('已有的审核结果随之失效');
    await officer.post(chapter, { source: '总体情况良好。', fromRevision: '0', base: '' });
    expect((await officer.get(report)).body).toContain('编制中');
    expect((await leader.post(`${report}/signature`)).status).toBe(409);
    expect((await officer.get(`${report}/reviews`)).body).toContain('审核后内容有改动，已失效');
    await officer.post(`${report}/check`);
    await head.post(`${report}/reviews`, { kind: 'content', result: 'pass' });
    await secrecy.post(`${report}/reviews`, { kind: 'secrecy', result: 'pass' });
  });

  it('is not signed when the records have changed since it was compiled', async () => {
    await reportYear(system, app.figures, 2018, { '1.2.4': 2 }, { source: 'late' });
    const stale = await leader.post(`${report}/signature`);
    expect(stale.status).toBe(409);
    expect(stale.body).toContain('第 3 次汇编之后，台账或填报又有变动（涉及 1 格）');
    await officer.post(`${report}/compile`);
    await officer.post(`${report}/check`);
    await head.post(`${report}/reviews`, { kind: 'content', result: 'pass' });
    await secrecy.post(`${report}/reviews`, { kind: 'secrecy', result: 'pass' });
  });

  it('is signed by the leader, then published, and only then public', async () => {
    expect((await officer.post(`${report}/signature`)).status).toBe(403);
    expect((await leader.get(`${report}/signature`)).body).toContain('即被冻结并生成 SM3 摘要');
    expect((await leader.follow(await leader.post(`${report}/signature`))).body).toContain('第 1 版已签发');
    expect((await visitor.get('/reports/2018')).status).toBe(404);
    expect((await officer.get(`${report}/chapters/overview`)).status).toBe(409);
    await officer.get(`${report}/publication`);
    await officer.post(`${report}/publication`);
    const page = await visitor.get('/reports/2018');
    expect(page.status).toBe(200);
    expect(page.body).toContain('总体情况良好。');
    expect(page.body).toContain('两件复议未登记结果。');
    expect((await visitor.get('/reports')).body).toContain('href="/reports/2018"');
  });

  it('can be downloaded in every form', async () => {
    for (const [kind, begins] of Object.entries({
      pdf: '%PDF-',
      docx: 'PK',
      xlsx: 'PK',
      csv: '\uFEFF',
      json: '{',
      html: '<!doctype html>',
    })) {
      const file = await visitor.get(`/reports/2018.${kind}`);
      expect(file.status, kind).toBe(200);
      expect(file.body.startsWith(begins), kind).toBe(true);
    }
    expect((await visitor.get('/reports/2018.exe')).status).toBe(404);
  });
});

describe('a correction', () => {
  it('needs a reason, keeps the old version public, and shows what it changed', async () => {
    const bare = await officer.post(`${report}/correction`, { reason: '错' });
    expect(bare.status).toBe(422);
    expect(bare.body).toContain('请用 5 至 1000 个字写明更正原因');
    await officer.post(`${report}/correction`, { reason: '补报行政复议的结果。' });
    await reportYear(system, app.figures, 2018, { '4.3': 2 }, { source: 'correction' });
    await colleague.get(report);
    await colleague.post(`${report}/compile`);
    expect((await colleague.get(`${report}/findings`)).body).not.toContain('必须改正或说明');
    await colleague.post(`${report}/chapters/overview`, {
      source: '总体情况更好。',
      fromRevision: '1',
      base: '',
    });
    await colleague.post(`${report}/check`);
    await head.post(`${report}/reviews`, { kind: 'content', result: 'pass' });
    await secrecy.post(`${report}/reviews`, { kind: 'secrecy', result: 'pass' });
    await leader.post(`${report}/signature`);
    expect((await visitor.get('/reports/2018')).body).toContain('总体情况良好。');
    await officer.post(`${report}/publication`);
  });

  it('is what the public sees, with the reason and the difference', async () => {
    const latest = await visitor.get('/reports/2018');
    expect(latest.body).toContain('总体情况更好。');
    expect(latest.body).toContain('更正原因：补报行政复议的结果。');
    const second = await visitor.get('/reports/2018/versions/2');
    expect(second.body).toContain('与第 1 版的差异');
    expect(second.body).toMatch(/<del>良好<\/del>\s*<ins>更好<\/ins>|<del>良<\/del>/);
    const desk = await officer.get(`${report}/versions/2`);
    expect(desk.body).toContain('(三)其他情形数');
    expect(desk.body).toContain('补报行政复议的结果。');
  });

  it('leaves the first version readable, with the evidence frozen with it', async () => {
    const first = await visitor.get('/reports/2018/versions/1');
    expect(first.body).toContain('这不是最新版本');
    expect(first.body).toContain('总体情况良好。');
    const letters = '/figures/4.3/value';
    expect((await visitor.get(`/reports/2018/versions/1${letters}`)).body).toContain('空白不等于 0');
    expect((await visitor.get(`/reports/2018${letters}`)).body).toContain('2018年12月31日');
    expect((await visitor.get('/reports/2018/versions/3')).status).toBe(404);
    expect((await visitor.get('/reports/2018/versions/1.json')).status).toBe(200);
  });

  it('makes files that carry its own numbers', async () => {
    const letters = async (address: string) => {
      const file = JSON.parse((await visitor.get(address)).body) as {
        rows: { code: string; value: number | null }[];
      };
      return file.rows.find(({ code }) => code === '4.3')?.value;
    };
    expect(await letters('/reports/2018.json')).toBe(2);
    expect(await letters('/reports/2018/versions/1.json')).toBeNull();
  });
});
