import { instantOf } from '../core/clock.ts';
import type { Ctx } from '../core/context.ts';
import { NotFound } from '../core/refusal.ts';
import type { ReportStatus } from './model.ts';
import { decide, isSentBack, type Move, type ReportState } from './rules.ts';
import { addAuthor, authorsOf, lockReport, reviewsOf, updateReport } from './store.ts';

export type LockedReport = NonNullable<Awaited<ReturnType<typeof lockReport>>>;

export const now = (ctx: Ctx): Date => instantOf(ctx.clock);
export const staffId = (ctx: Ctx): number | null => (ctx.actor.kind === 'staff' ? ctx.actor.staffId : null);

/** The report as the ledger names it. */
export const subject = (report: { id: number; year: number }) => ({
  kind: 'report',
  id: report.id,
  label: `${report.year}年度报告`,
});

/** The report, locked until the transaction ends. @throws NotFound when it was not opened yet */
export async function demandLocked(ctx: Ctx, year: number): Promise<LockedReport> {
  const report = await lockReport(ctx.db, ctx.agencyId, year);
  if (!report) throw new NotFound(`${year} 年度报告尚未开始编制。`);
  return report;
}

export async function stateOf(
  ctx: Ctx,
  report: LockedReport,
  known: { compiled?: boolean; unexplainedErrors?: number } = {},
): Promise<ReportState> {
  const reviews = await reviewsOf(ctx.db, ctx.agencyId, report.id, report.version);
  return {
    status: report.status,
    compiled: known.compiled ?? true,
    unexplainedErrors: known.unexplainedErrors ?? 0,
    sentBack: isSentBack(reviews, report.revision),
    authors: await authorsOf(ctx.db, ctx.agencyId, report.id, report.version),
  };
}

/** Refuses the step, or answers where it leads. */
export async function refuseOrDecide(
  ctx: Ctx,
  move: Move,
  report: LockedReport,
): Promise<ReportStatus | null> {
  return decide(move, await stateOf(ctx, report), staffId(ctx));
}

/** Content changed: a new revision that no review has seen, back to draft, and the actor is one of its authors. */
export async function contentChanged(ctx: Ctx, report: LockedReport): Promise<void> {
  await updateReport(
    ctx.db,
    { agencyId: ctx.agencyId, reportId: report.id },
    { revision: report.revision + 1, status: 'draft' },
  );
  const author = staffId(ctx);
  if (author !== null) {
    await addAuthor(ctx.db, {
      agencyId: ctx.agencyId,
      reportId: report.id,
      version: report.version,
      staffId: author,
    });
  }
}
