import { cellKey } from '../../annual-report/compile.ts';
import { type Format, figureRows } from '../../annual-report/formats/index.ts';
import type { PrintedCell, PrintStyle } from './model.ts';
import type { Values } from './own-requests.ts';
import type { Random } from './random.ts';

/** Blanks for 0 where the layout can show a blank at all. */
export function styleOf(random: Random, canBeBlank: boolean): Omit<PrintStyle, 'point'> {
  const fullWidth = random.chance(0.12);
  const blanks = random.chance(0.1);
  return {
    fullWidth,
    zero: canBeBlank && blanks ? 'blank' : 'digit',
    thousands: random.chance(0.15) ? random.pick([',', '，'] as const) : '',
    notApplicable: random.chance(0.5) ? random.pick(['/', '/', '—'] as const) : '',
    change: random.pick(['sign', 'plus', 'word'] as const),
    brackets: random.chance(0.25) ? 'half' : 'full',
  };
}

/** Every figure cell of the format as the style prints it. A value that is absent is printed as a blank. */
export function printCells(
  format: Format,
  values: Values,
  style: PrintStyle,
  rulesApply: boolean,
): Record<string, PrintedCell> {
  const cells: Record<string, PrintedCell> = {};
  for (const { table, section, row } of figureRows(format))
    for (const { id, signed } of section.columns) {
      const key = cellKey(table.id, row.code, id);
      const value = values[key];
      const isRule = row.code === 'P1.1' && table.id === 'proactive';
      if (isRule && !rulesApply && !value && style.notApplicable)
        cells[key] = { state: 'not-applicable', value: null, text: style.notApplicable };
      else if (value === undefined || (value === 0 && style.zero === 'blank'))
        cells[key] = { state: 'blank', value: null, text: '' };
      else
        cells[key] = {
          state: value === 0 ? 'zero' : 'number',
          value,
          text: printNumber(value, style, signed ?? false),
        };
    }
  return cells;
}

/** @param signed whether the column shows an increase or decrease */
export function printNumber(value: number, style: PrintStyle, signed = false): string {
  const [whole = '', decimals] = String(Math.round(Math.abs(value) * 1e6) / 1e6).split('.');
  const grouped = style.thousands ? whole.replace(/\B(?=(?:\d{3})+$)/gu, style.thousands) : whole;
  const digits = decimals ? `${grouped}.${decimals}` : grouped;
  return `${signOf(value, style, signed)}${style.fullWidth ? toFullWidth(digits) : digits}`;
}

function signOf(value: number, style: PrintStyle, signed: boolean): string {
  if (value < 0) return signed && style.change === 'word' ? '减' : '-';
  if (value === 0 || !signed || style.change === 'sign') return '';
  return style.change === 'word' ? '增' : '+';
}

function toFullWidth(digits: string): string {
  return digits.replace(/[0-9.]/gu, (digit) => String.fromCodePoint(digit.codePointAt(0)! + 0xfee0));
}
