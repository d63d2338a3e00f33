import { parseDay } from '../../law/day-number.ts';

/** Full-width forms made half-width, spaces of every kind taken off both ends. */
export function tidy(text: string): string {
  // Most cells are plain already, and a large import has millions of them.
  if (/^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/.test(text)) return text;
  return text.normalize('NFKC').replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/g, '');
}

/**
 * A number as people type it: full-width digits, thousands separators, a sign, a percent sign. Returned as plain decimal
 * text (`-1234.5`), exact to the digit; null when it is not a number.
 */
export function readDecimal(text: string): string | null {
  const tidied = tidy(text);
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)$/.exec(tidied);
  if (!match) return null;
  const whole = (match[2] ?? '').replaceAll(',', '').replace(/^0+(?=\d)/, '');
  const fraction = (match[3] ?? '').slice(1);
  const percent = match[4] === '%';
  const digits = percent ? whole.padStart(3, '0') : whole;
  const left = percent ? digits.slice(0, -2) : digits;
  const right = (percent ? digits.slice(-2) + fraction : fraction).replace(/0+$/, '');
  const value = right === '' ? left : `${left}.${right}`;
  return match[1] === '-' && /[1-9]/.test(value) ? `-${value}` : value;
}

/** A civil date as people type it: `2018-3-5`, `2018/3/5`, `2018.3.5`, `2018年3月5日`, `20180305`; as `YYYY-MM-DD` or null. */
export function readDay(text: string): string | null {
  const tidied = tidy(text).replace(/ 00:00(:00)?$/, '');
  const match =
    /^(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})日?$/.exec(tidied) ?? /^(\d{4})()(\d{2})(\d{2})$/.exec(tidied);
  if (!match) return null;
  const day = `${match[1]}-${match[3]?.padStart(2, '0')}-${match[4]?.padStart(2, '0')}`;
  return parseDay(day) === null ? null : day;
}

/** A month: `2018-03`, `2018年3月`, `2018/3`, `201803`, or the first day of one; as `YYYY-MM` or null. */
export function readMonth(text: string): string | null {
  const tidied = tidy(text);
  const match = /^(\d{4})[-/.年](\d{1,2})月?$/.exec(tidied) ?? /^(\d{4})(\d{2})$/.exec(tidied);
  const month = match ? `${match[1]}-${match[2]?.padStart(2, '0')}` : readDay(tidied)?.replace(/-01$/, '');
  return month !== undefined && month.length === 7 && parseDay(`${month}-01`) !== null ? month : null;
}
