import { Temporal } from 'temporal-polyfill';
import { visibleText } from '../../core/visible-text.ts';
import { parseDay } from '../../law/index.ts';
import { type Attribute, attributes } from './model.ts';
import type { Obstacle } from './rules.ts';

/** When what is not public is looked at again: the day that was set, else so many months after it was decided. ISO dates. */
export function reassessmentDue(
  facts: { nextReviewOn: string | null; decidedOn: string },
  months: number,
): string {
  return facts.nextReviewOn ?? Temporal.PlainDate.from(facts.decidedOn).add({ months }).toString();
}

export interface ReassessmentForm {
  result: string;
  reason: string;
  nextOn: string;
}

/** What is wrong with an assessment, at its field. `today` is an ISO date. */
export function reassessmentProblems(
  form: ReassessmentForm,
  attribute: Attribute,
  today: string,
): Record<string, string> {
  const problems: Record<string, string> = {};
  if (!Object.hasOwn(attributes, form.result)) problems.result = '请选择评估结果。';
  const reason = visibleText(form.reason).trim();
  if (reason.length < 2 || reason.length > 500) problems.reason = '请写明理由和依据，2 至 500 字。';
  if (form.result !== attribute) return problems;
  if (parseDay(form.nextOn) === null) problems.nextOn = '请填写日历上有的日期，写成 2026-01-31。';
  else if (form.nextOn <= today) problems.nextOn = '下次评估的日期应在今天之后。';
  return problems;
}

/** Why the actor cannot assess it now; null when he can. */
export function reassessmentObstacle(
  facts: { unitId: number; state: string; attribute: Attribute },
  actor: { may: boolean; unitId: number | null; everyUnit: boolean },
): Obstacle | null {
  const no = (code: string, message: string): Obstacle => ({
    code,
    message,
    article: '《中华人民共和国政府信息公开条例》第十八条',
  });
  if (!actor.may) return no('reassessment-not-yours', '您没有“评估审查不公开信息”的权限。');
  if (!actor.everyUnit && actor.unitId !== facts.unitId)
    return no('reassessment-other-unit', '这是其他部门的信息，由该部门评估。');
  if (facts.state !== 'approved' || facts.attribute === 'proactive')
    return no('reassessment-not-kept', '只有已审定为不公开的信息需要评估。');
  return null;
}
