import {
  decodePDFRawStream,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFRawStream,
  type PDFStream,
} from '@cantoo/pdf-lib';
import type { Discovery } from '../finding.ts';
import { fewOf, maskText } from '../masking.ts';
import { namesPerson } from '../office/properties.ts';
import { decodeEntities } from '../office/xml-tree.ts';
import { drop, type Reached, textAt } from './objects.ts';

const PLAIN = new Set(['Title', 'Producer', 'Creator', 'CreationDate', 'ModDate', 'Trapped', 'Author']);

/** The two places where a PDF tells about itself, and those of its pictures and pages. */
export function metadataDiscoveries(document: PDFDocument, dicts: readonly Reached[]): Discovery[] {
  const info = infoOf(document);
  const xmp = xmpOf(document.catalog);
  const authors = [
    ...(info ? [textAt(info, 'Author')] : []),
    ...valuesIn(xmp, /<dc:creator\b[\s\S]{0,5000}?<\/dc:creator>/g),
    ...valuesIn(xmp, /<pdf:Author>[^<]{0,500}/g),
    ...valuesIn(xmp, /<xmp:Author>[^<]{0,500}/g),
  ].filter((name) => name.trim() !== '');
  const persons = authors.filter(namesPerson);
  const others = [
    ...(info
      ? info
          .keys()
          .map((key) => key.decodeText())
          .filter((key) => !PLAIN.has(key) && textAt(info, key) !== '')
          .map((key) => textAt(info, key))
      : []),
    ...authors.filter((name) => !namesPerson(name)),
    ...(/<xmpMM:(History|DerivedFrom|Ingredients|Pantry)\b/.test(xmp) ? ['编辑历史'] : []),
  ];
  const found: Discovery[] = [];
  const clear = () => {
    for (const key of info?.keys() ?? [])
      if (!['Title', 'Producer'].includes(key.decodeText())) info?.delete(key);
    replaceXmp(document, xmp);
  };
  if (persons.length > 0) {
    found.push({
      kind: 'document-author',
      at: 'metadata',
      place: '文件属性',
      count: persons.length,
      evidence: fewOf(persons.map(maskText)),
      mend: clear,
    });
  }
  if (others.length > 0) {
    found.push({
      kind: 'document-properties',
      at: 'metadata',
      place: '文件属性',
      count: others.length,
      evidence: fewOf(others.map(maskText)),
      mend: clear,
    });
  }
  const inner = dicts.filter(
    ({ dict }) => dict !== document.catalog && dict.get(PDFName.of('Metadata')) !== undefined,
  );
  if (inner.length > 0) {
    found.push({
      kind: 'image-metadata',
      at: 'inner-metadata',
      place: '图片和页面',
      count: inner.length,
      evidence: ['XMP'],
      mend: () => {
        for (const { dict } of inner) drop(dict, 'Metadata');
      },
    });
  }
  return found;
}

function infoOf(document: PDFDocument): PDFDict | null {
  const info = document.context.lookup(document.context.trailerInfo.Info);
  return info instanceof PDFDict ? info : null;
}

/** The XMP packet of the document as text; '' without one. */
export function xmpOf(catalog: PDFDict): string {
  const stream = catalog.lookup(PDFName.of('Metadata'));
  return stream instanceof PDFRawStream
    ? Buffer.from(contentOf(stream)).toString('utf8').slice(0, 2_000_000)
    : '';
}

/** Decoded content of a stream; empty when it cannot be decoded. */
export function contentOf(stream: PDFStream): Uint8Array {
  try {
    return stream instanceof PDFRawStream ? decodePDFRawStream(stream).decode() : stream.getContents();
  } catch {
    return new Uint8Array();
  }
}

function valuesIn(xmp: string, pattern: RegExp): string[] {
  return [...xmp.matchAll(pattern)].flatMap((match) =>
    match[0]
      .replace(/<[^>]*>/g, '\n')
      .split('\n')
      .map((value) => decodeEntities(value).trim())
      .filter((value) => value !== ''),
  );
}

/** Which standard of archiving the file keeps to is all that stays. */
function replaceXmp(document: PDFDocument, xmp: string): void {
  const part = /pdfaid:part\s*(?:=\s*["']|>)\s*(\d)/.exec(xmp)?.[1];
  const conformance = /pdfaid:conformance\s*(?:=\s*["']|>)\s*([A-Z])/i.exec(xmp)?.[1];
  drop(document.catalog, 'Metadata');
  if (!part) return;
  const packet = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="${part}"${conformance ? ` pdfaid:conformance="${conformance}"` : ''}/></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`;
  const stream = document.context.stream(Buffer.from(packet, 'utf8'), { Type: 'Metadata', Subtype: 'XML' });
  document.catalog.set(PDFName.of('Metadata'), document.context.register(stream));
}
