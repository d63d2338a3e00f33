import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { holdChain, record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { acting, settingsOfGazette, staffIdOf, touch } from './acting.ts';
import { deleteEntry, entriesOf, insertEntries, writeOrder } from './entry-store.ts';
import { insertIssue, openIssues } from './issue-store.ts';
import { type Entry, issueStates } from './model.ts';
import { arranged, MOST_ENTRIES, moved } from './rules.ts';

function readName(given: string): string {
  const name = visibleLine(given);
  if (name.length < 1 || name.length > 60)
    throw new InvalidForm({ name: '请填写名称，1 至 60 字，例如“2018年二季度”。' });
  return name;
}

/** Two who begin an issue at once wait for each other. @throws InvalidForm */
async function demandNameFree({ db, agencyId }: Ctx, name: string, own: number | null): Promise<void> {
  await holdChain(db, agencyId);
  const same = (await openIssues(db, agencyId)).find((issue) => issue.name === name && issue.id !== own);
  if (!same) return;
  const state = issueStates[same.state].label;
  throw new InvalidForm({ name: `已经有一期叫“${name}”（${state}），请打开那一期继续，或者换一个名称。` });
}

/** Begins an issue, empty. Returns its id. @throws InvalidForm */
export async function beginIssue(ctx: Ctx, given: { name: string }): Promise<number> {
  demand(ctx.actor, 'gazette.compose');
  const name = readName(given.name);
  return transact(ctx, async (ctx) => {
    await demandNameFree(ctx, name, null);
    const at = instantOf(ctx.clock);
    const id = await insertIssue(ctx.db, ctx.agencyId, { name, authorId: staffIdOf(ctx.actor), at });
    await record(ctx, { act: 'gazette.begin', subject: { kind: 'gazette-issue', id, label: name } });
    return id;
  });
}

/** What the desk calls the issue. @throws InvalidForm */
export const renameIssue = (ctx: Ctx, id: number, given: { name: string }): Promise<void> =>
  acting(ctx, id, 'compose', async (ctx, issue) => {
    const name = readName(given.name);
    if (name === issue.name) return null;
    await demandNameFree(ctx, name, id);
    await touch(ctx, issue, { name });
    return { act: 'gazette.rename', before: { name: issue.name }, after: { name } };
  });

/**
 * Takes published items in, behind the others of a section; those that are in already stay where they are. Returns how many
 * came in. @throws InvalidForm, Refusal
 */
export async function addEntries(
  ctx: Ctx,
  id: number,
  given: { itemIds: readonly number[]; section: string },
): Promise<number> {
  let count = 0;
  await acting(ctx, id, 'compose', async (ctx, issue) => {
    const section = await readSection(ctx, given.section);
    const itemIds = [...new Set(given.itemIds)];
    if (itemIds.length === 0) throw new InvalidForm({ items: '请选择要编入的文件。' });
    const before = await entriesOf(ctx.db, ctx.agencyId, id);
    if (before.length + itemIds.length > MOST_ENTRIES)
      throw new Refusal('gazette-full', `一期最多编入 ${MOST_ENTRIES} 篇，请分成几期。`);
    const position = before.at(-1)?.position ?? 0;
    const added = await insertEntries(ctx.db, ctx.agencyId, id, { itemIds, section, position });
    if (added.length === 0) throw new Refusal('gazette-in-already', '所选文件已经在这一期里，或者已经撤下。');
    await arrange(ctx, id);
    await touch(ctx, issue);
    count = added.length;
    return { act: 'gazette.add', after: { section, items: added } };
  });
  return count;
}

/** Takes an item out of the issue. */
export const removeEntry = (ctx: Ctx, id: number, itemId: number): Promise<void> =>
  acting(ctx, id, 'compose', async (ctx, issue) => {
    if ((await deleteEntry(ctx.db, ctx.agencyId, id, itemId)) === 0) return null;
    await touch(ctx, issue);
    return { act: 'gazette.remove', before: { items: [itemId] } };
  });

/** Puts an entry one place up or down within its section. */
export const moveEntry = (ctx: Ctx, id: number, itemId: number, way: 'up' | 'down'): Promise<void> =>
  acting(ctx, id, 'compose', async (ctx, issue) => {
    const order = await arrange(ctx, id);
    const next = moved(order, itemId, way);
    if (next.every((entry, place) => entry === order[place])) return null;
    await writeOrder(ctx.db, ctx.agencyId, id, next);
    await touch(ctx, issue);
    return { act: 'gazette.arrange', after: { items: [itemId] } };
  });

/** Puts an entry behind the others of another section. */
export const putInSection = (
  ctx: Ctx,
  id: number,
  given: { itemId: number; section: string },
): Promise<void> =>
  acting(ctx, id, 'compose', async (ctx, issue) => {
    const section = await readSection(ctx, given.section);
    const present = await entriesOf(ctx.db, ctx.agencyId, id);
    const entry = present.find(({ itemId }) => itemId === given.itemId);
    if (!entry || entry.section === section) return null;
    const behind = { ...entry, section, position: (present.at(-1)?.position ?? 0) + 1 };
    await arrange(
      ctx,
      id,
      present.map((other) => (other === entry ? behind : other)),
    );
    await touch(ctx, issue);
    return { act: 'gazette.arrange', after: { section, items: [given.itemId] } };
  });

/** Writes the printed order of the entries and returns it. */
export async function arrange(ctx: Ctx, id: number, entries?: readonly Entry[]): Promise<Entry[]> {
  const { sections } = await settingsOfGazette(ctx);
  const order = arranged(entries ?? (await entriesOf(ctx.db, ctx.agencyId, id)), sections);
  await writeOrder(ctx.db, ctx.agencyId, id, order);
  return order;
}

async function readSection(ctx: Ctx, given: string): Promise<string> {
  const { sections } = await settingsOfGazette(ctx);
  if (!sections.includes(given)) throw new InvalidForm({ section: '请选择栏目。' });
  return given;
}
