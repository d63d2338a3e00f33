import { demand } from '../areas/organisations/index.ts';
import type { Ctx } from '../core/context.ts';
import { transact } from '../core/db.ts';
import type { Jobs } from '../core/jobs.ts';
import { InvalidForm, Refusal } from '../core/refusal.ts';
import { canonicalJson, record, sm3 } from '../ledger/index.ts';
import { changedCells, figureCells } from './compile.ts';
import {
  countReport,
  findingKey,
  loadDesk,
  type ReportCtx,
  type ReportDesk,
  reportScope,
} from './compose.ts';
import { freezeEvidence } from './evidence.ts';
import { RENDER_REPORT_FILES } from './jobs.ts';
import { afterReviews, decide, type Move, moves } from './rules.ts';
import { indexReport } from './search.ts';
import { demandLocked, now, refuseOrDecide, staffId, stateOf, subject } from './standing.ts';
import { addAuthor, carryAuthors, insertReview, reviewsOf, updateReport } from './store.ts';
import { findVersion, insertVersion, markPublished } from './version-store.ts';
import { signedReport } from './versions.ts';

/** Declares the draft checked: compiled, and every error either mended or explained. */
export async function checkOff(ctx: ReportCtx, year: number): Promise<void> {
  demand(ctx.actor, moves.check.act);
  await transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    const { report: composed, compile, explanations } = await loadDesk(ctx, year);
    const open = composed.findings.filter(
      (finding) => finding.severity === 'error' && !explanations.has(findingKey(finding)),
    );
    const state = await stateOf(ctx, report, { compiled: compile !== null, unexplainedErrors: open.length });
    const status = decide('check', state, staffId(ctx));
    await updateReport(
      ctx.db,
      { agencyId: ctx.agencyId, reportId: report.id },
      { status: status ?? report.status },
    );
    await record(ctx, {
      act: 'reports.check',
      ground: moves.check.ground,
      subject: subject(report),
      before: { status: report.status },
      after: { status, findings: composed.findings.length },
    });
  });
}

/** One review of the current revision. A failed review needs its reason and sends the report back. */
export async function reviewReport(
  ctx: Ctx,
  year: number,
  review: { kind: 'content' | 'secrecy'; result: 'pass' | 'fail'; comment: string },
): Promise<void> {
  const move: Move = `review-${review.kind}`;
  demand(ctx.actor, moves[move].act);
  const comment = review.comment.trim();
  if (review.result === 'fail' && comment === '')
    throw new InvalidForm({ comment: '不通过时请写明原因和修改要求。' });
  await transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    await refuseOrDecide(ctx, move, report);
    const reviewer = staffId(ctx);
    if (reviewer === null) throw new Refusal('review-by-person', '审核须由工作人员本人办理。');
    await insertReview(ctx.db, {
      agencyId: ctx.agencyId,
      reportId: report.id,
      version: report.version,
      revision: report.revision,
      ...review,
      comment,
      reviewerId: reviewer,
      reviewerName: ctx.actor.name,
      at: now(ctx),
    });
    const reviews = await reviewsOf(ctx.db, ctx.agencyId, report.id, report.version);
    const status = afterReviews(reviews.filter(({ revision }) => revision === report.revision));
    await updateReport(ctx.db, { agencyId: ctx.agencyId, reportId: report.id }, { status });
    await record(ctx, {
      act: `reports.${move}`,
      ground: moves[move].ground,
      subject: subject(report),
      before: { status: report.status },
      after: { status, result: review.result },
      reason: comment,
    });
  });
}

/** Signs the reviewed report: figures, evidence lists and text are frozen with one SM3 digest. */
export async function signReport(ctx: ReportCtx, year: number): Promise<{ version: number; digest: string }> {
  demand(ctx.actor, moves.sign.act);
  return transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    const status = await refuseOrDecide(ctx, 'sign', report);
    const signer = staffId(ctx);
    if (signer === null) throw new Refusal('sign-by-person', '签发须由负责人本人办理。');
    const desk = await loadDesk(ctx, year);
    const codes = [
      ...new Set([...figureCells(desk.format)].flatMap(({ row, column }) => row.figures?.[column] ?? [])),
    ];
    const evidence = await freezeEvidence(
      ctx.db,
      ctx.sources,
      reportScope(ctx.agencyId, year),
      { reportId: report.id, version: report.version },
      codes,
    );
    await refuseStale(ctx, desk);
    const snapshot = { ...desk.report, status: 'signed' as const };
    const digest = sm3(`${canonicalJson(snapshot)}\n${evidence.digest}`);
    await insertVersion(ctx.db, {
      agencyId: ctx.agencyId,
      reportId: report.id,
      version: report.version,
      revision: report.revision,
      snapshot,
      digest,
      evidenceDigest: evidence.digest,
      evidenceRecords: evidence.records,
      signedBy: signer,
      signedByName: ctx.actor.name,
      signedAt: now(ctx),
      reason: report.correction_reason,
    });
    await updateReport(
      ctx.db,
      { agencyId: ctx.agencyId, reportId: report.id },
      { status: status ?? 'signed' },
    );
    await record(ctx, {
      act: 'reports.sign',
      ground: moves.sign.ground,
      subject: subject(report),
      before: { status: report.status },
      after: { status, version: report.version, digest, evidenceRecords: evidence.records },
    });
    return { version: report.version, digest };
  });
}

/** Publishing queues the rendering of the files that the public downloads. */
export interface PublishCtx extends Ctx {
  jobs: Pick<Jobs, 'enqueue'>;
}

/** Puts the signed version before the public. */
export async function publishReport(ctx: PublishCtx, year: number): Promise<void> {
  demand(ctx.actor, moves.publish.act);
  await transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    const status = await refuseOrDecide(ctx, 'publish', report);
    await markPublished(
      ctx.db,
      { agencyId: ctx.agencyId, reportId: report.id, version: report.version },
      now(ctx),
      ctx.clock.today().toString(),
    );
    await updateReport(
      ctx.db,
      { agencyId: ctx.agencyId, reportId: report.id },
      { status: status ?? 'published' },
    );
    const signed = await findVersion(ctx.db, ctx.agencyId, report.id, report.version);
    if (signed) await indexReport(ctx.db, ctx.agencyId, signedReport(signed));
    await record(ctx, {
      act: 'reports.publish',
      ground: moves.publish.ground,
      subject: subject(report),
      before: { status: report.status },
      after: { status, version: report.version, digest: signed?.digest },
    });
    await ctx.jobs.enqueue(ctx.db, RENDER_REPORT_FILES, {
      agencyId: ctx.agencyId,
      reportId: report.id,
      version: report.version,
    });
  });
}

/** Opens version n+1 with the reason for it; version n stays readable, and public until n+1 is published. */
export async function correctReport(ctx: Ctx, year: number, reason: string): Promise<void> {
  demand(ctx.actor, moves.correct.act);
  const why = reason.trim();
  if (why.length < 5 || why.length > 1000)
    throw new InvalidForm({ reason: '请用 5 至 1000 个字写明更正原因，它会与新版本一并公布。' });
  await transact(ctx, async (ctx) => {
    const report = await demandLocked(ctx, year);
    const status = await refuseOrDecide(ctx, 'correct', report);
    await updateReport(
      ctx.db,
      { agencyId: ctx.agencyId, reportId: report.id },
      {
        status: status ?? 'draft',
        version: report.version + 1,
        revision: report.revision + 1,
        correction_reason: why,
      },
    );
    const key = { agencyId: ctx.agencyId, reportId: report.id };
    await carryAuthors(ctx.db, key, { from: report.version, to: report.version + 1 });
    const corrector = staffId(ctx);
    // The reason is printed with the new version.
    if (corrector !== null)
      await addAuthor(ctx.db, { ...key, version: report.version + 1, staffId: corrector });
    await record(ctx, {
      act: 'reports.correct',
      ground: moves.correct.ground,
      subject: subject(report),
      before: { version: report.version },
      after: { version: report.version + 1 },
      reason: why,
    });
  });
}

/**
 * What is signed must be what was reviewed. Counted after the evidence is frozen: a record changed before this moment
 * shows, one changed later is in neither.
 */
async function refuseStale(ctx: ReportCtx, { row, format, compile }: ReportDesk): Promise<void> {
  const cells = await countReport(ctx, row);
  if (compile && sm3(canonicalJson(cells)) === compile.digest) return;
  const changed = changedCells(format, compile?.cells ?? {}, cells).length;
  throw new Refusal(
    'report-stale',
    `第 ${compile?.number ?? 0} 次汇编之后，台账或填报又有变动（涉及 ${changed} 格）。请重新汇编，核对、审核后再签发。`,
    { article: moves.sign.ground },
  );
}
