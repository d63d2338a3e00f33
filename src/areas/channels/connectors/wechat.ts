import { type Answer, call, type Endpoint, textOf } from './call.ts';
import { type Connection, type Connector, type Outgoing, type Picture, SendFault } from './model.ts';

/** Limits of the platform, in characters; an article also stays below a megabyte. */
const TITLE = 64;
const DIGEST = 120;
const CONTENT = 20_000;
/** Tokens hold for two hours; one that is about to end is not used. */
const TOKEN_INVALID = new Set([40001, 40014, 42001]);
const TRY_AGAIN = new Set([-1, 45009, 45011]);

/** `freepublish/get`, publish_status other than 0 (成功) and 1 (发布中). */
const verdicts: Readonly<Record<number, string>> = {
  2: '原创声明失败',
  3: '发布失败',
  4: '平台审核不通过',
  5: '发布后被删除',
  6: '发布后被平台封禁',
};

const meanings: Readonly<Record<number, string>> = {
  40001: '访问凭证无效',
  40013: 'AppID 不正确',
  40125: 'AppSecret 不正确',
  40164: '服务器的 IP 不在公众号的白名单里',
  45009: '接口今天的调用次数已用完',
  45011: '调用太频繁',
  48001: '公众号没有这个接口的权限',
  53503: '草稿没有通过发布检查',
  53504: '需要到公众平台官网使用草稿',
  53505: '请到公众平台手动保存成功后再发表',
};

/**
 * 微信公众号: cover into the permanent material, draft, publication, then its status until the platform has looked at it.
 * Of these only `freepublish/submit` makes anything public.
 */
export function wechatConnector(endpoint: Endpoint): Connector {
  return {
    kind: 'wechat',
    fields: {
      appId: {
        label: 'AppID',
        secret: false,
        required: true,
        help: '公众平台“设置与开发 — 基本配置”中的开发者 ID。',
      },
      appSecret: {
        label: 'AppSecret',
        secret: true,
        required: true,
        help: '开发者密码。保存后加密存放，不再显示。',
      },
      author: {
        label: '作者',
        secret: false,
        required: false,
        help: '显示在文章标题下，最多 16 字；不填则用机关简称。',
      },
    },
    async send(connection, post, progress, keep) {
      const api = authorised(endpoint, connection);
      let { stage, remoteId } = progress;
      if (stage === '') {
        remoteId = await draft(api, connection, post);
        stage = 'drafted';
        await keep({ stage, remoteId });
      }
      if (stage === 'drafted') {
        await keep({ stage: 'submitting', remoteId });
        let answer: Answer;
        try {
          answer = await api('/cgi-bin/freepublish/submit', { media_id: remoteId }, 'unknown');
        } catch (error) {
          // A plain refusal published nothing, so the draft may be submitted again.
          if (error instanceof SendFault && error.outcome !== 'unknown')
            await keep({ stage: 'drafted', remoteId });
          throw error;
        }
        remoteId = textOf(answer.publish_id);
        if (remoteId === '') throw new SendFault('unknown', '平台没有给出发布任务的编号');
        stage = 'submitted';
        await keep({ stage, remoteId });
      }
      return settled(await api('/cgi-bin/freepublish/get', { publish_id: remoteId }, 'again'), remoteId);
    },
  };
}

function settled(answer: Answer, remoteId: string) {
  const status = Number(answer.publish_status);
  if (status === 1) return { done: false as const };
  if (status !== 0) throw new SendFault('refused', verdicts[status] ?? `平台回应的发布状态是 ${status}`);
  const detail = answer.article_detail as { item?: { article_url?: unknown }[] } | undefined;
  return { done: true as const, address: textOf(detail?.item?.[0]?.article_url), remoteId };
}

type Api = (
  path: string,
  body: object | FormData,
  silent: SendFault['outcome'],
  query?: string,
) => Promise<Answer>;

/** Calls with the account's token; one that the platform no longer takes is renewed once. */
function authorised(endpoint: Endpoint, connection: Connection): Api {
  return async (path, body, silent, query = '') => {
    for (let renewed = false; ; renewed = true) {
      const token =
        (renewed ? null : await connection.token()) ?? (await newToken(endpoint, connection, renewed));
      const answer = await call(
        endpoint,
        `${path}?access_token=${encodeURIComponent(token)}${query}`,
        body,
        silent,
      );
      const code = Number(answer.errcode ?? 0);
      if (code === 0) return answer;
      if (TOKEN_INVALID.has(code) && !renewed) continue;
      throw faultOf(code);
    }
  };
}

async function newToken(endpoint: Endpoint, connection: Connection, force: boolean): Promise<string> {
  const { appId = '', appSecret = '' } = connection.settings;
  const answer = await call(
    endpoint,
    '/cgi-bin/stable_token',
    { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: force },
    'again',
  );
  const token = textOf(answer.access_token);
  if (token === '') throw faultOf(Number(answer.errcode ?? 0));
  await connection.keepToken(token, Number(answer.expires_in ?? 0));
  return token;
}

function faultOf(code: number): SendFault {
  const words = meanings[code];
  return new SendFault(
    TRY_AGAIN.has(code) ? 'again' : 'refused',
    words ? `${words}（错误码 ${code}）` : `平台返回错误码 ${code}`,
  );
}

async function draft(api: Api, connection: Connection, post: Outgoing): Promise<string> {
  if (!post.picture)
    throw new SendFault('refused', '公众号文章需要封面：请在信息里放一张图片，或为账号上传默认封面');
  const cover = await api('/cgi-bin/material/add_material', formOf(post.picture), 'again', '&type=image');
  const article = {
    article_type: 'news',
    title: shortened(post.title, TITLE),
    author: shortened(connection.settings.author || post.author, 16),
    digest: shortened(post.abstract, DIGEST),
    content: await contentOf(api, post),
    content_source_url: post.url,
    thumb_media_id: textOf(cover.media_id),
    need_open_comment: 0,
    only_fans_can_comment: 0,
  };
  const answer = await api('/cgi-bin/draft/add', { articles: [article] }, 'again');
  const id = textOf(answer.media_id);
  if (id === '') throw new SendFault('again', '平台没有给出草稿的编号');
  return id;
}

/** The text with its pictures brought to the platform, which shows no others; a text too long gives way to its abstract. */
async function contentOf(api: Api, post: Outgoing): Promise<string> {
  if (post.html === '' || post.html.length > CONTENT) return onlyAbstract(post);
  const addresses = [
    ...new Set([...post.html.matchAll(/<img[^>]+src="([^"]+)"/g)].map((match) => match[1] ?? '')),
  ];
  let html = post.html;
  for (const src of addresses) {
    const picture = await post.pictureAt(src);
    if (!picture) continue;
    const { url } = await api('/cgi-bin/media/uploadimg', formOf(picture), 'again');
    html = html.replaceAll(`src="${src}"`, `src="${escaped(textOf(url))}"`);
  }
  return html.length > CONTENT ? onlyAbstract(post) : html;
}

const onlyAbstract = (post: Outgoing) =>
  `<p>${escaped(post.abstract || post.title)}</p><p>全文请点击“阅读原文”。</p>`;

function formOf({ name, type, bytes }: Picture): FormData {
  const form = new FormData();
  form.set('media', new Blob([new Uint8Array(bytes)], { type }), name);
  return form;
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** No longer than the platform takes, cut between characters. */
export function shortened(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
