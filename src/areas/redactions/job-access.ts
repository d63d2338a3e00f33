import { Temporal } from 'temporal-polyfill';
import { transact } from '../../core/db.ts';
import { NotFound } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { demandCase, type RequestCase, seesEveryCase } from '../requests/index.ts';
import { hasOpened, insertOpening } from './access-store.ts';
import { severingGround } from './grounds.ts';
import type { JobRef, RedactionCtx } from './model.ts';
import { demandVersion } from './rules.ts';
import { findJob, isCaseOf, type JobRow, lockJob, originalsOf } from './store.ts';

const MISSING = '没有找到这份文件，或者它不归您办理。';
/** Pages drawn within this time belong to one opening of the original. */
const OPENING = { hours: 1 };

/** What the sealed bytes of every file of a redaction are bound to. */
export const redactionFilePlace = (agencyId: number) => `redaction-file/${agencyId}`;
export const redactionNamePlace = (agencyId: number, token: string) => `redaction-name/${agencyId}/${token}`;

/** The ledger names the file by its number: its name may be personal. */
export const subjectOf = (id: number) => ({ kind: 'redaction', id, label: `区分处理 ${id}` });

/** A case whose files somebody may redact. @throws NotFound, also for a case that is somebody else's */
export async function caseToRedact(ctx: RedactionCtx, requestId: number): Promise<RequestCase> {
  demand(ctx.actor, 'requests.redact');
  const { actor, db, agencyId } = ctx;
  const own =
    actor.kind !== 'staff' || seesEveryCase(actor) || (await isCaseOf(db, agencyId, requestId, actor));
  if (!own) throw new NotFound('没有找到这件申请，或者它不归您办理。');
  return demandCase(ctx, requestId);
}

/** Whoever sees every case sees every redaction; others their own and those of their cases. @throws NotFound */
export async function demandJob(ctx: RedactionCtx, id: number): Promise<JobRow> {
  demand(ctx.actor, 'requests.redact');
  const job = await findJob(ctx.db, ctx.agencyId, id);
  return seen(ctx, job);
}

/** The job for an act: locked, and as the person saw it. @throws NotFound, Refusal */
export async function holdJob(ctx: RedactionCtx, { id, version }: JobRef): Promise<JobRow> {
  demand(ctx.actor, 'requests.redact');
  const job = await seen(ctx, await lockJob(ctx.db, ctx.agencyId, id));
  demandVersion(job, version);
  return job;
}

async function seen(ctx: RedactionCtx, job: JobRow | null): Promise<JobRow> {
  if (!job || job.state === 'discarded') throw new NotFound(MISSING);
  const { actor } = ctx;
  if (actor.kind !== 'staff' || seesEveryCase(actor) || job.createdBy === actor.staffId) return job;
  const { db, agencyId } = ctx;
  if (job.requestId === null || !(await isCaseOf(db, agencyId, job.requestId, actor))) {
    throw new NotFound(MISSING);
  }
  return job;
}

/**
 * Notes that somebody looks at the original, once an hour for each, and hands out the PDF that is worked on. Whoever
 * draws a page of the original comes through here.
 * @throws NotFound
 */
export async function openOriginal(ctx: RedactionCtx, id: number): Promise<{ job: JobRow; pdf: Buffer }> {
  const job = await demandJob(ctx, id);
  await noteOpening(ctx, job);
  return { job, pdf: await workingPdf(ctx, job) };
}

/** The opening alone, for a page that shows pictures of the original. */
export async function noteOpening(ctx: RedactionCtx, { id, regime, requestId }: JobRow): Promise<void> {
  const { actor, agencyId } = ctx;
  if (actor.kind !== 'staff') return;
  const now = ctx.clock.now();
  const opening = { jobId: id, staffId: actor.staffId };
  const since = new Date(now.subtract(Temporal.Duration.from(OPENING)).epochMilliseconds);
  if (await hasOpened(ctx.db, agencyId, { ...opening, since })) return;
  await transact(ctx, async (ctx) => {
    // Pictures of one page are asked for at the same time: one of them writes.
    await lockJob(ctx.db, agencyId, id);
    if (await hasOpened(ctx.db, agencyId, { ...opening, since })) return;
    const openedAt = new Date(now.epochMilliseconds);
    await insertOpening(ctx.db, agencyId, { ...opening, staffName: actor.name, openedAt });
    await record(ctx, {
      act: 'redactions.open-original',
      ground: severingGround(regime),
      subject: subjectOf(id),
      after: requestId === null ? {} : { request: requestId },
    });
  });
}

/** The PDF that is worked on. Nobody is told that it was opened: for acts and exports, which record themselves. */
export async function workingPdf(ctx: RedactionCtx, job: JobRow): Promise<Buffer> {
  const [original] = await originalsOf(ctx.db, ctx.agencyId, job.id);
  const digest = job.workingDigest ?? original?.sealedDigest;
  if (!digest) throw new NotFound('原件已经销毁。');
  return ctx.sealedFiles.read(digest, redactionFilePlace(ctx.agencyId));
}
