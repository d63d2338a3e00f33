import { createHash } from 'node:crypto';
import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { type Db, transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import {
  builtInSynonyms,
  deleteSynonyms,
  findMiss,
  insertSynonyms,
  listSynonyms,
  markMiss,
  type SynonymGroup,
  sameGroup,
  updateSynonyms,
} from '../../core/search-index/index.ts';
import { holdChain, record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { readGroup, readNote } from './rules.ts';

const MOST_GROUPS = 1000;

/** A group everybody has, and whether this agency does without it. */
export interface StandardGroup {
  words: readonly string[];
  /** Of the note that leaves it out; null while it is used. */
  leftOutBy: number | null;
}

export interface SynonymDesk {
  own: SynonymGroup[];
  standard: StandardGroup[];
}

/** The synonyms of an agency: its own, and those everybody has. */
export async function synonymDesk(db: Db, agencyId: number): Promise<SynonymDesk> {
  const all = await listSynonyms(db, agencyId);
  const out = all.filter(({ leftOut }) => leftOut);
  return {
    own: all.filter(({ leftOut }) => !leftOut),
    standard: builtInSynonyms().map((words) => ({
      words,
      leftOutBy: out.find((group) => sameGroup(group.words, words))?.id ?? null,
    })),
  };
}

/** Adds words that are looked for together; every search uses them from then on. @throws InvalidForm */
export async function addSynonyms(ctx: Ctx, typed: string): Promise<string[]> {
  demand(ctx.actor, 'search.edit');
  const words = readGroup(typed);
  await transact(ctx, async (ctx) => {
    await holdChain(ctx.db, ctx.agencyId);
    const { own, standard } = await synonymDesk(ctx.db, ctx.agencyId);
    refuseKnown(words, { own, standard });
    if (own.length >= MOST_GROUPS)
      throw new Refusal('search-too-many-synonyms', `同义词最多 ${MOST_GROUPS} 组，请先合并或删除不用的。`);
    const id = await insertSynonyms(ctx.db, ctx.agencyId, { words, leftOut: false, ...signed(ctx) });
    await note(ctx, 'search.add-synonyms', id, words, { after: { words } });
  });
  return words;
}

/** @throws InvalidForm, NotFound */
export async function changeSynonyms(ctx: Ctx, id: number, typed: string): Promise<string[]> {
  demand(ctx.actor, 'search.edit');
  const words = readGroup(typed);
  await transact(ctx, async (ctx) => {
    await holdChain(ctx.db, ctx.agencyId);
    const { own, standard } = await synonymDesk(ctx.db, ctx.agencyId);
    const before = groupWith(own, id);
    refuseKnown(words, { own: own.filter((group) => group.id !== id), standard });
    await updateSynonyms(ctx.db, ctx.agencyId, id, { words, ...signed(ctx) });
    await note(ctx, 'search.change-synonyms', id, words, {
      before: { words: before.words },
      after: { words },
    });
  });
  return words;
}

/** Takes a group of the agency away; searches stop using it at once. @throws NotFound */
export async function removeSynonyms(ctx: Ctx, id: number): Promise<void> {
  demand(ctx.actor, 'search.edit');
  await transact(ctx, async (ctx) => {
    const { words } = groupWith((await synonymDesk(ctx.db, ctx.agencyId)).own, id);
    await deleteSynonyms(ctx.db, ctx.agencyId, id);
    await note(ctx, 'search.remove-synonyms', id, words, { before: { words } });
  });
}

/** Does without a group everybody has, or uses it again; `place` is its place in the list. @throws NotFound */
export async function useStandardSynonyms(ctx: Ctx, place: number, use: boolean): Promise<void> {
  demand(ctx.actor, 'search.edit');
  await transact(ctx, async (ctx) => {
    const group = (await synonymDesk(ctx.db, ctx.agencyId)).standard[place];
    if (!group || (group.leftOutBy === null) === use)
      throw new NotFound('没有找到这组同义词，或者已经办理过。');
    const words = [...group.words];
    if (group.leftOutBy !== null) await deleteSynonyms(ctx.db, ctx.agencyId, group.leftOutBy);
    else await insertSynonyms(ctx.db, ctx.agencyId, { words, leftOut: true, ...signed(ctx) });
    const act = use ? 'search.use-standard-synonyms' : 'search.leave-out-synonyms';
    await note(ctx, act, words.join('-'), words, {});
  });
}

/** Notes that somebody saw to a search that found nothing. @throws InvalidForm, NotFound */
export async function handleMiss(ctx: Ctx, query: string, typedNote: string): Promise<void> {
  demand(ctx.actor, 'search.edit');
  const told = readNote(typedNote);
  await transact(ctx, async (ctx) => {
    const miss = await findMiss(ctx.db, ctx.agencyId, query);
    if (!miss) throw new NotFound('没有找到这条检索。');
    const { byName } = signed(ctx);
    const on = ctx.clock.today().toString();
    await markMiss(ctx.db, ctx.agencyId, query, { on, by: byName, note: told });
    await record(ctx, {
      act: 'search.handle-miss',
      subject: missSubject(query),
      after: { times: miss.times },
    });
  });
}

/** Puts a search back among those to be seen to. @throws NotFound */
export async function reopenMiss(ctx: Ctx, query: string): Promise<void> {
  demand(ctx.actor, 'search.edit');
  await transact(ctx, async (ctx) => {
    const miss = await findMiss(ctx.db, ctx.agencyId, query);
    if (!miss || miss.handledOn === null) throw new NotFound('没有找到这条已处理的检索。');
    await markMiss(ctx.db, ctx.agencyId, query, null);
    await record(ctx, { act: 'search.reopen-miss', subject: missSubject(query) });
  });
}

/** What citizens typed never goes into the ledger, which is kept for ever; its digest tells the same search again. */
const missSubject = (query: string) => ({
  kind: 'search-miss',
  id: createHash('sha256').update(query).digest('hex').slice(0, 16),
  label: '没有结果的检索',
});

function groupWith(own: readonly SynonymGroup[], id: number): SynonymGroup {
  const group = own.find((one) => one.id === id);
  if (!group) throw new NotFound('没有找到这组同义词。');
  return group;
}

function refuseKnown(words: readonly string[], { own, standard }: SynonymDesk): void {
  const known = [...own, ...standard.filter(({ leftOutBy }) => leftOutBy === null)];
  if (known.some((group) => words.every((word) => group.words.includes(word))))
    throw new InvalidForm({ words: '这些词已经是一组同义词。' });
}

const signed = (ctx: Ctx) => ({
  byName: ctx.actor.name,
  at: instantOf(ctx.clock),
});

const note = (
  ctx: Ctx,
  act: string,
  id: number | string,
  words: readonly string[],
  told: { before?: unknown; after?: unknown },
) =>
  record(ctx, {
    act,
    subject: { kind: 'synonyms', id: String(id).slice(0, 80), label: words.join('、') },
    ...told,
  });
