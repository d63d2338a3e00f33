import type { Discovery } from '../finding.ts';
import { fewOf, maskText } from '../masking.ts';
import type { OfficePackage } from '../office/package.ts';
import { attribute, child, descendants, textOf } from '../office/xml-tree.ts';
import {
  type Cell,
  cellName,
  columnName,
  hiddenColumnsOf,
  placeOf,
  type SheetCell,
  within,
} from './cells.ts';
import { invisibleFormats } from './formats.ts';
import type { SheetEntry, Workbook } from './workbook.ts';

export const sheetPlace = ({ name }: { name: string }): string => `工作表“${name}”`;

/** Sheets that are not shown. */
export function hiddenSheets(book: Workbook, strings: readonly string[]): Discovery[] {
  const sheets = book.sheets();
  const allHidden = sheets.every(({ state }) => state !== 'visible');
  return sheets
    .filter(({ state }) => state !== 'visible')
    .map((sheet) => {
      const cells = sheet.type === 'chartsheet' ? [] : filled(book, sheet);
      const mentions = mentionsOf(book, sheet);
      return {
        kind: sheet.state === 'veryHidden' ? 'very-hidden-sheet' : 'hidden-sheet',
        at: sheet.part,
        place: sheetPlace(sheet),
        count: cells.length,
        evidence: fewOf(cells.map((cell) => maskText(shownText(cell, strings)))),
        mend:
          allHidden || !book.hasValues(({ formula }) => mentions(formula?.text ?? ''))
            ? undefined
            : () => dropSheet(book, sheet.name),
      };
    });
}

function* cellsWithContent(book: Workbook, { part }: SheetEntry): Generator<SheetCell> {
  for (const cell of book.cells(part)) {
    if (cell.formula !== null || (cell.value !== null && cell.value !== '')) yield cell;
  }
}

const filled = (book: Workbook, sheet: SheetEntry) =>
  book.pkg.has(sheet.part) ? [...cellsWithContent(book, sheet)] : [];

export function shownText({ type, value, formula }: Cell, strings: readonly string[]): string {
  if (value === null) return formula ? `=${formula.text}` : '';
  return type === 's' ? (strings[Number(value)] ?? '') : value;
}

/** Formulas that speak of a sheet, of a name for part of it, or of a table on it. */
function mentionsOf(book: Workbook, sheet: SheetEntry): (formula: string) => boolean {
  const plain = sheet.name.replaceAll("'", "''");
  const ofSheet = (text: string) =>
    text.toLowerCase().includes(`${plain}!`.toLowerCase()) ||
    text.toLowerCase().includes(`${plain}'!`.toLowerCase()) ||
    text.toLowerCase().includes(`${plain}:`.toLowerCase());
  const names = book
    .names()
    .filter(({ text }) => ofSheet(text))
    .map(({ name }) => name.toLowerCase());
  const tables = book.pkg
    .relations(sheet.part)
    .filter(({ type, target }) => type === 'table' && book.pkg.has(target))
    .map(({ target }) => (attribute(book.pkg.tree(target), 'displayName') ?? '').toLowerCase());
  return (text) => {
    const lower = text.toLowerCase();
    return (
      ofSheet(text) ||
      lower.includes('indirect(') ||
      [...names, ...tables].some((name) => name !== '' && lower.includes(name))
    );
  };
}

function dropSheet(book: Workbook, name: string): void {
  const sheet = book.sheets().find((entry) => entry.name === name);
  if (!sheet) return;
  const { pkg } = book;
  const mentions = mentionsOf(book, sheet);
  const ofSheet = ({ text }: { text: string }) => mentions(text) && !text.toLowerCase().includes('indirect(');
  book.freeze(({ formula }) => mentions(formula?.text ?? ''));
  book.dropRules(mentions);
  book.dropNames(ofSheet);
  for (const part of pkg.names().filter((found) => /charts\/chart[^/]*\.xml$/.test(found)))
    literalSeries(pkg, part, mentions);
  // Local names count the sheets; those behind the one that goes move up.
  pkg.edit(book.part, (root, edits) => {
    for (const entry of child(root, 'definedNames')?.children ?? []) {
      const local = /\slocalSheetId\s*=\s*"(\d+)"/.exec(entry.source);
      if (!local) continue;
      const at = entry.start + local.index;
      const position = Number(local[1]);
      if (position === sheet.index) edits.cut(entry.start, entry.end);
      else if (position > sheet.index) edits.put(at, at + local[0].length, ` localSheetId="${position - 1}"`);
    }
    for (const view of child(root, 'bookViews')?.children ?? []) {
      for (const match of view.source.matchAll(/\s(activeTab|firstSheet)\s*=\s*"\d+"/g)) {
        edits.cut(view.start + match.index, view.start + match.index + match[0].length);
      }
    }
  });
  pkg.drop(sheet.part);
  // The list of sheet names among the properties would still tell of it.
  const properties = pkg.mainPart('extended-properties');
  if (properties) {
    pkg.edit(properties, (root, edits) => {
      for (const { name: found, start, end } of root.children) {
        if (found === 'TitlesOfParts' || found === 'HeadingPairs') edits.cut(start, end);
      }
    });
  }
  book.scrubStrings();
}

/** Series of a chart that were read from a sheet keep the figures they show. */
function literalSeries(pkg: OfficePackage, part: string, mentions: (formula: string) => boolean): void {
  pkg.edit(part, (root, edits, xml) => {
    for (const reference of descendants(root)) {
      if (!/^(num|str|multiLvlStr)Ref$/.test(reference.name)) continue;
      const formula = child(reference, 'f');
      const cache = reference.children.find(({ name }) => /Cache$/.test(name));
      if (!formula || !mentions(textOf(xml, formula))) continue;
      const prefix = /^<([^\s:>]+:)?/.exec(reference.source)?.[1] ?? '';
      if (!cache || reference.name === 'multiLvlStrRef') edits.cut(reference.start, reference.end);
      else if (reference.parent?.name === 'tx') {
        const value = [...descendants(cache)].find(({ name }) => name === 'v');
        const text = value ? xml.slice(value.openEnd, value.closeStart) : '';
        edits.put(reference.start, reference.end, `<${prefix}v>${text}</${prefix}v>`);
      } else {
        const literal = reference.name === 'numRef' ? 'numLit' : 'strLit';
        const content = xml.slice(cache.openEnd, cache.closeStart);
        edits.put(reference.start, reference.end, `<${prefix}${literal}>${content}</${prefix}${literal}>`);
      }
    }
  });
}

/** Rows, columns and cells with content that a visible sheet does not show. */
export function hiddenCells(book: Workbook, strings: readonly string[]): Discovery[] {
  const formats = invisibleFormats(book.pkg, book.part);
  const frozen = book.hasValues(() => true);
  return book
    .worksheets()
    .filter(({ state }) => state === 'visible')
    .flatMap((sheet) => {
      const columns = hiddenColumnsOf(book.pkg.text(sheet.part));
      const tables = tableRanges(book, sheet);
      const groups = {
        rows: [] as Cell[],
        columns: [] as Cell[],
        cells: [] as Cell[],
        styled: [] as Cell[],
      };
      for (const cell of cellsWithContent(book, sheet)) {
        const group = groupOf(cell, columns, formats, tables, strings);
        if (group) groups[group].push(cell);
      }
      const tell = (
        kind: Discovery['kind'],
        group: keyof typeof groups,
        where: (cell: Cell) => string,
        severity?: Discovery['severity'],
      ): Discovery[] => {
        const cells = groups[group];
        if (cells.length === 0) return [];
        return [
          {
            kind,
            at: severity ? `${sheet.part}:${severity}` : sheet.part,
            place: sheetPlace(sheet),
            count: cells.length,
            evidence: fewOf(cells.map((cell) => `${where(cell)} ${maskText(shownText(cell, strings))}`)),
            severity,
            mend: frozen
              ? () =>
                  emptyCells(
                    book,
                    sheet.part,
                    (cell) => groupOf(cell, columns, formats, tables, strings) === group,
                  )
              : undefined,
          },
        ];
      };
      return [
        ...tell('hidden-rows', 'rows', cellName),
        ...tell('hidden-columns', 'columns', ({ column }) => `${columnName(column)} 列`),
        ...tell('invisible-cells', 'cells', cellName),
        ...tell('invisible-cells', 'styled', cellName, 'notice'),
      ];
    });
}

type Ranges = readonly (readonly [{ row: number; column: number }, { row: number; column: number }])[];

function groupOf(
  cell: Cell & { rowHidden?: boolean },
  columns: readonly (readonly [number, number])[],
  formats: readonly { numbers: boolean; texts: boolean }[],
  tables: Ranges,
  strings: readonly string[],
): 'rows' | 'columns' | 'cells' | 'styled' | null {
  if (cell.rowHidden) return 'rows';
  if (within(columns, cell.column)) return 'columns';
  const format = formats[cell.style];
  const invisible = format && (/^(n|b|e|d)$/.test(cell.type) ? format.numbers : format.texts);
  if (!invisible || shownText(cell, strings).trim() === '') return null;
  // The style of a table may lay a dark ground under its cells.
  const styled = tables.some(
    ([from, to]) =>
      from.row <= cell.row && cell.row <= to.row && from.column <= cell.column && cell.column <= to.column,
  );
  return styled ? 'styled' : 'cells';
}

function tableRanges(book: Workbook, sheet: SheetEntry): Ranges {
  return book.pkg
    .relations(sheet.part)
    .filter(({ type, target, external }) => type === 'table' && !external && book.pkg.has(target))
    .flatMap(({ target }) => {
      const [first, last] = (attribute(book.pkg.tree(target), 'ref') ?? '').split(':');
      const from = placeOf(first);
      const to = placeOf(last);
      return from && to ? [[from, to] as const] : [];
    });
}

/** Takes the content of cells away and leaves their formats; formulas everywhere keep the values they showed. */
function emptyCells(book: Workbook, part: string, which: (cell: SheetCell) => boolean): void {
  book.freeze(() => true);
  const xml = book.pkg.text(part);
  const cells = book.cells(part).filter(which);
  book.pkg.rewrite(part, (edits) => {
    for (const cell of cells) {
      const opening = /^<([^\s:>]+:)?c/.exec(xml.slice(cell.start, cell.start + 100));
      edits.put(cell.start, cell.end, `<${opening?.[1] ?? ''}c r="${cellName(cell)}" s="${cell.style}"/>`);
    }
  });
  book.scrubStrings();
}
