import { registerLabels } from '../../ledger/index.ts';

export {
  acceptReturns,
  type DraftForm,
  EditedMeanwhile,
  moveReturn,
  moverOf,
  ownUnitOnly,
  periodName,
  previewAcceptance,
  readReturn,
  readUnit,
  saveDraft,
  unfinishedReturns,
} from './actions.ts';
export { attachEvidence, removeEvidence } from './evidence-actions.ts';
export { monthlyReturns, type ReturnSum, returnEvidence, sumReturns } from './figures.ts';
export { type EvidenceFile, filesOf, findFile } from './file-store.ts';
export type { FormPart, FormRow } from './form-layout.ts';
export { type ImportOptions, type ImportResult, importReturns } from './import-actions.ts';
export type { Rejection, ResolveFigure } from './import-lines.ts';
export { returnJobs } from './jobs.ts';
export { acceptedLines, exportLines, type Line, linesOf } from './line-store.ts';
export {
  dutyFor as returnsDuty,
  type Owed,
  owedReturns,
  remindUnit,
} from './reminder-actions.ts';
export {
  type Duty,
  dutyOf,
  isWholeMonth,
  type Move,
  monthPeriod,
  monthsOf,
  moves,
  obstacle,
  type Period,
  type Status,
  statuses,
} from './rules.ts';
export { readReturnSheet, type SheetReading, type SheetTarget, sheetTemplate } from './sheet.ts';
export {
  findByPeriod,
  listReturns,
  type Return,
  type ReturnFilter,
  returnsTouching,
  reviewQueue,
} from './store.ts';

registerLabels({
  acts: {
    'returns.start': '开始填报',
    'returns.fill': '修改填报',
    'returns.submit': '报送数据',
    'returns.recall': '撤回报送',
    'returns.discard': '作废填报',
    'returns.accept': '审核通过填报',
    'returns.send-back': '退回填报',
    'returns.reopen': '退回更正',
    'returns.withdraw': '撤销已通过的填报',
    'returns.attach': '上传佐证材料',
    'returns.detach': '移除佐证材料',
    'returns.remind': '催报',
    'returns.import': '导入历史填报',
  },
  subjects: {
    return: { label: '数据填报', href: (id) => `/workbench/returns/${id}` },
    'return-import': { label: '填报导入' },
  },
  fields: {
    lines: '指标',
    file: '文件',
    due: '到期日',
    read: '读取行数',
    imported: '导入行数',
    unchanged: '未变行数',
  },
});
