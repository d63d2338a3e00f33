import type { DocumentBlock, DocumentRow } from '../../document.ts';
import type { Budget } from '../limits.ts';
import { closeBlanks, isContentsLine, joinLines, tidyLine } from '../lines.ts';
import type { PageContent, PageEntry } from './page.ts';
import type { Line } from './rows.ts';

interface Open {
  texts: string[];
  page: number;
  /** Of the page, 1-based. */
  number: number;
  last: Line;
  lastPage: number;
}

interface Margins {
  left: number;
  right: number;
}

/** In characters; no page is set in narrower lines. */
const SHORTEST_FULL_LINE = 10;

const HEADING =
  /^([一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节条部])/;

/** Lines that run on become paragraphs, also across pages; tables come between them. */
export function addPages(blocks: DocumentBlock[], pages: readonly PageContent[], budget: Budget): void {
  const body = bodySize(pages);
  const everywhere = marginsOf(
    pages.flatMap(({ entries }) => entries),
    null,
  );
  let open: Open | null = null;
  let tables = 0;
  const close = () => {
    const text = open ? tidyLine(joinLines(open.texts)) : '';
    if (open && text !== '') {
      budget.paragraph();
      blocks.push({ kind: 'paragraph', text, place: { page: open.page, line: open.number } });
    }
    open = null;
  };
  for (const page of pages) {
    const margins = marginsOf(page.entries, everywhere);
    let number = 0;
    for (const entry of page.entries) {
      if (entry.kind === 'table') {
        close();
        budget.table();
        tables += 1;
        const place = { page: page.number, table: tables };
        blocks.push({
          kind: 'table',
          place,
          rows: entry.rows.map(
            (cells, index): DocumentRow => ({ cells, place: { ...place, row: index + 1 } }),
          ),
        });
        continue;
      }
      number += 1;
      const { line } = entry;
      const text = line.pieces.map((piece) => closeBlanks(tidyLine(piece.text))).join('  ');
      if (isContentsLine(text)) {
        close();
        continue;
      }
      const before: Open | null = open;
      if (before && goesOn(before, line, page.number, margins, body)) {
        before.texts.push(text);
        before.last = line;
        before.lastPage = page.number;
      } else {
        close();
        open = { texts: [text], page: page.number, number, last: line, lastPage: page.number };
      }
    }
  }
  close();
}

function goesOn(open: Open, line: Line, page: number, { left, right }: Margins, body: number): boolean {
  const { last } = open;
  const size = Math.max(line.size, last.size);
  const text = line.pieces[0]?.text ?? '';
  if (last.pieces.length > 1 || line.pieces.length > 1 || HEADING.test(text.trim())) return false;
  if (Math.abs(line.size - last.size) > 0.15 * size) return false;
  if (page === open.lastPage && line.top - last.bottom > 1.8 * size) return false;
  // A title broken over two lines: large, and both lines around the same middle.
  if (page === open.lastPage && line.size > 1.2 * body) {
    return Math.abs(line.left + line.right - last.left - last.right) < 2 * size;
  }
  const isFull =
    last.right + wordWidth(text) * size > right - 0.7 * size &&
    last.right - last.left > SHORTEST_FULL_LINE * size;
  return isFull && line.left < left + 0.8 * size;
}

/** In characters, what may not be parted at the start of a line: a number or word, and the marks that close it. */
function wordWidth(text: string): number {
  const [, western = '', closing = ''] =
    /^([\x21-\x7e]+|.)([，。、；：？！）》”％]*)/u.exec(text.trim()) ?? [];
  return Math.min(8, western.length * (/^[\x21-\x7e]/.test(western) ? 0.55 : 1) + closing.length);
}

/** Where full lines begin and end; a page with few of them is like the others. */
function marginsOf(entries: readonly PageEntry[], others: Margins | null): Margins {
  const lines = entries.flatMap((entry) => (entry.kind === 'line' ? [entry.line] : []));
  const long = lines.filter(({ pieces }) => pieces.length === 1 && (pieces[0]?.text.length ?? 0) >= 10);
  if (long.length < 4 && others) return others;
  const used = long.length > 0 ? long : lines;
  return {
    left: Math.min(...used.map(({ left }) => left)),
    right: Math.max(...used.map(({ right }) => right)),
  };
}

function bodySize(pages: readonly PageContent[]): number {
  const weights = new Map<number, number>();
  for (const { entries } of pages) {
    for (const entry of entries) {
      if (entry.kind !== 'line') continue;
      const size = Math.round(entry.line.size);
      const length = entry.line.pieces.reduce((sum, { text }) => sum + text.length, 0);
      weights.set(size, (weights.get(size) ?? 0) + length);
    }
  }
  return [...weights].reduce((best, next) => (next[1] > best[1] ? next : best), [12, 0])[0];
}
