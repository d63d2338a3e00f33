import type { Finding } from './model.ts';

/** A finding that somebody let stand, with his reason. */
export interface Reasoned {
  key: string;
  reason: string;
  by: string;
  at: string;
}

/** A finding with the reason for which it stands; null where none was given. */
export interface Judged {
  finding: Finding;
  reason: Reasoned | null;
}

/** Reasons beside the findings they are about; a reason for words that have changed since is about nothing. */
export function judged(findings: readonly Finding[], reasons: readonly Reasoned[]): Judged[] {
  const byKey = new Map(reasons.map((reason) => [reason.key, reason]));
  return findings.map((finding) => ({
    finding,
    reason: finding.severity === 'needs-reason' ? (byKey.get(finding.key) ?? null) : null,
  }));
}

/** Whether it keeps a text from review: what must be put right, and what nobody gave a reason for. */
export const holdsBack = ({ finding, reason }: Judged): boolean =>
  finding.severity === 'must-fix' || (finding.severity === 'needs-reason' && reason === null);

/** What keeps a text from review, in a sentence; null when nothing does. */
export function heldBack(findings: readonly Judged[]): string | null {
  const holding = findings.filter(holdsBack);
  const mustFix = holding.filter(({ finding }) => finding.severity === 'must-fix').length;
  const open = holding.length - mustFix;
  if (holding.length === 0) return null;
  const counts = [
    ...(mustFix > 0 ? [`${mustFix} 处必须改正`] : []),
    ...(open > 0 ? [`${open} 处须改正或说明理由`] : []),
  ];
  const names = [...new Set(holding.map(({ finding }) => finding.label))].slice(0, 4);
  return `内容检查发现 ${counts.join('、')}（${names.join('、')}），处理后才能送审。`;
}
