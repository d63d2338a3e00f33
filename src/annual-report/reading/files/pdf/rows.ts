import { isLevel, middle, type Piece } from './geometry.ts';

/** Pieces of text on one baseline, from left to right, those with a narrow gap between them joined. */
export interface Line {
  pieces: Piece[];
  left: number;
  right: number;
  top: number;
  bottom: number;
  size: number;
}

/** Sorts pieces into lines from top to bottom. A gap of `gap` times the font size parts two pieces. */
export function linesOf(pieces: readonly Piece[], gap: number): Line[] {
  const sorted = [...pieces].sort((a, b) => middle(a) - middle(b) || a.left - b.left);
  const lines: Piece[][] = [];
  let at = 0;
  for (const piece of sorted) {
    const line = lines.at(-1);
    if (line && isLevel(piece) && Math.abs(middle(piece) - at) <= 0.5 * Math.min(piece.size, sizeOf(line))) {
      line.push(piece);
    } else {
      lines.push([piece]);
      at = middle(piece);
    }
  }
  return lines.map((line) =>
    joined(
      line.sort((a, b) => a.left - b.left),
      gap,
    ),
  );
}

function joined(line: readonly Piece[], gap: number): Line {
  const pieces: Piece[] = [];
  for (const piece of line) {
    const last = pieces.at(-1);
    const size = Math.min(piece.size, last?.size ?? piece.size);
    // Written twice, a little shifted, to look bold.
    if (last && last.text === piece.text && Math.abs(piece.left - last.left) < 0.3 * size) continue;
    if (!last || piece.left - last.right > gap * size) pieces.push({ ...piece });
    else {
      last.text += blankBetween(last, piece) + piece.text;
      last.right = Math.max(last.right, piece.right);
      last.top = Math.min(last.top, piece.top);
      last.bottom = Math.max(last.bottom, piece.bottom);
    }
  }
  return {
    pieces,
    left: Math.min(...pieces.map(({ left }) => left)),
    right: Math.max(...pieces.map(({ right }) => right)),
    top: Math.min(...pieces.map(({ top }) => top)),
    bottom: Math.max(...pieces.map(({ bottom }) => bottom)),
    size: sizeOf(line),
  };
}

const WESTERN = /[\x21-\x7e\u00c0-\u024f]/;

/** Between Western words a fifth of the font size is a blank; Chinese type leaves that much beside a digit by itself. */
function blankBetween(left: Piece, right: Piece): string {
  const gap = right.left - left.right;
  const size = Math.min(left.size, right.size);
  const western = WESTERN.test(left.text.at(-1) ?? '') && WESTERN.test(right.text[0] ?? '');
  return gap > (western ? 0.2 : 0.8) * size ? ' ' : '';
}

function sizeOf(line: readonly Piece[]): number {
  return Math.max(...line.map(({ size }) => size));
}
