import type { Ctx } from '../../core/context.ts';
import type { Page, ReportingUnit, UnitKind } from './model.ts';

export interface UnitForm {
  name: string;
  /** Short and former names. */
  aliases?: readonly string[];
  /** Guessed from the name when absent. */
  kind?: UnitKind | null;
  parentId?: number | null;
  code?: string;
  expectedFrom: number;
  expectedTo?: number | null;
}

export interface UnitFilter {
  search?: string;
  kind?: UnitKind;
  parentId?: number;
  /** Units a report is expected of for this year. */
  year?: number;
}

export async function listReportingUnits(
  _ctx: Ctx,
  _filter: UnitFilter,
  _page: { after?: string | null; limit?: number } = {},
): Promise<Page<ReportingUnit>> {
  throw new Error('not built yet');
}

/** @throws NotFound */
export async function readReportingUnit(_ctx: Ctx, _id: number): Promise<ReportingUnit> {
  throw new Error('not built yet');
}

/** Adds one body and returns its id. @throws InvalidForm by field of the form */
export async function addReportingUnit(_ctx: Ctx, _form: UnitForm): Promise<number> {
  throw new Error('not built yet');
}

/**
 * Changes a body. A changed name stays among its aliases, so that old reports are still told to be its own. To end one,
 * set the last year a report is expected for. @throws InvalidForm
 */
export async function changeReportingUnit(_ctx: Ctx, _id: number, _form: UnitForm): Promise<void> {
  throw new Error('not built yet');
}
