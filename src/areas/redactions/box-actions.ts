import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { type Box, type Query, redactionLimits } from './engine/index.ts';
import { type GroundKey, grounds, isGround } from './grounds.ts';
import { demandJob, holdJob, noteOpening, openOriginal, subjectOf, workingPdf } from './job-access.ts';
import type { JobRef, RedactionBox, RedactionCtx } from './model.ts';
import { demandDraft, readBox, uncovered, wholeCharacters } from './rules.ts';
import { boxesOf, endBoxes, insertBoxes, type JobRow, undoStep, updateJob } from './store.ts';

const LONGEST_WORD = 100;

/**
 * Covers a place. `whole` grows the box over every character that it touches.
 * @throws InvalidForm; Refusal when the file is not being worked on or was changed meanwhile
 */
export async function addBox(
  ctx: RedactionCtx,
  ref: JobRef,
  input: { box: Box; ground: string; whole: boolean },
): Promise<void> {
  // Measured before the job is held: drawing takes a while and changes nothing.
  const box = await placed(ctx, await demandJob(ctx, ref.id), input.box, input.whole);
  await changing(ctx, ref, async (ctx, job, step) => {
    const ground = readGround(job, input.ground);
    await insertWithin(ctx, job, step, [{ ...box, ground }]);
    return {
      act: 'redactions.cover',
      ground,
      after: { page: box.page, boxes: 1, by: 'hand' },
      result: undefined,
    };
  });
}

/**
 * Covers every place where a word or pattern stands, as far as no box covers it yet. Returns how many were found and how
 * many of them are new. The word itself is written down nowhere.
 * @throws InvalidForm, Refusal as `addBox`
 */
export async function coverOccurrences(
  ctx: RedactionCtx,
  ref: JobRef,
  input: { query: Query; ground: string },
): Promise<{ found: number; added: number }> {
  const { query } = input;
  if ('word' in query) demandWord(query.word);
  const { job, pdf } = await openOriginal(ctx, ref.id);
  const [places = []] = await ctx.redactor.findOccurrences({ pdf, pages: job.pages.length }, [query]);
  const found = places.flatMap((place) => onPage(job, place));
  return changing(ctx, ref, async (ctx, job, step) => {
    const ground = readGround(job, input.ground);
    const fresh = uncovered(found, await boxesOf(ctx.db, ctx.agencyId, job.id));
    const result = { found: found.length, added: fresh.length };
    if (fresh.length === 0) return { unchanged: true, result };
    await insertWithin(
      ctx,
      job,
      step,
      fresh.map((box) => ({ ...box, ground })),
    );
    return {
      act: 'redactions.cover',
      ground,
      after: {
        boxes: fresh.length,
        pages: new Set(fresh.map(({ page }) => page)).size,
        by: 'word' in query ? 'word' : query.pattern,
      },
      result,
    };
  });
}

/** Moves or resizes a box. @throws NotFound, InvalidForm, Refusal */
export async function placeBox(
  ctx: RedactionCtx,
  ref: JobRef,
  boxId: number,
  input: Omit<Box, 'page'>,
): Promise<void> {
  await changing(ctx, ref, async (ctx, job, step) => {
    const before = await demandBox(ctx, job, boxId);
    const box = readBox(job.pages, { ...input, page: before.page });
    await endBoxes(ctx.db, ctx.agencyId, job.id, step, [boxId]);
    await insertWithin(ctx, job, step, [{ ...box, ground: before.ground }]);
    return { act: 'redactions.move', ground: before.ground, after: { page: box.page }, result: undefined };
  });
}

/** @throws NotFound, InvalidForm, Refusal */
export async function changeGround(
  ctx: RedactionCtx,
  ref: JobRef,
  boxId: number,
  key: string,
): Promise<void> {
  await changing(ctx, ref, async (ctx, job, step) => {
    const ground = readGround(job, key);
    const before = await demandBox(ctx, job, boxId);
    if (before.ground === ground) return { unchanged: true, result: undefined };
    await endBoxes(ctx.db, ctx.agencyId, job.id, step, [boxId]);
    await insertWithin(ctx, job, step, [{ ...before, ground }]);
    return {
      act: 'redactions.change-ground',
      ground,
      before: { ground: grounds[before.ground].label },
      after: { page: before.page, ground: grounds[ground].label },
      result: undefined,
    };
  });
}

/** Takes boxes off. @throws NotFound when one is not there, Refusal */
export async function removeBoxes(ctx: RedactionCtx, ref: JobRef, boxIds: readonly number[]): Promise<void> {
  await changing(ctx, ref, async (ctx, job, step) => {
    if (boxIds.length === 0) throw new InvalidForm({ box: '请先选择要去掉的遮盖框。' });
    const boxes = [];
    for (const id of boxIds) boxes.push(await demandBox(ctx, job, id));
    await endBoxes(ctx.db, ctx.agencyId, job.id, step, boxIds);
    return {
      act: 'redactions.uncover',
      ground: null,
      before: { boxes: boxes.length, pages: [...new Set(boxes.map(({ page }) => page))] },
      result: undefined,
    };
  });
}

/** Takes back the last change of the boxes. @throws Refusal `nothing-to-undo` */
export async function undoLast(ctx: RedactionCtx, ref: JobRef): Promise<void> {
  await transact(ctx, async (ctx) => {
    const job = await holdJob(ctx, ref);
    demandDraft(job.state);
    if (job.step === 0) throw new Refusal('nothing-to-undo', '没有可以撤销的操作。');
    const { added, removed } = await undoStep(ctx.db, ctx.agencyId, job.id, job.step);
    await updateJob(ctx.db, ctx.agencyId, job.id, { step: job.step - 1 });
    await record(ctx, {
      act: 'redactions.undo',
      subject: subjectOf(job.id),
      after: { step: job.step, taken: added, restored: removed },
    });
  });
}

type Change<T> =
  | { unchanged: true; result: T }
  | { act: string; ground: GroundKey | null; before?: unknown; after?: unknown; result: T };

/** The one way boxes change: locked, as the person saw them, counted as one step, recorded. */
async function changing<T>(
  ctx: RedactionCtx,
  ref: JobRef,
  change: (ctx: RedactionCtx, job: JobRow, step: number) => Promise<Change<T>>,
): Promise<T> {
  return transact(ctx, async (ctx) => {
    const job = await holdJob(ctx, ref);
    demandDraft(job.state);
    await noteOpening(ctx, job);
    const outcome = await change(ctx, job, job.step + 1);
    if ('unchanged' in outcome) return outcome.result;
    await updateJob(ctx.db, ctx.agencyId, job.id, { step: job.step + 1, fault: '' });
    await record(ctx, {
      act: outcome.act,
      ...(outcome.ground && { ground: grounds[outcome.ground].cited }),
      subject: subjectOf(job.id),
      ...(outcome.before !== undefined && { before: outcome.before }),
      ...(outcome.after !== undefined && { after: outcome.after }),
    });
    return outcome.result;
  });
}

async function placed(ctx: RedactionCtx, job: JobRow, given: Box, whole: boolean): Promise<Box> {
  const box = readBox(job.pages, given);
  if (!whole || job.pages[box.page - 1]?.characters === 0) return box;
  const characters = await ctx.redactor.places(await workingPdf(ctx, job), box.page);
  return readBox(job.pages, wholeCharacters(box, characters));
}

/** Found places may reach over the edge of their page; one that lies beyond it is nowhere to be seen. */
function onPage(job: JobRow, place: Box): Box[] {
  try {
    return [readBox(job.pages, place)];
  } catch (error) {
    if (error instanceof InvalidForm) return [];
    throw error;
  }
}

async function insertWithin(
  ctx: RedactionCtx,
  job: JobRow,
  step: number,
  boxes: readonly (Box & { ground: GroundKey })[],
): Promise<void> {
  const before = await boxesOf(ctx.db, ctx.agencyId, job.id);
  if (before.length + boxes.length > redactionLimits.boxes) {
    throw new Refusal(
      'too-many-boxes',
      `一份文件最多 ${redactionLimits.boxes} 处遮盖。请合并成较大的框，或者拆分文件。`,
    );
  }
  await insertBoxes(ctx.db, ctx.agencyId, job.id, step, boxes);
}

async function demandBox(ctx: RedactionCtx, job: JobRow, id: number): Promise<RedactionBox> {
  const box = (await boxesOf(ctx.db, ctx.agencyId, job.id)).find((each) => each.id === id);
  if (!box) throw new NotFound('没有找到这个遮盖框，它可能已被去掉。');
  return box;
}

function readGround({ regime }: JobRow, key: string): GroundKey {
  if (!isGround(key, regime)) throw new InvalidForm({ ground: '请选择遮盖的依据。' });
  return key;
}

function demandWord(word: string): void {
  const length = [...word.trim()].length;
  if (length === 0) throw new InvalidForm({ word: '请填写要遮盖的词。' });
  if (length > LONGEST_WORD) throw new InvalidForm({ word: `最多 ${LONGEST_WORD} 个字。` });
}
