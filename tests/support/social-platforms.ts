import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the platforms saw and what they are to answer next. */
export interface SocialPlatforms {
  base: string;
  /** Paths called, in order, without their queries. */
  calls: string[];
  /** Bodies by path, as text. */
  bodies: { path: string; body: string }[];
  /** Answers to give before the usual one, by path; `silent` leaves the caller waiting. */
  next: Map<string, (object | 'silent')[]>;
  /** Tokens that are still taken. */
  tokens: Set<string>;
  published: { title: string; draft: string }[];
  shared: string[];
  count(path: string): number;
  close(): Promise<void>;
}

/** A server that speaks the interfaces of the WeChat Official Account platform and of Weibo that we use, errors included. */
export async function openSocialPlatforms(): Promise<SocialPlatforms> {
  const drafts = new Map<string, string>();
  const publications = new Map<string, string>();
  let serial = 0;
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://local');
    const body = await bodyOf(request);
    const path = url.pathname;
    platforms.calls.push(path);
    platforms.bodies.push({ path, body });
    const told = platforms.next.get(path)?.shift();
    if (told === 'silent') return;
    const answer = told ?? usual(path, url.searchParams.get('access_token') ?? '', body);
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(answer));
  });

  function usual(path: string, token: string, body: string): object {
    serial += 1;
    if (path === '/cgi-bin/stable_token') {
      const { grant_type, appid, secret, force_refresh } = JSON.parse(body);
      if (grant_type !== 'client_credential' || appid !== 'wx-app')
        return { errcode: 40013, errmsg: 'invalid appid' };
      if (secret !== 'wx-secret') return { errcode: 40125, errmsg: 'invalid appsecret' };
      // A stable token stays the same until it is refreshed by force.
      const [held] = [...platforms.tokens];
      if (held && !force_refresh) return { access_token: held, expires_in: 7200 };
      platforms.tokens.clear();
      platforms.tokens.add(`token-${serial}`);
      return { access_token: `token-${serial}`, expires_in: 7200 };
    }
    if (path === '/2/statuses/share.json') return share(body);
    if (path === '/oauth2/access_token') {
      const form = new URLSearchParams(body);
      if (form.get('grant_type') !== 'refresh_token' || form.get('refresh_token') !== 'refresh-1')
        return { error: 'invalid_grant', error_code: 21325 };
      return { access_token: 'weibo-2', expires_in: 86400, refresh_token: 'refresh-2', uid: '1234567890' };
    }
    if (!platforms.tokens.has(token)) return { errcode: 40001, errmsg: 'invalid credential' };
    if (path === '/cgi-bin/material/add_material')
      return { media_id: `cover-${serial}`, url: 'http://mmbiz/cover' };
    if (path === '/cgi-bin/media/uploadimg') return { url: `http://mmbiz.qpic.cn/${serial}` };
    if (path === '/cgi-bin/draft/add') {
      const article = JSON.parse(body).articles[0];
      if (!article.thumb_media_id) return { errcode: 40007, errmsg: 'invalid media_id' };
      drafts.set(`draft-${serial}`, article.title);
      return { media_id: `draft-${serial}` };
    }
    if (path === '/cgi-bin/freepublish/submit') {
      const draft = String(JSON.parse(body).media_id);
      const title = drafts.get(draft);
      if (title === undefined) return { errcode: 40007, errmsg: 'invalid media_id' };
      platforms.published.push({ title, draft });
      publications.set(`publish-${serial}`, draft);
      return { errcode: 0, errmsg: 'ok', publish_id: `publish-${serial}`, msg_data_id: '1' };
    }
    if (path === '/cgi-bin/freepublish/get') {
      const id = String(JSON.parse(body).publish_id);
      if (!publications.has(id)) return { errcode: 53600, errmsg: 'invalid id' };
      return {
        publish_id: id,
        publish_status: 0,
        article_id: 'a-1',
        article_detail: { count: 1, item: [{ idx: 1, article_url: `http://mp.weixin.qq.com/s/${id}` }] },
        fail_idx: [],
      };
    }
    return { errcode: 404, errmsg: 'no such interface' };
  }

  function share(body: string): object {
    const multipart = body.startsWith('--');
    const field = (name: string) =>
      multipart
        ? (new RegExp(`name="${name}"\\r\\n\\r\\n([^\\r]*)`).exec(body)?.[1] ?? '')
        : (new URLSearchParams(body).get(name) ?? '');
    const token = field('access_token');
    if (token === 'weibo-old')
      return { error: 'expired_token', error_code: 21327, request: '/2/statuses/share.json' };
    const status = field('status');
    if (status === '' || !/https?:\/\//.test(status)) return { error: 'param', error_code: 10017 };
    platforms.shared.push(status);
    return { id: 3504803600502730, mid: '3504803600502730', idstr: '3504803600502730', text: status };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const platforms: SocialPlatforms = {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    bodies: [],
    next: new Map(),
    tokens: new Set(),
    published: [],
    shared: [],
    count: (path) => platforms.calls.filter((called) => called === path).length,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return platforms;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
