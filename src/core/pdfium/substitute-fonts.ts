import { readFileSync } from 'node:fs';
import type { WrappedPdfiumModule } from '@embedpdf/pdfium';

/** Where the files of a Hei and of a Song face lie. */
export interface ChineseFonts {
  sans: string;
  serif: string;
}

/** Charsets of Windows, in which PDFium asks for fonts: Japanese, Korean, simplified and traditional Chinese. */
const EAST_ASIAN = new Set([128, 129, 134, 136]);
const SONG = /song|sun|ming|fang|kai|serif|宋|仿|楷|明/i;
const CHINESE = /sim(sun|hei|kai|fang)|song|fangsong|kaiti|heiti|yahei|microsoft|[\u4e00-\u9fff]/i;
/** Of this structure: a version and eight functions. */
const STRUCTURE_BYTES = 36;

/**
 * Gives PDFium a Song and a Hei face for Chinese fonts that a file names and does not carry, which is usual among
 * official documents. Without them such text would be neither drawn nor measured.
 */
export function lendFonts(library: WrappedPdfiumModule, { sans, serif }: ChineseFonts): void {
  const { pdfium } = library;
  const faces = [sans, serif].map((path) => readFileSync(path));
  const face = (handle: number) => faces[handle - 1];
  const functions = [
    // Release
    pdfium.addFunction(() => {}, 'vi'),
    // EnumFonts
    pdfium.addFunction(() => {}, 'vii'),
    // MapFont: this, weight, italic, charset, pitch and family, face, exact
    pdfium.addFunction(
      (_: number, _weight: number, _italic: number, charset: number, _pitch: number, name: number) => {
        const wanted = pdfium.UTF8ToString(name);
        if (!EAST_ASIAN.has(charset) && !CHINESE.test(wanted)) return 0;
        return SONG.test(wanted) ? 2 : 1;
      },
      'iiiiiiii',
    ),
    // GetFont
    pdfium.addFunction(() => 0, 'iii'),
    // GetFontData: this, font, table (0 is the whole file), buffer, size
    pdfium.addFunction((_: number, handle: number, table: number, buffer: number, size: number) => {
      const file = face(handle);
      const data = file && (table === 0 ? file : tableOf(file, table));
      if (!data) return 0;
      if (buffer !== 0 && size >= data.length) heapOf(library).set(data, buffer);
      return data.length;
    }, 'iiiiii'),
    // GetFaceName: this, font, buffer, size
    pdfium.addFunction((_: number, handle: number, buffer: number, size: number) => {
      const name = Buffer.from(`${handle === 2 ? 'Noto Serif SC' : 'Noto Sans SC'}\0`);
      if (buffer !== 0 && size >= name.length) heapOf(library).set(name, buffer);
      return name.length;
    }, 'iiiii'),
    // GetFontCharset
    pdfium.addFunction(() => 134, 'iii'),
    // DeleteFont
    pdfium.addFunction(() => {}, 'vii'),
  ];
  const structure = pdfium.wasmExports.malloc(STRUCTURE_BYTES);
  pdfium.setValue(structure, 1, 'i32');
  functions.forEach((address, index) => {
    pdfium.setValue(structure + 4 * (index + 1), address, 'i32');
  });
  library.FPDF_SetSystemFontInfo(structure);
}

/** The memory of the library; it moves when it grows. */
export function heapOf(library: WrappedPdfiumModule): Uint8Array {
  return (library.pdfium as unknown as { HEAPU8: Uint8Array }).HEAPU8;
}

/** A table of a TrueType file by its tag as a number. */
function tableOf(file: Buffer, tag: number): Buffer | null {
  for (let index = 0; index < file.readUInt16BE(4); index += 1) {
    const entry = 12 + 16 * index;
    if (file.readUInt32BE(entry) !== tag >>> 0) continue;
    const start = file.readUInt32BE(entry + 8);
    return file.subarray(start, start + file.readUInt32BE(entry + 12));
  }
  return null;
}
