import { Temporal } from 'temporal-polyfill';
import type { Actor, Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { parseDay, type WorkingCalendar } from '../../law/index.ts';
import { record } from '../../ledger/index.ts';
import { currentCalendar } from '../calendars/index.ts';
import { demand } from '../organisations/index.ts';
import { digestsToFind } from './applicant.ts';
import { moverOf, type RequestCtx } from './case-actions.ts';
import {
  everything,
  type ListFilter,
  type ListScope,
  type ListSort,
  openStates,
  type StateGroup,
  sortsOf,
  stateGroups,
  usualSort,
} from './list-filter.ts';
import {
  chosenRequests,
  countUpTo,
  type ListedRequest,
  type ListOrder,
  type ListPlace,
  requestsBehind,
} from './list-store.ts';
import { deleteView, type SavedView, viewsOf, writeView } from './list-view-store.ts';
import type { Move } from './moves.ts';
import { findCase } from './request-store.ts';
import { type Obstacle, obstacle } from './rules.ts';
import { seesEveryCase } from './sight-rules.ts';
import { loadStanding } from './standing-store.ts';

/** A request in a list, with the working days that are left until it is due. */
export interface QueuedRequest extends ListedRequest {
  /** Working days after today up to the due date, negative when it has passed; null while nothing is due. */
  daysLeft: number | null;
}

export interface ListPage {
  items: QueuedRequest[];
  /** Cursors of the neighbouring pages; null where there is none. */
  previous: string | null;
  next: string | null;
}

/** Counts are told up to this number; what is more is “1000+”. */
export const MOST_COUNTED = 1000;
const USUAL_ROWS = 50;
const MOST_ROWS = 200;

/** Whose requests the person's lists hold: every one, or those of his unit and those that came to be reviewed. */
export function scopeOf(actor: Actor): ListScope {
  if (seesEveryCase(actor)) return null;
  if (actor.kind !== 'staff') return { unitId: null, states: [] };
  const reviews = actor.roles.includes('unit-head') || actor.roles.includes('secrecy-reviewer');
  return { unitId: actor.unitId, states: reviews ? ['reviewing', 'signing', 'signed'] : [] };
}

/**
 * One page of the requests that the filter finds and the person may see. `after` and `before` are cursors that a page before
 * gave; with neither the list begins at its top, and so it does with one that is not of this list.
 */
export async function listRequests(
  ctx: Ctx,
  filter: ListFilter,
  asked: { sort?: ListSort; descending?: boolean; after?: string; before?: string; limit?: number } = {},
): Promise<ListPage> {
  demand(ctx.actor, 'requests.read');
  const order = orderOf(filter, asked);
  const limit = Math.min(MOST_ROWS, Math.max(1, Math.trunc(asked.limit ?? USUAL_ROWS)));
  const question = { scope: scopeOf(ctx.actor), filter };
  const before = readCursor(asked.before, order.sort);
  const after = before === null ? readCursor(asked.after, order.sort) : null;
  const backwards = before !== null;
  const found = await requestsBehind(
    ctx.db,
    ctx.agencyId,
    question,
    backwards ? { ...order, descending: !order.descending } : order,
    { behind: before ?? after, limit: limit + 1 },
  );
  const more = found.length > limit;
  const shown = found.slice(0, limit);
  if (backwards) shown.reverse();
  const cursor = (row: (typeof shown)[number] | undefined) => (row ? `${row.key}~${row.id}` : null);
  const calendar = await currentCalendar(ctx.db, ctx.agencyId);
  return {
    items: shown.map(({ key: _, ...row }) => withDaysLeft(row, ctx.clock.today(), calendar)),
    previous: (backwards ? more : after !== null) ? cursor(shown[0]) : null,
    next: (backwards ? true : more) ? cursor(shown.at(-1)) : null,
  };
}

/** The order asked for where the list can be put into it, else its usual one. */
export function orderOf(filter: ListFilter, asked: { sort?: ListSort; descending?: boolean }): ListOrder {
  const usual = usualSort(filter);
  const sorts = sortsOf(filter);
  const sort = asked.sort !== undefined && sorts.includes(asked.sort) ? asked.sort : usual.sort;
  const fitting = sorts.includes(sort) ? sort : (sorts[0] ?? usual.sort);
  return { sort: fitting, descending: asked.descending ?? fitting !== 'due' };
}

function readCursor(text: string | undefined, sort: ListSort): ListPlace | null {
  const [key = '', id = '', ...more] = (text ?? '').split('~');
  if (more.length > 0 || !/^\d{1,15}$/.test(id)) return null;
  const fits =
    sort === 'number' ? /^\d{4}-\d{6}(-\d{1,2})?$/.test(key) : key === 'infinity' || parseDay(key) !== null;
  return fits ? { key, id: Number(id) } : null;
}

/** The working days until an open request is due. */
export function withDaysLeft(
  row: ListedRequest,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): QueuedRequest {
  const due = openStates.includes(row.state) && row.dueOn !== null ? row.dueOn : null;
  const daysLeft = due === null ? null : calendar.workingDaysBetween(today, Temporal.PlainDate.from(due));
  return { ...row, daysLeft };
}

export type CountedGroup = StateGroup | 'overdue' | 'soon';

/** How many requests each group holds under the rest of the filter, up to `MOST_COUNTED + 1`; none for words of titles. */
export async function countGroups(
  ctx: Ctx,
  filter: ListFilter,
  soon: string,
): Promise<Partial<Record<CountedGroup, number>>> {
  demand(ctx.actor, 'requests.read');
  // Each group would read all titles with these words again.
  if (filter.search?.by === 'title') return {};
  const scope = scopeOf(ctx.actor);
  const today = ctx.clock.today();
  const yesterday = today.subtract({ days: 1 }).toString();
  const plain: ListFilter = { ...filter, due: everything.due };
  const groups = Object.keys(stateGroups) as StateGroup[];
  return countUpTo<CountedGroup>(
    ctx.db,
    ctx.agencyId,
    {
      ...(Object.fromEntries(
        groups.map((group) => [group, { scope, filter: { ...plain, group } }]),
      ) as Record<StateGroup, { scope: ListScope; filter: ListFilter }>),
      overdue: { scope, filter: { ...plain, group: 'open', due: { from: null, to: yesterday } } },
      soon: { scope, filter: { ...plain, group: 'open', due: { from: today.toString(), to: soon } } },
    },
    MOST_COUNTED,
  );
}

/** How many the filter finds, up to `MOST_COUNTED + 1`. */
export async function countRequests(ctx: Ctx, filter: ListFilter): Promise<number> {
  demand(ctx.actor, 'requests.read');
  const { it } = await countUpTo(
    ctx.db,
    ctx.agencyId,
    { it: { scope: scopeOf(ctx.actor), filter } },
    MOST_COUNTED,
  );
  return it;
}

/**
 * Digests by which the requests of a person or organisation are found: by the exact name, identity number, telephone or
 * e-mail. For those who may see applicants; recorded, without what was typed. @throws InvalidForm
 */
export async function searchPerson(ctx: RequestCtx, typed: string): Promise<string[]> {
  demand(ctx.actor, 'requests.read');
  demand(ctx.actor, 'requests.reveal');
  const text = visibleLine(typed);
  if ([...text].length < 2 || text.length > 100)
    throw new InvalidForm({ person: '请填写完整的姓名、名称、证件号码、电话或邮箱。' });
  const digests = digestsToFind(ctx.vault, text);
  await transact(ctx, (inside) =>
    record(inside, {
      act: 'requests.search-person',
      ground: '《个人信息保护法》第五十一条',
      subject: { kind: 'request-list', id: 'person', label: '按申请人查找' },
    }),
  );
  return digests;
}

/** Of chosen requests those on which the move can be made now, and why not on the others. */
export async function sortOutMove(
  ctx: Ctx,
  move: Move,
  ids: readonly number[],
): Promise<{ open: QueuedRequest[]; skipped: { request: QueuedRequest; why: Obstacle }[]; gone: number }> {
  demand(ctx.actor, 'requests.read');
  const { db, agencyId } = ctx;
  const chosen = await chosenRequests(
    db,
    agencyId,
    scopeOf(ctx.actor),
    [...new Set(ids)].slice(0, MOST_ROWS),
  );
  const calendar = await currentCalendar(db, agencyId);
  const open: QueuedRequest[] = [];
  const skipped: { request: QueuedRequest; why: Obstacle }[] = [];
  for (const row of chosen) {
    const request = await findCase(db, agencyId, row.id);
    if (request === null) continue;
    const standing = await loadStanding(db, agencyId, request);
    const why = obstacle(move, standing, moverOf(ctx, move), ctx.clock.today(), calendar);
    const shown = withDaysLeft(row, ctx.clock.today(), calendar);
    if (why === null) open.push(shown);
    else skipped.push({ request: shown, why });
  }
  return { open, skipped, gone: new Set(ids).size - open.length - skipped.length };
}

const MOST_VIEWS = 20;

/** The actor's own saved filters. */
export function savedViews(ctx: Ctx): Promise<SavedView[]> {
  return viewsOf(ctx.db, ownerOf(ctx));
}

/** Keeps a filter under a name; an earlier one of that name is replaced. @throws InvalidForm */
export async function saveView(ctx: Ctx, given: { name: string; query: string }): Promise<void> {
  demand(ctx.actor, 'requests.read');
  const name = visibleLine(given.name);
  const length = [...name].length;
  if (length < 1 || length > 20) throw new InvalidForm({ name: '请给这个筛选起个名字，最多 20 个字。' });
  const views = await savedViews(ctx);
  if (views.length >= MOST_VIEWS && !views.some((view) => view.name === name))
    throw new InvalidForm({ name: `最多保存 ${MOST_VIEWS} 个筛选，请先删除不用的。` });
  if (given.query.length > 500) throw new InvalidForm({ name: '这个筛选的条件太多，无法保存。' });
  await writeView(ctx.db, ownerOf(ctx), { name, query: given.query });
}

/** @throws NotFound */
export async function removeView(ctx: Ctx, id: number): Promise<void> {
  if (!(await deleteView(ctx.db, ownerOf(ctx), id))) throw new NotFound('没有找到这个筛选，可能已被删除。');
}

function ownerOf({ actor, agencyId }: Ctx): { agencyId: number; staffId: number } {
  if (actor.kind !== 'staff') throw new Refusal('staff-only', '只有工作人员可以保存筛选。', { status: 403 });
  return { agencyId, staffId: actor.staffId };
}
