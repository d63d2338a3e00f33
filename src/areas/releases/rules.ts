import { InvalidForm, Refusal } from '../../core/refusal.ts';
import type { GateFinding } from './inspection/finding.ts';
import type { FindingKind } from './inspection/kinds.ts';
import type { ReleaseDecision } from './model.ts';

/** Decides what of a file's findings still holds it back. Nothing here waits or writes. */

const REASON_LENGTH = 500;

/** A finding that was let through stays so while it is the very same: more of it is another finding. */
export function letThroughOf(
  finding: GateFinding,
  decisions: readonly ReleaseDecision[],
): ReleaseDecision | null {
  return (
    decisions.findLast(
      ({ decision, finding: decided }) => decision === 'let-through' && isSame(decided, finding),
    ) ?? null
  );
}

function isSame(a: GateFinding, b: GateFinding): boolean {
  return a.key === b.key && a.count === b.count && a.evidence.join('\n') === b.evidence.join('\n');
}

/** Findings that keep the file from leaving. */
export function openFindings(
  findings: readonly GateFinding[],
  decisions: readonly ReleaseDecision[],
): GateFinding[] {
  return findings.filter(
    (finding) => finding.severity !== 'notice' && letThroughOf(finding, decisions) === null,
  );
}

/** The findings these keys name. @throws Refusal when one is no longer there */
export function demandFindings(findings: readonly GateFinding[], keys: readonly string[]): GateFinding[] {
  const found = findings.filter(({ key }) => keys.includes(key));
  if (found.length === 0 || found.length !== new Set(keys).size) {
    throw new Refusal('releases-no-finding', '所选的发现已经不在这份文件里，请刷新页面查看。');
  }
  return found;
}

/** Why findings may stay in the file. @throws InvalidForm */
export function readReason(given: string): string {
  const reason = given.trim();
  if ([...reason].length < 2) throw new InvalidForm({ reason: '请写明放行的理由，至少 2 个字。' });
  if ([...reason].length > REASON_LENGTH)
    throw new InvalidForm({ reason: `理由最多 ${REASON_LENGTH} 个字。` });
  return reason;
}

/** How many of each kind, for the ledger. */
export function countKinds(
  findings: readonly { kind: FindingKind; count: number }[],
  labels: Readonly<Record<FindingKind, { label: string }>>,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind, count } of findings) {
    const { label } = labels[kind];
    counts[label] = (counts[label] ?? 0) + count;
  }
  return counts;
}
