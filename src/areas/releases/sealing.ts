import { createHash } from 'node:crypto';
import type { GateFinding } from './inspection/finding.ts';
import { findingKinds } from './inspection/kinds.ts';
import type { ReleaseCtx, ReleaseDecision, ReleaseSubject } from './model.ts';
import type { DecisionRow } from './store.ts';

/** What sealed values of the gate are bound to. */
export const releasePlace = (
  what: 'content' | 'name' | 'findings',
  agencyId: number,
  { kind, id }: ReleaseSubject,
): string => `release-${what}/${agencyId}/${kind}/${id}`;

export const decisionPlace = (what: 'finding' | 'reason', agencyId: number, checkId: number): string =>
  `release-${what}/${agencyId}/${checkId}`;

/** The digests under which content may be known, that of the current key first. */
export function digestsOf({ vault }: ReleaseCtx, bytes: Uint8Array): { sha256: string; digests: string[] } {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { sha256, digests: vault.digests('content', sha256) };
}

export function sealFindings(
  ctx: ReleaseCtx,
  subject: ReleaseSubject,
  findings: readonly GateFinding[],
): string {
  return ctx.vault.seal(JSON.stringify(findings), releasePlace('findings', ctx.agencyId, subject));
}

export function openSealedFindings(ctx: ReleaseCtx, subject: ReleaseSubject, sealed: string): GateFinding[] {
  return JSON.parse(ctx.vault.open(sealed, releasePlace('findings', ctx.agencyId, subject))) as GateFinding[];
}

export function openDecision(ctx: ReleaseCtx, checkId: number, row: DecisionRow): ReleaseDecision {
  const { vault, agencyId } = ctx;
  const finding = JSON.parse(
    vault.open(row.findingSealed, decisionPlace('finding', agencyId, checkId)),
  ) as GateFinding;
  return {
    decision: row.decision,
    finding,
    label: findingKinds[finding.kind].label,
    reason: row.reasonSealed ? vault.open(row.reasonSealed, decisionPlace('reason', agencyId, checkId)) : '',
    by: row.by,
    at: row.at,
  };
}
