import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { visibleText } from '../../core/visible-text.ts';
import { record } from '../../ledger/index.ts';
import { demand, may } from '../organisations/index.ts';
import { holdVersion, now, staffOf, subjectOf, tellAuthor } from './acting.ts';
import { settingsOfCatalogue } from './duty.ts';
import { findItem } from './item-store.ts';
import { type Attribute, attributes } from './model.ts';
import { type ReassessmentForm, reassessmentObstacle, reassessmentProblems } from './reassessment-rules.ts';
import {
  countKeptBack,
  insertReassessment,
  type KeptBack,
  type KeptBackPlace,
  keptBack,
  reassessmentsOf,
  setAttribute,
  setNextReview,
} from './reassessment-store.ts';
import { updateVersion } from './version-store.ts';

const PAGE = 50;
const GROUND = '《中华人民共和国政府信息公开条例》第十八条';

const actorOf = ({ actor }: Ctx) => ({
  may: may(actor, 'catalogue.reassess'),
  unitId: actor.kind === 'staff' ? actor.unitId : null,
  everyUnit: may(actor, 'catalogue.review-final'),
});

/**
 * Looks again at what is not public (定期评估审查, 711/18). Kept as it is, it gets the day of the next look; otherwise the version
 * goes back to its author with the new attribute, and from there through review as any other. @throws InvalidForm, Refusal
 */
export async function reassessItem(ctx: Ctx, itemId: number, form: ReassessmentForm): Promise<void> {
  demand(ctx.actor, 'catalogue.reassess');
  const assessedBy = staffOf(ctx);
  if (assessedBy === null)
    throw new Refusal('reassessment-not-yours', '评估由工作人员办理。', { status: 403 });
  await transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    const { item, version } = await holdVersion(ctx, itemId);
    const found = reassessmentObstacle({ ...version, unitId: item.unitId }, actorOf(ctx));
    if (found) {
      const status = found.code === 'reassessment-not-kept' ? 409 : 403;
      throw new Refusal(found.code, found.message, { status, article: GROUND });
    }
    const { attribute } = version;
    if (attribute === 'proactive') throw new Error('the rules let public information through');
    const today = ctx.clock.today().toString();
    const problems = reassessmentProblems(form, attribute, today);
    if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
    const result = form.result as Attribute;
    const reason = visibleText(form.reason).trim();
    const kept = result === attribute;
    await insertReassessment(db, agencyId, {
      itemId,
      version: version.version,
      attribute,
      result,
      reason,
      assessedOn: today,
      nextOn: kept ? form.nextOn : null,
      assessedBy,
      at: now(ctx),
    });
    if (kept) await setNextReview(db, agencyId, version, form.nextOn);
    else {
      await updateVersion(db, agencyId, version, { state: 'draft', step: '', submitted_at: null });
      await setAttribute(db, agencyId, version, result, reason);
      await tellAuthor(ctx, item, version, `经评估改为${attributes[result]}，请修改后送审`);
    }
    await record(ctx, {
      act: 'catalogue.reassess',
      ground: GROUND,
      subject: subjectOf({ id: itemId, title: version.title }),
      before: { attribute: attributes[attribute] },
      after: { attribute: attributes[result], ...(kept && { nextReviewOn: form.nextOn }) },
      reason,
    });
  });
}

export interface KeptBackQuery {
  /** Only what is due by today. */
  due: boolean;
  unitId: number | null;
}

/** One page of what is not public, by the day it is to be looked at again. */
export async function keptBackPage(
  ctx: Ctx,
  query: KeptBackQuery,
  after: KeptBackPlace | null,
): Promise<{ rows: KeptBack[]; next: KeptBackPlace | null; due: number }> {
  demand(ctx.actor, 'catalogue.read');
  const { reassessmentMonths } = await settingsOfCatalogue(ctx);
  const today = ctx.clock.today().toString();
  const [found, due] = await Promise.all([
    keptBack(
      ctx.db,
      ctx.agencyId,
      reassessmentMonths,
      { until: query.due ? today : null, unitId: query.unitId },
      { after, limit: PAGE + 1 },
    ),
    countKeptBack(ctx.db, ctx.agencyId, reassessmentMonths, today, query.unitId),
  ]);
  const rows = found.slice(0, PAGE);
  const last = rows.at(-1);
  return {
    rows,
    next: found.length > PAGE && last ? { dueOn: last.dueOn, itemId: last.itemId } : null,
    due,
  };
}

/** What is due for this person to assess: of his unit, or of every unit. */
export async function reassessmentsDue(ctx: Ctx): Promise<number> {
  const actor = actorOf(ctx);
  if (!actor.may) return 0;
  const { reassessmentMonths } = await settingsOfCatalogue(ctx);
  const today = ctx.clock.today().toString();
  return countKeptBack(
    ctx.db,
    ctx.agencyId,
    reassessmentMonths,
    today,
    actor.everyUnit ? null : actor.unitId,
  );
}

/** One kept-back item with its earlier assessments, and whether the actor may assess it. @throws NotFound */
export async function readKeptBack(ctx: Ctx, itemId: number) {
  demand(ctx.actor, 'catalogue.read');
  const { db, agencyId } = ctx;
  const { reassessmentMonths } = await settingsOfCatalogue(ctx);
  const [[row], item, history] = await Promise.all([
    keptBack(
      db,
      agencyId,
      reassessmentMonths,
      { until: null, unitId: null, itemId },
      { after: null, limit: 1 },
    ),
    findItem(db, agencyId, itemId),
    reassessmentsOf(db, agencyId, itemId),
  ]);
  if (!item || (!row && history.length === 0)) throw new NotFound('这条信息没有待评估的不公开决定。');
  const next = ctx.clock.today().add({ months: reassessmentMonths }).toString();
  const obstacle = row
    ? reassessmentObstacle({ unitId: row.unitId, state: 'approved', attribute: row.attribute }, actorOf(ctx))
    : null;
  return { item, row: row ?? null, history, next, obstacle };
}
