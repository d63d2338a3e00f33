import { expect, test } from 'vitest';
import { catalogueJobs } from '../../src/areas/catalogue/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { noticesColumn } from '../support/catalogue.ts';
import { openDesk } from '../support/desk.ts';
import type { Page, Visitor } from '../support/visitor.ts';
import { wordFile } from '../support/word-file.ts';
import { wordsOf } from '../support/words.ts';

const clock = clockAt('2018-03-06');
const desk = await openDesk({}, clock);
const { app, agencyId, pool, signedIn } = desk;
const publisher = await signedIn('publisher');
const head = await signedIn('unit-head');
const secrecy = await signedIn('secrecy-reviewer');
const officer = await signedIn('disclosure-officer');
const columnId = await noticesColumn(app.connection.db, agencyId);

const content = {
  title: '关于做好2018年汛期安全生产工作的通知',
  abstract: '部署汛期检查。',
  body: '各部门：\n现就汛期安全生产工作通知如下。',
  columnId: String(columnId),
  genre: '通知',
  subject: '市场监管、安全生产监管',
  documentNumber: '昆高开发〔2018〕12号',
  issuingBody: '昆明高新区管委会',
  source: '办公室',
  keywords: '汛期，安全生产',
  formedOn: '2018-03-05',
  normative: 'none',
  attribute: 'proactive',
  channels: 'website',
};

async function begun(more: Record<string, string> = {}): Promise<string> {
  await publisher.get('/workbench/items/new');
  const answer = await publisher.upload('/workbench/items/new', [], { title: content.title });
  expect(answer.status).toBe(303);
  const address = answer.location ?? '';
  await saved(publisher, address, more);
  return address;
}

async function saved(by: Visitor, address: string, more: Record<string, string> = {}): Promise<void> {
  const page = await by.get(address);
  const revision = /name="revision" value="(\d+)"/.exec(page.body)?.[1] ?? '';
  const answer = await by.post(`${address}/draft`, { ...content, revision, ...more });
  expect([answer.status, answer.status === 303 ? '' : wordsOf(answer.body)]).toEqual([303, '']);
}

/** Which text a review is about. */
function seen({ body }: Page): Record<string, string> {
  const revision = /name="revision" value="(\d+)"/.exec(body)?.[1];
  return revision === undefined ? {} : { revision };
}

async function does(
  by: Visitor,
  address: string,
  path: string,
  fields: Record<string, string> = {},
): Promise<Page> {
  const page = await by.get(`${address}/record`);
  const answer = await by.post(`${address}/${path}`, { ...seen(page), ...fields });
  return by.follow(answer);
}

const pass = { result: 'passed', opinion: '' };
async function reviewed(address: string): Promise<void> {
  await does(publisher, address, 'submission');
  await does(head, address, 'reviews', { step: 'first', ...pass });
  await does(secrecy, address, 'reviews', { step: 'second', ...pass });
  await does(officer, address, 'reviews', { step: 'final', ...pass });
}

const stateOf = async (address: string) =>
  (await pool.query('SELECT state FROM items WHERE id = $1', [address.split('/').at(-1)])).rows[0]
    ?.state as string;

test('a notice from its first word to the public, without script', async () => {
  const address = await begun();
  const editor = await publisher.get(address);
  expect(editor.body).toContain('&lt;p>各部门：&lt;/p>');
  expect(wordsOf(editor.body)).toContain('必填内容已经齐全');
  const confirm = await publisher.get(`${address}/submission`);
  expect(wordsOf(confirm.body)).toContain('审查通过后公众可见');
  expect(wordsOf((await does(publisher, address, 'submission')).body)).toContain('已送审');
  const review = await head.get(address);
  expect(wordsOf(review.body)).toContain('提交初审结果');
  const wrong = await head.post(`${address}/reviews`, {
    ...seen(review),
    step: 'first',
    result: 'refused',
    opinion: '',
  });
  expect([wrong.status, wordsOf(wrong.body).includes('请写明意见')]).toEqual([422, true]);
  await does(head, address, 'reviews', { step: 'first', result: 'refused', opinion: '请补充联系电话' });
  expect(wordsOf((await publisher.get(`${address}/record`)).body)).toContain('请补充联系电话');
  const back = wordsOf((await publisher.get(address)).body);
  expect(back).toContain('初审不通过，已退回修改');
  expect(back).toContain('请补充联系电话');
  expect(wordsOf((await publisher.get('/workbench')).body)).toContain('修改后送审');
  expect(wordsOf((await publisher.get('/workbench/items')).body)).toMatch(/我的草稿[\s\S]*退回修改/);
  await reviewed(address);
  expect(await stateOf(address)).toBe('published');
  expect(wordsOf((await publisher.get(address)).body)).toContain('已发布');
});

test('the next item of a column begins as the last one was filled in, and a Word document brings its number and day', async () => {
  await begun({ genre: '公告', source: '安监局' });
  const page = await publisher.get('/workbench/items/new');
  expect(page.body).toMatch(
    new RegExp(`<option[^>]* value="${columnId}" selected|selected[^>]* value="${columnId}"`),
  );
  const file = await wordFile('昆高开发[2018]12号', '二〇一八年三月五日');
  const begunAgain = await publisher.upload(
    '/workbench/items/new',
    { name: '通知.docx', content: file, field: 'word' },
    { title: '', columnId: String(columnId) },
  );
  const { rows } = await pool.query(
    'SELECT genre, subject, source, document_number, formed_on::text AS formed FROM item_versions WHERE item_id = $1',
    [begunAgain.location?.split('/').at(-1)],
  );
  expect(rows).toEqual([
    {
      genre: '公告',
      subject: content.subject,
      source: '安监局',
      document_number: '昆高开发〔2018〕12号',
      formed: '2018-03-05',
    },
  ]);
});

test('a Word file that cannot be read leaves no draft behind, however often it is tried', async () => {
  const drafts = async () =>
    (await pool.query("SELECT count(*)::int AS count FROM items WHERE state <> 'discarded'")).rows[0].count;
  const before = await drafts();
  for (const content of ['no Word at all', 'PK\u0003\u0004 not really']) {
    await publisher.get('/workbench/items/new');
    const answer = await publisher.upload(
      '/workbench/items/new',
      { name: '通知.docx', content, field: 'word' },
      { title: '', columnId: String(columnId) },
    );
    expect([answer.status, answer.body.includes('id="field-word-error"')]).toEqual([422, true]);
  }
  expect(await drafts()).toBe(before);
});

test('the desk opens where something waits: reviews before drafts', async () => {
  const current = async (who: Visitor) =>
    /aria-current="[a-z]+"[^>]*>([^<]+)/.exec(
      (await who.get('/workbench/items')).body.split('class="tabs"')[1] ?? '',
    )?.[1];
  const address = await begun();
  expect(await current(publisher)).toBe('我的草稿');
  await does(publisher, address, 'submission');
  expect(await current(head)).toBe('待我审查');
  await does(publisher, address, 'recall');
  await does(publisher, address, 'discard');
});

test('what has gone on meanwhile leads back to the item and says why', async () => {
  const address = await begun();
  await does(publisher, address, 'submission');
  const again = await publisher.get(`${address}/submission`);
  expect([again.status, again.location]).toEqual([303, address]);
  expect(wordsOf((await publisher.follow(again)).body)).toContain('这份稿件现在是“审查中”，不能送审。');
  await does(publisher, address, 'discard');
});

test('what is missing is told beside the fields', async () => {
  const address = await begun({ genre: '', formedOn: '', documentNumber: '12号' });
  const page = await publisher.get(address);
  const revision = /name="revision" value="(\d+)"/.exec(page.body)?.[1] ?? '';
  const held = await publisher.post(`${address}/draft`, {
    ...content,
    genre: '',
    formedOn: '',
    documentNumber: '12号',
    revision,
    ...Object.fromEntries([['then', 'submission']]),
  });
  expect([held.status, held.location]).toEqual([303, `${address}?check=1`]);
  expect(wordsOf((await publisher.follow(held)).body)).toContain('已保存，还没有送审。还有 3 处要填写或改正');
  const confirm = await publisher.get(`${address}/submission`);
  expect(confirm.body).not.toContain(`action="${address}/submission`);
  expect(confirm.body).toContain(`href="${address}?check=1"`);
  const answer = await does(publisher, address, 'submission');
  expect(wordsOf(answer.body)).toContain('请选择体裁');
  const editor = await publisher.get(`${address}?check=1`);
  expect(editor.body).toContain('id="field-genre-error"');
  expect(editor.body).toContain('id="field-documentNumber-error"');
});

test('a Word file becomes the text: headings, tables, pictures; nothing hostile comes along', async () => {
  const address = await begun({ title: '', body: '' });
  const file = await wordFile();
  await publisher.get(address);
  const answer = await publisher.follow(
    await publisher.upload(`${address}/import`, { name: '通知.docx', content: file, field: 'word' }),
  );
  expect(wordsOf(answer.body)).toContain('已导入');
  const { rows } = await pool.query('SELECT title, body FROM item_versions WHERE item_id = $1', [
    address.split('/').at(-1),
  ]);
  const [{ title, body }] = rows as [{ title: string; body: string }];
  expect(title).toBe('防汛工作通知');
  expect(body).toContain('<h2>一、总体要求</h2>');
  expect(body).toMatch(/<table>[\s\S]*责任人[\s\S]*<\/table>/);
  expect(body).toMatch(/<img [^>]*src="\/files\/items\/\d+\/[0-9a-f]{64}"/);
  const picture = /\/files\/items\/\d+\/([0-9a-f]{64})/.exec(body)?.[1];
  expect((await publisher.get(`${address}/pictures/${picture}`)).headers['content-type']).toBe('image/png');
  const bad = await publisher.follow(
    await publisher.upload(`${address}/import`, {
      name: '通知.docx',
      content: 'PK\u0003\u0004 not really',
      field: 'word',
    }),
  );
  expect(wordsOf(bad.body)).toContain('已损坏');
});

test('an attachment waits for the release gate, and its type is told by its content', async () => {
  const address = await begun();
  await publisher.get(address);
  const refused = await publisher.follow(
    await publisher.upload(`${address}/files`, { name: '表.pdf', content: '<html><script>1</script>' }),
  );
  expect(wordsOf(refused.body)).toContain('不能作为附件');
  const personal = '联系人身份证号 530102199003078675，手机 13888001234';
  const told = await publisher.follow(
    await publisher.upload(`${address}/files`, [
      { name: '名单.txt', content: personal },
      { name: '说明.txt', content: '本表由办公室解释。' },
    ]),
  );
  expect(wordsOf(told.body)).toContain('已上传 2 份文件');
  expect(wordsOf(told.body)).toContain('项待处理');
  await does(publisher, address, 'submission');
  await does(head, address, 'reviews', { step: 'first', ...pass });
  await does(secrecy, address, 'reviews', { step: 'second', ...pass });
  const stopped = await does(officer, address, 'reviews', { step: 'final', ...pass });
  expect(wordsOf(stopped.body)).toContain('还没有通过出口检查');
  const gate = /\/workbench\/items\/\d+\/files\/\d+\/release/.exec(stopped.body)?.[0] ?? '';
  for (;;) {
    const page = await officer.get(gate);
    const key = /exceptions"[\s\S]*?name="version" value="(\d+)"[\s\S]*?name="key" value="([^"]+)"/.exec(
      page.body,
    );
    if (!key) break;
    const answer = await officer.post(`${gate}/exceptions`, {
      version: key[1] ?? '',
      key: key[2] ?? '',
      reason: '系公开的示例号码',
    });
    expect(answer.status).toBe(303);
  }
  await does(officer, address, 'reviews', { step: 'final', ...pass });
  expect(await stateOf(address)).toBe('published');
});

test('two at one draft: the later one sees both texts and loses nothing', async () => {
  const address = await begun();
  const page = await publisher.get(address);
  const revision = /name="revision" value="(\d+)"/.exec(page.body)?.[1] ?? '';
  await saved(head, address, { title: '负责人改过的标题' });
  const alone = await publisher.post(`${address}/draft`, { ...content, revision, title: '作者的标题' });
  expect(alone.status).toBe(409);
  const words = wordsOf(alone.body);
  expect(words).toContain('负责人改过');
  expect(alone.body).toContain('value="作者的标题"');
  const newest = /name="revision" value="(\d+)"/.exec(alone.body)?.[1] ?? '';
  expect(
    (await publisher.post(`${address}/draft`, { ...content, revision: newest, title: '作者的标题' })).status,
  ).toBe(303);
});

test('it is scheduled, published once at its hour, amended beside the live text and withdrawn', async () => {
  const address = await begun({ publishOn: '2018-03-07', publishTime: '08:30' });
  await reviewed(address);
  expect(await stateOf(address)).toBe('draft');
  const job = catalogueJobs.find(({ name }) => name === 'publish-scheduled-items');
  await job?.run({ ...app, clock: clockAt('2018-03-07T08:29:00+08:00') }, {});
  expect(await stateOf(address)).toBe('draft');
  for (const _twice of [1, 2]) await job?.run({ ...app, clock: clockAt('2018-03-07T08:30:00+08:00') }, {});
  expect(await stateOf(address)).toBe('published');
  const draft = await does(publisher, address, 'amendment');
  expect(wordsOf(draft.body)).toContain('第 2 版修改稿');
  await saved(publisher, address, {
    amendment: '更正发文字号',
    documentNumber: '昆高开发〔2018〕13号',
    publishOn: '',
  });
  await does(publisher, address, 'submission');
  const review = wordsOf((await head.get(address)).body);
  expect(review).toContain('与现行第 1 版的差别');
  expect(review).toContain('删去： 12');
  await does(head, address, 'reviews', { step: 'first', ...pass });
  const onward = await does(secrecy, address, 'reviews', { step: 'second', ...pass });
  expect(wordsOf(onward.body)).toContain('已记录复审结果：通过。');
  expect(wordsOf(onward.body)).not.toContain('公众现在可以看到');
  const live = await does(officer, address, 'reviews', { step: 'final', ...pass });
  expect(wordsOf(live.body)).toContain('已记录终审结果：通过。已发布，公众现在可以看到。');
  expect(wordsOf((await publisher.get(`${address}/versions/2`)).body)).toContain('与第 1 版的差别');
  const empty = await officer.post(`${address}/withdrawal`, { reason: '', ground: '' });
  expect(empty.status).toBe(422);
  const gone = await does(officer, address, 'withdrawal', {
    reason: '内容含个人信息',
    ground: '《条例》第十五条',
  });
  expect(wordsOf(gone.body)).toContain('内容含个人信息');
  const anew = wordsOf((await does(publisher, address, 'amendment')).body);
  expect(anew).toContain('原来的版本已经撤下，审查通过后重新公开。');
  expect(await stateOf(address)).toBe('withdrawn');
});

test('an hour that is past is no hour to publish at; who must publish urgently is not held up by it', async () => {
  const address = await begun({ publishOn: '2018-03-05', publishTime: '23:00' });
  const held = await does(publisher, address, 'submission');
  expect(wordsOf(held.body)).toContain('定时发布的日期已经过去，请改为今后的日期；立即发布的不填。');
  expect((await publisher.get(`${address}?check=1`)).body).toContain('id="field-publishOn-error"');
  expect((await officer.get(`${address}/urgent`)).body).toContain(`action="${address}/urgent`);
  await saved(publisher, address, { publishOn: '2018-03-06', publishTime: '9：05' });
  expect(wordsOf((await does(publisher, address, 'submission')).body)).toContain('已送审');
  const { rows } = await pool.query('SELECT publish_at FROM item_versions WHERE item_id = $1', [
    address.split('/').at(-1),
  ]);
  expect(rows[0].publish_at.toISOString()).toBe('2018-03-06T01:05:00.000Z');
  await does(publisher, address, 'discard');
});

test('several are reviewed at once, those left out are named with the reason', async () => {
  const [one, own] = [await begun({ title: '批量之一' }), await begun({ title: '批量之二' })];
  await saved(head, own, { title: '批量之二' });
  for (const address of [one, own]) await does(publisher, address, 'submission');
  await head.get('/workbench/items?group=to-review');
  const ids = [one, own].map((address) => address.split('/').at(-1) ?? '');
  const wrong = await head.post('/workbench/items/reviews', {
    item: ids[0] ?? '',
    result: 'refused',
    opinion: '略',
  });
  expect([wrong.status, /name="item" value="(\d+)" checked/.exec(wrong.body)?.[1]]).toEqual([422, ids[0]]);
  expect(wordsOf(wrong.body)).toContain('不通过的，请写明意见，至少 2 个字。');
  const narrowed = await head.get('/workbench/items?group=to-review&q=批量之一');
  const action = /action="(\/workbench\/items\/reviews[^"]*)"/.exec(narrowed.body)?.[1] ?? '';
  const still = await head.post(action.replaceAll('&amp;', '&'), { item: ids[0] ?? '', result: 'refused' });
  expect([still.status, still.body.includes('value="批量之一"')]).toEqual([422, true]);
  const preview = await head.post('/workbench/items/reviews', { item: ids[0] ?? '', result: 'passed' });
  expect(wordsOf(preview.body)).toContain('将审查的 1 条');
  const left = await head.post('/workbench/items/reviews', { item: ids[1] ?? '', result: 'passed' });
  expect(wordsOf(left.body)).toContain('须由他人审查');
  const confirmed = async (item: string) => {
    const answer = await head.post('/workbench/items/reviews/confirmation', { item, result: 'passed' });
    return wordsOf((await head.follow(answer)).body);
  };
  const listed = ({ body }: Page) => /name="item" value="(\d+\.\w+\.\d+)"/.exec(body)?.[1] ?? '';
  expect(await confirmed('999999999.first.1')).toContain('1 条没有办理：没有找到这条信息。');
  await does(publisher, one, 'recall');
  await saved(publisher, one, { title: '批量之一，改过' });
  await does(publisher, one, 'submission');
  expect(await confirmed(listed(preview))).toContain('1 条没有办理：这份稿件');
  const late = { step: 'first', result: 'passed', opinion: '同意公开', revision: '1' };
  const again = await head.post(`${one}/reviews`, late);
  expect([again.status, wordsOf(again.body).includes('看过现在的文字再审查')]).toEqual([422, true]);
  expect(wordsOf(again.body)).toContain('同意公开');
  const anew = await head.post('/workbench/items/reviews', { item: ids[0] ?? '', result: 'passed' });
  expect(await confirmed(listed(anew))).toContain('已审查 1 条');
});

test('an urgent item is out at once, chased, and reviewed afterwards', async () => {
  const address = await begun({ title: '台风红色预警' });
  expect((await officer.get(address)).body).toContain(`href="${address}/urgent"`);
  expect((await publisher.get(address)).body).not.toContain(`href="${address}/urgent"`);
  expect(wordsOf((await officer.get(`${address}/urgent`)).body)).toContain(
    '发布后公众立即可见《台风红色预警》',
  );
  await does(officer, address, 'urgent', { reason: '台风红色预警，须立即告知' });
  expect(await stateOf(address)).toBe('published');
  expect(wordsOf((await secrecy.get('/workbench')).body)).toContain('台风红色预警');
  const done = await does(secrecy, address, 'later-review', { later: 'passed', laterOpinion: '' });
  expect(wordsOf(done.body)).toContain('已补审通过');
});

test('reviews are lent for an absence and taken back', async () => {
  await head.get('/workbench/items/delegations');
  const wrong = await head.post('/workbench/items/delegations', { toId: '', fromOn: '', toOn: '' });
  expect(wrong.status).toBe(422);
  const id = /<option value="(\d+)"/.exec(wrong.body)?.[1] ?? '';
  const lent = await head.follow(
    await head.post('/workbench/items/delegations', { toId: id, fromOn: '2018-03-06', toOn: '2018-03-09' }),
  );
  expect(wordsOf(lent.body)).toContain('进行中');
  const revoke = /\/workbench\/items\/delegations\/\d+\/revocation/.exec(lent.body)?.[0] ?? '';
  expect(wordsOf((await head.follow(await head.post(revoke))).body)).toContain('已收回委托');
});

test('the list narrows, goes on in pages and is taken along', async () => {
  const all = await publisher.get('/workbench/items?group=published&q=汛期&genre=通知&from=2018-01-01');
  expect(wordsOf(all.body)).toContain(content.title);
  expect(wordsOf((await publisher.get('/workbench/items?group=published&q=没有这条')).body)).toContain(
    '没有符合条件',
  );
  const csv = await publisher.get('/workbench/items/export?group=published');
  expect(csv.body.charCodeAt(0)).toBe(0xfeff);
  expect(csv.body).toContain(content.title);
});

test.each([
  ['/workbench/items/999999'],
  ['/workbench/items/0'],
  ['/workbench/items/1/files/999'],
  ['/workbench/items/1/versions/99'],
  ['/workbench/items/1/pictures/zz'],
])('%s is nothing', async (address) => {
  expect((await publisher.get(address)).status).toBe(404);
});

test('hostile text is saved without what runs', async () => {
  const address = await begun({
    body: `<p onclick="x()">好<script>alert(1)</script><svg onload=x></svg><a href="javascript:x">点</a></p>${'长'.repeat(300_000)}`,
  });
  const { rows } = await pool.query('SELECT body FROM item_versions WHERE item_id = $1', [
    address.split('/').at(-1),
  ]);
  const body = String(rows[0]?.body);
  expect(body).not.toMatch(/script|onclick|svg|javascript/);
  expect(body.length).toBeGreaterThan(300_000);
});
