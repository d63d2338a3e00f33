import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type CellValues, formatForYear, placedFigures } from '../../src/annual-report/formats/index.ts';
import { sound2019, sound2021 } from '../../src/annual-report/render/fixtures/eras.ts';
import { clockAt } from '../../src/core/clock.ts';
import { enterDesk, openBrowser, openPage, phone } from '../support/browser.ts';
import { countedYear } from '../support/counted-requests.ts';
import { openDesk } from '../support/desk.ts';
import { violationsOf } from '../support/faults.ts';
import { reportYear } from '../support/reported-year.ts';

const { app, server, system, signedIn } = await openDesk({}, clockAt('2024-02-01'));
const officer = await signedIn('disclosure-officer');
const head = await signedIn('unit-head');
const secrecy = await signedIn('secrecy-reviewer');
const leader = await signedIn('leader');
const address = await server.listen({ port: 0, host: '127.0.0.1' });
const browser = await openBrowser();

function linesOf(year: number, values: CellValues): Record<string, number | null> {
  return Object.fromEntries(
    placedFigures(formatForYear(year)!).flatMap(({ need, cell }) => {
      const given = values[cell.row];
      const value = typeof given === 'object' ? given?.[cell.column] : given;
      return need.area === 'requests' || value === undefined ? [] : [[need.code, value]];
    }),
  );
}

async function compiled(year: number, values: CellValues): Promise<string> {
  await countedYear(system.db, system.agencyId, year, values);
  await reportYear(system, app.figures, year, linesOf(year, values));
  await officer.get('/workbench/reports');
  await officer.post('/workbench/reports', { year: String(year) });
  await officer.post(`/workbench/reports/${year}/compile`);
  return `/workbench/reports/${year}`;
}

/** What is wrong with the page for everybody: rules of accessibility, and a page wider than the screen. */
async function faults(page: Page, url: string): Promise<string[]> {
  await page.goto(`${address}${url}`);
  const violations = await violationsOf(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  return [
    ...violations.map(({ id, nodes }) => `${url} ${id} ${nodes[0]?.html.slice(0, 120)}`),
    ...(wide ? [`${url} is wider than the screen`] : []),
  ];
}

async function signIn(page: Page): Promise<void> {
  await enterDesk(page, address, 'person1');
}

test('reports of many columns are read by everybody, on a desk and on a telephone', async () => {
  const base = await compiled(2020, sound2019);
  await officer.post(`${base}/check`);
  await head.get(base);
  await head.post(`${base}/reviews`, { kind: 'content', result: 'pass' });
  await secrecy.get(base);
  await secrecy.post(`${base}/reviews`, { kind: 'secrecy', result: 'pass' });
  await leader.get(base);
  await leader.post(`${base}/signature`);
  await officer.get(base);
  await officer.post(`${base}/publication`);
  for (const viewport of [{ width: 1440, height: 900 }, phone]) {
    const page = await openPage(browser, { viewport });
    for (const url of ['/reports/2020', '/reports/crosswalk', '/reports/2020/figures/3.1/total'])
      expect(await faults(page, url)).toEqual([]);
    if (viewport === phone) continue;
    const table = page.locator('#table-remedies table');
    await page.goto(`${address}/reports/2020`);
    const [frame, inner] = [
      await page.locator('#table-remedies section').boundingBox(),
      await table.boundingBox(),
    ];
    expect(inner!.width).toBeLessThanOrEqual(frame!.width + 1);
  }
}, 120_000);

test('the desk of a report of many columns, and the form of its returns', async () => {
  const base = await compiled(2023, sound2021);
  for (const viewport of [{ width: 1440, height: 900 }, phone]) {
    const page = await openPage(browser, { viewport });
    await signIn(page);
    for (const url of [base, `${base}/cells/requests/3.7/total`, '/workbench/returns/fill?month=2023-03'])
      expect(await faults(page, url)).toEqual([]);
  }
}, 120_000);

test('rows by columns: arrows stay in their column, a pasted block goes right and down', async () => {
  const page = await openPage(browser);
  await signIn(page);
  await page.goto(`${address}/workbench/returns/fill?month=2020-04`);
  const cell = (what: string, column: string) =>
    page.locator(`input[name="q.enforcement.${what}.${column}"]`);
  await cell('licences', 'change').focus();
  await page.keyboard.type('4');
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe(
    'q.enforcement.other-services.change',
  );
  await cell('other-services', 'previous-items').evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', '其他对外管理服务事项\t1\t2\t留空\n');
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  expect(await page.locator('dialog.grid-paste h2').textContent()).toContain('将填入 3 项');
  await page.getByRole('button', { name: '填入', exact: true }).click();
  const values = ['previous-items', 'change', 'decisions'].map((column) =>
    cell('other-services', column).inputValue(),
  );
  expect(await Promise.all(values)).toEqual(['1', '2', '留空']);
  await page.getByText('自动保存').filter({ hasText: '已于' }).waitFor();
  const kept = await app.connection.db
    .selectFrom('return_lines')
    .select('quantity')
    .where('from_on', '=', '2020-04-01')
    .execute();
  expect(kept.map(({ quantity }) => quantity).toSorted()).toEqual([1, 2, 4, null]);
});
