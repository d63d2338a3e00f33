import { PDFDocument } from '@cantoo/pdf-lib';
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

/** Takes a PDF apart: its bytes, its objects, and its pages as they are seen. @throws UnreadableFile */
export async function openPdf(
  bytes: Uint8Array,
  budget: Budget,
  today: Temporal.PlainDate,
): Promise<OpenedFile> {
  const pages = await pageTexts(bytes, budget);
  const document = await load(bytes);
  return {
    extensions: ['pdf'],
    discoveries: [
      ...rawDiscoveries(bytes),
      ...structureDiscoveries(document, today),
      ...pages.flatMap((page, index) => pageDiscoveries(page, index + 1, today)),
    ],
    async save() {
      dropUnreached(document.context);
      return document.save({ addDefaultPage: false, updateFieldAppearances: false });
    },
  };
}

async function load(bytes: Uint8Array): Promise<PDFDocument> {
  try {
    const document = await PDFDocument.load(bytes, { updateMetadata: false, ignoreEncryption: true });
    if (document.isEncrypted || document.context.trailerInfo.Encrypt) throw encryptedPdf();
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
  { text, unseen, outside }: PageText,
  number: number,
  today: Temporal.PlainDate,
): Discovery[] {
  const at = `page ${number}`;
  const place = `第 ${number} 页`;
  const stretch = (kind: Discovery['kind'], found: readonly string[]): Discovery[] =>
    found.length === 0
      ? []
      : [{ kind, at, place, count: found.length, evidence: fewOf(found.map(maskText)) }];
  return [
    ...stretch('covered-text', unseen),
    ...stretch('outside-page', outside),
    ...personalDiscoveries({ at, place }, [{ label: '', text }], today),
  ];
}
