import type { Ctx } from '../../core/context.ts';
import type { FileStore } from '../../core/files.ts';
import type { Jobs } from '../../core/jobs.ts';
import type { Batch, BatchProgress, FiledFile, FileState, Page, UnitSuggestion } from './model.ts';

/** What filing needs of the application. */
export interface FilingHost {
  files: FileStore;
  jobs: Pick<Jobs, 'enqueue'>;
}

/** Files spooled to disk; they are copied before `fileReports` returns. */
export interface Upload {
  /** The reporting year of all of them; null when the reports tell. */
  year: number | null;
  /**
   * Adds to a batch of one's own instead of opening one, as when a page sends many files one by one.
   * `year` is then the batch's own.
   */
  batchId?: number;
  files: readonly { name: string; path: string; size: number }[];
}

export interface Filing {
  batchId: number;
  /** Files taken in to be read. */
  waiting: number;
  /** Files whose bytes were there before: nothing changes. */
  same: number;
  /** Taken out of archives or refused, with the reason. */
  skipped: { name: string; why: string }[];
}

/** Most files of one batch, those inside archives counted. */
export const MOST_FILES = 500;

/**
 * Takes in many reports at once and queues their reading. Archives (zip) are opened and their files taken one by one.
 * @throws InvalidForm when there is no file, or more than `MOST_FILES`; UnreadableFile for a hostile archive
 */
export async function fileReports(_ctx: Ctx, _host: FilingHost, _upload: Upload): Promise<Filing> {
  throw new Error('not built yet');
}

/** @throws NotFound */
export async function batchProgress(_ctx: Ctx, _batchId: number): Promise<BatchProgress> {
  throw new Error('not built yet');
}

/** Newest first. */
export async function listBatches(
  _ctx: Ctx,
  _page: { after?: string | null; limit?: number } = {},
): Promise<Page<Batch & { files: number }>> {
  throw new Error('not built yet');
}

/** In the order they came. */
export async function batchFiles(
  _ctx: Ctx,
  _batchId: number,
  _page: { state?: FileState; after?: string | null; limit?: number } = {},
): Promise<Page<FiledFile>> {
  throw new Error('not built yet');
}

/** Files that need a person: not readable, or read but of no unit or year that is known. Oldest first. */
export async function filesApart(
  _ctx: Ctx,
  _state: 'unreadable' | 'unfiled',
  _page: { after?: string | null; limit?: number } = {},
): Promise<Page<FiledFile & { suggestions: UnitSuggestion[] }>> {
  throw new Error('not built yet');
}

/** @throws NotFound */
export async function readFiledFile(
  _ctx: Ctx,
  _fileId: number,
): Promise<FiledFile & { suggestions: UnitSuggestion[] }> {
  throw new Error('not built yet');
}

/**
 * Says of which unit and year a file is: files it as the next version when it was read, or puts it with that unit when it
 * could not be. A filed report may be moved. `rememberName` adds what the report calls its agency to the unit's aliases.
 * Returns the version, null for an unreadable file. @throws InvalidForm, Refusal
 */
export async function assignFile(
  _ctx: Ctx,
  _host: Pick<FilingHost, 'jobs'>,
  _fileId: number,
  _to: { unitId: number; year: number; rememberName?: boolean },
): Promise<number | null> {
  throw new Error('not built yet');
}

/** Puts aside a file that is no report. Filed versions cannot be discarded. @throws InvalidForm without a reason */
export async function discardFile(_ctx: Ctx, _fileId: number, _reason: string): Promise<void> {
  throw new Error('not built yet');
}
