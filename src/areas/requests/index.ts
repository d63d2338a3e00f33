import { registerLabels } from '../../ledger/index.ts';

export { gramsOf } from './applicant.ts';
export {
  type LikelyRepeat,
  likelyRepeats,
  openLetter,
  REASON_ASKED,
  REASON_MINUTES,
  revealApplicant,
} from './applicant-actions.ts';
export { type Approval, type ApprovalStep, openApproval } from './approval-actions.ts';
export { type BundledCase, openForBundle } from './bundle-actions.ts';
export { calendarFeed, makeFeed, ownFeed, revokeFeed } from './calendar-feed.ts';
export { type CaseRef, demandCase, type RequestCtx } from './case-actions.ts';
export { type CaseView, type FormFacts, type ReviewEntry, readCase } from './case-view.ts';
export type { Challenge } from './challenge.ts';
export {
  acceptRequest,
  askCorrection,
  assignRequest,
  lapseCorrection,
  recordSearch,
  splitRequest,
  takeCorrection,
} from './check-actions.ts';
export type { NewAssignment } from './check-model.ts';
export { archiveRequest, dispatchReply, recordDelivery, withdrawRequest } from './closing-actions.ts';
export {
  askAssistance,
  type ConsultedParty,
  consult,
  overruleThirdParty,
  partyOf,
  previewAssistance,
  recordAssistance,
  recordConsultationDelivery,
  recordOpinion,
} from './consultation-actions.ts';
export {
  countDisposals,
  decideDisposal,
  holdForms,
  listDisposals,
  listDueForms,
  listHeldForms,
  MOST_DUE_COUNTED,
  MOST_ON_LIST,
  proposeDisposal,
  readDisposal,
  releaseHold,
  withdrawDisposal,
} from './disposal-actions.ts';
export { disposalJobs } from './disposal-jobs.ts';
export { type Disposal, type DueForm, disposalStates, type HeldForm } from './disposal-model.ts';
export { FEWEST_YEARS, MOST_YEARS, retentionYearsOf } from './disposal-rules.ts';
export { closeDispute, type Dispute, disputeKinds, giveFeedback, openDispute } from './dispute-actions.ts';
export {
  addDraftFile,
  type Draft,
  type DraftFile,
  deleteDraft,
  draftChallenge,
  findVisit,
  newDraftToken,
  problemsOfDraft,
  RECEIPT_HOURS,
  removeDraftFile,
  SLOW_SECONDS,
  saveAnswers,
  sendDraft,
  type Visit,
} from './draft-actions.ts';
export { draftJobs } from './draft-jobs.ts';
export {
  type DraftAnswers,
  type DraftStep,
  draftStepKeys,
  draftSteps,
  emptyAnswers,
  firstOpenStep,
  MAX_DRAFT_FILES,
  stepProblems,
} from './draft-rules.ts';
export { decideExtension, proposeExtension } from './extension-actions.ts';
export {
  chargeFee,
  type FeeProposal,
  feeLetterFields,
  lapseFee,
  proposeFee,
  recordFeeDelivery,
  recordPayment,
  refundFee,
} from './fee-actions.ts';
export type { FeedScope } from './feed-store.ts';
export { requestFigures } from './figures.ts';
export {
  addFiles,
  type CaseFile,
  demandToAdd,
  filePlace,
  filesOf,
  namedFilesOf,
  openFile,
  takeOffFile,
} from './file-actions.ts';
export { dayProblems, formLengths } from './form-rules.ts';
export {
  dropFromHandIn,
  type HandInPlace,
  handIn,
  keepForHandIn,
  keptForHandIn,
} from './handed-in-actions.ts';
export { cancelRequest, confirmRequest, registerForm, reprintCode, submitForm } from './intake-actions.ts';
export { RECOUNT_REQUESTS, requestJobs } from './jobs.ts';
export { letterOf } from './letter-orders.ts';
export {
  type CountedGroup,
  countGroups,
  countRequests,
  type ListPage,
  listRequests,
  MOST_COUNTED,
  orderOf,
  type QueuedRequest,
  removeView,
  savedViews,
  saveView,
  scopeOf,
  searchPerson,
  sortOutMove,
} from './list.ts';
export { exportRequests } from './list-export.ts';
export {
  type DaySpan,
  everything,
  type ListFilter,
  type ListSort,
  openStates,
  readSearch,
  sortsOf,
  stateGroups,
} from './list-filter.ts';
export type { ListOrder } from './list-store.ts';
export { type RequestTask, requestTasks } from './list-tasks.ts';
export type { SavedView } from './list-view-store.ts';
export { dueMonth, requestLoad, WEEKS_AHEAD } from './load.ts';
export type { DueDay, LoadRow } from './load-store.ts';
export {
  countMail,
  dismissMail,
  listMail,
  mailSubmission,
  openMail,
  openMailFile,
  registerFromMail,
  restoreMail,
} from './mail-actions.ts';
export { mailJobs } from './mail-jobs.ts';
export {
  type MailLetter,
  type MailLine,
  type MailState,
  mailReasons,
  mailStates,
} from './mail-model.ts';
export * from './model.ts';
export { groundOf, type Move } from './moves.ts';
export {
  answerFiles,
  openAnswerFile,
  openReplyFile,
  replyFiles,
} from './outgoing-files.ts';
export {
  printTransfers,
  proposePublication,
  publicationsOf,
  publishedAnswer,
  publishedAnswers,
  readPublication,
  reindexAnswers,
  reviewPublication,
  similarAnswers,
  waitingPublications,
  withdrawPublication,
} from './publication-actions.ts';
export type { PublicationForm } from './publication-rules.ts';
export type { Publication, PublishedAnswer, Transferred } from './publication-store.ts';
export {
  askReasons,
  judgeReasons,
  previewDelay,
  previewReasons,
  reasonsVerdicts,
  takeReasons,
} from './reasons-actions.ts';
export { listRecounts, readRecount } from './recount-actions.ts';
export type { Recount, RecountChange } from './recount-store.ts';
export {
  decideRectification,
  previewRectification,
  rectificationOutcomes,
  takeRectification,
} from './rectification-actions.ts';
export { reminderSettingsOf } from './reminder-rules.ts';
export {
  draftReply,
  emptyReply,
  previewReply,
  recallReply,
  reviewReply,
  sendBackReply,
  signReply,
  submitReply,
} from './reply-actions.ts';
export { overruledParties } from './reply-facts.ts';
export { type ReplyNeeds, replyChoices, replyNeeds } from './reply-rules.ts';
export { clockOf, type Obstacle } from './rules.ts';
export { requestSealedTables } from './sealed.ts';
export { MAX_UPLOAD_BYTES } from './sealed-upload.ts';
export { seesEveryCase } from './sight-rules.ts';
export { correctLetterSlip, type Slip, slipsOf } from './slip-actions.ts';
export { awaitsOpinion, type CaseStanding } from './standing.ts';
export { printedDay } from './texts.ts';
export {
  openTracking,
  ownReceipt,
  withdrawByApplicant,
} from './track-actions.ts';
export {
  type HandedIn,
  type ReceivedItem,
  type TrackedCase,
  type TrackedForm,
  trackedForm,
} from './tracking.ts';
export { dropWaiting, keepWaiting, type WaitingPlace, waitingFiles, withWaiting } from './waiting-files.ts';

registerLabels({
  acts: {
    'requests.submit': '网上提交申请',
    'requests.bundle': '生成案卷',
    'requests.print-approval': '生成审查呈批单',
    'requests.print-transfers': '生成主动公开移送明细表',
    'requests.register': '登记申请',
    'requests.take-mail': '收取邮件',
    'requests.open-mail': '打开邮件',
    'requests.open-mail-file': '打开邮件附件',
    'requests.register-mail': '邮件登记为申请',
    'requests.dismiss-mail': '认定邮件不是申请',
    'requests.restore-mail': '恢复为待辨认的邮件',
    'requests.clear-mail': '删除不是申请的邮件内容',
    'requests.confirm': '确认收到申请',
    'requests.cancel': '取消未确认的申请',
    'requests.accept': '审查通过',
    'requests.ask-correction': '告知补正',
    'requests.take-correction': '收到补正',
    'requests.lapse-correction': '逾期未补正',
    'requests.ask-reasons': '要求说明理由',
    'requests.take-reasons': '登记说明的理由',
    'requests.judge-reasons': '认定理由',
    'requests.split': '拆分申请',
    'requests.assign': '分办',
    'requests.record-search': '登记检索结果',
    'requests.consult': '征求意见',
    'requests.record-opinion': '登记征求意见的回复',
    'requests.ask-assistance': '发出协办函',
    'requests.record-assistance': '登记协办回复',
    'requests.propose-extension': '提请延期',
    'requests.decide-extension': '审批延期',
    'requests.charge-fee': '通知缴费',
    'requests.deliver-fee': '登记收费通知送达',
    'requests.record-payment': '登记缴费',
    'requests.lapse-fee': '逾期未缴费',
    'requests.refund-fee': '登记退费',
    'requests.draft-reply': '起草答复',
    'requests.submit-reply': '答复送审',
    'requests.recall-reply': '撤回送审',
    'requests.review-legal': '合法性审核',
    'requests.review-secrecy': '保密审查',
    'requests.sign': '签发答复',
    'requests.send-back': '签发退回',
    'requests.overrule': '书面告知第三方',
    'requests.dispatch': '发出答复',
    'requests.record-delivery': '登记送达',
    'requests.correct-slip': '更正发出、送达登记',
    'requests.take-rectification': '登记更正要求',
    'requests.decide-rectification': '答复更正要求',
    'requests.open-letter': '打开文书',
    'requests.withdraw': '撤回申请',
    'requests.open-dispute': '登记投诉、复议或诉讼',
    'requests.archive': '归档',
    'requests.recount': '重新计算期限',
    'requests.propose-disposal': '提出处置清单',
    'requests.withdraw-disposal': '撤回处置清单',
    'requests.approve-disposal': '批准销毁',
    'requests.refuse-disposal': '不批准销毁',
    'requests.hold-disposal': '暂缓处置',
    'requests.release-disposal': '取消暂缓处置',
    'requests.dispose': '销毁申请人信息',
    'requests.reveal': '查看申请人信息',
    'requests.search-person': '按申请人查找',
    'requests.remind': '催办临期申请',
    'requests.make-feed': '生成到期日历订阅地址',
    'requests.revoke-feed': '撤销到期日历订阅地址',
    'requests.export': '导出申请台账',
    'requests.reprint': '重新打印回执',
    'requests.open-file': '打开申请文件',
    'requests.add-files': '添加文件',
    'requests.remove-file': '移除文件',
    'requests.feedback': '申请人评价答复',
    'requests.track-failed': '查询码核对失败',
    'requests.publish': '提出转为主动公开',
    'requests.approve-publication': '审查通过并向社会公开',
    'requests.return-publication': '退回转主动公开的稿件',
    'requests.withdraw-publication': '撤下已公开的答复',
  },
  subjects: {
    request: { label: '申请件', href: (id) => `/workbench/requests/${id}` },
    'request-form': { label: '申请表' },
    'request-list': { label: '申请台账', href: () => '/workbench/requests' },
    'request-number': { label: '申请编号' },
    'request-disposal': { label: '处置清单', href: (id) => `/workbench/requests/disposal/${id}` },
    'request-mail': { label: '邮件', href: (id) => `/workbench/requests/mail/${id}` },
    'request-transfers': { label: '主动公开移送明细表', href: () => '/workbench/requests/publications' },
    'request-publication': {
      label: '转主动公开稿件',
      href: (id) => `/workbench/requests/publications/${id}`,
    },
  },
  fields: {
    received: '收到申请之日',
    unit: '主办部门',
    handler: '承办人',
    parts: '件数',
    created: '新增申请件',
    days: '天数',
    letter: '文号',
    answeredOn: '收到日期',
    lapsedOn: '逾期之日',
    answerBy: '回复期限',
    verdict: '认定',
    delayedUntil: '延迟答复的期限',
    rectification: '更正要求',
    sentOn: '发出日期',
    outcome: '结果',
    consultation: '征求意见',
    party: '征求对象',
    opinion: '意见',
    approved: '批准',
    payBy: '缴费期限',
    paidOn: '缴费日期',
    refunded: '退费（元）',
    kindCode: '答复种类',
    result: '结果',
    dispatchedOn: '发出日期',
    deliveredOn: '送达日期',
    concludedOn: '办结日期',
    late: '超期',
    dispute: '救济',
    openedOn: '提出日期',
    closedOn: '办结日期',
    file: '文件',
    answered: '解决了问题',
    receivedAt: '收到时间',
    refused: '没有收存的附件',
    automatic: '自动发出',
    forms: '申请表数',
    years: '保管年限',
    closedUntil: '办结截至',
    list: '处置清单',
    approvedBy: '批准人',
  },
});
