import { instantOf } from '../../core/clock.ts';
import { transact } from '../../core/db.ts';
import type { Jobs } from '../../core/jobs.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { notify } from '../notifications/index.ts';
import { demand, findAgencyById, staffWithRole } from '../organisations/index.ts';
import type { RequestCtx } from './case-actions.ts';
import type { Disposal, DueForm, HeldForm } from './disposal-model.ts';
import { closedUntil, retentionYearsOf } from './disposal-rules.ts';
import {
  countDueForms,
  countProposed,
  decideDisposalRow,
  deleteHold,
  disposalsPage,
  dueForms,
  type FormPlace,
  findDisposal,
  formsOfList,
  heldForms,
  insertDisposal,
  insertHolds,
  lockDisposal,
  lockDisposals,
  putOnList,
  setForms,
  takeOffList,
} from './disposal-store.ts';
import { readText } from './texts.ts';

/** The job that carries approved lists out. */
export const DISPOSE_REQUESTS = 'dispose-requests';

/** Forms of one list, at most. */
export const MOST_ON_LIST = 20_000;
/** Due forms are counted up to this number. */
export const MOST_DUE_COUNTED = 1000;
const ROWS = 50;

/** How long data are kept, and the last day of closing that is over. */
export interface Retention {
  years: number;
  closedUntil: string;
}

export async function retentionOf(ctx: RequestCtx): Promise<Retention> {
  const agency = await findAgencyById(ctx.db, ctx.agencyId);
  const years = retentionYearsOf(agency?.settings ?? {});
  return { years, closedUntil: closedUntil(ctx.clock.today(), years) };
}

export const disposalSubject = (id: number) => ({
  kind: 'request-disposal',
  id,
  label: `处置清单第 ${id} 号`,
});

/** How many lists wait for a decision. */
export async function countDisposals(ctx: Pick<RequestCtx, 'db' | 'agencyId'>): Promise<number> {
  return countProposed(ctx.db, ctx.agencyId);
}

/** Forms whose time of keeping is over, the longest kept first; `count` is told up to one more than `MOST_DUE_COUNTED`. */
export async function listDueForms(
  ctx: RequestCtx,
  page: { behind?: string } = {},
): Promise<{ retention: Retention; items: DueForm[]; next: string | null; count: number }> {
  demand(ctx.actor, 'requests.read-disposals');
  const retention = await retentionOf(ctx);
  const found = await dueForms(ctx.db, ctx.agencyId, retention.closedUntil, {
    behind: readPlace(page.behind),
    limit: ROWS + 1,
  });
  const count = await countDueForms(ctx.db, ctx.agencyId, retention.closedUntil, MOST_DUE_COUNTED + 1);
  return { retention, ...paged(found), count };
}

function paged<T extends { id: number; submittedOn: string }>(
  found: readonly T[],
): { items: T[]; next: string | null } {
  const items = found.slice(0, ROWS);
  const last = items.at(-1);
  return { items, next: found.length > ROWS && last ? `${last.submittedOn}.${last.id}` : null };
}

function readPlace(text: string | undefined): FormPlace | null {
  const [, on, id] = /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))\.(\d{1,9})$/.exec(text ?? '') ?? [];
  const real = on !== undefined && new Date(`${on}T00:00:00Z`).toISOString().startsWith(on);
  return real && id !== undefined ? { on, id: Number(id) } : null;
}

/** Forms that are held back, the newest hold first. */
export async function listHeldForms(
  ctx: RequestCtx,
  page: { behind?: string } = {},
): Promise<{ items: HeldForm[]; next: string | null }> {
  demand(ctx.actor, 'requests.read-disposals');
  const [, at, id] = /^(\d{1,14})\.(\d{1,9})$/.exec(page.behind ?? '') ?? [];
  const behind = at === undefined || id === undefined ? null : { at: new Date(Number(at)), id: Number(id) };
  const found = await heldForms(ctx.db, ctx.agencyId, { behind, limit: ROWS + 1 });
  const items = found.slice(0, ROWS);
  const last = items.at(-1);
  return { items, next: found.length > ROWS && last ? `${last.heldAt.getTime()}.${last.id}` : null };
}

/** Lists of disposal, newest first. */
export async function listDisposals(
  ctx: RequestCtx,
  page: { before?: number } = {},
): Promise<{ items: Disposal[]; next: number | null }> {
  demand(ctx.actor, 'requests.read-disposals');
  const found = await disposalsPage(ctx.db, ctx.agencyId, { before: page.before ?? null, limit: ROWS + 1 });
  const items = found.slice(0, ROWS);
  return { items, next: found.length > ROWS ? (items.at(-1)?.id ?? null) : null };
}

/** One list with a page of its forms. @throws NotFound */
export async function readDisposal(
  ctx: RequestCtx,
  id: number,
  page: { behind?: string } = {},
): Promise<{
  disposal: Disposal;
  items: (DueForm & { disposedOn: string | null })[];
  next: string | null;
}> {
  demand(ctx.actor, 'requests.read-disposals');
  const disposal = await findDisposal(ctx.db, ctx.agencyId, id);
  if (!disposal) throw new NotFound('没有找到这份处置清单。');
  const found = await formsOfList(ctx.db, ctx.agencyId, id, {
    behind: readPlace(page.behind),
    limit: ROWS + 1,
  });
  return { disposal, ...paged(found) };
}

/**
 * Proposes forms whose time of keeping is over: those chosen, or all up to `MOST_ON_LIST`, the longest kept first. Those
 * that are held back or in dispute never are among them. Returns the list's id.
 * @throws InvalidForm when none of them is due
 */
export async function proposeDisposal(
  ctx: RequestCtx,
  which: { chosen: readonly number[] } | 'all',
): Promise<number> {
  demand(ctx.actor, 'requests.dispose');
  const { actor } = ctx;
  if (actor.kind !== 'staff') throw new Error('a list of disposal is proposed by a person');
  return transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    await lockDisposals(db, agencyId);
    const retention = await retentionOf(ctx);
    const id = await insertDisposal(db, agencyId, {
      ...retention,
      forms: 1,
      proposedBy: actor.staffId,
      proposedByName: actor.name,
      proposedAt: instantOf(ctx.clock),
    });
    const forms = await putOnList(
      db,
      agencyId,
      id,
      retention.closedUntil,
      which === 'all' ? { most: MOST_ON_LIST } : which,
    );
    if (forms === 0)
      throw new InvalidForm({ forms: '请选择要列入清单的申请表；已列入其他清单或者暂缓的不能再列入。' });
    await setForms(db, agencyId, id, forms);
    const on = ctx.clock.today().toString();
    const leaders = await staffWithRole(db, agencyId, 'leader', on);
    await notify(
      ctx,
      leaders.map((person) => person.id),
      {
        title: `处置清单第 ${id} 号请审批：${forms} 份到期的申请表`,
        href: `/workbench/requests/disposal/${id}`,
      },
    );
    await record(ctx, {
      act: 'requests.propose-disposal',
      ground: GROUND,
      subject: disposalSubject(id),
      after: { forms, years: retention.years, closedUntil: retention.closedUntil },
    });
    return id;
  });
}

/** Personal data go when their purpose is reached or their time is over. */
export const GROUND = '《中华人民共和国个人信息保护法》第十九条、第四十七条';

/** Takes a list back that is not decided. */
export async function withdrawDisposal(ctx: RequestCtx, id: number): Promise<void> {
  demand(ctx.actor, 'requests.dispose');
  await deciding(ctx, id, async (ctx, disposal) => {
    await decide(ctx, disposal, 'withdrawn', '');
    await takeOffList(ctx.db, ctx.agencyId, id);
    await record(ctx, { act: 'requests.withdraw-disposal', subject: disposalSubject(id) });
  });
}

/**
 * Approves a list, which then is carried out by a job and cannot be taken back, or refuses it with a reason.
 * @throws Refusal for whoever proposed it, or when it was decided meanwhile
 */
export async function decideDisposal(
  ctx: RequestCtx & { jobs: Pick<Jobs, 'enqueue'> },
  id: number,
  given: { approve: boolean; reason: string },
): Promise<void> {
  demand(ctx.actor, 'requests.approve-disposal');
  const { approve } = given;
  const reason = approve ? '' : readText('reason', given.reason, '不批准的理由', 200);
  await deciding(ctx, id, async (ctx, disposal) => {
    const { actor, db, agencyId } = ctx;
    if (actor.kind !== 'staff' || actor.staffId === disposal.proposedBy)
      throw new Refusal('requests-own-disposal', '这份清单由您提出，须由他人批准。', { status: 403 });
    await decide(ctx, disposal, approve ? 'approved' : 'refused', reason);
    if (approve) await ctx.jobs.enqueue(db, DISPOSE_REQUESTS);
    else await takeOffList(db, agencyId, id);
    await notify(ctx, [disposal.proposedBy], {
      title: `处置清单第 ${id} 号${approve ? '已批准，正在销毁' : '未获批准'}`,
      href: `/workbench/requests/disposal/${id}`,
    });
    await record(ctx, {
      act: approve ? 'requests.approve-disposal' : 'requests.refuse-disposal',
      ground: GROUND,
      subject: disposalSubject(id),
      after: { forms: disposal.forms },
      ...(reason === '' ? {} : { reason }),
    });
  });
}

async function deciding<C extends RequestCtx>(
  ctx: C,
  id: number,
  work: (ctx: C, disposal: Disposal) => Promise<void>,
): Promise<void> {
  await transact(ctx, async (ctx) => {
    await lockDisposals(ctx.db, ctx.agencyId);
    const disposal = await lockDisposal(ctx.db, ctx.agencyId, id);
    if (!disposal) throw new NotFound('没有找到这份处置清单。');
    if (disposal.state !== 'proposed') {
      throw new Refusal(
        'requests-disposal-decided',
        `这份清单已由${disposal.decidedByName}办理，请刷新页面查看。`,
      );
    }
    await work(ctx, disposal);
  });
}

function decide(
  ctx: RequestCtx,
  { id }: Disposal,
  state: 'approved' | 'refused' | 'withdrawn',
  reason: string,
): Promise<void> {
  const { actor } = ctx;
  return decideDisposalRow(ctx.db, ctx.agencyId, id, {
    state,
    by: actor.kind === 'staff' ? actor.staffId : null,
    byName: actor.name,
    at: instantOf(ctx.clock),
    reason,
  });
}

/** Holds forms back from disposal, also those that stand on a list. Returns how many. @throws InvalidForm */
export async function holdForms(
  ctx: RequestCtx,
  formIds: readonly number[],
  reason: string,
): Promise<number> {
  demand(ctx.actor, 'requests.dispose');
  if (formIds.length === 0) throw new InvalidForm({ forms: '请选择要暂缓的申请表。' });
  const why = readText('reason', reason, '暂缓的理由', 200);
  return transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    await lockDisposals(db, agencyId);
    const at = instantOf(ctx.clock);
    const held = await insertHolds(db, agencyId, formIds, { reason: why, by: ctx.actor.name, at });
    for (const { id, number } of held) {
      await record(ctx, { act: 'requests.hold-disposal', subject: formSubject(id, number), reason: why });
    }
    return held.length;
  });
}

/** Lets a form go again that was held back. @throws NotFound */
export async function releaseHold(ctx: RequestCtx, formId: number): Promise<void> {
  demand(ctx.actor, 'requests.dispose');
  await transact(ctx, async (ctx) => {
    const freed = await deleteHold(ctx.db, ctx.agencyId, formId);
    if (!freed) throw new NotFound('这份申请表没有暂缓。');
    await record(ctx, {
      act: 'requests.release-disposal',
      subject: formSubject(formId, freed.number),
      before: { reason: freed.reason },
    });
  });
}

export const formSubject = (id: number, number: string) => ({
  kind: 'request-form',
  id,
  label: `申请表 ${number}`,
});
