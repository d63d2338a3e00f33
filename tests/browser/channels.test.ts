import { beforeAll, describe, expect, test } from 'vitest';
import { clockAt } from '../../src/core/clock.ts';
import { openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';

const desk = await openDesk({}, clockAt('2018-06-15'));
const browser = await openBrowser();
const address = await desk.server.listen({ port: 0, host: '127.0.0.1' });
const officer = await desk.signedIn('disclosure-officer');
const room = '/workbench/channels';
let account = 0;
let failed = 0;

beforeAll(async () => {
  for (const [kind, name] of [
    ['website', '高新区管委会网站'],
    ['wechat', '高新区发布'],
    ['weibo', '昆明高新区政务微博'],
  ])
    await officer.post(`${room}/accounts/new`, {
      kind: kind ?? '',
      name: name ?? '',
      openedOn: '2016-05-03',
      main: '1',
    });
  const { rows } = await desk.pool.query("SELECT id FROM channel_accounts WHERE kind = 'wechat'");
  account = Number(rows[0].id);
  const form = { appId: 'wx0123456789', appSecret: 'secret', author: '' };
  await officer.upload(`${room}/accounts/${account}/connection`, [], form);
  for (const [state, title] of [
    ['failed', '关于做好2018年汛期安全生产工作和重点企业隐患排查治理情况通报的通知'],
    ['scheduled', '端午假期值班安排'],
    ['recorded', '一图读懂：高新区优化营商环境十条措施'],
  ])
    await desk.pool.query(
      `INSERT INTO channel_posts (agency_id, account_id, channel, title, state, publish_at, posted_on, address, reads,
         error, by_name, created_at)
       VALUES ($1, $2, 'wechat', $3, $4::text, CASE WHEN $4 = 'scheduled' THEN timestamptz '2018-06-18T09:30:00+08:00' END,
         CASE WHEN $4 = 'recorded' THEN date '2018-06-01' END, 'https://mp.weixin.qq.com/s/abcdefghijklmnop', 1234,
         CASE WHEN $4 = 'failed' THEN '平台审核不通过' ELSE '' END, '傅发布', '2018-06-15T09:00:00+08:00')`,
      [desk.agencyId, account, title, state],
    );
  const post = await desk.pool.query("SELECT id FROM channel_posts WHERE state = 'failed'");
  failed = Number(post.rows[0].id);
});

describe.each([
  ['on a desk screen', {}],
  ['on a telephone', { viewport: phone }],
])('channels %s', (_, options) => {
  test('every page is sound', async () => {
    const page = await openPage(browser, options);
    await page.context().addCookies(officer.jar().map(([name, value]) => ({ name, value, url: address })));
    const faults: string[] = [];
    for (const path of [
      room,
      `${room}?group=open`,
      `${room}?group=cancelled`,
      `${room}/posts/${failed}`,
      `${room}/posts/new`,
      `${room}/accounts`,
      `${room}/accounts/new`,
      `${room}/accounts/${account}`,
      `${room}/calendar`,
      `${room}/import`,
    ])
      faults.push(...(await faultsOf(page, `${address}${path}`)));
    expect(faults).toEqual([]);
  }, 120_000);
});
