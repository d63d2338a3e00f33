import type {
  ConsultationOpinion,
  ConsultationParty,
  FeeMethodOrCost,
  ReplyState,
  ReviewKind,
  SearchOutcome,
} from '../../areas/requests/index.ts';
import type { DeliveryMethod } from '../../law/index.ts';

export const searchOutcomes: Readonly<Record<SearchOutcome, string>> = {
  found: '全部找到',
  partly: '找到一部分',
  none: '没有找到',
};

export const parties: Readonly<Record<ConsultationParty, string>> = {
  'third-party': '第三方',
  'co-producer': '共同制作机关',
  assistant: '协办单位',
};

/** Whose opinion the law asks for. */
export const opinionParties = {
  'third-party': '第三方',
  'co-producer': '共同制作机关',
} as const;

export const opinions: Readonly<Record<ConsultationOpinion, string>> = {
  agree: '同意公开',
  disagree: '不同意公开',
  partly: '部分同意公开',
  none: '不再等待',
  helped: '已回复',
};

export const feeMethods: Readonly<Record<FeeMethodOrCost, string>> = {
  piece: '按件计收',
  page: '按量计收',
  cost: '成本费用',
};

export const replyStates: Readonly<Record<ReplyState, string>> = {
  draft: '草稿',
  'in-review': '审核中',
  approved: '待签发',
  signed: '已签发',
  void: '已作废',
};

export const reviewKinds: Readonly<Record<ReviewKind, string>> = {
  legal: '合法性审核',
  secrecy: '保密审查',
  signature: '签发',
};

export const dispatchMethods: Readonly<Record<DeliveryMethod, string>> = {
  direct: '直接送达，当面签收',
  'through-agency': '委托其他行政机关代为送达',
  post: '邮政企业邮寄（EMS、挂号信）',
  electronic: '电子送达（电子邮件、网上查阅）',
  courier: '其他快递企业',
};
