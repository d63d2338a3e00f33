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
  /** Quarters clockwise from left to right. */
  angle: number;
  /** Characters stand upright one below the other. */
  vertical: boolean;
  /** Where the next character would stand. */
  endX: number;
  endY: number;
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

/** Whether it is read from left to right. */
export const isLevel = ({ angle, vertical }: Piece): boolean => angle === 0 && !vertical;

/** Turns a page of this size by quarters counter-clockwise. */
export function turnedBack(quarters: number, width: number, height: number): Matrix {
  const turns: readonly Matrix[] = [
    IDENTITY,
    [0, -1, 1, 0, 0, width],
    [-1, 0, 0, -1, width, height],
    [0, 1, -1, 0, height, 0],
  ];
  return turns[quarters] ?? IDENTITY;
}

export const middle = ({ top, bottom }: { top: number; bottom: number }): number => (top + bottom) / 2;
