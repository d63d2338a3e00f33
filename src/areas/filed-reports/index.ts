import { registerLabels } from '../../ledger/index.ts';

export { assignFile, discardFile } from './assignment-actions.ts';
export { batchFiles, batchProgress, filesApart, listBatches, readFiledFile } from './batch-view.ts';
export { recheckReport, recheckYear } from './check-actions.ts';
export {
  addMessage,
  changeDueDate,
  closeCorrection,
  listCorrections,
  openCorrection,
  readCorrection,
} from './correction-actions.ts';
export { type DueProposal, dueProposal } from './due-proposal.ts';
export { type Filing, type FilingHost, fileReports, type Upload } from './filing-actions.ts';
export { exportFindings } from './findings-sheet.ts';
export { MOST_FILES } from './intake.ts';
export { filedReportJobs } from './jobs.ts';
export { judgeFinding } from './judgement-actions.ts';
export type * from './model.ts';
export {
  filedReportActs,
  filedYears,
  matrix,
  rulesBroken,
  worstFindings,
  yearSummaries,
} from './overview.ts';
export { type ReadingHost, readAgain, readPending } from './reading-actions.ts';
export { compareWithLastYear, readFiledReport } from './report-view.ts';
export { correctionDaysOf, judgements } from './rules.ts';
export {
  type ChildReport,
  childReports,
  type ReportStanding,
  type StrangeReport,
  standingsOf,
  strangeReports,
} from './standing.ts';
export type { ComparedChapter, ComparedParagraph, TextComparison, TextRun } from './text-comparison.ts';
export {
  addReportingUnit,
  changeReportingUnit,
  listReportingUnits,
  readReportingUnit,
  type UnitFilter,
  type UnitForm,
} from './unit-actions.ts';
export { importReportingUnits, readUnitSheet, type UnitImport, type UnitLine } from './unit-import.ts';

registerLabels({
  acts: {
    'filed-reports.add-unit': '登记报送单位',
    'filed-reports.change-unit': '修改报送单位',
    'filed-reports.import-units': '导入报送单位名单',
    'filed-reports.file': '接收年报',
    'filed-reports.receive': '年报归档',
    'filed-reports.assign': '指定年报的单位和年度',
    'filed-reports.discard': '剔除文件',
    'filed-reports.read-again': '重新读取年报',
    'filed-reports.check': '重新核查年报',
    'filed-reports.judge': '认定核查发现',
    'filed-reports.ask': '要求更正年报',
    'filed-reports.answer': '登记单位答复',
    'filed-reports.change-due': '调整更正期限',
    'filed-reports.close': '办结更正',
  },
  subjects: {
    'reporting-unit': { label: '报送单位', href: (id) => `/workbench/filed-reports/units/${id}` },
    'reporting-units': { label: '报送单位名单', href: () => '/workbench/filed-reports/units' },
    'filed-batch': { label: '年报接收批次', href: (id) => `/workbench/filed-reports/batches/${id}` },
    'filed-report': { label: '报送的年报', href: (id) => `/workbench/filed-reports/units/${id}` },
    'filed-file': { label: '报送的文件', href: () => '/workbench/filed-reports/apart' },
    'filed-year': { label: '年度核查', href: (id) => `/workbench/filed-reports?year=${id}` },
  },
  fields: {
    kind: '类别',
    aliases: '简称和曾用名',
    parentId: '上级单位编号',
    expectedFrom: '起报年度',
    expectedTo: '止报年度',
    foundBy: '单位认定依据',
    waiting: '待读取',
    same: '内容相同',
    findings: '发现数',
    reports: '报告数',
    judgement: '认定',
    message: '内容',
    rule: '规则',
    due: '期限',
    by: '由谁',
    confirmed: '认定属实未改',
    units: '单位数',
    names: '名称',
    read: '读取行数',
    'filed-report.unitId': '报送单位编号',
  },
});
