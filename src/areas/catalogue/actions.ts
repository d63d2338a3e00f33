import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { visibleText } from '../../core/visible-text.ts';
import { indexNumber } from '../../law/index.ts';
import { canonicalJson, record, sm3 } from '../../ledger/index.ts';
import { currentCalendar } from '../calendars/index.ts';
import { notify } from '../notifications/index.ts';
import { demand, findAgencyById, may, type Role, staffWithRole } from '../organisations/index.ts';
import { plainText, sanitiseBody } from './body.ts';
import { findColumn } from './column-store.ts';
import { draftProblems, emptyContent, submissionProblems, tidyContent } from './content-rules.ts';
import { delegationsTo } from './delegation-store.ts';
import { filesOfVersion } from './file-store.ts';
import {
  findItem,
  insertItem,
  lockItem,
  nextIndexSerial,
  raiseContentRevision,
  updateItem,
} from './item-store.ts';
import {
  type Item,
  type ReviewResult,
  type ReviewStep,
  reviewSteps,
  type Version,
  type VersionContent,
} from './model.ts';
import { groundOf, lendable, type Move, moves } from './moves.ts';
import { afterPublication, afterWithdrawal } from './publication.ts';
import {
  afterReview,
  agencySteps,
  demandMove,
  lenderFor,
  type Mover,
  stepsOf,
  URGENT_REVIEW_DAYS,
} from './rules.ts';
import {
  copyFiles,
  findVersion,
  insertReview,
  insertVersion,
  openVersion,
  reviewsOf,
  updateVersion,
  versionOwingReview,
  writeContent,
} from './version-store.ts';

/** An item held for an act, with the version that is open. */
interface Held {
  item: Item;
  version: Version;
}

/** Begins an item of the actor's unit. Returns its id; version 1 is its draft. */
export async function beginItem(
  ctx: Ctx,
  given: { unitId: number; content?: Partial<VersionContent> },
): Promise<number> {
  demand(ctx.actor, 'catalogue.write');
  const { actor, agencyId } = ctx;
  if (actor.kind === 'staff' && actor.unitId !== given.unitId && !may(actor, 'catalogue.review-final'))
    throw new Refusal('catalogue-other-unit', '只能撰写本部门的信息。', { status: 403 });
  return transact(ctx, async (ctx) => {
    const agency = await findAgencyById(ctx.db, agencyId);
    if (!agency) throw new NotFound();
    const content = cleaned({
      ...emptyContent,
      issuingBody: agency.name,
      source: agency.name,
      ...given.content,
    });
    const { year } = ctx.clock.today();
    const serial = await nextIndexSerial(ctx.db, agencyId, year);
    const id = await insertItem(ctx.db, agencyId, {
      indexNumber: indexNumber(agency.creditCode || agency.code.toUpperCase(), year, serial),
      unitId: given.unitId,
      title: content.title,
      columnId: content.columnId,
    });
    await insertVersion(ctx.db, agencyId, {
      itemId: id,
      version: 1,
      content,
      authorId: staffOf(ctx),
      at: now(ctx),
    });
    await record(ctx, { act: 'catalogue.begin', subject: subjectOf({ id, title: content.title }) });
    return id;
  });
}

function cleaned(content: VersionContent): VersionContent & { plain: string } {
  const tidy = tidyContent(content);
  const problems = draftProblems(tidy);
  if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
  const body = sanitiseBody(tidy.body);
  return { ...tidy, body, plain: plainText(body) };
}

/**
 * Saves the draft; also by itself while one types. `revision` is the one the page was drawn from: somebody else's later save
 * is never written over. Saving is no act of the ledger: the text becomes an act when it goes to review.
 * @throws InvalidForm; Refusal `catalogue-changed-meanwhile`
 */
export async function saveDraft(
  ctx: Ctx,
  itemId: number,
  revision: number,
  content: VersionContent,
): Promise<{ revision: number; savedAt: Date }> {
  const clean = cleaned(content);
  return transact(ctx, async (ctx) => {
    const { item, version } = await holdVersion(ctx, itemId);
    demandMove('save', item, version, await moverOf(ctx, 'save'));
    if (version.revision !== revision) {
      throw new Refusal(
        'catalogue-changed-meanwhile',
        '这份稿件在您打开页面之后已被他人修改。您写的内容没有丢失：请复制后刷新页面，合并到新的内容里。',
      );
    }
    const savedAt = now(ctx);
    const saved = await writeContent(ctx.db, ctx.agencyId, version, clean, {
      staffId: staffOf(ctx),
      at: savedAt,
    });
    if (item.liveVersion === null) {
      await updateItem(ctx.db, ctx.agencyId, itemId, { title: clean.title, column_id: clean.columnId });
    }
    return { revision: saved, savedAt };
  });
}

/** Sends the draft to its first review. @throws InvalidForm with everything that is missing */
export async function submitItem(ctx: Ctx, itemId: number): Promise<void> {
  await acting(ctx, itemId, 'submit', async (ctx, { item, version }) => {
    const { column, steps } = await road(ctx, version);
    const files = await filesOfVersion(ctx.db, ctx.agencyId, item.id, version.version);
    const problems = submissionProblems(version, column, {
      today: ctx.clock.today().toString(),
      amends: item.liveVersion !== null,
      files: files.length,
    });
    if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
    const [step] = steps;
    if (!step) throw new Error('a version needs a step of review');
    await updateVersion(ctx.db, ctx.agencyId, version, { state: 'in-review', step, submitted_at: now(ctx) });
    await tellReviewers(ctx, item, version, step);
    return { after: { step, digest: digestOf(version) } };
  });
}

/** Takes the version back to write on; reviews given so far stay on record and count no longer. */
export async function recallItem(ctx: Ctx, itemId: number): Promise<void> {
  await acting(ctx, itemId, 'recall', async (ctx, { version }) => {
    await updateVersion(ctx.db, ctx.agencyId, version, { state: 'draft', step: '', submitted_at: null });
    return {};
  });
}

/**
 * One decision at the step the version has come to. The last one that passes makes it ready, and publishes it at once unless
 * it is scheduled.
 */
export async function reviewItem(
  ctx: Ctx,
  itemId: number,
  given: { step: ReviewStep; result: ReviewResult; opinion: string },
): Promise<void> {
  const move: Move = `review-${given.step}`;
  if (!(given.step in reviewSteps)) throw new InvalidForm({ step: '请选择审查步骤。' });
  const published = await acting(ctx, itemId, move, async (ctx, { item, version }) => {
    if (!['passed', 'passed-with-changes', 'refused', 'referred'].includes(given.result))
      throw new InvalidForm({ result: '请选择审查结果。' });
    const opinion = readOpinion(given.opinion, given.result === 'passed');
    const { steps } = await road(ctx, version);
    const next = afterReview(given.step, given.result, steps);
    if (next.concluding) await demandFilesReleased(ctx, version);
    const delegator = lenderFor(move, item, await moverOf(ctx, move), version)?.staffId ?? null;
    await insertReview(ctx.db, ctx.agencyId, item.id, {
      version: version.version,
      step: given.step,
      result: given.result,
      reviewerId: staffOf(ctx),
      reviewerName: ctx.actor.name,
      onBehalfOf: delegator,
      opinion,
      basis: groundOf(move),
      concluding: next.concluding,
      at: now(ctx),
    });
    await updateVersion(ctx.db, ctx.agencyId, version, { state: next.state, step: next.step });
    if (next.state === 'in-review' && next.step !== '' && next.step !== 'secrecy')
      await tellReviewers(ctx, item, version, next.step);
    if (next.state === 'draft') await tellAuthor(ctx, item, version, '被退回');
    const due = version.publishAt === null || new Date(version.publishAt) <= now(ctx);
    return {
      after: { step: given.step, result: given.result, next: next.state },
      ...(given.result !== 'passed' && { reason: opinion }),
      result: next.concluding && due && version.attribute === 'proactive',
    };
  });
  if (published) await publishItem({ ...ctx, actor: { kind: 'system', name: '发布' } }, itemId);
}

/**
 * What the secrecy administration decided on a version that was referred to it: it may be made public and review goes on
 * where it was referred, or it may not and goes back to its author (登记保密部门的确定).
 */
export async function recordDetermination(
  ctx: Ctx,
  itemId: number,
  given: { open: boolean; body: string; number: string; opinion: string },
): Promise<void> {
  const body = visibleText(given.body).trim();
  const number = visibleText(given.number).trim();
  const problems: Record<string, string> = {};
  if (body.length < 2 || body.length > 100) problems.body = '请写明作出确定的保密行政管理部门，2 至 100 字。';
  if (number.length < 2 || number.length > 100) problems.number = '请写明确定文书的文号，2 至 100 字。';
  if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
  const words = visibleText(given.opinion).trim();
  if (words.length > 1800) throw new InvalidForm({ opinion: '说明最多 1800 字。' });
  await acting(ctx, itemId, 'record-determination', async (ctx, { item, version }) => {
    const reviews = await reviewsOf(ctx.db, ctx.agencyId, itemId);
    const referred = reviews.findLast(
      (review) => review.version === version.version && review.result === 'referred',
    );
    const { steps } = await road(ctx, version);
    const back = steps.find((step) => step === referred?.step) ?? steps[0];
    if (!back) throw new Error('a version needs a step of review');
    const mover = await moverOf(ctx, 'record-determination');
    await insertReview(ctx.db, ctx.agencyId, item.id, {
      version: version.version,
      step: 'secrecy',
      result: given.open ? 'passed' : 'refused',
      reviewerId: staffOf(ctx),
      reviewerName: ctx.actor.name,
      onBehalfOf: lenderFor('record-determination', item, mover, version)?.staffId ?? null,
      opinion: `${body}（${number}）确定${given.open ? '可以公开' : '不得公开'}${words === '' ? '' : `：${words}`}`,
      basis: groundOf('record-determination'),
      concluding: false,
      at: now(ctx),
    });
    await updateVersion(
      ctx.db,
      ctx.agencyId,
      version,
      given.open ? { step: back } : { state: 'draft', step: '', submitted_at: null },
    );
    if (given.open) await tellReviewers(ctx, item, version, back);
    await tellAuthor(ctx, item, version, given.open ? '经保密部门确定可以公开' : '经保密部门确定不得公开');
    return { after: { result: given.open ? 'passed' : 'refused', body, number } };
  });
}

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
    const problems = submissionProblems(version, column, { ...facts, files: files.length });
    if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
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

/** The review that an urgent publication still owed. What does not pass is withdrawn in the same breath. */
export async function reviewAfterwards(
  ctx: Ctx,
  itemId: number,
  given: { result: 'passed' | 'refused'; opinion: string },
): Promise<void> {
  const opinion = readOpinion(given.opinion, given.result === 'passed');
  await transact(ctx, async (ctx) => {
    const item = await lockItem(ctx.db, ctx.agencyId, itemId);
    if (!item?.liveVersion) throw new NotFound('没有找到这条信息。');
    // An amendment may have taken its place meanwhile; the review is owed all the same.
    const version =
      (await versionOwingReview(ctx.db, ctx.agencyId, itemId)) ??
      (await findVersion(ctx.db, ctx.agencyId, itemId, item.liveVersion));
    if (!version) throw new NotFound('没有找到这条信息。');
    const mover = await moverOf(ctx, 'review-afterwards');
    demandMove('review-afterwards', item, version, mover);
    await insertReview(ctx.db, ctx.agencyId, item.id, {
      version: version.version,
      step: 'final',
      result: given.result,
      reviewerId: staffOf(ctx),
      reviewerName: ctx.actor.name,
      onBehalfOf: lenderFor('review-afterwards', item, mover, version)?.staffId ?? null,
      opinion,
      basis: groundOf('review-afterwards'),
      concluding: given.result === 'passed',
      at: now(ctx),
    });
    await updateVersion(ctx.db, ctx.agencyId, version, { urgent_reason: '', review_due_on: null });
    await record(ctx, {
      act: 'catalogue.review-afterwards',
      ground: groundOf('review-afterwards'),
      subject: subjectOf(item),
      after: { version: version.version, result: given.result },
      reason: opinion,
    });
    if (given.result === 'refused' && item.state === 'published' && version.version === item.liveVersion)
      await takeDown(ctx, item, `紧急发布后补审不通过：${opinion}`, groundOf('review-afterwards'));
  });
}

/** Makes a new draft beside the live version, which stays public (修改已发布信息). Returns the new version's number. */
export async function amendItem(ctx: Ctx, itemId: number): Promise<number> {
  demand(ctx.actor, 'catalogue.write');
  return transact(ctx, async (ctx) => {
    const item = await lockItem(ctx.db, ctx.agencyId, itemId);
    if (!item) throw new NotFound('没有找到这条信息。');
    if (item.liveVersion === null)
      throw new Refusal('catalogue-unpublished', '还没有发布过，直接修改草稿即可。');
    if (await openVersion(ctx.db, ctx.agencyId, itemId))
      throw new Refusal('catalogue-draft-open', '这条信息已有一份正在修改的稿件，请在那份稿件上继续。');
    const live = await findVersion(ctx.db, ctx.agencyId, itemId, item.liveVersion);
    if (!live) throw new Error(`item ${itemId} has lost its live version`);
    const mover = await moverOf(ctx, 'save');
    demandMove('save', item, { ...live, state: 'draft' }, mover);
    const version = await nextVersion(ctx, itemId, item.liveVersion);
    const content = { ...live, amendment: '', publishAt: null };
    await insertVersion(ctx.db, ctx.agencyId, {
      itemId,
      version,
      content,
      authorId: staffOf(ctx),
      at: now(ctx),
    });
    await copyFiles(ctx.db, ctx.agencyId, itemId, item.liveVersion, version);
    await record(ctx, { act: 'catalogue.amend', subject: subjectOf(item), after: { version } });
    return version;
  });
}

async function nextVersion(ctx: Ctx, itemId: number, from: number): Promise<number> {
  let version = from + 1;
  while (await findVersion(ctx.db, ctx.agencyId, itemId, version)) version += 1;
  return version;
}

/** Gives up the open version; what is live stays. */
export async function discardDraft(ctx: Ctx, itemId: number): Promise<void> {
  await acting(ctx, itemId, 'discard', async (ctx, { item, version }) => {
    await updateVersion(ctx.db, ctx.agencyId, version, { state: 'discarded', step: '' });
    if (item.liveVersion === null) await updateItem(ctx.db, ctx.agencyId, item.id, { state: 'discarded' });
    return { before: { title: version.title } };
  });
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

async function takeDown(ctx: Ctx, item: Item, reason: string, ground: string): Promise<void> {
  await updateItem(ctx.db, ctx.agencyId, item.id, {
    state: 'withdrawn',
    withdrawn_on: ctx.clock.today().toString(),
    withdrawal_reason: reason,
    withdrawal_ground: ground,
  });
  await afterWithdrawal(ctx, item);
  await raiseContentRevision(ctx.db, ctx.agencyId);
  await record(ctx, {
    act: 'catalogue.withdraw',
    ground,
    subject: subjectOf(item),
    before: { state: item.state },
    after: { state: 'withdrawn' },
    reason,
  });
}

async function makeLive(
  ctx: Ctx,
  item: Item,
  version: Version,
  urgent: { urgent_reason?: string; review_due_on?: string },
): Promise<void> {
  const { db, agencyId } = ctx;
  const at = now(ctx);
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

/** SM3 of what a version says. */
export function digestOf(version: VersionContent): string {
  const { title, abstract, body, documentNumber, issuingBody, formedOn, keywords, columnId, genre, subject } =
    version;
  return sm3(
    canonicalJson({
      title,
      abstract,
      body,
      documentNumber,
      issuingBody,
      formedOn,
      keywords: [...keywords],
      columnId,
      genre,
      subject,
    }),
  );
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

interface Outcome<T> {
  before?: unknown;
  after?: unknown;
  reason?: string;
  result?: T;
}

/** The one way a version is moved: locks its item, asks the table, lets `change` write, records. */
async function acting<T = undefined>(
  ctx: Ctx,
  itemId: number,
  move: Move,
  change: (ctx: Ctx, held: Held) => Promise<Outcome<T>>,
): Promise<T | undefined> {
  return transact(ctx, async (ctx) => {
    const held = await holdVersion(ctx, itemId);
    demandMove(move, held.item, held.version, await moverOf(ctx, move));
    const { result, ...told } = await change(ctx, held);
    await record(ctx, {
      act: `catalogue.${move}`,
      ground: groundOf(move),
      subject: subjectOf({ id: itemId, title: held.version.title }),
      ...told,
    });
    return result;
  });
}

/** The item, locked, with its open version. @throws NotFound; Refusal when nothing of it is open */
export async function holdVersion(ctx: Ctx, itemId: number): Promise<Held> {
  const item = await lockItem(ctx.db, ctx.agencyId, itemId);
  const version = item ? await openVersion(ctx.db, ctx.agencyId, itemId) : null;
  if (!item || item.state === 'discarded') throw new NotFound('没有找到这条信息。');
  if (!version) throw new Refusal('catalogue-no-draft', '这条信息没有正在撰写或审查的稿件。');
  return { item, version };
}

/** The actor as the rules of a move look at him, with those whose reviews he may do today. */
export async function moverOf(ctx: Ctx, move: Move): Promise<Mover> {
  const { actor } = ctx;
  if (actor.kind !== 'staff') {
    return { staffId: null, unitId: null, may: actor.kind === 'system', everyUnit: true, lenders: [] };
  }
  const today = ctx.clock.today().toString();
  const delegators = lendable.has(move)
    ? await delegationsTo(ctx.db, ctx.agencyId, actor.staffId, today)
    : [];
  return {
    staffId: actor.staffId,
    unitId: actor.unitId,
    may: may(actor, moves[move].act),
    everyUnit: may(actor, 'catalogue.review-final'),
    lenders: delegators
      .filter(({ roles }) => may({ ...actor, roles }, moves[move].act))
      .map(({ staffId, unitId, roles }) => ({
        staffId,
        unitId,
        everyUnit: may({ ...actor, roles }, 'catalogue.review-final'),
      })),
  };
}

/** @throws Refusal `catalogue-files-open` naming the files that the release gate has not let pass */
async function demandFilesReleased(ctx: Ctx, { itemId, version }: Version): Promise<void> {
  const files = await filesOfVersion(ctx.db, ctx.agencyId, itemId, version);
  const open = files.filter(({ released }) => !released);
  if (open.length === 0) return;
  const names = open.slice(0, 3).map(({ name }) => `“${name}”`);
  throw new Refusal(
    'catalogue-files-open',
    `${names.join('、')}${open.length > 3 ? ` 等 ${open.length} 份文件` : ''}还没有通过出口检查，不能公开。请先检查，逐项清理或说明理由放行。`,
  );
}

/** The column of a version and the steps of review it asks for. */
export async function road(ctx: Ctx, version: Version) {
  const column = version.columnId === null ? null : await findColumn(ctx.db, ctx.agencyId, version.columnId);
  const agency = await findAgencyById(ctx.db, ctx.agencyId);
  return { column, steps: stepsOf(column, agencySteps(agency?.settings ?? {})) };
}

const reviewersOf: Readonly<Record<ReviewStep, readonly Role[]>> = {
  first: ['unit-head'],
  second: ['unit-head', 'secrecy-reviewer'],
  final: ['disclosure-officer'],
};

async function tellReviewers(ctx: Ctx, item: Item, version: Version, step: ReviewStep): Promise<void> {
  const on = ctx.clock.today().toString();
  const people = await Promise.all(
    reviewersOf[step].map((role) => staffWithRole(ctx.db, ctx.agencyId, role, on)),
  );
  const own = people.flat().filter(({ unitId }) => step !== 'first' || unitId === item.unitId);
  await notify(
    ctx,
    own.map(({ id }) => id),
    { title: `请${reviewSteps[step]}：${version.title}`, href: `/workbench/items/${item.id}` },
  );
}

async function tellAuthor(ctx: Ctx, item: Item, version: Version, what: string): Promise<void> {
  if (version.authorId === null) return;
  await notify(ctx, [version.authorId], {
    title: `${version.title} ${what}`,
    href: `/workbench/items/${item.id}`,
  });
}

function readOpinion(given: string, optional: boolean): string {
  const opinion = visibleText(given).trim();
  if (opinion === '' && optional) return '同意';
  if (opinion.length < 2 || opinion.length > 2000)
    throw new InvalidForm({ opinion: '请写明意见，2 至 2000 字。' });
  return opinion;
}

export const subjectOf = ({ id, title }: { id: number; title: string }) => ({
  kind: 'item',
  id,
  label: title === '' ? '未命名的信息' : title,
});

const staffOf = ({ actor }: Ctx): number | null => (actor.kind === 'staff' ? actor.staffId : null);
const now = (ctx: Ctx): Date => new Date(ctx.clock.now().epochMilliseconds);
