import { createHash, randomBytes } from 'node:crypto';
import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { type Clock, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { type Db, transact } from '../../core/db.ts';
import { NotFound, Refusal } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { actingOn, demand, findAgencyById, findStaff, may } from '../organisations/index.ts';
import { deleteFeed, type Feed, type FeedScope, feedOf, findFeed, writeFeed } from './feed-store.ts';
import { listRequests, type QueuedRequest } from './list.ts';
import { everything } from './list-filter.ts';
import { requestStates } from './model.ts';

/** Events of one feed at most, the first due first. */
const MOST_EVENTS = 1000;
const TOKEN = /^[\w-]{43}$/;

const digestOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** The actor's own feed, without its address: that is shown once and not kept. */
export function ownFeed(ctx: Ctx): Promise<Feed | null> {
  return feedOf(ctx.db, ctx.agencyId, ownerOf(ctx));
}

/** Makes the actor's feed, or one in place of the old, whose address then opens nothing. Returns the secret of its address. */
export async function makeFeed(ctx: Ctx, scope: FeedScope): Promise<string> {
  demand(ctx.actor, 'requests.read');
  const staffId = ownerOf(ctx);
  const token = randomBytes(32).toString('base64url');
  await transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    const madeAt = instantOf(ctx.clock);
    await writeFeed(db, { agencyId, staffId, scope, madeAt, tokenDigest: digestOf(token) });
    await record(ctx, {
      act: 'requests.make-feed',
      subject: { kind: 'request-list', id: 'feed', label: '到期日历订阅' },
      after: { scope: scope === 'mine' ? '我承办的' : '我能看到的全部' },
    });
  });
  return token;
}

/** Takes the actor's feed back: its address opens nothing from now on. @throws NotFound */
export async function revokeFeed(ctx: Ctx): Promise<void> {
  const staffId = ownerOf(ctx);
  await transact(ctx, async (ctx) => {
    if (!(await deleteFeed(ctx.db, ctx.agencyId, staffId))) throw new NotFound('还没有订阅地址。');
    await record(ctx, {
      act: 'requests.revoke-feed',
      subject: { kind: 'request-list', id: 'feed', label: '到期日历订阅' },
    });
  });
}

function ownerOf({ actor }: Ctx): number {
  if (actor.kind !== 'staff') throw new Refusal('staff-only', '只有工作人员可以订阅。', { status: 403 });
  return actor.staffId;
}

/**
 * The due dates behind a secret address as iCalendar (RFC 5545): whole-day events of open requests with number and state,
 * nothing of what is asked or by whom. Its owner must still be here and may see requests; he sees what he would in the list.
 * @throws NotFound for every address that opens nothing, whatever the reason
 */
export async function calendarFeed(
  host: { db: Db; clock: Clock; publicUrl: string },
  token: string,
): Promise<string> {
  const nothing = new NotFound('没有这个日历，或者它已被撤销。');
  const feed = TOKEN.test(token) ? await findFeed(host.db, digestOf(token)) : null;
  if (feed === null) throw nothing;
  const { agencyId, staffId } = feed;
  const [person, agency] = await Promise.all([
    findStaff(host.db, agencyId, staffId),
    findAgencyById(host.db, agencyId),
  ]);
  const today = host.clock.today().toString();
  if (!person || !agency || (person.leftOn !== null && person.leftOn < today)) throw nothing;
  const actor = actingOn(person, today);
  if (!may(actor, 'requests.read')) throw nothing;
  const ctx: Ctx = { db: host.db, clock: host.clock, agencyId, actor };
  const base = host.publicUrl.replace(/\/$/, '');
  const calendar = ical({
    name: `${agency.shortName}依申请公开到期`,
    prodId: { company: 'gongkai', product: 'requests', language: 'ZH' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 60 * 60,
  });
  for (const request of await dueOf(ctx, feed)) {
    const due = Temporal.PlainDate.from(request.dueOn ?? '');
    calendar.createEvent({
      id: `request-${request.id}.${agency.code}@${new URL(base).hostname}`,
      start: noon(due),
      end: noon(due.add({ days: 1 })),
      allDay: true,
      stamp: instantOf(host.clock),
      summary: `申请 ${request.number} 答复到期${request.provisional ? '（暂定）' : ''}`,
      description: `${requestStates[request.state].label}。打开：${base}/workbench/requests/${request.id}`,
      url: `${base}/workbench/requests/${request.id}`,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return calendar.toString();
}

/** A day that stays the same one in whichever zone it is written out. */
const noon = (date: Temporal.PlainDate) => new Date(`${date}T12:00:00Z`);

async function dueOf(ctx: Ctx, { scope, staffId }: Feed): Promise<QueuedRequest[]> {
  const filter = {
    ...everything,
    group: 'open' as const,
    handlerId: scope === 'mine' ? staffId : null,
    due: { from: null, to: '9999-12-31' },
  };
  const found: QueuedRequest[] = [];
  for (let after: string | null = ''; after !== null && found.length < MOST_EVENTS; ) {
    const page: Awaited<ReturnType<typeof listRequests>> = await listRequests(ctx, filter, {
      sort: 'due',
      after,
      limit: 200,
    });
    found.push(...page.items);
    after = page.next;
  }
  return found.slice(0, MOST_EVENTS);
}
