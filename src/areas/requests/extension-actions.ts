import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { issueLetter } from '../letters/index.ts';
import { notify } from '../notifications/index.ts';
import { staffWithRole } from '../organisations/index.ts';
import { type CaseRef, moving, type RequestCtx } from './case-actions.ts';
import { decideExtensionRow, proposeExtensionRow } from './extension-store.ts';
import { letterOf } from './letter-orders.ts';
import { clockOf, extensionDaysProblem } from './rules.ts';
import { printedDay, readOptionalText, readText } from './texts.ts';

/** Asks the head for more time; the reason is printed in the letter. @throws InvalidForm; Refusal once the limit is over */
export async function proposeExtension(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { days: number; reason: string },
): Promise<void> {
  await moving(ctx, ref, 'propose-extension', async (ctx, { standing, today }) => {
    const problem = extensionDaysProblem(standing, given.days);
    if (problem !== null) throw new InvalidForm({ days: problem });
    const reason = readText('reason', given.reason, '延期的理由', 500);
    const { id, number } = standing.case;
    await proposeExtensionRow(ctx.db, ctx.agencyId, id, {
      days: given.days,
      reason,
      proposedBy: ctx.actor.kind === 'staff' ? ctx.actor.staffId : null,
      proposedOn: today.toString(),
    });
    const leaders = await staffWithRole(ctx.db, ctx.agencyId, 'leader', today.toString());
    await notify(
      ctx,
      leaders.map((person) => person.id),
      { title: `申请 ${number} 提请延期答复，请审批`, href: `/workbench/requests/${id}` },
    );
    return { after: { days: given.days }, result: undefined };
  });
}

/**
 * The head approves or refuses. Approving issues the notice to the applicant the same day, which must lie within the first
 * limit (711/33). Returns the letter's id, null when refused.
 */
export async function decideExtension(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { approve: boolean; reason: string },
): Promise<number | null> {
  return moving(ctx, ref, 'decide-extension', async (ctx, { standing, today, calendar }) => {
    const { case: request, extension } = standing;
    if (extension === null) throw new Refusal('requests-no-proposal', '没有等待审批的延期。');
    if (ctx.actor.kind === 'staff' && extension.proposedBy === ctx.actor.staffId)
      throw new Refusal('requests-own-hand', '延期由您提请，须由他人审批。');
    const reason = given.approve
      ? readOptionalText('reason', given.reason, '意见', 500)
      : readText('reason', given.reason, '不批准的理由', 500);
    const decidedBy = ctx.actor.kind === 'staff' ? ctx.actor.staffId : null;
    const on = today.toString();
    if (extension.proposedBy !== null) {
      await notify(ctx, [extension.proposedBy], {
        title: `申请 ${request.number} 的延期${given.approve ? '已批准' : '未获批准'}`,
        href: `/workbench/requests/${request.id}`,
      });
    }
    const common = { decidedBy, decidedOn: on };
    if (!given.approve) {
      await decideExtensionRow(ctx.db, ctx.agencyId, request.id, {
        ...common,
        state: 'refused',
        notifiedOn: null,
        letterId: null,
      });
      return { after: { approved: false }, reason, result: null };
    }
    const extended = { ...standing, extension: { ...extension, notifiedOn: on } };
    const due = clockOf(extended, calendar)?.due?.toString() ?? null;
    const { letterId, number } = await issueLetter(
      ctx,
      await letterOf(
        ctx,
        request,
        {
          kind: 'extension',
          fields: {
            due: printedDay(request.dueOn),
            extensionReason: extension.reason,
            extendedDue: printedDay(due),
          },
          issuedOn: today,
        },
        { signedBy: ctx.actor.name },
      ),
    );
    await decideExtensionRow(ctx.db, ctx.agencyId, request.id, {
      ...common,
      state: 'approved',
      notifiedOn: on,
      letterId,
    });
    return {
      after: { approved: true, days: extension.days, letter: number },
      ...(reason !== '' && { reason }),
      result: letterId,
    };
  });
}
