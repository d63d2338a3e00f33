import type { Temporal } from 'temporal-polyfill';
import type { Ctx } from '../../core/context.ts';
import { type Db, transact } from '../../core/db.ts';
import { NotFound, Refusal } from '../../core/refusal.ts';
import type { Vault } from '../../core/vault/index.ts';
import {
  type LawSettings,
  lawSettingsOf,
  requestClock,
  suspendedUntil,
  type WorkingCalendar,
} from '../../law/index.ts';
import { actsOf, record } from '../../ledger/index.ts';
import { currentCalendar } from '../calendars/index.ts';
import { findAgencyById, may } from '../organisations/index.ts';
import { findForm } from './form-store.ts';
import type { RequestCase, RequestState } from './model.ts';
import { groundOf, type Move, moves } from './moves.ts';
import { type CaseChange, findCase, lockCase, updateCase, updateClock } from './request-store.ts';
import { demandMove, type Mover } from './rules.ts';
import { type CaseStanding, factsOf } from './standing.ts';
import { loadStanding } from './standing-store.ts';
import { printedDay } from './texts.ts';

/** What every act on requests receives: a context that can seal and open. */
export interface RequestCtx extends Ctx {
  vault: Vault;
}

/** Which request, and the version that the person saw; without it the newest is meant. */
export interface CaseRef {
  id: number;
  version?: number;
}

/** What a move writes: the case's own columns, and what the ledger is told. Nothing personal. */
export interface CaseOutcome<T> {
  /** Where it leads when the table leaves that to the move. */
  state?: RequestState;
  change?: Omit<CaseChange, 'state'>;
  before?: unknown;
  after?: unknown;
  reason?: string;
  result: T;
}

/** A request held for a move, with the days and the calendar it is judged by. */
export interface Held {
  standing: CaseStanding;
  today: Temporal.PlainDate;
  calendar: WorkingCalendar;
  law: LawSettings;
}

/**
 * The one way a request is moved: locks it, asks the table of moves, lets `change` write, sets the state and the clock,
 * and records the act, all in one transaction.
 * @throws NotFound; Refusal when the move is not open, or when somebody else acted since the page was drawn
 */
export async function moving<T, C extends RequestCtx>(
  ctx: C,
  ref: CaseRef,
  move: Move,
  change: (ctx: C, held: Held) => Promise<CaseOutcome<T>>,
): Promise<T> {
  return transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    const request = await lockCase(db, agencyId, ref.id);
    if (!request) throw new NotFound('没有找到这件申请。');
    if (ref.version !== undefined && ref.version !== request.version)
      throw await changedMeanwhile(ctx, request);
    await demandKept(ctx, request);
    const held = await hold(ctx, request);
    demandMove(move, held.standing, moverOf(ctx, move), held.today, held.calendar);
    const outcome = await change(ctx, held);
    const state = outcome.state ?? moves[move].to ?? request.state;
    await updateCase(db, agencyId, request.id, { ...outcome.change, state });
    const after = await refreshClock(ctx, request.id, held.calendar);
    const due = after.dueOn === request.dueOn ? {} : { due: after.dueOn };
    await record(ctx, {
      act: `requests.${move}`,
      ground: groundOf(move, request.regime),
      subject: subjectOf(request),
      before: {
        state: request.state,
        ...(after.dueOn !== request.dueOn && { due: request.dueOn }),
        ...asObject(outcome.before),
      },
      after: { state, ...due, ...asObject(outcome.after) },
      ...(outcome.reason ? { reason: outcome.reason } : {}),
    });
    return outcome.result;
  });
}

const asObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

export const subjectOf = ({ id, number }: Pick<RequestCase, 'id' | 'number'>) => ({
  kind: 'request',
  id,
  label: `申请 ${number}`,
});

/** Loads all that hangs on a request, with today and the agency's calendar. */
export async function hold(ctx: Ctx, request: RequestCase): Promise<Held> {
  const { db, agencyId, clock } = ctx;
  return {
    standing: await loadStanding(db, agencyId, request),
    today: clock.today(),
    calendar: await currentCalendar(db, agencyId),
    law: await lawOf(db, agencyId),
  };
}

export async function lawOf(db: Db, agencyId: number): Promise<LawSettings> {
  const agency = await findAgencyById(db, agencyId);
  return lawSettingsOf(agency?.settings ?? {});
}

/** The actor as the rules of a move look at him. */
export function moverOf({ actor }: Ctx, move: Move): Mover {
  if (actor.kind === 'system') {
    return { kind: 'system', staffId: null, unitId: null, may: true, everyUnit: true };
  }
  if (actor.kind === 'public') {
    return { kind: 'applicant', staffId: null, unitId: null, may: false, everyUnit: false };
  }
  return {
    kind: 'staff',
    staffId: actor.staffId,
    unitId: actor.unitId,
    may: may(actor, moves[move].act),
    everyUnit: may(actor, 'requests.check'),
  };
}

/** Computes the clock anew from the records and keeps what lists sort by. Returns the request as it then is. */
export async function refreshClock(ctx: Ctx, id: number, calendar: WorkingCalendar): Promise<RequestCase> {
  const { db, agencyId } = ctx;
  const request = await demandCase(ctx, id);
  const facts = factsOf(await loadStanding(db, agencyId, request));
  // The clock of a concluded request stays as it was when the reply went out.
  if (facts === null || request.concludedOn !== null) return request;
  const clock = requestClock(facts, calendar);
  const stored = {
    state: clock.state,
    from: clock.from.toString(),
    firstDue: clock.firstDue?.toString() ?? null,
    due: clock.due?.toString() ?? null,
    provisional: clock.provisional,
    suspendedUntil: suspendedUntil(facts, calendar)?.toString() ?? null,
    calendar: calendar.version,
  };
  await updateClock(db, agencyId, id, stored);
  return {
    ...request,
    clockState: stored.state,
    clockFrom: stored.from,
    firstDueOn: stored.firstDue,
    dueOn: stored.due,
    provisional: stored.provisional,
    suspendedUntil: stored.suspendedUntil,
  };
}

/**
 * Counts one open request anew after the calendar changed, and records it when its day moved.
 * @returns the day before and after, or null when nothing moved or the request is concluded
 */
export async function recountRequest(
  ctx: Ctx,
  id: number,
): Promise<{ before: string | null; after: string | null } | null> {
  return transact(ctx, async (ctx) => {
    const request = await lockCase(ctx.db, ctx.agencyId, id);
    if (!request || request.concludedOn !== null) return null;
    const counted = await refreshClock(ctx, id, await currentCalendar(ctx.db, ctx.agencyId));
    if (counted.dueOn === request.dueOn) return null;
    await record(ctx, {
      act: 'requests.recount',
      ground: '国务院办公厅关于部分节假日安排的通知',
      subject: subjectOf(request),
      before: { due: request.dueOn },
      after: { due: counted.dueOn },
    });
    return { before: request.dueOn, after: counted.dueOn };
  });
}

/** @throws NotFound */
export async function demandCase(ctx: Ctx, id: number): Promise<RequestCase> {
  const request = await findCase(ctx.db, ctx.agencyId, id);
  if (!request) throw new NotFound('没有找到这件申请。');
  return request;
}

/** Nothing more is done on a case whose data were disposed of. @throws Refusal */
export async function demandKept(ctx: Ctx, { formId }: Pick<RequestCase, 'formId'>): Promise<void> {
  const form = await findForm(ctx.db, ctx.agencyId, formId);
  if (form?.disposedOn) throw new Refusal(DISPOSED, disposedWords(form.disposedOn));
}

export const DISPOSED = 'requests-disposed';
export const disposedWords = (on: string) =>
  `这件申请的材料已于${printedDay(on)}按保管期限销毁，不能再办理。`;

/** Tells who acted in between and what he did. */
async function changedMeanwhile(ctx: Ctx, { id, number }: RequestCase): Promise<Refusal> {
  const [last] = await actsOf(ctx.db, ctx.agencyId, 'request', id, 1);
  const what = last ? `${last.by}刚刚办理了“${last.title}”` : '内容刚刚有变动';
  return new Refusal(
    'requests-changed-meanwhile',
    `申请 ${number} 在您打开页面之后，${what}。您填写的内容没有提交，请刷新页面查看后再办理。`,
  );
}
