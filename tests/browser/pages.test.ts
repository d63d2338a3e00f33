import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { DEMONSTRATION_PASSWORD } from '../../src/areas/accounts/index.ts';
import { notify } from '../../src/areas/notifications/index.ts';
import { openBrowser, openPage, phone } from '../support/browser.ts';
import { openDemonstration } from '../support/demonstration.ts';
import { faultsOf } from '../support/faults.ts';

const { app, address } = await openDemonstration();
const browser = await openBrowser();

const publicPages = [
  '/',
  '/search?q=解读',
  '/search?q=不存在的词',
  '/about',
  '/sitemap',
  '/reports',
  '/ledger',
  '/nothing',
];
const staffPages = [
  '/workbench',
  '/workbench/notifications',
  '/workbench/search?q=会议',
  '/workbench/gallery',
  '/workbench/gallery/drawer',
  '/workbench/nothing',
];

describe.each([
  ['desk screen', {}],
  ['telephone', { viewport: phone }],
])('on a %s', (_name, options: BrowserContextOptions) => {
  test('public pages are accessible and fit the width', async () => {
    const page = await openPage(browser, options);
    for (const path of publicPages) expect(await faultsOf(page, address + path)).toEqual([]);
    await page.context().close();
  });

  test('staff pages are accessible and fit the width', async () => {
    const page = await signedIn('zhuanyuan', options);
    for (const path of staffPages) expect(await faultsOf(page, address + path)).toEqual([]);
    await page.context().close();
  });
});

test('all pages fit a screen of 320 pixels', async () => {
  const page = await signedIn('zhuanyuan', { viewport: { width: 320, height: 640 } });
  for (const path of [...publicPages, ...staffPages])
    expect(await faultsOf(page, address + path, { axe: false })).toEqual([]);
  await page.context().close();
});

test('dark colours keep their contrast', async () => {
  const page = await signedIn('zhuanyuan', { colorScheme: 'dark' });
  for (const path of ['/', '/search?q=解读', '/workbench', '/workbench/gallery'])
    expect(await faultsOf(page, address + path)).toEqual([]);
  await page.context().close();
});

test('large type and high contrast are kept without script, and stay accessible', async () => {
  const page = await openPage(browser, { javaScriptEnabled: false, viewport: phone });
  await page.goto(`${address}/about`);
  await page.getByRole('link', { name: '长者版' }).click();
  await page.getByRole('link', { name: '高对比度' }).click();
  expect(new URL(page.url()).pathname).toBe('/about');
  await page.goto(`${address}/`);
  expect(await page.locator('html').getAttribute('data-size')).toBe('large');
  const size = await page.evaluate(() => getComputedStyle(document.body).fontSize);
  expect(size).toBe('20px');
  const scripted = await openPage(browser, {
    viewport: phone,
    storageState: await page.context().storageState(),
  });
  for (const path of ['/', '/about', '/ledger']) expect(await faultsOf(scripted, address + path)).toEqual([]);
  expect(await scripted.locator('html').getAttribute('data-contrast')).toBe('high');
  await scripted.context().close();
  await page.context().close();
});

test('the home page leads from a figure to its evidence and finds words of the report, without script', async () => {
  const page = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(address);
  await page.getByRole('link', { name: /9,351/ }).click();
  await expect.poll(() => page.locator('h1').textContent()).toContain('主动公开政府信息数');
  await page.goto(address);
  await page.getByRole('searchbox').fill('梁王山');
  await page.getByRole('button', { name: '搜索' }).click();
  expect(await page.locator('.result').count()).toBeGreaterThan(0);
  expect(await page.locator('.result mark').first().textContent()).toBe('梁王山');
  await page.context().close();
});

test('the first page stays below 100 KB on the wire', async () => {
  const page = await openPage(browser);
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', (event) => {
    bytes += event.encodedDataLength;
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  expect(bytes).toBeGreaterThan(5_000);
  expect(bytes).toBeLessThan(100_000);
  await page.context().close();
});

test('a queue is walked by keyboard, its drawer opens, and Esc closes it', async () => {
  const page = await signedIn('zhuanyuan');
  await page.goto(`${address}/workbench/gallery`);
  const rows = page.locator('table[data-queue] tbody tr');
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  expect(await rows.nth(1).evaluate((row) => row === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog');
  await drawer.getByText('填报单位').waitFor();
  expect(await drawer.locator('h2').evaluate((title) => title === document.activeElement)).toBe(true);
  await page.keyboard.press('Escape');
  expect(await drawer.isVisible()).toBe(false);
  await page.keyboard.press('/');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('desk-search');
  await page.context().close();
});

test('leaving a form with unsaved changes asks first', async () => {
  const page = await signedIn('zhuanyuan');
  await page.goto(`${address}/workbench/gallery`);
  await page.getByLabel('会议名称').fill('改过的名称');
  const asked = page.waitForEvent('dialog');
  const leaving = page
    .getByRole('link', { name: '数据填报', exact: true })
    .first()
    .click({ noWaitAfter: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await leaving;
  await page.context().close();
});

test('the bell counts unread notifications and opening one reads it', async () => {
  const page = await signedIn('fabu01');
  const { db } = app.connection;
  const { id, agency_id } = await db
    .selectFrom('staff')
    .select(['id', 'agency_id'])
    .where('username', '=', 'fabu01')
    .executeTakeFirstOrThrow();
  const ctx = { db, clock: app.clock, actor: { kind: 'system' as const, name: '系统' }, agencyId: agency_id };
  await notify(ctx, [id], {
    title: '十二月填报请于十日前报送',
    href: '/workbench/notifications?show=unread',
  });
  await page.goto(`${address}/workbench`);
  await page
    .getByRole('banner')
    .getByRole('link', { name: /1 条未读/ })
    .click();
  await page.getByRole('button', { name: /十二月填报/ }).click();
  await page.getByText('没有未读通知').waitFor();
  await page.context().close();
});

test('the navigation opens as a popover on a telephone without script', async () => {
  const page = await signedIn('zhuanyuan', { viewport: phone, javaScriptEnabled: false });
  await page.goto(`${address}/workbench`);
  const navigation = page.getByRole('navigation', { name: '工作台导航' });
  expect(await navigation.isVisible()).toBe(false);
  await page.getByRole('button', { name: '菜单' }).click();
  await navigation.getByRole('link', { name: '通知' }).click();
  expect(new URL(page.url()).pathname).toBe('/workbench/notifications');
  await page.context().close();
});

async function signedIn(username: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openPage(browser, options);
  await page.goto(`${address}/workbench/sign-in`);
  await page.locator('input[name=username]').fill(username);
  await page.locator('input[name=password]').fill(DEMONSTRATION_PASSWORD);
  await page.locator('main button[type=submit]').first().click();
  await page.waitForURL(`${address}/workbench`);
  return page;
}
