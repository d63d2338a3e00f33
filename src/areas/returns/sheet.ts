import type { Figure } from '../../core/figure.ts';
import {
  type CellValue,
  type OutSheet,
  readDecimal,
  readMonth,
  type Sheet,
  tidy,
  UnreadableFile,
} from '../../core/spreadsheet/index.ts';
import { type FormPart, figuresOf } from './form-layout.ts';
import type { Rejection } from './import-lines.ts';
import type { Line } from './line-store.ts';
import { quantityProblem } from './rules.ts';

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

const INSTRUCTION =
  '只填“数量”和“备注”两列，以及下方各表的空格。没有发生的填 0；暂时无法统计的填“留空”；不填的不报送。';
const ROW_NAME = '指标';

/** The workbook a unit fills in away from the system; it says whose it is, so that it cannot land in another's return. */
export function sheetTemplate(
  form: readonly FormPart[],
  target: SheetTarget,
  lines: readonly Line[],
): OutSheet {
  const given = new Map(lines.map((line) => [line.figure, line]));
  const quantityOf = (figure: Figure | null): CellValue => {
    const line = figure ? given.get(figure.code) : undefined;
    if (line === undefined) return null;
    return line.quantity === null ? '留空' : Number(line.quantity);
  };
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
    rows: [
      ...form.flatMap((part) =>
        part.kind === 'list'
          ? part.figures.map((figure) => [
              figure.code,
              figure.label,
              figure.unit,
              quantityOf(figure),
              given.get(figure.code)?.note || null,
            ])
          : [],
      ),
      ...form.flatMap((part) =>
        part.kind === 'grid'
          ? [
              [],
              [part.title],
              [ROW_NAME, ...part.columns],
              ...part.rows.map(({ label, figures }) => [label, ...figures.map(quantityOf)]),
            ]
          : [],
      ),
    ],
  };
}

/**
 * Reads a filled-in workbook: the list, then tables of rows by columns under it. A row of the list counts when its quantity
 * or note is filled, a cell of a table when it is filled; each bad one says its line and field.
 * @throws UnreadableFile when the workbook is of another unit or month, or is not such a table at all
 */
export function readReturnSheet(sheet: Sheet, form: readonly FormPart[], target: SheetTarget): SheetReading {
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
    figuresOf(form).flatMap((figure) => [
      [tidy(figure.label), figure] as const,
      [figure.code, figure] as const,
    ]),
  );
  const reading: SheetReading = { accepted: [], rejected: [] };
  const seen = new Map<string, number>();
  const keep = (line: number, read: Line | Omit<Rejection, 'line'>) => {
    const before = 'figure' in read ? seen.get(read.figure) : undefined;
    if (before !== undefined)
      reading.rejected.push({ line, field: '指标', problem: `与第 ${before} 行是同一指标` });
    else if ('figure' in read) {
      seen.set(read.figure, line);
      reading.accepted.push({ line, ...read });
    } else reading.rejected.push({ line, ...read });
  };
  const byCell = cellsOf(form);
  const headings = new Set(form.flatMap((part) => (part.kind === 'grid' ? part.columns : [])).map(tidy));
  let across: string[] | null = null;
  for (const [index, row] of sheet.rows.entries()) {
    if (index <= head) continue;
    const line = sheet.lines[index] ?? 0;
    const labels = row.map(tidy);
    if (labels.filter((label) => headings.has(label)).length > 1) across = labels;
    else if (across) for (const read of readCells(row, across, byCell)) keep(line, read);
    else {
      const read = readRow(row, columns, target, byName);
      if (read !== null) keep(line, read);
    }
  }
  if (reading.accepted.length === 0 && reading.rejected.length === 0) {
    throw new UnreadableFile('empty', '“数量”一列没有填写任何内容，没有可导入的行。');
  }
  return reading;
}

/** Figures of rows by columns, by `row label|column label`. */
function cellsOf(form: readonly FormPart[]): ReadonlyMap<string, Figure> {
  return new Map(
    form.flatMap((part) =>
      part.kind === 'grid'
        ? part.rows.flatMap(({ label, figures }) =>
            figures.flatMap((figure, index) =>
              figure ? [[`${tidy(label)}|${tidy(part.columns[index] ?? '')}`, figure] as const] : [],
            ),
          )
        : [],
    ),
  );
}

/** The filled cells of one row of a table of rows by columns. */
function readCells(
  row: readonly string[],
  across: readonly string[],
  byCell: ReadonlyMap<string, Figure>,
): (Line | Omit<Rejection, 'line'>)[] {
  const name = tidy(row[0] ?? '');
  return across.flatMap((column, index): (Line | Omit<Rejection, 'line'>)[] => {
    const quantity = tidy(row[index] ?? '');
    if (index === 0 || column === '' || quantity === '') return [];
    const figure = byCell.get(`${name}|${column}`);
    if (!figure) return [{ field: column, problem: `没有可填报的指标“${name}”（${column}）` }];
    return [readQuantity(figure, quantity, '', column)];
  });
}

function readQuantity(
  figure: Figure,
  quantity: string,
  note: string,
  field: string,
): Line | Omit<Rejection, 'line'> {
  const value = quantity === '留空' ? null : readDecimal(quantity);
  if (quantity !== '留空' && value === null) return { field, problem: `“${quantity}”不是数字` };
  const problem = value === null ? null : quantityProblem(figure, value);
  if (problem) return { field, problem };
  if (note.length > 500) return { field: '备注', problem: '最多 500 字' };
  return { figure: figure.code, quantity: value, note };
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
  return readQuantity(figure, quantity, note, '数量');
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
