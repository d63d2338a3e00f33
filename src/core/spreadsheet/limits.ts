import { Refusal } from '../refusal.ts';

/** Bounds of what a spreadsheet may cost us; sizes in bytes, `ratio` is unpacked to packed. */
export interface SheetLimits {
  fileBytes: number;
  unpackedBytes: number;
  ratio: number;
  entries: number;
  rows: number;
  columns: number;
  /** Characters in one cell; Excel itself stops at 32 767. */
  cellLength: number;
}

const MB = 1024 * 1024;

/** For files that people send through a form. */
export const formSheetLimits: SheetLimits = {
  fileBytes: 10 * MB,
  unpackedBytes: 100 * MB,
  ratio: 200,
  entries: 1000,
  rows: 20_000,
  columns: 200,
  cellLength: 32_767,
};

/** For files that an operator imports on the command line: read as a stream, so rows may be many. */
export const importSheetLimits: SheetLimits = {
  fileBytes: 4096 * MB,
  unpackedBytes: 4096 * MB,
  ratio: 200,
  entries: 1000,
  rows: 20_000_000,
  columns: 200,
  cellLength: 1024 * 1024,
};

export type FileFault =
  | 'empty'
  | 'too-large'
  | 'macro'
  | 'encrypted'
  | 'old-format'
  | 'markup'
  | 'bomb'
  | 'damaged'
  | 'encoding'
  | 'wrong-type'
  | 'too-many-rows'
  | 'too-many-columns'
  | 'cell-too-long'
  | 'too-slow'
  | 'infected'
  | 'unscanned';

/** The file as a whole cannot be taken; the message says what to do instead and goes beside the file field. */
export class UnreadableFile extends Refusal {
  readonly fault: FileFault;

  constructor(fault: FileFault, message: string) {
    super(`file-${fault}`, message, { status: fault === 'too-large' ? 413 : 422 });
    this.name = 'UnreadableFile';
    this.fault = fault;
  }
}

/** `12 MB`, for messages. */
export function megabytes(bytes: number): string {
  return bytes < MB
    ? `${Math.max(1, Math.ceil(bytes / 1024))} KB`
    : `${Math.round((bytes / MB) * 10) / 10} MB`;
}
