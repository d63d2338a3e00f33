import type { DocumentBlock, DocumentRow } from '../document.ts';
import type { FlowItem, GridCell } from './flow.ts';
import type { Budget } from './limits.ts';
import { isContentsLine, tidyCell, tidyLine } from './lines.ts';
import { isRule, separatedCells } from './separated.ts';

/**
 * Numbers and tidies what was gathered and adds it to `blocks`. Lines in sequence whose cells are separated by bars (or at least two tabs) become
 * a table of their own.
 */
export function addBlocks(blocks: DocumentBlock[], items: readonly FlowItem[], budget: Budget): void {
  let tables = 0;
  let paragraphs = 0;
  const addTable = (rows: GridCell[][], lines: (number | undefined)[] = []) => {
    budget.table();
    tables += 1;
    blocks.push({
      kind: 'table',
      place: { table: tables },
      rows: rows.map((cells, index): DocumentRow => {
        const line = lines[index];
        return { cells, place: line === undefined ? { table: tables, row: index + 1 } : { line } };
      }),
    });
  };
  const addLine = (text: string, line: number | undefined) => {
    const tidied = tidyLine(text);
    if (tidied === '' || isRule(tidied) || isContentsLine(tidied)) return;
    budget.paragraph();
    paragraphs += 1;
    blocks.push({
      kind: 'paragraph',
      text: tidied,
      place: line === undefined ? { paragraph: paragraphs } : { line },
    });
  };

  for (let index = 0; index < items.length; ) {
    const item = items[index] as FlowItem;
    const run = item.kind === 'table' ? null : runFrom(items, index);
    if (run) {
      for (const row of run.rows) for (const _ of row) budget.cell();
      addTable(run.rows.map(plainRow), run.lines);
      index = run.end;
      continue;
    }
    if (item.kind === 'table') addTable(item.rows);
    else if (item.kind === 'cells') addLine(item.cells.join(' | '), undefined);
    else addLine(item.text, item.line);
    index += 1;
  }
}

interface Run {
  rows: string[][];
  lines: (number | undefined)[];
  /** Index of the item after it. */
  end: number;
}

/** The rows of separated cells that start here, when they are at least two. */
function runFrom(items: readonly FlowItem[], start: number): Run | null {
  const rows: string[][] = [];
  const lines: (number | undefined)[] = [];
  let by: string | null = null;
  let end = start;
  for (; end < items.length; end++) {
    const item = items[end] as FlowItem;
    if (item.kind === 'table') break;
    if (item.kind === 'line' && isRule(item.text)) continue;
    const found = item.kind === 'cells' ? { by: 'cells', cells: item.cells } : separatedCells(item.text);
    if (!found || (by !== null && found.by !== by)) break;
    const apart = item.kind === 'line' && item.afterBlank === true;
    if (apart && rows.length > 0 && rows.at(-1)?.length !== found.cells.length) break;
    by = found.by;
    rows.push(found.cells);
    lines.push(item.kind === 'line' ? item.line : undefined);
  }
  if (rows.length < 2) return null;
  const wide = rows.filter((cells) => cells.length > 2).length;
  if (by === 'tab' && wide * 2 < rows.length) return null;
  return { rows, lines, end };
}

function plainRow(cells: readonly string[]): GridCell[] {
  return cells.map((text, column) => ({ text: tidyCell([text]), column, colSpan: 1, rowSpan: 1 }));
}
