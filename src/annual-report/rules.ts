import type { Act } from '../areas/organisations/index.ts';
import { Refusal } from '../core/refusal.ts';
import type { ReportStatus } from './model.ts';

/**
 * The road of a report from draft to publication. Nothing here waits or writes: the caller locks the report, asks,
 * writes what is answered and records the act.
 */
export const statusLabels: Record<ReportStatus, string> = {
  draft: '编制中',
  checked: '已核对',
  reviewed: '已审核',
  signed: '已签发',
  published: '已发布',
};

export type Move =
  | 'compile'
  | 'edit'
  | 'check'
  | 'review-content'
  | 'review-secrecy'
  | 'sign'
  | 'publish'
  | 'correct';

interface MoveRule {
  label: string;
  from: readonly ReportStatus[];
  /** Null where the outcome decides: a review leads on only when both kinds have passed. */
  to: ReportStatus | null;
  act: Act;
  ground: string;
  /** Authors of the version may not take this step (谁审查谁负责; nobody reviews his own text). */
  notByAuthor: boolean;
}

/** Editing or compiling after a check sends the report back to 编制中: what was checked is no longer what is there. */
export const moves: Record<Move, MoveRule> = {
  compile: {
    label: '汇编数据',
    from: ['draft', 'checked', 'reviewed'],
    to: 'draft',
    act: 'reports.compile',
    ground: '《政府信息公开条例》年度报告统计',
    notByAuthor: false,
  },
  edit: {
    label: '修改文字',
    from: ['draft', 'checked', 'reviewed'],
    to: 'draft',
    act: 'reports.edit',
    ground: '',
    notByAuthor: false,
  },
  check: {
    label: '核对通过',
    from: ['draft'],
    to: 'checked',
    act: 'reports.edit',
    ground: '年度报告统计表勾稽关系',
    notByAuthor: false,
  },
  'review-content': {
    label: '内容审核',
    from: ['checked'],
    to: null,
    act: 'reports.review-content',
    ground: '谁公开谁审查、先审核后公开',
    notByAuthor: true,
  },
  'review-secrecy': {
    label: '保密审查',
    from: ['checked'],
    to: null,
    act: 'reports.review-secrecy',
    ground: '《政府信息公开条例》保密审查规定',
    notByAuthor: true,
  },
  sign: {
    label: '签发',
    from: ['reviewed'],
    to: 'signed',
    act: 'reports.sign',
    ground: '谁审查谁负责',
    notByAuthor: true,
  },
  publish: {
    label: '发布',
    from: ['signed'],
    to: 'published',
    act: 'reports.publish',
    ground: '《政府信息公开条例》年度报告公布规定',
    notByAuthor: false,
  },
  correct: {
    label: '更正',
    from: ['signed', 'published'],
    to: 'draft',
    act: 'reports.correct',
    ground: '更正已公布的年度报告',
    notByAuthor: false,
  },
};

export interface ReportState {
  status: ReportStatus;
  compiled: boolean;
  /** Error findings without the office's explanation. */
  unexplainedErrors: number;
  /** A review of exactly this content has failed. */
  sentBack: boolean;
  authors: readonly number[];
}

/** Why the person may not take the step now, in plain Chinese, or null when he may. Roles are asked separately. */
export function obstacle(move: Move, state: ReportState, staffId: number | null): string | null {
  const rule = moves[move];
  if (!rule.from.includes(state.status)) {
    const needed = rule.from.map((status) => `“${statusLabels[status]}”`).join('或');
    return `报告目前${statusLabels[state.status]}，${rule.label}须在${needed}时进行。`;
  }
  if (rule.notByAuthor && staffId !== null && state.authors.includes(staffId)) {
    return `您参与了本版报告的编制，${rule.label}须由其他人员办理。`;
  }
  if (move === 'check' && !state.compiled) return '尚未汇编数据，请先汇编。';
  if (move === 'check' && state.sentBack) return '审核未通过，内容还没有改动，请按审核意见修改后再核对。';
  if (move === 'check' && state.unexplainedErrors > 0) {
    return `还有 ${state.unexplainedErrors} 处勾稽错误没有改正或说明，请逐条处理后再核对。`;
  }
  return null;
}

/** Refuses the step, or returns where it leads. */
export function decide(move: Move, state: ReportState, staffId: number | null): ReportStatus | null {
  const reason = obstacle(move, state, staffId);
  if (reason) throw new Refusal(`report-${move}`, reason, { article: moves[move].ground });
  return moves[move].to;
}

/** Whether a review of exactly this revision has failed. */
export function isSentBack(
  reviews: readonly { revision: number; result: string }[],
  revision: number,
): boolean {
  return reviews.some((review) => review.revision === revision && review.result === 'fail');
}

/** Where the reviews of the current revision lead: both kinds passed, one failed, or still waiting. */
export function afterReviews(reviews: readonly { kind: string; result: string }[]): ReportStatus {
  if (reviews.some((review) => review.result === 'fail')) return 'draft';
  const passed = new Set(reviews.map((review) => review.kind));
  return passed.has('content') && passed.has('secrecy') ? 'reviewed' : 'checked';
}
