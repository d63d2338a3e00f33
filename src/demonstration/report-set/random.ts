/** A stream of numbers that depends on its name alone: the same name gives the same stream on every machine. */
export interface Random {
  /** Whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** True with the given likelihood. */
  chance(likelihood: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** About `mean`, spread by a third either way; 0 or more. */
  around(mean: number): number;
  /** Shares `total` out over places, each taking about its weight. */
  share(total: number, weights: readonly number[]): number[];
}

export function randomOf(name: string): Random {
  let state = seedOf(name);
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const share = (total: number, weights: readonly number[]): number[] => {
    const shares = weights.map(() => 0);
    const sum = weights.reduce((all, weight) => all + weight, 0);
    for (let given = 0; given < total; given++) {
      let at = next() * sum;
      let place = 0;
      while (place < weights.length - 1 && at >= weights[place]!) at -= weights[place++]!;
      shares[place]! += 1;
    }
    return shares;
  };
  return {
    int,
    chance: (likelihood) => next() < likelihood,
    pick: (items) => items[int(0, items.length - 1)]!,
    around: (mean) => Math.max(0, Math.round(mean * (0.67 + next() * 0.66) + next() - 0.5)),
    share,
  };
}

/** Streams of one set: the demonstration set has the seed 0, every other number makes another set of the same kind. */
export type Streams = (name: string) => Random;

export const streamsOf =
  (seed: number): Streams =>
  (name) =>
    randomOf(seed === 0 ? name : `${name} ${seed}`);

/** FNV-1a. */
function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return hash | 0;
}
