import type { CellPick, Format } from './formats/format.ts';
import {
  type CrosswalkLine,
  cellsOfPick,
  countedTables,
  crosswalks,
  formatById,
  rowName,
} from './formats/index.ts';

/** One change of format as people read it. */
export interface CrosswalkInWords {
  from: { id: string; years: string; basis: string };
  to: { id: string; years: string; basis: string };
  lines: { before: string[]; after: string[]; kind: CrosswalkLine['kind']; note: string }[];
}

/** Every change of format, oldest first, each figure by its code and name. */
export function crosswalksInWords(): CrosswalkInWords[] {
  return crosswalks.flatMap(({ from, to, lines }) => {
    const [older, newer] = [formatById(from), formatById(to)];
    if (!older || !newer) return [];
    return [
      {
        from: formatInWords(older),
        to: formatInWords(newer),
        lines: lines.map(({ before, after, kind, note }) => ({
          before: picksInWords(older, before),
          after: picksInWords(newer, after),
          kind,
          note,
        })),
      },
    ];
  });
}

function formatInWords({ id, years: { from, to }, basis }: Format) {
  return { id, years: to === null ? `${from}年起` : `${from}至${to}年`, basis };
}

/** Each row once, with its columns where they are not all meant. */
function picksInWords(format: Format, picks: readonly CellPick[]): string[] {
  const rows = Map.groupBy(
    picks.flatMap((pick) => cellsOfPick(format, pick)),
    ({ row }) => row,
  );
  return [...rows].map(([code, cells]) =>
    rowInWords(
      format,
      code,
      cells.map(({ column }) => column),
    ),
  );
}

function rowInWords(format: Format, code: string, columns: readonly string[]): string {
  for (const table of countedTables(format)) {
    const section = table.sections.find(({ rows }) => rows.some((row) => row.code === code));
    const row = section?.rows.find((each) => each.code === code);
    if (!section || !row) continue;
    const name =
      rowName(row) === '' ? table.title.replace(/^政府信息公开|情况$/g, '') : `${code} ${rowName(row)}`;
    if (section.columns.length === columns.length) return name;
    const totals = section.columns.filter(({ sumOf }) => sumOf);
    if (
      columns.length > 1 &&
      columns.length === section.columns.length - totals.length &&
      totals.length === 1
    )
      return `${name}（总计以外各栏）`;
    const labels = section.columns
      .filter(({ id }) => columns.includes(id))
      .map(({ group = [], label }) => (rowName(row) === '' ? [group.join('·'), label].join('：') : label));
    return `${name}（${labels.join('、')}）`;
  }
  return code;
}
