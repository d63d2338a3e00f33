/** How a number in a cell is meant, as far as its text depends on it. */
export type NumberMeaning = 'number' | 'percent' | 'date';

/** Built-in formats (ECMA-376 part 1, 18.8.30) that show dates or times; 27 to 36 and 50 to 58 are the East Asian ones. */
function builtInMeaning(id: number): NumberMeaning {
  if (id === 9 || id === 10) return 'percent';
  const isDate =
    (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  return isDate ? 'date' : 'number';
}

/** The meaning of a format by its code, e.g. `yyyy"年"m"月"`, `0.0%`, `#,##0`. */
export function meaningOf(id: number, code: string | undefined): NumberMeaning {
  if (code === undefined) return builtInMeaning(id);
  const positive = code.split(';', 1)[0] ?? '';
  const bare = positive.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  if (/general/i.test(bare)) return 'number';
  if (/[ymdhs]/i.test(bare)) return 'date';
  return bare.includes('%') ? 'percent' : 'number';
}

/** The text of a stored number: Excel keeps fifteen digits, so 0.1+0.2 reads 0.3. */
export function numberText(stored: string, meaning: NumberMeaning, date1904: boolean): string {
  const value = Number(stored);
  if (!Number.isFinite(value) || stored.trim() === '') return stored;
  if (meaning === 'date' && value >= 0 && value < 2_958_466) return dateText(value, date1904);
  if (meaning === 'percent') return `${plain(value * 100)}%`;
  return plain(value);
}

const BUILT_IN_CODES: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  37: '#,##0',
  38: '#,##0',
  39: '#,##0.00',
  40: '#,##0.00',
};

/** The code of a built-in number format that rounds or groups. */
export function builtInCode(id: number): string | undefined {
  return BUILT_IN_CODES[id];
}

/**
 * A stored number as its format shows it: rounded, grouped, as a percentage. Words and signs of the format are left out,
 * and so is the hiding of zeros: the number is there.
 */
export function shownNumber(stored: string, code: string): string {
  const value = Number(stored);
  if (!Number.isFinite(value) || stored.trim() === '') return stored;
  const positive = code.split(';', 1)[0] ?? '';
  const bare = positive.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '');
  const percent = bare.includes('%');
  const digits = /[0#?]([0#?,]*[0#?])?(?:\.([0#?]*))?/.exec(bare);
  if (!digits || /general|e[+-]|\/|@/i.test(bare) || /,(?![0#?])/.test(bare)) return plain(value);
  const places = digits[2] ?? '';
  const rounded = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: Math.min(20, places.replace(/[#?]/g, '').length),
    maximumFractionDigits: Math.min(20, places.length),
    useGrouping: digits[0].includes(','),
  }).format(Number((percent ? value * 100 : value).toPrecision(15)));
  return `${rounded === '-0' ? '0' : rounded}${percent ? '%' : ''}`;
}

function plain(value: number): string {
  const rounded = Number(value.toPrecision(15));
  if (rounded === 0) return '0';
  const text = String(rounded);
  if (!text.includes('e')) return text;
  return Math.abs(rounded) < 1
    ? rounded.toFixed(20).replace(/0+$/, '')
    : rounded.toLocaleString('en-US', { useGrouping: false });
}

const MS_PER_DAY = 86_400_000;

/** Serial days since 1899-12-30 (or 1904-01-01); Excel believes in 29 February 1900, so days up to 60 are one off. */
function dateText(serial: number, date1904: boolean): string {
  const seconds = Math.round(serial * 86_400);
  const days = Math.floor(seconds / 86_400);
  const clock = new Date((seconds - days * 86_400) * 1000).toISOString().slice(11, 19);
  if (days === 0 && seconds > 0) return clock;
  const origin = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const day = new Date(origin + days * MS_PER_DAY).toISOString().slice(0, 10);
  return clock === '00:00:00' ? day : `${day} ${clock}`;
}
