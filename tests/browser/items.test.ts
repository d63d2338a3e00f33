import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { clockAt } from '../../src/core/clock.ts';
import { enterDesk, openBrowser, openPage, phone } from '../support/browser.ts';
import { noticesColumn } from '../support/catalogue.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';
import { wordFile } from '../support/word-file.ts';

const { app, server, agencyId, signedIn } = await openDesk({}, clockAt('2018-03-06'));
const people = ['publisher', 'unit-head', 'secrecy-reviewer', 'disclosure-officer'] as const;
for (const role of people) await signedIn(role);
await noticesColumn(app.connection.db, agencyId, { reviewSteps: ['first', 'final'] });
const address = await server.listen({ port: 0, host: '127.0.0.1' });
const browser = await openBrowser();
const folder = mkdtempSync(join(tmpdir(), 'gongkai-items-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const word = join(folder, '防汛.docx');
writeFileSync(word, await wordFile());

async function deskOf(role: (typeof people)[number], viewport = { width: 1440, height: 900 }): Promise<Page> {
  const page = await openPage(browser, { viewport });
  await enterDesk(page, address, `person${people.indexOf(role) + 1}`);
  return page;
}

let item = '';

test('a publisher writes, imports a Word file, is told what is missing, corrects and submits', async () => {
  const page = await deskOf('publisher');
  await page.goto(`${address}/workbench/items/new`);
  await page.setInputFiles('[name="word"]', word);
  await page.getByRole('button', { name: '开始撰写' }).click();
  await page.waitForURL(/\/workbench\/items\/\d+$/);
  item = page.url();
  const text = page.locator('.editor-text');
  await text.getByText('一、总体要求').waitFor();
  expect(await text.locator('table td').count()).toBe(4);
  expect(await text.locator('img[data-src]').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(
    8,
  );
  expect(await page.inputValue('[name="title"]')).toBe('防汛工作通知');

  await page.getByRole('button', { name: '保存并送审' }).click();
  await page.waitForURL(/check=1/);
  await page.getByText('已保存，还没有送审').waitFor();
  await page.getByText('请选择体裁').first().waitFor();
  await page.locator('[name="genre"]').selectOption('通知');
  await page.locator('[name="subject"]').selectOption('农业、林业、水利');
  await page.locator('[name="columnId"]').selectOption({ label: '通知公告' });
  await page.fill('[name="formedOn"]', '2018-03-05');
  await text.getByText('各部门：').click();
  await page.keyboard.press('End');
  await page.keyboard.type('即日起执行。');
  await page.locator('[data-item-status]').getByText('自动保存').waitFor();

  // A closed window loses nothing.
  await page.goto(item);
  await page.locator('.editor-text').getByText('即日起执行。').waitFor();
  await page.getByRole('button', { name: '保存并送审' }).click();
  await page.waitForURL(/\/submission$/);
  await page.getByRole('button', { name: '送审', exact: true }).click();
  await page.waitForURL(item);
  await page.getByText('已送审').waitFor();
});

test('a reviewer sends it back, then it is approved and public', async () => {
  const head = await deskOf('unit-head');
  await head.goto(item);
  await head.getByLabel('不通过', { exact: true }).check();
  await head.getByRole('button', { name: '提交初审结果' }).click();
  await head.getByText('请写明意见，2 至 2000 字。').first().waitFor();
  await head.locator('[name="opinion"]').fill('请写明值班电话');
  await head.getByLabel('不通过', { exact: true }).check();
  await head.getByRole('button', { name: '提交初审结果' }).click();
  await head.getByText('已记录初审结果').waitFor();

  const author = await deskOf('publisher');
  await author.goto(item);
  await author.locator('.editor-text').getByText('即日起执行。').click();
  await author.keyboard.press('End');
  await author.keyboard.type('值班电话见附件。');
  await author.getByRole('button', { name: '保存并送审' }).click();
  await author.waitForURL(/\/submission$/);
  await author.getByRole('button', { name: '送审', exact: true }).click();
  await author.getByText('已送审').waitFor();

  await head.goto(item);
  await head.getByLabel('通过', { exact: true }).check();
  await head.getByRole('button', { name: '提交初审结果' }).click();
  await head.getByText('已记录初审结果').waitFor();
  const officer = await deskOf('disclosure-officer');
  await officer.goto(item);
  await officer.getByText('通过后立即发布，公众可见《防汛工作通知》').waitFor();
  await officer.getByLabel('通过', { exact: true }).check();
  await officer.getByRole('button', { name: '提交终审结果' }).click();
  await officer.getByText('已记录终审结果').waitFor();
  expect(await officer.locator('.desk-title').textContent()).toContain('已发布');
});

test('what Word puts on the clipboard is pasted without its rubbish, and a table is worked on', async () => {
  const page = await deskOf('publisher');
  await page.goto(`${address}/workbench/items/new`);
  await page.fill('[name="title"]', '粘贴');
  await page.getByRole('button', { name: '开始撰写' }).click();
  const text = page.locator('.editor-text');
  await text.click();
  await page.evaluate(() => {
    const html = `<html xmlns:o="urn:o"><head><style>p{color:red}</style></head><body><!--[if gte mso 9]><xml>x</xml><![endif]-->
      <h1 style="mso-x:1">标题一</h1><p class=MsoNormal style="text-align:center;mso-pagination:none"><span style="font-family:宋体">　　<b>居中</b><o:p></o:p></span></p>
      <table><tr><td width=100 style="border:solid"><p class=MsoNormal>甲</p></td><td>乙</td></tr></table>
      <img src="file:///C:/x.png" onerror="alert(1)"><script>alert(2)</script></body></html>`;
    const data = new DataTransfer();
    data.setData('text/html', html);
    data.setData('text/plain', '居中');
    document
      .querySelector('.editor-text')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  const body = () => page.inputValue('textarea[name="body"]');
  expect(await body()).toContain('<h2>标题一</h2><p class="align-center"><strong>居中</strong></p><table>');
  expect(await body()).not.toMatch(/mso|Mso|style=|script|file:|onerror|o:p/);
  await text.getByText('甲').click();
  await page.getByRole('button', { name: '右边加列' }).click();
  await page.getByRole('button', { name: '下面加行' }).click();
  expect(await text.locator('td').count()).toBe(6);
  await page.locator('[data-item-status]').getByText('自动保存').waitFor();
});

test('a document number that is none is told beside its field while one types, and gone when it is one', async () => {
  const page = await deskOf('publisher');
  await page.goto(`${address}/workbench/items/new`);
  await page.fill('[name="title"]', '发文字号');
  await page.getByRole('button', { name: '开始撰写' }).click();
  await page.locator('.editor-text').waitFor();
  const note = page.locator('[data-lack-note="documentNumber"]');
  await page.fill('[name="documentNumber"]', '昆高开发[2018]012号');
  await note.getByText('不能以0开头').waitFor();
  const missing = page.locator('#lacks').getByText('请填写生成日期');
  await missing.waitFor();
  await page.fill('[name="documentNumber"]', '昆高开发[2018]12号');
  await page.fill('[name="formedOn"]', '2018-03-05');
  await note.waitFor({ state: 'hidden' });
  await missing.waitFor({ state: 'detached' });
});

test('somebody else saved meanwhile: both texts are in sight', async () => {
  const page = await deskOf('publisher');
  await page.goto(`${address}/workbench/items/new`);
  await page.fill('[name="title"]', '同时编辑');
  await page.getByRole('button', { name: '开始撰写' }).click();
  await page.waitForURL(/\/workbench\/items\/\d+$/);
  const other = await deskOf('unit-head');
  await other.goto(page.url());
  await other.fill('[name="title"]', '同时编辑，负责人先存');
  await other.locator('[data-item-status]').getByText('自动保存').waitFor();
  await page.fill('[name="title"]', '同时编辑，作者后存');
  await page.locator('[data-item-status]').getByText('由他人保存过').waitFor();
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByText('这份稿件在您打开页面之后，他人保存过').waitFor();
  expect(await page.inputValue('[name="title"]')).toBe('同时编辑，作者后存');
  await page.getByRole('button', { name: '以我的内容保存' }).click();
  await page.getByText('已保存草稿').waitFor();
});

test.each([
  ['a desk screen', { width: 1440, height: 900 }],
  ['a telephone', phone],
])('every page is sound on %s', async (_name, viewport) => {
  const page = await deskOf('publisher', viewport);
  const officer = await deskOf('disclosure-officer', viewport);
  const items = `${address}/workbench/items`;
  await page.goto(`${items}?group=drafts`);
  const draft = await page.locator('tbody th a').first().getAttribute('href');
  const faults: string[] = [];
  const pages: [Page, string][] = [
    [page, items],
    [page, `${items}?group=published`],
    [page, `${items}/new`],
    [page, `${items}/delegations`],
    [page, `${address}${draft}`],
    [page, `${address}${draft}?check=1`],
    [page, `${address}${draft}/preview`],
    [page, `${address}${draft}/submission`],
    [page, `${address}${draft}/discard`],
    [officer, item],
    [officer, `${item}/versions/1`],
    [officer, `${item}/withdrawal`],
    [officer, `${items}?group=to-review`],
  ];
  for (const [seen, url] of pages) faults.push(...(await faultsOf(seen, url)));
  expect(faults).toEqual([]);
  expect((await page.goto(`${draft?.startsWith('/') ? address : ''}${draft}/urgent`))?.status()).toBe(403);
});
