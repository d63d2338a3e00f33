import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import {
  type DraftForm,
  isWholeMonth,
  type Line,
  monthPeriod,
  type Period,
} from '../../areas/returns/index.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { readDecimal, tidy } from '../../core/spreadsheet/index.ts';
import { visibleLine } from '../../core/visible-text.ts';

/** What stands in one row of the grid, as typed. */
export interface RowInput {
  quantity: string;
  blank: boolean;
  note: string;
}

export type GridInput = ReadonlyMap<string, RowInput>;

const id = z.coerce.number().int().min(1).max(2_147_483_647);
const day = z.iso.date().refine((date) => date >= '1900-01-01');

export function idOf(value: unknown, what = '没有找到这份填报。'): number {
  const parsed = id.safeParse(value);
  if (!parsed.success) throw new NotFound(what);
  return parsed.data;
}

export function optionalId(value: unknown): number | null {
  const parsed = id.safeParse(value);
  return parsed.success ? parsed.data : null;
}

export function yearOf(value: unknown, today: Temporal.PlainDate): number {
  const parsed = z.coerce.number().int().min(2000).max(2100).safeParse(value);
  return parsed.success ? parsed.data : today.year;
}

/** The period an address names: `month=2018-03`, or `from=…&to=…`; by default last month. */
export function periodOf(query: Record<string, unknown>, today: Temporal.PlainDate): Period {
  const month = z
    .string()
    .regex(/^(19|20)\d\d-(0[1-9]|1[0-2])$/)
    .safeParse(query.month);
  if (month.success) return monthPeriod(month.data);
  const from = day.safeParse(query.from);
  const to = day.safeParse(query.to);
  if (from.success && to.success) return { from: from.data, to: to.data };
  return monthPeriod(today.subtract({ months: 1 }).toString().slice(0, 7));
}

/** The same in an address. */
export function periodQuery(period: Period): string {
  return isWholeMonth(period) ? `month=${period.from.slice(0, 7)}` : `from=${period.from}&to=${period.to}`;
}

/** The rows of the grid as the form sent them, by figure code. */
export function gridInput(body: Record<string, unknown>): GridInput {
  const rows = new Map<string, RowInput>();
  for (const [name, value] of Object.entries(body)) {
    const match = /^([qbn])\.(.+)$/.exec(name);
    if (!match || typeof value !== 'string') continue;
    const code = match[2] as string;
    const row = rows.get(code) ?? { quantity: '', blank: false, note: '' };
    if (match[1] === 'q') row.quantity = value;
    else if (match[1] === 'n') row.note = value;
    else row.blank = true;
    rows.set(code, row);
  }
  return rows;
}

/**
 * The lines the grid states. An empty quantity is no line; 留空, ticked or typed, is a stated blank.
 * @throws InvalidForm by field `q.<figure>`
 */
export function linesFrom(grid: GridInput): Line[] {
  const faults: Record<string, string> = {};
  const lines: Line[] = [];
  for (const [figure, { quantity, blank, note }] of grid) {
    const text = tidy(quantity);
    const remark = visibleLine(note);
    if (blank || text === '留空') {
      if (text !== '' && text !== '留空') faults[`q.${figure}`] = '既填了数量又选了“留空”，请只保留一个';
      else lines.push({ figure, quantity: null, note: remark });
    } else if (text === '') {
      if (remark !== '') faults[`q.${figure}`] = '有备注但没有数量；没有发生请填 0，无法统计请选“留空”';
    } else {
      const value = readDecimal(text);
      if (value === null) faults[`q.${figure}`] = `“${text}”不是数字`;
      else lines.push({ figure, quantity: value, note: remark });
    }
  }
  if (Object.keys(faults).length > 0) throw new InvalidForm(faults);
  return lines;
}

export function gridOf(lines: readonly Line[]): GridInput {
  return new Map(
    lines.map(({ figure, quantity, note }) => [
      figure,
      { quantity: quantity ?? '', blank: quantity === null, note },
    ]),
  );
}

const draftHead = z.object({
  unit: id,
  from: day,
  to: day,
  version: z.coerce.number().int().min(0),
  desk: z.string().max(40),
});

/** Everything of a sent form but its lines. @throws InvalidForm */
export function draftHeadOf(body: Record<string, unknown>): Omit<DraftForm, 'lines'> {
  const parsed = draftHead.safeParse(body);
  if (!parsed.success) throw new InvalidForm({ '': '表单不完整，请刷新页面后重新填写。' });
  const { unit, from, to, version, desk } = parsed.data;
  return { unitId: unit, period: { from, to }, version, desk };
}
