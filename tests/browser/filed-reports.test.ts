import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addReportingUnit } from '../../src/areas/filed-reports/index.ts';
import { formSheetLimits, readSheet } from '../../src/core/spreadsheet/index.ts';
import { composeSet, writeSetFile } from '../../src/demonstration/report-set/index.ts';
import { enterDesk, openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';

const { app, server, signedIn, system } = await openDesk();
await signedIn('supervisor');
const address = await server.listen({ port: 0, host: '127.0.0.1' });
const browser = await openBrowser();
const ROOM = `${address}/workbench/filed-reports`;
const folder = mkdtempSync(join(tmpdir(), 'gongkai-sixty-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DROPPED = 60;
const files: string[] = [];
let faulty: string;

beforeAll(async () => {
  const { reports, faults } = composeSet();
  const fault = faults.find(({ year, kind }) => year === 2022 && kind === 'results-total');
  const chosen = reports.filter(({ year }) => year === 2022 || year === 2021).slice(0, DROPPED);
  faulty = chosen.find(({ file }) => file === fault?.file)?.unit.name ?? '';
  expect(faulty).not.toBe('');
  const ids = new Map<string, number>();
  for (const { unit } of chosen) {
    if (ids.has(unit.code)) continue;
    const parentId = unit.parent === null ? null : (ids.get(unit.parent) ?? null);
    ids.set(
      unit.code,
      await addReportingUnit(system, { name: unit.name, code: unit.code, parentId, expectedFrom: 2021 }),
    );
  }
  for (const report of chosen) {
    const { name, bytes } = await writeSetFile(report);
    files.push(join(folder, name));
    writeFileSync(join(folder, name), bytes);
  }
  await app.jobs.start(app);
}, 120_000);

test('sixty files are dropped, read and checked; the worst is opened, judged, sent back and exported', {
  timeout: 180_000,
}, async () => {
  const page = await entered();
  await page.goto(`${ROOM}/upload`);
  await drop(page, files);
  await page
    .locator('.upload-row')
    .nth(DROPPED - 1)
    .waitFor();
  await page.waitForURL(/\/batches\/\d+$/, { timeout: 60_000 });
  expect(await page.locator('.batch-progress progress').getAttribute('max')).toBe(String(DROPPED));
  await shot(page, 'progress');
  await page.getByText(`${DROPPED} 个文件已全部处理`).waitFor({ timeout: 90_000 });
  await shot(page, 'batch');

  await page.goto(`${ROOM}?year=2022`);
  const cell = page.locator(`a[aria-label^="${faulty} 2022年：有误"]`);
  expect(await cell.textContent()).toContain('有误');
  await page.locator('.units-matrix a').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate(() => document.activeElement?.closest('td')?.cellIndex)).toBe(2);

  await page.goto(`${ROOM}/findings?year=2022&unit=${encodeURIComponent(faulty)}`);
  await page.locator('.finding-words').first().click();
  const marked = page.locator('td.read-opened');
  await marked.first().waitFor();
  expect(await marked.count()).toBe(1);
  expect(await marked.getAttribute('id')).toMatch(/^cell-requests-3\.7-/);
  expect(await page.locator('td.read-part').count()).toBeGreaterThan(1);
  expect(await colourOf(page)).toBe('rgb(179, 38, 30)');
  await shot(page, 'marked');

  const findings = page.locator('.rail-item');
  await findings.nth(1).locator('summary').click();
  const ids = (await findings.nth(1).getAttribute('data-marks'))?.split(' ') ?? [];
  await expect.poll(() => marked.getAttribute('id')).toBe(ids[0]);
  expect(await findings.first().getAttribute('open')).toBeNull();

  await findings.first().locator('summary').click();
  await findings.first().getByLabel('属实').check();
  await findings.first().getByRole('textbox').fill('与原件一致，确为合计错误。');
  await findings.first().getByRole('button', { name: '保存认定' }).click();
  await page.getByText('已认定为“属实”').waitFor();

  await page.getByRole('link', { name: '要求更正' }).click();
  await page.locator('#ask').waitFor();
  expect(await page.getByLabel('要求').inputValue()).toContain('与原件一致，确为合计错误');
  await page.getByRole('button', { name: '要求更正' }).click();
  await page.getByText('已要求更正，期限开始计算').waitFor();
  await shot(page, 'correction');

  await page.goto(`${ROOM}?year=2022`);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '导出全部发现' }).click();
  const path = await (await download).path();
  const sheet = await readSheet({ name: '发现.xlsx', path }, formSheetLimits);
  const lines = sheet.rows.map((row) => row.join('|'));
  const own = lines.filter((line) => line.includes(faulty));
  expect(own.some((line) => line.includes('属实') && line.includes('确为合计错误'))).toBe(true);
  await page.context().close();
});

test('a file that is refused keeps its words, one that was cut off is sent again by itself', async () => {
  const page = await entered();
  await page.goto(`${ROOM}/upload`);
  const names = ['坏的.txt', '断线.txt'].map((name) => join(folder, name));
  for (const name of names) writeFileSync(name, `${name}的内容`);
  let cut = false;
  await page.route('**/batches*', async (route) => {
    const sent = route.request().postDataBuffer();
    if (sent?.includes('坏的')) await route.fulfill({ status: 400, json: { message: '这个文件没有接收' } });
    else if (sent?.includes('断线') && !cut) {
      cut = true;
      await route.abort();
    } else await route.continue();
  });
  await drop(page, [files[0]!, ...names]);
  await page.getByText('已上传 2 / 3 个文件，1 个没有成功').waitFor();
  expect(await page.locator('.upload-row.upload-failed .upload-words').textContent()).toBe(
    '这个文件没有接收',
  );
  expect(cut).toBe(true);
  expect(page.url()).toContain('/upload');
  await page.getByRole('link', { name: '查看已收到的文件' }).waitFor();
  await page.context().close();
});

test('a finding of the text marks the words it quotes', async () => {
  const { rows } = await app.connection.pool.query(
    "SELECT unit_id, year, key FROM filed_findings WHERE rank IN (0, 2) AND finding->>'quote' <> '' LIMIT 1",
  );
  const { unit_id, year, key } = rows[0];
  const page = await entered();
  await page.goto(`${ROOM}/units/${unit_id}/${year}`);
  await page.locator(`#finding-${key} summary`).click();
  const passage = page.locator('mark.passage-opened');
  await passage.waitFor();
  expect(await passage.locator(`#quote-${key}`).count()).toBe(1);
  await page.context().close();
});

test('without script the files go in one form and the report is marked on the server', async () => {
  const page = await entered({ javaScriptEnabled: false });
  await page.goto(`${ROOM}/upload`);
  await page.setInputFiles('input[name="files"]', files.slice(0, 2));
  await page.getByRole('button', { name: '上传并核查' }).click();
  await page.getByText('2 个与已有的文件相同').waitFor();
  await page.goto(`${ROOM}/findings?year=2022&unit=${encodeURIComponent(faulty)}`);
  await page.locator('.finding-words').first().click();
  expect(await page.locator('td.read-opened').count()).toBeGreaterThan(0);
  await page.context().close();
});

describe.each([
  ['desk screen', { viewport: { width: 1440, height: 900 } }],
  ['telephone', { viewport: phone }],
])('on a %s', (name, options) => {
  test('every page is accessible and fits the width', { timeout: 180_000 }, async () => {
    const page = await entered(options);
    await page.goto(`${ROOM}?year=2022&state=wrong`);
    const report = await page.locator('.units-matrix .standing-wrong').first().getAttribute('href');
    const unit = /units\/(\d+)/.exec(report ?? '')?.[1];
    await page.goto(`${ROOM}/findings?year=2022`);
    const opened = await page.locator('.finding-words').first().getAttribute('href');
    const paths = [
      '?year=2022',
      '?year=2022&text=%E6%9F%A5%E6%97%A0',
      '/findings?year=2022',
      '/corrections',
      '/corrections?state=closed',
      '/apart',
      '/apart?state=unreadable',
      '/apart/new-units',
      '/units',
      '/units/new',
      '/units/import',
      `/units/${unit}`,
      `/units/${unit}/2022`,
      `/units/${unit}/2022/last-year`,
      `/units/${unit}/2022/children`,
      `/units/${unit}/2022/corrections`,
      `/units/${unit}/2022/versions`,
      '/upload',
      '/batches/1',
      '/check',
    ];
    // Every rule on the desk screen; on the telephone where its layout is another.
    const axe = (path: string) => name === 'desk screen' || /^\?|findings|upload|batches/.test(path);
    for (const path of paths) {
      expect(await faultsOf(page, ROOM + path, { axe: axe(path) }), path).toEqual([]);
      if (process.env.SHOTS) await shot(page, `${name}${path.replaceAll(/[/?=&%]/g, '-')}`);
    }
    expect(await faultsOf(page, address + opened), opened ?? '').toEqual([]);
    await page.context().close();
  });
});

test('pages fit a screen of 320 pixels', { timeout: 60_000 }, async () => {
  const page = await entered({ viewport: { width: 320, height: 640 } });
  await page.goto(`${ROOM}/findings?year=2022`);
  const opened = await page.locator('.finding-words').first().getAttribute('href');
  const report = (opened ?? '').split('?')[0];
  const paths = ['', '/findings', '/upload', '/batches/1', '/units', '/units/new', '/apart', '/check'];
  for (const path of [
    ...paths.map((one) => ROOM + one),
    ...['', '/last-year', '/corrections', '/versions'].map((one) => address + report + one),
  ])
    expect(await faultsOf(page, path, { axe: false }), path).toEqual([]);
  await page.context().close();
});

test('dark colours keep their contrast', { timeout: 60_000 }, async () => {
  const page = await entered({ colorScheme: 'dark' });
  await page.goto(`${ROOM}/findings?year=2022`);
  const opened = await page.locator('.finding-words').first().getAttribute('href');
  for (const path of [`${ROOM}?year=2022`, address + opened, `${ROOM}/batches/1`])
    expect(await faultsOf(page, path), path).toEqual([]);
  await page.context().close();
});

async function entered(options: Parameters<typeof openPage>[1] = {}): Promise<Page> {
  const page = await openPage(browser, options);
  await enterDesk(page, address, 'person1');
  return page;
}

/** Drops files on the area as a person does; the browser gives the page real files. */
async function drop(page: Page, paths: readonly string[]): Promise<void> {
  const contents = await Promise.all(
    paths.map(async (path) => ({
      name: path.slice(folder.length + 1),
      base64: (await readFile(path)).toString('base64'),
    })),
  );
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const { name, base64 } of given)
      data.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], name));
    return data;
  }, contents);
  await page.dispatchEvent('[data-drop]', 'drop', { dataTransfer: transfer });
}

const colourOf = (page: Page) =>
  page
    .locator('td.read-opened')
    .first()
    .evaluate((cell) => getComputedStyle(cell).backgroundColor);

async function shot(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS)
    await page.screenshot({ path: `${process.env.SHOTS}/filed-${name}.png`, fullPage: true });
}
