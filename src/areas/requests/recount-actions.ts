import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { NotFound } from '../../core/refusal.ts';
import { currentCalendar } from '../calendars/index.ts';
import { demand } from '../organisations/index.ts';
import { recountRequest } from './case-actions.ts';
import {
  addToRecount,
  dueOf,
  endRecounts,
  newestRecounts,
  openRecount,
  type Recount,
  type RecountChange,
  recountChanges,
  staleRequests,
} from './recount-store.ts';
import { tellThoseAtWork } from './reminder-letters.ts';
import { dayWords } from './texts.ts';

/** Requests counted in one transaction; the ledger of the agency waits as long. */
const AT_ONCE = 50;
const RECOUNTS_SHOWN = 12;
const CHANGES_SHOWN = 100;

/**
 * Counts every open request anew whose limit was counted by another calendar, tells those at work on it when its day moved,
 * and keeps what changed. Returns false when it stopped because `enough` said so and requests are left.
 */
export async function recountRequests(ctx: Ctx, enough: () => boolean = () => false): Promise<boolean> {
  const calendar = await currentCalendar(ctx.db, ctx.agencyId);
  const stamp = () => instantOf(ctx.clock);
  for (;;) {
    if (enough()) return false;
    const counted = await transact(ctx, async (ctx) => {
      const { db, agencyId } = ctx;
      const stale = await staleRequests(db, agencyId, calendar.version, AT_ONCE);
      if (stale.length === 0) {
        await endRecounts(db, agencyId, stamp());
        return 0;
      }
      const recount = await openRecount(db, agencyId, calendar.version, stamp());
      for (const { id } of stale) await recountRequest(ctx, id);
      const after = await dueOf(
        db,
        agencyId,
        stale.map(({ id }) => id),
      );
      const changes = stale.flatMap((request) => {
        const now = after.get(request.id);
        const same = now?.dueOn === request.dueOn && now.provisional === request.provisional;
        return now === undefined || same ? [] : [{ request, now }];
      });
      await addToRecount(
        db,
        agencyId,
        recount,
        stale.length,
        changes.map(({ request, now }) => ({
          requestId: request.id,
          dueBefore: request.dueOn,
          dueAfter: now.dueOn,
          provisionalBefore: request.provisional,
          provisionalAfter: now.provisional,
        })),
      );
      await tellThoseAtWork(
        ctx,
        changes
          .filter(({ request, now }) => now.dueOn !== request.dueOn)
          .map(({ request, now }) => ({
            requestId: request.id,
            unitId: request.unitId,
            handlerId: request.handlerId,
            title: `节假日安排有调整：申请 ${request.number} 的答复期限由${dayWords(request.dueOn)}改为${dayWords(now.dueOn)}`,
            roles: ['disclosure-officer'],
          })),
        {
          title: () => '节假日安排有调整：多件申请的答复期限有变动',
          href: `/workbench/requests/recounts/${recount}`,
        },
      );
      return stale.length;
    });
    if (counted === 0) return true;
  }
}

/** The newest recounts, newest first. */
export async function listRecounts(ctx: Ctx): Promise<Recount[]> {
  demand(ctx.actor, 'requests.read');
  return newestRecounts(ctx.db, ctx.agencyId, RECOUNTS_SHOWN);
}

/** What one recount changed, a page at a time. @throws NotFound for one that is none of the newest */
export async function readRecount(
  ctx: Ctx,
  id: number,
  behind = 0,
): Promise<{ recount: Recount; changes: RecountChange[]; next: number | null }> {
  const recount = (await listRecounts(ctx)).find((one) => one.id === id);
  if (!recount) throw new NotFound('没有找到这次期限重算。');
  const found = await recountChanges(ctx.db, ctx.agencyId, id, { behind, limit: CHANGES_SHOWN + 1 });
  const changes = found.slice(0, CHANGES_SHOWN);
  return {
    recount,
    changes,
    next: found.length > CHANGES_SHOWN ? (changes.at(-1)?.requestId ?? null) : null,
  };
}
