import type { Budget } from './limits.ts';
import { settleTable } from './settle-table.ts';

/** What stands in a file one below the other, before it is numbered and tidied. */
export type FlowItem = FlowLine | FlowCells | FlowTable;

export interface FlowLine {
  kind: 'line';
  text: string;
  /** Of a text file. */
  line?: number;
  afterBlank?: boolean;
}

/** A row of something laid out like a table without being one; several in sequence make a table. */
export interface FlowCells {
  kind: 'cells';
  cells: string[];
}

export interface FlowTable {
  kind: 'table';
  rows: GridCell[][];
}

export interface GridCell {
  text: string;
  column: number;
  colSpan: number;
  rowSpan: number;
}

/** A cell as the file gives it, what stands in it not yet understood. */
export interface DraftCell {
  items: FlowItem[];
  colSpan: number;
  /** 0: to the last row. */
  rowSpan: number;
  /** Word: part of the cell above. */
  continues?: boolean;
  /** Word: part of the cell before it. */
  joinsLeft?: boolean;
}

export interface DraftRow {
  cells: DraftCell[];
  /** Grid columns left free before the first cell. */
  skipped: number;
}

interface Frame {
  items: FlowItem[];
  line: string;
  /** Whether the line is empty or ends in a blank. */
  blank: boolean;
  table: { rows: DraftRow[] } | null;
  cell: Omit<DraftCell, 'items'> | null;
}

/** Deeper nesting is nobody's page. */
const MAX_FRAMES = 200;

/**
 * Gathers lines and tables in reading order while a file is read from front to back. Calls that do not fit (a cell
 * without a row, text between cells) are put where a browser would put them; nothing is thrown for bad order.
 */
export class Flow {
  readonly #budget: Budget;
  #frames: Frame[] = [frame()];

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  get #top(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  /** Whether one more table or text box would be one too many. */
  isDeep(): boolean {
    return this.#frames.length >= MAX_FRAMES;
  }

  text(piece: string): void {
    this.#budget.text(piece.length);
    if (piece === '') return;
    const top = this.#top;
    top.line += piece;
    top.blank = /\s$/.test(piece.slice(-1));
  }

  /** Whether the line that is being written is still empty or ends in a blank. */
  endsInBlank(): boolean {
    return this.#top.blank;
  }

  lineEnd(): void {
    const top = this.#top;
    if (top.line.trim() !== '') top.items.push({ kind: 'line', text: top.line });
    top.line = '';
    top.blank = true;
  }

  add(items: readonly FlowItem[]): void {
    this.lineEnd();
    for (const item of items) this.#top.items.push(item);
  }

  openTable(): void {
    this.lineEnd();
    this.#frames.push(frame({ rows: [] }));
  }

  openRow(skipped = 0): void {
    this.#top.table?.rows.push({ cells: [], skipped });
  }

  openCell(cell: Omit<DraftCell, 'items'>): void {
    this.#budget.cell();
    this.#frames.push(frame(null, cell));
  }

  closeCell(): void {
    const { items, cell } = this.#close();
    const { table } = this.#top;
    if (!cell || !table) return;
    if (table.rows.length === 0) this.openRow();
    const cells = table.rows.at(-1)?.cells;
    const before = cells?.at(-1);
    if (cell.joinsLeft && before) before.colSpan += cell.colSpan;
    else cells?.push({ ...cell, items });
  }

  /** Takes the last row away: deleted in a tracked change. */
  dropRow(): void {
    this.#top.table?.rows.pop();
  }

  closeTable(): void {
    const { items, table } = this.#close();
    // Text between cells stands before the table, as browsers show it.
    this.add(items);
    if (table) this.add(settleTable(table.rows));
  }

  /** A place of its own whose content `closeAside` hands out: a text box, a row of blocks. */
  openAside(): void {
    this.#frames.push(frame());
  }

  closeAside(): FlowItem[] {
    return this.#close().items;
  }

  finish(): FlowItem[] {
    while (this.#frames.length > 1) {
      const { table, cell } = this.#top;
      if (table) this.closeTable();
      else if (cell) this.closeCell();
      else this.add(this.closeAside());
    }
    this.lineEnd();
    return this.#top.items;
  }

  #close(): Frame {
    this.lineEnd();
    return this.#frames.length > 1 ? (this.#frames.pop() as Frame) : frame();
  }
}

function frame(table: Frame['table'] = null, cell: Frame['cell'] = null): Frame {
  return { items: [], line: '', blank: true, table, cell };
}
