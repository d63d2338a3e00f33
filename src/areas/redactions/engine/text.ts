import type { PlacedChar, Rect } from './model.ts';
import type { OpenPage } from './pdfium.ts';

/** PDFium's page-to-device function answers in whole units: hundredths of a point are fine enough. */
const UNITS = 100;
/** A page with more text than this is no document. */
const MOST_CHARS = 100_000;
/** How far a line reaches above and below its foot, in sizes of the font: every Han and Latin glyph is inside. */
const ABOVE = 0.95;
const BELOW = 0.27;

/** The characters of a page in the order the file has them, with their places. */
export function readText(open: OpenPage): PlacedChar[] {
  const { library, page } = open;
  const text = library.FPDFText_LoadPage(page);
  if (text === 0) return [];
  const memory = library.pdfium.wasmExports.malloc(96);
  try {
    const count = Math.min(library.FPDFText_CountChars(text), MOST_CHARS);
    return Array.from({ length: count }, (_, index) => placed(open, text, index, memory));
  } finally {
    library.pdfium.wasmExports.free(memory);
    library.FPDFText_ClosePage(text);
  }
}

/** How many characters that are seen the page carries as text. */
export function countText({ library, page }: OpenPage): number {
  const text = library.FPDFText_LoadPage(page);
  if (text === 0) return 0;
  const count = library.FPDFText_CountChars(text);
  library.FPDFText_ClosePage(text);
  return Math.max(0, count);
}

function placed(open: OpenPage, text: number, index: number, memory: number): PlacedChar {
  const { library } = open;
  const code = library.FPDFText_GetUnicode(text, index);
  const c = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  if (c.trim() === '' || library.FPDFText_IsGenerated(text, index) === 1)
    return { c, box: null, upright: true };
  const double = (slot: number) => library.pdfium.getValue(memory + 8 * slot, 'double');
  const float = (slot: number) => library.pdfium.getValue(memory + 4 * slot, 'float');
  const at = (slot: number) => memory + 8 * slot;

  // Left, right, bottom, top of what is drawn.
  const tight = library.FPDFText_GetCharBox(text, index, at(0), at(1), at(2), at(3))
    ? around(open, [double(0), double(2)], [double(1), double(3)], at(8))
    : null;
  // Left, top, right, bottom of the space the line gives it.
  const loose = library.FPDFText_GetLooseCharBox(text, index, memory)
    ? around(open, [float(0), float(1)], [float(2), float(3)], at(8))
    : null;
  const whole = tight && loose ? union(tight, loose) : (tight ?? loose);
  if (!whole || !inside(whole, open)) return { c, box: null, upright: true };

  if (!library.FPDFText_GetMatrix(text, index, memory)) return { c, box: whole, upright: false };
  const [slope = 0, rise = 0] = [float(1), float(3)];
  const size = library.FPDFText_GetFontSize(text, index) * Math.abs(rise);
  const [x, y] = [at(0), at(1)];
  const foot =
    library.FPDFText_GetCharOrigin(text, index, x, y) && toDevice(open, double(0), double(1), at(8));
  // Turned text keeps the box of its glyph; so does a font whose size is told wrongly.
  if (
    !foot ||
    Math.abs(slope) > 0.01 ||
    size < 2 ||
    size > 400 ||
    library.FPDFPage_GetRotation(open.page) !== 0
  ) {
    return { c, box: whole, upright: false };
  }
  const top = Math.min(tight?.y ?? foot.y, foot.y - ABOVE * size);
  const bottom = Math.max(tight ? tight.y + tight.h : foot.y, foot.y + BELOW * size);
  return { c, box: { x: whole.x, y: top, w: whole.w, h: bottom - top }, upright: true };
}

function toDevice({ library, page, width, height }: OpenPage, x: number, y: number, memory: number) {
  const [w, h] = [Math.round(width * UNITS), Math.round(height * UNITS)];
  if (!library.FPDF_PageToDevice(page, 0, 0, w, h, 0, x, y, memory, memory + 4)) return null;
  return {
    x: library.pdfium.getValue(memory, 'i32') / UNITS,
    y: library.pdfium.getValue(memory + 4, 'i32') / UNITS,
  };
}

type Corner = readonly [x: number, y: number];

function around(open: OpenPage, one: Corner, other: Corner, memory: number): Rect | null {
  const a = toDevice(open, ...one, memory);
  const b = toDevice(open, ...other, memory);
  if (!a || !b) return null;
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    w: Math.abs(a.x - b.x),
    h: Math.abs(a.y - b.y),
  };
}

export function union(a: Rect, b: Rect): Rect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}

const inside = ({ x, y, w, h }: Rect, page: { width: number; height: number }) =>
  x + w > 0 && y + h > 0 && x < page.width && y < page.height;
