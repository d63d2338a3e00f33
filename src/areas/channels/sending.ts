import { type Clock, civilDate, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { type Db, transact } from '../../core/db.ts';
import type { FileStore } from '../../core/files.ts';
import { NotFound } from '../../core/refusal.ts';
import type { Vault } from '../../core/vault/index.ts';
import { record } from '../../ledger/index.ts';
import { notify } from '../notifications/index.ts';
import { findAgencyById, staffWithRole } from '../organisations/index.ts';
import { findAccount } from './account-store.ts';
import { findConnection, updateConnection } from './connection-store.ts';
import type { Connectors } from './connectors/index.ts';
import { type Connection, IN_DOUBT, type Outgoing, type Picture, SendFault } from './connectors/model.ts';
import type { ChannelPost } from './model.ts';
import { findPost, type PostChange } from './post-store.ts';
import { retryAfter } from './rules.ts';
import { connectionContext } from './sealed.ts';
import {
  abandonedPosts,
  type ClaimedPost,
  changeClaimed,
  claimDuePost,
  itemToSend,
} from './sending-store.ts';

export interface Sending {
  db: Db;
  clock: Clock;
  vault: Vault;
  files: Pick<FileStore, 'read'>;
  connectors: Connectors;
  publicUrl: string;
}

/** A process that has not settled its post after this long is dead. Longer than all calls of one post may take. */
const ABANDONED_MS = 10 * 60_000;
const POLL_MS = 2 * 60_000;
/** Posts of one run; the rest waits for the next minute. */
const MOST = 100;
const IN_DOUBT_WORDS = '发送时中断，不知道是否已经发出。请到平台核对：已发出的登记地址，没有发出的重新发送。';

/**
 * Sends what is due, one after the other. Every step that may make a post public is written down before it is taken: what
 * was interrupted there is never sent again by itself. Safe to run twice, on several machines, and after any crash.
 */
export async function sendDuePosts(sending: Sending): Promise<number> {
  const now = instantOf(sending.clock);
  for (const post of await abandonedPosts(sending.db, new Date(now.getTime() - ABANDONED_MS))) {
    if (IN_DOUBT.has(post.stage)) await fail(sending, post, IN_DOUBT_WORDS);
    else await settle(sending, post, { state: 'scheduled', publish_at: now, sending_since: null });
  }
  let sent = 0;
  for (; sent < MOST; sent += 1) {
    const claimed = await claimDuePost(sending.db, now);
    if (!claimed) break;
    await sendOne(sending, claimed);
  }
  return sent;
}

async function sendOne(sending: Sending, claimed: ClaimedPost): Promise<void> {
  const { db } = sending;
  const post = await findPost(db, claimed.agencyId, claimed.id);
  if (!post) return;
  try {
    const { connector, connection, outgoing } = await prepare(sending, claimed.agencyId, post);
    const outcome = await connector.send(connection, outgoing, post, async ({ stage, remoteId }) => {
      if (!(await changeClaimed(db, claimed, { stage, remote_id: remoteId })))
        throw new SendFault('unknown', IN_DOUBT_WORDS);
    });
    if (outcome.done) return await publish(sending, claimed, post, outcome);
    await settle(sending, claimed, {
      state: 'scheduled',
      publish_at: new Date(sending.clock.now().epochMilliseconds + POLL_MS),
      sending_since: null,
      attempts: Math.max(0, post.attempts - 1),
    });
  } catch (error) {
    if (!(error instanceof SendFault)) throw error;
    const wait = error.outcome === 'again' ? retryAfter(post.attempts) : null;
    if (wait === null) return fail(sending, claimed, wordsOf(error, post.attempts));
    await settle(sending, claimed, {
      state: 'scheduled',
      publish_at: new Date(sending.clock.now().epochMilliseconds + wait),
      sending_since: null,
      error: error.message,
    });
  }
}

function wordsOf({ outcome, message }: SendFault, attempts: number): string {
  if (outcome === 'unknown') return message === IN_DOUBT_WORDS ? message : `${message}。${IN_DOUBT_WORDS}`;
  return outcome === 'again' ? `${message}；已自动重试 ${attempts - 1} 次` : message;
}

async function prepare(sending: Sending, agencyId: number, post: ChannelPost) {
  const { db, vault, clock, connectors } = sending;
  const account = post.accountId === null ? null : await findAccount(db, agencyId, post.accountId);
  const kept = account && account.closedOn === null ? await findConnection(db, agencyId, account.id) : null;
  const connector = connectors.get(post.channel);
  if (!account || !kept || !connector) throw new SendFault('refused', '账号没有接口授权，请人工发布后登记');
  const settings = JSON.parse(
    vault.open(kept.settings, connectionContext(agencyId, account.id, 'settings')),
  ) as Record<string, string>;
  const tokenContext = connectionContext(agencyId, account.id, 'token');
  let token = kept.token;
  let until = kept.tokenUntil?.getTime() ?? 0;
  const connection: Connection = {
    settings,
    token: async () =>
      token !== null && until > clock.now().epochMilliseconds + 60_000
        ? vault.open(token, tokenContext)
        : null,
    async keepToken(plain, seconds) {
      token = vault.seal(plain, tokenContext);
      until = clock.now().epochMilliseconds + seconds * 1000;
      await updateConnection(db, agencyId, account.id, { token, token_until: new Date(until) });
    },
    async keepSettings(changed) {
      const sealed = vault.seal(JSON.stringify(changed), connectionContext(agencyId, account.id, 'settings'));
      await updateConnection(db, agencyId, account.id, { settings: sealed });
    },
  };
  return { connector, connection, outgoing: await outgoingOf(sending, agencyId, post, settings.cover) };
}

async function outgoingOf(
  { db, files, publicUrl }: Sending,
  agencyId: number,
  post: ChannelPost,
  cover: string | undefined,
): Promise<Outgoing> {
  const agency = await findAgencyById(db, agencyId);
  const item = post.itemId === null ? null : await itemToSend(db, agencyId, post.itemId);
  if (!item) throw new SendFault('refused', '信息已经不在公开，没有发送');
  const read = async ({
    digest,
    name,
    type,
  }: {
    digest: string;
    name: string;
    type: string;
  }): Promise<Picture> => {
    const bytes = await files.read(digest).catch((error: unknown) => {
      if (error instanceof NotFound) throw new SendFault('refused', `图片“${name}”的文件不在了，没有发送`);
      throw error;
    });
    return { name, type, bytes };
  };
  const [first] = item.pictures;
  const [digest = '', type = 'image/jpeg'] = (cover ?? '').split(' ');
  const standIn =
    digest === '' ? null : { digest, type, name: type === 'image/png' ? 'cover.png' : 'cover.jpg' };
  const chosen = first ?? standIn;
  const path = item.indexNumber.split('/').map(encodeURIComponent).join('/');
  return {
    title: post.title,
    abstract: item.abstract || item.plain.slice(0, 120),
    html: item.body,
    url: `${publicUrl}/items/${path}`,
    author: agency?.shortName ?? item.issuingBody,
    picture: chosen ? await read(chosen) : null,
    pictureAt: async (src) => {
      const shown = item.pictures.find((picture) => src.endsWith(`/${picture.digest}`));
      return shown ? read(shown) : null;
    },
  };
}

const system = ({ db, clock }: Sending, agencyId: number): Ctx => ({
  db,
  clock,
  agencyId,
  actor: { kind: 'system', name: '渠道发布' },
});

const settle = (sending: Sending, claimed: ClaimedPost, change: PostChange) =>
  changeClaimed(sending.db, claimed, change);

async function publish(
  sending: Sending,
  claimed: ClaimedPost,
  post: ChannelPost,
  { address, remoteId }: { address: string; remoteId: string },
): Promise<void> {
  const at = instantOf(sending.clock);
  await transact(system(sending, claimed.agencyId), async (ctx) => {
    const kept = await changeClaimed(ctx.db, claimed, {
      state: 'published',
      address,
      remote_id: remoteId,
      stage: 'published',
      posted_on: civilDate(at),
      posted_at: at,
      sending_since: null,
      publish_at: null,
      error: '',
    });
    if (!kept) return;
    await record(ctx, {
      act: 'channels.publish',
      subject: { kind: 'channel-post', id: post.id, label: post.title },
      after: { state: 'published', address },
    });
  });
}

async function fail(sending: Sending, claimed: ClaimedPost, error: string): Promise<void> {
  await transact(system(sending, claimed.agencyId), async (ctx) => {
    const { db, agencyId } = ctx;
    const kept = await changeClaimed(db, claimed, {
      state: 'failed',
      error: error.slice(0, 500),
      sending_since: null,
      publish_at: null,
    });
    const post = await findPost(db, agencyId, claimed.id);
    if (!kept || !post) return;
    await record(ctx, {
      act: 'channels.fail',
      subject: { kind: 'channel-post', id: post.id, label: post.title },
      after: { state: 'failed' },
      reason: error,
    });
    const officers = await staffWithRole(db, agencyId, 'disclosure-officer', ctx.clock.today().toString());
    await notify(
      ctx,
      officers.map(({ id }) => id),
      {
        title: `没有发出：${post.title}（${post.accountName ?? ''}）`,
        href: `/workbench/channels/posts/${post.id}`,
      },
    );
  });
}
