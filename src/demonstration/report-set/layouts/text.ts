import type { SetReport } from '../model.ts';
import { type DrawnCell, type DrawnTable, drawTable } from '../printed-table.ts';
import { randomOf } from '../random.ts';

const LINES_OF_A_PAGE = 38;

/** Plain text as it is left when a page or a Word file is copied: how a table falls apart depends on the way it was copied. */
export function writeText(report: SetReport): Uint8Array {
  const table = { 'text-lines': asLines, 'text-bars': asBars, 'text-spaces': asSpaces }[
    report.layout as string
  ]!;
  const lines = [
    report.title,
    ...report.preface,
    ...report.chapters.flatMap(({ title, paragraphs, tables }) => [
      title,
      ...paragraphs,
      ...tables.flatMap((id) => [...captionOf(report, id), ...table(drawTable(report, id), report)]),
    ]),
  ];
  const random = randomOf(report.file);
  const windows = random.chance(0.3);
  if (report.layout === 'text-spaces' && random.chance(0.4)) numberPages(lines);
  return new TextEncoder().encode(`${windows ? '\uFEFF' : ''}${lines.join(windows ? '\r\n' : '\n')}\n`);
}

/** A page number after every so many lines, as text taken from a PDF has it. */
function numberPages(lines: string[]): void {
  for (let page = Math.floor(lines.length / LINES_OF_A_PAGE); page > 0; page--)
    lines.splice(page * LINES_OF_A_PAGE, 0, `- ${page} -`);
}

function captionOf(report: SetReport, id: string): string[] {
  return id === 'statistics'
    ? ['政府信息公开情况统计表', `（${report.year}年度）`, `填报单位（盖章）：${report.unit.name}`]
    : [];
}

/** One cell a line. */
function asLines(table: DrawnTable): string[] {
  return table.rows.flatMap((row) => row.map(({ text }) => text).filter((text) => text !== ''));
}

/** One row a line, cells divided by bars; what a cell covers beyond its first column stays empty. */
function asBars(table: DrawnTable): string[] {
  return table.rows.map((row) => {
    const places = Array.from({ length: table.columns }, () => '');
    for (const cell of row) places[cell.column] = cell.text;
    return `| ${places.join(' | ')} |`;
  });
}

/** One row a line, cells divided by spaces; a long label breaks over two lines in every other report. */
function asSpaces(table: DrawnTable, report: SetReport): string[] {
  const breaks = randomOf(`${report.file} breaks`).chance(0.5);
  return table.rows.flatMap((row) => {
    const labels = row.filter(({ role }) => role !== 'value');
    const values = row.filter(({ role }) => role === 'value').map(({ text }) => text);
    const line = [...labels.map(({ text }) => text).filter(Boolean), ...values].join(' ');
    return breaks && values.length > 0 ? broken(labels, values) : [line];
  });
}

function broken(labels: readonly DrawnCell[], values: readonly string[]): string[] {
  const label = labels.map(({ text }) => text).join(' ');
  const half = Math.ceil(label.length / 2);
  return label.length > 18
    ? [label.slice(0, half), [label.slice(half), ...values].join(' ')]
    : [[label, ...values].join(' ')];
}
