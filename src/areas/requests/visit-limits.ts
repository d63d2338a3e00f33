import { instantOf } from '../../core/clock.ts';
import { Refusal } from '../../core/refusal.ts';
import type { RequestCtx } from './case-actions.ts';
import { type AttemptKind, attemptsWithin, countAttempt, uncountAttempt } from './visit-store.ts';

/** How often one visitor's address (or one number) may try within so many minutes. */
const limits: Readonly<Record<AttemptKind, { most: number; minutes: number; what: string }>> = {
  file: { most: 60, minutes: 60, what: '上传文件' },
  send: { most: 40, minutes: 60, what: '提交申请' },
  'send-slowly': { most: 5, minutes: 60, what: '提交申请' },
  'track-number': { most: 10, minutes: 15, what: '查询' },
  'track-address': { most: 30, minutes: 15, what: '查询' },
};

const keyOf = ({ vault }: RequestCtx, kind: AttemptKind, value: string) => ({
  kind,
  keyDigest: vault.digest('request-visit', value),
});

const nowOf = ({ clock }: RequestCtx) => instantOf(clock);

/**
 * Counts the attempt before it is made, outside any transaction, so that a hundred at once do not slip through.
 * @throws Refusal `requests-too-often` (429), saying when it is possible again
 */
export async function admitVisit(ctx: RequestCtx, kind: AttemptKind, value: string): Promise<void> {
  const { most, minutes, what } = limits[kind];
  const now = nowOf(ctx);
  const { attempts, firstAt } = await countAttempt(
    ctx.db,
    ctx.agencyId,
    keyOf(ctx, kind, value),
    now,
    minutes,
  );
  if (attempts <= most) return;
  const wait = Math.max(1, Math.ceil((firstAt.getTime() - now.getTime()) / 60_000 + minutes));
  throw new Refusal(
    'requests-too-often',
    `${what}次数过多，请 ${wait} 分钟后再试。急需办理的，请直接致电或到窗口。`,
    {
      status: 429,
    },
  );
}

/** Takes the count back: what was tried was no offence. */
export function forgiveVisit(ctx: RequestCtx, kind: AttemptKind, value: string): Promise<void> {
  return uncountAttempt(ctx.db, ctx.agencyId, keyOf(ctx, kind, value));
}

/** How many forms came from this address within the hour. */
export function formsWithinHour(ctx: RequestCtx, address: string): Promise<number> {
  const since = new Date(nowOf(ctx).getTime() - limits.send.minutes * 60_000);
  return attemptsWithin(ctx.db, ctx.agencyId, keyOf(ctx, 'send', address), since);
}
