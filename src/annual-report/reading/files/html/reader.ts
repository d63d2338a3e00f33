import type { Flow, FlowItem } from '../flow.ts';
import { refused } from '../kind.ts';
import { tidyCell, tidyLine } from '../lines.ts';
import {
  BLOCKS,
  ENDED_BY,
  isHidden,
  looksLikeRow,
  rowClasses,
  TABLE_PARTS,
  type TablePart,
  UNSEEN,
  VOID,
} from './elements.ts';
import type { TagEvents } from './tags.ts';

interface Open {
  name: string;
  part: TablePart | 'row-like' | 'cell-like' | null;
}

/** Browsers stop at 512 open elements too; what is deeper flows into the element above. */
const MAX_OPEN = 512;
const MAX_STYLE_SHEET = 200_000;
const MAX_UNSEEN = 1000;

/**
 * Turns the tags of a page into lines and tables. Only elements that matter for lines are kept open; end tags without a
 * beginning and missing ones are treated as browsers do: an end tag inside a cell never ends the table around it.
 */
export class PageReader implements TagEvents {
  images = 0;
  readonly #flow: Flow;
  readonly #open: Open[] = [];
  /** Open elements inside one that is not shown, from that one on. */
  #unseen: string[] = [];
  #pageTitle = '';
  #articleTitle = '';
  #styleSheet = '';
  /** How many `pre` are open. */
  #preformatted = 0;
  readonly #rowClasses = new Set<string>();
  /** The cells of each open element that looks like a row. */
  readonly #rows: FlowItem[][][] = [];

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === 'meta') this.#meta(attributes);
    if (this.#unseen.length > 0) {
      // The head's end tag may be left out: the body begins all the same.
      if (this.#unseen[0] === 'head' && (name === 'body' || TABLE_PARTS[name] || BLOCKS.has(name))) {
        this.#unseen = [];
      } else {
        if (!VOID.has(name) && this.#unseen.length < MAX_UNSEEN) this.#unseen.push(name);
        return;
      }
    }
    if (name === 'br' || name === 'hr') this.#flow.lineEnd();
    else if (name === 'img') this.images += 1;
    if (VOID.has(name)) return;
    if (UNSEEN.has(name) || name === 'title' || isHidden(attributes)) {
      this.#unseen = [name];
      return;
    }
    const part = TABLE_PARTS[name];
    if (part) this.#openPart(name, part, attributes);
    else if (this.#top?.part === 'row-like') this.#openLike(name, 'cell-like');
    else if (looksLikeRow(attributes, this.#rowClasses)) this.#openLike(name, 'row-like');
    else if (BLOCKS.has(name)) this.#openBlock(name);
  }

  close(name: string): void {
    if (this.#unseen.length > 0) {
      const at = this.#unseen.lastIndexOf(name);
      if (at >= 0) {
        if (name === 'style') this.#readStyleSheet();
        this.#unseen.length = at;
        return;
      }
      // Something around it ends: an end tag was left out.
      if (this.#find(name) < 0) return;
      this.#unseen = [];
    }
    if (name === 'br') this.#flow.lineEnd();
    const at = this.#find(name);
    if (at >= 0) this.#closeDownTo(at);
    else if (BLOCKS.has(name)) this.#flow.lineEnd();
  }

  text(text: string): void {
    const inside = this.#unseen.at(-1);
    if (inside === 'title' && this.#unseen[0] !== 'svg') {
      if (this.#pageTitle.length < 1000) this.#pageTitle += text;
    } else if (inside === 'style' && this.#styleSheet.length < MAX_STYLE_SHEET) {
      this.#styleSheet += text;
    } else if (inside === undefined) {
      this.#write(text);
    }
  }

  end(): void {
    this.#closeDownTo(0);
  }

  get title(): string {
    return tidyLine(this.#articleTitle || this.#pageTitle);
  }

  #write(text: string): void {
    if (this.#preformatted > 0) {
      const [first, ...more] = text.split(/\r\n?|\n/);
      this.#flow.text(first ?? '');
      for (const line of more) {
        this.#flow.lineEnd();
        this.#flow.text(line);
      }
      return;
    }
    const spaced = text.replace(/[ \t\r\n\f]+/g, ' ');
    const piece = spaced.startsWith(' ') && this.#flow.endsInBlank() ? spaced.slice(1) : spaced;
    if (this.#top?.part === 'row-like' && piece.trim() !== '') {
      this.#flow.openAside();
      this.#flow.text(piece);
      this.#rows.at(-1)?.push(this.#flow.closeAside());
    } else if (piece !== '') {
      this.#flow.text(piece);
    }
  }

  #meta(attributes: ReadonlyMap<string, string>): void {
    const name = attributes.get('name') ?? attributes.get('property') ?? '';
    if (/^ArticleTitle$/i.test(name)) this.#articleTitle = attributes.get('content') ?? '';
  }

  #readStyleSheet(): void {
    for (const name of rowClasses(this.#styleSheet)) this.#rowClasses.add(name);
    this.#styleSheet = '';
  }

  get #top(): Open | undefined {
    return this.#open.at(-1);
  }

  /** The open element of this name that an end tag here would end; -1 when a cell or table stands between. */
  #find(name: string): number {
    const part = TABLE_PARTS[name];
    for (let at = this.#open.length - 1; at >= 0; at--) {
      const { name: opened, part: around } = this.#open[at] as Open;
      if (opened === name) return at;
      if (around === 'table' || (around === 'cell' && !part)) return -1;
    }
    return -1;
  }

  #innermost(parts: readonly Open['part'][]): number {
    for (let at = this.#open.length - 1; at >= 0; at--) {
      const { part } = this.#open[at] as Open;
      if (parts.includes(part)) return at;
      if (part === 'table') return -1;
    }
    return -1;
  }

  #openPart(name: string, part: TablePart, attributes: ReadonlyMap<string, string>): void {
    if (part === 'table') {
      if (this.#flow.isDeep()) {
        throw refused('bomb', '网页中的表格层层嵌套过深，已拒绝打开。请只保留报告本身后重新上传。');
      }
      this.#flow.openTable();
      this.#open.push({ name, part });
      return;
    }
    const table = this.#innermost(['table']);
    if (table < 0) {
      // A row or cell outside any table is a line.
      this.#flow.lineEnd();
      return;
    }
    if (part === 'cell') {
      const cell = this.#innermost(['cell', 'row']);
      if (cell >= 0 && this.#open[cell]?.part === 'cell') this.#closeDownTo(cell);
      const row = this.#innermost(['row']);
      if (row >= 0) this.#closeDownTo(row + 1);
      else {
        this.#flow.openRow();
        this.#open.push({ name: 'tr', part: 'row' });
      }
      this.#flow.openCell({
        colSpan: span(attributes.get('colspan'), 1),
        rowSpan: span(attributes.get('rowspan'), 0),
      });
    } else {
      this.#closeDownTo(table + 1, part === 'row' ? 'section' : null);
      if (part === 'row') this.#flow.openRow();
    }
    this.#open.push({ name, part });
  }

  #openLike(name: string, part: 'row-like' | 'cell-like'): void {
    if (this.#open.length >= MAX_OPEN || this.#flow.isDeep()) return;
    if (part === 'row-like') {
      this.#flow.lineEnd();
      this.#rows.push([]);
    }
    this.#flow.openAside();
    this.#open.push({ name, part });
  }

  #openBlock(name: string): void {
    this.#flow.lineEnd();
    const rule = ENDED_BY[name];
    if (rule) {
      for (let at = this.#open.length - 1; at >= 0; at--) {
        const { name: opened, part } = this.#open[at] as Open;
        if (part || rule.within.includes(opened)) break;
        if (rule.ends.includes(opened)) {
          this.#closeDownTo(at);
          break;
        }
      }
    }
    if (this.#open.length >= MAX_OPEN) return;
    this.#open.push({ name, part: null });
    if (name === 'pre') this.#preformatted += 1;
  }

  /** Ends every element from `at` on; one of the kind `keep` right there stays open. */
  #closeDownTo(at: number, keep: Open['part'] = null): void {
    const from = keep !== null && this.#open[at]?.part === keep ? at + 1 : at;
    while (this.#open.length > from) {
      const { name, part } = this.#open.pop() as Open;
      if (name === 'pre' && part === null) this.#preformatted -= 1;
      if (part === 'cell') this.#flow.closeCell();
      else if (part === 'table') this.#flow.closeTable();
      else if (part === 'cell-like') this.#rows.at(-1)?.push(this.#flow.closeAside());
      else if (part === 'row-like') this.#closeRowLike();
      else this.#flow.lineEnd();
    }
  }

  /** A row of short pieces is a row of cells; anything else was layout. */
  #closeRowLike(): void {
    const loose = this.#flow.closeAside();
    const cells = this.#rows.pop() ?? [];
    const short = cells.every(
      (items) => items.length <= 4 && items.every((item) => item.kind === 'line' && item.text.length < 200),
    );
    if (short && cells.length > 1 && loose.length === 0) {
      this.#flow.add([
        {
          kind: 'cells',
          cells: cells.map((items) =>
            tidyCell(items.flatMap((item) => (item.kind === 'line' ? [item.text] : []))),
          ),
        },
      ]);
    } else {
      this.#flow.add(loose);
      for (const items of cells) this.#flow.add(items);
    }
  }
}

/** `rowspan="0"` means down to the last row; nonsense means one. */
function span(value: string | undefined, least: number): number {
  const number = Number.parseInt(value?.replace(/^["'“”\s]+/, '') ?? '', 10);
  return Number.isNaN(number) || number < least ? 1 : Math.min(number, 65_534);
}
