/** A matrix as PDF writes it: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [number, number, number, number, number, number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

export function point([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** A piece of text on the page; y grows downwards, units are points. */
export interface Piece {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Of the font. */
  size: number;
  /** Written from top to bottom. */
  upright: boolean;
}

/** A straight rule; `at` is the y of a horizontal or the x of a vertical one. */
export interface Rule {
  at: number;
  from: number;
  to: number;
}

export interface Rules {
  horizontal: Rule[];
  vertical: Rule[];
}

export const middle = ({ top, bottom }: { top: number; bottom: number }): number => (top + bottom) / 2;
