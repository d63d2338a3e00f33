import { Temporal } from 'temporal-polyfill';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { type DeliveryMethod, deadlineFor } from '../../law/index.ts';
import { correctSlip, keepArrivalBefore, type LetterEntry, lettersOf } from '../letters/index.ts';
import { type CaseRef, demandCase, type Held, moving, type RequestCtx } from './case-actions.ts';
import { updateConsultation } from './consultation-store.ts';
import { updateFee } from './fee-store.ts';
import { tellThoseAtWork } from './reminder-letters.ts';
import { updateReply } from './reply-store.ts';
import { moveConclusion } from './request-store.ts';
import type { CaseStanding } from './standing.ts';
import { dayWords, printedDay, readDate } from './texts.ts';

/** A letter whose dispatch or delivery was written down, with what stands there now. */
export interface Slip {
  letter: LetterEntry;
  /** Null of a notice whose arrival alone was noted. */
  sentOn: string | null;
  method: DeliveryMethod | null;
  deliveredOn: string | null;
}

/** The slips of a case that can be put right. */
export function slipsOf(standing: CaseStanding, letters: readonly LetterEntry[]): Slip[] {
  return letters.flatMap((letter) => {
    const deliveredOn = letter.deliveredOn ?? arrivalOf(standing, letter.id);
    const [first] = letter.dispatches;
    return letter.state === 'void' || (first === undefined && deliveredOn === null)
      ? []
      : [{ letter, sentOn: first?.on ?? null, method: first?.method ?? null, deliveredOn }];
  });
}

const arrivalOf = ({ consultations, fee }: CaseStanding, letterId: number): string | null =>
  consultations.find((entry) => entry.letterId === letterId)?.deliveredOn ??
  (fee?.letterId === letterId ? fee.deliveredOn : null);

export interface SlipForm {
  sentOn: string;
  method: DeliveryMethod;
  deliveredOn: string;
  reason: string;
}

/**
 * Puts right what was written down wrongly of how a letter went out and arrived. What stood there stays with the reason;
 * whatever was counted from it is counted anew: the time of an opinion, the days to pay, the day a request was concluded. Those
 * at work on the request are told when its limit moved.
 * @throws InvalidForm, NotFound, Refusal
 */
export async function correctLetterSlip(
  ctx: RequestCtx,
  ref: CaseRef,
  letterId: number,
  given: SlipForm,
): Promise<void> {
  await transact(ctx, async (ctx) => {
    const before = await demandCase(ctx, ref.id);
    await correcting(ctx, ref, letterId, given);
    const after = await demandCase(ctx, ref.id);
    if (after.dueOn === before.dueOn) return;
    const { id, number, unitId, handlerId } = after;
    const title = `发出、送达登记已更正：申请 ${number} 的答复期限由${dayWords(before.dueOn)}改为${dayWords(after.dueOn)}`;
    await tellThoseAtWork(ctx, [{ requestId: id, unitId, handlerId, title, roles: ['disclosure-officer'] }], {
      title: () => title,
      href: `/workbench/requests/${id}`,
    });
  });
}

async function correcting(ctx: RequestCtx, ref: CaseRef, letterId: number, given: SlipForm): Promise<void> {
  await moving(ctx, ref, 'correct-slip', async (ctx, held) => {
    const { standing } = held;
    const slip = slipsOf(standing, await lettersOf(ctx, standing.case.id)).find(
      ({ letter }) => letter.id === letterId,
    );
    if (!slip) throw new NotFound('没有找到登记过发出或者送达的这份文书。');
    const { letter } = slip;
    if (slip.sentOn === null) return correctArrival(ctx, held, slip, given);
    const day = (field: 'sentOn' | 'deliveredOn', what: string) =>
      Temporal.PlainDate.from(
        readDate(field, given[field], what, {
          from: { on: letter.issuedOn, what: '成文日期' },
          to: held.today.toString(),
        }),
      );
    const order = {
      sentOn: day('sentOn', '发出日期'),
      method: given.method,
      deliveredOn: given.deliveredOn === '' ? null : day('deliveredOn', '送达日期'),
      reason: given.reason,
    };
    const { before, after } = await correctSlip(ctx, letterId, order, async ({ before, after }) => {
      await correctReply(ctx, standing, letterId, after);
      if (after.deliveredOn !== null && before.deliveredOn !== after.deliveredOn)
        await countAnew(ctx, held, letterId, after.deliveredOn);
    });
    return {
      before: { letter: letter.number, ...before },
      after: { letter: letter.number, ...after, ...lateness(standing, letterId, after.sentOn) },
      result: undefined,
    };
  });
}

/** A notice whose arrival was noted without its dispatch. */
async function correctArrival(ctx: RequestCtx, held: Held, { letter, deliveredOn }: Slip, given: SlipForm) {
  const on = readDate('deliveredOn', given.deliveredOn, '送达日期', {
    from: { on: letter.issuedOn, what: '成文日期' },
    to: held.today.toString(),
  });
  if (on === deliveredOn) throw new InvalidForm({ deliveredOn: '与原来的登记相同，没有需要更正的内容。' });
  if (deliveredOn === null) throw new NotFound('没有找到登记过送达的这份文书。');
  await keepArrivalBefore(ctx, letter.id, { deliveredOn, reason: given.reason });
  await countAnew(ctx, held, letter.id, on);
  return {
    before: { letter: letter.number, deliveredOn },
    after: { letter: letter.number, deliveredOn: on },
    result: undefined,
  };
}

async function correctReply(
  ctx: RequestCtx,
  { reply, case: request }: CaseStanding,
  letterId: number,
  slip: { sentOn: string; method: DeliveryMethod; deliveredOn: string | null },
): Promise<void> {
  if (reply?.letterId !== letterId) return;
  await updateReply(ctx.db, ctx.agencyId, reply.id, {
    dispatched_on: slip.sentOn,
    delivery_method: slip.method,
    ...(slip.deliveredOn !== null && { delivered_on: slip.deliveredOn }),
  });
  await moveConclusion(ctx.db, ctx.agencyId, request.id, slip.sentOn);
}

function lateness({ reply, case: request }: CaseStanding, letterId: number, sentOn: string) {
  return reply?.letterId === letterId ? { late: request.dueOn !== null && sentOn > request.dueOn } : {};
}

/** What runs from the arrival of a notice runs from the right day. */
async function countAnew(ctx: RequestCtx, held: Held, letterId: number, on: string): Promise<void> {
  const { consultations, fee, case: request } = held.standing;
  const asked = consultations.find((entry) => entry.letterId === letterId);
  if (asked) {
    if (asked.answeredOn !== null && on > asked.answeredOn)
      throw new InvalidForm({
        deliveredOn: `对方已于${printedDay(asked.answeredOn)}答复，送达日期不能更晚。`,
      });
    await updateConsultation(ctx.db, ctx.agencyId, asked.id, { delivered_on: on });
  }
  if (fee?.letterId !== letterId) return;
  const { due } = deadlineFor({ kind: 'fee', from: Temporal.PlainDate.from(on) }, held.calendar);
  const dueOn = due?.toString() ?? null;
  if (fee.lapsedOn !== null && dueOn !== null && fee.lapsedOn <= dueOn)
    throw new Refusal(
      'requests-fee-lapsed',
      `更正后缴费期限到${printedDay(dueOn)}为止，而逾期未缴费已于${printedDay(fee.lapsedOn)}登记，两者矛盾，不能这样更正。`,
    );
  await updateFee(ctx.db, ctx.agencyId, request.id, { delivered_on: on, due_on: dueOn });
}
