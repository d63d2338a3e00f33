import type { PlacedChar, Rect } from './model.ts';
import type { OpenPage } from './pdfium.ts';

/** A page with more text than this is no document. */
const MOST_CHARS = 100_000;
/** How far a line reaches above and below its foot, in sizes of the font: every Han and Latin glyph is inside. */
const ABOVE = 0.95;
const BELOW = 0.27;
/** Of memory for the answers of one question. */
const ANSWER_BYTES = 48;

type Point = readonly [x: number, y: number];

/** What holds for all characters of a page. */
interface Reading {
  open: OpenPage;
  text: number;
  memory: number;
  /** From the coordinates of the file to points of the page as it is seen. */
  place(x: number, y: number): Point;
  turned: boolean;
}

/** The characters of a page in the order the file has them, with their places. */
export function readText(open: OpenPage): PlacedChar[] {
  const { library, page } = open;
  const text = library.FPDFText_LoadPage(page);
  if (text === 0) return [];
  const memory = library.pdfium.wasmExports.malloc(ANSWER_BYTES);
  const turned = library.FPDFPage_GetRotation(page) !== 0;
  const reading: Reading = { open, text, memory, place: placing(open, memory), turned };
  try {
    const count = Math.min(library.FPDFText_CountChars(text), MOST_CHARS);
    return Array.from({ length: count }, (_, index) => placed(reading, index));
  } finally {
    library.pdfium.wasmExports.free(memory);
    library.FPDFText_ClosePage(text);
  }
}

/** How many characters the page carries as text. */
export function countText({ library, page }: OpenPage): number {
  const text = library.FPDFText_LoadPage(page);
  if (text === 0) return 0;
  const count = library.FPDFText_CountChars(text);
  library.FPDFText_ClosePage(text);
  return Math.max(0, count);
}

/** The map is the same for the whole page, so that three points tell it; PDFium answers them in whole units. */
function placing({ library, page, width, height }: OpenPage, memory: number): Reading['place'] {
  const units = 1e8 / Math.max(width, height);
  const [w, h] = [Math.round(width * units), Math.round(height * units)];
  const ask = (x: number, y: number): Point => {
    library.FPDF_PageToDevice(page, 0, 0, w, h, 0, x, y, memory, memory + 4);
    const answer = (at: number) => library.pdfium.getValue(at, 'i32') / units;
    return [answer(memory), answer(memory + 4)];
  };
  // Far apart, so that rounding has no part in the slopes.
  const far = 1000;
  const [zero, right, up] = [ask(0, 0), ask(far, 0), ask(0, far)];
  const slope = (at: Point, axis: 0 | 1) => (at[axis] - zero[axis]) / far;
  return (x, y) => [
    zero[0] + slope(right, 0) * x + slope(up, 0) * y,
    zero[1] + slope(right, 1) * x + slope(up, 1) * y,
  ];
}

function placed(reading: Reading, index: number): PlacedChar {
  const { open, text, memory, place, turned } = reading;
  const { library } = open;
  const code = library.FPDFText_GetUnicode(text, index);
  const c = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  const nowhere = { c, box: null, upright: true };
  if (c.trim() === '') return nowhere;
  const double = (slot: number) => library.pdfium.getValue(memory + 8 * slot, 'double');
  const float = (slot: number) => library.pdfium.getValue(memory + 4 * slot, 'float');
  const at = (slot: number) => memory + 8 * slot;

  // Left, right, bottom, top of what is drawn.
  const tight = library.FPDFText_GetCharBox(text, index, at(0), at(1), at(2), at(3))
    ? around(place(double(0), double(2)), place(double(1), double(3)))
    : null;
  // Left, top, right, bottom of the space the line gives it.
  const loose = library.FPDFText_GetLooseCharBox(text, index, memory)
    ? around(place(float(0), float(1)), place(float(2), float(3)))
    : null;
  const whole = tight && loose ? union(tight, loose) : (tight ?? loose);
  if (!whole || whole.w + whole.h === 0 || !inside(whole, open)) return nowhere;

  if (turned || !library.FPDFText_GetMatrix(text, index, memory)) return { c, box: whole, upright: !turned };
  const [slope, rise] = [float(1), float(3)];
  const size = library.FPDFText_GetFontSize(text, index) * Math.abs(rise);
  // Text that leans or runs downwards keeps the box of its glyph; so does a font whose size is told wrongly.
  if (Math.abs(slope) > 0.01 || size < 2 || size > 400) return { c, box: whole, upright: false };
  if (!library.FPDFText_GetCharOrigin(text, index, at(0), at(1))) return { c, box: whole, upright: true };
  const [, foot] = place(double(0), double(1));
  const top = Math.min(tight?.y ?? foot, foot - ABOVE * size);
  const bottom = Math.max(tight ? tight.y + tight.h : foot, foot + BELOW * size);
  return { c, box: { x: whole.x, y: top, w: whole.w, h: bottom - top }, upright: true };
}

function around([ax, ay]: Point, [bx, by]: Point): Rect {
  return { x: Math.min(ax, bx), y: Math.min(ay, by), w: Math.abs(ax - bx), h: Math.abs(ay - by) };
}

export function union(a: Rect, b: Rect): Rect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}

const inside = ({ x, y, w, h }: Rect, page: { width: number; height: number }) =>
  x + w > 0 && y + h > 0 && x < page.width && y < page.height;
