import { Temporal } from 'temporal-polyfill';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { deliverLetter, dispatchLetter } from '../letters/index.ts';
import { demandReleased } from '../releases/index.ts';
import { type CaseRef, moving, type RequestCtx } from './case-actions.ts';
import { keepFiles } from './file-actions.ts';
import { filesOfCase } from './form-store.ts';
import type { Dispatch, NewFile, RequestCase } from './model.ts';
import { updateReply } from './reply-store.ts';
import { readDate, readText } from './texts.ts';

const methods: readonly string[] = ['direct', 'through-agency', 'post', 'electronic', 'courier'];

/**
 * Sends the signed reply out: the request is concluded with exactly one result, on the day of dispatch (国办公开办函〔2016〕235号).
 * What was handed over in person is delivered with it.
 */
export async function dispatchReply(ctx: RequestCtx, ref: CaseRef, given: Dispatch): Promise<void> {
  await moving(ctx, ref, 'dispatch', async (ctx, { standing, today }) => {
    const { case: request, reply } = standing;
    if (reply?.signedOn == null || reply.letterId === null)
      throw new Refusal('requests-unsigned', '答复还没有签发，不能发出。');
    if (!methods.includes(given.method)) throw new InvalidForm({ method: '请选择送达方式。' });
    const on = readDate('on', given.on, '发出日期', {
      from: { on: reply.signedOn, what: '签发日期' },
      to: today.toString(),
    });
    await demandFilesReleased(ctx, request);
    const day = Temporal.PlainDate.from(on);
    const tracking = given.trackingNumber.trim();
    if (tracking.length > 60) throw new InvalidForm({ trackingNumber: '邮件号码最多 60 个字。' });
    await dispatchLetter(ctx, reply.letterId, {
      method: given.method,
      on: day,
      ...(tracking !== '' && { trackingNumber: tracking }),
    });
    const direct = given.method === 'direct';
    if (direct) await deliverLetter(ctx, reply.letterId, { on: day });
    await updateReply(ctx.db, ctx.agencyId, reply.id, {
      dispatched_on: on,
      delivery_method: given.method,
      ...(direct && { delivered_on: on }),
    });
    const late = request.dueOn !== null && on > request.dueOn;
    return {
      change: { result_code: reply.kindCode, concluded_on: on },
      after: { result: reply.kindCode, dispatchedOn: on, method: given.method, late },
      result: undefined,
    };
  });
}

/** Nothing leaves that the release gate has not looked at. @throws Refusal naming what is open */
async function demandFilesReleased(ctx: RequestCtx, request: RequestCase): Promise<void> {
  const files = await filesOfCase(ctx.db, ctx.agencyId, request.formId, request.id);
  const leaving = files.filter(({ kind }) => kind === 'released').map(({ digest }) => digest);
  await demandReleased(ctx, { kind: 'request', id: request.id }, leaving);
}

/** The day the reply reached the applicant, with the scans that prove it. */
export async function recordDelivery(
  ctx: RequestCtx,
  ref: CaseRef,
  given: { on: string; by: string; files?: readonly NewFile[] },
): Promise<void> {
  await moving(ctx, ref, 'record-delivery', async (ctx, { standing, today }) => {
    const { reply, case: request } = standing;
    if (reply?.dispatchedOn == null || reply.letterId === null)
      throw new Refusal('requests-no-letter', '这件申请没有发出过答复书。');
    const on = readDate('on', given.on, '送达日期', {
      from: { on: reply.dispatchedOn, what: '发出日期' },
      to: today.toString(),
    });
    await deliverLetter(ctx, reply.letterId, { on: Temporal.PlainDate.from(on), by: given.by });
    await updateReply(ctx.db, ctx.agencyId, reply.id, { delivered_on: on });
    const files = await keepFiles(ctx, { formId: request.formId, requestId: request.id }, given.files ?? []);
    return { after: { deliveredOn: on, files }, result: undefined };
  });
}

/** The applicant takes the request back; it counts under 其他 since 2019, and under no reply row before. */
export async function withdrawRequest(ctx: RequestCtx, ref: CaseRef, reason: string): Promise<void> {
  const staff = ctx.actor.kind !== 'public';
  const why = staff ? readText('reason', reason, '申请人撤回的情况', 500) : '';
  await moving(ctx, ref, 'withdraw', async (ctx, { standing, today }) => {
    const { case: request, reply } = standing;
    if (reply !== null) await updateReply(ctx.db, ctx.agencyId, reply.id, { state: 'void' });
    const result = request.regime === 'R2008' ? 'W' : 'B6.3';
    const on =
      request.receivedOn !== null && today.toString() < request.receivedOn
        ? request.receivedOn
        : today.toString();
    return {
      change: { result_code: result, concluded_on: on },
      after: { result, concludedOn: on },
      ...(why !== '' && { reason: why }),
      result: undefined,
    };
  });
}

/** Puts the concluded case away (711/45). */
export async function archiveRequest(ctx: RequestCtx, ref: CaseRef): Promise<void> {
  await moving(ctx, ref, 'archive', async () => ({ result: undefined }));
}
