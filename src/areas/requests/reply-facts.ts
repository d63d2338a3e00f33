import type { CaseStanding } from './standing.ts';

/** Replies that hand something out. */
export function disclosing(kindCode: string): boolean {
  return ['A2', 'A3', 'B1.2', 'B2'].includes(kindCode);
}

/** Replies that hand out everything; a partial one may keep back just what a third party objects to. */
export function handingOutAll(kindCode: string): boolean {
  return kindCode === 'A2' || kindCode === 'B1.2';
}

/** Third parties who object to disclosure, to all of it or to a part. */
export function objectors(standing: CaseStanding) {
  return standing.consultations.filter(
    ({ party, opinion }) => party === 'third-party' && (opinion === 'disagree' || opinion === 'partly'),
  );
}

/** Those whose objection the reply sets aside: they are told in writing before what concerns them goes out (711/32). */
export function overruledParties(standing: CaseStanding) {
  const { reply } = standing;
  if (reply === null) return [];
  const partial = disclosing(reply.kindCode) && !handingOutAll(reply.kindCode);
  return handingOutAll(reply.kindCode) || (partial && reply.overrides) ? objectors(standing) : [];
}
