import type { FindingKind } from './kinds.ts';

/** `grave` and `warning` hold the file back until they are cleaned or let through; a `notice` is only told. */
export type Severity = 'grave' | 'warning' | 'notice';

/** What the gate found in the bytes of one file, all of one kind at one place. It names nobody in clear. */
export interface GateFinding {
  /** Unique within the file; the same bytes always give the same keys. */
  key: string;
  kind: FindingKind;
  severity: Severity;
  /** For people: `工作表“名单”`, `第 3 页`, `文件属性`. */
  place: string;
  /** How many of them stand there. */
  count: number;
  /** Masked, at most a few of them. */
  evidence: readonly string[];
  /** What one click does; null when it cannot be cleaned here. */
  cleaning: string | null;
}

/** What an inspector sees; the key and the words come from the table of kinds. */
export interface Discovery {
  kind: FindingKind;
  /** Where in the file, told apart from all other places of it. */
  at: string;
  place: string;
  count?: number;
  evidence?: readonly string[];
  /** When it differs from that of its kind. */
  severity?: Severity;
  /** Takes it away from the opened file; absent when that cannot be done without loss. */
  mend?: () => void | Promise<void>;
  /** What `mend` does when it differs from what its kind says. */
  cleaning?: string;
}

/** A file taken apart: what was found in it, and its bytes after mending. */
export interface OpenedFile {
  /** File name extensions that its content may have; the first is the usual one. */
  extensions: readonly string[];
  discoveries: Discovery[];
  save(): Promise<Uint8Array>;
}
