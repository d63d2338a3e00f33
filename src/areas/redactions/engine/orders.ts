import { jpeg, pdfPicture } from './encode.ts';
import { type IndexWords, typesetIndex } from './index-page.ts';
import { sniffKind } from './kind.ts';
import { EXPORT_DPI } from './limits.ts';
import type { Box, GroundedBox, PageSize, Pixels, PreparedSource, Rect, SourceKind } from './model.ts';
import { occurrences, type Query } from './occurrences.ts';
import { paintBoxes } from './paint.ts';
import { drawPage, type OpenPage, withPage, withPdf } from './pdfium.ts';
import { type PicturePage, pictureDocument } from './picture-pdf.ts';
import { picturePage } from './pictures.ts';
import { countText, readText } from './text.ts';
import { wordAsPdf } from './word.ts';

/** For screens. */
const SCREEN_QUALITY = 82;

/**
 * One PDF, one Word document or some pictures, made into the PDF that is worked on.
 * @throws UnreadableFile in words for whoever chose the files
 */
export async function prepare(files: readonly Uint8Array[]): Promise<PreparedSource & { kind: SourceKind }> {
  const kinds = await Promise.all(files.map((bytes) => sniffKind(bytes, files.length > 1)));
  const kind = kinds[0]!;
  const pdf = await workingPdf(files, kinds);
  const pages = await withPdf(pdf, (library, document, count) =>
    Array.from({ length: count }, (_, index) =>
      withPage(library, document, index + 1, (page): PageSize => {
        return { width: page.width, height: page.height, characters: countText(page) };
      }),
    ),
  );
  return { kind, pdf, pages };
}

async function workingPdf(files: readonly Uint8Array[], kinds: readonly SourceKind[]): Promise<Uint8Array> {
  const [bytes, kind] = [files[0]!, kinds[0]];
  if (kind === 'pdf') return bytes;
  if (kind === 'docx') return wordAsPdf(bytes);
  return pictureDocument(
    files.map((picture, index) => picturePage(kinds[index] === 'png' ? 'png' : 'jpeg', picture)),
  );
}

/** A page for the screen, with its boxes painted or as it is. */
export async function drawForScreen(
  pdf: Uint8Array,
  number: number,
  dpi: number,
  boxes: readonly GroundedBox[],
): Promise<Uint8Array> {
  return onPage(pdf, number, (page) => jpeg(covered(page, dpi, boxes), SCREEN_QUALITY));
}

/** A page for the export, as nothing but pixels. */
export async function coverPage(
  pdf: Uint8Array,
  number: number,
  boxes: readonly GroundedBox[],
): Promise<PicturePage> {
  return onPage(pdf, number, (page) => ({
    width: page.width,
    height: page.height,
    picture: pdfPicture(covered(page, EXPORT_DPI, boxes)),
  }));
}

function covered(page: OpenPage, dpi: number, boxes: readonly GroundedBox[]): Pixels {
  const pixels = drawPage(page, dpi);
  return paintBoxes(pixels, boxes, pixels.width / page.width);
}

export async function indexPages(boxes: readonly GroundedBox[], words: IndexWords): Promise<PicturePage[]> {
  return withPdf(typesetIndex(boxes, words), (library, document, count) =>
    Array.from({ length: count }, (_, index) =>
      withPage(library, document, index + 1, (page) => ({
        width: page.width,
        height: page.height,
        picture: pdfPicture(drawPage(page, EXPORT_DPI)),
      })),
    ),
  );
}

/** Where words and patterns stand on some of the pages, for each query in turn. Each page is read once. */
export async function find(
  pdf: Uint8Array,
  queries: readonly Query[],
  { from = 1, to = Number.POSITIVE_INFINITY }: { from?: number; to?: number } = {},
): Promise<Box[][]> {
  return withPdf(pdf, (library, document, count) => {
    const found = queries.map((): Box[] => []);
    for (let number = from; number <= Math.min(to, count); number += 1) {
      const chars = withPage(library, document, number, readText);
      queries.forEach((query, index) => {
        for (const rect of occurrences(chars, query)) found[index]?.push({ page: number, ...rect });
      });
    }
    return found;
  });
}

/** The places of the characters of one page, for boxes that hold on to words. */
export async function charPlaces(pdf: Uint8Array, number: number): Promise<Rect[]> {
  return onPage(pdf, number, (page) => readText(page).flatMap(({ box }) => box ?? []));
}

async function onPage<T>(pdf: Uint8Array, number: number, use: (page: OpenPage) => T): Promise<T> {
  return withPdf(pdf, (library, document) => withPage(library, document, number, use));
}
