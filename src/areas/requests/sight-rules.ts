import type { Actor } from '../../core/context.ts';
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
