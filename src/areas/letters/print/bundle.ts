import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFPage, StandardFonts } from '@cantoo/pdf-lib';
import { sheetPdf } from './pdf.ts';
import type { Sheet } from './printable.ts';

/** One thing of a case to be bound behind the front sheets. */
export interface BundlePart {
  title: string;
  bytes: Uint8Array;
  /** Content type; PDF, JPEG and PNG are bound, the rest is listed. */
  type: string;
}

export interface BundleOrder {
  /** Facts, acts and files of the case; the table of contents is added behind its first block. */
  front: Sheet;
  parts: BundlePart[];
  /** ASCII, stamped on every page beside its number. */
  stamp: string;
}

/** Why a part is not bound in, in words for the table of contents. */
type Omission = string;

const MAX_PAGES = 3000;
const MAX_PIXELS = 40_000_000;
const A4: [number, number] = [595.28, 841.89];
const MARGIN = 42;

/**
 * A case as one PDF: front sheets with a table of contents, then every part that is a PDF or a picture. What cannot be bound
 * in (another kind of file, a damaged or locked one) is named in the contents with the reason.
 */
export async function bundlePdf({ front, parts, stamp }: BundleOrder): Promise<Uint8Array> {
  const bound = await PDFDocument.create();
  const entries: { title: string; page: number | null; omission: Omission | null }[] = [];
  for (const { title, bytes, type } of parts) {
    const page = bound.getPageCount();
    const omission = await bind(bound, bytes, type);
    entries.push({ title, page: omission === null ? page : null, omission });
  }
  const contents = (before: number): Sheet => ({
    ...front,
    blocks: front.blocks.toSpliced(1, 0, {
      kind: 'list',
      heading: '目录',
      columns: ['序号', '材料', '页码'],
      widths: [1, 8, 3],
      rows: entries.map(({ title, page, omission }, index) => [
        String(index + 1),
        title,
        page === null ? `未装订：${omission}` : `第${before + page + 1}页`,
      ]),
      empty: '没有材料。',
    }),
  });
  // Page numbers do not change how long the front is, unless one of them grows by a digit at the foot of a page.
  let before = 0;
  let sheets = await PDFDocument.load(sheetPdf(contents(before)));
  for (let attempt = 0; attempt < 3 && sheets.getPageCount() !== before; attempt++) {
    before = sheets.getPageCount();
    sheets = await PDFDocument.load(sheetPdf(contents(before)));
  }
  for (const [index, page] of (await bound.copyPages(sheets, sheets.getPageIndices())).entries()) {
    bound.insertPage(index, page);
  }
  await number(bound, stamp, before);
  const time = new Date(`${front.on}T00:00:00+08:00`);
  bound.setTitle(front.title);
  bound.setAuthor(front.agency);
  bound.setCreationDate(time);
  bound.setModificationDate(time);
  return bound.save();
}

async function bind(bound: PDFDocument, bytes: Uint8Array, type: string): Promise<Omission | null> {
  try {
    if (type === 'application/pdf') return await bindPdf(bound, bytes);
    if (type === 'image/jpeg' || type === 'image/png') return await bindPicture(bound, bytes, type);
    return '不是 PDF 或者图片，另附原件';
  } catch {
    // A broken file is the sender's fault, not ours: it stays with the case as it came.
    return '文件已损坏或者加密，另附原件';
  }
}

async function bindPdf(bound: PDFDocument, bytes: Uint8Array): Promise<Omission | null> {
  const source = await PDFDocument.load(bytes, { updateMetadata: false });
  if (source.isEncrypted) return '文件已加密，另附原件';
  const pages = source.getPageCount();
  if (pages === 0) return '文件没有页面';
  if (bound.getPageCount() + pages > MAX_PAGES) return `装订超过 ${MAX_PAGES} 页，另附原件`;
  for (const page of await bound.copyPages(source, source.getPageIndices())) {
    disarm(page);
    bound.addPage(page);
  }
  return null;
}

/** Takes away what a page does by itself: scripts, launches, submissions. Links to addresses stay. */
function disarm(page: PDFPage): void {
  page.node.delete(PDFName.of('AA'));
  const annotations = page.node.lookupMaybe(PDFName.of('Annots'), PDFArray);
  for (let index = 0; index < (annotations?.size() ?? 0); index++) {
    const annotation = annotations?.lookupMaybe(index, PDFDict);
    if (!annotation) continue;
    annotation.delete(PDFName.of('AA'));
    const action = annotation.lookupMaybe(PDFName.of('A'), PDFDict);
    if (action && action.get(PDFName.of('S')) !== PDFName.of('URI')) annotation.delete(PDFName.of('A'));
  }
}

async function bindPicture(bound: PDFDocument, bytes: Uint8Array, type: string): Promise<Omission | null> {
  if (type === 'image/png' && pngPixels(bytes) > MAX_PIXELS) return '图片过大，另附原件';
  if (bound.getPageCount() >= MAX_PAGES) return `装订超过 ${MAX_PAGES} 页，另附原件`;
  const picture = await (type === 'image/png' ? bound.embedPng(bytes) : bound.embedJpg(bytes));
  const page = bound.addPage(A4);
  const { width, height } = picture.scaleToFit(A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN);
  page.drawImage(picture, {
    x: (A4[0] - width) / 2,
    y: (A4[1] - height) / 2,
    width,
    height,
  });
  return null;
}

/** From the header, before anything is unpacked. */
function pngPixels(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(16) * view.getUint32(20);
}

/** Stamps every bound page at its lower right; the front sheets carry their own numbers. */
async function number(bound: PDFDocument, stamp: string, front: number): Promise<void> {
  const font = await bound.embedFont(StandardFonts.Helvetica);
  const total = bound.getPageCount();
  for (const [index, page] of bound.getPages().entries()) {
    if (index < front) continue;
    const text = `${stamp}   ${index + 1} / ${total}`;
    const { x, y, width } = page.getCropBox();
    page.drawText(text, { x: x + width - font.widthOfTextAtSize(text, 8) - 14, y: y + 10, size: 8, font });
  }
}
