import type { ChapterSpec, Format } from '../formats/format.ts';
import type { DocumentParagraph } from './document.ts';
import type { ReadChapter } from './model.ts';
import { likeness, plain, wordingKey } from './wording.ts';

const HEADING = /^(?:第[一二三四五六七八九十]{1,3}(?:部分|章)|[一二三四五六七八九十]{1,3})[、.．\s]?/u;
/** A heading is short and ends no sentence. */
const HEADING_LENGTH = 48;

/** The prose by chapters: what stands before the first heading is the preface; paragraphs of tables (`taken`) are left out. */
export function chaptersOf(
  paragraphs: readonly DocumentParagraph[],
  format: Format | null,
  taken: ReadonlySet<number>,
): ReadChapter[] {
  const chapters: ReadChapter[] = [newChapter('preface', 0, '')];
  const left = new Set(format?.chapters ?? []);
  for (const [index, paragraph] of paragraphs.entries()) {
    if (taken.has(index)) continue;
    const title = headingOf(paragraph.text);
    const spec = title === null ? null : specOf(title, left);
    if (title !== null && (spec || /^\s*[一二三四五六七八九十]{1,3}\s*、/u.test(paragraph.text))) {
      if (spec) left.delete(spec);
      chapters.push(newChapter(spec?.key ?? null, chapters.length, title));
    } else chapters.at(-1)!.paragraphs.push({ text: paragraph.text, place: paragraph.place });
  }
  for (const chapter of chapters)
    chapter.blocks = chapter.paragraphs.map(({ text }) => ({
      kind: 'paragraph',
      inlines: [{ kind: 'text', text }],
    }));
  return chapters.filter(({ number, paragraphs: own }) => number > 0 || own.length > 0);
}

function newChapter(key: string | null, number: number, title: string): ReadChapter {
  return { key, number, title, paragraphs: [], blocks: [] };
}

/** The heading without its number, or null when the line is none. */
function headingOf(text: string): string | null {
  if (text.length > 2 * HEADING_LENGTH) return null;
  const line = plain(text);
  if (line.length > HEADING_LENGTH || /[。;；!！?？:：,，]$/u.test(line)) return null;
  const number = HEADING.exec(line)?.[0];
  return number ? line.slice(number.length) : line;
}

function specOf(title: string, specs: ReadonlySet<ChapterSpec>): ChapterSpec | null {
  let best: { spec: ChapterSpec; score: number } | null = null;
  const key = wordingKey(title);
  for (const spec of specs) {
    const score = likeness(key, wordingKey(spec.title.replace(/\{\{[^}]*\}\}/gu, '')));
    if (score >= 0.75 && score > (best?.score ?? 0)) best = { spec, score };
  }
  return best?.spec ?? null;
}
