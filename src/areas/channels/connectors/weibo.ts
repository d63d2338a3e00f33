import { type Answer, call, type Endpoint, textOf } from './call.ts';
import { type Connection, type Connector, type Outgoing, SendFault } from './model.ts';
import { shortened } from './wechat.ts';

/** 140 Han characters with the address; the platform counts two Latin characters as one. */
const TEXT = 138;
const PICTURE_BYTES = 5 * 1024 * 1024;
const TOKEN_INVALID = new Set([21314, 21315, 21316, 21317, 21327, 21332]);
const TRY_AGAIN = new Set([10001, 10002, 10003, 10009, 10010, 10011, 10022, 10023, 10024]);

const meanings: Readonly<Record<number, string>> = {
  10004: '服务器的 IP 不能调用这个接口',
  10014: '应用没有这个接口的权限',
  10022: '调用次数超过上限',
  10023: '调用次数超过上限',
  10024: '调用次数超过上限',
  20012: '内容太长',
  20016: '发布太频繁',
  20019: '平台认为内容重复，可能已经发出',
  20021: '内容含有平台不接受的词',
  21327: '授权已经过期，请重新填写',
  21332: '授权无效，请重新填写',
};

/** 微博: 第三方分享 (`statuses/share`), with the item's picture. One call, which makes the post public. */
export function weiboConnector(endpoint: Endpoint): Connector {
  return {
    kind: 'weibo',
    fields: {
      uid: { label: '微博 UID', secret: false, required: true, help: '账号主页地址里的数字。' },
      accessToken: {
        label: 'Access Token',
        secret: true,
        required: true,
        help: 'OAuth 授权后取得。保存后加密存放，不再显示。',
      },
      appKey: {
        label: 'App Key',
        secret: false,
        required: false,
        help: '有刷新授权的应用填写，令牌过期后自动更新。',
      },
      appSecret: { label: 'App Secret', secret: true, required: false, help: '与 App Key 一起填写。' },
      refreshToken: { label: 'Refresh Token', secret: true, required: false, help: '与 App Key 一起填写。' },
    },
    async send(connection, post, progress, keep) {
      for (let renewed = false; ; renewed = true) {
        const token = (await connection.token()) ?? connection.settings.accessToken ?? '';
        await keep({ ...progress, stage: 'sharing' });
        const answer = await share(endpoint, token, post, keep);
        const code = Number(answer.error_code ?? 0);
        if (code === 0) return shared(answer, connection.settings.uid ?? '');
        await keep({ stage: '', remoteId: '' });
        if (TOKEN_INVALID.has(code) && !renewed && (await renew(endpoint, connection))) continue;
        throw faultOf(code);
      }
    },
  };
}

async function share(
  endpoint: Endpoint,
  token: string,
  post: Outgoing,
  keep: (progress: { stage: string; remoteId: string }) => Promise<void>,
): Promise<Answer> {
  const fields: Record<string, string> = { access_token: token, status: statusOf(post) };
  const { picture } = post;
  const withPicture = picture !== null && picture.bytes.length < PICTURE_BYTES;
  const form = withPicture ? new FormData() : new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  if (withPicture && form instanceof FormData)
    form.set('pic', new Blob([new Uint8Array(picture.bytes)], { type: picture.type }), picture.name);
  try {
    return await call(endpoint, '/2/statuses/share.json', form, 'unknown');
  } catch (error) {
    if (error instanceof SendFault && error.outcome === 'again') await keep({ stage: '', remoteId: '' });
    throw error;
  }
}

/** Title, abstract as far as it fits, and the address; a pair of `#` would make a topic, which sharing does not take. */
function statusOf({ title, abstract, url }: Outgoing): string {
  const room = TEXT - Math.ceil(url.length / 2);
  const text = `【${title}】${abstract}`.replaceAll('#', '＃');
  return `${shortened(text, Math.max(room, 20))} ${url}`;
}

function shared(answer: Answer, uid: string) {
  const id = textOf(answer.mid) || textOf(answer.idstr) || textOf(answer.id);
  if (!/^\d+$/.test(id)) throw new SendFault('unknown', '平台没有给出微博的编号');
  return { done: true as const, address: `https://weibo.com/${uid}/${bidOf(id)}`, remoteId: id };
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** How a post is named in its address: groups of seven digits from the end, each in base 62. */
export function bidOf(mid: string): string {
  const groups: string[] = [];
  for (let end = mid.length; end > 0; end -= 7) {
    let value = Number(mid.slice(Math.max(0, end - 7), end));
    let text = '';
    for (; value > 0; value = Math.floor(value / 62)) text = (DIGITS[value % 62] ?? '') + text;
    groups.unshift(end > 7 ? text.padStart(4, '0') : text);
  }
  return groups.join('');
}

/** Whether the application may renew its authorisation, and did. */
async function renew(endpoint: Endpoint, connection: Connection): Promise<boolean> {
  const { appKey = '', appSecret = '', refreshToken = '' } = connection.settings;
  if (appKey === '' || appSecret === '' || refreshToken === '') return false;
  const answer = await call(
    endpoint,
    '/oauth2/access_token',
    new URLSearchParams({
      client_id: appKey,
      client_secret: appSecret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    }),
    'again',
  );
  const token = textOf(answer.access_token);
  if (token === '') return false;
  await connection.keepToken(token, Number(answer.expires_in ?? 0));
  const next = textOf(answer.refresh_token);
  if (next !== '') await connection.keepSettings({ ...connection.settings, refreshToken: next });
  return true;
}

function faultOf(code: number): SendFault {
  const words = meanings[code];
  // What repeats an earlier post may be that very post.
  const outcome = code === 20019 ? 'unknown' : TRY_AGAIN.has(code) ? 'again' : 'refused';
  return new SendFault(outcome, words ? `${words}（错误码 ${code}）` : `平台返回错误码 ${code}`);
}
