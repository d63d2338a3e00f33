import { tidy, UnreadableFile } from '../../core/spreadsheet/index.ts';
import type { GivenRow } from './import-actions.ts';
import type { Register } from './register.ts';
import { registers } from './registers.ts';
import { clean } from './rules.ts';

/** Heading that only lists of voided entries carry; such rows do not come back by import. */
export const VOIDED_HEADING = '登记撤销日期';
const HEADING_WITHIN = 10;

export interface ReadSheet {
  rows: GivenRow[];
  /** Headings that this register does not have; their columns are left out. */
  ignored: string[];
}

/**
 * Finds the heading row of a register's file (titles may stand above it) and reads the rows below by field.
 * @throws UnreadableFile when the headings are missing, or are those of another register
 */
export function readRegisterSheet(
  register: Register,
  sheet: { rows: readonly (readonly string[])[]; lines: readonly number[] },
): ReadSheet {
  const at = sheet.rows.slice(0, HEADING_WITHIN).findIndex((cells) => bears(register, cells));
  if (at < 0) throw new UnreadableFile('wrong-type', wrongSheet(register, sheet.rows));
  const headings = (sheet.rows[at] ?? []).map(tidy);
  const known = new Map(register.fields.map(({ label, name }) => [tidy(label), name]));
  const twice = headings.find((label, index) => known.has(label) && headings.indexOf(label) !== index);
  if (twice) throw new UnreadableFile('damaged', `表头中“${twice}”出现了两次。请只保留一列后重新上传。`);
  const rows = sheet.rows.slice(at + 1).flatMap((cells, index): GivenRow[] => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const given = Object.fromEntries(
      headings.flatMap((label, column) => {
        const name = known.get(label);
        return name === undefined ? [] : [[name, unquoted(cells[column] ?? '')]];
      }),
    );
    const voided = headings.indexOf(VOIDED_HEADING);
    const problem =
      voided >= 0 && cells[voided]?.trim() ? '已撤销的登记不能导入，请在台账中恢复。' : undefined;
    return [{ line: sheet.lines[at + 1 + index] ?? 0, given, problem }];
  });
  if (rows.length === 0) throw new UnreadableFile('empty', '表头下面没有内容。请填写后重新上传。');
  const ignored = headings.filter(
    (label) => label !== '' && !known.has(label) && !label.startsWith('登记撤销'),
  );
  return { rows, ignored };
}

/** Reads one record with named columns: by field name or by heading, values of any JSON kind. */
export function readRegisterRecord(
  register: Register,
  record: { line: number; values: Record<string, unknown>; problem?: string },
): GivenRow {
  const byHeading = new Map(Object.entries(record.values).map(([name, value]) => [tidy(name), value]));
  const given = Object.fromEntries(
    register.fields.map(({ name, label }) => [
      name,
      unquoted(asText(record.values[name] ?? byHeading.get(tidy(label)))),
    ]),
  );
  return { line: record.line, given, problem: record.problem };
}

/** Whether a row of cells is the heading of this register: every required field has its column. */
function bears(register: Register, cells: readonly string[]): boolean {
  const headings = new Set(cells.map(tidy));
  return register.fields.every(({ required, label }) => !required || headings.has(tidy(label)));
}

function wrongSheet(register: Register, rows: readonly (readonly string[])[]): string {
  const top = rows.slice(0, HEADING_WITHIN);
  const other = Object.values(registers).find(
    (candidate) => candidate.key !== register.key && top.some((cells) => bears(candidate, cells)),
  );
  if (other) {
    return `这是“${other.label}”的表格，不是“${register.label}”的，没有导入任何内容。请到${other.label}导入，或换一个文件。`;
  }
  const cells = new Set(top.flatMap((row) => row.map(tidy)));
  const missing = register.fields
    .filter(({ required, label }) => required && !cells.has(tidy(label)))
    .map(({ label }) => label);
  return `没有找到“${register.label}”的表头${missing.length > 0 ? `，缺少：${missing.join('、')}` : ''}。请下载模板，按模板的表头填写。`;
}

/** CSV written for Excel marks text that would start a formula with an apostrophe. */
const unquoted = (text: string): string => clean(text).replace(/^'(?=[=+\-@])/, '');

/** A list of people may come as objects or lines. */
function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(asText).join('\n');
  if (typeof value === 'object') return Object.values(value).map(asText).join(' ');
  return String(value);
}
