import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEMONSTRATION_PASSWORD } from '../../src/areas/accounts/index.ts';
import { VERIFY_LEDGER } from '../../src/ledger/index.ts';
import { openBrowser, openPage, phone } from '../support/browser.ts';
import { openDemonstration } from '../support/demonstration.ts';
import { faultsOf } from '../support/faults.ts';

const { app, address } = await openDemonstration();
const browser = await openBrowser();
const { db, pool } = app.connection;

const calculated = 'kind=reply&channel=internet&received=2018-02-05&extend=15';
const mistaken = 'kind=reply&received=2018-02-30&suspendFrom=2018-02-06';
const anyone = ['/workbench/sign-in', '/api', '/ledger'];
const account = [
  '/workbench/account',
  '/workbench/account/password',
  '/workbench/account/second-factor',
  '/workbench/account/recovery-codes',
];
let pagesOf: Readonly<Record<string, readonly string[]>>;

beforeAll(async () => {
  await app.jobs.enqueue(db, VERIFY_LEDGER);
  await app.jobs.drain(app);
  const { rows } = await pool.query<{ staff: number; unit: number; agency: string }>(
    `SELECT s.id AS staff, s.unit_id AS unit, a.code AS agency FROM staff s JOIN agencies a ON a.id = s.agency_id
     WHERE s.username = 'fabu01'`,
  );
  const { staff, unit, agency } = rows[0]!;
  pagesOf = {
    shenji: [
      '/workbench/ledger',
      '/workbench/ledger?actor=%E6%9F%A5%E6%97%A0%E6%AD%A4%E4%BA%BA',
      '/workbench/ledger?from=2018-02-30',
      '/workbench/ledger/acts/30',
    ],
    zhuanyuan: [
      `/workbench/calendar?year=2018&${calculated}`,
      `/workbench/calendar?year=2031&${mistaken}`,
      '/workbench/calendar/import',
      '/workbench/calendar/history',
      '/workbench/settings',
    ],
    guanli: [
      '/workbench/operations',
      '/workbench/agencies',
      '/workbench/agencies/new',
      `/workbench/agencies/${agency}`,
      '/workbench/units',
      `/workbench/units/${unit}`,
      '/workbench/staff',
      '/workbench/staff/new',
      `/workbench/staff/${staff}`,
      '/workbench/policy',
      ...account,
    ],
  };
});

describe.each<[string, BrowserContextOptions]>([
  ['desk screen', { viewport: { width: 1440, height: 900 } }],
  ['telephone', { viewport: phone }],
])('on a %s', (_name, options) => {
  test('pages before the workbench are accessible and fit the width', async () => {
    const page = await openPage(browser, options);
    for (const path of anyone) expect(await faultsOf(page, address + path)).toEqual([]);
    await page.context().close();
  });

  test.each(['shenji', 'zhuanyuan', 'guanli'])(
    'pages of %s are accessible and fit the width',
    async (who) => {
      const page = await signedIn(who, options);
      for (const path of pagesOf[who] ?? []) expect(await faultsOf(page, address + path), path).toEqual([]);
      await page.context().close();
    },
  );
});

test('all of them fit a screen of 320 pixels', async () => {
  const page = await signedIn('guanli', { viewport: { width: 320, height: 640 } });
  for (const path of [...anyone, ...(pagesOf.guanli ?? [])])
    expect(await faultsOf(page, address + path, { axe: false }), path).toEqual([]);
  await page.context().close();
});

test('dark colours keep their contrast', async () => {
  const page = await signedIn('guanli', { colorScheme: 'dark' });
  for (const path of [
    '/workbench/operations',
    '/workbench/policy',
    '/workbench/account',
    '/workbench/calendar',
  ])
    expect(await faultsOf(page, address + path), path).toEqual([]);
  await page.context().close();
});

test('an officer previews a notice before it counts, and sees the days that change', async () => {
  const page = await signedIn('zhuanyuan');
  await page.goto(`${address}/workbench/calendar/import`);
  await page.getByLabel(/通知全文/).fill(`国务院办公厅关于2031年部分节假日安排的通知
国办发明电〔2030〕9号
一、元旦：1月1日放假。
二、国庆节：10月1日至7日放假调休，共7天。9月28日（星期日）上班。
2030年11月20日`);
  await page.getByRole('button', { name: '预览' }).click();
  await page.getByRole('heading', { name: '预览：2031年放假安排' }).waitFor();
  expect(await page.locator('.day-changed').count()).toBeGreaterThan(5);
  const { rows } = await pool.query('SELECT FROM calendar_notices');
  expect(rows).toHaveLength(0);
  await page.context().close();
});

async function signedIn(username: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openPage(browser, options);
  await page.goto(`${address}/workbench/sign-in`);
  await page.locator('input[name=username]').fill(username);
  await page.locator('input[name=password]').fill(DEMONSTRATION_PASSWORD);
  await page.locator('main button[type=submit]').first().click();
  await page.waitForURL(`${address}/workbench`);
  return page;
}
