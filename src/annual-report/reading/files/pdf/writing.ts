import { type Matrix, multiply, type Piece, point } from './geometry.ts';

/** What must be known of a font to tell where its glyphs stand. */
export interface FontFacts {
  vertical: boolean;
  /** Text space per unit of a glyph's width. */
  unit: number;
}

export interface Glyph {
  unicode: string;
  width: number;
  isSpace: boolean;
  vmetric?: readonly number[] | null;
}

/** The part of the graphics state that places text (ISO 32000-1, 9.3). */
interface TextState {
  font: string;
  size: number;
  characterSpacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
}

/** A wider gap begins a new piece; what stands closer is one text. */
const GAP = 0.25;
/** Fonts without names for their glyphs put them here. */
const PRIVATE = /[\ue000-\uf8ff]/g;

/** Follows the text operators of a page and gathers what is written, each piece with its place. */
export class Writing {
  readonly pieces: Piece[] = [];
  characters = 0;
  readonly #fonts: ReadonlyMap<string, FontFacts>;
  #state: TextState = {
    font: '',
    size: 0,
    characterSpacing: 0,
    wordSpacing: 0,
    scale: 1,
    leading: 0,
    rise: 0,
  };
  #matrix: Matrix = [1, 0, 0, 1, 0, 0];
  #x = 0;
  #y = 0;
  #lineX = 0;
  #lineY = 0;

  constructor(fonts: ReadonlyMap<string, FontFacts>) {
    this.#fonts = fonts;
  }

  save(): TextState {
    return { ...this.#state };
  }

  restore(state: TextState): void {
    this.#state = state;
  }

  set(change: Partial<TextState>): void {
    Object.assign(this.#state, change);
  }

  begin(matrix: Matrix = [1, 0, 0, 1, 0, 0]): void {
    this.#matrix = matrix;
    this.#x = this.#y = this.#lineX = this.#lineY = 0;
  }

  move(x: number, y: number): void {
    this.#x = this.#lineX += x;
    this.#y = this.#lineY += y;
  }

  nextLine(): void {
    this.move(0, this.#state.leading);
  }

  /** `page` turns user space into the page as it is seen. */
  show(glyphs: readonly (Glyph | number | null)[], page: Matrix): void {
    const { size, characterSpacing, wordSpacing, scale, rise } = this.#state;
    const font = this.#fonts.get(this.#state.font) ?? { vertical: false, unit: 0.001 };
    const toPage = multiply(page, this.#matrix);
    const pageSize = Math.abs(size) * Math.hypot(toPage[2], toPage[3]);
    if (!(pageSize > 0.5) || !Number.isFinite(pageSize)) return;
    for (const glyph of glyphs) {
      if (glyph === null) continue;
      if (typeof glyph === 'number') {
        if (font.vertical) this.#y -= (glyph * size) / 1000;
        else this.#x -= ((glyph * size) / 1000) * scale;
        continue;
      }
      const spacing = (glyph.isSpace ? wordSpacing : 0) + characterSpacing;
      const from = point(toPage, this.#x, this.#y + rise);
      if (font.vertical) {
        const height = (glyph.vmetric ? -(glyph.vmetric[0] ?? -1000) : 1000) * size * font.unit;
        this.#y -= height + spacing;
        this.#write(glyph.unicode, from, point(toPage, this.#x, this.#y + spacing + rise), pageSize, true);
      } else {
        const width = glyph.width * size * font.unit;
        const end = this.#x + width * scale;
        this.#write(glyph.unicode, from, point(toPage, end, this.#y + rise), pageSize, false);
        this.#x = end + spacing * scale;
      }
    }
  }

  /** One glyph from its origin to the next one's. */
  #write(
    unicode: string,
    [x1, y1]: readonly [number, number],
    [x2, y2]: readonly [number, number],
    size: number,
    vertical: boolean,
  ): void {
    const text = unicode.replace(PRIVATE, '');
    if (text === '') return;
    this.characters += text.length;
    const last = this.pieces.at(-1);
    const angle = direction(x2 - x1, y2 - y1, vertical);
    if (angle === null) return;
    if (last && goesOn(last, x1, y1, size, angle, vertical)) {
      last.text += text;
      if (text.trim() !== '') extend(last, x2, y2, size, angle, vertical);
      return;
    }
    if (text.trim() === '') return;
    this.pieces.push(pieceAt(text, x1, y1, x2, y2, size, angle, vertical));
  }
}

/** Quarters clockwise; null for text set askew, such as a watermark. */
function direction(dx: number, dy: number, vertical: boolean): number | null {
  const angle = Math.atan2(dy, dx) - (vertical ? Math.PI / 2 : 0);
  const quarter = Math.round(angle / (Math.PI / 2));
  return Math.abs(angle - (quarter * Math.PI) / 2) > 0.1 && Math.hypot(dx, dy) > 0.5
    ? null
    : (quarter + 4) % 4;
}

function goesOn(last: Piece, x: number, y: number, size: number, angle: number, vertical: boolean): boolean {
  if (last.angle !== angle || last.vertical !== vertical || Math.abs(last.size - size) > 0.2 * size)
    return false;
  const along = vertical ? (angle + 1) % 4 : angle;
  const [dx, dy] = [x - last.endX, y - last.endY];
  const forward = [dx, dy, -dx, -dy][along] ?? 0;
  const aside = Math.abs(along % 2 === 0 ? dy : dx);
  return aside < 0.2 * size && forward > -0.5 * size && forward < GAP * size;
}

function extend(piece: Piece, x: number, y: number, size: number, angle: number, vertical: boolean): void {
  const added = pieceAt('', piece.endX, piece.endY, x, y, size, angle, vertical);
  piece.left = Math.min(piece.left, added.left);
  piece.right = Math.max(piece.right, added.right);
  piece.top = Math.min(piece.top, added.top);
  piece.bottom = Math.max(piece.bottom, added.bottom);
  piece.endX = x;
  piece.endY = y;
}

/** The box of a text from the start of its baseline to the end: 0.85 of the size above it, 0.15 below. */
function pieceAt(
  text: string,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  size: number,
  angle: number,
  vertical: boolean,
): Piece {
  const above = vertical ? 0.5 * size : 0.85 * size;
  const below = vertical ? 0.5 * size : 0.15 * size;
  const along = vertical ? (angle + 1) % 4 : angle;
  const box = {
    left: Math.min(x1, x2),
    right: Math.max(x1, x2),
    top: Math.min(y1, y2),
    bottom: Math.max(y1, y2),
  };
  if (along === 0) {
    box.top = y1 - above;
    box.bottom = y1 + below;
  } else if (along === 2) {
    box.top = y1 - below;
    box.bottom = y1 + above;
  } else {
    box.left = x1 - (along === 1 ? below : above);
    box.right = x1 + (along === 1 ? above : below);
  }
  return { text, ...box, size, angle, vertical, endX: x2, endY: y2 };
}
