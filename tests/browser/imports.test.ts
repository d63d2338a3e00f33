import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { enterDesk, openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { RULES, violationsOf } from '../support/faults.ts';
import { openSlowLine } from '../support/slow-line.ts';

const { server, signedIn, folder } = await openDesk();
await signedIn('disclosure-officer');
const line = await openSlowLine(Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port));
const { address } = line;
const browser = await openBrowser();
const files = mkdtempSync(join(tmpdir(), 'gongkai-history-'));
afterAll(() => rmSync(files, { recursive: true, force: true }));

const PATIENT = { timeout: 15_000 };
/** A year of history with long texts: more than the machine itself holds of what is on its way. */
const history = join(files, '旧网站2018年.jsonl');
const item = (n: number, body: string) =>
  JSON.stringify({ sourceId: `old-${n}`, title: `关于第${n}号事项的通知`, body, publishedOn: '2018-03-01' });
const long = '现予公开。'.repeat(8000);
writeFileSync(history, Array.from({ length: 200 }, (_, n) => item(n, long)).join('\n'));

const bar = (page: Page) => page.getByRole('progressbar', { name: '上传进度' });
const words = (page: Page) => page.locator('.progress-words');
const submit = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

async function opened(options: Parameters<typeof openPage>[1] = {}): Promise<Page> {
  const page = await openPage(browser, options);
  await enterDesk(page, address, 'person1');
  await page.goto(`${address}/workbench/imports`);
  return page;
}

test('a slow upload shows how far it is, is given up, breaks off, and is sent again without choosing anew', {
  timeout: 90_000,
}, async () => {
  const page = await opened();
  await page.setInputFiles('input[name="file"]', history);
  line.carry('slow');
  await submit(page, '上传并检查').click();
  await expect
    .poll(() => words(page).textContent(), PATIENT)
    .toMatch(/^\d+%，[\d.]+ MB \/ 23 MB，约还需 \d+ 秒$/);
  expect(Number(await bar(page).getAttribute('value'))).toBeGreaterThan(0);
  expect(
    await page
      .getByRole('status')
      .filter({ hasText: /正在上传 旧网站|已上传 \d+%/ })
      .count(),
  ).toBe(1);
  expect(await violationsOf(page, RULES)).toEqual([]);
  // Whoever pressed the button is still there, and pressing it again does nothing.
  expect(await focused(page)).toContain('正在上传');
  expect(await submit(page, '正在上传').getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('取消上传');
  await page.keyboard.press('Enter');

  await page.getByText('已取消上传').waitFor();
  expect(await bar(page).count()).toBe(0);
  expect(await focused(page)).toContain('上传并检查');
  expect(await violationsOf(page, RULES)).toEqual([]);
  // Nothing of it stays on the server.
  await expect.poll(() => readdirSync(join(folder, 'uploads')), PATIENT).toEqual([]);

  await submit(page, '上传并检查').click();
  await expect.poll(async () => Number(await bar(page).getAttribute('value')), PATIENT).toBeGreaterThan(0.05);
  line.carry('broken');
  await page.getByText(/^网络断开，已传 [\d.]+ MB，需要从头上传。文件仍选着/).waitFor();
  expect(await focused(page)).toContain('重试');
  expect(await violationsOf(page, RULES)).toEqual([]);

  line.carry('quick');
  await submit(page, '重试').click();
  await page.waitForURL(/\/imports\/\d+$/);
  await page.getByRole('heading', { name: '旧网站2018年.jsonl' }).waitFor();
  await page.context().close();
});

test('a line that has fallen silent is told, and the upload goes on once it is back', {
  timeout: 60_000,
}, async () => {
  const page = await opened({ viewport: phone });
  await page.clock.install();
  await page.setInputFiles('input[name="file"]', history);
  line.carry('silent');
  await submit(page, '上传并检查').click();
  await expect.poll(async () => Number(await bar(page).getAttribute('value')), PATIENT).toBeGreaterThan(0);
  await page.clock.fastForward(21_000);
  await expect.poll(() => words(page).textContent(), PATIENT).toContain('20 秒没有进展，网络可能断了');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
  line.carry('quick');
  await page.getByText('这个文件已经上传过，下面是它的情况。').waitFor();
  await page.context().close();
});

test('what is wrong with a file is told beside its field', async () => {
  const page = await opened({ viewport: phone });
  const wrong = join(files, '名单.csv');
  writeFileSync(wrong, '姓名,电话\n张三,1');
  await page.setInputFiles('input[name="file"]', wrong);
  await submit(page, '上传并检查').click();
  const field = page.locator('.field-invalid input[name="file"][aria-invalid="true"]');
  await field.waitFor();
  const described = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
  expect(described).toContain('field-file-error');
  expect(await page.locator('#field-file-error').textContent()).toContain('表头里没有“来源编号”');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('file');
  expect(await violationsOf(page, RULES)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
  // Mended meanwhile, which the browser does not read as the one that was chosen.
  writeFileSync(wrong, item(1, ''));
  utimesSync(wrong, new Date(), new Date(Date.now() + 60_000));
  await submit(page, '上传并检查').click();
  await page.getByText('文件在选择之后被改动、移走或删除，请重新选择。').waitFor();
  await page.setInputFiles('input[name="file"]', wrong);
  expect(await page.locator('#field-file-error').count()).toBe(0);
  await page.context().close();
});

test('whoever was signed out meanwhile signs in elsewhere and sends the same again', async () => {
  const page = await opened();
  await page.setInputFiles('input[name="file"]', history);
  await page.context().clearCookies({ name: /^(?!gongkai-csrf)/ });
  await submit(page, '上传并检查').click();
  await page.getByText('登录已失效，请在另一个窗口登录后再试。文件仍选着，可以直接重试。').waitFor();
  const other = await page.context().newPage();
  await enterDesk(other, address, 'person1');
  await submit(page, '重试').click();
  await page.getByText('这个文件已经上传过，下面是它的情况。').waitFor();
  await page.context().close();
});

test('a file that was uploaded before leads to its import and says so', async () => {
  const page = await opened();
  await page.setInputFiles('input[name="file"]', history);
  await submit(page, '上传并检查').click();
  await page.getByText('这个文件已经上传过，下面是它的情况。').waitFor();
  await page.context().close();
});

test('without script the form posts itself', async () => {
  const page = await opened({ javaScriptEnabled: false });
  await page.setInputFiles('input[name="file"]', history);
  await submit(page, '上传并检查').click();
  await page.getByText('这个文件已经上传过，下面是它的情况。').waitFor();
  await page.context().close();
});
