import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { parseDay } from '../../law/index.ts';
import { record } from '../../ledger/index.ts';
import { notify } from '../notifications/index.ts';
import { demand, findStaff, may } from '../organisations/index.ts';
import {
  type Delegation,
  insertDelegation,
  listDelegations,
  revokeDelegationRow,
} from './delegation-store.ts';

/** The longest absence somebody else reviews for. */
const MOST_DAYS = 92;

/** Lends the actor's own reviews to a colleague for the days of an absence (代为审查). @throws InvalidForm */
export async function lendReviews(
  ctx: Ctx,
  given: { toId: number | null; fromOn: string; toOn: string },
): Promise<number> {
  const { actor, agencyId } = ctx;
  if (actor.kind !== 'staff' || !mayLend(ctx))
    throw new Refusal('catalogue-not-yours', '您没有审查的职责，不需要委托他人代为审查。', { status: 403 });
  const from = parseDay(given.fromOn);
  const to = parseDay(given.toOn);
  const today = parseDay(ctx.clock.today().toString()) ?? 0;
  const problems: Record<string, string> = {};
  if (given.toId === null || given.toId === actor.staffId) problems.toId = '请选择代为审查的同事。';
  if (from === null) problems.fromOn = '请选择开始日期。';
  if (to === null) problems.toOn = '请选择结束日期。';
  else if (from !== null && to < from) problems.toOn = '结束日期不能早于开始日期。';
  else if (to < today) problems.toOn = '结束日期已经过去。';
  else if (from !== null && to - from >= MOST_DAYS)
    problems.toOn = `一次最多委托 ${MOST_DAYS} 天，更长的请调整岗位。`;
  const person = given.toId === null ? null : await findStaff(ctx.db, agencyId, given.toId);
  if (given.toId !== null && (!person || person.leftOn !== null)) problems.toId = '请选择在岗的同事。';
  if (Object.keys(problems).length > 0 || given.toId === null) throw new InvalidForm(problems);
  const { toId, fromOn, toOn } = given;
  return transact(ctx, async (ctx) => {
    const id = await insertDelegation(ctx.db, agencyId, { fromId: actor.staffId, toId, fromOn, toOn });
    await record(ctx, {
      act: 'catalogue.lend-reviews',
      subject: subjectOf(id),
      after: { toId, fromOn, toOn },
    });
    await notify(ctx, [toId], {
      title: `${actor.name}委托您在 ${fromOn} 至 ${toOn} 代为审查公开信息`,
      href: '/workbench/items/delegations',
    });
    return id;
  });
}

/** Ends what was lent, from today on; one's own, or anybody's for those who decide last. */
export async function revokeReviews(ctx: Ctx, id: number): Promise<void> {
  const { actor } = ctx;
  demand(actor, 'catalogue.read');
  const fromId = actor.kind === 'staff' && !may(actor, 'catalogue.review-final') ? actor.staffId : null;
  await transact(ctx, async (ctx) => {
    const on = ctx.clock.today().toString();
    if (!(await revokeDelegationRow(ctx.db, ctx.agencyId, id, { fromId, on })))
      throw new Refusal('catalogue-no-delegation', '这项委托已经收回，或者不是您的。');
    await record(ctx, { act: 'catalogue.revoke-reviews', subject: subjectOf(id), after: { revokedOn: on } });
  });
}

/** What the actor lent and what was lent to him; everything for those who decide last. */
export async function delegationsInSight(ctx: Ctx): Promise<Delegation[]> {
  demand(ctx.actor, 'catalogue.read');
  const { actor } = ctx;
  const everybody = actor.kind !== 'staff' || may(actor, 'catalogue.review-final');
  return listDelegations(ctx.db, ctx.agencyId, everybody ? null : actor.staffId);
}

/** Whether the actor has reviews of his own to lend. */
export function mayLend({ actor }: Pick<Ctx, 'actor'>): boolean {
  return (
    may(actor, 'catalogue.review-first') ||
    may(actor, 'catalogue.review-second') ||
    may(actor, 'catalogue.review-final')
  );
}

const subjectOf = (id: number) => ({ kind: 'review-delegation', id, label: `第 ${id} 号审查委托` });
