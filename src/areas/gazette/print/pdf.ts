import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Temporal } from 'temporal-polyfill';
import { fontPaths, sans, serif } from '../../../annual-report/render/fonts.ts';
import { chineseDate, plain } from '../../../annual-report/render/words.ts';
import { chineseDate as inNumerals } from '../../../core/chinese-dates.ts';
import { type PictureSize, pictureSize } from '../../../core/picture-size.ts';
import { openTypesetter } from '../../../core/typesetter.ts';
import { type Block, blocksOf, breakable } from './blocks.ts';
import type { Pictures, PrintableDocument, PrintableIssue, PrintOrder } from './printable.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const layout = readFileSync(join(folder, 'gazette.typ'), 'utf8');
const typesetter = openTypesetter(folder, fontPaths({}));

/** A picture with more points is not drawn. */
const MOST_PIXELS = 40_000_000;
/** Width and height of the type area at 96 points an inch. */
const AREA = { width: 590, height: 560 };

/** An issue as PDF. The same issue always gives the same bytes; a picture that cannot be read leaves its words. */
export function issuePdf({ issue, pictures }: PrintOrder): Uint8Array {
  try {
    return draw(issue, pictures);
  } catch (error) {
    const sound = new Map([...pictures].filter(([, picture]) => drawsAlone(picture, issue.on)));
    if (sound.size === pictures.size) throw error;
    return draw(issue, sound);
  }
}

function drawsAlone({ type, bytes }: { type: string; bytes: Uint8Array }, on: string): boolean {
  const size = pictureSize(type, bytes);
  if (size === null) return false;
  try {
    const picture = `#set document(title: "-")\n#image("alone", format: "${size.format}", alt: "-")`;
    typesetter.typeset({ layout: picture, files: new Map([['alone', bytes]]), on });
    return true;
  } catch {
    return false;
  }
}

function draw(issue: PrintableIssue, pictures: Pictures): Uint8Array {
  const sizes = new Map<string, PictureSize>();
  for (const [digest, { type, bytes }] of pictures) {
    const size = pictureSize(type, bytes);
    if (size && size.width * size.height <= MOST_PIXELS) sizes.set(digest, size);
  }
  const used = new Set<string>();
  const blocks = (document: PrintableDocument) =>
    levelled(blocksOf(document.body, (digest) => sizes.has(digest))).map((block) => {
      if (block.kind !== 'picture') return block;
      used.add(block.digest);
      return { ...block, ...pictureData(block.digest, sizes) };
    });
  let count = 0;
  const numbers: Record<string, string> = {};
  const sections = issue.sections.map(({ name, documents }) => ({
    name: line(name),
    documents: documents.map((document) => {
      const label = `document-${++count}`;
      numbers[label] = line(document.documentNumber);
      return {
        label,
        title: breakable(line(document.title)),
        documentNumber: line(document.documentNumber),
        blocks: blocks(document),
        signature: signatureOf(document).map(line),
      };
    }),
  }));
  const data = {
    name: line([issue.title, issue.numberLine, issue.totalLine].filter((part) => part !== '').join(' ')),
    title: line(issue.title),
    numberLine: line(issue.numberLine),
    totalLine: line(issue.totalLine),
    dateText: line(issue.dateText),
    host: line(issue.host),
    editor: line(issue.editor),
    note: line(issue.note),
    description: line(issue.sections.map(({ name }) => name).join('、')),
    keywords: ['政府公报'],
    draft: issue.draft,
    date: issue.on.split('-').map(Number),
    fonts: { serif: [serif], sans: [sans] },
    words: { draft: '审 稿', contents: '目录', host: '主办：', editor: '编辑：', further: '（续表）' },
    numbers,
    sections,
  };
  const files = new Map([['gazette.json', Buffer.from(JSON.stringify(data)) as Uint8Array]]);
  for (const digest of used) {
    const picture = pictures.get(digest);
    if (picture) files.set(`pictures/${digest}`, picture.bytes);
  }
  return typesetter.typeset({ layout, files, on: issue.on });
}

function pictureData(digest: string, sizes: ReadonlyMap<string, PictureSize>) {
  const { width = 0, height = 0, format = 'png' } = sizes.get(digest) ?? {};
  const wide = width > AREA.width;
  const shown = wide ? (height * AREA.width) / width : height;
  const tall = shown > AREA.height;
  return { path: `pictures/${digest}`, format, wide: wide && !tall, tall };
}

/** Headings never skip a level: PDF/UA forbids it, and readers lose their place. */
function levelled(blocks: readonly Block[]): Block[] {
  let above = 0;
  return blocks.map((block) => {
    if (block.kind !== 'heading') return block;
    above = Math.min(block.level, above + 1);
    return { ...block, level: above };
  });
}

/** Body and date under a text that does not end with them itself. */
export function signatureOf({
  plain: text,
  issuingBody,
  formedOn,
}: Pick<PrintableDocument, 'plain' | 'issuingBody' | 'formedOn'>): string[] {
  if (formedOn === null) return [];
  const end = text.slice(-200).replaceAll(/\s/g, '');
  const date = chineseDate(formedOn);
  if (end.includes(date) || end.includes(inNumerals(Temporal.PlainDate.from(formedOn), 'han'))) return [];
  return issuingBody === '' || end.includes(issuingBody) ? [date] : [issuingBody, date];
}

const line = (text: string): string => plain(text).replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
