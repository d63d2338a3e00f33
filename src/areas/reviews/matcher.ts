/** A word found: its number in the list, and where it ends. */
export type Found = (word: number, end: number) => void;

/**
 * Finds every occurrence of many words in one pass (Aho–Corasick): time grows with the text and what is found in it, not
 * with the number of words. Pure.
 */
export function matcherOf(words: readonly string[]): (text: string, found: Found) => void {
  const next: Map<number, number>[] = [new Map()];
  const ends: number[][] = [[]];
  for (const [index, word] of words.entries()) {
    if (word === '') continue;
    let node = 0;
    for (let at = 0; at < word.length; at++) {
      const code = word.charCodeAt(at);
      let below = next[node]?.get(code);
      if (below === undefined) {
        below = next.push(new Map()) - 1;
        ends.push([]);
        next[node]?.set(code, below);
      }
      node = below;
    }
    ends[node]?.push(index);
  }
  const { back, shorter } = linksOf(next, ends);
  return (text, found) => {
    let node = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      let below = next[node]?.get(code);
      while (below === undefined && node !== 0) {
        node = back[node] ?? 0;
        below = next[node]?.get(code);
      }
      node = below ?? 0;
      for (let end = node; end !== 0; end = shorter[end] ?? 0)
        for (const word of ends[end] ?? []) found(word, at + 1);
    }
  };
}

/** Where to go on when the next character does not fit, and the next shorter word that ends at the same place. */
function linksOf(next: readonly Map<number, number>[], ends: readonly number[][]) {
  const back = new Int32Array(next.length);
  const shorter = new Int32Array(next.length);
  const open = [...(next[0]?.values() ?? [])];
  for (const node of open) {
    for (const [code, below] of next[node] ?? []) {
      let from = back[node] ?? 0;
      while (from !== 0 && !next[from]?.has(code)) from = back[from] ?? 0;
      back[below] = next[from]?.get(code) ?? 0;
      open.push(below);
    }
    const to = back[node] ?? 0;
    shorter[node] = (ends[to]?.length ?? 0) > 0 ? to : (shorter[to] ?? 0);
  }
  return { back, shorter };
}
