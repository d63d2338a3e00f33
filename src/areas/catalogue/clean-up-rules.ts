import { visibleLine, visibleText } from '../../core/visible-text.ts';
import { parseDay } from '../../law/index.ts';
import type { NormativeKind, Validity } from './model.ts';
import type { Obstacle } from './rules.ts';

/** 清理: what is proposed for a document, and what the decision makes of it. `amend`: the decision itself amends it. */
export const cleanUpProposals = {
  keep: '保留',
  amend: '修改',
  repeal: '废止',
  expire: '宣布失效',
} as const;
export type CleanUpProposal = keyof typeof cleanUpProposals;

export const cleanUpStates = {
  collecting: { label: '部门提出意见', tone: 'info' },
  submitted: { label: '等待领导决定', tone: 'warning' },
  decided: { label: '已决定', tone: 'success' },
  dropped: { label: '已取消', tone: 'neutral' },
} as const;
export type CleanUpState = keyof typeof cleanUpStates;

/** The validity that a proposal leads to; null leaves it as it is. */
export const validityOfProposal: Readonly<Record<CleanUpProposal, Validity | null>> = {
  keep: null,
  amend: 'amended',
  repeal: 'repealed',
  expire: 'expired',
};

export type CleanUpMove = 'propose' | 'submit' | 'send-back' | 'decide' | 'drop' | 'draft-result';

interface MoveRule {
  label: string;
  from: readonly CleanUpState[];
  act: 'catalogue.validity' | 'catalogue.clean-up' | 'catalogue.decide-clean-up';
}

/** Who moves a clean-up, in which state; pages draw their buttons from it and every action asks it again. */
export const cleanUpMoves: Readonly<Record<CleanUpMove, MoveRule>> = {
  propose: { label: '提出清理意见', from: ['collecting'], act: 'catalogue.validity' },
  submit: { label: '提请领导决定', from: ['collecting'], act: 'catalogue.clean-up' },
  'send-back': { label: '退回补充', from: ['submitted'], act: 'catalogue.decide-clean-up' },
  decide: { label: '批准清理结果', from: ['submitted'], act: 'catalogue.decide-clean-up' },
  drop: { label: '取消清理', from: ['collecting', 'submitted'], act: 'catalogue.clean-up' },
  'draft-result': { label: '起草清理结果公告', from: ['decided'], act: 'catalogue.clean-up' },
};

const no = (code: string, message: string): Obstacle => ({ code, message, article: null });

/** Why a clean-up cannot be moved so now; null when it can. */
export function cleanUpObstacle(
  move: CleanUpMove,
  cleanUp: { state: CleanUpState; submittedBy: number | null; resultItem: number | null },
  facts: { may: boolean; staffId: number | null; unanswered: number },
): Obstacle | null {
  const rule = cleanUpMoves[move];
  if (!facts.may) return no('clean-up-not-yours', `您没有“${rule.label}”的权限。`);
  if (!rule.from.includes(cleanUp.state))
    return no(
      'clean-up-wrong-state',
      `这次清理现在是“${cleanUpStates[cleanUp.state].label}”，不能${rule.label}。`,
    );
  if (move === 'submit' && facts.unanswered > 0)
    return no('clean-up-unanswered', `还有 ${facts.unanswered} 份文件没有清理意见。`);
  if ((move === 'decide' || move === 'send-back') && facts.staffId === cleanUp.submittedBy)
    return no('clean-up-own', '清理结果由您提请，须由他人决定。');
  if (move === 'draft-result' && cleanUp.resultItem !== null)
    return no('clean-up-published', '清理结果公告已经起草。');
  return null;
}

export interface CleanUpForm {
  name: string;
  kinds: readonly string[];
  cutoffOn: string;
  replyBy: string;
  ground: string;
}

export const cleanUpKinds: readonly Exclude<NormativeKind, 'none'>[] = ['normative', 'rule'];

/** What is wrong with a new clean-up, at its field. `today` is an ISO date. */
export function cleanUpProblems(form: CleanUpForm, today: string): Record<string, string> {
  const problems: Record<string, string> = {};
  const name = visibleLine(form.name);
  if (name.length < 4 || name.length > 100) problems.name = '请写明这次清理的名称，4 至 100 字。';
  if (!form.kinds.some((kind) => cleanUpKinds.some((known) => known === kind)))
    problems.kinds = '请至少选择一类文件。';
  if (parseDay(form.cutoffOn) === null) problems.cutoffOn = '请填写日历上有的日期，写成 2026-01-31。';
  else if (form.cutoffOn > today) problems.cutoffOn = '文件成文截止日期不能晚于今天。';
  if (parseDay(form.replyBy) === null) problems.replyBy = '请填写日历上有的日期，写成 2026-01-31。';
  else if (form.replyBy < today) problems.replyBy = '答复期限不能早于今天。';
  const ground = visibleText(form.ground).trim();
  if (ground.length < 2 || ground.length > 500) problems.ground = '请写明依据，2 至 500 字；公告会引用。';
  return problems;
}

/** What is wrong with a proposal for one document, at its field. */
export function proposalProblems(
  form: { proposal: string; ground: string; replacedBy: number | null },
  itemId: number,
): Record<string, string> {
  const problems: Record<string, string> = {};
  if (!Object.hasOwn(cleanUpProposals, form.proposal)) problems.proposal = '请选择清理意见。';
  const ground = visibleText(form.ground).trim();
  if (form.proposal !== 'keep' && (ground.length < 2 || ground.length > 500))
    problems.ground = '请写明理由，2 至 500 字。';
  else if (ground.length > 500) problems.ground = '理由最多 500 字。';
  if (form.replacedBy === itemId) problems.replacement = '一份文件不能由它自己代替。';
  return problems;
}
