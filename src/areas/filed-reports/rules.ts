import type { Temporal } from 'temporal-polyfill';
import { Refusal } from '../../core/refusal.ts';
import type {
  CellState,
  CorrectionState,
  FindingCounts,
  FoundBy,
  Judgement,
  ReportFinding,
  ReportState,
} from './model.ts';

/**
 * Where filed reports stand and what may be done with them. Nothing here waits or writes: the caller loads, asks, writes
 * what is answered and records the act.
 */
export const FIRST_YEAR = 2008;
export const LAST_YEAR = 2100;

export const isYear = (year: number): boolean =>
  Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR;

export const judgements: Record<Judgement, string> = {
  confirmed: '属实',
  dismissed: '不成立',
  explained: '已说明',
};

type Weight = keyof FindingCounts;

/** What a finding weighs after the office's judgement. A hint (notice) weighs nothing until the office confirms it. */
export function weightOf(
  finding: Pick<ReportFinding, 'verdict' | 'severity'>,
  judged: Judgement | null,
): Weight {
  if (judged === 'dismissed' || judged === 'explained') return 'settled';
  if (judged === 'confirmed') return 'wrong';
  if (finding.verdict === 'unassessable') return 'unassessable';
  if (finding.severity === 'notice') return 'notices';
  return finding.verdict === 'wrong' ? 'wrong' : 'doubtful';
}

/** Counts findings by weight, and what they make of a report: what could not be read is not clean. */
export function standingOf(
  findings: readonly { finding: Pick<ReportFinding, 'verdict' | 'severity'>; judged: Judgement | null }[],
): FindingCounts & { state: ReportState } {
  const counts: FindingCounts = { wrong: 0, doubtful: 0, unassessable: 0, notices: 0, settled: 0 };
  for (const { finding, judged } of findings) counts[weightOf(finding, judged)] += 1;
  const open = counts.doubtful + counts.unassessable;
  return { ...counts, state: counts.wrong > 0 ? 'wrong' : open > 0 ? 'doubtful' : 'clean' };
}

const ranks: Record<ReportFinding['verdict'], number> = { wrong: 0, uncertain: 1, unassessable: 2 };

/** A hint (提示) asks for nothing; what cannot be assessed is none. */
const isHint = ({ verdict, severity }: Pick<ReportFinding, 'verdict' | 'severity'>): boolean =>
  severity === 'notice' && verdict !== 'unassessable';

/** Problems first, differences second, what cannot be assessed last; hints after everything else of their kind. */
export function rankOf({ verdict, severity }: Pick<ReportFinding, 'verdict' | 'severity'>): number {
  return ranks[verdict] * 2 + (isHint({ verdict, severity }) ? 1 : 0);
}

/** Whether a report of the year is expected of a body. */
export function isExpected(unit: { expectedFrom: number; expectedTo: number | null }, year: number): boolean {
  return unit.expectedFrom <= year && (unit.expectedTo === null || unit.expectedTo >= year);
}

/** The state of a cell of the matrix; `filed` is where the unit and year stand, null when nothing came. */
export function cellState(
  filed: ReportState | null,
  unit: { expectedFrom: number; expectedTo: number | null },
  year: number,
): CellState {
  return filed ?? (isExpected(unit, year) ? 'missing' : 'not-expected');
}

/** What a file tells of itself, with the units those names belong to. */
export interface FilingFacts {
  agencyInText: string | null;
  yearInText: number | null;
  unitInText: { id: number; name: string } | null;
  unitInFileName: { id: number; name: string } | null;
  /** The text's name is the file name's with words before it, as `昆明市五华区教育局` is `五华区教育局`. */
  fileNameEndsText: boolean;
  yearInFileName: number | null;
  /** The year the sender named. */
  batchYear: number | null;
}

/**
 * Where a read report is filed, or why a person must say. A report is never filed by a likeness of names, nor where text,
 * file name and sender say different things.
 */
export function whereToFile(
  facts: FilingFacts,
): { unitId: number; year: number; foundBy: FoundBy; fault: null } | { fault: string } {
  const { agencyInText, yearInText, unitInText, unitInFileName, batchYear } = facts;
  if (agencyInText !== null && !unitInText && !(unitInFileName && facts.fileNameEndsText))
    return { fault: `报告写的单位是“${agencyInText}”，报送单位名单中没有这个名称。` };
  if (unitInText && unitInFileName && unitInText.id !== unitInFileName.id)
    return { fault: `报告写的单位是“${unitInText.name}”，文件名写的是“${unitInFileName.name}”。` };
  const unit = unitInText ?? unitInFileName;
  if (!unit) return { fault: '报告没有写明单位，文件名中也没有名单上的单位名称。' };
  if (yearInText !== null && batchYear !== null && yearInText !== batchYear)
    return { fault: `报告写的是 ${yearInText} 年度，上传时选择的是 ${batchYear} 年度。` };
  const year = yearInText ?? batchYear ?? facts.yearInFileName;
  if (year === null) return { fault: '报告没有写明是哪个年度的。' };
  if (!isYear(year)) return { fault: `报告写的年度是 ${year} 年，不在可以报送的年份之内。` };
  return { unitId: unit.id, year, foundBy: unitInText ? 'text' : 'file-name', fault: null };
}

export type CorrectionMove = 'ask' | 'answer' | 'remark' | 'change-due' | 'close';

/** Who may move a correction from where to where: the office asks and closes, the unit answers. */
export const correctionMoves: Record<
  CorrectionMove,
  { label: string; from: readonly CorrectionState[]; to: CorrectionState | null }
> = {
  ask: { label: '再次要求更正', from: ['open', 'answered'], to: 'open' },
  answer: { label: '登记单位答复', from: ['open', 'answered'], to: 'answered' },
  /** Words that leave the case where it is. */
  remark: { label: '补充说明', from: ['open', 'answered'], to: null },
  'change-due': { label: '调整期限', from: ['open'], to: 'open' },
  close: { label: '办结', from: ['open', 'answered'], to: 'closed' },
};

export const correctionStates: Record<CorrectionState, string> = {
  open: '待单位更正',
  answered: '单位已答复',
  closed: '已办结',
};

/** Where the move leads. @throws Refusal when the correction does not stand where it may be made */
export function movedCorrection(move: CorrectionMove, state: CorrectionState): CorrectionState {
  const { label, from, to } = correctionMoves[move];
  if (!from.includes(state))
    throw new Refusal('correction-state', `这项更正${correctionStates[state]}，不能${label}。`);
  return to ?? state;
}

/** An answer is late while none came and its day has passed. */
export function isOverdue(
  { state, dueOn }: { state: CorrectionState; dueOn: string },
  today: string,
): boolean {
  return state === 'open' && dueOn < today;
}

/** What is wrong with a due date, in words beside the field, or null. `dueOn` is a real day as `YYYY-MM-DD`. */
export function dueDateProblem(dueOn: string, today: Temporal.PlainDate): string | null {
  if (dueOn <= today.toString()) return '期限应晚于今天。';
  return dueOn > today.add({ years: 1 }).toString() ? '期限不能超过一年。' : null;
}

export const DEFAULT_CORRECTION_DAYS = 10;

/** Working days a unit is given to correct, from the agency's settings; what is missing or out of range takes its default. */
export function correctionDaysOf(settings: Readonly<Record<string, unknown>>): number {
  const group = settings.filedReports;
  const days =
    typeof group === 'object' && group !== null && 'correctionDays' in group ? group.correctionDays : null;
  return typeof days === 'number' && Number.isInteger(days) && days >= 1 && days <= 60
    ? days
    : DEFAULT_CORRECTION_DAYS;
}
