import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';
import { UnreadableFile } from '../../../core/spreadsheet/index.ts';
import { damaged, encrypted, redactionLimits, tooManyPages } from './limits.ts';
import type { Pixels } from './model.ts';
import { heapOf, lendFonts } from './substitute-fonts.ts';

/** A page that is loaded; valid inside `withPage` only. */
export interface OpenPage {
  library: WrappedPdfiumModule;
  page: number;
  /** In points, as it is seen. */
  width: number;
  height: number;
}

const WRONG_PASSWORD = 4;
const UNSUPPORTED_SECURITY = 5;
/** `FPDF_ANNOT`: stamps and filled-in fields belong to what is seen. `FPDF_REVERSE_BYTE_ORDER`: red comes first. */
const RENDERING = 0x01 | 0x10;
const require = createRequire(import.meta.url);

let opened: Promise<WrappedPdfiumModule> | null = null;

async function openLibrary(): Promise<WrappedPdfiumModule> {
  const wasm = readFileSync(require.resolve('@embedpdf/pdfium/pdfium.wasm'));
  const library = await init({ wasmBinary: new Uint8Array(wasm).buffer });
  library.PDFiumExt_Init();
  lendFonts(library);
  return library;
}

/**
 * Opens a PDF in PDFium, which runs as WebAssembly: whatever a hostile file does to it stays inside. After anything but a
 * refusal the instance is thrown away.
 * @throws UnreadableFile `encrypted`, `damaged` or `too-large` (pages)
 */
export async function withPdf<T>(
  bytes: Uint8Array,
  use: (library: WrappedPdfiumModule, document: number, pages: number) => T,
): Promise<T> {
  opened ??= openLibrary();
  const library = await opened;
  try {
    return inDocument(library, bytes, use);
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    opened = null;
    throw error instanceof WebAssembly.RuntimeError ? damaged() : error;
  }
}

function inDocument<T>(
  library: WrappedPdfiumModule,
  bytes: Uint8Array,
  use: (library: WrappedPdfiumModule, document: number, pages: number) => T,
): T {
  const { pdfium } = library;
  const memory = pdfium.wasmExports.malloc(bytes.length);
  if (memory === 0) throw damaged();
  heapOf(library).set(bytes, memory);
  const document = library.FPDF_LoadMemDocument(memory, bytes.length, '');
  try {
    if (document === 0) {
      const fault = library.FPDF_GetLastError();
      throw fault === WRONG_PASSWORD || fault === UNSUPPORTED_SECURITY ? encrypted() : damaged();
    }
    const pages = library.FPDF_GetPageCount(document);
    if (pages < 1) throw damaged();
    if (pages > redactionLimits.pages) throw tooManyPages(pages);
    return use(library, document, pages);
  } finally {
    if (document !== 0) library.FPDF_CloseDocument(document);
    pdfium.wasmExports.free(memory);
  }
}

/** @throws UnreadableFile `damaged` when the page cannot be loaded, is missing or has no size */
export function withPage<T>(
  library: WrappedPdfiumModule,
  document: number,
  number: number,
  use: (page: OpenPage) => T,
): T {
  const page = library.FPDF_LoadPage(document, number - 1);
  if (page === 0) throw damaged();
  try {
    const width = library.FPDF_GetPageWidthF(page);
    const height = library.FPDF_GetPageHeightF(page);
    if (!(width >= 1 && height >= 1 && width < 20_000 && height < 20_000)) throw damaged();
    return use({ library, page, width, height });
  } finally {
    library.FPDF_ClosePage(page);
  }
}

/** The page as it is seen on white paper; a page too large for the resolution comes out coarser. */
export function drawPage({ library, page, width, height }: OpenPage, dpi: number): Pixels {
  const scale = Math.min(dpi / 72, Math.sqrt(redactionLimits.pixels / (width * height)));
  const columns = Math.max(1, Math.round(width * scale));
  const rows = Math.max(1, Math.round(height * scale));
  const bitmap = library.FPDFBitmap_Create(columns, rows, 0);
  if (bitmap === 0) throw damaged();
  try {
    library.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xffffffff);
    library.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, RENDERING);
    const start = library.FPDFBitmap_GetBuffer(bitmap);
    const stride = library.FPDFBitmap_GetStride(bitmap);
    const data = new Uint8ClampedArray(columns * rows * 4);
    for (let row = 0; row < rows; row += 1) {
      const from = start + row * stride;
      data.set(heapOf(library).subarray(from, from + columns * 4), row * columns * 4);
    }
    for (let alpha = 3; alpha < data.length; alpha += 4) data[alpha] = 255;
    return { width: columns, height: rows, data };
  } finally {
    library.FPDFBitmap_Destroy(bitmap);
  }
}
