/** A run of a paragraph and the findings that quote it. */
export interface Quoted {
  text: string;
  keys: string[];
}

/** Cuts a paragraph where quotes begin and end; quotes that overlap become one run. Pure. */
export function quotedIn(text: string, quotes: readonly { key: string; quote: string }[]): Quoted[] {
  const runs = quotes
    .flatMap(({ key, quote }) => {
      const from = quote === '' ? -1 : text.indexOf(quote);
      return from < 0 ? [] : [{ from, to: from + quote.length, keys: [key] }];
    })
    .sort((a, b) => a.from - b.from);
  const merged: typeof runs = [];
  for (const run of runs) {
    const last = merged.at(-1);
    if (last && run.from < last.to) {
      last.to = Math.max(last.to, run.to);
      last.keys.push(...run.keys);
    } else merged.push({ ...run });
  }
  const pieces: Quoted[] = [];
  let written = 0;
  for (const { from, to, keys } of merged) {
    if (from > written) pieces.push({ text: text.slice(written, from), keys: [] });
    pieces.push({ text: text.slice(from, to), keys });
    written = to;
  }
  if (written < text.length) pieces.push({ text: text.slice(written), keys: [] });
  return pieces;
}
