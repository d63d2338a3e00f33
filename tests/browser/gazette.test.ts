import { beforeAll, describe, expect, test } from 'vitest';
import { withdrawItem } from '../../src/areas/catalogue/index.ts';
import {
  addEntries,
  beginIssue,
  noteErratum,
  publishIssue,
  reviewErratum,
  reviewIssue,
  submitIssue,
} from '../../src/areas/gazette/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import type { Ctx } from '../../src/core/context.ts';
import { openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';
import { openPublicColumns } from '../support/public-columns.ts';

const desk = await openDesk({}, clockAt('2018-06-15T10:30:00+08:00'));
const { app } = desk;
const { as, published, amended } = await openPublicColumns(desk);
const browser = await openBrowser();
const address = await desk.server.listen({ port: 0, host: '127.0.0.1' });
const officer = await desk.signedIn('disclosure-officer');
const leader = await desk.signedIn('leader');
const room = '/workbench/gazette';
const LONG = `关于印发《昆明高新技术产业开发区${'进一步加强和规范'.repeat(4)}政府信息公开工作管理办法》的通知`;

let composed = 0;
let inReview = 0;
let approved = 0;
let out = 0;
let waiting = 0;

/** Somebody who had no hand in composing. */
const reviewer = (on: string): Ctx => {
  const { actor, ...ctx } = as('publisher', on);
  return { ...ctx, actor: { ...actor, roles: ['leader'] } as Ctx['actor'] };
};

async function issueOf(name: string, items: number[], on = '2018-06-01'): Promise<number> {
  const ctx = as('disclosure-officer', on);
  const id = await beginIssue(ctx, { name });
  const half = Math.ceil(items.length / 2);
  await addEntries(ctx, id, { itemIds: items.slice(0, half), section: '政府文件' });
  if (items.length > half) await addEntries(ctx, id, { itemIds: items.slice(half), section: '人事任免' });
  return id;
}

async function passed(id: number, on = '2018-06-01'): Promise<void> {
  await submitIssue(as('disclosure-officer', on), id);
  await reviewIssue(reviewer(on), id, { result: 'passed', opinion: '同意出版。' });
}

beforeAll(async () => {
  const channels = ['website', 'gazette'] as const;
  const items: number[] = [];
  for (const title of [
    LONG,
    '关于张某等同志任免职的通知',
    '关于公布行政审批事项的公告',
    '关于第二号事项的通知',
  ])
    items.push(
      (await published({ title, channels, documentNumber: `昆高发〔2018〕${items.length + 1}号` })).id,
    );
  out = await issueOf('一季度', items);
  await passed(out);
  await publishIssue({ ...as('disclosure-officer', '2018-06-01'), jobs: app.jobs }, out);
  await app.jobs.drain(app);
  await amended(items[0]!, { title: `${LONG}（修订）` }, '2018-06-10');
  await withdrawItem(as('disclosure-officer'), items[1]!, {
    reason: '内容有误，核实后重新公开。',
    ground: '《条例》第六条',
  });
  const erratumId = await noteErratum(as('disclosure-officer'), out, {
    notice: '第三条“五日”应为“十五日”。',
    itemId: items[0]!,
  });
  await reviewErratum(reviewer('2018-06-15'), out, { erratumId, result: 'passed', opinion: '' });
  waiting = await noteErratum(as('disclosure-officer'), out, { notice: '目录漏印一篇。', itemId: null });
  for (let index = 0; index < 6; index++)
    items.push(
      (
        await published({
          title: `${LONG}之${index}`,
          channels,
          documentNumber: `昆高发〔2018〕${20 + index}号`,
        })
      ).id,
    );
  composed = await issueOf('二季度', [items[0]!, items[4]!, items[5]!]);
  inReview = await issueOf('二季度增刊', [items[6]!]);
  await submitIssue(as('disclosure-officer'), inReview);
  approved = await issueOf('二季度第二期', [items[7]!]);
  await passed(approved);
}, 120_000);

describe.each([
  ['on a desk screen', {}],
  ['on a telephone', { viewport: phone }],
])('the gazette %s', (_, options) => {
  test('every page of the desk is sound', async () => {
    const faults: string[] = [];
    for (const [visitor, paths] of [
      [
        officer,
        [
          room,
          `${room}/new`,
          `${room}/settings`,
          `${room}/${composed}`,
          `${room}/${composed}?q=${encodeURIComponent('行政审批')}`,
          `${room}/${composed}/submission`,
          `${room}/${composed}/discard`,
          `${room}/${approved}`,
          `${room}/${approved}/publication`,
          `${room}/${out}`,
        ],
      ],
      [leader, [`${room}/${inReview}`, `${room}/${out}`, `${room}/${out}/errata/${waiting}`]],
    ] as const) {
      const page = await openPage(browser, options);
      await page.context().addCookies(visitor.jar().map(([name, value]) => ({ name, value, url: address })));
      for (const path of paths) faults.push(...(await faultsOf(page, address + path)));
      await page.context().close();
    }
    expect(faults).toEqual([]);
  });

  test('every public page is sound', async () => {
    const page = await openPage(browser, { ...options, javaScriptEnabled: true });
    const faults: string[] = [];
    for (const path of ['/gazette', '/gazette/2018/1', '/gazette?year=2018', '/sitemap'])
      faults.push(...(await faultsOf(page, address + path)));
    await page.context().close();
    expect(faults).toEqual([]);
  });
});

test('a document is moved by keyboard alone', async () => {
  const page = await openPage(browser);
  await page.context().addCookies(officer.jar().map(([name, value]) => ({ name, value, url: address })));
  await page.goto(`${address}${room}/${composed}`);
  const titles = () => page.locator('.gazette-row > div > a').allTextContents();
  const before = await titles();
  await page.locator('.gazette-row').first().getByRole('button', { name: /^下移/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#entry-/);
  const after = await titles();
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2).toReversed());
});
