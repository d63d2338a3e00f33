import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { Refusal } from '../../core/refusal.ts';
import { type CellValue, writeCsv, writeXlsx } from '../../core/spreadsheet/index.ts';
import {
  actLabel,
  actsPage,
  differences,
  type LedgerEntry,
  type LedgerFilter,
  record,
  subjectLabel,
} from '../../ledger/index.ts';
import { formatStamp } from '../../ui/index.ts';

export type ExportFormat = 'xlsx' | 'csv' | 'jsonl';

/** A sheet of this many rows still opens quickly; the whole chain goes out as JSON Lines. */
const MAX_ROWS = 50_000;
const COLUMNS = [
  '序号',
  '时间',
  '操作人',
  '操作',
  '对象类别',
  '对象编号',
  '对象',
  '变动',
  '理由',
  '依据',
  '摘要',
];

/** Notes in the ledger who took which part of it away. */
export async function recordExport(
  ctx: Ctx,
  format: ExportFormat,
  filter: LedgerFilter,
  entries: number,
): Promise<void> {
  await transact(ctx, (inside) =>
    record(inside, {
      act: 'ledger.export',
      subject: { kind: 'ledger', id: ctx.agencyId, label: '操作台账' },
      after: { format, entries, ...filter },
    }),
  );
}

/** The filtered acts as rows of a sheet, newest first. @throws Refusal when there are too many for one sheet */
export async function exportRows(ctx: Ctx, filter: LedgerFilter): Promise<CellValue[][]> {
  const rows: CellValue[][] = [];
  let before: number | undefined;
  for (;;) {
    const entries = await actsPage(ctx.db, ctx.agencyId, filter, { before, limit: 2000 });
    rows.push(...entries.map(cells));
    if (rows.length > MAX_ROWS) {
      throw new Refusal(
        'too-many-rows',
        `符合条件的记录超过 ${MAX_ROWS} 条，一张表格放不下。请缩小日期范围，或导出完整台账（JSON Lines）。`,
      );
    }
    if (entries.length < 2000) return rows;
    before = entries.at(-1)?.seq;
  }
}

export function csvOf(rows: CellValue[][]): string {
  return writeCsv(COLUMNS, rows);
}

export function xlsxOf(rows: CellValue[][]): Promise<Buffer> {
  return writeXlsx([
    {
      name: '操作台账',
      columns: COLUMNS.map((label, index) => ({
        label,
        kind: index === 0 ? ('number' as const) : ('text' as const),
        ...(index === 0 ? { format: '0' } : {}),
        ...(index === 7 ? { width: 60 } : {}),
      })),
      rows,
    },
  ]);
}

function cells(entry: LedgerEntry): CellValue[] {
  const changes = differences(entry.subjectKind, entry.before, entry.after)
    .map(({ field, before, after }) => `${field}:${before ?? '—'} → ${after ?? '—'}`)
    .join(';');
  return [
    entry.seq,
    formatStamp(entry.at),
    entry.actorName,
    actLabel(entry.act),
    subjectLabel(entry.subjectKind),
    entry.subjectId,
    entry.subjectLabel,
    changes.slice(0, 32_000),
    entry.reason,
    entry.ground,
    entry.digest,
  ];
}
