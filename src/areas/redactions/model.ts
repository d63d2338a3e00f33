import type { Ctx } from '../../core/context.ts';
import type { SealedFiles, Vault } from '../../core/vault/index.ts';
import type { RegimeCode } from '../../law/index.ts';
import type { PageSize, Pattern, Rect, Redactor, SourceKind } from './engine/index.ts';
import type { GroundKey } from './grounds.ts';

/** What every act on a redaction receives: it can open the sealed file and draw it. */
export interface RedactionCtx extends Ctx {
  vault: Vault;
  sealedFiles: SealedFiles;
  redactor: Redactor;
}

export type JobState = 'draft' | 'exporting' | 'exported' | 'discarded';

export const jobStates: Readonly<Record<JobState, string>> = {
  draft: '正在处理',
  exporting: '正在导出',
  exported: '已导出',
  discarded: '已销毁',
};

/** A file being redacted, without what is sealed. */
export interface RedactionJob {
  id: number;
  requestId: number | null;
  regime: RegimeCode;
  kind: SourceKind;
  pages: readonly PageSize[];
  state: JobState;
  version: number;
  step: number;
  pagesDone: number;
  exportBy: string | null;
  fault: string;
  createdBy: number | null;
  createdByName: string;
  createdAt: Date;
}

export interface RedactionBox extends Rect {
  id: number;
  page: number;
  ground: GroundKey;
}

export interface RedactionOpening {
  staffName: string;
  openedAt: Date;
}

export interface RedactionExport {
  id: number;
  sm3: string;
  bytes: number;
  boxes: number;
  madeBy: string;
  madeAt: Date;
  /** The file of the case that was made of it. */
  requestFileId: number | null;
}

/** A redaction as the desk shows it. */
export interface RedactionView extends RedactionJob {
  /** The name of the file; may be personal. */
  name: string;
  /** Number of the case, e.g. `2026-000012`. */
  requestNumber: string | null;
  boxes: readonly RedactionBox[];
  exports: readonly RedactionExport[];
  openings: readonly RedactionOpening[];
}

/** Which redaction, and the version that the person saw. */
export interface JobRef {
  id: number;
  version: number;
}

/** Personal data that would still be legible: how often, on which pages. */
export interface StillLegible {
  pattern: Pattern;
  count: number;
  pages: readonly number[];
}
