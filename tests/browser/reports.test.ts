import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clockAt } from '../../src/core/clock.ts';
import { enterDesk, openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { RULES, violationsOf } from '../support/faults.ts';

const { server, signedIn } = await openDesk({}, clockAt('2019-01-10'));
const browser = await openBrowser();
const report = '/workbench/reports/2018';
let address = '';
const people = {} as Record<'publisher' | 'officer' | 'head' | 'secrecy' | 'leader', Page>;

beforeAll(async () => {
  address = await server.listen({ port: 0, host: '127.0.0.1' });
  const roles = {
    publisher: 'publisher',
    officer: 'disclosure-officer',
    head: 'unit-head',
    secrecy: 'secrecy-reviewer',
    leader: 'leader',
  } as const;
  let number = 0;
  for (const [name, role] of Object.entries(roles) as [
    keyof typeof roles,
    (typeof roles)[keyof typeof roles],
  ][]) {
    await signedIn(role);
    number += 1;
    const page = await openPage(browser);
    await enterDesk(page, address, `person${number}`);
    people[name] = page;
  }
}, 120_000);
afterAll(async () => {
  for (const page of Object.values(people)) await page.context().close();
});

const go = (page: Page, path: string) => page.goto(address + path);
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const said = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();

/** Broken accessibility rules, sideways scrolling, and errors of script or policy. */
async function faults(page: Page, path: string): Promise<string[]> {
  const found: string[] = [];
  const heard = (message: { type(): string; text(): string }) => {
    if (message.type() === 'error') found.push(`${path}: ${message.text()}`);
  };
  page.on('console', heard);
  await go(page, path);
  await page.waitForLoadState('networkidle');
  page.off('console', heard);
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (wider > 0) found.push(`${path}: ${wider}px wider than the screen`);
  for (const { id, nodes } of await violationsOf(page, RULES))
    found.push(`${path}: ${id} at ${nodes[0]?.target.join(' ')}`);
  return found;
}

test('from an empty return: the publisher fills it in and sends it', async () => {
  const { publisher, officer } = people;
  await go(publisher, '/workbench/returns/fill?month=2018-12');
  const quantities = {
    'catalogue.items': '5810',
    'channels.weibo': '5810',
    'press.conferences': '4',
    'remedies.reconsiderations': '5',
    'remedies.reconsiderations.upheld': '3',
  };
  for (const [code, quantity] of Object.entries(quantities))
    await publisher.locator(`input[name="q.${code}"]`).fill(quantity);
  await press(publisher, '保存并报送');
  await press(publisher, /^报送/);
  await said(publisher, '待审核');

  await go(officer, '/workbench/returns/review');
  await officer.locator('main table a').first().click();
  await officer
    .getByRole('link', { name: '审核通过' })
    .or(officer.getByRole('button', { name: '审核通过' }))
    .first()
    .click();
  if (officer.url().endsWith('/acceptance')) await press(officer, /审核通过/);
  await said(officer, '已通过');
});

test('the officer opens and compiles the report', async () => {
  const { officer } = people;
  await go(officer, '/workbench/reports');
  await officer.getByLabel('报告年度').selectOption('2018');
  await press(officer, '开始编制');
  await press(officer, '汇编数据');
  await said(officer, '第 1 次汇编完成');
  await officer.getByRole('link', { name: /政务微博公开政府信息数 5,810，查看依据/ }).click();
  const drawer = officer.locator('dialog#drawer');
  await drawer.getByText('1 条已审核填报').waitFor();
  await drawer.getByRole('link', { name: /政务微博/ }).waitFor();
  await officer.keyboard.press('Escape');
  expect(await drawer.isVisible()).toBe(false);
});

test('the chapter editor: a live figure, a contradiction beside its figure, paste from Word, a link, a list', async () => {
  const { officer } = people;
  const source = () => officer.locator('textarea[name="source"]').inputValue();
  await go(officer, `${report}/chapters/proactive`);
  const editor = officer.getByRole('textbox', { name: /主动公开政府信息情况/ });
  await editor.click();
  await officer.keyboard.press('Control+A');
  await officer.keyboard.type('全年在微博公开信息{{');
  await officer.getByLabel('查找').fill('微博公开');
  await officer.getByRole('option', { name: /政务微博公开政府信息数/ }).waitFor();
  await officer.keyboard.press('Enter');
  await officer.keyboard.type('条。');
  expect(await source()).toBe('全年在微博公开信息{{1.2.3}}条。');
  expect(await editor.locator('[data-figure="1.2.3"]').textContent()).toBe('5810');

  await officer.keyboard.press('Enter');
  await officer.keyboard.type('举行新闻发布会6场。');
  await editor.locator('.contradiction').waitFor();
  expect(await editor.locator('.finding-note').textContent()).toContain('表中 4 次');
  await officer.getByRole('button', { name: '改用此数' }).click();
  expect(await source()).toContain('举行新闻发布会{{2.2.1}}场。');
  await editor.locator('.contradiction').waitFor({ state: 'detached' });

  await officer.keyboard.press('Control+End');
  await editor.evaluate((element) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData(
      'text/html',
      `<html xmlns:o="urn:schemas-microsoft-com:office:office"><style>p{color:red}</style><body><!--StartFragment-->
       <p class="MsoNormal" style="text-indent:21pt"><span style="color:red">　　粘贴的<b>重点</b>文字</span><o:p></o:p></p>
       <p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">1.<span>&nbsp;</span></span>第一项</p>
       <p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">2.<span>&nbsp;</span></span>第二项</p>
       <table><tr><td>渠道</td><td>数量</td></tr></table><script>alert(1)</script><!--EndFragment--></body></html>`,
    );
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  expect(await source()).toContain('粘贴的**重点**文字');
  expect(await source()).toContain('1. 第一项\n2. 第二项');
  expect(await source()).toContain('渠道，数量');
  expect(await source()).not.toContain('alert');

  const undo = officer.getByRole('toolbar').getByRole('button', { name: '撤销' });
  await undo.click();
  expect(await source()).not.toContain('粘贴的');
  await officer.keyboard.press('Control+End');
  await officer.keyboard.press('Enter');
  await officer.keyboard.type('## ');
  await officer.keyboard.press('Backspace');
  await officer.keyboard.press('Backspace');
  await officer.keyboard.press('Backspace');
  await officer.keyboard.press('Control+Alt+1');
  await officer.keyboard.type('（一）查询方式');
  await officer.keyboard.press('Enter');
  await officer.keyboard.press('Control+Shift+8');
  await officer.keyboard.type('公开目录');
  await officer.keyboard.press('Shift+Home');
  // The browser tells the page of a new selection a moment later; nobody presses two keys faster than that.
  await officer.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  await officer.keyboard.press('Control+k');
  await officer.getByLabel('地址').fill('javascript:alert(1)');
  await officer.keyboard.press('Enter');
  await said(officer, '请填写以 https:// 或 / 开头的地址。');
  await officer.getByLabel('地址').fill('/catalogue');
  await officer.keyboard.press('Enter');
  expect(await source()).toContain('## （一）查询方式\n\n- [公开目录](/catalogue)');
  await said(officer, /草稿已于 .* 存在本机/);
  await officer.waitForFunction(() => JSON.stringify(localStorage).includes('公开目录'));
});

test('an unsaved draft survives a closed page, and saving ends it', async () => {
  const { officer } = people;
  const draft = await officer.locator('textarea[name="source"]').inputValue();
  const page = await officer.context().newPage();
  await go(page, `${report}/chapters/proactive`);
  await said(page, /没有保存的草稿/);
  await press(page, '恢复草稿');
  expect(await page.locator('textarea[name="source"]').inputValue()).toBe(draft);
  await press(page, '保存本章');
  await said(page, '本章已保存。');
  expect(await page.getByRole('button', { name: '恢复草稿' }).isVisible()).toBe(false);
  expect(await page.locator('textarea[name="source"]').inputValue()).toBe(draft);
  await page.close();
});

test('someone else saved meanwhile: both texts side by side, merged, saved', async () => {
  const { officer } = people;
  // The first window still stands on the text from before the save.
  const editor = officer.getByRole('textbox', { name: /主动公开政府信息情况/ });
  await editor.click();
  await officer.keyboard.press('Control+Home');
  await officer.keyboard.type('开头一句。');
  await press(officer, '保存本章');
  await said(officer, '在您编辑期间保存了这一章');
  expect(await officer.locator('.merge-sides').first().locator('ins').first().textContent()).toContain(
    '开头一句',
  );
  for (const choice of await officer.getByLabel('您的文字').all())
    if (await choice.isVisible()) await choice.check();
  await press(officer, '合并成一份');
  await said(officer, '已合并，尚未保存');
  await press(officer, '保存本章');
  await said(officer, '本章已保存。');
});

test('explained, checked, reviewed twice, signed and published', async () => {
  const { officer, head, secrecy, leader } = people;
  await go(officer, `${report}/findings`);
  await said(officer, /应填|合计/);
  await officer.getByText('数据无误，写明原因').first().click();
  await officer.getByLabel('说明').first().fill('两件申请未登记申请方式。');
  await press(officer, '保存说明');
  await said(officer, '说明已保存');
  await press(officer, '核对通过，送审');
  await said(officer, '已核对通过，等待内容审核和保密审查。');
  await said(officer, '您参与了本版报告的编制');

  for (const [page, kind] of [
    [head, '内容审核'],
    [secrecy, '保密审查'],
  ] as const) {
    await go(page, report);
    await page.getByRole('link', { name: kind }).click();
    await page.getByLabel('通过', { exact: true }).check();
    await press(page, `提交${kind}结果`);
    await said(page, '审核结果已提交。');
  }

  await go(leader, report);
  await leader.getByRole('link', { name: '签发' }).click();
  await press(leader, '签发');
  await said(leader, '第 1 版已签发');

  await go(officer, report);
  await officer.getByRole('link', { name: '发布', exact: true }).click();
  await press(officer, '发布');
  await said(officer, '报告已发布，公众现在可以查看和下载。');
});

test('the public reads it, and goes down from a cell to its evidence', async () => {
  const page = await openPage(browser, { viewport: phone, javaScriptEnabled: false });
  await go(page, '/reports');
  await page.getByRole('link', { name: /2018年政府信息公开工作年度报告/ }).click();
  await said(page, '开头一句。');
  await said(page, '两件申请未登记申请方式。');
  await page.getByRole('link', { name: /政务微博公开政府信息数 5810，查看依据/ }).click();
  await said(page, '依据（签发时冻结）');
  expect(await page.locator('td[data-label="数量"]').textContent()).toBe('5,810');
  await page.context().close();
});

test.each([
  ['desk screen', { width: 1280, height: 800 }],
  ['telephone', phone],
  ['narrow telephone', { width: 320, height: 640 }],
])('all pages of the report are accessible and fit a %s', async (_name, viewport) => {
  const { officer } = people;
  await officer.setViewportSize(viewport);
  for (const path of [
    '/workbench/reports',
    report,
    `${report}/cells/statistics/1.2.3/value`,
    `${report}/chapters`,
    `${report}/findings`,
    `${report}/changes`,
    `${report}/reviews`,
    `${report}/versions`,
    `${report}/correction`,
    '/reports',
    '/reports/2018',
    '/reports/2018/figures/1.2.3/value',
  ])
    expect(await faults(officer, path)).toEqual([]);
});

test('the editor is accessible, also with its panels open', async () => {
  const { officer } = people;
  await officer.setViewportSize({ width: 1280, height: 800 });
  await go(officer, `${report}/correction`);
  await officer.getByLabel('更正原因').fill('补充开头的说明文字。');
  await press(officer, '开始更正');
  for (const viewport of [{ width: 1280, height: 800 }, phone]) {
    await officer.setViewportSize(viewport);
    expect(await faults(officer, `${report}/chapters/proactive`)).toEqual([]);
    await officer.getByRole('toolbar').getByRole('button', { name: '插入数字' }).click();
    await officer.locator('[role="option"]').first().waitFor();
    const violations = await violationsOf(officer, RULES);
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target}`)).toEqual([]);
  }
});
