import { exact } from '../formats/grid.ts';
import type { Quantity } from './quantities.ts';

/** No list of a report is longer, and no total stands further from its parts. */
export const MOST_PARTS = 60;
const MOST_TOTALS = 12;

const marker = /其中|分别(?:为|是|有|系|[:：])|具体(?:为|是|包括)|包括|[（(：:]/gu;
export const sentenceBreak = /[。！？!?\n]/u;

/** A total and the parts that are listed after it. */
export interface List {
  total: Quantity;
  /** Other numbers that the parts may belong to; the nearest first. */
  totals: readonly Quantity[];
  parts: readonly Quantity[];
  /** The same, as far as the sentence goes on. */
  all: readonly Quantity[];
  /** The total stands right before the list. */
  isAdjacent: boolean;
  isExhaustive: boolean;
  /** Ends in 等. */
  isOpen: boolean;
  /** Members joined by 、 or ；: one list beyond doubt. */
  isTight: boolean;
}

/** Every list of a line: 其中…, 分别为…, （…） and the like after a number. */
export function listsIn(text: string, items: readonly Quantity[]): List[] {
  const lists: List[] = [];
  const marks = [...text.matchAll(marker)];
  let next = 0;
  let lastInSentence = -1;
  for (const [index, match] of marks.entries()) {
    const at = match.index;
    const end = at + match[0].length;
    while (next < items.length && items[next]!.start < end) next++;
    const before = items[next - 1];
    if (!before || !items[next]) continue;
    const between = text.slice(before.end, at);
    const isBracket = /^[（(：:]$/u.test(match[0]);
    if (isBracket && between !== '') continue;
    const isSeparate =
      match[0].startsWith('分别') && !/^[，,。；;：:（(]?(?:其|且|并|具体)?$/u.test(clauseTail(between));
    if (isSeparate) continue;
    const stop = stopOf(text, end, marks[index + 1], isBracket && match[0] !== '：' && match[0] !== ':');
    const found = listAt(text, items, next, stop);
    const list = match[0].startsWith('分别') || isBracket ? found : withinClause(text, found);
    if (list.length === 0) continue;
    const totals = totalsBefore(text, items, next, at, list[0]!.unit);
    const total = totals[0];
    if (!total) continue;
    const isSecond = lastInSentence >= 0 && !sentenceBreak.test(text.slice(lastInSentence, at));
    lastInSentence = at;
    const natural = naturalEnd(text, list);
    const ends = text.slice(natural.at(-1)!.end, natural.at(-1)!.end + 6);
    const isOpen = /^[^，,。；;]{0,3}等/u.test(ends);
    lists.push({
      total,
      totals,
      parts: natural,
      all: list,
      isAdjacent: !isSecond && /^[，,。：:（(]?$/u.test(text.slice(total.end, at)),
      isExhaustive: match[0].startsWith('分别') && !isOpen,
      isOpen,
      isTight:
        natural.length > 1 &&
        natural
          .slice(1)
          .every((part, k) => /^[^，,]*[、；;和及]/u.test(text.slice(natural[k]!.end, part.start))),
    });
  }
  return lists;
}

/** What stands between the last comma and the marker. */
function clauseTail(between: string): string {
  const at = Math.max(...[...'，,。；;：:（('].map((mark) => between.lastIndexOf(mark)));
  return at < 0 ? between : between.slice(at);
}

function stopOf(text: string, from: number, next: RegExpExecArray | undefined, inBrackets: boolean): number {
  const window = text.slice(from, from + 1200);
  const end = window.search(inBrackets ? /[）)。！？!?\n]/u : /[。！？!?\n]/u);
  const stop = from + (end < 0 ? window.length : end);
  const another = next && !/^[（(：:]$/u.test(next[0]) && next[0] !== '包括' ? next.index : stop;
  return Math.min(stop, another);
}

/** The numbers of one unit that follow, up to `stop`; what stands in brackets beside a part is no part of its own. */
function listAt(text: string, items: readonly Quantity[], from: number, stop: number): Quantity[] {
  const unit = items[from]!.unit;
  const list: Quantity[] = [];
  let isBeside = false;
  for (let index = from; index < items.length && list.length < MOST_PARTS; index++) {
    const item = items[index]!;
    if (item.end > stop) break;
    const between = list.length > 0 ? text.slice(items[index - 1]!.end, item.start) : '';
    const [opens, closes] = [lastOf(between, '（('), lastOf(between, '）)')];
    if (opens !== closes) isBeside = opens > closes;
    if (item.unit !== unit || isBeside) continue;
    // 共 and 合计 begin another total rather than name a part.
    if (/(?:共计|合计|总计|共)[^，,、；;]{0,6}$/u.test(between)) break;
    list.push(item);
  }
  return list;
}

function lastOf(text: string, marks: string): number {
  return Math.max(...[...marks].map((mark) => text.lastIndexOf(mark)));
}

/** After ； something else is told. */
function withinClause(text: string, list: Quantity[]): Quantity[] {
  const end = list.findIndex(
    (part, index) => index < list.length - 1 && /[；;]/u.test(text.slice(part.end, list[index + 1]!.start)),
  );
  return end < 0 ? list : list.slice(0, end + 1);
}

/** A list joined by 、 ends where a comma follows. */
function naturalEnd(text: string, list: readonly Quantity[]): readonly Quantity[] {
  const joint = (index: number) => text.slice(list[index]!.end, list[index + 1]!.start);
  if (list.length < 3 || !joint(0).startsWith('、')) return list;
  const end = list.findIndex((_, index) => index < list.length - 1 && /^[，,。；;]/u.test(joint(index)));
  return end < 0 ? list : list.slice(0, end + 1);
}

/** Numbers of the unit before the list: of its sentence, or of the one before when the list begins a sentence. */
function totalsBefore(
  text: string,
  items: readonly Quantity[],
  next: number,
  at: number,
  unit: string,
): Quantity[] {
  const found: Quantity[] = [];
  let breaks = 0;
  let right = at;
  for (let index = next - 1; index >= 0 && index >= next - MOST_TOTALS; index--) {
    const item = items[index]!;
    breaks += [...text.slice(item.end, right)].filter((char) => sentenceBreak.test(char)).length;
    if (
      breaks > 1 ||
      (breaks === 1 && !/[。！？!?\n][^，,。]{0,2}$/u.test(text.slice(Math.max(0, at - 3), at)))
    )
      break;
    right = item.start;
    if (item.unit === unit) found.push(item);
  }
  return found;
}

export function sumOf(items: readonly Quantity[]): number {
  return exact(items.reduce((sum, { value }) => sum + value, 0));
}

/** Sums of the first two, the first three … */
export function runningSums(items: readonly Quantity[]): number[] {
  let sum = 0;
  return items.flatMap(({ value }, index) => {
    sum = exact(sum + value);
    return index === 0 ? [] : [sum];
  });
}
