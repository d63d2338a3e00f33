import { formatById } from '../../annual-report/formats/index.ts';
import { buildTables } from '../../annual-report/formats/tables.ts';
import type { ReadReport } from '../../annual-report/reading/model.ts';

/** A read report as the database keeps it: the tables follow from the format and the cells. */
export type StoredReading = Omit<ReadReport, 'tables'>;

/** Characters of prose kept of one report, twenty times those of a long one. */
const MOST_PROSE = 1_000_000;
const MOST_UNREAD = 300;

/** What is kept of a reading. Prose and remarks beyond all measure are cut off, and that is among the remarks. */
export function storedReading({ tables: _, ...report }: ReadReport): StoredReading {
  let room = MOST_PROSE;
  const chapters = report.chapters.map((chapter) => {
    const paragraphs = chapter.paragraphs.filter(({ text }) => {
      room -= text.length;
      return room >= 0;
    });
    const cut = paragraphs.length < chapter.paragraphs.length;
    return cut ? { ...chapter, paragraphs, blocks: chapter.blocks.slice(0, paragraphs.length) } : chapter;
  });
  const unread = report.unread.slice(0, MOST_UNREAD);
  if (room < 0) unread.push({ reason: `正文超过 ${MOST_PROSE / 10_000} 万字，后面的没有保留`, place: null });
  if (report.unread.length > MOST_UNREAD)
    unread.push({ reason: `另有 ${report.unread.length - MOST_UNREAD} 处没有读出`, place: null });
  return { ...report, chapters, unread };
}

/** The report as it was read. What a format no longer has is left out. */
export function revivedReading(stored: StoredReading): ReadReport {
  const format = stored.format === null ? null : formatById(stored.format);
  if (!format) return { ...stored, tables: [] };
  const values: Record<string, Record<string, number | null>> = {};
  for (const table of format.tables) {
    for (const { columns, rows } of table.sections) {
      for (const row of rows) {
        if (row.kind === 'heading') continue;
        values[row.code] = Object.fromEntries(
          columns.map(({ id }) => [id, stored.cells[`${table.id}/${row.code}/${id}`]?.value ?? null]),
        );
      }
    }
  }
  return { ...stored, tables: buildTables(format, values) };
}

/** JSON as the database takes it: without NUL, and without halves of a surrogate pair. */
export const storableJson = (value: object): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\0', '').toWellFormed() : part,
  );
