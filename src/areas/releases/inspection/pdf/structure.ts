import { PDFDict, type PDFDocument, PDFName, PDFNumber, PDFRawStream, PDFStream } from '@cantoo/pdf-lib';
import type { Temporal } from 'temporal-polyfill';
import type { Discovery } from '../finding.ts';
import { openImage } from '../image/index.ts';
import { fewOf, maskText } from '../masking.ts';
import { personalDiscoveries } from '../personal/personal-discoveries.ts';
import { actionDiscoveries } from './actions.ts';
import { annotationDiscoveries } from './annotations.ts';
import { metadataDiscoveries, xmpOf } from './metadata.ts';
import { arrayAt, dictAt, drop, has, nameAt, type Reached, reachedDicts, textAt } from './objects.ts';

/** What the objects of a PDF hold beside the pages that it shows. */
export function structureDiscoveries(document: PDFDocument, today: Temporal.PlainDate): Discovery[] {
  const { dicts, strings, refs } = reachedDicts(document.context);
  const texts = [...strings, xmpOf(document.catalog)].map((text) => ({ label: '', text }));
  return [
    ...metadataDiscoveries(document, dicts),
    ...actionDiscoveries(document.catalog, dicts),
    ...annotationDiscoveries(document),
    ...attachments(document.catalog, dicts),
    ...keyed(dicts, 'PieceInfo', 'private-data'),
    ...keyed(dicts, 'Thumb', 'thumbnail'),
    ...layers(document.catalog),
    ...unused(document, refs),
    ...pictures(document, dicts),
    ...personalDiscoveries({ at: 'strings', place: '书签、标签等内部文字' }, texts, today),
  ];
}

function attachments(catalog: PDFDict, dicts: readonly Reached[]): Discovery[] {
  const files = dicts.filter(({ dict }) => has(dict, 'EF'));
  const names = dictAt(catalog, 'Names');
  if (files.length === 0 && !(names && has(names, 'EmbeddedFiles'))) return [];
  return [
    {
      kind: 'attachment',
      at: 'attachments',
      place: '整个文件',
      count: Math.max(1, files.length),
      evidence: fewOf(files.map(({ dict }) => maskText(textAt(dict, 'UF') || textAt(dict, 'F')))),
      mend: () => {
        if (names) drop(names, 'EmbeddedFiles');
        drop(catalog, 'Collection');
        for (const { dict } of dicts) {
          drop(dict, 'AF');
          drop(dict, 'EF');
        }
      },
    },
  ];
}

function keyed(dicts: readonly Reached[], key: string, kind: 'private-data' | 'thumbnail'): Discovery[] {
  const found = dicts.filter(({ dict }) => has(dict, key));
  if (found.length === 0) return [];
  return [
    {
      kind,
      at: key,
      place: '整个文件',
      count: found.length,
      mend: () => {
        for (const { dict } of found) drop(dict, key);
      },
    },
  ];
}

/** Layers that are off when the file is opened. What is drawn on them cannot be taken out without drawing anew. */
function layers(catalog: PDFDict): Discovery[] {
  const properties = dictAt(catalog, 'OCProperties');
  const usual = properties && dictAt(properties, 'D');
  if (!usual) return [];
  const off =
    nameAt(usual, 'BaseState') === 'OFF'
      ? arrayAt(properties, 'OCGs').filter((layer) => !arrayAt(usual, 'ON').includes(layer))
      : arrayAt(usual, 'OFF');
  const hidden = off.filter((layer) => layer instanceof PDFDict);
  if (hidden.length === 0) return [];
  return [
    {
      kind: 'hidden-layer',
      at: 'layers',
      place: '整个文件',
      count: hidden.length,
      evidence: fewOf(hidden.map((layer) => maskText(textAt(layer, 'Name')))),
    },
  ];
}

/** Objects that nothing leads to: what a program left behind when it took a page or a picture out. */
function unused(document: PDFDocument, reached: ReadonlySet<string>): Discovery[] {
  const left = document.context
    .enumerateIndirectObjects()
    .filter(([ref]) => !reached.has(ref.tag))
    .map(([, object]) => object)
    .filter((object) => object instanceof PDFStream || object instanceof PDFDict)
    .filter((object) => !ofLayout(object instanceof PDFStream ? object.dict : object));
  if (left.length === 0) return [];
  const content = left.filter(
    (object) => object instanceof PDFStream && /^(Image|Form|)$/.test(nameAt(object.dict, 'Subtype')),
  );
  return [
    {
      kind: 'unused-objects',
      at: 'objects',
      place: '整个文件',
      count: left.length,
      severity: content.length > 0 ? undefined : 'notice',
      mend: () => {},
    },
  ];
}

/** Tables of contents of the file itself, which nothing refers to. */
function ofLayout(dict: PDFDict): boolean {
  return (
    has(dict, 'Linearized') ||
    /^(XRef|ObjStm)$/.test(nameAt(dict, 'Type')) ||
    dict.lookup(PDFName.of('S')) instanceof PDFNumber
  );
}

/** Photographs keep what their camera wrote, inside the PDF as well. */
function pictures(document: PDFDocument, dicts: readonly Reached[]): Discovery[] {
  const found = new Map<string, Discovery & { mends: (() => void | Promise<void>)[] }>();
  for (const { dict, stream, ref } of dicts) {
    if (!(stream instanceof PDFRawStream) || !ref || nameAt(dict, 'Subtype') !== 'Image') continue;
    const filters = [nameAt(dict, 'Filter'), ...arrayAt(dict, 'Filter').map(String)].filter(
      (name) => name !== '',
    );
    if (filters.length !== 1 || !/DCTDecode|^\/?DCT$/.test(filters[0] ?? '')) continue;
    const image = openPicture(stream.contents);
    for (const discovery of image?.discoveries ?? []) {
      const key = discovery.kind;
      const entry = found.get(key) ?? {
        ...discovery,
        at: 'pictures',
        place: '页面中的图片',
        count: 0,
        mends: [],
      };
      entry.count = (entry.count ?? 0) + 1;
      entry.mends.push(async () => {
        await discovery.mend?.();
        const bytes = (await image?.save()) ?? stream.contents;
        const fresh = PDFRawStream.of(dict, bytes);
        dict.set(PDFName.of('Length'), PDFNumber.of(bytes.length));
        document.context.assign(ref, fresh);
      });
      found.set(key, entry);
    }
  }
  return [...found.values()].map(({ mends, ...discovery }) => ({
    ...discovery,
    mend: async () => {
      for (const mend of mends) await mend();
    },
  }));
}

/** Readers of PDF are content with pictures that are cut off; what cannot be read here is drawn all the same. */
function openPicture(bytes: Uint8Array): ReturnType<typeof openImage> {
  try {
    return openImage(bytes);
  } catch {
    return null;
  }
}
