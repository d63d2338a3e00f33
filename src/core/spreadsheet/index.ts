export {
  type FileFault,
  formSheetLimits,
  importSheetLimits,
  megabytes,
  type SheetLimits,
  UnreadableFile,
} from './limits.ts';
export { readRecords, readSheet, type Sheet, type SheetRecord, sheetKind } from './read.ts';
export type { SheetFile } from './source.ts';
export { type StreamedSheet, streamCsv, streamXlsx } from './stream.ts';
export { readDay, readDecimal, readMonth, tidy } from './values.ts';
export { type CellValue, type OutColumn, type OutSheet, writeCsv, writeXlsx } from './write.ts';
