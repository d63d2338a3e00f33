import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { heapOf, type Pixels } from '../../../../core/pdfium/index.ts';
import { readPageText } from './page-text.ts';
import { drawPage, withPage, withPdf } from './pdfium.ts';

const DPI = 72;

/**
 * Takes the text that is not seen out of these pages. Null unless every page looks afterwards as it did before, pixel by
 * pixel: a page that was put together in an unusual way is better left alone.
 */
export async function withoutUnseenText(
  bytes: Uint8Array,
  pages: ReadonlySet<number>,
): Promise<Uint8Array | null> {
  const before: Pixels[] = [];
  const changed = await withPdf(bytes, (library, document) => {
    for (const number of pages) {
      const written = withPage(library, document, number, (open) => {
        before.push(drawPage(open, DPI));
        for (const object of readPageText(open).unseenObjects) {
          if (!library.FPDFPage_RemoveObject(open.page, object)) return false;
        }
        return library.FPDFPage_GenerateContent(open.page);
      });
      if (!written) return null;
    }
    return copyOf(library, document);
  });
  if (!changed) return null;
  const same = await withPdf(changed, (library, document) =>
    [...pages].every((number, index) =>
      withPage(library, document, number, (open) => equal(before[index], drawPage(open, DPI))),
    ),
  );
  return same ? changed : null;
}

function copyOf(library: WrappedPdfiumModule, document: number): Uint8Array | null {
  const writer = library.PDFiumExt_OpenFileWriter();
  try {
    library.PDFiumExt_SaveAsCopy(document, writer);
    const size = library.PDFiumExt_GetFileWriterSize(writer);
    const memory = library.pdfium.wasmExports.malloc(size);
    if (memory === 0) return null;
    library.PDFiumExt_GetFileWriterData(writer, memory, size);
    const copy = heapOf(library).slice(memory, memory + size);
    library.pdfium.wasmExports.free(memory);
    return copy;
  } finally {
    library.PDFiumExt_CloseFileWriter(writer);
  }
}

function equal(a: Pixels | undefined, b: Pixels): boolean {
  if (a === undefined || a.width !== b.width || a.height !== b.height) return false;
  return Buffer.from(a.data.buffer).equals(Buffer.from(b.data.buffer));
}
