import type { OpenPage, Pixels } from '../../../../core/pdfium/index.ts';
import { drawPage } from './pdfium.ts';

/** A character as the file writes it, with its box in pixels of the drawn page. */
interface Character {
  text: string;
  /** The drawing instruction it belongs to. */
  object: number;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface PageText {
  /** All that can be copied from the page, line by line. */
  text: string;
  /** Stretches that can be copied and not be seen. */
  unseen: string[];
  /** Beside those, what lies outside the visible page. */
  outside: string[];
  /** Whether taking drawing instructions out whole takes all of it and nothing that is seen. */
  removable: boolean;
  /** Those instructions; valid while the page is open. */
  unseenObjects: number[];
}

const EMPTY: PageText = { text: '', unseen: [], outside: [], removable: true, unseenObjects: [] };

/** Fine enough for print of five points. */
const DPI = 110;
/** Of 255, in any colour: what differs less from its ground cannot be read; the letters of a watermark are large. */
const VISIBLE = 20;
const VISIBLE_LARGE = 6;
/** Pixels of height: from about 30 points. */
const LARGE = 36;
const TEXT = 1;
const FORM = 5;
const MOST_LAYERS = 8;
const MOST_CHARACTERS = 200_000;
/** Points and commas alone are no text. */
const WORD = /[\p{L}\p{N}]/u;

/**
 * Finds text nobody sees by looking: the page is drawn with its text and without. Where nothing changes, the text is
 * covered, white, transparent, clipped, switched off or beyond the edge, by whatever means. Text that lies on other text
 * is drawn alone, so that a label over a covered name does not speak for it.
 */
export function readPageText(open: OpenPage): PageText {
  const { library, page } = open;
  const textPage = library.FPDFText_LoadPage(page);
  if (textPage === 0) return EMPTY;
  try {
    const count = Math.min(library.FPDFText_CountChars(textPage), MOST_CHARACTERS);
    if (count <= 0) return EMPTY;
    const objects = textObjects(open);
    const show = (wanted: ReadonlySet<number> | null) => {
      for (const object of objects) library.FPDFPageObj_SetIsActive(object, wanted?.has(object) ?? false);
      return drawPage(open, DPI);
    };
    const blank = show(null);
    const { characters, text } = charactersOf(open, textPage, count, blank);
    const seen = new Set<Character>();
    for (const layer of layersOf(characters)) {
      const drawn = show(new Set(layer.map(({ object }) => object)));
      for (const character of layer) if (differs(blank, drawn, character)) seen.add(character);
    }
    for (const object of objects) library.FPDFPageObj_SetIsActive(object, true);
    return { text, ...stretches(characters, seen, blank), ...unseenObjectsOf(open, characters, seen) };
  } finally {
    library.FPDFText_ClosePage(textPage);
  }
}

/** Every text of the page, those within forms included. */
function textObjects({ library, page }: OpenPage): number[] {
  const found: number[] = [];
  const visit = (object: number, depth: number) => {
    const type = library.FPDFPageObj_GetType(object);
    if (type === TEXT) found.push(object);
    if (type !== FORM || depth > 20) return;
    const count = library.FPDFFormObj_CountObjects(object);
    for (let index = 0; index < count; index++)
      visit(library.FPDFFormObj_GetObject(object, index), depth + 1);
  };
  const count = library.FPDFPage_CountObjects(page);
  for (let index = 0; index < count; index++) visit(library.FPDFPage_GetObject(page, index), 0);
  return found;
}

function charactersOf(
  { library, page }: OpenPage,
  textPage: number,
  count: number,
  { width, height }: Pixels,
): { characters: Character[]; text: string } {
  const { pdfium } = library;
  const memory = pdfium.wasmExports.malloc(40);
  const characters: Character[] = [];
  let text = '';
  try {
    for (let index = 0; index < count; index++) {
      const code = library.FPDFText_GetUnicode(textPage, index);
      const letter = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
      text += letter;
      if (letter.trim() === '' || library.FPDFText_IsGenerated(textPage, index) === 1) continue;
      const boxed = library.FPDFText_GetCharBox(
        textPage,
        index,
        memory,
        memory + 8,
        memory + 16,
        memory + 24,
      );
      if (!boxed) continue;
      const at = (offset: number) => pdfium.getValue(memory + offset, 'double');
      const corners = [
        [at(0), at(16)],
        [at(8), at(24)],
      ].map(([x = 0, y = 0]) => {
        library.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, memory + 32, memory + 36);
        return [pdfium.getValue(memory + 32, 'i32'), pdfium.getValue(memory + 36, 'i32')] as const;
      });
      const xs = corners.map(([x]) => x);
      const ys = corners.map(([, y]) => y);
      characters.push({
        text: letter,
        object: library.FPDFText_GetTextObject(textPage, index),
        left: Math.min(...xs),
        right: Math.max(...xs),
        top: Math.min(...ys),
        bottom: Math.max(...ys),
      });
    }
  } finally {
    pdfium.wasmExports.free(memory);
  }
  return { characters, text };
}

/** Groups of characters such that no drawing of one lies on a drawing of the same group. */
function layersOf(characters: readonly Character[]): Character[][] {
  const byObject = Map.groupBy(characters, ({ object }) => object);
  const rivals = rivalsOf(characters);
  const layerOf = new Map<number, number>();
  const layers: Character[][] = [];
  for (const [object, own] of byObject) {
    const taken = new Set([...(rivals.get(object) ?? [])].map((rival) => layerOf.get(rival)));
    let layer = 0;
    while (taken.has(layer) && layer < MOST_LAYERS - 1) layer += 1;
    layerOf.set(object, layer);
    layers[layer] = [...(layers[layer] ?? []), ...own];
  }
  return layers;
}

const CELL = 24;

/** Which drawings have characters that overlap by more than their edges. */
function rivalsOf(characters: readonly Character[]): Map<number, Set<number>> {
  const grid = new Map<string, Character[]>();
  const rivals = new Map<number, Set<number>>();
  const note = (a: number, b: number) => {
    const known = rivals.get(a) ?? new Set();
    known.add(b);
    rivals.set(a, known);
  };
  for (const character of characters) {
    const columns = [Math.floor(character.left / CELL), Math.floor(character.right / CELL)] as const;
    const rows = [Math.floor(character.top / CELL), Math.floor(character.bottom / CELL)] as const;
    // Letters larger than a hand are headlines; a few cells of them tell enough.
    for (let column = columns[0]; column <= Math.min(columns[1], columns[0] + 20); column++) {
      for (let row = rows[0]; row <= Math.min(rows[1], rows[0] + 20); row++) {
        const key = `${column}:${row}`;
        const others = grid.get(key) ?? [];
        for (const other of others) {
          if (other.object === character.object || !overlap(other, character)) continue;
          note(other.object, character.object);
          note(character.object, other.object);
        }
        if (others.length < 200) others.push(character);
        grid.set(key, others);
      }
    }
  }
  return rivals;
}

function overlap(a: Character, b: Character): boolean {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  const least = Math.min(a.bottom - a.top, b.bottom - b.top);
  return width > 1 && height > 1 && height > 0.3 * least;
}

function differs(blank: Pixels, drawn: Pixels, { left, top, right, bottom }: Character): boolean {
  const { width, height } = blank;
  const enough = bottom - top >= LARGE ? VISIBLE_LARGE : VISIBLE;
  for (let y = Math.max(0, top - 1); y <= Math.min(height - 1, bottom + 1); y++) {
    for (let x = Math.max(0, left - 1); x <= Math.min(width - 1, right + 1); x++) {
      const at = (y * width + x) * 4;
      for (let part = at; part < at + 3; part++) {
        if (Math.abs((blank.data[part] ?? 0) - (drawn.data[part] ?? 0)) >= enough) return true;
      }
    }
  }
  return false;
}

/** Instructions of the page itself none of whose letters is seen. */
function unseenObjectsOf(
  { library, page }: OpenPage,
  characters: readonly Character[],
  seen: ReadonlySet<Character>,
): Pick<PageText, 'removable' | 'unseenObjects'> {
  const direct = new Set<number>();
  const count = library.FPDFPage_CountObjects(page);
  for (let index = 0; index < count; index++) direct.add(library.FPDFPage_GetObject(page, index));
  const unseen: number[] = [];
  let removable = true;
  for (const [object, own] of Map.groupBy(characters, (character) => character.object)) {
    if (!own.some((character) => !seen.has(character) && WORD.test(character.text))) continue;
    if (direct.has(object) && !own.some((character) => seen.has(character))) unseen.push(object);
    else removable = false;
  }
  return { removable, unseenObjects: unseen };
}

/** Unseen characters that follow one another. */
function stretches(
  characters: readonly Character[],
  seen: ReadonlySet<Character>,
  { width, height }: Pixels,
): { unseen: string[]; outside: string[] } {
  const unseen: string[] = [];
  const outside: string[] = [];
  let run = '';
  let runOutside = true;
  const close = () => {
    if (WORD.test(run)) (runOutside ? outside : unseen).push(run);
    run = '';
    runOutside = true;
  };
  for (const character of characters) {
    if (seen.has(character)) {
      close();
      continue;
    }
    const beyond =
      character.right < 0 || character.bottom < 0 || character.left > width || character.top > height;
    if (run !== '' && beyond !== runOutside) close();
    run += character.text;
    runOutside = beyond;
  }
  close();
  return { unseen, outside };
}
