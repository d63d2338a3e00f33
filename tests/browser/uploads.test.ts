import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { clockAt } from '../../src/core/clock.ts';
import { enterDesk, openBrowser, openPage, phone } from '../support/browser.ts';
import { noticesColumn } from '../support/catalogue.ts';
import { openDesk } from '../support/desk.ts';
import { RULES, violationsOf } from '../support/faults.ts';
import { aRegistration } from '../support/registration.ts';
import { openSlowLine } from '../support/slow-line.ts';

const { app, server, agencyId, signedIn, folder } = await openDesk({}, clockAt('2024-03-11'));
await signedIn('publisher');
const clerk = await signedIn('window-clerk');
await noticesColumn(app.connection.db, agencyId, { reviewSteps: ['final'] });
const line = await openSlowLine(Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port));
const { address } = line;
const browser = await openBrowser();
const files = mkdtempSync(join(tmpdir(), 'gongkai-attachments-'));
afterAll(() => rmSync(files, { recursive: true, force: true }));

const PATIENT = { timeout: 20_000 };
const file = (name: string, content: string | Uint8Array) => {
  const path = join(files, name);
  writeFileSync(path, content);
  return path;
};
/** More than the machine itself holds of what is on its way, and too dear to be sent again unasked. */
const large = file('年度统计资料.txt', '现予公开。\n'.repeat(1_900_000));
const small = file('说明.txt', '填表说明');
const program = file('工具.pdf', `MZ${'\0'.repeat(4000)}`);
const picture = file(
  '示意图.png',
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

const aside = (page: Page) => page.locator('#files');
const row = (page: Page, path: string) =>
  page.locator('.upload-row').filter({ hasText: path.split('/').at(-1)! });
const words = (page: Page, path: string) => row(page, path).locator('.upload-words');
const attached = async (page: Page) => page.locator('#draft-files .item-file a').allTextContents();
const choose = (page: Page, ...paths: string[]) => page.setInputFiles('#files input[name="file"]', paths);
const waiting = () => readdirSync(join(folder, 'uploads'));

async function draft(title: string, options: Parameters<typeof openPage>[1] = {}): Promise<Page> {
  line.carry('quick');
  const page = await openPage(browser, options);
  await enterDesk(page, address, 'person1');
  await page.goto(`${address}/workbench/items/new`);
  await page.fill('[name="title"]', title);
  await page.getByRole('button', { name: '开始撰写' }).click();
  await page.waitForURL(/\/workbench\/items\/\d+$/);
  return page;
}

test('an attachment on a slow line shows how far it is, is cancelled without a trace, breaks off and is sent again', {
  timeout: 90_000,
}, async () => {
  const page = await draft('统计资料');
  await page.locator('.editor-text').waitFor();
  line.carry('slow');
  await choose(page, large);
  await expect
    .poll(() => words(page, large).textContent(), PATIENT)
    .toMatch(/^\d+%，[\d.]+ MB \/ 29 MB，约还需 \d+ 秒$/);
  expect(
    Number(await page.getByRole('progressbar', { name: '年度统计资料.txt 上传进度' }).getAttribute('value')),
  ).toBeGreaterThan(0);
  // Not for every per cent: at quarters.
  await aside(page)
    .getByRole('status')
    .filter({ hasText: /^年度统计资料\.txt：已上传 25%/ })
    .waitFor(PATIENT);
  expect(await violationsOf(page, RULES)).toEqual([]);
  // By keyboard, and the keyboard goes on where the next file would be chosen.
  await page.getByRole('button', { name: '取消上传 年度统计资料.txt' }).focus();
  await page.keyboard.press('Enter');
  await aside(page).getByText('已取消上传 年度统计资料.txt').waitFor();
  expect(await row(page, large).count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('file');
  await expect.poll(waiting, PATIENT).toEqual([]);
  await page.reload();
  expect(await attached(page)).toEqual([]);

  // What is written meanwhile is not lost.
  line.carry('slow');
  await choose(page, large, small);
  await page.locator('.editor-text').click();
  await page.keyboard.type('资料见附件。');
  await expect
    .poll(async () => Number(await row(page, large).locator('progress').getAttribute('value')), PATIENT)
    .toBeGreaterThan(0.1);
  line.carry('broken');
  await expect
    .poll(() => words(page, large).textContent(), PATIENT)
    .toMatch(/^网络断开，已传 [\d.]+ MB，需要从头上传。文件仍选着，网络恢复后点“重试”。$/);
  expect(await page.inputValue('textarea[name="body"]')).toContain('资料见附件。');
  expect(await violationsOf(page, RULES)).toEqual([]);
  await expect.poll(waiting, PATIENT).toEqual([]);

  line.carry('quick');
  await page.getByRole('button', { name: '重试 年度统计资料.txt' }).focus();
  await page.keyboard.press('Enter');
  await aside(page).getByText('已上传 2 / 2 个文件').waitFor(PATIENT);
  await expect.poll(async () => (await attached(page)).sort()).toEqual(['年度统计资料.txt', '说明.txt']);
  expect(await page.inputValue('textarea[name="body"]')).toContain('资料见附件。');
  await page.context().close();
});

test('a file of a kind that is not taken is told at its field, the others are taken', async () => {
  const page = await draft('附件类型', { viewport: phone });
  await page.fill('[name="documentNumber"]', '昆高开发〔2018〕12号');
  await choose(page, program, small);
  await aside(page).getByText('已上传 1 / 2 个文件，1 个没有成功').waitFor();
  await expect.poll(() => attached(page)).toEqual(['说明.txt']);
  const field = page.locator('#files .field-invalid input[name="file"][aria-invalid="true"]');
  await field.waitFor();
  const described = (await field.getAttribute('aria-describedby')) ?? '';
  const id = await words(page, program).getAttribute('id');
  expect(described.split(' ')).toContain(id);
  expect(await words(page, program).textContent()).toContain('“工具.pdf”不是可以上传的类型');
  expect(await page.getByRole('button', { name: '重试 工具.pdf' }).count()).toBe(0);
  expect(await page.inputValue('[name="documentNumber"]')).toBe('昆高开发〔2018〕12号');
  expect(await violationsOf(page, RULES)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);

  await page.getByRole('button', { name: '移去 工具.pdf' }).click();
  expect(await page.locator('#files .field-invalid').count()).toBe(0);
  expect(await page.locator('#files input[name="file"]').getAttribute('aria-invalid')).toBeNull();
  await page.context().close();
});

test('a file beyond the bound is not even sent', async () => {
  const page = await draft('太大的附件');
  const huge = file('录像.pdf', '%PDF-1.7');
  truncateSync(huge, 201 * 2 ** 20);
  const posts: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
  await choose(page, huge);
  await expect.poll(() => words(page, huge).textContent()).toBe('文件超过 200 MB，没有上传');
  expect(posts.filter((url) => url.includes('/files'))).toEqual([]);
  expect(await page.locator('#files .field-invalid').count()).toBe(1);
  await page.context().close();
});

test('a picture for the text has the same bar, and its refusal leaves the text alone', async () => {
  const page = await draft('正文图片');
  const text = page.locator('.editor-text');
  await text.click();
  await page.keyboard.type('见下图');
  const chooser = page.locator('[data-editor-picture]');
  await chooser.setInputFiles([program]);
  await expect.poll(() => words(page, program).textContent()).toContain('“工具.pdf”不是可以上传的类型');
  await chooser.setInputFiles([picture]);
  await text.locator('img[data-src]').waitFor();
  expect(await page.locator('.editor .upload-row').count()).toBe(0);
  expect(await page.inputValue('textarea[name="body"]')).toContain('见下图');
  await page.locator('#draft-files').getByText('示意图.png').waitFor();
  await page.context().close();
});

test('files of a request have the same bar: broken off, sent again, refused at their field', {
  timeout: 60_000,
}, async () => {
  await clerk.get('/workbench/requests/new');
  const registered = await clerk.upload('/workbench/requests/new', [], {
    ...aRegistration,
    submissionKey: 'uploads-test-submission-1',
  });
  expect(registered.status).toBe(303);
  line.carry('quick');
  const page = await openPage(browser, { viewport: phone });
  await enterDesk(page, address, 'person2');
  await page.goto(`${address}${registered.location?.replace('/receipt', '')}`);
  const form = page.locator('.add-files');
  const send = (name: string) => form.getByRole('button', { name, exact: true });
  await form.locator('summary').click();
  const scan = file('申请表.txt', '申请表。\n'.repeat(900_000));
  await form.locator('input[name="file"]').setInputFiles([scan, small]);
  line.carry('slow');
  await send('添加').click();
  await expect
    .poll(() => form.locator('.progress-words').textContent(), PATIENT)
    .toMatch(/^\d+%，[\d.]+ MB \/ 11 MB，约还需 \d+ 秒$/);
  line.carry('broken');
  await form.getByText(/^网络断开，已传 [\d.]+ MB，需要从头上传。文件仍选着/).waitFor();
  expect(await violationsOf(page, RULES)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
  line.carry('quick');
  await send('重试').click();
  await page.getByText('已添加 2 个文件').waitFor();

  await form.locator('summary').click();
  await form.locator('select[name="kind"]').selectOption('proof');
  await form.locator('input[name="file"]').setInputFiles(program);
  await send('添加').click();
  await form.locator('.field-invalid .field-error').getByText('不是可以上传的类型').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('file');
  expect(await form.locator('select[name="kind"]').inputValue()).toBe('proof');
  await page.context().close();
});

test('without script the form posts itself, and a refusal stands beside its field', async () => {
  const page = await draft('没有脚本', { javaScriptEnabled: false });
  await choose(page, small);
  await aside(page).getByRole('button', { name: '上传', exact: true }).click();
  await page.getByText('已上传 1 份文件。').waitFor();
  expect(await attached(page)).toEqual(['说明.txt']);
  await choose(page, program);
  await aside(page).getByRole('button', { name: '上传', exact: true }).click();
  const wrong = page.locator('#files .field-invalid .field-error');
  expect(await wrong.textContent()).toContain('“工具.pdf”不是可以上传的类型');
  expect(await attached(page)).toEqual(['说明.txt']);
  expect(await page.inputValue('[name="title"]')).toBe('没有脚本');

  await page.setInputFiles('[name="word"]', program);
  await page.getByRole('button', { name: '导入正文' }).click();
  const word = page.locator('.field-invalid').filter({ has: page.locator('[name="word"]') });
  expect(await word.locator('.field-error').textContent()).toContain('“工具.pdf”不是可以上传的类型');
  expect(await attached(page)).toEqual(['说明.txt']);
  await page.context().close();
});
