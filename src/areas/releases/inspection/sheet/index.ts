import type { Temporal } from 'temporal-polyfill';
import { escapeQuoted } from '../../../../core/markup.ts';
import { type PersonalDatum, personalData } from '../../../../law/index.ts';
import type { Discovery } from '../finding.ts';
import type { OfficePackage } from '../office/package.ts';
import { shapeDiscoveries } from '../office/shapes.ts';
import { maskPiece } from '../office/text-blocks.ts';
import { type PlacedText, personalDiscoveries } from '../personal/personal-discoveries.ts';
import { type Cell, cellName } from './cells.ts';
import { sheetComments } from './comments.ts';
import { hiddenCells, hiddenSheets, sheetPlace, shownText } from './hidden.ts';
import { nameTexts, outsideDiscoveries } from './outside.ts';
import { type SheetEntry, Workbook } from './workbook.ts';

/** What a workbook holds beside the cells that it shows. */
export function sheetDiscoveries(pkg: OfficePackage, today: Temporal.PlainDate): Discovery[] {
  const book = new Workbook(pkg);
  const strings = book.strings();
  const drawings = pkg.names().filter((name) => /drawings\/[^/]*\.(xml|vml)$/.test(name));
  return [
    ...hiddenSheets(book, strings),
    ...hiddenCells(book, strings),
    ...orphanStrings(book, strings),
    ...sheetComments(book),
    ...outsideDiscoveries(book),
    ...shapeDiscoveries(pkg, drawings, () => '工作表中的图形'),
    ...book.worksheets().flatMap((sheet) => personalOf(book, sheet, strings, today)),
    ...personalDiscoveries({ at: book.part, place: '名称管理器' }, nameTexts(book), today),
  ];
}

/** `工作表“名单”` for a part of a workbook. */
export function sheetPlaces(pkg: OfficePackage): (part: string) => string {
  const sheets = new Map(new Workbook(pkg).sheets().map((sheet) => [sheet.part, sheetPlace(sheet)]));
  return (part) => sheets.get(part) ?? '整个工作簿';
}

function orphanStrings(book: Workbook, strings: readonly string[]): Discovery[] {
  const used = book.usedStrings();
  const orphans = strings.filter((text, index) => !used.has(index) && text.trim() !== '');
  if (orphans.length === 0) return [];
  return [
    {
      kind: 'orphan-strings',
      at: 'strings',
      place: '整个工作簿',
      count: orphans.length,
      evidence: orphans.slice(0, 5).map((text) => `${[...text][0] ?? ''}***（${[...text].length}字）`),
      mend: () => book.scrubStrings(),
    },
  ];
}

function personalOf(
  book: Workbook,
  sheet: SheetEntry,
  strings: readonly string[],
  today: Temporal.PlainDate,
): Discovery[] {
  return personalDiscoveries(
    { at: sheet.part, place: sheetPlace(sheet) },
    placedTexts(book, sheet, strings),
    today,
    (kind) => maskCells(book, sheet, kind, today),
  );
}

function* placedTexts(book: Workbook, sheet: SheetEntry, strings: readonly string[]): Generator<PlacedText> {
  for (const cell of book.cells(sheet.part)) {
    const label = cellName(cell);
    if (cell.formula && cell.formula.text.length > 6) yield { label, text: cell.formula.text };
    if (cell.value !== null && cell.value.length > 5 - (cell.type === 's' ? 5 : 0)) {
      yield { label, text: shownText(cell, strings) };
    }
  }
}

/** Writes the cells that hold such data anew, as text with the data masked; a formula among them gives way to its value. */
function maskCells(
  book: Workbook,
  sheet: SheetEntry,
  kind: PersonalDatum['kind'],
  today: Temporal.PlainDate,
): void {
  const strings = book.strings();
  const telling = (cell: Cell) =>
    [shownText(cell, strings), cell.formula?.text ?? ''].some((text) =>
      personalData(text, today).some((datum) => datum.kind === kind),
    );
  book.freeze(telling);
  const cells = book.cells(sheet.part);
  book.pkg.rewrite(sheet.part, (edits, xml) => {
    for (const cell of cells) {
      if (cell.value === null || !telling(cell)) continue;
      const text = shownText(cell, strings);
      const data = personalData(text, today).filter((datum) => datum.kind === kind);
      const prefix = /^<([^\s:>]+:)?c/.exec(xml.slice(cell.start, cell.start + 100))?.[1] ?? '';
      const inside = `<${prefix}is><${prefix}t xml:space="preserve">${escapeQuoted(maskPiece(text, 0, data))}</${prefix}t></${prefix}is>`;
      edits.put(
        cell.start,
        cell.end,
        `<${prefix}c r="${cellName(cell)}" s="${cell.style}" t="inlineStr">${inside}</${prefix}c>`,
      );
    }
  });
  book.scrubStrings();
}
