import type { CompiledReport } from '../model.ts';
import { powerless, printedNumber } from './grid.ts';
import { plain } from './words.ts';

const header = ['统计表', '编码', '项目', '单位', '栏目', '数值'];

/** One line per cell, UTF-8 with a byte order mark so that Excel reads it as such (RFC 4180 otherwise). Blank is empty. */
export async function renderCsv(report: CompiledReport): Promise<Uint8Array> {
  const lines = report.tables.flatMap(({ title, sections }) =>
    sections.flatMap(({ spec, rows }) =>
      rows.flatMap((row) =>
        spec.columns.flatMap((column) => {
          const cell = row.cells[column.id];
          if (row.spec.kind === 'heading' || !cell) return [];
          const blank = cell.notApplicable ? powerless : '';
          const value = cell.value === null ? blank : printedNumber(cell.value);
          const label = [...(column.group ?? []), column.label].join('/');
          return [
            [
              ...[title, row.spec.code, row.spec.label, column.unit ?? row.spec.unit, label].map(field),
              value,
            ].join(','),
          ];
        }),
      ),
    ),
  );
  return new TextEncoder().encode(`\ufeff${[header.join(','), ...lines].join('\r\n')}\r\n`);
}

/** A text field: quoted where needed; a leading apostrophe keeps spreadsheets from reading it as a formula. */
function field(text: string): string {
  const safe = plain(text).replace(/^(?=[=+\-@\t\r\n])/, "'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
