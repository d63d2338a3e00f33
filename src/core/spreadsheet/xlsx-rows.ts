import type { Container } from './container.ts';
import { type SheetLimits, UnreadableFile } from './limits.ts';
import { numberText, shownNumber } from './number-format.ts';
import type { SheetRow } from './rows.ts';
import { cellTooLong, RichText, type Workbook } from './workbook.ts';
import { parseXml } from './xml.ts';

/** What a sheet tells beside its cells, filled while they are read. */
export interface SheetMerges {
  /** `A1:C3`, at most 20 000. */
  merges: string[];
}

const MAX_MERGES = 20_000;
/** Excel ends at 1 048 576; other programs write longer sheets. */
const MOST_LINE = 100_000_000;

/**
 * The rows of one sheet as the cells show them, in batches. Formulas are neither computed nor followed: the value Excel
 * stored beside them is taken, and `#未计算` stands where there is none, so that it cannot pass for a blank. With `shown`
 * numbers are rounded and grouped as their format shows them (imports take every digit), and merged cells are told.
 */
export async function* xlsxRows(
  container: Container,
  workbook: Workbook,
  part: string,
  limits: SheetLimits,
  shown: SheetMerges | null = null,
): AsyncGenerator<SheetRow[]> {
  const reader = new RowReader(workbook, limits, shown);
  const events = {
    open: (name: string, attributes: Readonly<Record<string, string>>) => reader.open(name, attributes),
    text: (text: string) => reader.text(text),
    close: (name: string) => reader.close(name),
  };
  for await (const _ of parseXml(await container.read(part), events)) {
    const rows = reader.take();
    if (rows.length > 0) yield rows;
  }
  const rest = reader.take();
  if (rest.length > 0) yield rest;
}

class RowReader {
  readonly #workbook: Workbook;
  readonly #limits: SheetLimits;
  readonly #shown: SheetMerges | null;
  readonly #inline = new RichText();
  #ready: SheetRow[] = [];
  #line = 0;
  #count = 0;
  #cells: string[] = [];
  #column = -1;
  #type = 'n';
  #style = 0;
  #value = '';
  #hasValue = false;
  #inValue = false;
  #hasFormula = false;

  constructor(workbook: Workbook, limits: SheetLimits, shown: SheetMerges | null) {
    this.#workbook = workbook;
    this.#shown = shown;
    this.#limits = limits;
  }

  take(): SheetRow[] {
    const rows = this.#ready;
    this.#ready = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') this.#startRow(attributes.r);
    else if (name === 'c') this.#startCell(attributes);
    else if (name === 'v') this.#inValue = this.#hasValue = true;
    else if (name === 'f') this.#hasFormula = true;
    else if (name === 'mergeCell') this.#merge(attributes.ref);
    else this.#inline.open(name);
  }

  text(text: string): void {
    if (this.#inValue) this.#value += text;
    else this.#inline.add(text);
    if (this.#value.length > this.#limits.cellLength) throw cellTooLong(this.#limits);
  }

  close(name: string): void {
    if (name === 'v') this.#inValue = false;
    else if (name === 'c') this.#endCell();
    else if (name === 'row') this.#endRow();
    else this.#inline.close(name);
  }

  #merge(reference: string | undefined): void {
    if (reference && this.#shown && this.#shown.merges.length < MAX_MERGES)
      this.#shown.merges.push(reference);
  }

  #startRow(number: string | undefined): void {
    const told = Number(number);
    // Lines are told to people and count how far a file has come: a number that is none, or leads back, is not believed.
    const sound = Number.isInteger(told) && told > this.#line && told <= MOST_LINE;
    this.#line = sound ? told : this.#line + 1;
    this.#cells = [];
    this.#column = -1;
  }

  #startCell(attributes: Readonly<Record<string, string>>): void {
    this.#column = attributes.r === undefined ? this.#column + 1 : columnOf(attributes.r);
    this.#type = attributes.t ?? 'n';
    this.#style = Number(attributes.s ?? 0);
    this.#value = '';
    this.#hasValue = this.#hasFormula = false;
  }

  #endCell(): void {
    const text = this.#cellText();
    if (text === '') return;
    if (text.length > this.#limits.cellLength) throw cellTooLong(this.#limits);
    if (this.#column >= this.#limits.columns) {
      throw new UnreadableFile(
        'too-many-columns',
        `表格超过 ${this.#limits.columns} 列，未接收。请删去多余的列后重新上传。`,
      );
    }
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = text;
  }

  #cellText(): string {
    const inline = this.#inline.take();
    if (this.#type === 'inlineStr') return inline;
    if (!this.#hasValue) return this.#hasFormula ? '#未计算' : '';
    const { sharedStrings, meanings, codes, date1904 } = this.#workbook;
    switch (this.#type) {
      case 's':
        return sharedStrings[Number(this.#value)] ?? '';
      case 'b':
        return this.#value === '1' ? 'TRUE' : 'FALSE';
      case 'n': {
        const meaning = meanings[this.#style] ?? 'number';
        const code = codes[this.#style];
        if (this.#shown && code !== undefined && meaning !== 'date') return shownNumber(this.#value, code);
        return numberText(this.#value, meaning, date1904);
      }
      default:
        return this.#value;
    }
  }

  #endRow(): void {
    if (this.#cells.length === 0) return;
    this.#count += 1;
    if (this.#count > this.#limits.rows) throw tooManyRows(this.#limits);
    this.#ready.push({ line: this.#line, cells: this.#cells });
  }
}

export function tooManyRows(limits: SheetLimits): UnreadableFile {
  return new UnreadableFile('too-many-rows', `表格超过 ${limits.rows} 行，未接收。请分成几个文件上传。`);
}

/** `C7` → 2. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let index = 0; index < reference.length; index++) {
    const letter = reference.charCodeAt(index) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}
