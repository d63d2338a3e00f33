import { formatNumber } from '../../ui/index.ts';

/** A value as the desk says it: a blank is a word, a change (本年增/减) has its sign. */
export function valueWords(value: number | null, signed = false): string {
  if (value === null) return '空白';
  return `${signed && value > 0 ? '+' : ''}${formatNumber(value)}`;
}
