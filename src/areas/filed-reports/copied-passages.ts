import type { TextRun } from './text-comparison.ts';

/** Han characters a passage must have to count as copied; shorter ones are everyone's phrases. */
const SHORTEST_COPY = 20;
/** Every passage of `SHORTEST_COPY` characters holds a whole block of this length that begins at a multiple of it. */
const BLOCK = 10;
/** Places remembered of one block; a block that stands in more of them is a refrain. */
const PLACES = 8;

/** Only Han characters count: numbers, years, blanks and punctuation change while the words stay. */
const COUNTED = /\p{Script=Han}/u;
const YEAR_IN_WORDS = /[〇零一二三四五六七八九○]{4}(?=年)/g;

/** The characters of a text that are compared. */
export function hanOf(text: string): string {
  return lettersOf(text).letters;
}

/** The counted characters with the place of each in the text. */
function lettersOf(text: string): { letters: string; places: number[] } {
  const masked = text.replace(YEAR_IN_WORDS, '0000');
  const places: number[] = [];
  let letters = '';
  for (let at = 0; at < masked.length; at++) {
    const character = masked[at] as string;
    if (!COUNTED.test(character)) continue;
    letters += character;
    places.push(at);
  }
  return { letters, places };
}

/**
 * Cuts each of this year's paragraphs where passages begin and end that stand in last year's word for word, also across
 * paragraphs. Last year's text is indexed by blocks and this year's slid over it, so that the time grows with the length
 * of both and the memory with that of one.
 */
export function findCopies(previous: readonly string[], current: readonly string[]): TextRun[][] {
  const source = previous.map(hanOf).join('');
  const parts = current.map(lettersOf);
  const text = parts.map(({ letters }) => letters).join('');
  const copied = markCopies(source, text);
  let first = 0;
  return parts.map(({ letters, places }, index) => {
    const marks = copied.subarray(first, first + letters.length);
    first += letters.length;
    return cut(current[index] ?? '', places, marks);
  });
}

function markCopies(source: string, text: string): Uint8Array {
  const copied = new Uint8Array(text.length);
  const index = indexBlocks(source);
  let reached = 0;
  for (let at = 0; at + BLOCK <= text.length; ) {
    const run = longestRun(source, text, at, reached, index.get(text.slice(at, at + BLOCK)) ?? []);
    if (run && run.until - run.from >= SHORTEST_COPY) {
      copied.fill(1, run.from, run.until);
      reached = run.until;
      at = run.until;
    } else at += 1;
  }
  return copied;
}

function indexBlocks(source: string): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (let at = 0; at + BLOCK <= source.length; at += BLOCK) {
    const block = source.slice(at, at + BLOCK);
    const places = index.get(block);
    if (!places) index.set(block, [at]);
    else if (places.length < PLACES) places.push(at);
  }
  return index;
}

/** The longest passage around a common block, not reaching back behind `floor` in the text. */
function longestRun(
  source: string,
  text: string,
  at: number,
  floor: number,
  places: readonly number[],
): { from: number; until: number } | null {
  let best: { from: number; until: number } | null = null;
  for (const place of places) {
    let back = 0;
    while (at - back > floor && place - back > 0 && text[at - back - 1] === source[place - back - 1])
      back += 1;
    let length = BLOCK;
    while (at + length < text.length && text[at + length] === source[place + length]) length += 1;
    const run = { from: at - back, until: at + length };
    if (!best || run.until - run.from > best.until - best.from) best = run;
  }
  return best;
}

/** Cuts a paragraph into runs; what stands between two copied characters is copied with them. */
function cut(paragraph: string, places: readonly number[], marks: Uint8Array): TextRun[] {
  const runs: TextRun[] = [];
  let from = 0;
  let copied = false;
  const close = (until: number) => {
    if (until > from) runs.push({ text: paragraph.slice(from, until), copied });
    from = until;
  };
  for (let index = 0; index < places.length; index++) {
    const marked = marks[index] === 1;
    if (marked === copied) continue;
    const place = places[index] as number;
    close(copied ? (places[index - 1] as number) + 1 : place);
    copied = marked;
  }
  if (copied) close((places.at(-1) as number) + 1);
  copied = false;
  close(paragraph.length);
  return runs;
}
