import { type Clock, instantOf } from '../core/clock.ts';
import type { Ctx } from '../core/context.ts';
import { type Db, transact } from '../core/db.ts';
import { Refusal } from '../core/refusal.ts';
import { chains, head } from './store.ts';
import { type ChainVerification, problemWords, verifyChain } from './verify.ts';

export interface Verification {
  id: number;
  startedAt: Date;
  requestedBy: string;
  total: number;
  entries: number;
  /** `interrupted`: its process ended before the run did. */
  state: 'running' | 'interrupted' | 'sound' | 'broken';
  finishedAt: Date | null;
  firstBroken: number | null;
  problem: string;
}

interface Host {
  db: Db;
  clock: Clock;
  anchorFile?: string;
}

/** A run that has not been heard of for this long is taken as dead. */
const SILENCE_MS = 120_000;
/** Acts between two notes of progress. */
const STEP = 20_000;

/** Notes that a verification was asked for; `runVerification` does the work. Refuses while one is running. */
export async function requestVerification(ctx: Ctx, requestedBy = ctx.actor.name): Promise<number> {
  const [latest] = await verifications(ctx.db, ctx.clock, ctx.agencyId, 1);
  if (latest?.state === 'running') throw new Refusal('already-verifying', '正在校验，请等待本次校验完成。');
  const now = instantOf(ctx.clock);
  const row = await ctx.db
    .insertInto('ledger_verifications')
    .values({
      agency_id: ctx.agencyId,
      started_at: now,
      seen_at: now,
      requested_by: requestedBy,
      total: (await head(ctx.db, ctx.agencyId))?.seq ?? 0,
      finished_at: null,
      ok: null,
      first_broken: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Verifies the chain and keeps progress and result in the row of the run. Safe to run twice. */
export async function runVerification(
  host: Host,
  agencyId: number,
  id: number,
): Promise<ChainVerification | null> {
  const target = (await chains(host.db)).find((chain) => chain.agencyId === agencyId);
  if (!target) return null;
  const note = (values: object) =>
    host.db
      .updateTable('ledger_verifications')
      .set({ seen_at: instantOf(host.clock), ...values })
      .where('agency_id', '=', agencyId)
      .where('id', '=', id)
      .execute();
  let noted = 0;
  const result = await verifyChain(host.db, target, {
    anchorFile: host.anchorFile,
    onProgress: async (entries, total) => {
      if (entries - noted < STEP) return;
      noted = entries;
      await note({ entries, total });
    },
  });
  await note({
    entries: result.entries,
    finished_at: instantOf(host.clock),
    ok: result.ok,
    first_broken: result.firstBroken,
    problem: result.problem ? problemWords[result.problem] : '',
  });
  return result;
}

/** Verifies every chain, one run each, as the nightly job does. */
export async function verifyAll(host: Host): Promise<ChainVerification[]> {
  const results: ChainVerification[] = [];
  for (const chain of await chains(host.db)) {
    const [latest] = await verifications(host.db, host.clock, chain.agencyId, 1);
    if (chain.seq === 0 || latest?.state === 'running') continue;
    const ctx: Ctx = {
      db: host.db,
      clock: host.clock,
      agencyId: chain.agencyId,
      actor: { kind: 'system', name: '系统' },
    };
    const id = await transact(ctx, (inside) => requestVerification(inside));
    const result = await runVerification(host, chain.agencyId, id);
    if (result) results.push(result);
  }
  return results;
}

/** The newest runs of an agency. */
export async function verifications(
  db: Db,
  clock: Clock,
  agencyId: number,
  limit: number,
): Promise<Verification[]> {
  const rows = await db
    .selectFrom('ledger_verifications')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const silent = clock.now().epochMilliseconds - SILENCE_MS;
  return rows.map((row) => ({
    id: row.id,
    startedAt: row.started_at,
    requestedBy: row.requested_by,
    total: Math.max(row.total, row.entries),
    entries: row.entries,
    state: row.finished_at
      ? row.ok
        ? 'sound'
        : 'broken'
      : row.seen_at.getTime() < silent
        ? 'interrupted'
        : 'running',
    finishedAt: row.finished_at,
    firstBroken: row.first_broken,
    problem: row.problem,
  }));
}
