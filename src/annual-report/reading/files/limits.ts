const MB = 1024 * 1024;

/** Bounds of what one file may cost us. A report of a province has some 30 000 characters, 10 tables and 60 pages. */
export interface DocumentLimits {
  /** Of the file; a larger one is refused. What goes beyond the others is left unread, and the document says so. */
  bytes: number;
  characters: number;
  paragraphs: number;
  tables: number;
  cells: number;
  /** Of a PDF. */
  pages: number;
  seconds: number;
}

export const documentLimits: DocumentLimits = {
  bytes: 50 * MB,
  characters: 2_000_000,
  paragraphs: 50_000,
  tables: 500,
  cells: 100_000,
  pages: 300,
  seconds: 20,
};

/** A bound was reached: what was read so far stands, and the reason goes among what was not read. */
export class Full extends Error {}

/** Counts what reading one file costs. Every method throws `Full` when its bound is passed. */
export class Budget {
  readonly limits: DocumentLimits;
  readonly #until: number;
  #characters = 0;
  #paragraphs = 0;
  #tables = 0;
  #cells = 0;

  constructor(limits: DocumentLimits) {
    this.limits = limits;
    this.#until = performance.now() + limits.seconds * 1000;
  }

  text(length: number): void {
    this.#characters += length;
    if (this.#characters > this.limits.characters) {
      throw new Full(`文字超过 ${this.limits.characters} 个，其后的内容没有读取`);
    }
  }

  paragraph(): void {
    this.#paragraphs += 1;
    if (this.#paragraphs > this.limits.paragraphs) {
      throw new Full(`段落超过 ${this.limits.paragraphs} 个，其后的内容没有读取`);
    }
  }

  table(): void {
    this.#tables += 1;
    if (this.#tables > this.limits.tables) {
      throw new Full(`表格超过 ${this.limits.tables} 个，其后的内容没有读取`);
    }
  }

  cell(): void {
    this.#cells += 1;
    if (this.#cells > this.limits.cells) {
      throw new Full(`单元格超过 ${this.limits.cells} 个，其后的内容没有读取`);
    }
  }

  time(): void {
    if (performance.now() > this.#until) {
      throw new Full(`读取超过 ${this.limits.seconds} 秒，其后的内容没有读取`);
    }
  }
}
