import { registerLabels } from '../../ledger/index.ts';

export {
  addBox,
  changeGround,
  coverOccurrences,
  placeBox,
  removeBoxes,
  undoLast,
} from './box-actions.ts';
export { disposeRedactions } from './discard.ts';
export {
  openRedactor,
  type Pattern,
  patterns,
  type Query,
  type Redactor,
  redactionLimits,
} from './engine/index.ts';
export { handToCase, openExport, requestExport, resumeRedaction, stillLegible } from './export-actions.ts';
export { type GroundKey, grounds, groundsOf, usualGround } from './grounds.ts';
export { discardRedaction, startRedaction } from './intake-actions.ts';
export { caseToRedact } from './job-access.ts';
export { redactionJobs } from './jobs.ts';
export {
  type JobRef,
  jobStates,
  type RedactionBox,
  type RedactionCtx,
  type RedactionExport,
  type RedactionView,
  type StillLegible,
} from './model.ts';
export { redactionSealedTables } from './sealed.ts';
export { listRedactions, pageImage, type RedactionLine, readRedaction } from './view.ts';

registerLabels({
  acts: {
    'redactions.start': '开始区分处理',
    'redactions.open-original': '打开原件',
    'redactions.cover': '遮盖',
    'redactions.move': '移动遮盖框',
    'redactions.change-ground': '修改遮盖依据',
    'redactions.uncover': '去掉遮盖',
    'redactions.undo': '撤销一步遮盖',
    'redactions.export': '导出处理后的文件',
    'redactions.exported': '导出完成',
    'redactions.export-failed': '导出没有成功',
    'redactions.open-export': '下载处理后的文件',
    'redactions.resume': '继续修改遮盖',
    'redactions.hand-over': '放入案卷待公开',
    'redactions.discard': '销毁原件和处理结果',
  },
  subjects: {
    redaction: { label: '区分处理', href: (id) => `/workbench/redactions/${id}` },
  },
  fields: {
    'redaction.kind': '文件种类',
    'redaction.files': '文件数',
    'redaction.pages': '页数',
    'redaction.page': '页码',
    'redaction.boxes': '遮盖处数',
    'redaction.by': '方式',
    'redaction.ground': '依据',
    'redaction.request': '申请件',
    'redaction.file': '案卷文件',
    'redaction.sm3': 'SM3 摘要',
    'redaction.bytes': '字节数',
    'redaction.legible': '仍可见的个人信息',
    'redaction.state': '状态',
    'redaction.step': '步骤',
    'redaction.taken': '撤去',
    'redaction.restored': '恢复',
    'redaction.exports': '导出份数',
  },
});
