import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { SheetFile } from '../../../../core/spreadsheet/source.ts';
import { refused } from '../kind.ts';

const home = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/**
 * Fonts are never drawn here. Without this stand-in for a browser's font list every glyph would be turned into an outline,
 * which takes longer than all the rest.
 */
class UndrawnFont {
  readonly loaded = Promise.resolve(this);
}
Object.assign(globalThis, { FontFace: Reflect.get(globalThis, 'FontFace') ?? UndrawnFont });
const undrawnFonts = { fonts: { add() {}, delete() {} } };

/** @throws UnreadableFile `encrypted` or `damaged` */
export async function openPdf(file: SheetFile): Promise<PDFDocumentProxy> {
  const bytes = 'path' in file ? await readFile(file.path) : file.bytes;
  try {
    return await getDocument({
      // A copy: the parser takes its bytes away.
      data: new Uint8Array(bytes),
      // Character maps of fonts that are not embedded, from this machine; nothing is fetched and nothing is run.
      cMapUrl: join(home, 'cmaps/'),
      cMapPacked: true,
      standardFontDataUrl: join(home, 'standard_fonts/'),
      useWorkerFetch: false,
      isEvalSupported: false,
      enableXfa: false,
      disableFontFace: false,
      ownerDocument: undrawnFonts as unknown as HTMLDocument,
      useSystemFonts: false,
      // Pictures are not looked at.
      maxImageSize: 1,
      isOffscreenCanvasSupported: false,
      isImageDecoderSupported: false,
      verbosity: 0,
    }).promise;
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw refused('encrypted', 'PDF 设有打开密码，无法读取。请取消密码、另存后重新上传。');
    }
    throw damagedPdf();
  }
}

export function damagedPdf(): Error {
  return refused(
    'damaged',
    'PDF 已损坏或不完整，无法打开。请用阅读器打开确认，重新导出为 PDF 或 Word 文档后上传。',
  );
}
