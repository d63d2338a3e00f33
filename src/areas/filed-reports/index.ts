export { assignFile, discardFile } from './assignment-actions.ts';
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
export {
  batchFiles,
  batchProgress,
  type Filing,
  type FilingHost,
  fileReports,
  filesApart,
  listBatches,
  MOST_FILES,
  readFiledFile,
  type Upload,
} from './filing-actions.ts';
export { judgeFinding } from './judgement-actions.ts';
export type * from './model.ts';
export {
  compareWithLastYear,
  exportFindings,
  filedReportActs,
  filedYears,
  matrix,
  readFiledReport,
  rulesBroken,
  worstFindings,
  yearSummaries,
} from './overview.ts';
export { type ReadingHost, type ReportReader, readAgain, readPending } from './reading-actions.ts';
export { type ChildReport, childReports, type ReportStanding, standingsOf } from './standing.ts';
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
