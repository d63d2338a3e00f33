import type { Effect, Entry, Field, Register } from '../../areas/registers/index.ts';
import { formatDate, formatNumber } from '../../ui/index.ts';

export const REGISTERS = '/workbench/registers';
export const addressOf = (register: Register, rest = ''): string => `${REGISTERS}/${register.key}${rest}`;

const yuan = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const formatYuan = (amount: number): string => yuan.format(amount);
/** 50 000 元 → `5 万元`, exact. */
export const formatWan = (amount: number): string =>
  `${formatNumber(Number((amount / 10_000).toFixed(6)))} 万元`;

/** The name of an entry, for titles and links. */
export const nameOf = (register: Register, entry: Entry): string => String(entry.values[register.titleField]);

/** A value as a page shows it. */
export function shown(register: Register, field: Field, entry: Entry): string {
  const value = entry.values[field.name] ?? null;
  if (field.kind === 'unit') return entry.unitName ?? '—';
  if (value === null) return field.name === register.endField ? '至今' : '—';
  if (value === '') return '—';
  if (field.kind === 'date') return formatDate(String(value));
  if (field.kind === 'money') return formatYuan(Number(value));
  return typeof value === 'number' ? formatNumber(value) : value;
}

/** An entry as the form takes it: units by code, a number that a list decides left blank. */
export function typed(register: Register, entry: Entry): Record<string, string> {
  return Object.fromEntries(
    register.fields.map(({ name, kind }) => {
      const value = entry.values[name] ?? '';
      if (kind === 'unit') return [name, entry.unitCode ?? ''];
      if (kind === 'money') return [name, Number(value).toFixed(2)];
      if (name === 'trainees' && entry.values.attendance) return [name, ''];
      return [name, String(value)];
    }),
  );
}

/** `2018年“举办各类培训班数”` or `2016年末至2018年末各年“…”`, then how much. */
export function effectWords(register: Register, effect: Effect, verb: '计' | '增加' | '减少'): string {
  const { from, to, label, quantity, unit } = effect;
  const end = register.endField ? '末' : '';
  const years = from === to ? `${from}年${end}` : `${from}年${end}至${to}年${end}各年`;
  return `${years}“${label}”${verb} ${formatNumber(quantity)} ${unit}`;
}

export const yearList = (years: readonly number[]): string => years.map((year) => `${year}年`).join('、');
