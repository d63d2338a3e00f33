import { awaitsOpinion, openStates, type QueuedRequest } from '../../areas/requests/index.ts';
import { replyKind } from '../../law/index.ts';
import { daysLeft, formatDate, formatNearDay } from '../../ui/index.ts';

/** Working days from which a light turns amber. */
const AMBER_DAYS = 5;

export interface DueWords {
  /** Null: no limit runs, there is nothing to warn of. */
  tone: 'green' | 'amber' | 'red' | null;
  words: string;
}

const standing: Readonly<Record<string, string>> = {
  'awaiting-correction': '等待补正，期限未计',
  'awaiting-payment': '等待缴费，期限未计',
  lapsed: '视为放弃，期限未计',
  'open-ended': '征求意见中，期限停计',
};

/** Where a request's limit stands, as a light with its words: 还有 3 个工作日（10月17日到期）. */
export function dueWords(request: QueuedRequest, today: string): DueWords {
  const { state, dueOn, clockState, daysLeft: left } = request;
  if (state === 'unconfirmed') return { tone: null, words: '确认后起算' };
  if (state === 'cancelled') return { tone: null, words: '已取消' };
  if (!openStates.includes(state)) {
    const on = request.concludedOn;
    const late = on !== null && dueOn !== null && on > dueOn;
    const day = on === null ? '' : formatNearDay(on, today);
    return { tone: null, words: `${day}办结${late ? '（超期）' : ''}` };
  }
  if (dueOn === null || left === null) return { tone: null, words: standing[clockState ?? ''] ?? '期限未计' };
  if (dueOn < today) {
    // On the days off right after the limit no working day has passed yet.
    const words = left === 0 ? `已逾期（${formatDate(dueOn)}到期）` : daysLeft(dueOn, today, left);
    return { tone: 'red', words };
  }
  return { tone: left <= AMBER_DAYS ? 'amber' : 'green', words: daysLeft(dueOn, today, left) };
}

/** Remarks beside the due date. */
export function dueRemarks(request: QueuedRequest, today: string): string[] {
  const { state, provisional, firstDueOn, dueOn } = request;
  if (!openStates.includes(state)) return [];
  return [
    ...(provisional ? ['暂定'] : []),
    ...(awaitsOpinion(request, today) ? ['征求意见中'] : []),
    ...(firstDueOn !== null && dueOn !== null && firstDueOn < dueOn ? ['已延期'] : []),
  ];
}

/** 办理结果 in words. */
export function resultWords(code: string | null): string {
  if (code === null) return '';
  return code === 'W' ? '申请人撤回' : (replyKind(code)?.label ?? code);
}
