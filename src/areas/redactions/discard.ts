import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { discardFile, type Vault } from '../../core/vault/index.ts';
import { record } from '../../ledger/index.ts';
import { exportsOf, forgetExports, forgetHandOvers } from './access-store.ts';
import { redactionNamePlace, subjectOf } from './job-access.ts';
import { forgetOriginals, type JobRow, lockJobsOfRequest, originalsOf, updateJob } from './store.ts';

type DiscardCtx = Ctx & { vault: Vault };

/** Destroys original, working file, name and exports of a redaction, within the caller's transaction. */
export async function destroy(ctx: DiscardCtx, job: JobRow): Promise<void> {
  const { db, agencyId } = ctx;
  const now = instantOf(ctx.clock);
  const [originals, made] = await Promise.all([
    originalsOf(db, agencyId, job.id),
    exportsOf(db, agencyId, job.id),
  ]);
  const files = [job.workingDigest, ...[...originals, ...made].map(({ sealedDigest }) => sealedDigest)];
  for (const sha256 of files) if (sha256) await discardFile(db, sha256, now);
  await forgetOriginals(db, agencyId, job.id);
  await forgetExports(db, agencyId, job.id);
  await updateJob(db, agencyId, job.id, {
    state: 'discarded',
    discardedAt: now,
    workingDigest: null,
    nameSealed: ctx.vault.seal('', redactionNamePlace(agencyId, job.token)),
  });
  await record(ctx, {
    act: 'redactions.discard',
    subject: subjectOf(job.id),
    before: { state: job.state, exports: made.length },
  });
}

/** Destroys every redaction of a case, within the disposal of that case. */
export async function disposeRedactions(ctx: DiscardCtx, requestId: number): Promise<void> {
  const { db, agencyId } = ctx;
  const jobs = await lockJobsOfRequest(db, agencyId, requestId);
  await forgetHandOvers(
    db,
    agencyId,
    jobs.map(({ id }) => id),
  );
  for (const job of jobs) if (job.state !== 'discarded') await destroy(ctx, job);
}
