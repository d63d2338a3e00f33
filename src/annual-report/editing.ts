import { diffArrays } from 'diff';
import { checkReport } from './check/index.ts';
import { comparableTables } from './comparison.ts';
import { type Cells, cellsOf } from './compile.ts';
import type { ReportDesk } from './compose.ts';
import { cellName } from './formats/index.ts';
import type { CompiledChapter, Finding } from './model.ts';
import { narrativeContext, parseNarrative, resolveChapters } from './narrative/index.ts';

/** A chapter as it would read with this source, and what the checks say of it; nothing is saved. Null for an unknown chapter. */
export function tryChapter(
  desk: ReportDesk,
  key: string,
  source: string,
): { chapter: CompiledChapter; findings: Finding[] } | null {
  const { report, format } = desk;
  const { tables, year } = report;
  const chapter = resolveChapters(format, new Map([[key, source]]), narrativeOf(desk)).find(
    (candidate) => candidate.key === key,
  );
  if (!chapter) return null;
  const found = checkReport({ format, year, tables, chapters: [chapter], previous: comparable(desk) });
  return { chapter, findings: found.filter((finding) => finding.chapter === key) };
}

const comparable = ({ format, previous }: ReportDesk) =>
  previous ? comparableTables(format, previous) : undefined;

const narrativeOf = (desk: ReportDesk) => ({
  agency: desk.report.agency.shortName,
  year: desk.report.year,
  tables: desk.report.tables,
  previous: comparable(desk),
});

/** Something a chapter can refer to, with how each way of writing it prints now. */
export interface FigureWording {
  /** Inside of `{{…}}` without options: `1.2.3`, `P1.1.issued`, `year`. */
  ref: string;
  label: string;
  unit: string;
  value: number | null;
  /** Printed texts by the whole inside of the braces: `1.2.3`, `1.2.3|approx`, `1.2.3|change`, `prev:1.2.3`. */
  texts: Record<string, string>;
}

const variables = {
  agency: '本机关简称',
  year: '报告年度',
  lastYear: '上年度',
  nextYear: '下年度',
} as const;

/** Every figure and variable a chapter can refer to, in printed order. */
export function figureWordings(desk: ReportDesk): FigureWording[] {
  const context = narrativeContext(narrativeOf(desk));
  const printed = (inside: string): string => {
    const [block] = parseNarrative(`{{${inside}}}`, context);
    return block && block.kind !== 'list' ? block.inlines.map(({ text }) => text).join('') : '';
  };
  const figures = desk.report.tables.flatMap((table) =>
    table.sections.flatMap(({ spec, rows }) =>
      rows.flatMap((row) =>
        spec.columns.flatMap((column): FigureWording[] => {
          const cell = row.cells[column.id];
          if (!cell) return [];
          const many = spec.columns.length > 1;
          const ref = many ? `${row.spec.code}.${column.id}` : row.spec.code;
          const ways = [ref, `${ref}|approx`, ...(desk.previous ? [`${ref}|change`, `prev:${ref}`] : [])];
          return [
            {
              ref,
              label: many ? cellName(spec, row.spec, column) : row.spec.label,
              unit: column.unit ?? row.spec.unit,
              value: cell.value,
              texts: Object.fromEntries(ways.map((way) => [way, printed(way)])),
            },
          ];
        }),
      ),
    ),
  );
  const words = Object.entries(variables).map(([ref, label]) => ({
    ref,
    label,
    unit: '',
    value: null,
    texts: { [ref]: printed(ref) },
  }));
  return [...figures, ...words];
}

/** Last year's cells that may be compared, by cell key; empty where there was no report. */
export function lastYearsCells(desk: ReportDesk): Cells {
  return cellsOf(comparable(desk) ?? []);
}

/** A stretch of a chapter on which two texts agree, or differ. */
export type MergePart =
  | { kind: 'same'; text: string }
  | {
      kind: 'differs';
      mine: string;
      theirs: string;
      /** Whose text to take when only one side changed it since both began; null when both did or nobody knows. */
      suggested: MergeChoice | null;
    };
export type MergeChoice = 'mine' | 'theirs' | 'both';

const paragraphs = (text: string): string[] => text.split(/\n{2,}/).filter((part) => part.trim() !== '');

/** Two officers' texts of one chapter, paragraph by paragraph. `base` is what both began from, where it is known. */
export function mergeSources(mine: string, theirs: string, base: string | null): MergePart[] {
  const begun = new Set(base === null ? [] : paragraphs(base));
  const untouched = (text: string[]) => base !== null && text.every((part) => begun.has(part));
  const suggestedOf = (part: { mine: string[]; theirs: string[] }): MergeChoice | null => {
    const [mineKept, theirsKept] = [untouched(part.mine), untouched(part.theirs)];
    if (mineKept !== theirsKept) return mineKept ? 'theirs' : 'mine';
    // Both stood there before: whoever has nothing here took it out.
    return mineKept && part.mine.length === 0
      ? 'mine'
      : mineKept && part.theirs.length === 0
        ? 'theirs'
        : null;
  };
  const parts: MergePart[] = [];
  let open: { mine: string[]; theirs: string[] } | null = null;
  const close = () => {
    if (!open) return;
    parts.push({
      kind: 'differs',
      mine: open.mine.join('\n\n'),
      theirs: open.theirs.join('\n\n'),
      suggested: suggestedOf(open),
    });
    open = null;
  };
  for (const { added, removed, value } of diffArrays(paragraphs(mine), paragraphs(theirs))) {
    if (!added && !removed) {
      close();
      parts.push({ kind: 'same', text: value.join('\n\n') });
    } else {
      open ??= { mine: [], theirs: [] };
      open[removed ? 'mine' : 'theirs'].push(...value);
    }
  }
  close();
  return parts;
}
