import { notify } from '../notifications/index.ts';
import { staffWithRole } from '../organisations/index.ts';
import type { RequestCtx } from './case-actions.ts';
import type { RequestCase } from './model.ts';

/** The disclosure officers of the office, today. */
export const officersOf = ({ db, agencyId, clock }: RequestCtx) =>
  staffWithRole(db, agencyId, 'disclosure-officer', clock.today().toString());

/** Tells the disclosure officers, other than the one at work, what came in for a request. `what`: the rest of the sentence. */
export async function tellOfficers(
  ctx: RequestCtx,
  { id, number }: Pick<RequestCase, 'id' | 'number'>,
  what: string,
): Promise<void> {
  const officers = await officersOf(ctx);
  const self = ctx.actor.kind === 'staff' ? ctx.actor.staffId : null;
  await notify(
    ctx,
    officers.filter((officer) => officer.id !== self).map((officer) => officer.id),
    { title: `申请 ${number} ${what}`, href: `/workbench/requests/${id}` },
  );
}
