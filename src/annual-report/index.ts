export { compileReport, explainFinding, openReport, saveChapter, saveFoot } from './actions.ts';
export { buildReport } from './build.ts';
export { type CellInReport, cellAt } from './cells.ts';
export { type CellSnapshot, changedCells } from './compile.ts';
export {
  demandFormat,
  findingKey,
  loadDesk,
  type ReportCtx,
  type ReportDesk,
  reportScope,
  subordinateReports,
} from './compose.ts';
export { type CrosswalkInWords, crosswalksInWords } from './crosswalk-words.ts';
export {
  type FigureWording,
  figureWordings,
  lastYearsCells,
  type MergeChoice,
  type MergePart,
  mergeSources,
  tryChapter,
} from './editing.ts';
export { frozenEvidence, liveEvidence } from './evidence.ts';
export { figureFinder } from './figure-names.ts';
export { formatForYear, formats } from './formats/index.ts';
export { laterChanges, yearsSigned } from './later-changes.ts';
export type * from './model.ts';
export { diffText, numbersIn } from './narrative/index.ts';
export { powersOf } from './powers.ts';
export { askedFigures, figureRegistry } from './registry.ts';
export { checkOff, correctReport, publishReport, reviewReport, signReport } from './release-actions.ts';
export { returnForm } from './return-form.ts';
export { isSentBack, type Move, moves, obstacle, statusLabels } from './rules.ts';
export { reindexReports } from './search.ts';
export { findReport, listReports } from './store.ts';
export {
  findVersion,
  type PublishedVersion,
  publishedReports,
  publishedVersions,
  versionsOf,
} from './version-store.ts';
export { compareVersions, signedReport, type VersionDifference, type VersionSummary } from './versions.ts';
