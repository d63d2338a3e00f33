import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { catalogueFigures } from '../../src/areas/catalogue/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { enterDesk, openBrowser, openPage, phone } from '../support/browser.ts';
import { noticesColumn } from '../support/catalogue.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';
import { wordFile } from '../support/word-file.ts';

/** One notice from its first word to its withdrawal, as the people of the office and its readers see it. */

const ON = '2018-03-06';
const { app, server, pool, agencyId, signedIn } = await openDesk({}, clockAt(`${ON}T10:00:00+08:00`));
const people = ['publisher', 'unit-head', 'disclosure-officer'] as const;
for (const role of people) await signedIn(role);
await pool.query(
  `UPDATE agencies SET site = '{"name": "昆明高新区", "domain": "localhost", "idCode": "5301000001"}'`,
);
await noticesColumn(app.connection.db, agencyId, { kind: 'statutory', reviewSteps: ['first', 'final'] });
const address = await server.listen({ port: 0, host: '127.0.0.1' });
const browser = await openBrowser();
const folder = mkdtempSync(join(tmpdir(), 'gongkai-publishing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const word = join(folder, '防汛.docx');
writeFileSync(word, await wordFile('各部门：请按照布署做好防汛准备。'));

async function deskOf(role: (typeof people)[number], viewport = { width: 1440, height: 900 }): Promise<Page> {
  const page = await openPage(browser, { viewport });
  await enterDesk(page, address, `person${people.indexOf(role) + 1}`);
  return page;
}

const author = await deskOf('publisher');
const head = await deskOf('unit-head');
const officer = await deskOf('disclosure-officer');
const reader = await openPage(browser);
let item = '';
let published = '';

const TITLE = '关于做好2018年防汛工作的通知';
const AMENDED = '关于做好2018年汛期值守工作的通知';

/** Where a reader finds a title, and row 1.1 of the year. */
async function seen(title: string) {
  const { rows } = await pool.query('SELECT index_number FROM items WHERE id = $1', [item.split('/').at(-1)]);
  const href = `/items/${rows[0]?.index_number}`;
  const read = async (path: string) => (await reader.request.get(address + path)).text();
  const holds = async (path: string) => (await read(path)).includes(title);
  const row = catalogueFigures.find(({ code }) => code === 'catalogue.items');
  const period = { agencyId, from: '2018-01-01', to: '2018-12-31' };
  return {
    list: await holds('/catalogue/notices'),
    home: await holds('/'),
    feed: await holds('/feed.xml'),
    columnFeed: await holds('/catalogue/notices/feed.xml'),
    // The page repeats what was asked for: only a way to the item is a hit.
    search: (await read(`/search?q=${encodeURIComponent(title)}`)).includes(`href="${href}"`),
    row: (await row?.count?.(app.connection.db, period))?.records,
  };
}

const nowhere = { list: false, home: false, feed: false, columnFeed: false, search: false };
const everywhere = { list: true, home: true, feed: true, columnFeed: true, search: true };

test('a publisher imports a Word file and pastes from WPS', async () => {
  await author.goto(`${address}/workbench/items/new`);
  await author.fill('[name="title"]', TITLE);
  await author.locator('[name="columnId"]').selectOption({ label: '通知公告' });
  await author.setInputFiles('[name="word"]', word);
  await author.getByRole('button', { name: '开始撰写' }).click();
  await author.waitForURL(/\/workbench\/items\/\d+$/);
  item = author.url();
  const text = author.locator('.editor-text');
  await text.getByText('一、总体要求').waitFor();
  expect(await text.locator('h2').allTextContents()).toEqual(['一、总体要求']);
  expect(await text.locator('table tr').count()).toBe(2);
  const picture = text.locator('img[data-src]');
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(8);

  await text.getByText('各部门').click();
  await author.keyboard.press('End');
  await author.keyboard.press('Enter');
  await author.evaluate(() => {
    const data = new DataTransfer();
    data.setData(
      'text/html',
      '<html xmlns:o="urn:o"><style>p{color:red}</style><!--[if gte mso 9]><xml>x</xml><![endif]--><p class=MsoNormal style="mso-pagination:none"><span style="font-family:仿宋_GB2312">　　值守电话：<b>13888001234</b><o:p></o:p></span></p><script>alert(1)</script>',
    );
    data.setData('text/plain', '值守电话');
    document
      .querySelector('.editor-text')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  expect(await author.inputValue('textarea[name="body"]')).toContain(
    '值守电话：<strong>13888001234</strong>',
  );
  expect(await author.inputValue('textarea[name="body"]')).not.toMatch(/mso|Mso|style=|script|o:p|　/);
  await author.locator('[name="genre"]').selectOption('通知');
  await author.locator('[name="subject"]').selectOption('农业、林业、水利');
  await author.fill('[name="formedOn"]', '2018-03-05');
  await author.fill('[name="abstract"]', '部署防汛值守。');
  await author.locator('[data-item-status]').getByText('自动保存').waitFor();
});

test('is stopped by the scan, puts one finding right with a click and lets one stand with a reason', async () => {
  await author.getByRole('button', { name: '保存并送审' }).click();
  await author.getByText('还没有送审').waitFor();
  const findings = author.locator('#findings');
  await findings.getByText('布署').first().waitFor();
  await author.getByRole('button', { name: /部署/ }).first().click();
  await author.getByText('已改正').waitFor();
  await author.locator('.editor-text').getByText('请按照部署做好防汛准备').waitFor();
  for (;;) {
    const reason = author.locator('#findings .finding-reason').first();
    if ((await reason.count()) === 0) break;
    await reason.locator('summary').click();
    await reason.getByLabel('保留的理由').fill('经本人同意公开的值守电话');
    await reason.getByRole('button', { name: '保留', exact: true }).click();
    await author.getByText('已保留，审查人会看到理由').waitFor();
  }
  await author.getByRole('button', { name: '保存并送审' }).click();
  await author.waitForURL(/\/submission$/);
  await author.getByRole('button', { name: '送审', exact: true }).click();
  await author.getByText('已送审').waitFor();
  expect(await seen(TITLE)).toMatchObject({ ...nowhere, row: 0 });
});

test('a reviewer sends it back with what to do, the author does it', async () => {
  await head.goto(`${address}/workbench`);
  await head.getByRole('link', { name: TITLE }).first().click();
  await head.getByText('经本人同意公开的值守电话').first().waitFor();
  await head.getByLabel('不通过', { exact: true }).check();
  await head.locator('[name="opinion"]').fill('请写明值守时间');
  await head.getByRole('button', { name: '提交初审结果' }).click();
  await head.getByText('已记录初审结果').waitFor();

  await author.goto(`${item}/record`);
  await author.getByText('请写明值守时间').first().waitFor();
  await author.goto(item);
  await author.locator('.editor-text').getByText('请按照部署做好防汛准备').click();
  await author.keyboard.press('End');
  await author.keyboard.type('值守时间为每日八时至次日八时。');
  await author.getByRole('button', { name: '保存并送审' }).click();
  await author.waitForURL(/\/submission$/);
  await author.getByRole('button', { name: '送审', exact: true }).click();
  await author.getByText('已送审').waitFor();
});

test('approved, it is on the website, in the feeds, in the search and in row 1.1 at the same moment', async () => {
  await head.goto(item);
  await head.getByLabel('通过', { exact: true }).check();
  await head.getByRole('button', { name: '提交初审结果' }).click();
  await head.getByText('已记录初审结果').waitFor();
  expect(await seen(TITLE)).toMatchObject({ ...nowhere, row: 0 });
  await officer.goto(item);
  await officer.getByLabel('通过', { exact: true }).check();
  await officer.getByRole('button', { name: '提交终审结果' }).click();
  await officer.getByText('已记录终审结果').waitFor();
  expect(await seen(TITLE)).toMatchObject({ ...everywhere, row: 1 });

  await reader.goto(`${address}/catalogue/notices`);
  await reader.getByRole('link', { name: TITLE }).click();
  published = reader.url();
  await reader.getByRole('heading', { name: '一、总体要求' }).waitFor();
  expect(await reader.locator('.item-body table td').count()).toBe(4);
  expect(
    await reader.locator('.item-body img').evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      return image.naturalWidth;
    }),
  ).toBe(8);
  await reader.getByText('值守时间为每日八时至次日八时。').waitFor();
});

test('it is amended beside the live text; readers see when and what', async () => {
  await author.goto(item);
  await author.getByRole('button', { name: '修改', exact: true }).click();
  await author.getByText('已建立第 2 版修改稿').waitFor();
  await author.fill('[name="title"]', AMENDED);
  await author.fill('[name="amendment"]', '更正值守时间');
  await author.locator('.editor-text').getByText('值守时间').first().click();
  await author.keyboard.press('End');
  await author.keyboard.type('节假日不变。');
  await author.getByRole('button', { name: '保存并送审' }).click();
  await author.waitForURL(/\/submission$/);
  await author.getByRole('button', { name: '送审', exact: true }).click();
  await author.getByText('已送审').waitFor();
  expect(await seen(TITLE)).toMatchObject({ ...everywhere, row: 1 });
  await head.goto(item);
  await head.getByText('与现行第 1 版的差别').waitFor();
  await head.getByLabel('通过', { exact: true }).check();
  await head.getByRole('button', { name: '提交初审结果' }).click();
  await head.getByText('已记录初审结果').waitFor();
  await officer.goto(item);
  await officer.getByLabel('通过', { exact: true }).check();
  await officer.getByRole('button', { name: '提交终审结果' }).click();
  await officer.getByText('已记录终审结果').waitFor();
  expect(await seen(AMENDED)).toMatchObject({ ...everywhere, row: 1 });
  expect(await seen(TITLE)).toMatchObject({ ...nowhere, search: true });

  await reader.goto(published);
  await reader.getByRole('link', { name: '2018年3月6日修改' }).click();
  await reader.getByText('更正值守时间').first().waitFor();
  expect(await reader.locator('ins').allTextContents()).toEqual(
    expect.arrayContaining([expect.stringContaining('节假日不变。')]),
  );
});

test.each([
  ['a desk screen', { width: 1440, height: 900 }],
  ['a telephone', phone],
])(
  'every page on the way is sound on %s',
  async (_name, viewport) => {
    const writing = await deskOf('publisher', viewport);
    const deciding = await deskOf('disclosure-officer', viewport);
    const reading = await openPage(browser, { viewport });
    await writing.goto(`${address}/workbench/items/new`);
    await writing.setInputFiles('[name="word"]', word);
    await writing.getByRole('button', { name: '开始撰写' }).click();
    await writing.waitForURL(/\/workbench\/items\/\d+$/);
    const draft = writing.url();
    const pages: [Page, string][] = [
      [writing, `${address}/workbench/items/new`],
      [writing, draft],
      [writing, `${draft}?check=1`],
      [writing, `${draft}/submission`],
      [writing, `${draft}/preview`],
      [writing, `${item}/record`],
      [deciding, item],
      [deciding, `${item}/versions/2`],
      [deciding, `${item}/withdrawal`],
      [reading, published],
      [reading, `${published}/versions/2`],
      [reading, `${address}/catalogue/notices`],
      [reading, `${address}/search?q=${encodeURIComponent(AMENDED)}`],
    ];
    const faults: string[] = [];
    for (const [page, url] of pages) faults.push(...(await faultsOf(page, url)));
    expect(faults).toEqual([]);
    for (const page of [writing, deciding, reading]) await page.context().close();
  },
  120_000,
);

test('withdrawn, it leaves every list, and its address tells why', async () => {
  await officer.goto(`${item}/withdrawal`);
  await officer.getByLabel('理由（公众会看到）').fill('值守安排有变，核实后重新公开。');
  await officer.getByLabel('依据（公众会看到）').fill('《中华人民共和国政府信息公开条例》第六条');
  await officer.getByRole('button', { name: '撤下', exact: true }).click();
  await officer.getByText('已撤下，原地址向公众说明理由和依据').waitFor();
  expect(await seen(AMENDED)).toMatchObject(nowhere);
  const answer = await reader.goto(published);
  expect(answer?.status()).toBe(410);
  await reader.getByText('值守安排有变，核实后重新公开。').waitFor();
  expect(await reader.content()).not.toContain('节假日不变');
  expect(await faultsOf(reader, published)).toEqual([]);
});
