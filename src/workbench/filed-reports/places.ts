import type { CellRef, FormatId } from '../../annual-report/formats/format.ts';
import { cellName, countedTables, formats } from '../../annual-report/formats/index.ts';
import type { Finding } from '../../annual-report/model.ts';

const PLACES_NAMED = 2;
const QUOTE_SHOWN = 24;

/** Which table and rows a finding is about, in words: `申请情况表 予以公开（总计）`. */
export function placesOf(
  finding: Pick<Finding, 'cells' | 'chapter' | 'quote'>,
  format: FormatId | null,
): string {
  if (finding.cells.length === 0) return finding.quote ? `正文“${shortened(finding.quote)}”` : '正文';
  const words = finding.cells.slice(0, PLACES_NAMED).map((cell) => placeOf(cell, format));
  const more = finding.cells.length > words.length;
  return `${words.join('；')}${more ? ` 等 ${finding.cells.length} 格` : ''}`;
}

/** A cell by the short name of its table and its own. */
export function placeOf(cell: CellRef, format: FormatId | null): string {
  return [tableNames[cell.table], nameOf(cell, format)].filter(Boolean).join(' ');
}

/** A cell by its own name; by its codes where the format does not have it. */
export function nameOf({ table, row, column }: CellRef, format: FormatId | null): string {
  for (const known of formats) {
    if (format !== null && known.id !== format) continue;
    const found = countedTables(known).find((one) => one.id === table);
    for (const section of found?.sections ?? []) {
      const line = section.rows.find(({ code }) => code === row);
      const head = section.columns.find((one) => one.id === column) ?? section.columns[0];
      if (line && head) return cellName(section, line, head);
    }
  }
  return `${row} ${column}`;
}

/** A report on 2019 and later has three tables; that of 2014 needs no name. */
const tableNames: Readonly<Record<string, string>> = {
  proactive: '主动公开表',
  requests: '申请情况表',
  remedies: '复议诉讼表',
};

function shortened(text: string): string {
  return text.length > QUOTE_SHOWN ? `${text.slice(0, QUOTE_SHOWN)}…` : text;
}
