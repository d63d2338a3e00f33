import { InvalidForm } from '../../core/refusal.ts';
import { visibleLine } from '../../core/visible-text.ts';

export const MOST_WORDS = 12;
const LONGEST_WORD = 20;
const LONGEST_NOTE = 200;

/** Words of one group as they were typed, separated by spaces or signs. @throws InvalidForm beside `words` */
export function readGroup(typed: string): string[] {
  const words = [...new Set(visibleLine(typed.normalize('NFKC')).split(/[\s,，、;；/|]+/u))].filter(
    (word) => word !== '',
  );
  if (words.length < 2) throw new InvalidForm({ words: '请填写至少两个词，用空格或顿号隔开。' });
  if (words.length > MOST_WORDS) throw new InvalidForm({ words: `一组最多 ${MOST_WORDS} 个词。` });
  for (const word of words) {
    const length = [...word].length;
    if (length < 2 || length > LONGEST_WORD || !/^[\p{L}\p{N}]+$/u.test(word))
      throw new InvalidForm({
        words: `“${word}”不能作为同义词：每个词 2 至 ${LONGEST_WORD} 个字，只用文字和数字。`,
      });
  }
  return words;
}

/** What was done about it, in words. @throws InvalidForm beside `note` */
export function readNote(typed: string): string {
  const note = visibleLine(typed);
  if ([...note].length > LONGEST_NOTE) throw new InvalidForm({ note: `处理说明最多 ${LONGEST_NOTE} 个字。` });
  return note;
}
