import type { ReadChapter } from '../../annual-report/reading/model.ts';
import { findCopies, hanOf } from './copied-passages.ts';
import { alignParagraphs } from './paragraph-alignment.ts';

/** This year's text beside last year's. */
export interface TextComparison {
  chapters: ComparedChapter[];
  /** Han characters of this year's prose, and those of them in passages that stand in last year's word for word. */
  characters: number;
  copied: number;
  /** False when the texts were too long to be compared to their end. */
  complete: boolean;
}

export interface ComparedChapter {
  /** The format's key, or null. */
  key: string | null;
  /** As this year's report has it; last year's where it is gone. */
  title: string;
  rows: ComparedParagraph[];
  characters: number;
  copied: number;
}

export interface ComparedParagraph {
  change: 'kept' | 'changed' | 'new' | 'gone';
  /** Last year's paragraph; null when new. */
  previous: string | null;
  /** This year's, cut where copied passages begin and end; null when gone. */
  current: TextRun[] | null;
}

export interface TextRun {
  text: string;
  copied: boolean;
}

/**
 * Characters of one report's prose that are compared, twenty times those of a long one; what follows is left out and said
 * so, as a page waits for the answer.
 */
const MOST_CHARACTERS = 400_000;

/** Compares two reports' prose, chapter by chapter. Pure; the time grows with the length of the texts. */
export function compareTexts(
  previous: readonly ReadChapter[],
  current: readonly ReadChapter[],
): TextComparison {
  const before = shortened(previous);
  const now = shortened(current);
  const copies = findCopies(
    before.chapters.flatMap(({ paragraphs }) => paragraphs),
    now.chapters.flatMap(({ paragraphs }) => paragraphs),
  );
  const left = Map.groupBy(before.chapters, nameOf);
  const chapters: ComparedChapter[] = [];
  let first = 0;
  for (const chapter of now.chapters) {
    const twin = left.get(nameOf(chapter))?.shift();
    const runs = copies.slice(first, first + chapter.paragraphs.length);
    first += chapter.paragraphs.length;
    chapters.push(compareChapter(twin?.paragraphs ?? [], chapter, runs));
  }
  for (const chapter of [...left.values()].flat()) chapters.push(goneChapter(chapter));
  return {
    chapters,
    characters: sum(chapters.map(({ characters }) => characters)),
    copied: sum(chapters.map(({ copied }) => copied)),
    complete: before.complete && now.complete,
  };
}

interface Chapter {
  key: string | null;
  title: string;
  paragraphs: string[];
}

function shortened(chapters: readonly ReadChapter[]): { chapters: Chapter[]; complete: boolean } {
  let room = MOST_CHARACTERS;
  let complete = true;
  const kept = chapters.map(({ key, title, paragraphs }) => {
    const within: string[] = [];
    for (const { text } of paragraphs) {
      if (text.length > room) {
        complete = false;
        room = 0;
        break;
      }
      room -= text.length;
      within.push(text);
    }
    return { key, title, paragraphs: within };
  });
  return { chapters: kept, complete };
}

const nameOf = ({ key, title }: Chapter): string => key ?? hanOf(title);

function compareChapter(
  previous: readonly string[],
  chapter: Chapter,
  runs: readonly TextRun[][],
): ComparedChapter {
  const rows = alignParagraphs(previous, chapter.paragraphs).map(({ left, right }): ComparedParagraph => {
    const before = left === null ? null : (previous[left] ?? '');
    const after = right === null ? null : (chapter.paragraphs[right] ?? '');
    return {
      change:
        before === null
          ? 'new'
          : after === null
            ? 'gone'
            : hanOf(before) === hanOf(after) && digitsOf(before) === digitsOf(after)
              ? 'kept'
              : 'changed',
      previous: before,
      current: right === null ? null : (runs[right] ?? []),
    };
  });
  const current = runs.flat();
  return {
    key: chapter.key,
    title: chapter.title,
    rows,
    characters: sum(current.map(({ text }) => hanOf(text).length)),
    copied: sum(current.filter(({ copied }) => copied).map(({ text }) => hanOf(text).length)),
  };
}

const goneChapter = ({ key, title, paragraphs }: Chapter): ComparedChapter => ({
  key,
  title,
  rows: paragraphs.map((previous) => ({ change: 'gone', previous, current: null })),
  characters: 0,
  copied: 0,
});

const digitsOf = (text: string): string => text.normalize('NFKC').replace(/[^\d.]/g, '');

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
