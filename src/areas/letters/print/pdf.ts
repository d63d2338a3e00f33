import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fontPaths, sans, serif } from '../../../annual-report/render/fonts.ts';
import { plain } from '../../../annual-report/render/words.ts';
import { openTypesetter } from '../../../core/typesetter.ts';
import { type Fact, pairedFacts } from './paired-facts.ts';
import { type PrintableLetter, rowsOf, type Sheet, type SheetBlock } from './printable.ts';
import { qrSvg } from './qr.ts';
import { laterLine, proofLines } from './words.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const layouts = {
  letter: readFileSync(join(folder, 'letter.typ'), 'utf8'),
  sheet: readFileSync(join(folder, 'sheet.typ'), 'utf8'),
};
const fonts = { serif: [serif], sans: [sans] };
const typesetter = openTypesetter(folder, fontPaths({}));

/** The letter as a tagged PDF (PDF/UA-1). The same letter always gives the same bytes. */
export function letterPdf(letter: PrintableLetter): Uint8Array {
  const { proof } = letter;
  return typeset('letter', letter.issuedOn, {
    head: line(letter.head),
    title: line(letter.title),
    number: line(letter.number ?? '（草稿，未编号）'),
    salutation: line(letter.salutation),
    paragraphs: letter.paragraphs.map(line),
    rows: rowsOf(letter).map(({ label, value }) => ({ label: line(label), value: line(value) })),
    remedy: letter.remedy === null ? null : line(letter.remedy),
    attachments: letter.attachments.map(line),
    signature: line(letter.signature),
    dateText: line(letter.dateText),
    description: line([letter.number, proof?.digest].filter(Boolean).join(' ')),
    // The salt makes the file as hard to guess as the text it carries.
    keywords: proof === null ? ['草稿'] : [proof.code, proof.salt],
    draft: proof === null,
    qr: proof === null ? null : qrSvg(proof.address),
    words: {
      seal: '（印章）',
      qr: '核验本文书真伪的二维码',
      proof: proofLines(letter).map(line),
      later: line(laterLine(letter)),
    },
  });
}

export function sheetPdf(sheet: Sheet): Uint8Array {
  return typeset('sheet', sheet.on, {
    agency: line(sheet.agency),
    title: line(sheet.title),
    foot: line(sheet.foot),
    landscape: sheet.landscape === true,
    keywords: [line(sheet.title)],
    blocks: sheet.blocks.map(blockData),
  });
}

function blockData(block: SheetBlock) {
  const heading = line(block.heading ?? '');
  switch (block.kind) {
    case 'facts':
      return { kind: block.kind, heading, rows: paired(block.rows) };
    case 'list':
      return {
        kind: block.kind,
        heading,
        columns: block.columns.map(line),
        widths: block.widths,
        rows: block.rows.map((row) => row.map(lines)),
        empty: line(block.empty),
      };
    case 'code':
      return {
        kind: block.kind,
        heading,
        qr: qrSvg(block.address),
        alt: line(block.alt),
        large: line(block.large),
        paragraphs: block.paragraphs.map(line),
      };
    case 'signature':
      return { kind: block.kind, heading, places: block.places.map(line) };
    default:
      return {
        kind: block.kind,
        heading,
        paragraphs: block.paragraphs.flatMap((part) => lines(part).split('\n')),
      };
  }
}

const paired = (facts: readonly Fact[]) =>
  pairedFacts(facts).flatMap((row) =>
    row.flatMap((fact) =>
      fact ? [{ label: line(fact.label), value: lines(fact.value), wide: row.length === 1 }] : [],
    ),
  );

function typeset(layout: keyof typeof layouts, on: string, data: object): Uint8Array {
  const date = on.split('-').map(Number);
  const read = Buffer.from(JSON.stringify({ ...data, fonts, date }));
  return typesetter.typeset({ layout: layouts[layout], files: new Map([[`${layout}.json`, read]]), on });
}

const lines = (text: string): string => plain(text).replace(/\r\n?|[\u2028\u2029]/g, '\n');

/** Text on one line. */
const line = (text: string): string => plain(text).replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
