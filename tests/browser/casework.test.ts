import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  acceptRequest,
  askAssistance,
  askReasons,
  consult,
  dispatchReply,
  draftReply,
  emptyReply,
  type RequestCtx,
  readCase,
  recordConsultationDelivery,
  registerForm,
  reviewReply,
  signReply,
  submitReply,
  takeReasons,
  takeRectification,
} from '../../src/areas/requests/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { enterDesk, openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';
import { aForm } from '../support/requests.ts';

const DAY = '2024-03-11';
const { app, server, system, pool, signedIn } = await openDesk({}, clockAt(DAY));
await signedIn('disclosure-officer');
const address = await server.listen({ port: 0, host: '127.0.0.1' });
const browser = await openBrowser();
const ctx: RequestCtx = { ...system, vault: app.vault };
const REQUESTS = `${address}/workbench/requests`;

async function accepted(title: string): Promise<number> {
  const { requestId } = await registerForm(ctx, aForm({ submittedOn: DAY, title }));
  const { rows } = await pool.query('SELECT id FROM units LIMIT 1');
  await acceptRequest(ctx, { id: requestId }, { unitId: rows[0].id, handlerId: null });
  return requestId;
}

async function signIn(): Promise<Page> {
  const page = await openPage(browser, { viewport: { width: 1440, height: 900 } });
  await enterDesk(page, address, 'person1');
  return page;
}

async function legible(page: Page, url: string, name: string): Promise<void> {
  for (const [size, viewport] of [
    ['desk', { width: 1440, height: 900 }],
    ['phone', phone],
  ] as const) {
    await page.setViewportSize(viewport);
    expect([name, size, await faultsOf(page, url)]).toEqual([name, size, []]);
    const folder = process.env.SHOTS;
    if (!folder) continue;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: `${folder}/casework-${name}-${size}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('the pages of casework are legible on a desk and a phone', { timeout: 400_000 }, async () => {
  const many = await accepted('近五年招标项目的全部合同');
  const plain = await accepted('公共停车场清单');
  await askReasons(ctx, { id: many }, { facts: '近三个月内提交申请42件', days: 10 });
  const office = { address: '', postcode: '', contact: '' };
  const archive = { ...office, name: '昆明市档案馆', information: '请协助查找2019年至2023年的招标合同目录' };
  await askAssistance(ctx, { id: many }, { ...archive, dueOn: '2024-03-20' });
  const company = { ...office, name: '昆明远山商贸有限公司', information: '投标文件中的报价明细' };
  const asked = await consult(ctx, { id: many }, { party: 'third-party', ...company });
  await recordConsultationDelivery(ctx, { id: many }, asked, DAY);
  const page = await signIn();
  await legible(page, `${REQUESTS}/${plain}/reasons-notice`, 'reasons-notice');
  await legible(page, `${REQUESTS}/${many}/reasons`, 'reasons');
  await takeReasons(ctx, { id: many }, { text: '撰写毕业论文需要。', answeredOn: DAY, files: [] });
  await legible(page, `${REQUESTS}/${many}/reasons-finding`, 'reasons-finding');
  await legible(page, `${REQUESTS}/${plain}/assistance`, 'assistance');
  await legible(page, `${REQUESTS}/${many}/assistance-answer`, 'assistance-answer');
  const { standing } = await readCase(ctx, many);
  const letter = standing.consultations.find(({ id }) => id === asked)?.letterId;
  await legible(page, `${REQUESTS}/${many}/slip-correction?letter=${letter}`, 'slip');
  await legible(page, `${REQUESTS}/${many}`, 'case');
});

test('an answered case: the reason for reading, the demand to correct, the history with its links', {
  timeout: 400_000,
}, async () => {
  const id = await accepted('房屋登记情况');
  const content = { ...emptyReply, told: '随本答复书邮寄', provided: '《房屋登记情况》，共1页' };
  await draftReply(ctx, { id }, { kindCode: 'B1.2', content });
  await submitReply(ctx, { id });
  for (const kind of ['legal', 'secrecy'] as const)
    await reviewReply(ctx, { id }, kind, { result: 'approved', opinion: '' });
  const letter = await signReply(ctx, { id });
  await dispatchReply(ctx, { id }, { method: 'direct', on: DAY, trackingNumber: '' });
  const page = await signIn();
  await legible(page, `${REQUESTS}/${id}/letters/${letter}.pdf`, 'reason');
  await page.goto(`${REQUESTS}/${id}/letters/${letter}.pdf`);
  await page.fill('input[name="reason"]', '答复行政复议');
  await page.getByRole('button', { name: '记录并打开' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^打开答复书/ }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.pdf$/);
  await legible(page, `${REQUESTS}/${id}/rectification`, 'rectification');
  await takeRectification(ctx, { id }, { askedOn: DAY, asked: '建筑面积应为98.6平方米', files: [] });
  await legible(page, `${REQUESTS}/${id}/rectification-decision`, 'rectification-decision');
  await legible(page, `${REQUESTS}/${id}`, 'answered');
});

test('a form that comes back to the counter keeps its scans, and the keyboard registers it', {
  timeout: 200_000,
}, async () => {
  const page = await signIn();
  await page.goto(`${REQUESTS}/new`);
  await page.fill('input[name="name"]', '赵美兰');
  await page.fill('input[name="identityNumber"]', '530102199003078675');
  await page.fill('input[name="email"]', 'nobody');
  await page.fill('input[name="title"]', '城市更新项目清单');
  await page.fill('textarea[name="content"]', '2023年度城市更新项目的名称和位置');
  const scan = { name: '申请表.txt', mimeType: 'text/plain', buffer: Buffer.from('手写的申请表') };
  await page.setInputFiles('input[name="scan"]', scan);
  await page.locator('form[enctype="multipart/form-data"]').evaluate((form: HTMLFormElement) => {
    form.noValidate = true;
  });
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByText('已经收下 1 个文件').waitFor();
  for (const viewport of [phone, { width: 1440, height: 900 }]) {
    await page.setViewportSize(viewport);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBe(0);
    if (process.env.SHOTS)
      await page.screenshot({
        path: `${process.env.SHOTS}/casework-kept-${viewport.width}.png`,
        fullPage: true,
      });
  }
  await page.fill('input[name="email"]', 'zhao@example.cn');
  await page.focus('input[name="title"]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/receipt$/);
});
