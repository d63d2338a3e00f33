import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { registerForm } from '../../src/areas/requests/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { enterDesk, openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { aForm } from '../support/requests.ts';

const today = '2024-03-11';
const { app, server, system, signedIn } = await openDesk({}, clockAt(today));
const people = ['disclosure-officer', 'case-handler', 'unit-head', 'secrecy-reviewer', 'leader'] as const;
for (const role of people) await signedIn(role);
const address = await server.listen({ port: 0, host: '127.0.0.1' });
const browser = await openBrowser();
const folder = mkdtempSync(join(tmpdir(), 'gongkai-request-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function deskOf(role: (typeof people)[number]): Promise<Page> {
  const page = await openPage(browser, { viewport: { width: 1440, height: 900 } });
  await enterDesk(page, address, `person${people.indexOf(role) + 1}`);
  return page;
}

let officer: Page;
let handler: Page;
let request = '';
let receipt: Awaited<ReturnType<typeof registerForm>>;

/** Presses the button of a move's page and waits for the case to come back. */
async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  await page.waitForURL(request);
}

/** What a row of the report's table counts, as the compiled report of the year says. */
async function outcomes(figure: string): Promise<number | null> {
  const count = app.figures.get(figure)?.count;
  const scope = { agencyId: system.agencyId, from: '2024-01-01', to: '2024-12-31' };
  return count ? (await count(app.connection.db, scope)).quantity : null;
}

test('a third party is asked and objects', async () => {
  receipt = await registerForm({ ...system, vault: app.vault }, aForm({ submittedOn: today }));
  request = `${address}/workbench/requests/${receipt.requestId}`;
  officer = await deskOf('disclosure-officer');
  handler = await deskOf('case-handler');
  await officer.goto(`${request}/acceptance`);
  await officer.getByLabel('主办部门').selectOption({ index: 1 });
  await press(officer, '审查通过，交部门办理');
  await handler.goto(`${request}/consultation`);
  await handler.locator('[name="name"]').fill('昆明某某科技有限公司');
  await handler.locator('[name="information"]').fill('投资协议中的付款条款');
  await press(handler, '签发征求意见书');
  expect(await handler.locator('#letters').textContent()).toContain('征求第三方意见书');
  await handler.goto(`${request}/opinion`);
  await handler.locator('[name="opinion"][value="disagree"]').check();
  await handler.locator('[name="text"]').fill('付款条款是商业秘密，不同意公开。');
  await press(handler, '登记意见');
  expect(await handler.locator('body').textContent()).toContain('不同意');
}, 60_000);

test('what is withheld is covered, and the file goes into the case through the gate', async () => {
  const source = await openPage(browser);
  await source.setContent(
    '<h1>投资协议</h1><p>付款条款：三千万元，分三期支付。</p><p>项目地点：高新区西区。</p>',
  );
  const file = join(folder, '投资协议.pdf');
  writeFileSync(file, await source.pdf({ format: 'A4' }));
  await source.close();
  await app.jobs.start(app);
  await handler.goto(`${address}/workbench/redactions/new?request=${receipt.requestId}`);
  await handler.setInputFiles('input[type="file"]', file);
  await handler.getByRole('button', { name: '上传并开始处理' }).click();
  await handler.waitForURL(/redactions\/\d+$/);
  await handler.getByLabel('词语').fill('三千万元');
  await handler.getByRole('button', { name: '遮盖所有这个词' }).click();
  await handler.getByText('已遮盖这个词 1 处').first().waitFor();
  await handler.getByRole('link', { name: '检查并导出' }).click();
  await handler.getByRole('button', { name: '导出' }).click();
  await handler.getByRole('link', { name: '下载 PDF' }).waitFor({ timeout: 60_000 });
  await handler.getByRole('button', { name: '放入案卷' }).click();
  await handler.getByText('已放入案卷').first().waitFor();
  await handler.goto(request);
  await handler.getByRole('button', { name: '出口检查' }).first().click();
  await handler.waitForURL(/releases\/\d+$/);
  await handler.goto(request);
  expect(await handler.locator('body').textContent()).toContain('出口检查通过');
}, 120_000);

test('the reply is drafted, reviewed by two others, signed and sent', async () => {
  await handler.goto(`${request}/reply`);
  await handler.getByRole('radio', { name: /部分公开/ }).check();
  await handler.getByRole('button', { name: '继续填写内容' }).click();
  await handler.locator('[name="provided"]').fill('投资协议一份，遮盖付款条款。');
  await handler.locator('[name="withheld"]').fill('付款条款');
  await handler.locator('[name="objected"][value="kept"]').check();
  await handler.locator('[name="reason"]').fill('付款条款是第三方的商业秘密，公开会损害其合法权益。');
  await handler.getByRole('button', { name: '保存并送审' }).click();
  await handler.waitForURL(/reply-submission$/);
  await handler.locator('form[action*="reply-submission"] button[type="submit"]').first().click();
  await handler.waitForURL(request);
  for (const [role, path] of [
    ['unit-head', 'legal-review'],
    ['secrecy-reviewer', 'secrecy-review'],
  ] as const) {
    const page = await deskOf(role);
    await page.goto(`${request}/${path}`);
    await page.locator('input[name="result"][value="approved"]').check();
    await page.locator(`form[action*="${path}"] button[type="submit"]`).first().click();
    await page.waitForURL(request);
  }
  const leader = await deskOf('leader');
  await leader.goto(`${request}/signature`);
  await leader.locator('form[action*="signature"] button[type="submit"]').first().click();
  await leader.waitForURL(request);
  expect(await outcomes('requests.outcomes.partly-disclosed.natural-person')).toBe(0);
  await officer.goto(`${request}/dispatch`);
  await officer.locator('[name="method"][value="post"]').check();
  await officer.locator('form[action*="dispatch"] button[type="submit"]').first().click();
  await officer.waitForURL(request);
  expect(await officer.locator('.desk-title').textContent()).toContain('已办结');
}, 120_000);

test('the row of the report has moved', async () => {
  expect(await outcomes('requests.new.natural-person')).toBe(1);
  expect(await outcomes('requests.outcomes.partly-disclosed.natural-person')).toBe(1);
  expect(await outcomes('requests.carried-out.natural-person')).toBe(0);
});

test('the applicant downloads the letter on a phone, and anybody verifies it', async () => {
  const page = await openPage(browser, { viewport: phone });
  await page.goto(`${address}/requests/track`);
  await page.fill('[name="number"]', receipt.number);
  await page.fill('[name="code"]', receipt.code);
  await page.locator('form[action*="/requests/track"] button[type="submit"]').first().click();
  await page.getByText('答复书').first().waitFor();
  const link = page.locator('.request-letters li', { hasText: '答复书' }).getByRole('link', { name: 'PDF' });
  const [saved] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const letter = join(folder, 'letter.pdf');
  await saved.saveAs(letter);
  const { rows } = await app.connection.pool.query("SELECT code FROM letters WHERE kind = 'reply'");
  await page.goto(`${address}/letters/${rows[0]?.code}`);
  await page.setInputFiles('input[type="file"]', letter);
  await page.getByRole('button', { name: '比对' }).click();
  await page.getByText('与签发文本一致').first().waitFor();
}, 60_000);
