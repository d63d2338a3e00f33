import type { ReadReport } from '../../annual-report/reading/model.ts';
import type { Ctx } from '../../core/context.ts';
import type { FileStore } from '../../core/files.ts';
import type { FilingHost } from './filing-actions.ts';

/** Reads a file into a report. @throws UnreadableFile when the file as a whole cannot be taken */
export interface ReportReader {
  read(file: { name: string; bytes: Uint8Array }, hints?: { year?: number }): Promise<ReadReport>;
}

export interface ReadingHost {
  files: FileStore;
  reading: ReportReader;
}

/**
 * Reads what waits, files it and checks what has become due, each file and report in a transaction of its own, until
 * nothing is left or `until` has come. Returns whether something is left. Safe to run twice and in several processes.
 */
export async function readPending(_ctx: Ctx, _host: ReadingHost, _until: () => boolean): Promise<boolean> {
  throw new Error('not built yet');
}

/** Queues the reading anew of a file, or of every filed and unreadable one, as after a reader's upgrade. Returns how many. */
export async function readAgain(
  _ctx: Ctx,
  _host: Pick<FilingHost, 'jobs'>,
  _fileId: number | null,
): Promise<number> {
  throw new Error('not built yet');
}
