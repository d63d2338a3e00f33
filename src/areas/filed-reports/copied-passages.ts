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

/** A copied passage that reaches behind the one before may share its last block with it. */
const OVERLAP = 2 * BLOCK - 2;

function markCopies(source: string, text: string): Uint8Array {
  const copied = new Uint8Array(text.length);
  const index = indexBlocks(source);
  let reached = 0;
  for (let at = 0; at + BLOCK <= text.length; ) {
    const run = furthestRun(source, text, at, reached, index.get(text.slice(at, at + BLOCK)) ?? []);
    if (run) {
      copied.fill(1, run.from, run.until);
      reached = run.until;
      at = Math.max(at + 1, run.until - OVERLAP);
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

/** Of the passages around a common block that are long enough, the one that reaches furthest beyond what is marked already. */
function furthestRun(
  source: string,
  text: string,
  at: number,
  reached: number,
  places: readonly number[],
): { from: number; until: number } | null {
  let best: { from: number; until: number } | null = null;
  for (const place of places) {
    let until = at + BLOCK;
    while (until < text.length && text[until] === source[place + until - at]) until += 1;
    if (until <= (best?.until ?? reached)) continue;
    // Behind what is marked only as far as tells that it is long enough.
    const floor = Math.min(reached, until - SHORTEST_COPY);
    let from = at;
    while (from > floor && from > 0 && text[from - 1] === source[place + from - 1 - at]) from -= 1;
    if (until - from >= SHORTEST_COPY) best = { from, until };
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
