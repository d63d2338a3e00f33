import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { indexNumber } from '../../law/index.ts';
import { record } from '../../ledger/index.ts';
import { demand, findAgencyById, may } from '../organisations/index.ts';
import { noteLinks } from '../reviews/index.ts';
import { acting, holdVersion, moverOf, now, road, staffOf, subjectOf, tellReviewers } from './acting.ts';
import { plainText, sanitiseBody } from './body.ts';
import { draftProblems, emptyContent, submissionProblems, tidyContent } from './content-rules.ts';
import { digestOf } from './digest.ts';
import { filesOfVersion } from './file-store.ts';
import { habitsOf } from './habit-store.ts';
import { demandDocuments } from './interpretations.ts';
import { insertItem, lockItem, takeIndexSerials, updateItem } from './item-store.ts';
import type { VersionContent } from './model.ts';
import { demandMove } from './rules.ts';
import { demandScanned } from './scanning.ts';
import {
  copyFiles,
  findVersion,
  insertVersion,
  openVersion,
  updateVersion,
  writeContent,
} from './version-store.ts';

/**
 * Begins an item of the actor's unit, filled in as he filled in his last one of the same column. Returns its id; version 1 is
 * its draft.
 */
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
    const columnId = given.content?.columnId ?? null;
    const staffId = staffOf(ctx);
    const habits = columnId && staffId ? await habitsOf(ctx.db, agencyId, staffId, columnId) : null;
    const content = cleaned({
      ...emptyContent,
      issuingBody: agency.name,
      source: agency.name,
      ...habits,
      ...given.content,
    });
    await demandDocuments(ctx, null, content.interprets);
    const { year } = ctx.clock.today();
    const serial = await takeIndexSerials(ctx.db, agencyId, year, 1);
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

/** What is kept of a content: tidied, its body sanitised. @throws InvalidForm */
export function cleaned(content: VersionContent): VersionContent & { plain: string } {
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
    await demandDocuments(ctx, itemId, clean.interprets);
    if (version.revision !== revision) {
      throw new Refusal(
        'catalogue-changed-meanwhile',
        `这份稿件刚刚${version.authorId === staffOf(ctx) ? '在您的另一个窗口里' : '由他人'}保存过。您的内容仍在页面和本机，点“保存草稿”可以对照两份内容。`,
      );
    }
    const savedAt = now(ctx);
    const saved = await writeContent(ctx.db, ctx.agencyId, version, clean, {
      staffId: staffOf(ctx),
      at: savedAt,
    });
    await noteLinks(ctx, clean.body);
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
    await demandScanned(ctx, version, files);
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
    await updateVersion(
      ctx.db,
      ctx.agencyId,
      { itemId, version },
      { let_stand: JSON.stringify(live.letStand) },
    );
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
