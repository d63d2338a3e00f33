import type { Ctx } from '../../core/context.ts';
import type { Vault } from '../../core/vault/index.ts';
import type { GateFinding, Severity } from './inspection/finding.ts';
import type { FindingKind } from './inspection/kinds.ts';
import type { Inspecting } from './inspection/thread/index.ts';

/** What every act of the gate receives: a context that can seal and open. */
export interface ReleaseCtx extends Ctx {
  vault: Vault;
}

/** What does the inspecting; `App` is one. */
export interface ReleaseHost {
  inspecting: Inspecting;
}

/** What a file leaves with. */
export interface ReleaseSubject {
  kind: 'request' | 'item';
  id: number;
}

/** A check, and its version that the person saw; without it the newest is meant. */
export interface ReleaseRef {
  id: number;
  version?: number;
}

export type Decision = 'cleaned' | 'let-through';

/** What was decided about a finding, with the finding as it was then. */
export interface ReleaseDecision {
  decision: Decision;
  finding: GateFinding;
  label: string;
  /** Why it may stay; '' when it was cleaned. */
  reason: string;
  by: string;
  at: Date;
}

/** A finding of the file as it is now. */
export interface JudgedFinding extends GateFinding {
  label: string;
  /** Set when it was let through. */
  letThrough: ReleaseDecision | null;
}

export interface ReleaseView {
  id: number;
  version: number;
  subject: ReleaseSubject;
  /** Keyed digest of the content, as rooms keep it with their files. */
  digest: string;
  name: string;
  bytes: number;
  passed: boolean;
  checkedBy: string;
  checkedAt: Date;
  findings: JudgedFinding[];
  decisions: ReleaseDecision[];
}

/** How far a file has come, for lists of files. */
export interface ReleaseState {
  checkId: number;
  passed: boolean;
  open: number;
}

export type { FindingKind, GateFinding, Severity };
