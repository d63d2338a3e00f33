import type { Format } from '../formats/format.ts';
import type { CompiledChapter, CompiledTable } from '../model.ts';
import { narrativeContext } from './context.ts';
import { linesOf, parseNarrative, textOf } from './parse.ts';
import { draftChapter } from './template.ts';

/** The format's chapters with every reference resolved; one without a stored source is drafted from its template. */
export function resolveChapters(
  format: Format,
  sources: ReadonlyMap<string, string>,
  report: {
    agency: string;
    year: number;
    tables: readonly CompiledTable[];
    /** Tables of last year's report, for `{{prev:…}}` and `{{…|change}}`. */
    previous?: readonly CompiledTable[] | undefined;
  },
): CompiledChapter[] {
  const context = narrativeContext(report);
  return format.chapters.map((chapter, index) => {
    const source = sources.get(chapter.key) ?? draftChapter(chapter.template, context);
    return {
      key: chapter.key,
      number: index + 1,
      title: parseNarrative(chapter.title, context).flatMap(linesOf).map(textOf).join(''),
      source,
      blocks: parseNarrative(source, context),
      tables: [...(chapter.tables ?? [])],
    };
  });
}
