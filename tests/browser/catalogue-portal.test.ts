import type { BrowserContextOptions } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { withdrawItem } from '../../src/areas/catalogue/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';
import { openPublicColumns } from '../support/public-columns.ts';

const desk = await openDesk({}, clockAt('2018-06-01T10:30:00+08:00'));
const { server, pool } = desk;
const { as, column, columns, published, amended } = await openPublicColumns(desk);
const browser = await openBrowser();
let address = '';
let pages: string[] = [];

const LONG = `关于${'进一步加强和规范'.repeat(6)}政府信息公开工作的通知`;
const cells = (count: number) =>
  Array.from({ length: count }, (_, index) => `<td>第${index + 1}项</td>`).join('');

beforeAll(async () => {
  address = await server.listen({ port: 0, host: '127.0.0.1' });
  await column('key-area', '重点领域信息公开', 'statutory');
  await column('budget', '预算决算', 'statutory', 'finance');
  for (let day = 1; day <= 31; day++)
    await published(
      {
        title: day === 31 ? LONG : `关于公布2018年第${day}批安全生产检查结果的公告`,
        genre: day % 3 ? '公告' : '通知',
        documentNumber: `昆高安监〔2018〕${day}号`,
        abstract: '对辖区企业安全生产情况进行检查，现将检查结果和整改要求予以公布。'.repeat(3),
      },
      { on: `2018-05-${String(day).padStart(2, '0')}` },
    );
  const item = await published(
    {
      title: '昆明高新区行政规范性文件管理办法',
      documentNumber: '昆高发〔2018〕3号',
      normative: 'normative',
      interpretationPlan: '由办公室在公布后三日内解读。',
      keywords: ['规范性文件'],
      body: `<p class="no-indent">各部门：</p><h2>一、总则</h2>${'<p>为规范行政规范性文件的制定和管理，维护法制统一，根据有关规定，结合实际，制定本办法。</p>'.repeat(5)}
        <table><caption>附表</caption><thead><tr><th scope="col">项目</th></tr></thead><tbody><tr>${cells(40)}</tr></tbody></table>
        <p>${'长'.repeat(3000)}</p><p>https://example.com/${'very-long-address'.repeat(20)}</p><ul><li>一项</li></ul><p class="align-right">昆明高新区管委会</p>`,
    },
    { on: '2018-04-02', file: { name: `附件1：${LONG}.pdf`, type: 'application/pdf', text: '%PDF-1.7' } },
  );
  await amended(item.id, { title: '昆明高新区行政规范性文件管理办法（修订）' }, '2018-05-20');
  const replacing = await published({ title: '昆明高新区行政规范性文件管理规定' });
  await pool.query(
    `INSERT INTO item_validity (agency_id, item_id, validity, from_on, replaced_by, ground, by_name, at)
      SELECT agency_id, id, 'repealed', '2018-06-01', $1, '清理结果', '专员', now() FROM items WHERE id = $2`,
    [replacing.id, item.id],
  );
  await pool.query(
    `UPDATE items SET validity = 'repealed', validity_on = '2018-06-01', replaced_by = $1 WHERE id = $2`,
    [replacing.id, item.id],
  );
  await published({
    title: '昆明高新区政府信息公开指南',
    columnId: columns['guide-column']!,
    body: '<h2>一、公开范围</h2><p>依法公开。</p>',
  });
  await published({ title: '政府信息公开保密审查制度', columnId: columns.rules! });
  await column('business', '优化营商环境', 'topic');
  await column('business-policies', '政策文件', 'topic', 'business');
  await column('business-news', '进展', 'topic', 'business');
  for (const slug of ['business', 'business-policies', 'business-news'])
    await published({ title: LONG, columnId: columns[slug]!, interprets: [replacing.id] });
  const gone = await published({ title: '撤下的' });
  await withdrawItem(as('disclosure-officer'), gone.id, {
    reason: '内容有误，核实后重新公开。',
    ground: '《条例》第十五条',
  });
  const at = (found: { indexNumber: string }) => `/items/${found.indexNumber}`;
  pages = [
    '/',
    '/catalogue',
    '/catalogue/notices',
    `/catalogue/notices?${new URLSearchParams({ genre: '通知', year: '2018' })}`,
    '/catalogue/finance',
    '/catalogue/notices?year=1999',
    at(item),
    `${at(item)}/versions/1`,
    `${at(item)}/versions/2`,
    at(replacing),
    at(gone),
    '/guide',
    '/sitemap',
    '/topics',
    '/catalogue/business',
  ];
}, 120_000);

describe.each([
  ['a telephone', { viewport: phone }, true],
  ['a narrow telephone', { viewport: { width: 320, height: 640 } }, false],
  ['a desk screen', { viewport: { width: 1440, height: 900 } }, true],
  ['a telephone in large type and high contrast', { viewport: phone, large: true }, true],
])('on %s', (_name, { large, ...options }: BrowserContextOptions & { large?: boolean }, axe) => {
  test('no page has a fault', async () => {
    const page = await openPage(browser, options);
    if (large) {
      await page.goto(`${address}/about`);
      await page.getByRole('link', { name: '长者版' }).click();
      await page.getByRole('link', { name: '高对比度' }).click();
    }
    const faults: string[] = [];
    for (const path of pages) faults.push(...(await faultsOf(page, address + path, { axe })));
    expect(faults).toEqual([]);
    await page.context().close();
  }, 240_000);
});

test('without script somebody finds a document, turns pages, filters and reads', async () => {
  const page = await openPage(browser, { viewport: phone, javaScriptEnabled: false });
  await page.goto(address);
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '政府信息公开' }).click();
  await page
    .locator('.column-blocks')
    .getByRole('link', { name: /通知公告/ })
    .click();
  await page.getByRole('link', { name: '下一页' }).click();
  await page.getByRole('link', { name: '上一页' }).click();
  await page.getByRole('link', { name: '栏目和筛选' }).click();
  await page.getByRole('navigation', { name: '按体裁筛选' }).getByRole('link', { name: /公告/ }).click();
  await page.getByRole('link', { name: /第29批/ }).click();
  expect(await page.locator('h1').textContent()).toBe('关于公布2018年第29批安全生产检查结果的公告');
  await page.getByRole('navigation', { name: '同栏目的前后信息' }).getByRole('link').last().click();
  expect(await page.locator('h1').textContent()).toContain('第28批');
  await page.context().close();
});

test('a repealed document leads to the one in force, and prints without what is only for the screen', async () => {
  const page = await openPage(browser);
  await page.goto(`${address}${pages[6]}`);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.item-side').isVisible()).toBe(false);
  expect(await page.locator('.item-facts').isVisible()).toBe(true);
  await page.emulateMedia({ media: 'screen' });
  expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(true);
  await page.getByRole('link', { name: '昆明高新区行政规范性文件管理规定' }).first().click();
  expect(await page.locator('h1').textContent()).toBe('昆明高新区行政规范性文件管理规定');
  await page.context().close();
});

test("the agency's own colour leaves high contrast and paper theirs", async () => {
  await pool.query(`UPDATE agencies SET site = site || '{"colour": "#7a1f1f"}'`);
  const page = await openPage(browser);
  const colour = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--brand'));
  await page.goto(`${address}/about`);
  expect(await colour()).toBe('#7a1f1f');
  const mark = page.locator('.portal-header .mark');
  expect(await mark.evaluate((it) => getComputedStyle(it).fill)).toBe('rgb(122, 31, 31)');
  await page.emulateMedia({ media: 'print' });
  expect(await colour()).toBe('#000');
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('link', { name: '高对比度' }).click();
  expect(await colour()).toBe('#ffe14d');
  expect(await faultsOf(page, `${address}/about`)).toEqual([]);
  await pool.query(`UPDATE agencies SET site = site - 'colour'`);
  await page.context().close();
});
