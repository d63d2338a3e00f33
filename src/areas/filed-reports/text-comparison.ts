import type { ReadChapter } from '../../annual-report/reading/model.ts';

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

/** Compares two reports' prose, chapter by chapter. Pure; the time grows with the length of the texts. */
export function compareTexts(
  previous: readonly ReadChapter[],
  current: readonly ReadChapter[],
): TextComparison {
  throw new Error(`not built yet: ${previous.length} ${current.length}`);
}
