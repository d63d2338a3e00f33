import type { Actor } from '../../core/context.ts';
import type { LetterEntry } from '../letters/index.ts';
import { may } from '../organisations/index.ts';
import type { CaseStanding } from './standing.ts';

/** Roles that see every case of their agency. */
const seeAll = ['disclosure-officer', 'window-clerk', 'leader', 'supervisor', 'auditor'] as const;

/** True when the person sees the cases of every unit. */
export function seesEveryCase(actor: Actor): boolean {
  return (
    actor.kind === 'system' || (actor.kind === 'staff' && seeAll.some((role) => actor.roles.includes(role)))
  );
}

/** Handlers and heads see the cases of their unit; reviewers also those that came to review. */
export function seesCase(actor: Actor, standing: CaseStanding): boolean {
  if (seesEveryCase(actor)) return true;
  if (actor.kind !== 'staff' || !may(actor, 'requests.read')) return false;
  if (standing.assignments.some(({ unitId }) => unitId === actor.unitId)) return true;
  const reviews = actor.roles.includes('unit-head') || actor.roles.includes('secrecy-reviewer');
  return reviews && standing.reply !== null && standing.reply.state !== 'draft';
}

/**
 * Why somebody may read the applicant's name in what he opens, where what he has to do on the case says it; null when he must
 * say it himself. `letter`: the letter he opens, null for anything else.
 */
export function reasonByAct(
  actor: Actor,
  { case: request, assignments, reply }: CaseStanding,
  letter: Pick<LetterEntry, 'id' | 'state' | 'issuedById'> | null,
): string | null {
  if (actor.kind !== 'staff') return actor.kind === 'system' ? '系统办理' : null;
  const { staffId } = actor;
  const handles = request.handlerId === staffId || assignments.some(({ handlerId }) => handlerId === staffId);
  if (handles && request.concludedOn === null) return '承办这件申请';
  const fresh = request.state === 'unconfirmed' || request.state === 'registered';
  if (fresh && may(actor, 'requests.register')) return '登记、审查这件申请';
  if (letter === null) return null;
  if (letter.issuedById === staffId) return '签发了这份文书';
  const hands = reply && [...reply.hands, reply.authorId, reply.legalBy, reply.secrecyBy, reply.signedBy];
  if (reply?.letterId === letter.id && hands?.includes(staffId)) return '起草、审核或者签发了这份答复';
  const onItsWay = letter.state === 'issued' || letter.state === 'dispatched';
  return onItsWay && may(actor, 'requests.dispatch') ? '发出、送达这份文书' : null;
}
