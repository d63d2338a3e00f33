import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openPublishingOffice } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { transact } from '../../core/db.ts';
import type { EvidencePage } from '../../core/figure.ts';
import { insertAccount } from './account-store.ts';
import { channelFigures } from './figures.ts';
import { postsPage } from './list-store.ts';
import type { ChannelKind } from './model.ts';
import { dropPosts, openPosts, recordPastPosts } from './opening.ts';
import { recordPost } from './post-actions.ts';
import { previewPosts } from './post-import.ts';
import { postsOfItem } from './post-store.ts';

const { db, pool } = await freshDatabase();
const office = await openPublishingOffice(db);
const { agencyId } = office;

let serial = 0;
async function item(title: string): Promise<number> {
  serial += 1;
  const { rows } = await sql<{ id: number }>`
    INSERT INTO items (agency_id, index_number, unit_id, state, title)
    VALUES (${agencyId}, ${`KM/2018-${serial}`}, ${office.unitId}, 'draft', ${title}) RETURNING id`.execute(
    db,
  );
  return rows[0]?.id ?? 0;
}

const open = (itemId: number, channels: ChannelKind[], on = '2018-03-05', title = '通知') =>
  transact(office.as('publisher', on), (ctx) =>
    openPosts(ctx, {
      itemId,
      unitId: office.unitId,
      title,
      href: '/items/KM/2018-1',
      channels,
      publishAt: null,
    }),
  );
const statesOf = async (itemId: number) =>
  (await postsOfItem(db, agencyId, itemId)).map(({ channel, state }) => [channel, state]);
const count = async (channel: ChannelKind, from: string, to: string) =>
  (
    await channelFigures
      .find(({ code }) => code === `channels.${channel}`)
      ?.count?.(db, { agencyId, from, to })
  )?.quantity;

describe('posts of a published item', () => {
  it('are on the website at once and wait for a person elsewhere', async () => {
    const id = await item('三个渠道');
    await open(id, ['website', 'wechat', 'gazette']);
    expect(await statesOf(id)).toEqual([
      ['website', 'published'],
      ['wechat', 'waiting'],
      ['gazette', 'waiting'],
    ]);
  });

  it('are not opened again when the item is amended; a new channel is', async () => {
    const id = await item('修改过');
    await open(id, ['website']);
    await open(id, ['website', 'other'], '2018-04-01');
    expect(await statesOf(id)).toEqual([
      ['website', 'published'],
      ['other', 'waiting'],
    ]);
  });

  it('that have not gone out say what the amended item says; those that have stay as they went', async () => {
    const id = await item('标题有误');
    await open(id, ['website', 'weibo', 'wechat']);
    await sql`UPDATE channel_posts SET state = 'sending', sending_since = now() WHERE item_id = ${id}
      AND channel = 'wechat'`.execute(db);
    await open(id, ['website', 'weibo', 'wechat'], '2018-04-01', '标题改正了');
    expect((await postsOfItem(db, agencyId, id)).map(({ channel, title }) => [channel, title])).toEqual([
      ['website', '通知'],
      ['weibo', '标题改正了'],
      ['wechat', '通知'],
    ]);
  });

  it('that have not gone out are dropped with the item; those that have stay counted', async () => {
    const id = await item('撤下');
    await open(id, ['website', 'weibo'], '2017-05-05');
    await transact(office.system('2017-05-06'), (ctx) => dropPosts(ctx, id));
    expect(await statesOf(id)).toEqual([
      ['website', 'published'],
      ['weibo', 'cancelled'],
    ]);
    expect(await count('website', '2017-01-01', '2017-12-31')).toBe(1);
    expect(await count('weibo', '2017-01-01', '2017-12-31')).toBe(null);
  });

  it('that are being sent when the item is withdrawn are left to their sender', async () => {
    const id = await item('正在发送时撤下');
    await open(id, ['website', 'weibo'], '2016-05-05');
    await sql`UPDATE channel_posts SET state = 'scheduled', publish_at = now() WHERE item_id = ${id}
      AND channel = 'weibo'`.execute(db);
    const sender = await pool.connect();
    await sender.query('BEGIN');
    await sender.query(
      "UPDATE channel_posts SET state = 'sending', sending_since = now() WHERE item_id = $1 AND channel = 'weibo'",
      [id],
    );
    const dropping = transact(office.system('2016-05-06'), (ctx) => dropPosts(ctx, id));
    await expect
      .poll(
        async () =>
          (
            await pool.query(
              "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
            )
          ).rowCount,
      )
      .toBe(1);
    await sender.query('COMMIT');
    sender.release();
    await dropping;
    expect(await statesOf(id)).toEqual([
      ['website', 'published'],
      ['weibo', 'sending'],
    ]);
  });

  it('go to the account of the item’s unit before the main one', async () => {
    const account = (name: string, unitId: number | null, main: boolean) =>
      insertAccount(db, agencyId, {
        kind: 'weibo',
        name,
        platform_id: '',
        address: '',
        unit_id: unitId,
        main,
        opened_on: '2016-01-01',
      });
    await account('高新区发布', null, true);
    const own = await account('高新安监', office.unitId, false);
    const id = await item('微博');
    await open(id, ['weibo']);
    expect((await postsOfItem(db, agencyId, id))[0]?.accountId).toBe(own);
  });

  it('of history are entered once and counted by their day', async () => {
    const id = await item('历史');
    const past = [
      { itemId: id, channel: 'wechat' as const, title: '历史', address: '', postedOn: '2016-12-31' },
      { itemId: id, channel: 'website' as const, title: '历史', address: '/items/x', postedOn: '2016-01-01' },
    ];
    const ctx = office.system('2018-03-05');
    expect(await recordPastPosts(ctx, past)).toBe(2);
    expect(await recordPastPosts(ctx, past)).toBe(0);
    expect(await count('wechat', '2016-01-01', '2016-12-31')).toBe(1);
    expect(await count('wechat', '2016-01-01', '2016-12-30')).toBe(null);
    expect(await count('website', '2016-01-01', '2016-01-01')).toBe(1);
  });
});

describe('the list of posts', () => {
  it.each(['9999-99-99:1', ':1', '2018-02-30:7', 'x', '2018-03-05:', "2018-03-05:1'"])(
    'begins anew at “%s”, which is no place in it',
    async (after) => {
      const whole = await postsPage(db, agencyId, { group: 'out' }, null, 5);
      expect(await postsPage(db, agencyId, { group: 'out' }, after, 5)).toEqual(whole);
    },
  );
});

describe('evidence of the channel figures', () => {
  it('pages through every post once', async () => {
    for (let day = 1; day <= 7; day += 1) {
      const title = `第${day}条`;
      await recordPastPosts(office.system('2018-03-05'), [
        { itemId: await item(title), channel: 'other', title, address: '', postedOn: '2015-06-15' },
      ]);
    }
    const figure = channelFigures.find(({ code }) => code === 'channels.other');
    const titles: string[] = [];
    for (let after: string | null = null; ; ) {
      const page: EvidencePage | undefined = await figure?.evidence?.(
        db,
        { agencyId, from: '2015-01-01', to: '2015-12-31' },
        { after, limit: 3 },
      );
      titles.push(...(page?.records ?? []).map(({ title }) => title));
      after = page?.next ?? null;
      if (after === null) break;
    }
    expect(titles).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `第${n}条`));
  });
});

describe('a post recorded by hand', () => {
  it('is one however often it is sent, also when the month’s file brings it again', async () => {
    const accountId = await insertAccount(db, agencyId, {
      kind: 'wechat',
      name: '高新区发布',
      platform_id: 'gxqfb',
      address: '',
      unit_id: null,
      main: true,
      opened_on: '2014-01-01',
    });
    const post = { title: '放假提醒', postedOn: '2015-03-01', address: 'https://mp.weixin.qq.com/s/1' };
    const given = (name: string) =>
      name === 'account'
        ? String(accountId)
        : name === 'reads'
          ? ''
          : (post[name as keyof typeof post] ?? '');
    const ctx = office.as('disclosure-officer', '2018-03-05');
    const twice = await Promise.allSettled([recordPost(ctx, given), recordPost(ctx, given)]);
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(recordPost(ctx, given)).rejects.toMatchObject({
      fields: { title: '这个账号在这一天已经登记过这条发布，不要重复登记。' },
    });
    expect(await count('wechat', '2015-03-01', '2015-03-01')).toBe(1);
    const row = { line: 2, given: { ...post, channel: '政务微信', account: '高新区发布' } };
    expect(await previewPosts(ctx, [row])).toMatchObject({
      fresh: [],
      unchanged: [{ line: 2, why: '已经登记' }],
    });
    await recordPost(ctx, (name) => (name === 'postedOn' ? '2015-03-02' : given(name)));
    expect(await count('wechat', '2015-03-01', '2015-03-02')).toBe(2);
  });
});
