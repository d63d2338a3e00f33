import { type SheetLimits, UnreadableFile } from './limits.ts';
import type { SheetRow } from './rows.ts';
import { cellTooLong } from './workbook.ts';
import { tooManyRows } from './xlsx-rows.ts';

/**
 * Splits separated text (RFC 4180) into rows, piece by piece, so that neither a long file nor an unclosed quote is
 * gathered in memory. `line` is the line in the file where the row begins. Rows without any text are left out.
 */
export class CsvReader {
  readonly #limits: SheetLimits;
  readonly #separator: string;
  #ready: SheetRow[] = [];
  #count = 0;
  #line = 1;
  #rowLine = 1;
  #cells: string[] = [];
  #cell = '';
  #quoted = false;
  /** The last character closed a quote: a second quote would be a literal one. */
  #justClosed = false;
  #afterReturn = false;

  constructor(separator: string, limits: SheetLimits) {
    this.#separator = separator;
    this.#limits = limits;
  }

  push(text: string): SheetRow[] {
    let from = 0;
    for (let index = 0; index < text.length; index++) {
      const char = text[index] as string;
      if (this.#afterReturn) {
        this.#afterReturn = false;
        if (char === '\n') {
          from = index + 1;
          continue;
        }
      }
      if (this.#quoted) {
        if (char === '\n') this.#line += 1;
        if (char !== '"') continue;
        this.#add(text, from, index);
        from = index + 1;
        this.#quoted = false;
        this.#justClosed = true;
      } else if (char === '"' && this.#justClosed) {
        this.#cell += '"';
        from = index + 1;
        this.#quoted = true;
        this.#justClosed = false;
      } else if (char === '"' && this.#cell === '' && from === index) {
        from = index + 1;
        this.#quoted = true;
      } else if (char === this.#separator) {
        this.#add(text, from, index);
        from = index + 1;
        this.#endCell();
      } else if (char === '\n' || char === '\r') {
        this.#add(text, from, index);
        from = index + 1;
        this.#afterReturn = char === '\r';
        this.#endRow();
      } else {
        this.#justClosed = false;
      }
    }
    this.#add(text, from, text.length);
    return this.#take();
  }

  end(): SheetRow[] {
    if (this.#quoted) {
      throw new UnreadableFile(
        'damaged',
        `第 ${this.#rowLine} 行的引号没有配对，无法分列。请检查后重新上传。`,
      );
    }
    this.#endRow();
    return this.#take();
  }

  #take(): SheetRow[] {
    const rows = this.#ready;
    this.#ready = [];
    return rows;
  }

  #add(text: string, from: number, to: number): void {
    if (to > from) this.#cell += text.slice(from, to);
    if (this.#cell.length > this.#limits.cellLength) throw cellTooLong(this.#limits);
  }

  #endCell(): void {
    if (this.#cells.length >= this.#limits.columns) {
      throw new UnreadableFile(
        'too-many-columns',
        `第 ${this.#rowLine} 行超过 ${this.#limits.columns} 列，未接收。请删去多余的列后重新上传。`,
      );
    }
    this.#cells.push(unguarded(this.#cell));
    this.#cell = '';
    this.#justClosed = false;
  }

  #endRow(): void {
    this.#endCell();
    if (this.#cells.some((cell) => cell !== '')) {
      this.#count += 1;
      if (this.#count > this.#limits.rows) throw tooManyRows(this.#limits);
      while (this.#cells.at(-1) === '') this.#cells.pop();
      this.#ready.push({ line: this.#rowLine, cells: this.#cells });
    }
    this.#cells = [];
    this.#line += 1;
    this.#rowLine = this.#line;
  }
}

/** Takes off the apostrophe that `writeCsv` puts before what a spreadsheet program would run as a formula. */
function unguarded(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

/** The separator that the first line uses most: comma, tab, semicolon or the full-width comma of hand-made files. */
export function separatorOf(text: string): string {
  const firstLine = text.split(/[\r\n]/, 1)[0] ?? '';
  const bare = firstLine.replace(/"[^"]*"/g, '');
  let best = ',';
  for (const separator of [',', '\t', ';', '\uff0c']) {
    if (bare.split(separator).length > bare.split(best).length) best = separator;
  }
  return best;
}
