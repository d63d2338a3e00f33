import type { Discovery } from '../finding.ts';
import { fewOf, maskAddress, maskText } from '../masking.ts';
import type { OfficePackage } from '../office/package.ts';
import { attribute, child, descendants, tagsOf, textOf } from '../office/xml-tree.ts';
import { type Cell, cellName } from './cells.ts';
import { sheetPlace } from './hidden.ts';
import type { Workbook } from './workbook.ts';

const OTHER_BOOK = /\[\d{1,4}\]/;
const OUTSIDE_NAME = /\[\d{1,4}\]|\\\\|:\/\/|\[[^\]]{1,200}\.(xls|csv)/i;
const OUTSIDE_FUNCTIONS =
  /(?:^|[^A-Za-z0-9_.])(?:_xlfn\.)?(WEBSERVICE|FILTERXML|RTD|CALL|REGISTER(?:\.ID)?|EXEC|SQL\.REQUEST|DDE|IMPORT(?:XML|HTML|DATA|FEED|RANGE)|IMAGE|STOCKHISTORY|CUBE[A-Z]{3,20}|HYPERLINK)\s*\(/gi;

/** Other workbooks, data connections and the copies of their data that a workbook carries along. */
export function outsideDiscoveries(book: Workbook): Discovery[] {
  return [
    ...otherBooks(book),
    ...names(book),
    ...connections(book),
    ...pivotCaches(book),
    ...revisions(book),
    ...outsideFormulas(book),
  ];
}

function targets(pkg: OfficePackage, source: string, ...types: string[]): string[] {
  return pkg
    .relations(source)
    .filter(({ type, external, target }) => !external && types.includes(type) && pkg.has(target))
    .map(({ target }) => target);
}

const ofOtherBook = ({ formula }: Cell) => OTHER_BOOK.test(formula?.text ?? '');

function otherBooks(book: Workbook): Discovery[] {
  const { pkg } = book;
  const parts = targets(pkg, book.part, 'externalLink');
  if (parts.length === 0) return [];
  const addresses = parts.flatMap((part) => pkg.relations(part).map(({ target }) => maskAddress(target)));
  const cached = parts.reduce(
    (sum, part) =>
      sum +
      [...tagsOf(pkg.text(part))].filter(({ kind, name }) => kind !== 'close' && name === 'cell').length,
    0,
  );
  return [
    {
      kind: 'external-workbook',
      at: 'external-links',
      place: '整个工作簿',
      count: parts.length,
      evidence: fewOf([...addresses, ...(cached > 0 ? [`缓存了 ${cached} 个单元格`] : [])]),
      mend: book.hasValues(ofOtherBook)
        ? () => {
            book.freeze(ofOtherBook);
            book.dropRules((formula) => OTHER_BOOK.test(formula));
            book.dropNames(({ text }) => OTHER_BOOK.test(text));
            for (const part of parts) pkg.drop(part);
          }
        : undefined,
    },
  ];
}

function names(book: Workbook): Discovery[] {
  const all = book.names();
  const outside = all.filter(({ text }) => OUTSIDE_NAME.test(text));
  const hidden = all.filter((entry) => isHiddenName(entry) && !outside.includes(entry));
  const found: Discovery[] = [];
  if (outside.length > 0) {
    found.push({
      kind: 'outside-name',
      at: 'names',
      place: '名称管理器',
      count: outside.length,
      evidence: fewOf(outside.map(({ name }) => maskText(name))),
      mend: () => {
        freezeUsers(book, outside);
        book.dropNames(({ text }) => OUTSIDE_NAME.test(text));
      },
    });
  }
  if (hidden.length > 0) {
    found.push({
      kind: 'hidden-name',
      at: 'names',
      place: '名称管理器',
      count: hidden.length,
      evidence: fewOf(hidden.map(({ text }) => maskText(text))),
      mend: () => {
        freezeUsers(book, hidden);
        book.dropNames(isHiddenName);
      },
    });
  }
  return found;
}

/** Names of Excel's own, as of a filter, are hidden by nature. */
const isHiddenName = ({ name, hidden }: { name: string; hidden: boolean }) =>
  hidden && !/^_xl(nm|chart|pm|fn)\b/i.test(name) && !/^_xlnm\./i.test(name);

function freezeUsers(book: Workbook, gone: readonly { name: string }[]): void {
  const lower = gone.map(({ name }) => name.toLowerCase());
  book.freeze(({ formula }) => lower.some((name) => formula?.text.toLowerCase().includes(name) === true));
}

function connections(book: Workbook): Discovery[] {
  const { pkg } = book;
  const sources = [book.part, ...book.worksheets().map(({ part }) => part)];
  const tables = sources.flatMap((source) => targets(pkg, source, 'table'));
  const parts = [
    ...targets(pkg, book.part, 'connections', 'powerPivotData', 'xmlMaps', 'model'),
    ...[...sources, ...tables].flatMap((source) => targets(pkg, source, 'queryTable')),
  ];
  if (parts.length === 0) return [];
  const addresses = parts
    .filter((part) => part.endsWith('.xml'))
    .flatMap((part) => [...descendants(pkg.tree(part))])
    .flatMap((element) => ['connection', 'url', 'sourceFile'].map((name) => attribute(element, name) ?? ''))
    .filter((value) => value !== '')
    .map((value) => (value.includes('=') ? maskText(value) : maskAddress(value)));
  return [
    {
      kind: 'connection',
      at: 'connections',
      place: '整个工作簿',
      count: parts.length,
      evidence: fewOf(addresses),
      mend: () => {
        for (const part of parts) pkg.drop(part);
        for (const table of tables) plainTable(pkg, table);
        pkg.edit(book.part, (root, edits) => {
          for (const { name, parent } of descendants(root)) {
            if (name === 'dataModel' && parent) edits.cut(parent.start, parent.end);
          }
        });
      },
    },
  ];
}

/** A table that a query filled becomes one that stands for itself. */
function plainTable(pkg: OfficePackage, part: string): void {
  pkg.edit(part, (root, edits) => {
    for (const element of [root, ...descendants(root)]) {
      for (const match of element.source.matchAll(
        /\s(tableType|connectionId|queryTableFieldId)\s*=\s*"[^"]*"/g,
      )) {
        edits.cut(element.start + match.index, element.start + match.index + match[0].length);
      }
    }
  });
}

const PIVOT_FORMULA = /GETPIVOTDATA\s*\(|CUBE[A-Z]+\s*\(/i;

function pivotCaches(book: Workbook): Discovery[] {
  const { pkg } = book;
  const caches = targets(pkg, book.part, 'pivotCacheDefinition');
  const stray = pkg
    .allRelations()
    .filter(({ type, external }) => !external && type === 'pivotCacheDefinition');
  const parts = [...new Set([...caches, ...stray.map(({ target }) => target)])].filter((part) =>
    pkg.has(part),
  );
  if (parts.length === 0) return [];
  const values = parts.flatMap((part) =>
    [...descendants(pkg.tree(part))]
      .filter(({ name, parent }) => /^[snd]$/.test(name) && parent?.name === 'sharedItems')
      .map((item) => attribute(item, 'v') ?? ''),
  );
  const records = parts
    .flatMap((part) => targets(pkg, part, 'pivotCacheRecords'))
    .reduce((sum, part) => sum + pkg.tree(part).children.length, 0);
  return [
    {
      kind: 'pivot-cache',
      at: 'pivot-caches',
      place: '整个工作簿',
      count: Math.max(records, parts.length),
      evidence: fewOf(values.map(maskText)),
      mend: () => {
        book.freeze(({ formula }) => PIVOT_FORMULA.test(formula?.text ?? ''));
        dropSlicers(pkg);
        const tables = pkg.allRelations().filter(({ type }) => type === 'pivotTable');
        for (const { target } of tables) pkg.drop(target);
        for (const part of parts) pkg.drop(part);
        dropPivotCharts(pkg);
      },
    },
  ];
}

/** Slicers and time lines show the values of a cache, also in a sheet's drawing. */
function dropSlicers(pkg: OfficePackage): void {
  const found = pkg
    .allRelations()
    .filter(({ type, external }) => !external && /^(slicer|slicerCache|timeline|timelineCache)$/.test(type));
  for (const { target } of found) pkg.drop(target);
  for (const part of pkg.names().filter((name) => /drawings\/drawing[^/]*\.xml$/.test(name))) {
    if (!/slicer/i.test(pkg.text(part))) continue;
    pkg.edit(part, (root, edits) => {
      for (const anchor of root.children) {
        const slicer = [...descendants(anchor)].some(
          ({ name, source }) => name === 'graphicData' && /(time)?slicer/i.test(source),
        );
        if (slicer) edits.cut(anchor.start, anchor.end);
      }
    });
  }
}

/** A chart of a pivot table stays as a chart of its cells. */
function dropPivotCharts(pkg: OfficePackage): void {
  for (const part of pkg.names().filter((name) => /charts\/chart[^/]*\.xml$/.test(name))) {
    pkg.edit(part, (root, edits) => {
      const source = child(root, 'pivotSource');
      if (source) edits.cut(source.start, source.end);
    });
  }
}

function revisions(book: Workbook): Discovery[] {
  const parts = targets(book.pkg, book.part, 'revisionHeaders', 'usernames');
  if (parts.length === 0) return [];
  return [
    {
      kind: 'revision-log',
      at: 'revisions',
      place: '整个工作簿',
      count: parts.length,
      mend: () => {
        for (const part of parts) book.pkg.drop(part);
      },
    },
  ];
}

function outsideFormulas(book: Workbook): Discovery[] {
  return book.worksheets().flatMap((sheet) => {
    const cells = book.cells(sheet.part).filter(reachesOutside);
    if (cells.length === 0) return [];
    const frozen = cells.every(({ value }) => value !== null);
    return [
      {
        kind: 'outside-formula',
        at: sheet.part,
        place: sheetPlace(sheet),
        count: cells.length,
        evidence: fewOf(cells.map((cell) => `${cellName(cell)} ${nameOf(cell.formula?.text ?? '')}`)),
        mend: frozen ? () => book.freeze(reachesOutside) : undefined,
      },
    ];
  });
}

function reachesOutside({ formula }: Cell): boolean {
  return formula !== null && nameOf(formula.text) !== '';
}

/** The function that reaches out, `DDE` for the old way of calling programs; '' for none. */
function nameOf(formula: string): string {
  const bare = formula.replace(/"(?:[^"]|"")*"/g, '""');
  if (/[A-Za-z0-9_.]\|\s*'?[^|]{0,300}!/.test(bare)) return 'DDE';
  for (const match of bare.matchAll(OUTSIDE_FUNCTIONS)) {
    const name = match[1]?.toUpperCase() ?? '';
    // A link that is only written out goes where it says; one put together from cells carries them away.
    if (name !== 'HYPERLINK') return name;
    const rest = bare.slice(match.index + match[0].length);
    if (!/^\s*""\s*[,)]/.test(rest) && !/^\s*"?#/.test(rest)) return name;
    if (/HYPERLINK\s*\(\s*"(file:|\\\\|javascript:)/i.test(formula)) return name;
  }
  return '';
}

/** For the words of defined names, which hold texts as well. */
export function nameTexts(book: Workbook): { label: string; text: string }[] {
  const xml = book.pkg.text(book.part);
  return (child(book.pkg.tree(book.part), 'definedNames')?.children ?? []).map((entry) => ({
    label: '',
    text: textOf(xml, entry),
  }));
}
