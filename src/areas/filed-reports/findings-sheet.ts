import type { Readable } from 'node:stream';
import type { FormatId } from '../../annual-report/formats/format.ts';
import { cellName, countedTables, formatById } from '../../annual-report/formats/index.ts';
import type { Ctx } from '../../core/context.ts';
import { NotFound } from '../../core/refusal.ts';
import { type CellValue, streamXlsx } from '../../core/spreadsheet/index.ts';
import { demand } from '../organisations/index.ts';
import {
  type AbsentReport,
  absentReports,
  type ExportedFinding,
  type ExportFilter,
  findingsOfUnits,
  unitsWithFindings,
} from './export-store.ts';
import type { FindingVerdict, Page, ReportFinding } from './model.ts';
import { isYear, judgements } from './rules.ts';

/** Units read at once; their findings are all that is held. */
const UNITS_AT_ONCE = 50;
const CELLS_NAMED = 12;

/**
 * All findings of a year as a workbook to send back, with a second sheet of missing and unreadable reports; streamed.
 * What the office dismissed is no unit's business and left out.
 * Narrowed by unit, or to a unit and those directly below it.
 */
export async function exportFindings(
  ctx: Ctx,
  filter: { year: number; unitId?: number; parentId?: number },
): Promise<{ name: string; content: Readable }> {
  demand(ctx.actor, 'filed-reports.read');
  if (!isYear(filter.year)) throw new NotFound('没有这个年度的报告。');
  const printed = `导出日期：${ctx.clock.today()}`;
  const content = streamXlsx([
    {
      name: '核查发现',
      heading: [
        `${filter.year} 年度政府信息公开工作年度报告核查发现`,
        `${printed}。认定不成立的发现没有列入。请在“单位答复”一列写明更正或说明。`,
      ],
      columns: [
        { label: '单位', width: 28 },
        { label: '年度', width: 8, kind: 'number', format: '0' },
        { label: '表', width: 24 },
        { label: '行', width: 30 },
        { label: '列', width: 18 },
        { label: '规则', width: 8 },
        { label: '发现', width: 60 },
        { label: '一方', width: 12, kind: 'number' },
        { label: '另一方', width: 12, kind: 'number' },
        { label: '相差', width: 10, kind: 'number' },
        { label: '核查结论', width: 10 },
        { label: '认定', width: 10 },
        { label: '认定说明', width: 30 },
        { label: '答复期限', width: 12, kind: 'date' },
        { label: '单位答复', width: 40 },
      ],
      rows: findingRows(ctx, filter),
    },
    {
      name: '未报和读不出',
      heading: [`${filter.year} 年度没有报送或者读不出的报告`, printed],
      columns: [
        { label: '单位', width: 28 },
        { label: '年度', width: 8, kind: 'number', format: '0' },
        { label: '情况', width: 12 },
        { label: '文件', width: 40 },
        { label: '原因', width: 60 },
      ],
      rows: absentRows(ctx, filter),
    },
  ]);
  return { name: `${filter.year}年度年报核查发现.xlsx`, content };
}

async function* findingRows(ctx: Ctx, filter: ExportFilter): AsyncGenerator<readonly CellValue[]> {
  const units = pages((after) =>
    unitsWithFindings(ctx.db, ctx.agencyId, filter, { after, limit: UNITS_AT_ONCE }),
  );
  for await (const ids of units) {
    for (const found of await findingsOfUnits(ctx.db, ctx.agencyId, filter.year, ids))
      yield findingRow(found);
  }
}

const verdicts: Record<FindingVerdict, string> = {
  wrong: '有误',
  uncertain: '存疑',
  unassessable: '无法判断',
};

function findingRow(found: ExportedFinding): readonly CellValue[] {
  const { finding } = found;
  const places = placesOf(finding, found.format as FormatId | null);
  return [
    found.unitName,
    found.year,
    places.table,
    places.row,
    places.column,
    finding.rule,
    finding.message,
    finding.left,
    finding.right,
    finding.difference,
    verdicts[finding.verdict],
    found.judgement === null ? null : judgements[found.judgement],
    found.note || null,
    found.dueOn,
    null,
  ];
}

/** The tables, rows and columns of a finding as they are printed; for prose the chapter and the words. */
function placesOf(
  finding: ReportFinding,
  formatId: FormatId | null,
): { table: string; row: string; column: string } {
  const format = formatId === null ? null : formatById(formatId);
  if (finding.cells.length === 0) {
    const chapter = format?.chapters.find(({ key }) => key === finding.chapter)?.title;
    return {
      table: chapter ? `正文“${chapter}”` : '正文',
      row: finding.quote?.slice(0, 200) ?? '',
      column: '',
    };
  }
  const tables = new Set<string>();
  const rows = new Set<string>();
  const columns = new Set<string>();
  for (const cell of finding.cells.slice(0, CELLS_NAMED)) {
    const table = format && countedTables(format).find(({ id }) => id === cell.table);
    const section = table?.sections.find((one) => one.rows.some(({ code }) => code === cell.row));
    const row = section?.rows.find(({ code }) => code === cell.row);
    const column = section?.columns.find(({ id }) => id === cell.column);
    tables.add(table?.title ?? cell.table);
    rows.add(row?.label || (section && row && column ? cellName(section, row, column) : cell.row));
    columns.add(column ? [...(column.group ?? []), column.label].join('·') : cell.column);
  }
  const more = finding.cells.length > CELLS_NAMED ? ` 等 ${finding.cells.length} 格` : '';
  return { table: [...tables].join('；'), row: [...rows].join('；') + more, column: [...columns].join('；') };
}

async function* absentRows(ctx: Ctx, filter: ExportFilter): AsyncGenerator<readonly CellValue[]> {
  const found = pages((after) => absentReports(ctx.db, ctx.agencyId, filter, { after, limit: 500 }));
  for await (const reports of found) for (const report of reports) yield absentRow(report, filter.year);
}

const absentRow = (
  { unitName, state, fileName, fault }: AbsentReport,
  year: number,
): readonly CellValue[] => [unitName, year, state === 'missing' ? '未报' : '读不出', fileName, fault];

async function* pages<Item>(read: (after: string | null) => Promise<Page<Item>>): AsyncGenerator<Item[]> {
  let after: string | null = null;
  do {
    const { items, next }: Page<Item> = await read(after);
    if (items.length > 0) yield items;
    after = next;
  } while (after !== null);
}
