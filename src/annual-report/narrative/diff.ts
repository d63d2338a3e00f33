import { diffWords } from 'diff';

/** One run of words of the two texts; `same` stands in both. */
export interface TextChange {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

const words = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/** Word-level difference between two chapter sources; removed words come before those that replaced them. */
export function diffText(before: string, after: string): TextChange[] {
  return diffWords(before, after, { intlSegmenter: words }).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}
