import { inSnapshot } from '../core/db.ts';
import { changedCells } from './compile.ts';
import { countReport, type ReportCtx, type ReportDesk } from './compose.ts';
import { ledgerSeq, listReports } from './store.ts';

/**
 * What the records of a signed report give now, cell by cell, where that differs from what was signed; the report itself stays
 * as it is. Null while it is not signed. `throughAct`: the newest act that was counted.
 */
export async function laterChanges(
  ctx: ReportCtx,
  { report, row, format, compile }: Pick<ReportDesk, 'report' | 'row' | 'format' | 'compile'>,
): Promise<{ cells: ReturnType<typeof changedCells>; fromAct: number; throughAct: number } | null> {
  if (compile === null || (report.status !== 'signed' && report.status !== 'published')) return null;
  return inSnapshot(ctx.db, async (db) => ({
    cells: changedCells(format, compile.cells, await countReport({ ...ctx, db }, row)),
    fromAct: compile.ledger_seq,
    throughAct: await ledgerSeq(db, ctx.agencyId),
  }));
}

/** Years whose reports were signed or published, also while one of them is being corrected. */
export async function yearsSigned({ db, agencyId }: Pick<ReportCtx, 'db' | 'agencyId'>): Promise<number[]> {
  const reports = await listReports(db, agencyId);
  return reports
    .filter(({ status, version }) => status === 'signed' || status === 'published' || version > 1)
    .map(({ year }) => year);
}
