import type { Figure } from '../../core/figure.ts';
import {
  type OutSheet,
  readDecimal,
  readMonth,
  type Sheet,
  tidy,
  UnreadableFile,
} from '../../core/spreadsheet/index.ts';
import type { Rejection } from './import-lines.ts';
import type { Line } from './line-store.ts';
import { quantityProblem, reportable } from './rules.ts';

/** Whose month a workbook is meant for. */
export interface SheetTarget {
  unit: { code: string; name: string };
  /** `YYYY-MM`; null when the return is of another period and the workbook's month is not looked at. */
  month: string | null;
}

export interface SheetReading {
  accepted: (Line & { line: number })[];
  rejected: Rejection[];
}

const INSTRUCTION = '只填“数量”和“备注”两列。没有发生的填 0；暂时无法统计的填“留空”；不填的行不报送。';

/** The workbook a unit fills in away from the system; it says whose it is, so that it cannot land in another's return. */
export function sheetTemplate(
  figures: ReadonlyMap<string, Figure>,
  target: SheetTarget,
  lines: readonly Line[],
): OutSheet {
  const given = new Map(lines.map((line) => [line.figure, line]));
  return {
    name: '数据填报',
    heading: [
      `填报单位：${target.unit.name}(${target.unit.code})`,
      ...(target.month === null ? [] : [`填报月份：${target.month}`]),
      INSTRUCTION,
    ],
    columns: [
      { label: '指标代码', width: 34 },
      { label: '指标', width: 46 },
      { label: '单位', width: 8 },
      { label: '数量', width: 14, kind: 'number' },
      { label: '备注', width: 30 },
    ],
    rows: reportable(figures).map(({ code, label, unit }) => {
      const line = given.get(code);
      const quantity = line === undefined ? null : line.quantity === null ? '留空' : Number(line.quantity);
      return [code, label, unit, quantity, line?.note || null];
    }),
  };
}

/**
 * Reads a filled-in workbook. A row counts when its quantity or note is filled; each bad row says its line and field.
 * @throws UnreadableFile when the workbook is of another unit or month, or is not such a table at all
 */
export function readReturnSheet(
  sheet: Sheet,
  figures: ReadonlyMap<string, Figure>,
  target: SheetTarget,
): SheetReading {
  const head = sheet.rows.findIndex((row) => columnsOf(row) !== null);
  const columns = columnsOf(sheet.rows[head] ?? []);
  if (head < 0 || !columns) {
    throw new UnreadableFile(
      'wrong-type',
      '没有找到表头。表格里要有“指标代码”（或“指标”）和“数量”两列，建议下载填报模板填写。',
    );
  }
  for (const row of sheet.rows.slice(0, head)) demandTarget(tidy(row.join(' ')), target);

  const byName = new Map(
    reportable(figures).flatMap((figure) => [
      [tidy(figure.label), figure] as const,
      [figure.code, figure] as const,
    ]),
  );
  const reading: SheetReading = { accepted: [], rejected: [] };
  const seen = new Map<string, number>();
  for (const [index, row] of sheet.rows.entries()) {
    if (index <= head) continue;
    const line = sheet.lines[index] ?? 0;
    const read = readRow(row, columns, target, byName);
    if (read === null) continue;
    const before = 'figure' in read ? seen.get(read.figure) : undefined;
    if (before !== undefined)
      reading.rejected.push({ line, field: '指标', problem: `与第 ${before} 行是同一指标` });
    else if ('figure' in read) {
      seen.set(read.figure, line);
      reading.accepted.push({ line, ...read });
    } else reading.rejected.push({ line, ...read });
  }
  if (reading.accepted.length === 0 && reading.rejected.length === 0) {
    throw new UnreadableFile('empty', '“数量”一列没有填写任何内容，没有可导入的行。');
  }
  return reading;
}

/** null: the row states nothing. */
function readRow(
  row: readonly string[],
  columns: Columns,
  target: SheetTarget,
  byName: ReadonlyMap<string, Figure>,
): Line | Omit<Rejection, 'line'> | null {
  const at = (column: number | null) => (column === null ? '' : tidy(row[column] ?? ''));
  const quantity = at(columns.quantity);
  const note = (columns.note === null ? '' : (row[columns.note] ?? '')).trim();
  if (quantity === '' && note === '') return null;
  const ofUnit = at(columns.ofUnit);
  if (ofUnit !== '' && ofUnit !== target.unit.code && ofUnit !== tidy(target.unit.name))
    throw otherUnit(ofUnit, target);
  const name = at(columns.code) || at(columns.label);
  const figure = byName.get(name);
  if (!figure)
    return { field: '指标', problem: name === '' ? '没有写明是哪项指标' : `没有可填报的指标“${name}”` };
  if (quantity === '')
    return { field: '数量', problem: '有备注但没有数量；没有发生请填 0，无法统计请填“留空”' };
  const value = quantity === '留空' ? null : readDecimal(quantity);
  if (quantity !== '留空' && value === null) return { field: '数量', problem: `“${quantity}”不是数字` };
  const problem = value === null ? null : quantityProblem(figure, value);
  if (problem) return { field: '数量', problem };
  if (note.length > 500) return { field: '备注', problem: '最多 500 字' };
  return { figure: figure.code, quantity: value, note };
}

interface Columns {
  code: number | null;
  label: number | null;
  ofUnit: number | null;
  quantity: number;
  note: number | null;
}

function columnsOf(row: readonly string[]): Columns | null {
  const find = (...names: string[]) => {
    const at = row.findIndex((cell) => names.includes(tidy(cell)));
    return at < 0 ? null : at;
  };
  const quantity = find('数量', 'quantity');
  const code = find('指标代码', 'figure');
  const label = find('指标', '指标名称');
  if (quantity === null || (code === null && label === null)) return null;
  return { code, label, quantity, note: find('备注', 'note'), ofUnit: find('填报单位', 'unit') };
}

function demandTarget(heading: string, target: SheetTarget): void {
  const unit = /^填报单位:\s*(.+?)\s*(?:\(([\w-]+)\))?$/.exec(heading);
  if (unit && (unit[2] ?? target.unit.code) !== target.unit.code) throw otherUnit(unit[1] ?? '', target);
  if (unit && unit[2] === undefined && unit[1] !== tidy(target.unit.name))
    throw otherUnit(unit[1] ?? '', target);
  const month = /^填报月份:\s*(\S+)/.exec(heading)?.[1];
  if (month === undefined || target.month === null) return;
  if (readMonth(month) !== target.month) {
    throw new UnreadableFile(
      'wrong-type',
      `这是 ${month} 的填报表，不能导入到 ${target.month}。没有导入任何数据，请选择对应月份的文件。`,
    );
  }
}

function otherUnit(name: string, target: SheetTarget): UnreadableFile {
  return new UnreadableFile(
    'wrong-type',
    `这是“${name}”的填报表，不是“${target.unit.name}”的。没有导入任何数据，请选择本单位的文件。`,
  );
}
