import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, test } from 'vitest';
import { withdrawItem } from '../../src/areas/catalogue/index.ts';
import { gazetteJobs } from '../../src/areas/gazette/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { openDesk } from '../support/desk.ts';
import { openPublicColumns } from '../support/public-columns.ts';
import type { Page, Visitor } from '../support/visitor.ts';
import { wordsOf } from '../support/words.ts';

const desk = await openDesk({}, clockAt('2018-06-01T10:30:00+08:00'));
const { app, server, signedIn } = desk;
const { as, columns, published, amended } = await openPublicColumns(desk);
const officer = await signedIn('disclosure-officer');
const leader = await signedIn('leader');
const publisher = await signedIn('publisher');
// Settings are an office's: their test has one of its own.
const settled = await openDesk({}, clockAt('2018-06-01T10:30:00+08:00'));

const GAZETTE = ['website', 'gazette'] as const;
const first = await published({
  title: '昆明高新区节约用水管理办法',
  documentNumber: '昆高发〔2018〕3号',
  channels: GAZETTE,
});
const second = await published({ title: '关于张某同志任职的通知', channels: GAZETTE });
const budget = await published({ title: '二〇一八年财政预算公告', columnId: columns.finance! });

const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });

/** Sends a form as its page shows it, and follows to where it leads. */
async function does(
  by: Visitor,
  at: string,
  path: string,
  fields: Record<string, string | string[]> = {},
): Promise<Page> {
  await by.get(at);
  return by.follow(await by.post(`${at}/${path}`, fields as Record<string, string>));
}

/** A part of the story, named where it fails. */
async function step(name: string, tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    if (error instanceof Error) error.message = `${name}: ${error.message}`;
    throw error;
  }
}

test('an issue of the gazette goes from the empty list to its correction, without script', async () => {
  let issue = '';

  await step('nothing is there yet, and the empty list says so', async () => {
    expect(wordsOf((await get('/gazette')).body)).toContain('还没有出版公报');
    expect((await get('/gazette/2018/1')).statusCode).toBe(404);
    expect(wordsOf((await officer.get('/workbench/gazette')).body)).toContain('还没有出版过公报');
  });
  await step('is begun, filled from what waits and from a search, and put in order', async () => {
    await officer.get('/workbench/gazette/new');
    const wrong = await officer.post('/workbench/gazette/new', { name: '' });
    expect([wrong.status, wrong.body.includes('id="field-name-error"')]).toEqual([422, true]);
    const begun = await officer.post('/workbench/gazette/new', { name: '2018年6月' });
    expect(begun.status).toBe(303);
    issue = begun.location!;
    const early = await officer.get(`${issue}/submission`);
    expect([early.status, early.location]).toEqual([303, issue]);
    expect(wordsOf((await officer.follow(early)).body)).toContain('这一期还没有编入任何文件。');
    const page = await officer.get(issue);
    expect(wordsOf(page.body)).toContain('待编文件（2 篇）');
    expect(wordsOf(page.body)).toContain('今天出版将编为2018年第1期（总第1号）');
    await does(officer, issue, 'entries', { items: String(first.id), section: '行政规范性文件' });
    await does(officer, issue, 'entries', { items: String(second.id), section: '人事任免' });
    const found = await officer.get(`${issue}?q=${encodeURIComponent('财政预算')}`);
    expect(wordsOf(found.body)).toContain('二〇一八年财政预算公告');
    const full = await does(officer, issue, 'entries', {
      items: String(budget.id),
      section: '人事任免',
      q: '财政预算',
    });
    expect(wordsOf(full.body)).toContain('人事任免（2 篇）');
    await does(officer, issue, `entries/${budget.id}`, { act: 'up' });
    const up = await does(officer, issue, `entries/${budget.id}`, { act: 'section', section: '统计数据' });
    expect(wordsOf(up.body)).toContain('统计数据（1 篇）');
    const none = await does(officer, issue, 'entries', { section: '人事任免' });
    expect(wordsOf(none.body)).toContain('请选择要编入的文件');
  });
  await step('is previewed as a draft', async () => {
    const preview = await officer.get(`${issue}/preview.pdf`);
    expect(preview.status).toBe(200);
    expect(preview.headers['content-type']).toBe('application/pdf');
  });
  await step('is submitted, sent back, submitted again and passed by somebody else', async () => {
    expect((await publisher.get(`${issue}/submission`)).status).toBe(409);
    await does(officer, issue, 'submission');
    const again = await officer.get(`${issue}/submission`);
    expect([again.status, again.location]).toEqual([303, issue]);
    expect(wordsOf((await officer.follow(again)).body)).toContain('这一期公报现在不能这样办理');
    expect(wordsOf((await leader.get('/workbench')).body)).toContain('公报：2018年6月');
    const wrong = await (async () => {
      await leader.get(issue);
      return leader.post(`${issue}/reviews`, { result: 'refused', opinion: '' });
    })();
    expect([wrong.status, wordsOf(wrong.body).includes('请写明要修改什么')]).toEqual([422, true]);
    await does(leader, issue, 'reviews', { result: 'refused', opinion: '请把预算公告移到前面' });
    expect(wordsOf((await officer.get(issue)).body)).toContain('请把预算公告移到前面');
    await does(officer, issue, 'submission');
    const own = await officer.post(`${issue}/reviews`, { result: 'passed', opinion: '' });
    expect(own.status).toBe(403);
    await does(leader, issue, 'reviews', { result: 'passed', opinion: '' });
    const waiting = await officer.get(`${issue}/publication`);
    expect(wordsOf(waiting.body)).toContain('2018年第1期（总第1号）');
  });
  await step('comes out, and is in every place where readers look', async () => {
    const before = (await get('/gazette')).headers.etag;
    expect(wordsOf((await does(officer, issue, 'publication')).body)).toContain('已出版');
    const list = await get('/gazette');
    expect(list.headers.etag).not.toBe(before);
    expect(list.body).toContain('href="/gazette/2018/1"');
    const page = await get('/gazette/2018/1');
    expect(wordsOf(page.body)).toContain('PDF 尚未排印好');
    expect(page.body).toContain('<meta name="ColumnType" content="政府公报"/>');
    expect(page.body).toContain('"@type":"PublicationIssue"');
    expect(page.body).toContain(`href="/items/${first.indexNumber}"`);
    expect((await get('/gazette/2018/1.pdf')).statusCode).toBe(404);
    expect((await get('/search?q=%E5%85%AC%E6%8A%A5')).body).toContain('/gazette/2018/1');
    expect((await get('/sitemap.xml')).body).toContain('/gazette/2018/1</loc>');
    expect((await get('/')).body).toContain('href="/gazette"');
    const post = await desk.pool.query(
      `SELECT state, address, posted_on FROM channel_posts WHERE channel = 'gazette' AND item_id = $1`,
      [first.id],
    );
    expect(post.rows).toEqual([{ state: 'published', address: '/gazette/2018/1', posted_on: '2018-06-01' }]);
  });
  await step('says on its page why it could not be typeset, and is typeset again on demand', async () => {
    const [job] = gazetteJobs;
    const gazettePrinting = {
      ...app.gazettePrinting,
      print: () => Promise.reject(new Error('字体文件缺失')),
    };
    const payload = { agencyId: desk.agencyId, issueId: Number(issue.split('/').at(-1)) };
    await expect(job!.run({ ...app, gazettePrinting }, payload)).rejects.toThrow('字体文件缺失');
    expect(wordsOf((await leader.get(issue)).body)).toContain('PDF 没有排印成功');
    expect((await leader.get(issue)).body).not.toContain(`${issue}/printing`);
    const told = await officer.get(issue);
    expect(wordsOf(told.body)).toContain('字体文件缺失');
    expect(told.body).toContain(`action="${issue}/printing`);
    expect(wordsOf((await officer.get('/workbench/gazette')).body)).toContain('没有排印成功');
    expect(wordsOf((await does(officer, issue, 'printing')).body)).toContain('已重新交付排印');
    expect(wordsOf((await officer.get(issue)).body)).toContain('正在排印');
    expect((await officer.post(`${issue}/printing`)).status).toBe(303);
  });
  await step('is printed once, with contents that lead to the right pages', async () => {
    await app.jobs.drain(app);
    const page = await get('/gazette/2018/1');
    expect(page.body).toContain('href="/gazette/2018/1.pdf"');
    const file = await get('/gazette/2018/1.pdf');
    expect([file.statusCode, file.headers['content-type'], file.headers['accept-ranges']]).toEqual([
      200,
      'application/pdf',
      'bytes',
    ]);
    const etag = String(file.headers.etag);
    expect((await get('/gazette/2018/1.pdf', { 'if-none-match': etag })).statusCode).toBe(304);
    const part = await get('/gazette/2018/1.pdf', { range: 'bytes=0-4' });
    expect([part.statusCode, part.body]).toEqual([206, '%PDF-']);
    expect((await get('/gazette/2018/1.pdf', { range: 'bytes=99999999-' })).statusCode).toBe(416);
    const pdf = await getDocument({ data: new Uint8Array(file.rawPayload), verbosity: 0 }).promise;
    const text = async (number: number) =>
      (await (await pdf.getPage(number)).getTextContent()).items
        .map((item) => ('str' in item ? item.str : ''))
        .join('')
        .replace(/\s/g, '');
    expect(await text(1)).toContain('昆明高新区管委会公报2018年第1期（总第1号）2018年6月1日');
    const printed = Number(
      /昆明高新区节约用水管理办法（昆高发〔2018〕3号）\.*(\d+)/.exec(await text(2))?.[1],
    );
    expect(await text(printed + 2)).toContain('昆明高新区节约用水管理办法');
    await app.jobs.drain(app);
    expect((await get('/gazette/2018/1.pdf')).headers.etag).toBe(etag);
  });
  await step(
    'tells beside its contents what became of a document, and is corrected by a notice',
    async () => {
      await amended(first.id, { title: '昆明高新区节约用水管理办法（修订）' }, '2018-06-01');
      await withdrawItem(as('disclosure-officer'), second.id, {
        reason: '内容有误，核实后重新公开。',
        ground: '《条例》第六条',
      });
      const wrong = await (async () => {
        await officer.get(issue);
        return officer.post(`${issue}/errata`, { notice: '错', item: '' });
      })();
      expect([wrong.status, wrong.body.includes('id="field-notice-error"')]).toEqual([422, true]);
      await does(officer, issue, 'errata', { notice: '第三条“五日”应为“十五日”。', item: String(first.id) });
      expect((await get('/gazette/2018/1')).body).not.toContain('第三条“五日”');
      const [, review = ''] = /href="([^"]+\/errata\/\d+)"/.exec((await leader.get('/workbench')).body) ?? [];
      expect((await leader.get(review)).body).toContain('第三条“五日”');
      const hasty = await leader.post(review, { result: 'refused', opinion: '' });
      expect([hasty.status, hasty.body.includes('id="field-opinion-error"')]).toEqual([422, true]);
      expect((await leader.post(review, { result: 'passed', opinion: '' })).status).toBe(303);
      const page = await get('/gazette/2018/1');
      const words = wordsOf(page.body);
      expect(words).toContain('第三条“五日”应为“十五日”。');
      expect(words).toMatch(/昆明高新区节约用水管理办法 昆高发〔2018〕3号 刊登后 ?于 ?2018年6月1日 ?修改/);
      expect(page.body).toContain(`/items/${first.indexNumber}/versions/1`);
      expect(words).toMatch(/关于张某同志任职的通知.*撤下/);
    },
  );
}, 120_000);

test('what is no issue is not found, and hostile addresses are refused without a fault', async () => {
  for (const address of [
    '/gazette/2018/2',
    '/gazette/2018/0',
    '/gazette/1/1',
    '/gazette/2018/99999',
    '/gazette/2018/1.exe',
    '/gazette/%00/1',
  ])
    expect([404, 400], address).toContain((await get(address)).statusCode);
  expect((await get('/gazette?year=[]&year=2018')).statusCode).toBe(200);
  expect((await officer.get('/workbench/gazette/999999')).status).toBe(404);
  expect((await officer.get('/workbench/gazette?year=abcd')).status).toBe(200);
});

test('settings are kept, and refused beside their fields', async () => {
  const settings = '/workbench/gazette/settings';
  const officer = await settled.signedIn('disclosure-officer');
  const leader = await settled.signedIn('leader');
  await officer.get(settings);
  const wrong = await officer.post(settings, { title: '', sections: '' });
  expect([wrong.status, wrong.body.includes('id="field-sections-error"')]).toEqual([422, true]);
  const kept = await officer.follow(
    await officer.post(settings, { title: '昆明高新区公报', host: '', editor: '', sections: '文件' }),
  );
  expect(kept.body).toContain('value="昆明高新区公报"');
  await leader.get(settings);
  expect((await leader.post(settings, { title: '别的公报', sections: '文件' })).status).toBe(403);
});
