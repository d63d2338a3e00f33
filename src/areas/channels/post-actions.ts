import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { demand, may } from '../organisations/index.ts';
import { findAccount, listAccounts } from './account-store.ts';
import { type Given, readMoment, readReads, readRecord } from './form-rules.ts';
import type { ChannelAccount, ChannelPost } from './model.ts';
import { postSource } from './post-source.ts';
import { findPost, insertPosts, lockPost, type PostChange, updatePost } from './post-store.ts';
import { type PostMove, postMoves, whyNot } from './rules.ts';

const subjectOf = ({ id, title }: { id: number; title: string }) => ({
  kind: 'channel-post',
  id,
  label: title,
});

/** Accounts that the actor may post to: his unit's and those of the whole agency; the officer's are all. */
export async function ownAccounts(ctx: Ctx): Promise<ChannelAccount[]> {
  const accounts = await listAccounts(ctx.db, ctx.agencyId);
  return accounts.filter((account) => account.closedOn === null && isOwn(ctx, account.unitId));
}

function isOwn(ctx: Ctx, unitId: number | null): boolean {
  const { actor } = ctx;
  return (
    unitId === null || may(actor, 'channels.accounts') || (actor.kind === 'staff' && actor.unitId === unitId)
  );
}

/** Writes down a post that a person has put out (登记), once. @throws InvalidForm */
export async function recordPost(ctx: Ctx, given: Given): Promise<void> {
  demand(ctx.actor, 'channels.write');
  await transact(ctx, async (ctx) => {
    const { values, errors } = readRecord(given, {
      today: ctx.clock.today().toString(),
      accounts: await ownAccounts(ctx),
    });
    if (!values?.account) throw new InvalidForm(errors ?? {});
    const { account, title, address, postedOn, reads } = values;
    const createdAt = instantOf(ctx.clock);
    const inserted = await insertPosts(ctx.db, ctx.agencyId, [
      {
        itemId: null,
        accountId: account.id,
        channel: account.kind,
        title,
        address,
        state: 'recorded',
        publishAt: null,
        postedOn,
        postedAt: null,
        reads,
        sourceId: postSource(account.id, { title, address, postedOn }),
        byId: ctx.actor.kind === 'staff' ? ctx.actor.staffId : null,
        byName: ctx.actor.name,
        createdAt,
      },
    ]);
    if (inserted === 0)
      throw new InvalidForm({ title: '这个账号在这一天已经登记过这条发布，不要重复登记。' });
    await record(ctx, {
      act: 'channels.record',
      subject: { kind: 'channel-account', id: account.id, label: account.name },
      after: { title, address, postedOn, reads },
    });
  });
}

/** Writes down where a person has put out a post that waited for him, or that the system could not send. */
export function recordWaiting(ctx: Ctx, id: number, given: Given): Promise<void> {
  return moving(ctx, id, 'record', async (ctx, post) => {
    const { values, errors } = readRecord((name) => (name === 'title' ? post.title : given(name)), {
      today: ctx.clock.today().toString(),
      accounts: await ownAccounts(ctx),
      channel: post.channel,
    });
    if (!values?.account) throw new InvalidForm(errors ?? {});
    const { account, address, postedOn, reads } = values;
    return {
      state: 'recorded',
      account_id: account.id,
      address,
      posted_on: postedOn,
      reads,
      publish_at: null,
      error: '',
    };
  });
}

/** The post is not to go out. What is out already stays. */
export const cancelPost = (ctx: Ctx, id: number): Promise<void> =>
  moving(ctx, id, 'cancel', async () => ({ state: 'cancelled', publish_at: null }));

/** Sends again what has failed; who says so has looked whether it is out already. */
export const retryPost = (ctx: Ctx, id: number): Promise<void> =>
  moving(ctx, id, 'retry', async (ctx, post) => ({
    state: 'scheduled',
    publish_at: instantOf(ctx.clock),
    attempts: 0,
    error: '',
    // A draft is used again; a publication that was refused, or of which nobody knows, begins anew.
    ...(post.stage === 'drafted' ? {} : { stage: '', remote_id: '' }),
  }));

/** Puts the hour of a post elsewhere. @throws InvalidForm */
export const schedulePost = (ctx: Ctx, id: number, given: Given): Promise<void> =>
  moving(ctx, id, 'schedule', async (ctx) => {
    const at = readMoment(given('day'), given('time'), ctx.clock.now());
    if (!at) throw new InvalidForm({ day: '请填写今后一年内的日期和时间，例如 2018-03-05 和 09:30。' });
    return { state: 'scheduled', publish_at: at, error: '' };
  });

/** Notes how many have read a post. @throws InvalidForm */
export const noteReads = (ctx: Ctx, id: number, given: Given): Promise<void> =>
  moving(ctx, id, 'reads', async () => {
    const reads = readReads(given('reads'));
    if (reads === undefined) throw new InvalidForm({ reads: '阅读量应为 0 至 20 亿的整数。' });
    return { reads };
  });

/** The one way a post is moved by hand: locks it, asks the rules, lets `change` say what is written, records. */
async function moving(
  ctx: Ctx,
  id: number,
  move: PostMove,
  change: (ctx: Ctx, post: ChannelPost) => Promise<PostChange>,
): Promise<void> {
  demand(ctx.actor, 'channels.write');
  await transact(ctx, async (ctx) => {
    const post = await lockPost(ctx.db, ctx.agencyId, id);
    if (!post) throw new NotFound('没有找到这条发布。');
    const account = post.accountId === null ? null : await findAccount(ctx.db, ctx.agencyId, post.accountId);
    if (!isOwn(ctx, account?.unitId ?? null))
      throw new Refusal('channels-other-unit', '这个账号属于其他部门，不能代办。', { status: 403 });
    const why = whyNot(move, post, account);
    if (why !== null) throw new Refusal('channels-post-state', why);
    const changes = await change(ctx, post);
    await updatePost(ctx.db, ctx.agencyId, id, changes);
    await record(ctx, {
      act: `channels.${move}`,
      subject: subjectOf(post),
      before: { state: post.state },
      after: { ...changes, publish_at: changes.publish_at?.toISOString() },
    });
  });
}

/** A post with the moves that are open to the actor now. */
export async function postView(ctx: Ctx, id: number): Promise<{ post: ChannelPost; moves: PostMove[] }> {
  demand(ctx.actor, 'channels.read');
  const post = await findPost(ctx.db, ctx.agencyId, id);
  if (!post) throw new NotFound('没有找到这条发布。');
  const account = post.accountId === null ? null : await findAccount(ctx.db, ctx.agencyId, post.accountId);
  const mine = may(ctx.actor, 'channels.write') && isOwn(ctx, account?.unitId ?? null);
  const moves = mine ? postMoves.filter((move) => whyNot(move, post, account) === null) : [];
  return { post, moves };
}
