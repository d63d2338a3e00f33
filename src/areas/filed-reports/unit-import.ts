import type { Ctx } from '../../core/context.ts';
import type { Sheet } from '../../core/spreadsheet/index.ts';
import type { UnitKind } from './model.ts';

/** One line of a list of bodies. */
export interface UnitLine {
  line: number;
  name: string;
  aliases: string[];
  /** Null: guessed from the name. */
  kind: UnitKind | null;
  parentName: string;
  code: string;
}

export interface UnitImport {
  read: number;
  added: { line: number; name: string; kind: UnitKind; parentName: string }[];
  /** Known already, by any of their names. */
  unchanged: { line: number; name: string }[];
  rejected: { line: number; field: string; problem: string }[];
}

/**
 * Reads a list of bodies: a column 单位名称 and, as wanted, 类别, 上级单位, 简称或曾用名, 代码.
 * @throws UnreadableFile when the sheet has no such column
 */
export function readUnitSheet(_sheet: Sheet): UnitLine[] {
  throw new Error('not built yet');
}

/**
 * Adds the bodies of a list, in its order, in one transaction: all of them or, when a line is wrong, none. Bodies that are
 * known stay as they are. `dryRun` tells what would happen.
 */
export async function importReportingUnits(
  _ctx: Ctx,
  _lines: readonly UnitLine[],
  _options: { expectedFrom: number; fileName?: string; dryRun?: boolean },
): Promise<UnitImport> {
  throw new Error('not built yet');
}
