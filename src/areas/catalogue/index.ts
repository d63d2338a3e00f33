import { registerLabels } from '../../ledger/index.ts';

export { moverOf } from './acting.ts';
export { attachmentJobs } from './attachment-jobs.ts';
export { type AttachmentReading, openAttachmentReading } from './attachment-reading/index.ts';
export { readAttachmentAgain } from './attachment-text.ts';
export {
  countTexts,
  listUnreadAttachments,
  type TextState,
  textStates,
  type UnreadAttachment,
} from './attachment-text-store.ts';
export {
  decideCleanUp,
  draftCleanUpResult,
  dropCleanUp,
  keepTheRestOf,
  openCleanUp,
  proposeInCleanUp,
  readCleanUp,
  sendCleanUpBack,
  submitCleanUp,
} from './clean-up-actions.ts';
export {
  type CleanUpMove,
  cleanUpMoves,
  cleanUpProposals,
  cleanUpStates,
} from './clean-up-rules.ts';
export { type CleanUp, type CleanUpDocument, listCleanUps } from './clean-up-store.ts';
export {
  addColumn,
  type ColumnNode,
  closeColumn,
  columnTree,
  editColumn,
  openColumns,
  requirableFields,
  wholeTree,
} from './column-actions.ts';
export {
  COLUMN_PICTURE_BYTES,
  columnPictureHref,
  removeColumnPicture,
  setColumnPicture,
} from './column-picture-actions.ts';
export { type ColumnPicture, columnPictures, findColumnPicture } from './column-picture-store.ts';
export { type ColumnValues, findColumn, findColumnBySlug, listColumns } from './column-store.ts';
export { contentLengths } from './content-rules.ts';
export {
  delegationsInSight,
  lendReviews,
  mayLend,
  revokeReviews,
} from './delegation-actions.ts';
export type { Delegation } from './delegation-store.ts';
export {
  type BulkReview,
  deskCounts,
  deskPage,
  draftLacks,
  exportDesk,
  sentBackDrafts,
  sortOutReviews,
  stateWords,
  stepsOfVersion,
} from './desk.ts';
export type { DeskFilter, DeskGroup, DeskPlace, DeskRow } from './desk-store.ts';
export { amendItem, beginItem, discardDraft, recallItem, saveDraft, submitItem } from './draft-actions.ts';
export {
  type Duty,
  type DutyQuery,
  type DutyView,
  dutiesByUnit,
  dutyOf,
  dutyPage,
  exportDuties,
} from './duty.ts';
export { type DutyState, dutyGrounds, dutyStates, explainDuty } from './duty-rules.ts';
export {
  type CatalogueSettings,
  catalogueSettingsOf,
  MOST_REASSESSMENT_MONTHS,
} from './duty-settings.ts';
export type { DutyCounts, DutyPlace } from './duty-store.ts';
export { countsOf, type Narrowing, type PublicCounts } from './facets.ts';
export { catalogueFigures } from './figures.ts';
export {
  addItemFiles,
  checkItemFile,
  cleanItemFile,
  type GatedFile,
  gatedFiles,
  ITEM_FILE_BYTES,
  letItemFileThrough,
  moveItemFile,
  releaseLargeFile,
  removeItemFile,
} from './file-actions.ts';
export { filesOfVersion, findFileByDigest, type NewItemFile } from './file-store.ts';
export { habitsOf } from './habit-store.ts';
export { ITEMS_AT_ONCE, importItems } from './import-actions.ts';
export {
  dropImport,
  forgetFile,
  HISTORY_BYTES,
  type HistoryCtx,
  openHistoryFiles,
  receiveHistory,
  reportImport,
  startImport,
  stopImport,
} from './import-desk.ts';
export {
  countWaitingImports,
  findImport,
  type HistoryImport,
  type ListedImport,
  listImports,
  type NotePlace,
  notesPage,
  waitingImports,
} from './import-desk-store.ts';
export { importJobs } from './import-jobs.ts';
export {
  EXAMPLE_SOURCE,
  type ImportCheck,
  importFields,
  importStates,
  type LineNote,
} from './import-model.ts';
export { importObstacle } from './import-rules.ts';
export {
  type Document,
  documentsWith,
  findDocuments,
  type InterpretedShare,
  interpretedShare,
  type UninterpretedDocument,
  uninterpretedDocuments,
} from './interpretation-store.ts';
export { findItem } from './item-store.ts';
export { catalogueJobs } from './jobs.ts';
export * from './model.ts';
export { type Move, moves } from './moves.ts';
export {
  everything,
  itemFileHref,
  itemHref,
  newestWhole,
  type OpenDataKind,
  openData,
  openDataKinds,
  type PublicItemView,
  pathTo,
  readPublicItem,
  readSeenVersion,
  withBelow,
} from './public.ts';
export type { SeenVersion } from './public-item-store.ts';
export { openPublicReader, type PublicReader } from './public-reader.ts';
export {
  contentRevisions,
  countsByColumn,
  type PublicFilter,
  type PublicItem,
  type PublicPlace,
  publicCube,
  publicFile,
  publicItemsBeside,
} from './public-store.ts';
export { publishItem, publishUrgently, withdrawItem } from './publishing-actions.ts';
export {
  type KeptBackQuery,
  keptBackPage,
  readKeptBack,
  reassessItem,
  reassessmentsDue,
} from './reassessment-actions.ts';
export type { KeptBack, KeptBackPlace, Reassessment } from './reassessment-store.ts';
export { recordDetermination, reviewAfterwards, reviewItem } from './review-actions.ts';
export { demandMove, type Obstacle, obstacle } from './rules.ts';
export { fixFinding, letStand, takeReasonBack } from './scan-actions.ts';
export { findingsOf } from './scanning.ts';
export { reindexItems } from './search.ts';
export { itemAddresses, itemSpans } from './sitemap-store.ts';
export {
  type Comparison,
  isChanged,
  openComparison,
  type TextPiece,
  textChanges,
} from './text-changes.ts';
export {
  decideValidity,
  documentOfChange,
  dropValidity,
  normativeDocument,
  proposeTerm,
  proposeValidity,
} from './validity-actions.ts';
export { registerFile, registerPage } from './validity-register.ts';
export type {
  RegisterCounts,
  RegisterFilter,
  RegisterPlace,
  RegisterRow,
} from './validity-register-store.ts';
export {
  countOpenChanges,
  type EndingDocument,
  endingDocuments,
  openChanges,
  type ToldNote,
  type ValidityChange,
} from './validity-store.ts';
export { findVersion, listVersions, openVersion, reviewsOf, versionOwingReview } from './version-store.ts';
export { genres, subjects } from './vocabularies.ts';
export { importWord, WORD_BYTES } from './word-import.ts';

registerLabels({
  acts: {
    'catalogue.begin': '新建公开信息',
    'catalogue.submit': '送审',
    'catalogue.recall': '撤回送审',
    'catalogue.review-first': '初审',
    'catalogue.review-second': '复审',
    'catalogue.review-final': '终审',
    'catalogue.record-determination': '登记保密部门的确定',
    'catalogue.review-afterwards': '补审',
    'catalogue.publish': '发布',
    'catalogue.publish-urgently': '紧急发布',
    'catalogue.amend': '修改已发布信息',
    'catalogue.let-stand': '说明理由保留检查发现',
    'catalogue.take-reason-back': '撤回保留的理由',
    'catalogue.discard': '删除草稿',
    'catalogue.withdraw': '撤下',
    'catalogue.add-files': '上传附件',
    'catalogue.remove-file': '删除附件',
    'catalogue.release-file': '说明理由放行大文件',
    'catalogue.read-attachment-again': '重新读取附件文字',
    'catalogue.lend-reviews': '委托代为审查',
    'catalogue.revoke-reviews': '收回审查委托',
    'catalogue.add-column': '新建栏目',
    'catalogue.edit-column': '修改栏目',
    'catalogue.close-column': '停用栏目',
    'catalogue.reopen-column': '重新启用栏目',
    'catalogue.set-picture': '设置专题图片',
    'catalogue.remove-picture': '去掉专题图片',
    'catalogue.import': '导入历史信息',
    'catalogue.receive-history': '上传历史信息文件',
    'catalogue.start-import': '确认或继续导入历史信息',
    'catalogue.stop-import': '停止导入历史信息',
    'catalogue.drop-import': '放弃导入历史信息',
    'catalogue.finish-import': '历史信息导入完毕',
    'catalogue.propose-validity': '提出有效性变更',
    'catalogue.propose-term': '提出有效期变更',
    'catalogue.refuse-validity': '不同意有效性变更',
    'catalogue.drop-validity': '撤回有效性变更',
    'catalogue.change-validity': '变更有效性',
    'catalogue.set-term': '变更有效期',
    'catalogue.open-clean-up': '启动文件清理',
    'catalogue.propose-in-clean-up': '提出清理意见',
    'catalogue.submit-clean-up': '提请决定清理结果',
    'catalogue.send-clean-up-back': '退回清理意见',
    'catalogue.decide-clean-up': '决定并执行清理结果',
    'catalogue.drop-clean-up': '取消文件清理',
    'catalogue.draft-clean-up-result': '起草清理结果公告',
    'catalogue.reassess': '评估审查不公开信息',
    'catalogue.remind': '提醒公开期限',
  },
  subjects: {
    item: { label: '公开信息', href: (id) => `/workbench/items/${id}` },
    'review-delegation': { label: '审查委托', href: () => '/workbench/items/delegations' },
    'item-import': {
      label: '历史信息导入',
      href: (id) => `/workbench/imports${/^\d+$/.test(id) ? `/${id}` : ''}`,
    },
    'item-list': { label: '公开信息清单', href: () => '/workbench/duties' },
    'clean-up': { label: '文件清理', href: (id) => `/workbench/normative/clean-ups/${id}` },
    'catalogue-column': { label: '栏目', href: (id) => `/workbench/columns/${id}` },
  },
  fields: {
    validity: '有效性',
    validityOn: '有效性变更日期',
    validUntil: '有效期至',
    replacedBy: '代替它的信息编号',
    cutoffOn: '文件成文截止日期',
    replyBy: '答复期限',
    documents: '文件数',
    document: '文件',
    proposal: '清理意见',
    decidedOn: '决定日期',
    kept: '保留',
    amended: '修改',
    repealed: '废止',
    expired: '失效',
    gone: '已先行废止或失效',
    attribute: '公开属性',
    nextReviewOn: '下次评估日期',
    reminded: '提醒条数',
    step: '审查步骤',
    next: '下一步',
    version: '版本',
    digest: '摘要',
    reviewDueOn: '补审期限',
    revokedOn: '收回日期',
    slug: '地址',
    pageType: '网页标签类别',
    updateDays: '更新间隔（天）',
    required: '必填项',
    reviewSteps: '审查步骤',
    parentId: '上级栏目编号',
  },
});
