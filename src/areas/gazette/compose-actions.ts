import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { acting, instant, settingsOfGazette, staffIdOf } from './acting.ts';
import { deleteEntry, entriesOf, insertEntries, writeOrder } from './entry-store.ts';
import { insertIssue, updateIssue } from './issue-store.ts';
import type { Entry, Issue } from './model.ts';
import { arranged, MOST_ENTRIES, moved } from './rules.ts';

function readName(given: string): string {
  const name = visibleLine(given);
  if (name.length < 1 || name.length > 60)
    throw new InvalidForm({ name: '请填写名称，1 至 60 字，例如“2018年二季度”。' });
  return name;
}

/** Begins an issue, empty. Returns its id. @throws InvalidForm */
export async function beginIssue(ctx: Ctx, given: { name: string }): Promise<number> {
  demand(ctx.actor, 'gazette.compose');
  const name = readName(given.name);
  return transact(ctx, async (ctx) => {
    const at = instant(ctx);
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
    const order = await arrange(ctx, id);
    const entry = order.find(({ itemId }) => itemId === given.itemId);
    if (!entry || entry.section === section) return null;
    const rest = order.filter((other) => other !== entry);
    await writeOrder(ctx.db, ctx.agencyId, id, [...rest, { itemId: given.itemId, section }]);
    await arrange(ctx, id);
    await touch(ctx, issue);
    return { act: 'gazette.arrange', after: { section, items: [given.itemId] } };
  });

/** Writes the printed order and returns it. */
export async function arrange(ctx: Ctx, id: number): Promise<Entry[]> {
  const { sections } = await settingsOfGazette(ctx);
  const order = arranged(await entriesOf(ctx.db, ctx.agencyId, id), sections);
  await writeOrder(ctx.db, ctx.agencyId, id, order);
  return order;
}

async function readSection(ctx: Ctx, given: string): Promise<string> {
  const { sections } = await settingsOfGazette(ctx);
  if (!sections.includes(given)) throw new InvalidForm({ section: '请选择栏目。' });
  return given;
}

/** Who changes an issue joins those who may not review it. */
async function touch(ctx: Ctx, issue: Issue, change: { name?: string } = {}): Promise<void> {
  const own = staffIdOf(ctx.actor);
  const hands = own === null || issue.hands.includes(own) ? {} : { hands: [...issue.hands, own] };
  await updateIssue(ctx.db, ctx.agencyId, issue.id, { ...change, ...hands, changed_at: instant(ctx) });
}
