import type { XmlEvents } from '../../../../core/spreadsheet/xml.ts';
import type { DraftCell, Flow, FlowItem } from '../flow.ts';
import { refused } from '../kind.ts';
import type { Budget } from '../limits.ts';
import type { Numbering, NumberingReference } from './numbering.ts';

interface Paragraph {
  style: string | null;
  number: Partial<NumberingReference> | null;
  /** Its mark is deleted in a tracked change: the next paragraph goes on in the same line. */
  runsOn: boolean;
  hasText: boolean;
  /** Text boxes anchored in it; they follow it. */
  boxes: FlowItem[];
}

/** What is left out with all it holds: deletions, moves away, and the second copy of a text box. */
const LEFT_OUT = new Set(
  'del moveFrom delInstrText Fallback pPrChange rPrChange tblPrChange trPrChange tcPrChange sectPrChange sectPr rt'.split(
    ' ',
  ),
);

/**
 * Turns the elements of a Word document into lines and tables as the final version shows them. Headers, footers and notes
 * stand in other parts and are not read.
 */
export class DocumentReader implements XmlEvents {
  images = 0;
  /** Objects of other programs, such as a sheet of Excel, and whole files put into this one. */
  embedded = 0;
  readonly #flow: Flow;
  readonly #budget: Budget;
  readonly #numbering: Numbering;
  #leftOut = 0;
  #paragraphs: Paragraph[] = [];
  #inText = false;
  #inInstruction = false;
  /** The code of each open field, outermost first. */
  #fields: string[] = [];
  #inParagraphProperties = false;
  #inRunProperties = false;
  #hiddenRun = false;
  #inRow: { skipped: number; deleted: boolean; begun: boolean }[] = [];
  #cells: (Omit<DraftCell, 'items'> & { begun: boolean })[] = [];
  #inTableProperties = 0;
  #depth = 0;

  constructor(flow: Flow, numbering: Numbering, budget: Budget) {
    this.#flow = flow;
    this.#numbering = numbering;
    this.#budget = budget;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#depth += 1;
    if (this.#depth > 5000) throw refused('bomb', '文件内容层层嵌套过深，已拒绝打开。请另存后重新上传。');
    if (this.#leftOut > 0 || this.#isLeftOut(name)) {
      this.#leftOut += 1;
      return;
    }
    const value = attributes['w:val'];
    const row = this.#inRow.at(-1);
    const cell = this.#cells.at(-1);
    const paragraph = this.#paragraphs.at(-1);
    switch (name) {
      case 'p':
        this.#begin();
        this.#paragraphs.push({ style: null, number: null, runsOn: false, hasText: false, boxes: [] });
        break;
      case 'pPr':
        this.#inParagraphProperties = true;
        break;
      case 'pStyle':
        if (paragraph) paragraph.style = value ?? null;
        break;
      case 'numId':
        if (paragraph) paragraph.number = { ...paragraph.number, list: value ?? '0' };
        break;
      case 'ilvl':
        if (paragraph) paragraph.number = { ...paragraph.number, level: Number(value) || 0 };
        break;
      case 'r':
        this.#hiddenRun = false;
        break;
      case 'rPr':
        this.#inRunProperties = true;
        break;
      case 'vanish':
        if (this.#inRunProperties && value !== '0' && value !== 'false') this.#hiddenRun = true;
        break;
      case 't':
        this.#inText = true;
        break;
      case 'instrText':
        this.#inInstruction = true;
        break;
      case 'fldChar':
        if (attributes['w:fldCharType'] === 'begin' && this.#fields.length < 100) this.#fields.push('');
        else if (attributes['w:fldCharType'] === 'end') this.#fields.pop();
        break;
      case 'tab':
        if (!this.#inRunProperties && attributes['w:pos'] === undefined) this.#write('\t');
        break;
      case 'br':
      case 'cr':
        if (paragraph) this.#flow.lineEnd();
        break;
      case 'noBreakHyphen':
        this.#write('-');
        break;
      case 'blip':
      case 'imagedata':
        this.images += 1;
        break;
      case 'OLEObject':
      case 'altChunk':
        this.embedded += 1;
        break;
      case 'txbxContent':
        this.#deep();
        this.#flow.openAside();
        break;
      case 'tbl':
        this.#begin();
        this.#deep();
        this.#flow.openTable();
        break;
      case 'tr':
        this.#budget.time();
        this.#inRow.push({ skipped: 0, deleted: false, begun: false });
        break;
      case 'gridBefore':
        if (row) row.skipped = Math.min(256, Number(value) || 0);
        break;
      case 'tc':
        if (row && !row.begun) {
          row.begun = true;
          this.#flow.openRow(row.skipped);
        }
        this.#cells.push({ colSpan: 1, rowSpan: 1, continues: false, begun: false });
        break;
      case 'gridSpan':
        if (cell) cell.colSpan = Math.min(256, Math.max(1, Number(value) || 1));
        break;
      case 'hMerge':
        if (cell) cell.joinsLeft = value !== 'restart';
        break;
      case 'vMerge':
        if (cell) cell.continues = value !== 'restart';
        break;
      case 'trPr':
      case 'tcPr':
        this.#inTableProperties += 1;
        break;
    }
  }

  text(text: string): void {
    if (this.#leftOut > 0) return;
    if (this.#inInstruction)
      this.#fields.push(`${this.#fields.pop() ?? ''}${text.slice(0, 100)}`.slice(0, 200));
    else if (this.#inText) this.#write(text);
  }

  close(name: string): void {
    this.#depth -= 1;
    if (this.#leftOut > 0) {
      this.#leftOut -= 1;
      return;
    }
    switch (name) {
      case 'p':
        this.#endParagraph();
        break;
      case 'rPr':
        this.#inRunProperties = false;
        break;
      case 'pPr':
        this.#inParagraphProperties = false;
        this.#hiddenRun = false;
        break;
      case 't':
        this.#inText = false;
        break;
      case 'instrText':
        this.#inInstruction = false;
        break;
      case 'txbxContent':
        (this.#paragraphs.at(-1)?.boxes ?? []).push(...this.#flow.closeAside());
        break;
      case 'tc':
        this.#begin();
        this.#cells.pop();
        this.#flow.closeCell();
        break;
      case 'tr':
        if (this.#inRow.pop()?.deleted) this.#flow.dropRow();
        break;
      case 'tbl':
        this.#flow.closeTable();
        break;
      case 'trPr':
      case 'tcPr':
        this.#inTableProperties -= 1;
        break;
    }
  }

  /** `del` marks a deletion of text, of a row, or of the end of a paragraph. */
  #isLeftOut(name: string): boolean {
    if (name === 'del' && this.#inTableProperties > 0) {
      const row = this.#inRow.at(-1);
      if (row) row.deleted = true;
    } else if (name === 'del' && this.#inRunProperties && this.#inParagraphProperties) {
      const paragraph = this.#paragraphs.at(-1);
      if (paragraph) paragraph.runsOn = true;
    }
    return LEFT_OUT.has(name);
  }

  /** A cell opens with its first content, when its properties are known. */
  #begin(): void {
    const cell = this.#cells.at(-1);
    if (!cell || cell.begun) return;
    cell.begun = true;
    const { begun: _, ...draft } = cell;
    this.#flow.openCell(draft);
  }

  #write(text: string): void {
    const paragraph = this.#paragraphs.at(-1);
    if (!paragraph || this.#hiddenRun || this.#isInContents()) return;
    if (!paragraph.hasText && text.trim() !== '') {
      paragraph.hasText = true;
      const label = this.#numbering.next(paragraph.number, paragraph.style);
      // Beside a digit the label's point would make another number of it.
      if (label !== '') this.#flow.text(/^\s*\d/.test(text) && /[\d.]$/.test(label) ? `${label} ` : label);
    }
    this.#flow.text(text);
  }

  /** A table of contents repeats the headings. */
  #isInContents(): boolean {
    return this.#fields.some((code) => /^\s*TOC\b/.test(code));
  }

  #endParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    if (!paragraph) return;
    if (!paragraph.hasText) {
      // An empty numbered cell shows its number.
      const label = this.#numbering.next(paragraph.number, paragraph.style);
      if (label !== '') this.#flow.text(label);
    }
    if (!paragraph.runsOn) this.#flow.lineEnd();
    if (paragraph.boxes.length > 0) this.#flow.add(paragraph.boxes);
  }

  #deep(): void {
    if (this.#flow.isDeep()) {
      throw refused('bomb', '文件中的表格层层嵌套过深，已拒绝打开。请只保留报告本身，另存后重新上传。');
    }
  }
}
