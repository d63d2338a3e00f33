import { describe, expect, it } from 'vitest';
import { channelJobs } from '../../src/areas/channels/jobs.ts';
import { recordPastPosts } from '../../src/areas/channels/opening.ts';
import { clockAt } from '../../src/core/clock.ts';
import { writeXlsx } from '../../src/core/spreadsheet/index.ts';
import { openDesk } from '../support/desk.ts';
import type { Page, Visitor } from '../support/visitor.ts';

const { app, pool, system, agencyId, signedIn } = await openDesk({}, clockAt('2018-06-15'));
const officer = await signedIn('disclosure-officer');
const publisher = await signedIn('publisher');
const reader = await signedIn('auditor');
const room = '/workbench/channels';

const words = ({ body }: Page): string =>
  body
    .replace(/^[\s\S]*<main[^>]*>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

async function saved(visitor: Visitor, url: string, fields: Record<string, string> = {}): Promise<Page> {
  const answer = await visitor.post(url, fields);
  expect(answer.status, words(answer)).toBe(303);
  return visitor.follow(answer);
}

async function account(fields: Record<string, string>): Promise<number> {
  await saved(officer, `${room}/accounts/new`, { openedOn: '2016-01-01', ...fields });
  const { rows } = await pool.query('SELECT max(id) AS id FROM channel_accounts');
  return Number(rows[0].id);
}

async function waiting(
  channel: string,
  accountId: number | null,
  title: string,
  state = 'waiting',
): Promise<number> {
  const { rows } = await pool.query(
    `INSERT INTO channel_posts (agency_id, account_id, channel, title, state, publish_at, by_name, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, '系统', now()) RETURNING id`,
    [agencyId, accountId, channel, title, state, state === 'scheduled' ? '2018-06-20T09:30:00+08:00' : null],
  );
  return Number(rows[0].id);
}

const figure = (channel: string) =>
  app.figures
    .get(`channels.${channel}`)
    ?.count?.(app.connection.db, { agencyId, from: '2018-01-01', to: '2018-12-31' });

describe('accounts', () => {
  it('are registered with every fault beside its field, and one is the main one of its channel', async () => {
    const wrong = await officer.post(`${room}/accounts/new`, {
      kind: 'wechat',
      address: 'javascript:alert(1)',
    });
    expect(wrong.status).toBe(422);
    expect(words(wrong)).toContain('请填写账号名称');
    expect(words(wrong)).toContain('网址应以 http:// 或 https:// 开头');
    await account({ kind: 'website', name: '高新区网站', main: '1' });
    const first = await account({ kind: 'wechat', name: '高新区发布', main: '1' });
    await account({ kind: 'wechat', name: '高新政务', main: '1' });
    const { rows } = await pool.query('SELECT main FROM channel_accounts WHERE id = $1', [first]);
    expect(rows[0].main).toBe(false);
    const both = await Promise.all(
      [1, 2].map(() =>
        officer.post(`${room}/accounts/new`, {
          kind: 'weibo',
          name: '双击的账号',
          openedOn: '2016-01-01',
          state: 'retired',
        }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([303, 422]);
    const twice = await officer.post(`${room}/accounts/new`, {
      kind: 'wechat',
      name: '高新政务',
      openedOn: '2016-01-01',
    });
    expect(words(twice)).toContain('已有同名账号');
  });

  it('are managed by the officer alone', async () => {
    expect((await publisher.post(`${room}/accounts/new`, { kind: 'weibo', name: '我的' })).status).toBe(403);
    expect((await publisher.get(`${room}/accounts/new`)).status).toBe(403);
    expect((await reader.get(`${room}/accounts`)).status).toBe(200);
  });

  it('keep their secrets out of every page, and keep them when a form leaves them blank', async () => {
    const id = await account({ kind: 'weibo', name: '高新微博' });
    const form = { uid: '123', accessToken: 'SECRET-TOKEN', appKey: '', appSecret: '', refreshToken: '' };
    const lacking = await officer.upload(`${room}/accounts/${id}/connection`, [], { ...form, uid: '' });
    expect(lacking.status).toBe(422);
    expect(lacking.body).not.toContain('SECRET-TOKEN');
    expect((await officer.upload(`${room}/accounts/${id}/connection`, [], form)).status).toBe(303);
    const page = await officer.get(`${room}/accounts/${id}`);
    expect(words(page)).toContain('已对接');
    expect(page.body).not.toContain('SECRET-TOKEN');
    expect(
      (await officer.upload(`${room}/accounts/${id}/connection`, [], { ...form, accessToken: '' })).status,
    ).toBe(303);
    const { rows } = await pool.query('SELECT settings FROM channel_connections WHERE account_id = $1', [id]);
    expect(rows[0].settings).toMatch(/^s1:/);
    const opened = app.vault.open(rows[0].settings, `channel-connection/${agencyId}/${id}/settings`);
    expect(JSON.parse(opened).accessToken).toBe('SECRET-TOKEN');
    await saved(officer, `${room}/accounts/${id}/disconnection`);
    expect(await pool.query('SELECT 1 FROM channel_connections WHERE account_id = $1', [id])).toMatchObject({
      rowCount: 0,
    });
  });

  it('that are silent for more than 14 days are told of once', async () => {
    const run = (day: string) =>
      channelJobs
        .find(({ name }) => name === 'tell-of-silent-accounts')
        ?.run({ ...app, clock: clockAt(day) }, {});
    await run('2018-06-15');
    await run('2018-06-16');
    const { rows } = await pool.query(
      "SELECT title FROM notifications WHERE title LIKE '%高新政务%没有更新'",
    );
    expect(rows).toHaveLength(1);
    expect(words(await officer.get(`${room}/accounts`))).toContain('起没有更新');
  });
});

describe('posts', () => {
  it('that wait for a person are recorded with their address, and counted then', async () => {
    const id = await waiting('wechat', null, '汛期安全提示');
    expect(await figure('wechat')).toMatchObject({ quantity: null });
    const { rows } = await pool.query("SELECT id FROM channel_accounts WHERE name = '高新政务'");
    const wrong = await officer.post(`${room}/posts/${id}/record`, {
      account: String(rows[0].id),
      postedOn: '2018-06-14',
    });
    expect(wrong.status).toBe(422);
    expect(words(wrong)).toContain('请填写发布后的网址');
    const page = await saved(officer, `${room}/posts/${id}/record`, {
      account: String(rows[0].id),
      postedOn: '2018-06-14',
      address: 'https://mp.weixin.qq.com/s/abc',
      reads: '1,234',
    });
    expect(words(page)).toContain('已登记');
    expect(words(page)).toContain('1,234');
    expect(await figure('wechat')).toMatchObject({ quantity: 1 });
    expect((await officer.post(`${room}/posts/${id}/cancellation`)).status).toBe(409);
  });

  it('are recorded by hand, cancelled, and sent again only where an account is connected', async () => {
    const { rows } = await pool.query("SELECT id FROM channel_accounts WHERE name = '高新区网站'");
    await saved(publisher, `${room}/posts/new`, {
      account: String(rows[0].id),
      title: '<script>alert(1)</script>',
      postedOn: '2018-06-01',
      address: 'https://www.kmhnz.gov.cn/1',
    });
    const list = await officer.get(`${room}?q=${encodeURIComponent('script')}`);
    expect(list.body).toContain('&lt;script>');
    expect(list.body).not.toContain('<script>alert');
    const id = await waiting('weibo', null, '不发了');
    expect((await officer.post(`${room}/posts/${id}/retry`)).status).toBe(409);
    await saved(officer, `${room}/posts/${id}/cancellation`);
    expect(words(await officer.get(`${room}?group=cancelled`))).toContain('不发了');
    expect((await reader.post(`${room}/posts/${id}/record`)).status).toBe(403);
  });

  it('of another unit’s account are not for this publisher', async () => {
    const other = await pool.query(
      `INSERT INTO units (agency_id, code, name) VALUES ($1, 'ZZZ', '财政局') RETURNING id`,
      [agencyId],
    );
    const id = await account({ kind: 'weibo', name: '财政微博', unit: String(other.rows[0].id) });
    const post = await waiting('weibo', id, '财政的');
    expect((await publisher.post(`${room}/posts/${post}/cancellation`)).status).toBe(403);
    await saved(officer, `${room}/posts/${post}/cancellation`);
  });

  it('that are scheduled stand in the calendar of their month', async () => {
    const { rows } = await pool.query("SELECT id FROM channel_accounts WHERE name = '高新微博'");
    await waiting('weibo', Number(rows[0].id), '六月的', 'scheduled');
    expect(words(await officer.get(`${room}/calendar`))).toContain('六月的');
    expect(words(await officer.get(`${room}/calendar?month=2018-07`))).not.toContain('六月的');
    expect((await officer.get(`${room}/calendar?month=99999-99`)).status).toBe(200);
  });

  it('fill page after page without one lost or shown twice', async () => {
    const { rows } = await pool.query(
      `INSERT INTO items (agency_id, index_number, unit_id, state)
       SELECT $1, 'X/' || n, (SELECT id FROM units WHERE agency_id = $1 LIMIT 1), 'draft' FROM generate_series(1, 120) n
       RETURNING id`,
      [agencyId],
    );
    await recordPastPosts(
      system,
      rows.map(({ id }, index) => ({
        itemId: Number(id),
        channel: 'other',
        title: `公告栏${index}`,
        address: '',
        postedOn: `2017-03-${String(1 + (index % 4)).padStart(2, '0')}`,
      })),
    );
    const seen: string[] = [];
    for (let url = `${room}?channel=other`; url !== ''; ) {
      const page = await officer.get(url);
      seen.push(...[...page.body.matchAll(/>(公告栏\d+)<\/a>/g)].map((match) => match[1] ?? ''));
      url = (/rel="next" href="([^"]+)"/.exec(page.body)?.[1] ?? '').replaceAll('&amp;', '&');
    }
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
  });
});

describe('a month of posts from a file', () => {
  const sheet = (rows: (string | number)[][]) =>
    writeXlsx([
      {
        name: '表',
        columns: ['渠道', '账号', '标题', '发布日期', '网址', '阅读量'].map((label) => ({ label })),
        rows,
      },
    ]);
  const send = async (rows: (string | number)[][]) =>
    publisher.upload(`${room}/import`, { field: 'file', name: '五月.xlsx', content: await sheet(rows) });
  const good = (n: number) => [
    '政务微信',
    '高新政务',
    `第${n}篇`,
    `2018-05-0${n}`,
    `https://mp.weixin.qq.com/s/${n}`,
    n,
  ];

  it('tells every fault with its line and enters nothing', async () => {
    const page = await send([good(1), ['政务微信', '没有的', '', '2018-13-01', 'ftp://x', -1]]);
    expect(page.status).toBe(422);
    for (const problem of [
      '台账里没有这个渠道的这个账号',
      '请填写标题',
      '请填写发布日期',
      '网址应以',
      '阅读量应为',
    ])
      expect(words(page)).toContain(problem);
    expect(await figure('wechat')).toMatchObject({ quantity: 1 });
  });

  it('is entered once it was seen, and never twice', async () => {
    const page = await send([good(1), good(2), good(2)]);
    expect(page.status, words(page)).toBe(200);
    const id = /name="waiting" value="(\d+)"/.exec(page.body)?.[1] ?? '';
    const done = await saved(publisher, `${room}/import/confirmation`, { waiting: id });
    expect(done.body).toContain('已登记 2 条发布');
    expect(await figure('wechat')).toMatchObject({ quantity: 3 });
    expect((await publisher.post(`${room}/import/confirmation`, { waiting: id })).status).toBe(409);
    expect(words(await send([good(1), good(2)]))).toContain('都已登记');
  });

  it('can be taken out again as a table', async () => {
    const out = await officer.get(`${room}/export.xlsx?channel=wechat`);
    expect(out.status).toBe(200);
    expect(String(out.headers['content-disposition'])).toContain('.xlsx');
    expect((await officer.get(`${room}/import/template.xlsx`)).status).toBe(200);
  });
});
