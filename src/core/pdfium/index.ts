import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';
import { UnreadableFile } from '../spreadsheet/index.ts';
import { type ChineseFonts, heapOf, lendFonts } from './substitute-fonts.ts';

export { heapOf } from './substitute-fonts.ts';

/** A page that is loaded; valid inside `withPage` only. */
export interface OpenPage {
  library: WrappedPdfiumModule;
  page: number;
  /** In points, as it is seen. */
  width: number;
  height: number;
}

/** Red, green, blue, alpha, row by row from the top. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
}

export interface PdfiumPlan {
  fonts: ChineseFonts;
  /** Most pages of a file. */
  pages: number;
  /** Most pixels of a drawn page; a larger one comes out coarser. */
  pixels: number;
  damaged(): UnreadableFile;
  encrypted(): UnreadableFile;
  tooManyPages(pages: number): UnreadableFile;
}

export interface Pdfium {
  /** @throws UnreadableFile as the plan says */
  withPdf<T>(
    bytes: Uint8Array,
    use: (library: WrappedPdfiumModule, document: number, pages: number) => T,
  ): Promise<T>;
  /** Pages count from 1. @throws UnreadableFile when the page cannot be loaded, is missing or has no size */
  withPage<T>(library: WrappedPdfiumModule, document: number, number: number, use: (page: OpenPage) => T): T;
  /** The page as it is seen on white paper. */
  drawPage(page: OpenPage, dpi: number): Pixels;
}

const WRONG_PASSWORD = 4;
const UNSUPPORTED_SECURITY = 5;
/** `FPDF_ANNOT`: stamps and filled-in fields belong to what is seen. `FPDF_REVERSE_BYTE_ORDER`: red comes first. */
const RENDERING = 0x01 | 0x10;
const require = createRequire(import.meta.url);

/**
 * PDFium, which runs as WebAssembly: whatever a hostile file does to it stays inside. After anything but a refusal the
 * instance is thrown away.
 */
export function openPdfium(plan: PdfiumPlan): Pdfium {
  let opened: Promise<WrappedPdfiumModule> | null = null;

  async function openLibrary(): Promise<WrappedPdfiumModule> {
    const wasm = readFileSync(require.resolve('@embedpdf/pdfium/pdfium.wasm'));
    const library = await init({ wasmBinary: new Uint8Array(wasm).buffer });
    library.PDFiumExt_Init();
    lendFonts(library, plan.fonts);
    return library;
  }

  function inDocument<T>(
    library: WrappedPdfiumModule,
    bytes: Uint8Array,
    use: (library: WrappedPdfiumModule, document: number, pages: number) => T,
  ): T {
    const { pdfium } = library;
    const memory = pdfium.wasmExports.malloc(bytes.length);
    if (memory === 0) throw plan.damaged();
    heapOf(library).set(bytes, memory);
    const document = library.FPDF_LoadMemDocument(memory, bytes.length, '');
    try {
      if (document === 0) {
        const fault = library.FPDF_GetLastError();
        throw fault === WRONG_PASSWORD || fault === UNSUPPORTED_SECURITY ? plan.encrypted() : plan.damaged();
      }
      const pages = library.FPDF_GetPageCount(document);
      if (pages < 1) throw plan.damaged();
      if (pages > plan.pages) throw plan.tooManyPages(pages);
      return use(library, document, pages);
    } finally {
      if (document !== 0) library.FPDF_CloseDocument(document);
      pdfium.wasmExports.free(memory);
    }
  }

  return {
    async withPdf(bytes, use) {
      opened ??= openLibrary();
      const library = await opened;
      try {
        return inDocument(library, bytes, use);
      } catch (error) {
        if (error instanceof UnreadableFile) throw error;
        opened = null;
        throw error instanceof WebAssembly.RuntimeError ? plan.damaged() : error;
      }
    },

    withPage(library, document, number, use) {
      const page = library.FPDF_LoadPage(document, number - 1);
      if (page === 0) throw plan.damaged();
      try {
        const width = library.FPDF_GetPageWidthF(page);
        const height = library.FPDF_GetPageHeightF(page);
        if (!(width >= 1 && height >= 1 && width < 20_000 && height < 20_000)) throw plan.damaged();
        return use({ library, page, width, height });
      } finally {
        library.FPDF_ClosePage(page);
      }
    },

    drawPage({ library, page, width, height }, dpi) {
      const scale = Math.min(dpi / 72, Math.sqrt(plan.pixels / (width * height)));
      const columns = Math.max(1, Math.round(width * scale));
      const rows = Math.max(1, Math.round(height * scale));
      const bitmap = library.FPDFBitmap_Create(columns, rows, 0);
      if (bitmap === 0) throw plan.damaged();
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
    },
  };
}
