import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { changeSettings } from '../../src/areas/organisations/index.ts';
import { registerForm } from '../../src/areas/requests/index.ts';
import { enterDesk, openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';
import { openMailServer } from '../support/mail-server.ts';
import { aForm } from '../support/requests.ts';

const mail = await openMailServer();
const { app, server, pool, system, signedIn } = await openDesk({ IMAP_URL: mail.url });
await signedIn('disclosure-officer');
await signedIn('leader');
const address = await server.listen({ port: 0, host: '127.0.0.1' });
const browser = await openBrowser();
const DISPOSAL = `${address}/workbench/requests/disposal`;
const MAIL = `${address}/workbench/requests/mail`;

const base64 = (text: string) => Buffer.from(text).toString('base64');
function letter(subject: string, from: string, text: string): string {
  const part = (type: string, content: string, more = '') =>
    `--b\r\nContent-Type: ${type}\r\n${more}Content-Transfer-Encoding: base64\r\n\r\n${base64(content)}\r\n`;
  const named = (name: string) =>
    `Content-Disposition: attachment; filename="=?utf-8?B?${base64(name)}?="\r\n`;
  const files = [
    part('text/plain', '所需信息的说明', named('所需信息的说明.txt')),
    part('application/zip', 'PK\x03\x04 broken', named('照片.zip')),
  ];
  const head = `From: =?utf-8?B?${base64(from)}?= <zhao@example.cn>\r\nMessage-ID: <${subject.length}@x>\r\nSubject: =?utf-8?B?${base64(subject)}?=`;
  return `${head}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${part('text/plain; charset=utf-8', text)}${files.join('')}--b--`;
}

beforeAll(async () => {
  await changeSettings(system, { requests: { retentionYears: 1 } });
  const at = new Date(Date.now() - 24 * 3600 * 1000).toISOString();
  const long = '本人需要了解高新区2023年度城市更新项目的名称、位置和投资额，用于学习研究。'.repeat(4);
  mail.deliver(
    letter('申请公开2023年度城市更新项目清单和投资计划', '赵美兰', `尊敬的工作人员：\n\n${long}\n\n赵美兰`),
    { at },
  );
  mail.deliver(letter('发票优惠代开', '某某公司', '详询。'), { at });
  await app.jobs.enqueue(system.db, 'read-request-mailbox');
  await app.jobs.drain(app);
  for (const title of [
    '2021年城市更新项目清单',
    '科医路招标文件及中标通知书',
    '关于开展老旧小区改造的会议纪要',
  ]) {
    await registerForm({ ...system, vault: app.vault }, aForm({ submittedOn: '2022-05-10', title }));
  }
  await pool.query(
    "UPDATE requests SET state = 'concluded', result_code = 'W', regime = 'R2008', concluded_on = '2022-05-20'",
  );
}, 60_000);

async function signIn(person: number): Promise<Page> {
  const page = await openPage(browser, { viewport: { width: 1440, height: 900 } });
  await enterDesk(page, address, `person${person}`);
  return page;
}

async function legible(page: Page, url: string, name: string): Promise<void> {
  const desk = page.viewportSize() ?? phone;
  for (const [size, viewport] of [
    ['desk', desk],
    ['phone', phone],
  ] as const) {
    await page.setViewportSize(viewport);
    expect([name, size, await faultsOf(page, url)]).toEqual([name, size, []]);
    const folder = process.env.SHOTS;
    if (!folder) continue;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: `${folder}/office-${name}-${size}.png`, fullPage: true });
  }
  await page.setViewportSize(desk);
  await page.goto(url);
}

test('letters of the mailbox are legible on a desk and a phone, and registered from the page', {
  timeout: 240_000,
}, async () => {
  const page = await signIn(1);
  await legible(page, MAIL, 'mail');
  await page.getByRole('link', { name: /城市更新项目清单/ }).click();
  await page.waitForURL(/mail\/\d+$/);
  const opened = page.url();
  await legible(page, opened, 'letter');
  await page.getByRole('link', { name: '登记为申请' }).click();
  await page.waitForURL(/new\?mail=/);
  await legible(page, page.url(), 'register');
  await page.fill('input[name="identityNumber"]', '530102199003078675');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.waitForURL(/receipt$/);
  await legible(page, opened, 'registered');
  await page.goto(MAIL);
  await page.getByRole('link', { name: '发票优惠代开' }).click();
  await page.getByLabel('广告或者与本机关无关').check();
  await page.getByRole('button', { name: '认定不是申请' }).click();
  await page.waitForURL(MAIL);
  await legible(page, `${MAIL}?state=dismissed`, 'dismissed');
});

test('disposal is legible on a desk and a phone, proposed by one person and approved by another', {
  timeout: 240_000,
}, async () => {
  const officer = await signIn(1);
  await legible(officer, DISPOSAL, 'due');
  await officer
    .getByLabel(/^选择 /)
    .first()
    .check();
  await officer.fill('input[name="reason"]', '与在办的诉讼有关');
  await officer.getByRole('button', { name: '选中的暂缓处置' }).click();
  await officer.waitForURL(DISPOSAL);
  await legible(officer, `${DISPOSAL}/holds`, 'holds');
  await officer.goto(DISPOSAL);
  await officer.getByRole('button', { name: /^全部 2 份/ }).click();
  await officer.waitForURL(/disposal\/\d+$/);
  const list = officer.url();
  await legible(officer, list, 'proposed');
  const leader = await signIn(2);
  await legible(leader, list, 'approval');
  await leader.getByLabel('批准销毁').check();
  await leader.getByRole('button', { name: '提交审批决定' }).click();
  await leader.waitForURL(list);
  await app.jobs.drain(app);
  await legible(leader, list, 'done');
  await legible(leader, `${DISPOSAL}/lists`, 'lists');
  await leader.goto(list);
  await leader.locator('.disposal-parts a').first().click();
  await leader.getByText('按保管期限销毁').first().waitFor();
  await legible(leader, leader.url(), 'case');
  await legible(leader, DISPOSAL, 'none');
  await legible(leader, `${address}/workbench/settings`, 'settings');
});
