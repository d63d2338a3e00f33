import type { CellState } from './model.ts';
import { plain } from './wording.ts';

export interface PrintedValue {
  state: Exclude<CellState, 'absent'>;
  value: number | null;
}

/** `/`, dashes and the words that say a row does not apply; 无 is left as words, for it may mean none or not at all. */
const NOT_APPLICABLE = /^(?:[/\\|]{1,3}|[-‐‑‒–—―─_]{1,6}|[*×]|不适用|N\/?A)$/iu;
const UNIT = '(?:条|件|次|篇|个|人次|人|项|宗|起|元|万元|亿元)';
const NUMBER = new RegExp(
  `^(?<sign>[+-]|增加?|新增|净增|减少?|净减)?(?<digits>\\d{1,15}|\\d{1,3}(?:,\\d{3}){1,5})(?<fraction>\\.\\d{1,10})?(?<unit>${UNIT})?$`,
  'u',
);
const NEGATIVE = /^(?:-|减)/u;
/** What one printed unit is worth in 万元. */
const MONEY: Readonly<Record<string, number>> = { 元: 1e-4, 万元: 1, 亿元: 1e4 };

/**
 * What a printed cell says. Full-width digits, thousands separators, signs (`+3`, `增10`, `减少2`) and a repeated unit are
 * understood; anything else is words. With `unit` 万元 an amount printed in 元 or 亿元 is converted.
 */
export function readValue(text: string, unit = ''): PrintedValue {
  const printed = plain(text).replaceAll('，', ',').replaceAll('−', '-');
  if (printed === '') return { state: 'blank', value: null };
  if (NOT_APPLICABLE.test(printed)) return { state: 'not-applicable', value: null };
  const found = NUMBER.exec(printed)?.groups;
  if (!found) return { state: 'text', value: null };
  const size = Number(`${found.digits?.replaceAll(',', '')}${found.fraction ?? ''}`);
  const scaled = unit === '万元' ? size * (MONEY[found.unit ?? ''] ?? 1) : size;
  const exact = Math.round(scaled * 1e10) / 1e10;
  const value = NEGATIVE.test(found.sign ?? '') && exact !== 0 ? -exact : exact;
  return { state: value === 0 ? 'zero' : 'number', value };
}

/** Whether a text can stand in a cell of figures: a number, a mark, or nothing. */
export function isValue(text: string): boolean {
  if (/^\d{1,9}$/u.test(text)) return true;
  return readValue(text).state !== 'text' || /^(?:无|暂无|空)$/u.test(plain(text));
}
