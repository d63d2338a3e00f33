import { Refusal } from '../../core/refusal.ts';
import {
  type CatalogueColumn,
  type Item,
  type ReviewResult,
  type ReviewStep,
  reviewSteps,
  type Version,
  versionStates,
} from './model.ts';
import { groundOf, type Move, moves } from './moves.ts';

/** Somebody whose review is lent to the mover today, who could make the move himself. */
export interface Lender {
  staffId: number;
  unitId: number;
  everyUnit: boolean;
}

/** Who wants to move a version, by his own roles (`may`) or by what was lent to him. */
export interface Mover {
  staffId: number | null;
  unitId: number | null;
  may: boolean;
  everyUnit: boolean;
  lenders: readonly Lender[];
}

export interface Obstacle {
  code: string;
  message: string;
  article: string | null;
}

const no = (code: string, message: string, article: string | null = null): Obstacle => ({
  code,
  message,
  article,
});

const ALL_STEPS = Object.keys(reviewSteps) as ReviewStep[];

/** The steps a version of that column goes through; those of the agency where the column names none. */
export function stepsOf(
  column: Pick<CatalogueColumn, 'reviewSteps'> | null,
  agencySteps: readonly ReviewStep[],
): ReviewStep[] {
  const wanted = column && column.reviewSteps.length > 0 ? column.reviewSteps : agencySteps;
  const steps = ALL_STEPS.filter((step) => wanted.includes(step));
  return steps.length > 0 ? steps : ALL_STEPS;
}

/** The steps of an agency, kept under `settings.catalogue.reviewSteps`; all three without. */
export function agencySteps(settings: Readonly<Record<string, unknown>>): ReviewStep[] {
  const given = (settings.catalogue as { reviewSteps?: unknown } | undefined)?.reviewSteps;
  const steps = Array.isArray(given) ? ALL_STEPS.filter((step) => given.includes(step)) : [];
  return steps.length > 0 ? steps : ALL_STEPS;
}

/** What a decision at a step leads to: the next step, the end of review, back to the author, or out to the secrecy office. */
export function afterReview(
  step: ReviewStep,
  result: ReviewResult,
  steps: readonly ReviewStep[],
): { state: 'in-review' | 'approved' | 'draft'; step: ReviewStep | 'secrecy' | ''; concluding: boolean } {
  if (result === 'refused') return { state: 'draft', step: '', concluding: false };
  if (result === 'referred') return { state: 'in-review', step: 'secrecy', concluding: false };
  const next = steps[steps.indexOf(step) + 1];
  return next
    ? { state: 'in-review', step: next, concluding: false }
    : { state: 'approved', step: '', concluding: true };
}

/** Why the move cannot be made now, or null when it can. */
export function obstacle(move: Move, item: Item, version: Version, mover: Mover): Obstacle | null {
  const rule = moves[move];
  if (!mover.may && mover.lenders.length === 0)
    return no('catalogue-not-yours', `您没有“${rule.label}”的权限。`);
  const own = mover.may && (!rule.ownUnit || mover.everyUnit || mover.unitId === item.unitId);
  if (mover.staffId !== null && !own && lenderFor(move, item, mover) === null) {
    return no('catalogue-other-unit', `这是其他部门的信息，只能由该部门${rule.label}。`);
  }
  if (!rule.from.includes(version.state)) {
    return no(
      'catalogue-wrong-state',
      `这份稿件现在是“${versionStates[version.state].label}”，不能${rule.label}。`,
    );
  }
  return reviewObstacle(move, item, version, mover) ?? attributeObstacle(move, version);
}

/** The person in whose place the mover acts; null when his own roles do, or nobody's review of this item is lent to him. */
export function lenderFor(
  move: Move,
  item: Pick<Item, 'unitId'>,
  mover: Mover,
  version?: Pick<Version, 'authorId' | 'hands'>,
): Lender | null {
  const { ownUnit } = moves[move];
  if (mover.may && (!ownUnit || mover.everyUnit || mover.unitId === item.unitId)) return null;
  return (
    mover.lenders.find(
      ({ staffId, unitId, everyUnit }) =>
        (!ownUnit || everyUnit || unitId === item.unitId) && !(version && wroteIn(version, staffId)),
    ) ?? null
  );
}

const wroteIn = ({ authorId, hands }: Pick<Version, 'authorId' | 'hands'>, staffId: number): boolean =>
  authorId === staffId || hands.includes(staffId);

const stepOfMove: Partial<Record<Move, ReviewStep>> = {
  'review-first': 'first',
  'review-second': 'second',
  'review-final': 'final',
};

function reviewObstacle(move: Move, item: Item, version: Version, mover: Mover): Obstacle | null {
  const step = stepOfMove[move];
  const reviews = step !== undefined || move === 'review-afterwards' || move === 'record-determination';
  if (!reviews) return null;
  if (step !== undefined && version.step !== step) {
    const now =
      version.step === 'secrecy'
        ? '保密行政管理部门确定'
        : version.step === ''
          ? ''
          : reviewSteps[version.step];
    return no('catalogue-other-step', `这份稿件现在等待${now}，还不能${moves[move].label}。`);
  }
  if (move === 'record-determination' && version.step !== 'secrecy')
    return no('catalogue-not-referred', '这份稿件没有报保密行政管理部门确定。');
  if (move === 'review-afterwards' && version.reviewDueOn === null)
    return no('catalogue-reviewed', '这个版本不是紧急发布，或者已经补审。');
  if (mover.staffId === null) return null;
  const lender = lenderFor(move, item, mover);
  if (lender !== null && lenderFor(move, item, mover, version) === null) {
    return no(
      'catalogue-own-hand',
      '这份稿件由委托您代为审查的人撰写或修改过，须由他人审查（先审核后公开）。',
      groundOf(move),
    );
  }
  if (wroteIn(version, mover.staffId)) {
    return no(
      'catalogue-own-hand',
      '这份稿件由您撰写或修改过，须由他人审查（先审核后公开）。',
      groundOf(move),
    );
  }
  return null;
}

function attributeObstacle(move: Move, version: Version): Obstacle | null {
  const publishes = move === 'publish' || move === 'publish-urgently';
  return publishes && version.attribute !== 'proactive'
    ? no('catalogue-not-proactive', '公开属性不是“主动公开”的信息不能发布。', groundOf('publish'))
    : null;
}

/** @throws Refusal with the obstacle */
export function demandMove(...question: Parameters<typeof obstacle>): void {
  const found = obstacle(...question);
  if (found === null) return;
  const status = found.code === 'catalogue-wrong-state' || found.code === 'catalogue-other-step' ? 409 : 403;
  throw new Refusal(found.code, found.message, { status, ...(found.article && { article: found.article }) });
}

/** Working days within which an urgent publication is reviewed; an agency may set another number. */
export const URGENT_REVIEW_DAYS = 3;
