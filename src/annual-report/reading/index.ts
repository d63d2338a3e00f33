import { openDocument, type ReportFile } from './files/index.ts';
import type { ReadReport } from './model.ts';
import { readReport } from './read-report.ts';

export { type DocumentKind, type Place, placeInWords, type Unread } from './document.ts';
export { type CheckedReportJson, checkedReportJson, refusedFileJson } from './json.ts';
export type { CellState, ReadCell, ReadChapter, ReadReport } from './model.ts';

/**
 * Reads a published report of any agency, in any of the three formats, from a text, HTML, Word, Excel or PDF file.
 * @param hints `year` where it is known better than the text tells
 * @throws UnreadableFile when the file as a whole cannot be taken; the message says what to do
 */
export async function readReportFile(file: ReportFile, hints: { year?: number } = {}): Promise<ReadReport> {
  return readReport(await openDocument(file), { fileName: file.name, ...hints });
}
