import type { Discovery } from '../finding.ts';
import { fewOf, maskAddress, maskText } from '../masking.ts';
import type { OfficePackage, Relation } from './package.ts';
import { tagsOf, textBetween } from './xml-tree.ts';

/** How people call the part that refers. */
export type PlaceName = (part: string) => string;

/** What a file refers to or carries along: macros, embedded files, outside addresses, parts that nobody refers to. */
export function referenceDiscoveries(pkg: OfficePackage, placeOf: PlaceName): Discovery[] {
  const relations = pkg.allRelations();
  return [
    ...macros(pkg, relations),
    ...customXml(pkg, relations),
    ...embedded(pkg, relations, placeOf),
    ...outside(pkg, relations, placeOf),
    ...printerSettings(pkg, relations, placeOf),
    ...people(pkg, relations),
    ...changeLogs(pkg, relations),
    ...orphans(pkg),
  ];
}

const inside = (relations: readonly Relation[], ...types: string[]) =>
  relations.filter(({ type, external }) => !external && types.includes(type));

const MACRO_TYPES: Readonly<Record<string, string>> = {
  'application/vnd.ms-excel.sheet.macroenabled.main+xml':
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
  'application/vnd.ms-excel.template.macroenabled.main+xml':
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
  'application/vnd.ms-word.document.macroenabled.main+xml':
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  'application/vnd.ms-word.template.macroenabledtemplate.main+xml':
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  'application/vnd.ms-powerpoint.presentation.macroenabled.main+xml':
    'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
  'application/vnd.ms-powerpoint.slideshow.macroenabled.main+xml':
    'application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml',
};

function macros(pkg: OfficePackage, relations: readonly Relation[]): Discovery[] {
  const parts = new Set([
    ...inside(relations, 'vbaProject', 'wordVbaData', 'keyMapCustomizations', 'attachedToolbars').map(
      ({ target }) => target,
    ),
    ...pkg.names().filter((name) => /vbaProject[^/]*\.bin$|vbaData\.xml$/i.test(name)),
  ]);
  const main = pkg.mainPart('officeDocument') ?? '';
  const plain = MACRO_TYPES[pkg.contentType(main)];
  const found = [...parts].filter((name) => pkg.has(name));
  if (found.length === 0 && plain === undefined) return [];
  return [
    {
      kind: 'macro',
      at: 'macro',
      place: '整个文件',
      count: Math.max(1, found.length),
      mend: () => {
        for (const name of found) pkg.drop(name);
        if (plain !== undefined) pkg.setContentType(main, plain);
      },
    },
  ];
}

function customXml(pkg: OfficePackage, relations: readonly Relation[]): Discovery[] {
  const parts = [...new Set(inside(relations, 'customXml').map(({ target }) => target))].filter((name) =>
    pkg.has(name),
  );
  if (parts.length === 0) return [];
  const words = parts.map((name) => (/\.xml$/i.test(name) ? contentOf(pkg, name) : name));
  const telling = words.filter((text) => text !== '');
  return [
    {
      kind: 'custom-xml',
      at: 'custom-xml',
      place: '整个文件',
      count: parts.length,
      evidence: fewOf(telling.map(maskText)),
      // Word itself leaves an empty list of literature in most documents.
      severity: telling.length === 0 ? 'notice' : undefined,
      mend: () => {
        for (const name of parts) pkg.drop(name);
      },
    },
  ];
}

function contentOf(pkg: OfficePackage, name: string): string {
  const xml = pkg.text(name);
  const values = [...tagsOf(xml)]
    .filter(({ kind }) => kind !== 'close')
    .flatMap(({ source }) =>
      [
        ...source.matchAll(/\s(?!xmlns|SelectedStyle|StyleName|Version|[^\s=]*schema)[^\s=]+="([^"]+)"/gi),
      ].map((match) => match[1] ?? ''),
    );
  return [textBetween(xml, 0, xml.length).trim(), ...values].filter((value) => value !== '').join(' ');
}

const EMBEDDED = ['oleObject', 'package', 'embeddings'];
const CONTROLS = ['control', 'activeXControlBinary', 'activeX', 'webextensiontaskpanes'];

function embedded(pkg: OfficePackage, relations: readonly Relation[], placeOf: PlaceName): Discovery[] {
  const objects = inside(relations, ...EMBEDDED).map<Discovery>(({ source, id, target }) => ({
    kind: 'embedded-object',
    at: `${source}!${id}`,
    place: placeOf(source),
    evidence: [extensionOf(target)],
    mend: () => dropObject(pkg, source, id, target),
  }));
  const controls = inside(relations, ...CONTROLS)
    .filter(({ type }) => type !== 'activeXControlBinary')
    .map<Discovery>(({ source, target }) => ({
      kind: 'active-control',
      at: target,
      place: placeOf(source),
      mend: () => pkg.drop(target),
    }));
  return [...objects, ...controls];
}

/** An object of a document shows a picture of itself, which stays. */
function dropObject(pkg: OfficePackage, source: string, id: string, target: string): void {
  pkg.edit(source, (root, edits) => {
    const waiting = [root];
    for (let element = waiting.pop(); element; element = waiting.pop()) {
      waiting.push(...element.children);
      if (element.name !== 'OLEObject' || !element.source.includes(`"${id}"`)) continue;
      const object = element.parent;
      if (object?.name !== 'object') continue;
      const prefix = object.source.match(/^<([^\s:>]+:)?/)?.[1] ?? '';
      edits.put(object.start, object.openEnd, `<${prefix}pict>`);
      edits.put(object.closeStart, object.end, `</${prefix}pict>`);
    }
  });
  pkg.unlink({ source, id });
  if (!pkg.allRelations().some((relation) => relation.target === target)) pkg.drop(target);
}

const PLAIN_LINK = /^(https?:\/\/|mailto:|tel:|#)/i;
/** Told by the inspector of workbooks, together with what is cached of them. */
const OTHERWISE_TOLD = new Set(['externalLinkPath', 'externalLink', 'xlPathMissing', 'xlExternalLinkPath']);

function outside(pkg: OfficePackage, relations: readonly Relation[], placeOf: PlaceName): Discovery[] {
  const found: Discovery[] = [];
  for (const { source, id, type, target, external } of relations) {
    if (!external || OTHERWISE_TOLD.has(type)) continue;
    if (type === 'hyperlink' && PLAIN_LINK.test(target)) continue;
    const remote = /^(https?|ftp|smb|\\\\|\/\/|file:\/\/[^/])/i.test(target);
    const kind =
      type === 'attachedTemplate'
        ? 'attached-template'
        : type === 'hyperlink' || !remote
          ? 'internal-path'
          : 'remote-content';
    found.push({
      kind: /^(javascript|vbscript|data):/i.test(target) ? 'remote-content' : kind,
      at: `${source}!${id}`,
      place: placeOf(source),
      evidence: [maskAddress(target)],
      severity: type === 'attachedTemplate' && remote ? 'grave' : undefined,
      mend: () => pkg.unlink({ source, id }),
    });
  }
  return found;
}

function printerSettings(
  pkg: OfficePackage,
  relations: readonly Relation[],
  placeOf: PlaceName,
): Discovery[] {
  return inside(relations, 'printerSettings')
    .filter(({ target }) => pkg.has(target))
    .map(({ source, target }) => ({
      kind: 'printer-settings',
      at: target,
      place: placeOf(source),
      mend: () => pkg.drop(target),
    }));
}

function people(pkg: OfficePackage, relations: readonly Relation[]): Discovery[] {
  const parts = [
    ...new Set(
      inside(relations, 'people', 'person', 'commentAuthors', 'authors').map(({ target }) => target),
    ),
  ].filter((name) => pkg.has(name));
  const entries = parts.map((name) => pkg.tree(name).children.length);
  const count = entries.reduce((sum, found) => sum + found, 0);
  if (count === 0) return [];
  return [
    {
      kind: 'people-list',
      at: 'people',
      place: '整个文件',
      count,
      mend: () => {
        for (const name of parts) pkg.drop(name);
      },
    },
  ];
}

/** Who changed which slide when, as programs note it for working together. */
function changeLogs(pkg: OfficePackage, relations: readonly Relation[]): Discovery[] {
  const parts = inside(relations, 'changesInfo', 'revisionInfo')
    .map(({ target }) => target)
    .filter((name) => pkg.has(name));
  if (parts.length === 0) return [];
  return [
    {
      kind: 'revision-log',
      at: 'changes',
      place: '整个文件',
      count: parts.length,
      mend: () => {
        for (const name of parts) pkg.drop(name);
      },
    },
  ];
}

/** Parts that no chain of relationships leads to: no program shows them, and no program writes them. */
function orphans(pkg: OfficePackage): Discovery[] {
  const reached = new Set<string>();
  const waiting = [''];
  for (let source = waiting.pop(); source !== undefined; source = waiting.pop()) {
    for (const { target, external } of pkg.relations(source)) {
      if (external || reached.has(target)) continue;
      reached.add(target);
      waiting.push(target);
    }
  }
  return pkg
    .names()
    .filter(
      (name) =>
        !reached.has(name) && name !== '[Content_Types].xml' && !/(^|\/)_rels\/[^/]*\.rels$/.test(name),
    )
    .map((name) => ({
      kind: 'orphan-part',
      at: name,
      place: '整个文件',
      evidence: [extensionOf(name)],
      mend: () => pkg.drop(name),
    }));
}

function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}
