import { civilDate } from '../core/clock.ts';
import { cellsOf } from './compile.ts';
import { cellName } from './formats/index.ts';
import type { CompiledReport } from './model.ts';
import { diffText, linesOf, type TextChange, textOf } from './narrative/index.ts';
import type { VersionRow, versionsOf } from './version-store.ts';

export type VersionSummary = Awaited<ReturnType<typeof versionsOf>>[number];

/** What a corrected version changed: cells with both values, chapters with both wordings. */
export interface VersionDifference {
  cells: { key: string; label: string; before: number | null; after: number | null }[];
  chapters: { key: string; title: string; changes: TextChange[] }[];
}

/** Compares two signed versions of one report. Pure. */
export function compareVersions(before: CompiledReport, after: CompiledReport): VersionDifference {
  const old = cellsOf(before.tables);
  const cells = after.tables.flatMap((table) =>
    table.sections.flatMap((section) =>
      section.rows.flatMap((row) =>
        section.spec.columns.flatMap((column) => {
          const key = `${table.id}/${row.spec.code}/${column.id}`;
          const now = row.cells[column.id]?.value ?? null;
          const was = old[key]?.value ?? null;
          const single = section.spec.columns.length === 1;
          const label = single ? row.spec.label : cellName(section.spec, row.spec, column);
          return now === was ? [] : [{ key, label, before: was, after: now }];
        }),
      ),
    ),
  );
  const chapters = after.chapters.flatMap((chapter) => {
    const words = (report: CompiledReport) =>
      (report.chapters.find(({ key }) => key === chapter.key)?.blocks ?? [])
        .flatMap((block) => linesOf(block).map(textOf))
        .join('\n');
    const [was, now] = [words(before), words(after)];
    return was === now ? [] : [{ key: chapter.key, title: chapter.title, changes: diffText(was, now) }];
  });
  return { cells, chapters };
}

/** A signed version as it is shown and rendered: the frozen snapshot with its signature and publication. */
export function signedReport(version: VersionRow): CompiledReport {
  return {
    ...version.snapshot,
    status: version.published_on ? 'published' : 'signed',
    signed: { by: version.signed_by_name, on: civilDate(version.signed_at), digest: version.digest },
    publishedOn: version.published_on,
  };
}
