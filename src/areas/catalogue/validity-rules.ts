import { visibleText } from '../../core/visible-text.ts';
import { parseDay } from '../../law/index.ts';
import { type Item, type Validity, validities } from './model.ts';
import type { Obstacle } from './rules.ts';

/*
 * 有效性 of documents. A document is in force from its first day; notes tell since when it is something else. The note that
 * began last by a day, or of several of one day the one written last, says what it is on that day: always exactly one thing.
 */

export interface ValidityNote {
  id: number;
  validity: Validity;
  fromOn: string;
}

/** The note that rules on a day (ISO dates); null while the document is simply in force. */
export function lastNote<N extends ValidityNote>(notes: readonly N[], day: string): N | null {
  return notes.reduce<N | null>(
    (last, note) =>
      note.fromOn <= day &&
      (last === null || note.fromOn > last.fromOn || (note.fromOn === last.fromOn && note.id > last.id))
        ? note
        : last,
    null,
  );
}

/** 废止 and 失效: the document is out of force. */
export const isGone = (validity: Validity): boolean => validity === 'repealed' || validity === 'expired';

export interface ValidityForm {
  validity: string;
  fromOn: string;
  ground: string;
  replacedBy: number | null;
}

const reasonProblem = (ground: string): string | null =>
  ground.length < 2 || ground.length > 500 ? '请写明依据，2 至 500 字；读者会看到。' : null;

/** What is wrong with a proposed change, at its field. `today` is an ISO date. */
export function validityProblems(
  form: ValidityForm,
  item: Pick<Item, 'id' | 'formedOn' | 'validity'>,
  today: string,
): Record<string, string> {
  const problems: Record<string, string> = {};
  if (!Object.hasOwn(validities, form.validity)) problems.validity = '请选择变更为哪一种有效性。';
  else if (form.validity === item.validity && form.validity !== 'amended')
    problems.validity = `这份文件现在就是“${validities[item.validity]}”。`;
  if (parseDay(form.fromOn) === null) problems.fromOn = '请填写日历上有的日期，写成 2026-01-31。';
  else if (form.fromOn > today) problems.fromOn = '不能晚于今天；到期才失效的，请登记有效期。';
  else if (item.formedOn !== null && form.fromOn < item.formedOn)
    problems.fromOn = `不能早于成文日期 ${item.formedOn}。`;
  const ground = reasonProblem(visibleText(form.ground).trim());
  if (ground) problems.ground = ground;
  if (form.replacedBy !== null && form.replacedBy === item.id)
    problems.replacement = '一份文件不能由它自己代替。';
  else if (form.replacedBy !== null && form.validity === 'in-force')
    problems.replacement = '有效的文件没有被代替，请留空。';
  return problems;
}

/** What is wrong with an end of validity; '' takes it away. */
export function termProblems(
  form: { validUntil: string; ground: string },
  item: Pick<Item, 'formedOn' | 'validUntil'>,
  today: string,
): Record<string, string> {
  const problems: Record<string, string> = {};
  if (form.validUntil === '') {
    if (item.validUntil === null) problems.validUntil = '请填写有效期的最后一日。';
  } else if (parseDay(form.validUntil) === null)
    problems.validUntil = '请填写日历上有的日期，写成 2026-01-31。';
  else if (form.validUntil < today) problems.validUntil = '这一天已经过去；已经失效的，请办理“失效”。';
  else if (item.formedOn !== null && form.validUntil < item.formedOn)
    problems.validUntil = `不能早于成文日期 ${item.formedOn}。`;
  const ground = reasonProblem(visibleText(form.ground).trim());
  if (ground) problems.ground = ground;
  return problems;
}

/** Who wants to do something about the validity of a document. */
export interface ValidityActor {
  staffId: number | null;
  unitId: number | null;
  may: boolean;
  /** Answers for the documents of every unit. */
  everyUnit: boolean;
}

const no = (code: string, message: string): Obstacle => ({ code, message, article: null });

/** Why the actor cannot propose a change for a document now; null when he can. */
export function proposalObstacle(
  item: Pick<Item, 'state' | 'unitId' | 'normative'>,
  open: boolean,
  actor: ValidityActor,
): Obstacle | null {
  if (!actor.may) return no('validity-not-yours', '您没有“清理文件、标注有效性”的权限。');
  if (!actor.everyUnit && actor.unitId !== item.unitId)
    return no('validity-other-unit', '这是其他部门的文件，由该部门或者信息公开专员提出。');
  if (item.state !== 'published') return no('validity-not-public', '只有已公开的文件标注有效性。');
  if (item.normative === 'none')
    return no('validity-no-document', '有效性只对行政规范性文件和规章标注；请先在修改稿中选明文件种类。');
  if (open) return no('validity-open', '这份文件已有一项变更等待审核，请先办完那一项。');
  return null;
}

/** Why the actor cannot decide a proposed change; null when he can. Nobody decides his own. */
export function decisionObstacle(
  change: { state: string; proposedBy: number },
  actor: Pick<ValidityActor, 'staffId' | 'may'>,
): Obstacle | null {
  if (!actor.may) return no('validity-not-yours', '您没有“审核有效性变更”的权限。');
  if (change.state !== 'open') return no('validity-decided', '这项变更已经办理过了。');
  if (actor.staffId === change.proposedBy)
    return no('validity-own', '这项变更由您提出，须由他人审核（先审核后公开）。');
  return null;
}
