import type { BrowserContextOptions, Page } from 'playwright-core';
import { Temporal } from 'temporal-polyfill';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Clock } from '../../src/core/clock.ts';
import { putEntry } from '../../src/core/search-index/index.ts';
import { openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';

/** A clock that tests move. Monday 2 March 2026. */
let now = Temporal.Instant.from('2026-03-02T09:00:00+08:00');
const clock: Clock = {
  now: () => now,
  today: () => now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate(),
};

const { app, server, pool, agencyId } = await openDesk({}, clock);
const browser = await openBrowser();
let address = '';
beforeAll(async () => {
  address = await server.listen({ port: 0, host: '127.0.0.1' });
});

const next = (page: Page) => page.locator('main button.btn-primary').click();
const at = (page: Page, path: string) => page.waitForURL(`${address}${path}`);
/** The page as it stands has no fault: it is opened again, as its address is. */
const sound = async (page: Page) => expect(await faultsOf(page, page.url())).toEqual([]);

/** From the start to the review, as somebody with a telephone does it; `look` at every page on the way. */
async function fillIn(page: Page, look: (page: Page) => Promise<void> = async () => {}) {
  await page.goto(`${address}/requests`);
  await look(page);
  await page.getByRole('link', { name: '提出申请' }).first().click();
  await look(page);
  await page.getByRole('link', { name: '开始填写' }).click();
  await page.getByLabel('名称').fill('学府路改造工程环境影响评价批复');
  await page.getByLabel('具体描述').fill('2025年学府路改造工程的环境影响评价批复全文。');
  await next(page);
  await at(page, '/requests/new/public');
  await look(page);
  await page.getByRole('link', { name: '继续' }).click();
  await at(page, '/requests/new/who');
  await look(page);
  await page.getByLabel('自然人').check();
  await next(page);
  await at(page, '/requests/new/identity');
  await page.getByLabel('姓名').fill('张小满');
  await page.getByLabel('证件号码').fill('530103199001011238');
  await next(page);
  await at(page, '/requests/new/delivery');
  await look(page);
  await page.getByLabel('电子文档').check();
  await page.getByLabel('网上查阅').check();
  await next(page);
  await at(page, '/requests/new/contact');
  await look(page);
  await page.getByLabel('电话').fill('13888001234');
  await next(page);
  await at(page, '/requests/new/files');
  const file = { name: '身份证.txt', mimeType: 'text/plain', buffer: Buffer.from('身份证明') };
  await page.getByLabel('选择文件').setInputFiles(file);
  await page.getByRole('button', { name: '上传所选文件' }).click();
  await page.getByText('身份证.txt').first().waitFor();
  await look(page);
  await next(page);
  await at(page, '/requests/new/review');
  await look(page);
}

async function keysOf(page: Page): Promise<{ number: string; code: string }> {
  const [number = '', code = ''] = await page.locator('.request-receipt-keys dd').allTextContents();
  return { number, code };
}

describe.each([
  ['a telephone', { viewport: phone }],
  ['a desk screen', { viewport: { width: 1440, height: 900 } }],
  ['a telephone in large type and high contrast', { viewport: phone, large: true }],
])('on %s', (_name, { large, ...options }: BrowserContextOptions & { large?: boolean }) => {
  test('a citizen asks, keeps the receipt and follows the request', async () => {
    const page = await openPage(browser, options);
    if (large) {
      await page.goto(`${address}/about`);
      await page.getByRole('link', { name: '长者版' }).click();
      await page.getByRole('link', { name: '高对比度' }).click();
    }
    await fillIn(page, options.viewport === phone ? sound : undefined);
    await next(page);
    await at(page, '/requests/receipt');
    await sound(page);
    expect(await page.getByText('2026年3月30日').count()).toBeGreaterThan(0);
    expect(await page.getByRole('button', { name: '打印本页' }).isVisible()).toBe(true);
    expect(page.url()).not.toContain((await keysOf(page)).code.replace(' ', ''));
    const { number, code } = await keysOf(page);
    await page.getByRole('link', { name: '查看进度' }).click();
    await sound(page);
    await page.getByLabel('查询码').fill(code);
    await next(page);
    await at(page, '/requests/track/form');
    await sound(page);
    expect(await page.locator('h1').textContent()).toBe(`申请 ${number}`);
    await page.getByRole('link', { name: '撤回这件申请' }).click();
    await sound(page);
    await page.context().close();
  });
});

test('without script a citizen asks as well, and waits instead of working', async () => {
  const page = await openPage(browser, { viewport: phone, javaScriptEnabled: false });
  await fillIn(page);
  expect(await page.getByText('您的浏览器没有运行脚本').count()).toBe(1);
  await next(page);
  await page.getByText('还没有提交').waitFor();
  expect(await page.getByText('学府路改造工程环境影响评价批复').count()).toBeGreaterThan(0);
  now = now.add({ minutes: 2 });
  await next(page);
  await at(page, '/requests/receipt');
  const { number, code } = await keysOf(page);
  await page.goto(`${address}/requests/track?number=${number}`);
  await page.getByLabel('查询码').fill(code);
  await next(page);
  await at(page, '/requests/track/form');
  await page.getByText('审查中').waitFor();
  await page.context().close();
});

test('with script the page saves itself, looks for what is public, and says at once what is wrong', async () => {
  await putEntry(app.connection.db, agencyId, {
    kind: 'item',
    ref: '1',
    sourceId: null,
    href: '/items/KMHNZ/2024-00001',
    title: '公共停车场收费标准',
    body: '公共停车场每小时收费五元。',
    publishedOn: '2024-01-10',
  });
  const page = await openPage(browser, { viewport: phone });
  await page.goto(`${address}/requests/new/what`);
  await page.getByLabel('名称').fill('停车场收费');
  await page.locator('.request-found a').first().waitFor();
  expect(await page.locator('.request-found a').first().getAttribute('href')).toBe('/items/KMHNZ/2024-00001');
  await page.getByText(/已于 .* 自动保存/).waitFor();
  await page.goto(`${address}/requests/new/what`);
  expect(await page.getByLabel('名称').inputValue()).toBe('停车场收费');
  await page.getByLabel('具体描述').fill('描述描述');
  await next(page);
  await page.getByRole('link', { name: '继续申请' }).click();
  await page.getByLabel('商业企业').check();
  await next(page);
  await at(page, '/requests/new/identity');
  const number = page.getByLabel('代码或者证件号码');
  await number.fill('91530100MA6K0000');
  await number.blur();
  await page.getByText('应为18位').waitFor();
  expect(await number.getAttribute('aria-invalid')).toBe('true');
  await number.fill('91530100MA6K000000');
  await number.blur();
  await page.getByText('应为18位').waitFor({ state: 'detached' });
  expect(await number.getAttribute('aria-invalid')).toBeNull();
  await number.fill('91530100MA6K000001');
  await next(page);
  await page.getByLabel('仍按此代码提交的理由').waitFor();
  await sound(page);
  await page.context().close();
});

test('a browser that leaves its work is asked again, and sending twice sends once', async () => {
  const page = await openPage(browser, { viewport: phone });
  await fillIn(page);
  const before = Number((await pool.query('SELECT count(*) AS n FROM request_forms')).rows[0].n);
  const button = page.getByRole('button', { name: '提交申请' });
  await button.dblclick();
  await at(page, '/requests/receipt');
  expect(Number((await pool.query('SELECT count(*) AS n FROM request_forms')).rows[0].n)).toBe(before + 1);
  await page.goBack();
  await page.goto(`${address}/requests/new/review`);
  await at(page, '/requests/receipt');
  await page.context().close();
});

test('public pages fit a screen of 320 pixels and dark colours', async () => {
  const narrow = await openPage(browser, { viewport: { width: 320, height: 640 } });
  const dark = await openPage(browser, { colorScheme: 'dark' });
  for (const path of [
    '/requests',
    '/requests/new',
    '/requests/new/what',
    '/requests/already?q=申请',
    '/requests/answered',
    '/requests/answered?q=没有的词',
    '/requests/track',
    '/requests/receipt',
  ]) {
    expect(await faultsOf(narrow, address + path, { axe: false })).toEqual([]);
    expect(await faultsOf(dark, address + path)).toEqual([]);
  }
  await narrow.context().close();
  await dark.context().close();
});
