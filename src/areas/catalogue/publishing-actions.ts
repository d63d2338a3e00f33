import { clockAt } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { visibleText } from '../../core/visible-text.ts';
import { record } from '../../ledger/index.ts';
import { currentCalendar } from '../calendars/index.ts';
import { notify } from '../notifications/index.ts';
import { demand, staffWithRole } from '../organisations/index.ts';
import { acting, now, road, subjectOf, tellAuthor } from './acting.ts';
import { submissionProblems } from './content-rules.ts';
import { digestOf } from './digest.ts';
import { filesOfVersion } from './file-store.ts';
import { findItem, lockItem, raiseContentRevision, updateItem } from './item-store.ts';
import type { Item, Version } from './model.ts';
import { afterPublication, afterWithdrawal } from './publication.ts';
import { URGENT_REVIEW_DAYS } from './rules.ts';
import { demandScanned } from './scanning.ts';
import { openVersion, updateVersion } from './version-store.ts';

/** Puts an approved version in public, in all its lists, feeds and the search, in this transaction. */
export async function publishItem(ctx: Ctx, itemId: number): Promise<void> {
  await acting(ctx, itemId, 'publish', async (ctx, { item, version }) => {
    await makeLive(ctx, item, version, {});
    return { after: { version: version.version, digest: digestOf(version) } };
  });
}

/** Puts a version out before its review, which is due within three working days and chased (紧急发布). */
export async function publishUrgently(ctx: Ctx, itemId: number, reason: string): Promise<void> {
  const why = visibleText(reason).trim();
  if (why.length < 4 || why.length > 500)
    throw new InvalidForm({ reason: '请写明紧急发布的理由，4 至 500 字。' });
  await acting(ctx, itemId, 'publish-urgently', async (ctx, { item, version }) => {
    const { column } = await road(ctx, version);
    const files = await filesOfVersion(ctx.db, ctx.agencyId, item.id, version.version);
    const facts = { today: ctx.clock.today().toString(), amends: item.liveVersion !== null };
    // What goes out at once waits for no hour.
    const atOnce = { ...version, publishAt: null };
    const problems = submissionProblems(atOnce, column, { ...facts, files: files.length });
    if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
    await demandScanned(ctx, version, files);
    const calendar = await currentCalendar(ctx.db, ctx.agencyId);
    const dueOn = calendar.workingDayAfter(ctx.clock.today(), URGENT_REVIEW_DAYS).toString();
    await makeLive(ctx, item, version, { urgent_reason: why, review_due_on: dueOn });
    const officers = await staffWithRole(
      ctx.db,
      ctx.agencyId,
      'secrecy-reviewer',
      ctx.clock.today().toString(),
    );
    await notify(
      ctx,
      officers.map(({ id }) => id),
      {
        title: `紧急发布“${item.title || version.title}”，请于 ${dueOn} 前补审`,
        href: `/workbench/items/${item.id}`,
      },
    );
    return { after: { version: version.version, reviewDueOn: dueOn }, reason: why };
  });
}

/** Publishes every approved version whose hour has come; safe to run twice and on two machines. Returns how many. */
export async function publishDue(ctx: Ctx, itemIds: readonly number[]): Promise<number> {
  let published = 0;
  for (const id of itemIds) {
    try {
      await publishItem(ctx, id);
      published += 1;
    } catch (error) {
      // Recalled, discarded or already published in between.
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return published;
}

/** Takes an item out of public; its address keeps telling why (撤下). @throws InvalidForm without reason and ground */
export async function withdrawItem(
  ctx: Ctx,
  itemId: number,
  given: { reason: string; ground: string },
): Promise<void> {
  demand(ctx.actor, 'catalogue.withdraw');
  const reason = visibleText(given.reason).trim();
  const ground = visibleText(given.ground).trim();
  const problems: Record<string, string> = {};
  if (reason.length < 4 || reason.length > 500)
    problems.reason = '请写明撤下的理由，4 至 500 字；读者会看到。';
  if (ground.length < 2 || ground.length > 200) problems.ground = '请写明依据，2 至 200 字。';
  if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
  await transact(ctx, async (ctx) => {
    const item = await lockItem(ctx.db, ctx.agencyId, itemId);
    if (!item) throw new NotFound('没有找到这条信息。');
    if (item.state !== 'published')
      throw new Refusal('catalogue-not-public', '这条信息现在没有公开，不需要撤下。');
    await takeDown(ctx, item, reason, ground);
  });
}

export async function takeDown(ctx: Ctx, item: Item, reason: string, ground: string): Promise<void> {
  await updateItem(ctx.db, ctx.agencyId, item.id, {
    state: 'withdrawn',
    withdrawn_on: ctx.clock.today().toString(),
    withdrawal_reason: reason,
    withdrawal_ground: ground,
  });
  await afterWithdrawal(ctx, item);
  await raiseContentRevision(ctx.db, ctx.agencyId);
  await holdBack(ctx, item);
  await record(ctx, {
    act: 'catalogue.withdraw',
    ground,
    subject: subjectOf(item),
    before: { state: item.state },
    after: { state: 'withdrawn' },
    reason,
  });
}

/** An amendment that only waits for its hour was passed before there was a reason to withdraw: it goes through review again. */
async function holdBack(ctx: Ctx, item: Item): Promise<void> {
  const version = await openVersion(ctx.db, ctx.agencyId, item.id);
  if (version?.state !== 'approved' || version.attribute !== 'proactive') return;
  await updateVersion(ctx.db, ctx.agencyId, version, { state: 'draft', step: '', submitted_at: null });
  await tellAuthor(ctx, item, version, '已撤下，待发布的修改稿退回，需重新送审');
  await record(ctx, {
    act: 'catalogue.recall',
    subject: subjectOf({ id: item.id, title: version.title }),
    after: { version: version.version },
    reason: '信息已撤下',
  });
}

async function makeLive(
  given: Ctx,
  item: Item,
  version: Version,
  urgent: { urgent_reason?: string; review_due_on?: string },
): Promise<void> {
  const { db, agencyId } = given;
  const at = now(given);
  // One moment for all of it: midnight in between would put item and posts into different years.
  const ctx: Ctx = { ...given, clock: clockAt(at.toISOString()) };
  const today = ctx.clock.today().toString();
  await demandFilesReleased(ctx, version);
  if (item.liveVersion !== null)
    await updateVersion(
      db,
      agencyId,
      { itemId: item.id, version: item.liveVersion },
      { state: 'superseded' },
    );
  await updateVersion(db, agencyId, version, {
    state: 'published',
    step: '',
    published_at: at,
    digest: digestOf(version),
    ...urgent,
  });
  const first = item.publishedOn === null;
  await updateItem(db, agencyId, item.id, {
    state: 'published',
    live_version: version.version,
    title: version.title,
    abstract: version.abstract,
    column_id: version.columnId,
    genre: version.genre,
    subject: version.subject,
    document_number: version.documentNumber,
    issuing_body: version.issuingBody,
    formed_on: version.formedOn,
    normative: version.normative,
    ...(first ? { published_on: today, published_at: at } : { amended_on: today }),
    withdrawn_on: null,
    withdrawal_reason: '',
    withdrawal_ground: '',
  });
  const live = await findItem(db, agencyId, item.id);
  if (!live) throw new Error(`item ${item.id} is gone`);
  await afterPublication(ctx, live, version);
  await raiseContentRevision(db, agencyId);
}

/** @throws Refusal `catalogue-files-open` naming the files that the release gate has not let pass */
export async function demandFilesReleased(ctx: Ctx, { itemId, version }: Version): Promise<void> {
  const files = await filesOfVersion(ctx.db, ctx.agencyId, itemId, version);
  const open = files.filter(({ released }) => !released);
  if (open.length === 0) return;
  const names = open.slice(0, 3).map(({ name }) => `“${name}”`);
  throw new Refusal(
    'catalogue-files-open',
    `${names.join('、')}${open.length > 3 ? ` 等 ${open.length} 份文件` : ''}还没有通过出口检查，不能公开。请先检查，逐项清理或说明理由放行。`,
  );
}
