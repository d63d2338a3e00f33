export {
  checkOff,
  compileReport,
  correctReport,
  explainFinding,
  openReport,
  publishReport,
  reviewReport,
  saveChapter,
  saveFoot,
  signReport,
} from './actions.ts';
export { buildReport } from './build.ts';
export { type CellSnapshot, cellKey, changedCells, figureCells } from './compile.ts';
export {
  demandFormat,
  findingKey,
  loadDesk,
  type ReportCtx,
  type ReportDesk,
  reportScope,
} from './compose.ts';
export { frozenEvidence, liveEvidence } from './evidence.ts';
export { figureFinder } from './figure-names.ts';
export { formatById, formatForYear, formats } from './formats/index.ts';
export type * from './model.ts';
export { figureRegistry } from './registry.ts';
export { type Move, moves, obstacle, statusLabels } from './rules.ts';
export {
  findReport,
  findVersion,
  lastCompiles,
  listReports,
  publishedReports,
  reviewsOf,
  versionsOf,
} from './store.ts';
export { compareVersions, signedReport, type VersionDifference, type VersionSummary } from './versions.ts';
