import { PDFCatalog, PDFDocument } from '@cantoo/pdf-lib';
import type { Temporal } from 'temporal-polyfill';
import type { Discovery, OpenedFile } from '../finding.ts';
import type { Budget } from '../limits.ts';
import { fewOf, maskText } from '../masking.ts';
import { personalDiscoveries } from '../personal/personal-discoveries.ts';
import { dropUnreached } from './objects.ts';
import { type PageText, readPageText } from './page-text.ts';
import { damagedPdf, encryptedPdf, withPage, withPdf } from './pdfium.ts';
import { rawDiscoveries } from './raw.ts';
import { structureDiscoveries } from './structure.ts';
import { withoutUnseenText } from './unseen-text.ts';

/** Takes a PDF apart: its bytes, its objects, and its pages as they are seen. @throws UnreadableFile */
export async function openPdf(
  bytes: Uint8Array,
  budget: Budget,
  today: Temporal.PlainDate,
): Promise<OpenedFile> {
  const pages = await pageTexts(bytes, budget);
  const document = await load(bytes);
  const stripped = new Set<number>();
  return {
    extensions: ['pdf'],
    discoveries: [
      ...rawDiscoveries(bytes),
      ...structureDiscoveries(document, today),
      ...pages.flatMap((page, index) =>
        pageDiscoveries(page, index + 1, today, (number) => stripped.add(number)),
      ),
    ],
    async save() {
      const saved = await write(document);
      const without = stripped.size > 0 ? await withoutUnseenText(saved, stripped) : null;
      // What it left behind goes as well.
      return without ? write(await load(without)) : saved;
    },
  };
}

/** The file written anew with nothing in it but what its trailer leads to. */
function write(document: PDFDocument): Promise<Uint8Array> {
  dropUnreached(document.context);
  return document.save({ addDefaultPage: false, updateFieldAppearances: false });
}

async function load(bytes: Uint8Array): Promise<PDFDocument> {
  try {
    const document = await PDFDocument.load(bytes, { updateMetadata: false, ignoreEncryption: true });
    if (document.isEncrypted || document.context.trailerInfo.Encrypt) throw encryptedPdf();
    if (!(document.catalog instanceof PDFCatalog)) throw damagedPdf();
    // Walks the whole tree of pages, which a damaged file does not have.
    document.getPages();
    return document;
  } catch (error) {
    throw error instanceof Error && error.name === 'UnreadableFile' ? error : damagedPdf();
  }
}

function pageTexts(bytes: Uint8Array, budget: Budget): Promise<PageText[]> {
  return withPdf(bytes, (library, document, pages) =>
    Array.from({ length: pages }, (_, index) => {
      budget.time();
      return withPage(library, document, index + 1, readPageText);
    }),
  );
}

function pageDiscoveries(
  { text, unseen, outside, removable }: PageText,
  number: number,
  today: Temporal.PlainDate,
  strip: (number: number) => void,
): Discovery[] {
  const at = `page ${number}`;
  const place = `第 ${number} 页`;
  const stretch = (kind: Discovery['kind'], found: readonly string[]): Discovery[] => {
    if (found.length === 0) return [];
    const mend = removable ? () => strip(number) : undefined;
    return [{ kind, at, place, count: found.length, evidence: fewOf(found.map(maskText)), mend }];
  };
  return [
    ...stretch('covered-text', unseen),
    ...stretch('outside-page', outside),
    ...personalDiscoveries({ at, place }, [{ label: '', text }], today),
  ];
}
