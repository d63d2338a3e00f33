import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { found, plunder } from '../../src/areas/redactions/engine/fixtures/attack.ts';
import { registerForm } from '../../src/areas/requests/index.ts';
import { enterDesk, openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';
import { aForm } from '../support/requests.ts';

const { app, server, system, signedIn } = await openDesk();
await signedIn('disclosure-officer');
const address = await server.listen({ port: 0, host: '127.0.0.1' });
const browser = await openBrowser();
const ROOM = `${address}/workbench/redactions`;
const folder = mkdtempSync(join(tmpdir(), 'gongkai-redaction-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NAME = '欧阳靖远';
const IDENTITY = '530103199003074518';
const file = join(folder, '材料.pdf');
let requestId = 0;

/** The browser itself prints the file: the fifth producer, with a title, links and tags. */
beforeAll(async () => {
  const page = await openPage(browser);
  await page.setContent(`<!doctype html><html lang="zh-CN"><head><title>${NAME}</title></head><body>
    <h1>关于征地补偿的申请</h1><p>申请人：${NAME}，身份证号 ${IDENTITY}，<a href="tel:13912345678">电话 139 1234 5678</a>。</p>
    <p>本机关决定予以公开。</p><p style="break-before: page">第二页：${NAME} 于 2023 年 5 月提出。</p></body></html>`);
  writeFileSync(file, await page.pdf({ format: 'A4', tagged: true, outline: true }));
  await page.close();
  const officer = { ...system, vault: app.vault };
  ({ requestId } = await registerForm(officer, aForm({ submittedOn: '2023-05-10' })));
  await app.jobs.start(app);
}, 60_000);

async function entered(options?: Parameters<typeof openPage>[1]): Promise<Page> {
  const page = await openPage(browser, options);
  await enterDesk(page, address, 'person1');
  return page;
}

async function uploaded(page: Page, below = ''): Promise<void> {
  await page.goto(`${ROOM}/new${below}`);
  await page.setInputFiles('input[type="file"]', file);
  await page.getByRole('button', { name: '上传并开始处理' }).click();
  await page.waitForURL(/redactions\/\d+$/);
}

const WAIT = { timeout: 5000 };
const lines = (page: Page) => page.locator('[data-redaction-line]');

test('a file is covered by word, pattern, mouse and keyboard, exported, attacked and put into its case', {
  timeout: 120_000,
}, async () => {
  const page = await entered();
  await uploaded(page, `?request=${requestId}`);
  expect(await page.locator('h1').textContent()).toContain('材料.pdf');
  await page.locator('[data-redaction-hint]').waitFor();
  await shot(page, 'desk');

  await page.getByLabel('词语').fill(NAME);
  await page.getByRole('button', { name: '遮盖所有这个词' }).click();
  await page.getByText('已遮盖这个词 2 处').first().waitFor();
  await page.getByRole('button', { name: '遮盖所有这类号码' }).click();
  await expect.poll(() => lines(page).count(), WAIT).toBe(2);

  const sheet = page.locator('[data-redaction-sheet]');
  const frame = (await sheet.boundingBox())!;
  await page.mouse.move(frame.x + frame.width * 0.2, frame.y + frame.height * 0.5);
  await page.mouse.down();
  await page.mouse.move(frame.x + frame.width * 0.5, frame.y + frame.height * 0.6, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => lines(page).count(), WAIT).toBe(3);
  await page.getByRole('button', { name: '撤销上一步' }).click();
  await expect.poll(() => lines(page).count(), WAIT).toBe(2);

  await page.getByRole('button', { name: '用键盘新增一个框' }).click();
  await expect.poll(() => lines(page).count(), WAIT).toBe(3);
  const focused = () => page.evaluate(() => document.activeElement?.className ?? '');
  await expect.poll(focused).toContain('redaction-box');
  const left = () =>
    page.evaluate(() => Number.parseFloat((document.activeElement as HTMLElement).style.left));
  const before = await left();
  for (let press = 0; press < 5; press += 1) await page.keyboard.press('ArrowRight');
  await expect.poll(left).toBeGreaterThan(before + 1);
  await expect
    .poll(() => page.locator('[data-redaction-desk]').getAttribute('data-version'), { timeout: 5000 })
    .toBe('7');
  await expect.poll(focused).toContain('redaction-box');
  await page.keyboard.press('Delete');
  await expect.poll(() => lines(page).count(), WAIT).toBe(2);

  await page
    .locator('#ground-1')
    .or(lines(page).first().locator('select'))
    .first()
    .selectOption('711-16-process');
  await lines(page).first().getByRole('button', { name: '改依据' }).click();
  await page.locator('[data-redaction-box][data-label*="过程性信息"]').waitFor({ state: 'attached' });
  await shot(page, 'covered');
  await page.getByRole('link', { name: '并排对照' }).click();
  await page.locator('img[alt^="第 1 页，处理后，遮盖 2 处"]').waitFor();
  const drawn = page.locator('.redaction-box');
  expect(await drawn.count()).toBe(2);
  expect((await drawn.nth(1).boundingBox())?.width).toBeGreaterThan(30);
  await shot(page, 'both');

  await page.getByRole('link', { name: '检查并导出' }).click();
  await page.getByText('还有疑似个人信息没有遮盖').waitFor();
  expect(await page.locator('.alert-danger').textContent()).toContain('电话号码 1 处');
  await shot(page, 'check');
  await page.getByRole('link', { name: '返回' }).click();
  await page.getByLabel('或者一类号码').selectOption('phone');
  await page.getByRole('button', { name: '遮盖所有这类号码' }).click();
  await expect.poll(() => lines(page).count(), WAIT).toBe(3);
  await page.getByRole('link', { name: '检查并导出' }).click();
  await page.getByText('没有发现遗漏').waitFor();
  await page.getByRole('button', { name: '导出' }).click();
  await page.getByText('处理后的文件').first().waitFor();
  const download = page.getByRole('link', { name: '下载 PDF' });
  await download.waitFor({ timeout: 30_000 });
  await shot(page, 'exported');

  const [saved] = await Promise.all([page.waitForEvent('download'), download.click()]);
  const pdf = new Uint8Array(await readFile(await saved.path()));
  const loot = await plunder(pdf);
  expect(found(await plunder(new Uint8Array(await readFile(file))), IDENTITY)).not.toEqual([]);
  for (const secret of [NAME, IDENTITY, '13912345678', '1234 5678']) expect(found(loot, secret)).toEqual([]);
  expect([loot.text.trim(), loot.revisions]).toEqual(['', 1]);

  await page.getByRole('button', { name: '放入案卷' }).click();
  await page.getByText('已放入案卷，出门前').waitFor();
  await page.close();
});

test('everything is possible without script', { timeout: 60_000 }, async () => {
  const page = await entered({ javaScriptEnabled: false });
  await uploaded(page);
  await page.getByText('按位置新增（毫米）').click();
  for (const [label, value] of [
    ['离左边', '20'],
    ['离上边', '100'],
    ['宽', '60'],
    ['高', 'x'],
  ] as const) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
  await page.getByRole('button', { name: '新增遮盖框' }).click();
  await page.getByText('请填写数字').first().waitFor();
  expect(await page.getByLabel('离左边').inputValue()).toBe('20');
  await page.getByLabel('高', { exact: true }).fill('10');
  await page.getByRole('button', { name: '新增遮盖框' }).click();
  await page.getByText('左 20、上 100，宽 60、高 10 毫米').waitFor();
  await page.getByRole('button', { name: '去掉' }).click();
  await page.getByText('已去掉这个遮盖框').waitFor();
  await page.getByRole('button', { name: '撤销上一步' }).click();
  expect(await lines(page).count()).toBe(1);
  await page.getByLabel('词语').fill('没有这个词');
  await page.getByRole('button', { name: '遮盖所有这个词' }).click();
  await page.getByText('全文没有找到这个词').waitFor();
  await page.close();
});

describe.each([
  ['a desk screen', {}],
  ['a telephone', { viewport: phone, hasTouch: true, isMobile: true }],
])('on %s', (name, options) => {
  test('pages have no faults', { timeout: 90_000 }, async () => {
    const page = await entered(options);
    await uploaded(page);
    const job = page.url();
    for (const path of [
      ROOM,
      `${ROOM}/new`,
      job,
      `${job}?page=2&show=after`,
      `${job}/export`,
      `${job}/disposal`,
    ]) {
      expect(await faultsOf(page, path, { axe: name === 'a desk screen' }), path).toEqual([]);
    }
    await page.goto(job);
    await shot(page, name === 'a desk screen' ? 'wide' : 'phone');
    await page.close();
  });
});

test('a finger scrolls until it is told to draw', { timeout: 60_000 }, async () => {
  const page = await entered({ viewport: phone, hasTouch: true, isMobile: true });
  await uploaded(page);
  const sheet = page.locator('[data-redaction-sheet]');
  expect(await sheet.evaluate((element) => getComputedStyle(element).touchAction)).toBe('auto');
  await page.getByRole('button', { name: '用手指画框' }).click();
  expect(await sheet.evaluate((element) => getComputedStyle(element).touchAction)).toBe('none');
  await page.close();
});

const SHOTS = process.env.GONGKAI_SHOTS;
async function shot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(SHOTS, `redaction-${name}.png`), fullPage: true });
}
