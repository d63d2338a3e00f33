import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { NotFound, Refusal } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { notify } from '../notifications/index.ts';
import { findAgencyById, may, type Role, staffWithRole } from '../organisations/index.ts';
import { findColumn } from './column-store.ts';
import { delegationsTo } from './delegation-store.ts';
import { lockItem } from './item-store.ts';
import { type Item, type ReviewStep, reviewSteps, type Version } from './model.ts';
import { groundOf, lendable, type Move, moves } from './moves.ts';
import { agencySteps, demandMove, type Mover, stepsOf } from './rules.ts';
import { openVersion } from './version-store.ts';

/** An item held for an act, with the version that is open. */
interface Held {
  item: Item;
  version: Version;
}

interface Outcome<T> {
  before?: unknown;
  after?: unknown;
  reason?: string;
  result?: T;
}

/** The one way a version is moved: locks its item, asks the table, lets `change` write, records. */
export async function acting<T = undefined>(
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

export async function tellReviewers(ctx: Ctx, item: Item, version: Version, step: ReviewStep): Promise<void> {
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

export async function tellAuthor(ctx: Ctx, item: Item, version: Version, what: string): Promise<void> {
  if (version.authorId === null) return;
  await notify(ctx, [version.authorId], {
    title: `${version.title} ${what}`,
    href: `/workbench/items/${item.id}`,
  });
}

export const subjectOf = ({ id, title }: { id: number; title: string }) => ({
  kind: 'item',
  id,
  label: title === '' ? '未命名的信息' : title,
});

export const staffOf = ({ actor }: Ctx): number | null => (actor.kind === 'staff' ? actor.staffId : null);

export const now = (ctx: Ctx): Date => instantOf(ctx.clock);
