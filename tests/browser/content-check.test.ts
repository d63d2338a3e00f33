import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { clockAt } from '../../src/core/clock.ts';
import { enterDesk, openBrowser, openPage, phone } from '../support/browser.ts';
import { noticesColumn } from '../support/catalogue.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';

const { app, server, agencyId, signedIn } = await openDesk({}, clockAt('2018-03-06'));
const people = ['publisher', 'disclosure-officer'] as const;
for (const role of people) await signedIn(role);
await noticesColumn(app.connection.db, agencyId);
const address = await server.listen({ port: 0, host: '127.0.0.1' });
const browser = await openBrowser();
// A number with a valid check digit that is nobody's.
const RESIDENT = '530102199003071238';
let item = '';

async function deskOf(role: (typeof people)[number], viewport = { width: 1440, height: 900 }): Promise<Page> {
  const page = await openPage(browser, { viewport });
  await enterDesk(page, address, `person${people.indexOf(role) + 1}`);
  return page;
}

test('findings come after the save, lead to their place and mark it, and one click puts right', async () => {
  const page = await deskOf('publisher');
  await page.goto(`${address}/workbench/items/new`);
  await page.fill('[name="title"]', '关于布署汛期工作的通知');
  await page.getByRole('button', { name: '开始撰写' }).click();
  await page.waitForURL(/\/workbench\/items\/\d+$/);
  item = page.url();
  const text = page.locator('.editor-text');
  await text.click();
  await page.keyboard.type('各部门：');
  await page.keyboard.press('Enter');
  await page.keyboard.type(`请张三（${RESIDENT}）按装设备，按装后报告。`);
  const findings = page.locator('#findings');
  // No page is loaded anew: the list follows the save.
  await findings.getByText('公民身份号码', { exact: true }).waitFor();
  expect(await findings.textContent()).not.toContain(RESIDENT);

  const words = findings.locator('li', { has: page.locator('mark', { hasText: '按装' }) }).first();
  await words.getByRole('link', { name: '正文' }).click();
  expect(await text.locator('.editor-marked').textContent()).toBe('按装');
  await findings.locator('li', { hasText: '布署汛期' }).getByRole('link', { name: '标题' }).click();
  const chosen = () =>
    page.locator('[name="title"]').evaluate((field: HTMLInputElement) => {
      return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
    });
  expect(await chosen()).toBe('布署');

  await text.getByText('后报告').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('不得延误。');
  await words.getByRole('button', { name: '全部改为“安装”（2 处）' }).click();
  await page.waitForURL(/#findings$/);
  await page.locator('.editor-text').getByText('安装设备，安装后报告。不得延误。').waitFor();
  await findings.getByRole('button', { name: '遮蔽号码' }).click();
  await page.locator('.editor-text').getByText('530***********1238').waitFor();
  await findings.getByText('保留并说明理由').click();
  await findings.getByLabel('保留的理由').fill('引用旧文件的标题');
  await findings.getByRole('button', { name: '保留', exact: true }).click();
  await findings.getByText('没有妨碍送审的问题，1 处已说明理由').waitFor();
});

test('a field that is folded away opens when a finding leads to it', async () => {
  const page = await deskOf('publisher');
  await page.goto(`${address}/workbench/items/new`);
  await page.fill('[name="title"]', '昆明高新区节约用水管理办法');
  await page.getByRole('button', { name: '开始撰写' }).click();
  await page.waitForURL(/\/workbench\/items\/\d+$/);
  const plan = page.locator('[name="interpretationPlan"]');
  expect(await plan.isVisible()).toBe(false);
  await page.locator('[name="normative"]').selectOption('normative');
  await page.locator('#findings').getByRole('link', { name: '解读方案' }).click();
  await plan.waitFor({ state: 'visible' });
  expect(await plan.evaluate((field) => field === document.activeElement)).toBe(true);
});

test.each([
  ['a desk screen', { width: 1440, height: 900 }],
  ['a telephone', phone],
])('every page is sound on %s', async (_, viewport) => {
  const writer = await deskOf('publisher', viewport);
  expect(await faultsOf(writer, item)).toEqual([]);
  const page = await deskOf('disclosure-officer', viewport);
  for (const path of ['', '/new', '/words/d%3Abushu', '/import', '/trial']) {
    expect(await faultsOf(page, `${address}/workbench/dictionaries${path}`), path).toEqual([]);
  }
  await page.fill('[name="text"]', '布署工作，机密★1年。');
  await page.getByRole('button', { name: '查一查' }).click();
  await page.getByText('查出 2 处').waitFor();
});
