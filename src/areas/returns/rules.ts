import { Temporal } from 'temporal-polyfill';
import type { Figure } from '../../core/figure.ts';
import { Refusal } from '../../core/refusal.ts';
import type { WorkingCalendar } from '../../law/calendar.ts';

/**
 * Returns 数据填报: who may move a return from where to where, which periods and quantities can be reported, and when a
 * month is due. Nothing here waits, writes or looks at a clock.
 */
export const statuses = {
  draft: { label: '草稿', tone: 'neutral', shape: '○' },
  submitted: { label: '待审核', tone: 'info', shape: '◐' },
  returned: { label: '已退回', tone: 'warning', shape: '△' },
  accepted: { label: '已通过', tone: 'success', shape: '●' },
  withdrawn: { label: '已作废', tone: 'neutral', shape: '×' },
} as const;

export type Status = keyof typeof statuses;

export type Move = 'fill' | 'submit' | 'recall' | 'accept' | 'send-back' | 'reopen' | 'discard' | 'withdraw';

interface MoveRule {
  label: string;
  from: readonly Status[];
  /** null: the state stays. */
  to: Status | null;
  /** The unit that reports, or the office that reviews. */
  by: 'unit' | 'reviewer';
  reason: boolean;
}

/** The one table of moves; pages draw their buttons from it and every action asks it again. */
export const moves: Readonly<Record<Move, MoveRule>> = {
  fill: { label: '填写', from: ['draft', 'returned'], to: null, by: 'unit', reason: false },
  submit: { label: '报送', from: ['draft', 'returned'], to: 'submitted', by: 'unit', reason: false },
  recall: { label: '撤回报送', from: ['submitted'], to: 'draft', by: 'unit', reason: false },
  discard: { label: '作废', from: ['draft', 'returned'], to: 'withdrawn', by: 'unit', reason: true },
  accept: { label: '审核通过', from: ['submitted'], to: 'accepted', by: 'reviewer', reason: false },
  'send-back': { label: '退回', from: ['submitted'], to: 'returned', by: 'reviewer', reason: true },
  reopen: { label: '退回更正', from: ['accepted'], to: 'returned', by: 'reviewer', reason: true },
  withdraw: { label: '撤销', from: ['accepted'], to: 'withdrawn', by: 'reviewer', reason: true },
};

/** As much of a return as the rules look at. */
export interface ReturnState {
  status: Status;
  origin: 'form' | 'import';
  unitId: number;
  hands: readonly number[];
  lineCount: number;
}

/** As much of the person as the rules look at; `system` stands for jobs and imports. */
export interface Mover {
  staffId: number | null;
  unitId: number | null;
  mayFill: boolean;
  mayReview: boolean;
}

/** Why the person may not make the move now, or null when he may. Reasons are checked separately (`demandReason`). */
export function obstacle(
  move: Move,
  state: ReturnState,
  mover: Mover,
): { code: string; message: string } | null {
  const rule = moves[move];
  if (!rule.from.includes(state.status)) {
    return {
      code: 'returns-wrong-state',
      message: `这份填报现在是“${statuses[state.status].label}”，不能${rule.label}。`,
    };
  }
  if (rule.by === 'unit') {
    if (!mover.mayFill) return { code: 'returns-not-filler', message: `您没有填报权限，不能${rule.label}。` };
    if (mover.unitId !== state.unitId && !mover.mayReview) {
      return { code: 'returns-other-unit', message: `这是其他单位的填报，只能由该单位${rule.label}。` };
    }
  } else {
    if (!mover.mayReview) return { code: 'returns-not-reviewer', message: '只有信息公开专员可以审核填报。' };
    if (mover.staffId !== null && state.hands.includes(mover.staffId)) {
      return {
        code: 'returns-own-hand',
        message: '您填写或报送过这份填报，不能由本人审核，请交由其他信息公开专员办理。',
      };
    }
  }
  if (move === 'reopen' && state.origin === 'import') {
    return { code: 'returns-imported', message: '导入的历史数据没有可更正的填报表，请撤销后重新导入。' };
  }
  if (move === 'submit' && state.lineCount === 0) {
    return {
      code: 'returns-empty',
      message: '还没有填写任何指标。确实没有发生的请填 0，暂时无法统计的请选“留空”。',
    };
  }
  return null;
}

/** Refuses with the obstacle, or returns the state the move leads to. */
export function moved(move: Move, state: ReturnState, mover: Mover): Status {
  const found = obstacle(move, state, mover);
  if (found)
    throw new Refusal(found.code, found.message, {
      status: found.code === 'returns-wrong-state' ? 409 : 403,
    });
  return moves[move].to ?? state.status;
}

/** Publishers and unit heads see their own unit's returns; everyone else who may read sees all. */
export function seesAllUnits(roles: readonly string[]): boolean {
  return roles.some((role) => !['publisher', 'unit-head'].includes(role));
}

/** What is wrong with a quantity (decimal text), or null. */
export function quantityProblem(figure: Figure, quantity: string): string | null {
  if (quantity.startsWith('-') && !figure.signed) return '不能是负数';
  const [whole = '', fraction = ''] = quantity.replace('-', '').split('.');
  if (figure.measure === 'count' && fraction !== '') return `应填整数（单位：${figure.unit}）`;
  if (fraction.length > 6) return '小数最多 6 位';
  if (whole.length > 12) return '数值过大，请核对';
  return null;
}

export interface Period {
  from: string;
  to: string;
}

/** The period of a month given as `YYYY-MM`. */
export function monthPeriod(month: string): Period {
  const first = Temporal.PlainDate.from(`${month}-01`);
  return { from: first.toString(), to: first.add({ months: 1 }).subtract({ days: 1 }).toString() };
}

export function isWholeMonth({ from, to }: Period): boolean {
  return from.endsWith('-01') && monthPeriod(from.slice(0, 7)).to === to;
}

/** What is wrong with the period of a return for that unit, or null. A month may be filled in while it runs. */
export function periodProblem(
  period: Period,
  today: Temporal.PlainDate,
  unitClosedOn: string | null,
): string | null {
  if (period.from > period.to) return '起始日期不能晚于截止日期';
  if (period.from.slice(0, 4) !== period.to.slice(0, 4)) return '起止日期应在同一年内，跨年的请分开填报';
  if (period.from > today.toString()) return '期间还没有开始，不能提前填报';
  if (unitClosedOn !== null && period.from > unitClosedOn)
    return `该单位已于 ${unitClosedOn} 撤销，之后的月份不再填报`;
  return null;
}

/** A month can be submitted when it is over. */
export function submissionProblem(period: Period, today: Temporal.PlainDate): string | null {
  return period.to >= today.toString()
    ? `期间到 ${period.to} 结束，次日起才能报送；现在可以先保存草稿`
    : null;
}

/** The last day on which a month's return is in time: the n-th working day of the following month. */
export function dueDate(month: string, workingDay: number, calendar: WorkingCalendar): Temporal.PlainDate {
  const lastOfMonth = Temporal.PlainDate.from(monthPeriod(month).to);
  return calendar.workingDayAfter(lastOfMonth, workingDay);
}

/** Reporting duties of an agency, from its settings (`settings.returns`). */
export interface Duty {
  /** First month reported monthly (`YYYY-MM`); null: nothing is due monthly, units report when asked. */
  monthlySince: string | null;
  /** The n-th working day of the following month. */
  dueWorkingDay: number;
  /** Codes of the units obliged; null: every open unit. */
  units: readonly string[] | null;
}

export const defaultDuty: Duty = { monthlySince: null, dueWorkingDay: 5, units: null };

/** Reads the settings, keeping the default where a value is absent or out of range. */
export function dutyOf(settings: Readonly<Record<string, unknown>>): Duty {
  const given = (settings.returns ?? {}) as Record<string, unknown>;
  const { monthlySince, dueWorkingDay, units } = given;
  return {
    monthlySince:
      typeof monthlySince === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(monthlySince) ? monthlySince : null,
    dueWorkingDay:
      typeof dueWorkingDay === 'number' &&
      Number.isInteger(dueWorkingDay) &&
      dueWorkingDay >= 1 &&
      dueWorkingDay <= 20
        ? dueWorkingDay
        : defaultDuty.dueWorkingDay,
    units: Array.isArray(units) ? units.filter((unit) => typeof unit === 'string') : null,
  };
}

/** Months of the year whose return is owed by now: from `monthlySince` on, ended, the unit open on their first day. */
export function owedMonths(
  year: number,
  duty: Duty,
  unit: { code: string; closedOn: string | null },
  today: Temporal.PlainDate,
): string[] {
  const since = duty.monthlySince;
  if (since === null || (duty.units !== null && !duty.units.includes(unit.code))) return [];
  return monthsOf(year).filter((month) => {
    const { from, to } = monthPeriod(month);
    return month >= since && to < today.toString() && (unit.closedOn === null || from <= unit.closedOn);
  });
}

export function monthsOf(year: number): string[] {
  return Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
}
