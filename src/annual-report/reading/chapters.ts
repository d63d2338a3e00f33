import type { ChapterSpec, Format } from '../formats/format.ts';
import type { DocumentParagraph } from './document.ts';
import type { ReadChapter } from './model.ts';
import { likeness, plain, wordingKey } from './wording.ts';

const HEADING = /^(?:第[一二三四五六七八九十]{1,3}(?:部分|章)|[一二三四五六七八九十]{1,3})[、.．\s]?/u;
/** A heading is short and ends no sentence. */
const HEADING_LENGTH = 48;

/** What a page says around an article. */
const FURNITURE =
  /^(?:您?(?:当前|现在)(?:的)?位置|首页|上一[篇条]|下一[篇条]|分享(?:到|至)?|打印|关闭|返回(?:顶部|首页)?|收藏|扫一扫|字[号体]|责任编辑|浏览(?:次数|量)|点击(?:数|次数)|访问量)(?:$|[：:\s>›【[｜|（(]|本页|窗口)/u;
const FURNITURE_LENGTH = 60;
/** The title stands among the first paragraphs, after the menus of the page. */
const TITLE_PARAGRAPHS = 60;

/**
 * The prose by chapters: what stands between the title and the first heading is the preface. Paragraphs of tables
 * (`taken`), the menus before the title and what a page says around an article are left out.
 */
export function chaptersOf(
  paragraphs: readonly DocumentParagraph[],
  format: Format | null,
  given: { taken: ReadonlySet<number>; title: string },
): ReadChapter[] {
  const chapters: ReadChapter[] = [newChapter('preface', 0, '')];
  const specs = format?.chapters ?? [];
  for (let index = afterTitle(paragraphs, given.title); index < paragraphs.length; index++) {
    const paragraph = paragraphs[index]!;
    if (given.taken.has(index) || isFurniture(paragraph.text)) continue;
    const title = headingOf(paragraph.text);
    const spec = title === null ? null : specOf(title, specs);
    const earlier = spec ? chapters.find(({ key }) => key === spec.key) : undefined;
    // A heading met before with nothing under it stood in a table of contents.
    if (earlier && earlier.paragraphs.length === 0) chapters.splice(chapters.indexOf(earlier), 1);
    const isNew = spec !== null && (!earlier || earlier.paragraphs.length === 0);
    if (title !== null && (isNew || /^\s*[一二三四五六七八九十]{1,3}\s*、/u.test(paragraph.text)))
      chapters.push(newChapter(isNew ? spec.key : null, 0, title));
    else chapters.at(-1)!.paragraphs.push({ text: paragraph.text, place: paragraph.place });
  }
  for (const [number, chapter] of chapters.entries()) {
    chapter.number = number;
    chapter.blocks = chapter.paragraphs.map(({ text }) => ({
      kind: 'paragraph',
      inlines: [{ kind: 'text', text }],
    }));
  }
  return chapters.filter(({ number, paragraphs: own }) => number > 0 || own.length > 0);
}

/** Number of the first paragraph after the title, which may be broken over several; 0 where it was not found alone. */
function afterTitle(paragraphs: readonly DocumentParagraph[], title: string): number {
  const lines = paragraphs.slice(0, TITLE_PARAGRAPHS).map(({ text }) => plain(text.slice(0, 200)));
  const last = lines.findLastIndex((line) => line.length >= 4 && title.endsWith(line));
  return last + 1;
}

function isFurniture(text: string): boolean {
  return text.length <= FURNITURE_LENGTH && FURNITURE.test(text.trim());
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

function specOf(title: string, specs: readonly ChapterSpec[]): ChapterSpec | null {
  let best: { spec: ChapterSpec; score: number } | null = null;
  const key = wordingKey(title);
  for (const spec of specs) {
    const score = likeness(key, wordingKey(spec.title.replace(/\{\{[^}]*\}\}/gu, '')));
    if (score >= 0.75 && score > (best?.score ?? 0)) best = { spec, score };
  }
  return best?.spec ?? null;
}
