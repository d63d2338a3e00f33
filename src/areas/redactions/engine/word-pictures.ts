import { UnreadableFile } from '../../../core/spreadsheet/index.ts';
import { png } from './encode.ts';
import { drawPage, withPage, withPdf } from './pdfium.ts';
import { pictureDocument } from './picture-pdf.ts';
import { picturePage } from './pictures.ts';

export interface Decoded {
  file: string;
  /** In points, at 96 pixels an inch. */
  width: number;
  png: Uint8Array;
}

const PIXELS_PER_POINT = 96 / 72;
/** In pixels and points: the width of the text. */
const SHARPEST = 1600;
const WIDEST = 448;

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
  try {
    const page = picturePage(kind, bytes);
    const { width, height, orientation = 1 } = page.picture;
    const across = orientation >= 5 ? height : width;
    const dpi = (Math.min(SHARPEST, across) / page.width) * 72;
    const pixels = await withPdf(pictureDocument([page]), (library, document) =>
      withPage(library, document, 1, (open) => drawPage(open, dpi)),
    );
    return {
      file: `picture-${index}.png`,
      width: Math.min(across / PIXELS_PER_POINT, WIDEST),
      png: png(pixels),
    };
  } catch (error) {
    // A picture that is broken leaves a gap; the rest of the document is worth having.
    if (error instanceof UnreadableFile) return null;
    throw error;
  }
}

function kindOf(bytes: Uint8Array): 'jpeg' | 'png' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpeg';
  return bytes[0] === 0x89 && bytes[1] === 0x50 ? 'png' : null;
}
