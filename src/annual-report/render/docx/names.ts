import type JSZip from 'jszip';

const bookmark =
  /(<w:(?:bookmarkStart|hyperlink) [^>]*w:(?:name|anchor)="|<w:instrText[^>]*>PAGEREF )(_Toc\d+)/g;
const mark = /(<w:bookmark(?:Start|End) [^>]*w:id=")(\d+)/g;
const drawing = /(<wp:docPr [^>]*?id=")(\d+)/g;
const link = /(<w:hyperlink [^>]*r:id=")([^"]+)/g;
const relationship = /(<Relationship [^>]*Id=")([^"]+)/g;

/**
 * Bookmarks, drawings and links are named by counters and chance that outlive one document; here they are numbered from 1, so that
 * the same report gives the same bytes. Returns the document part.
 */
export async function settleNames(parts: JSZip): Promise<string> {
  const document = (await parts.file('word/document.xml')?.async('string')) ?? '';
  const relations = (await parts.file('word/_rels/document.xml.rels')?.async('string')) ?? '';
  const bookmarks = new Map<string, string>();
  const marks = new Map<string, string>();
  const drawings = new Map<string, string>();
  const links = new Map<string, string>();
  const settled = document
    .replace(bookmark, (_, before: string, name: string) => before + numbered(bookmarks, name, '_Toc'))
    .replace(mark, (_, before: string, id: string) => before + numbered(marks, id, ''))
    .replace(drawing, (_, before: string, id: string) => before + numbered(drawings, id, ''))
    .replace(link, (_, before: string, id: string) => before + numbered(links, id, 'link'));
  parts.file('word/document.xml', settled);
  parts.file(
    'word/_rels/document.xml.rels',
    relations.replace(relationship, (_, before: string, id: string) => before + (links.get(id) ?? id)),
  );
  return settled;
}

function numbered(known: Map<string, string>, name: string, prefix: string): string {
  const number = known.get(name) ?? `${prefix}${known.size + 1}`;
  known.set(name, number);
  return number;
}
