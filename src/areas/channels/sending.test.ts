import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openPublishingOffice } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { openSocialPlatforms } from '../../../tests/support/social-platforms.ts';
import { clockAt } from '../../core/clock.ts';
import { newDataKey, openVault, parseDataKeys } from '../../core/vault/index.ts';
import { insertAccount } from './account-store.ts';
import { findConnection, keepConnection } from './connection-store.ts';
import { openConnectors } from './connectors/index.ts';
import { bidOf } from './connectors/weibo.ts';
import { findPost, insertPosts, updatePost } from './post-store.ts';
import { connectionContext } from './sealed.ts';
import { sendDuePosts } from './sending.ts';

const database = await freshDatabase();
const { db } = database;
const office = await openPublishingOffice(db);
const { agencyId } = office;
const platforms = await openSocialPlatforms();
afterAll(() => platforms.close());
const keys = newDataKey();
const vault = openVault(parseDataKeys(keys));

beforeEach(() => {
  platforms.next.clear();
  platforms.calls.length = 0;
  platforms.bodies.length = 0;
  platforms.published.length = 0;
  platforms.shared.length = 0;
  return db.deleteFrom('channel_posts').execute();
});

async function connected(
  kind: 'wechat' | 'weibo',
  name: string,
  settings: Record<string, string>,
): Promise<number> {
  const id = await insertAccount(db, agencyId, {
    kind,
    name,
    platform_id: '',
    address: '',
    unit_id: null,
    main: false,
    opened_on: '2016-01-01',
  });
  const sealed = vault.seal(JSON.stringify(settings), connectionContext(agencyId, id, 'settings'));
  await keepConnection(db, agencyId, id, { settings: sealed, at: new Date() });
  return id;
}

const cover = `${'a'.repeat(64)} image/jpeg`;
const wechat = await connected('wechat', '高新区发布', { appId: 'wx-app', appSecret: 'wx-secret', cover });
const wrong = await connected('wechat', '填错的', { appId: 'wx-app', appSecret: 'no', cover });
const bare = await connected('wechat', '没有封面', { appId: 'wx-app', appSecret: 'wx-secret' });
const weibo = await connected('weibo', '微博', { uid: '1234567890', accessToken: 'weibo-1', cover });
const expired = await connected('weibo', '过期的', {
  uid: '1',
  accessToken: 'weibo-old',
  appKey: 'k',
  appSecret: 's',
  refreshToken: 'refresh-1',
});

const publicItem = (number: string, pictured: boolean) =>
  db.transaction().execute(async (trx) => {
    const at = '2018-03-05T12:00:00+08:00';
    const { rows } = await sql<{
      id: number;
    }>`INSERT INTO items (agency_id, index_number, unit_id, state, title, abstract)
    VALUES (${agencyId}, ${number}, ${office.unitId}, 'draft', '汛期通知', '部署检查。') RETURNING id`.execute(
      trx,
    );
    const id = rows[0]?.id ?? 0;
    const picture = 'b'.repeat(64);
    await sql`INSERT INTO item_versions (agency_id, item_id, version, state, title, abstract, body, plain, created_at,
      saved_at, published_at, digest)
    VALUES (${agencyId}, ${id}, 1, 'published', '汛期通知', '部署检查。',
      ${`<p>正文</p><p><img src="/files/items/${id}/${picture}" alt="图"></p>`}, '正文', ${at}, ${at}, ${at}, 'd')`.execute(
      trx,
    );
    // No import brought it, and it had its picture before it was published.
    await sql`SET LOCAL session_replication_role = replica`.execute(trx);
    await sql`INSERT INTO item_reviews (agency_id, item_id, version, step, result, reviewer_name, concluding, at)
    VALUES (${agencyId}, ${id}, 1, 'import', 'passed', '导入', true, ${at})`.execute(trx);
    if (pictured)
      await sql`INSERT INTO item_files (agency_id, item_id, version, position, kind, name, digest, type, bytes, released)
    VALUES (${agencyId}, ${id}, 1, 1, 'picture', 'a.png', ${picture}, 'image/png', 7, true)`.execute(trx);
    await sql`SET LOCAL session_replication_role = origin`.execute(trx);
    await sql`UPDATE items SET state = 'published', live_version = 1, published_on = '2018-03-05', published_at = ${at}
    WHERE agency_id = ${agencyId} AND id = ${id}`.execute(trx);
    return id;
  });
const itemId = await publicItem('KM/2018-00001', true);
const bareItemId = await publicItem('KM/2018-00002', false);

let serial = 0;
async function due(accountId: number, channel: 'wechat' | 'weibo', item = itemId): Promise<number> {
  const at = '2018-03-05T09:00:00+08:00';
  serial += 1;
  await insertPosts(db, agencyId, [
    {
      itemId: item,
      accountId,
      channel,
      title: `汛期通知${serial}`,
      address: '',
      state: 'scheduled',
      publishAt: new Date(at),
      postedOn: null,
      postedAt: null,
      reads: null,
      sourceId: `test-${serial}`,
      byId: null,
      byName: '傅发布',
      createdAt: new Date(at),
    },
  ]);
  const row = await db
    .selectFrom('channel_posts')
    .select('id')
    .where('source_id', '=', `test-${serial}`)
    .executeTakeFirstOrThrow();
  return row.id;
}

const sendAt = (at: string, timeoutMs = 2000) =>
  sendDuePosts({
    db,
    clock: clockAt(`2018-03-05T${at}+08:00`),
    vault,
    files: { read: async () => Buffer.from('picture') },
    connectors: openConnectors({ wechat: platforms.base, weibo: platforms.base, timeoutMs }),
    publicUrl: 'https://gongkai.example.gov.cn',
  });
const post = async (id: number) => {
  const found = await findPost(db, agencyId, id);
  if (!found) throw new Error(`no post ${id}`);
  return found;
};
const SUBMIT = '/cgi-bin/freepublish/submit';

describe('the WeChat Official Account platform', () => {
  it('gets a cover, a draft with its pictures, and the publication; the address comes back', async () => {
    const id = await due(wechat, 'wechat');
    await sendAt('08:59:00');
    expect((await post(id)).state).toBe('scheduled');
    await sendAt('09:00:00');
    expect(await post(id)).toMatchObject({ state: 'published', postedOn: '2018-03-05', error: '' });
    expect((await post(id)).address).toMatch(/^http:\/\/mp\.weixin\.qq\.com\/s\/publish-/);
    const draft = JSON.parse(
      platforms.bodies.find(({ path }) => path === '/cgi-bin/draft/add')?.body ?? '{}',
    );
    expect(draft.articles[0]).toMatchObject({
      digest: '部署检查。',
      content_source_url: 'https://gongkai.example.gov.cn/items/KM/2018-00001',
      author: '高新区',
    });
    expect(draft.articles[0].thumb_media_id).toMatch(/^cover-/);
    expect(draft.articles[0].content).toContain('src="http://mmbiz.qpic.cn/');
  });

  it('keeps the token sealed, uses it again, and renews it once when the platform takes it no longer (40001)', async () => {
    await due(wechat, 'wechat');
    await sendAt('09:00:00');
    const kept = await findConnection(db, agencyId, wechat);
    expect(kept?.token).toMatch(/^s1:/);
    expect(kept?.settings).not.toContain('wx-secret');
    platforms.calls.length = 0;
    await due(wechat, 'wechat');
    await sendAt('09:01:00');
    expect(platforms.count('/cgi-bin/stable_token')).toBe(0);
    platforms.tokens.clear();
    const id = await due(wechat, 'wechat');
    await sendAt('09:02:00');
    expect(platforms.count('/cgi-bin/stable_token')).toBe(1);
    expect((await post(id)).state).toBe('published');
  });

  it('waits for the platform’s own check, and says why it refused', async () => {
    platforms.next.set('/cgi-bin/freepublish/get', [{ publish_status: 1 }, { publish_status: 4 }]);
    const id = await due(wechat, 'wechat');
    await sendAt('09:00:00');
    expect(await post(id)).toMatchObject({ state: 'scheduled', stage: 'submitted', attempts: 0 });
    await sendAt('09:02:00');
    expect(await post(id)).toMatchObject({ state: 'failed', error: '平台审核不通过' });
    expect(platforms.count(SUBMIT)).toBe(1);
  });

  it('tries again with longer and longer pauses when the quota is used up (45009), and gives up in the end', async () => {
    platforms.next.set(
      '/cgi-bin/draft/add',
      Array(9).fill({ errcode: 45009, errmsg: 'reach max api daily quota limit' }),
    );
    const id = await due(wechat, 'wechat');
    const tried: string[] = [];
    for (let minute = 0; minute < 40; minute += 1) {
      const before = platforms.count('/cgi-bin/draft/add');
      await sendAt(`10:${String(minute).padStart(2, '0')}:00`);
      if (platforms.count('/cgi-bin/draft/add') > before) tried.push(String(minute));
    }
    expect(tried).toEqual(['0', '1', '3', '7', '15', '31']);
    expect(await post(id)).toMatchObject({
      state: 'failed',
      error: '接口今天的调用次数已用完（错误码 45009）；已自动重试 5 次',
    });
  });

  it.each([['a wrong secret', wrong, 'AppSecret 不正确（错误码 40125）']])(
    'fails at once on %s',
    async (_, account, error) => {
      const id = await due(account, 'wechat');
      await sendAt('09:00:00');
      expect(await post(id)).toMatchObject({ state: 'failed', error });
    },
  );

  it('says that a cover is wanted where neither item nor account has one', async () => {
    const id = await due(bare, 'wechat', bareItemId);
    await sendAt('09:00:00');
    expect((await post(id)).error).toContain('需要封面');
  });

  it('does not submit again what was submitted without an answer', async () => {
    platforms.next.set(SUBMIT, ['silent']);
    const id = await due(wechat, 'wechat');
    await sendAt('09:00:00', 200);
    expect(await post(id)).toMatchObject({ state: 'failed', stage: 'submitting' });
    expect((await post(id)).error).toContain('到平台核对');
    await sendAt('11:00:00');
    expect(platforms.count(SUBMIT)).toBe(1);
  });

  it('makes a new draft after a time-out there: drafts are not public', async () => {
    platforms.next.set('/cgi-bin/draft/add', ['silent']);
    const id = await due(wechat, 'wechat');
    await sendAt('09:00:00', 200);
    expect(await post(id)).toMatchObject({ state: 'scheduled', error: '平台在规定时间内没有回应' });
    await sendAt('09:01:00');
    expect((await post(id)).state).toBe('published');
    expect(platforms.published).toHaveLength(1);
  });
});

describe('Weibo', () => {
  it('gets text, address and picture in one call; the post’s address comes back', async () => {
    const id = await due(weibo, 'weibo');
    await sendAt('09:00:00');
    expect(await post(id)).toMatchObject({
      state: 'published',
      address: `https://weibo.com/1234567890/${bidOf('3504803600502730')}`,
    });
    const body = platforms.bodies.find(({ path }) => path === '/2/statuses/share.json')?.body ?? '';
    expect(body).toContain('name="pic"; filename="a.png"');
    expect(platforms.shared[0]).toContain('https://gongkai.example.gov.cn/items/KM/2018-00001');
  });

  it('renews an expired authorisation and keeps the new refresh token sealed', async () => {
    const id = await due(expired, 'weibo');
    await sendAt('09:00:00');
    expect((await post(id)).state).toBe('published');
    const kept = await findConnection(db, agencyId, expired);
    const settings = vault.open(kept?.settings ?? '', connectionContext(agencyId, expired, 'settings'));
    expect(JSON.parse(settings).refreshToken).toBe('refresh-2');
  });

  it.each<[string, object, object]>([
    ['busy', { error_code: 10009 }, { state: 'scheduled', stage: '' }],
    ['a word it does not take', { error_code: 20021 }, { state: 'failed', stage: '' }],
  ])('answers %s', async (_, answer, expected) => {
    platforms.next.set('/2/statuses/share.json', [answer]);
    const id = await due(weibo, 'weibo');
    await sendAt('09:00:00');
    expect(await post(id)).toMatchObject(expected);
  });

  it('names posts as their addresses do', () => {
    expect(bidOf('3501756485200075')).toBe('z0JH2lOMb');
  });
});

describe('two processes and dead ones', () => {
  it('send each post once between them', async () => {
    for (let n = 0; n < 6; n += 1) await due(weibo, 'weibo');
    await Promise.all([sendAt('09:00:00'), sendAt('09:00:00'), sendAt('09:00:00')]);
    expect(platforms.shared).toHaveLength(6);
    expect(new Set(platforms.shared).size).toBe(6);
  });

  it('what was taken by a process that died before anything could be public goes out later', async () => {
    const id = await due(wechat, 'wechat');
    await updatePost(db, agencyId, id, {
      state: 'sending',
      sending_since: new Date('2018-03-05T09:00:00+08:00'),
    });
    await sendAt('09:05:00');
    expect((await post(id)).state).toBe('sending');
    await sendAt('09:11:00');
    expect((await post(id)).state).toBe('published');
  });

  it('a process killed while the platform holds the post: it is not sent twice, and a person is told', async () => {
    platforms.next.set('/2/statuses/share.json', ['silent']);
    const id = await due(weibo, 'weibo');
    const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/send-posts.ts'], {
      env: {
        ...process.env,
        DATABASE_URL: database.url,
        PLATFORM: platforms.base,
        KEYS: keys,
        AT: '2018-03-05T01:00:00Z',
      },
      stdio: 'ignore',
    });
    await expect
      .poll(() => platforms.count('/2/statuses/share.json'), { timeout: 30_000, interval: 50 })
      .toBe(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await post(id)).toMatchObject({ state: 'sending', stage: 'sharing' });
    await sendAt('09:30:00');
    expect(await post(id)).toMatchObject({ state: 'failed' });
    expect((await post(id)).error).toContain('不知道是否已经发出');
    await sendAt('10:30:00');
    expect(platforms.count('/2/statuses/share.json')).toBe(1);
    const told = await db.selectFrom('notifications').select('title').execute();
    expect(told.some(({ title }) => title.startsWith('没有发出'))).toBe(true);
  }, 40_000);
});
