import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Clock, clockAt } from '../../src/core/clock.ts';
import { enterDesk, openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';

let time = '2024-03-11';
const clock: Clock = { now: () => clockAt(time).now(), today: () => clockAt(time).today() };
const { server, signedIn } = await openDesk({}, clock);
const people = ['window-clerk', 'disclosure-officer', 'case-handler', 'unit-head', 'leader'] as const;
for (const role of people) await signedIn(role);
const address = await server.listen({ port: 0, host: '127.0.0.1' });
const browser = await openBrowser();

async function deskOf(role: (typeof people)[number], viewport = { width: 1440, height: 900 }): Promise<Page> {
  const page = await openPage(browser, { viewport });
  await enterDesk(page, address, `person${people.indexOf(role) + 1}`);
  return page;
}

/** Presses keys only: `Tab` until the field has the focus, then types. */
async function typeInto(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, `[name="${name}"]`);
  await page.keyboard.type(text);
}

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the focus never reached ${selector}`);
}

let caseAddress = '';

test('an oral request at the counter, with the keyboard only', async () => {
  const page = await deskOf('window-clerk');
  await page.goto(`${address}/workbench/requests/new`);
  // The first choice has the focus already.
  expect(await page.evaluate(() => document.activeElement?.getAttribute('value'))).toBe('in-person');
  await page.keyboard.press('ArrowRight');
  await page.getByText('念给申请人听').waitFor();
  expect(await page.locator('#received-day').textContent()).toContain('2024年4月9日');
  await typeInto(page, 'name', '赵美兰');
  await typeInto(page, 'identityNumber', '530102199003078675');
  await typeInto(page, 'phone', '13888001234');
  await typeInto(page, 'address', '昆明市五华区人民路1号');
  await typeInto(page, 'title', '2023年城市更新项目清单');
  await typeInto(page, 'content', '高新区2023年度列入城市更新计划的项目名称、位置和投资额');
  await tabTo(page, 'form[action^="/workbench/requests/new"] button[type="submit"]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/receipt$/);
  expect(await page.locator('.receipt-number').nth(1).textContent()).toMatch(/^[2-9A-Z]{8}$/);
  expect(await page.locator('.count-last').first().textContent()).toContain('9');
  await tabTo(page, 'a[href$="/application-form.pdf"]');
  caseAddress = page.url().replace('/receipt', '');
});

test('the day of receipt follows the channel while one chooses, and likely repeats show themselves', async () => {
  const page = await deskOf('window-clerk');
  await page.goto(`${address}/workbench/requests/new`);
  await page.getByLabel('平信').check();
  await page.locator('#received-day').getByText('确认之日').waitFor();
  await page.fill('[name="confirmedOn"]', '2024-03-11');
  await page.locator('#received-day').getByText('2024年4月9日').waitFor();
  await page.fill('[name="name"]', '赵美兰');
  await page.fill('[name="identityNumber"]', '530102199003078675');
  await page.fill('[name="title"]', '2023年城市更新项目清单');
  await page.locator('[name="title"]').blur();
  await page.locator('#repeats').getByText('证件号码相同').waitFor();
  await page.fill('[name="content"]', '同上');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.waitForURL(/\/receipt$/);
});

test('the officer asks for a correction and sees the letter while writing', async () => {
  const page = await deskOf('disclosure-officer');
  await page.goto(caseAddress);
  await page.getByRole('link', { name: '告知补正' }).click();
  await page.getByLabel('需要补正的事项').fill('请写明是否包括已经终止的项目。');
  await page.locator('#letter-preview').getByText('请写明是否包括已经终止的项目。').waitFor();
  expect(await page.locator('#letter-preview').textContent()).not.toContain('赵美兰');
  await page.getByRole('button', { name: '签发补正告知书' }).click();
  await page.waitForURL(caseAddress);
  expect(await page.locator('.desk-title').textContent()).toContain('待补正');
  expect(await page.locator('#letters').textContent()).toContain('补正告知书');
  await page.getByRole('link', { name: '收到补正' }).click();
  await page.getByLabel('补正的内容').fill('包括已经终止的项目');
  await page.getByRole('button', { name: '登记补正' }).click();
  await page.waitForURL(caseAddress);
  await page.getByRole('link', { name: '审查通过' }).click();
  await page.getByLabel('主办部门').selectOption({ index: 1 });
  await page.getByRole('button', { name: '审查通过，交部门办理' }).click();
  await page.waitForURL(caseAddress);
  expect(await page.locator('.desk-title').textContent()).toContain('还有 20 个工作日');
});

test('who asked is seen after a reason', async () => {
  const page = await deskOf('disclosure-officer');
  await page.goto(caseAddress);
  expect(await page.locator('.case-facts').textContent()).not.toContain('赵美兰');
  await page.getByText('查看完整信息').click();
  await page.getByLabel('查看的理由').fill('联系申请人核实申请内容');
  await page.getByRole('button', { name: '查看并记录' }).click();
  await page.getByText('本次查看已记入台账').waitFor();
  expect(await page.locator('.case-facts').textContent()).toContain('赵美兰');
  expect(await page.locator('.case-timeline').textContent()).toContain('查看申请人信息');
});

const casePages = [
  '',
  '/receipt',
  '/assignment',
  '/search',
  '/consultation',
  '/extension',
  '/fee',
  '/reply',
  '/dispute',
  '/withdrawal',
  '/delivery',
];

test('every page of the case is sound, on a desk and on a phone', async () => {
  const page = await deskOf('disclosure-officer');
  const found = await faultsOf(page, `${address}/workbench/requests/new`);
  for (const path of casePages) found.push(...(await faultsOf(page, `${caseAddress}${path}`)));
  found.push(...(await faultsOf(page, `${address}/workbench/requests/publications`)));
  await page.goto(`${caseAddress}/reply`);
  await page.locator('#kind-B2').check();
  await page.getByRole('button', { name: '继续填写内容' }).click();
  await page.getByLabel('不予公开的内容').fill('身份证件号码');
  await page.locator('#letter-preview').getByText('身份证件号码').waitFor();
  const small = await deskOf('disclosure-officer', phone);
  for (const path of ['', '/receipt', '/reply', '/fee', '/assignment'])
    found.push(...(await faultsOf(small, `${caseAddress}${path}`, { axe: false })));
  await small.setViewportSize({ width: 320, height: 640 });
  found.push(...(await faultsOf(small, `${address}/workbench/requests/new`, { axe: false })));
  found.push(...(await faultsOf(small, caseAddress, { axe: false })));
  expect(found).toEqual([]);
});

test('an extension sent after midnight of the last day is refused, and nothing typed is lost', async () => {
  // 23:40 in China on the last day of the limit.
  time = '2024-04-09T15:40:00Z';
  const page = await deskOf('case-handler');
  await page.goto(`${caseAddress}/extension`);
  await page.getByLabel('延期的理由').fill('所涉档案分散在三个部门，需要逐件检索核对');
  await page.locator('#letter-preview').getByText('需要逐件检索核对').waitFor();
  time = '2024-04-09T16:05:00Z';
  await page.getByRole('button', { name: '提请批准' }).click();
  await page.getByText('期限已于2024年4月9日届满').waitFor();
  expect(await page.locator('.rejection').textContent()).toContain('第三十三条');
  expect(await page.getByLabel('延期的理由').inputValue()).toContain('需要逐件检索核对');
  await page.getByRole('link', { name: '查看这件申请现在的情况' }).click();
  expect(await page.locator('.light-red').textContent()).toContain('已逾期 1 个工作日');
  await page.getByText('现在不能办理的').click();
  expect(await page.locator('.closed-moves').textContent()).toContain('不能再延期');
});
