import { posix } from 'node:path';
import { pack } from '../archive/pack.ts';
import { unpack } from '../archive/unpack.ts';
import type { Budget } from '../limits.ts';
import { Edits } from './edits.ts';
import { attribute, attributesOf, checkXml, decodeXml, type Element, tagsOf, treeOf } from './xml-tree.ts';

/** A relationship of one part to another or to something outside (ECMA-376 part 2, 9.3). */
export interface Relation {
  /** The part that refers; '' for the package. */
  source: string;
  id: string;
  /** The last word of the type, e.g. `hyperlink`. */
  type: string;
  /** A part of the package, or an address when it is external. */
  target: string;
  external: boolean;
}

const CONTENT_TYPES = '[Content_Types].xml';
/** Elements that hold nothing but references: without any they are not allowed to stand. */
const LISTS = new Set([
  'externalReferences',
  'pivotCaches',
  'oleObjects',
  'controls',
  'tableParts',
  'sheets',
  'customSheetViews',
  'extLst',
  'ext',
  'slicerCaches',
  'slicerList',
  'timelineRefs',
  'timelineCachePivotCaches',
  'custDataLst',
]);

/** An Office file taken apart. Changes go through `rewrite`, `drop` and `unlink`, which keep the references whole. */
export class OfficePackage {
  readonly #parts: Map<string, Uint8Array>;
  readonly #texts = new Map<string, string>();
  readonly #budget: Budget;

  private constructor(parts: Map<string, Uint8Array>, budget: Budget) {
    this.#parts = parts;
    this.#budget = budget;
  }

  /** @throws UnreadableFile */
  static async open(bytes: Uint8Array, budget: Budget): Promise<OfficePackage> {
    return new OfficePackage(await unpack(bytes, budget), budget);
  }

  names(under = ''): string[] {
    return [...this.#parts.keys()].filter((name) => name.startsWith(under));
  }

  has(name: string): boolean {
    return this.#parts.has(name);
  }

  bytes(name: string): Uint8Array {
    return this.#parts.get(name) ?? new Uint8Array();
  }

  setBytes(name: string, bytes: Uint8Array): void {
    this.#parts.set(name, bytes);
    this.#texts.delete(name);
  }

  /** A part as checked XML; '' when it is not there. @throws UnreadableFile */
  text(name: string): string {
    const known = this.#texts.get(name);
    if (known !== undefined) return known;
    const bytes = this.#parts.get(name);
    if (!bytes) return '';
    const text = decodeXml(bytes);
    checkXml(text, this.#budget);
    this.#texts.set(name, text);
    return text;
  }

  tree(name: string): Element {
    return treeOf(this.text(name));
  }

  setText(name: string, text: string): void {
    this.#parts.set(name, Buffer.from(text, 'utf8'));
    this.#texts.set(name, text);
  }

  /** Changes a part by editing its elements. */
  edit(name: string, change: (root: Element, edits: Edits, xml: string) => void): void {
    this.rewrite(name, (edits, xml) => change(treeOf(xml), edits, xml));
  }

  /** Changes a part by editing its text, for those too large to be made a tree of. */
  rewrite(name: string, change: (edits: Edits, xml: string) => void): void {
    if (!this.has(name)) return;
    const xml = this.text(name);
    const edits = new Edits();
    change(edits, xml);
    if (!edits.isEmpty) this.setText(name, edits.apply(xml));
  }

  /** The relationships of one part, or of the package for ''. */
  relations(source: string): Relation[] {
    const xml = this.text(relationsName(source));
    if (xml === '') return [];
    const folder = posix.dirname(`/${source}`);
    return [...tagsOf(xml)]
      .filter(({ kind, name }) => kind !== 'close' && name === 'Relationship')
      .map((tag) => {
        const external = attribute(tag, 'TargetMode') === 'External';
        const target = attribute(tag, 'Target') ?? '';
        return {
          source,
          id: attribute(tag, 'Id') ?? '',
          type: (attribute(tag, 'Type') ?? '').split('/').at(-1) ?? '',
          target: external ? target : posix.resolve(folder, decodePath(target)).slice(1),
          external,
        };
      });
  }

  allRelations(): Relation[] {
    return this.names()
      .filter((name) => /(^|\/)_rels\/[^/]*\.rels$/.test(name))
      .flatMap((name) => this.relations(sourceOf(name)));
  }

  /** The part that a relationship of the package of this type leads to, e.g. `officeDocument`. */
  mainPart(type: string): string | undefined {
    return this.relations('').find((relation) => relation.type === type && !relation.external)?.target;
  }

  /** The content type of a part, in lower case. */
  contentType(name: string): string {
    const extension = name.split('.').at(-1)?.toLowerCase() ?? '';
    let byExtension = '';
    for (const tag of tagsOf(this.text(CONTENT_TYPES))) {
      const type = (attribute(tag, 'ContentType') ?? '').toLowerCase();
      if (tag.name === 'Override' && attribute(tag, 'PartName')?.toLowerCase() === `/${name.toLowerCase()}`) {
        return type;
      }
      if (tag.name === 'Default' && attribute(tag, 'Extension')?.toLowerCase() === extension)
        byExtension = type;
    }
    return byExtension;
  }

  setContentType(name: string, type: string): void {
    this.edit(CONTENT_TYPES, (root, edits) => {
      const override = `<Override PartName="/${name}" ContentType="${type}"/>`;
      const known = root.children.find(
        (entry) => entry.name === 'Override' && attribute(entry, 'PartName') === `/${name}`,
      );
      if (known) edits.put(known.start, known.end, override);
      else edits.put(root.closeStart, root.closeStart, override);
    });
  }

  /** Takes a part away with its relationships, what only it needs, and every reference to it. */
  drop(name: string): void {
    if (!this.has(name)) return;
    const own = this.relations(name).filter(({ external }) => !external);
    const pointing = this.allRelations().filter(({ target, external }) => !external && target === name);
    this.#remove(name);
    this.#remove(relationsName(name));
    this.edit(CONTENT_TYPES, (root, edits) => {
      for (const entry of root.children) {
        if (attribute(entry, 'PartName')?.toLowerCase() === `/${name.toLowerCase()}`) {
          edits.cut(entry.start, entry.end);
        }
      }
    });
    for (const relation of pointing) this.unlink(relation);
    const used = new Set(this.allRelations().map(({ target }) => target));
    for (const { target } of own) if (!used.has(target)) this.drop(target);
  }

  /** Takes a relationship away, and in the part that has it the elements that stand for it. */
  unlink({ source, id }: Pick<Relation, 'source' | 'id'>): void {
    this.edit(relationsName(source), (root, edits) => {
      for (const entry of root.children) if (attribute(entry, 'Id') === id) edits.cut(entry.start, entry.end);
    });
    if (source === '' || !this.#isXml(source)) return;
    this.edit(source, (root, edits) => dropReferences(root, edits, id));
  }

  save(): Promise<Uint8Array> {
    return pack(this.#parts);
  }

  #remove(name: string): void {
    this.#parts.delete(name);
    this.#texts.delete(name);
  }

  #isXml(name: string): boolean {
    return /\.(xml|vml|rels)$/i.test(name);
  }
}

/** Attributes that name a relationship carry a prefix, as `r:id`, `r:embed`, `r:link`, `o:relid`, `r:pict`. */
function dropReferences(element: Element, edits: Edits, id: string): boolean {
  const reference = element.source.includes(`"${id}"`) || element.source.includes(`'${id}'`);
  const found = reference
    ? attributesOf(element).find(
        ({ name, value }) =>
          value === id && /^[^:]+:(id|embed|link|relid|pict|dm|lo|qs|cs|href)$/i.test(name),
      )
    : undefined;
  if (found) {
    switch (element.name) {
      case 'hyperlink':
        // A link of a document holds its words; that of a sheet is empty.
        if (element.children.length > 0) edits.unwrap(element);
        else edits.cut(element.start, element.end);
        return true;
      case 'pageSetup':
      case 'blip':
      case 'imagedata':
      case 'fill':
        edits.cut(found.start, found.end);
        return false;
      default:
        edits.cut(element.start, element.end);
        return true;
    }
  }
  let left = element.children.length;
  for (const entry of element.children) if (dropReferences(entry, edits, id)) left -= 1;
  if (left === 0 && element.children.length > 0 && LISTS.has(element.name)) {
    edits.cut(element.start, element.end);
    return true;
  }
  return false;
}

function relationsName(source: string): string {
  if (source === '') return '_rels/.rels';
  return posix.join(posix.dirname(source), '_rels', `${posix.basename(source)}.rels`);
}

function sourceOf(relations: string): string {
  const folder = posix.dirname(posix.dirname(relations));
  const name = posix.basename(relations).replace(/\.rels$/, '');
  return name === '' ? '' : folder === '.' ? name : `${folder}/${name}`;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path.split(/[?#]/)[0] ?? '');
  } catch {
    return path;
  }
}
