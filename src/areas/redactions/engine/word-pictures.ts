import { png } from './encode.ts';
import { drawPage, withPage, withPdf } from './pdfium.ts';
import { pictureAsPdf } from './pictures.ts';

export interface Decoded {
  file: string;
  /** In points, at 96 pixels an inch. */
  width: number;
  png: Uint8Array;
}

const PIXELS_PER_POINT = 96 / 72;
const SHARPEST = 1600;

/** Pictures of a Word document drawn afresh, so that what the typesetter decodes is ours; null for kinds that cannot be. */
export async function placePictures(
  pictures: readonly { type: string; bytes: Uint8Array }[],
): Promise<(Decoded | null)[]> {
  const placed: (Decoded | null)[] = [];
  for (const [index, { bytes }] of pictures.entries()) placed.push(await place(bytes, index));
  return placed;
}

async function place(bytes: Uint8Array, index: number): Promise<Decoded | null> {
  const kind = kindOf(bytes);
  if (!kind) return null;
  // A picture that is broken leaves a gap; the rest of the document is worth having.
  const pixels = await withPdf(pictureAsPdf(kind, bytes), (library, document) =>
    withPage(library, document, 1, (page) =>
      drawPage(page, (SHARPEST / Math.max(page.width, page.height)) * 72),
    ),
  ).catch(() => null);
  if (!pixels) return null;
  const width = Math.min(pixels.width / PIXELS_PER_POINT, 450);
  return { file: `picture-${index}.png`, width, png: png(pixels) };
}

function kindOf(bytes: Uint8Array): 'jpeg' | 'png' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpeg';
  return bytes[0] === 0x89 && bytes[1] === 0x50 ? 'png' : null;
}
