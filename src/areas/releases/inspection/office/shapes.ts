import type { Discovery } from '../finding.ts';
import { fewOf, maskText } from '../masking.ts';
import type { OfficePackage } from './package.ts';
import type { PlaceName } from './references.ts';
import { ancestor, attribute, child, descendants, type Element, textOf } from './xml-tree.ts';

/** Namespaces that today's readers know, by their usual prefix: they show the choice, older ones the fallback. */
const KNOWN =
  /^(wps|wpg|wpc|wpi|w1[0-9](se|cid|cex|sdtdh|du)?|w16[a-z]*|a1[0-9]|v[0-9]?|x1[0-9](ac)?|xr[0-9]*|p1[0-9]|c1[0-9]|cx[0-9]*|am3d|aink|dsp|o|ma|mv|wp1[0-9]|xdr1[0-9]|sle1[0-9]|thm1[0-9]|iact|p228|oel|ahyp|asvg|adec|a16|cs|psuz|psez|pslz|we|aclsh)$/i;

/** What drawings hide in any Office file: other content for other readers, shapes set invisible, parts cut off pictures. */
export function shapeDiscoveries(
  pkg: OfficePackage,
  parts: readonly string[],
  placeOf: PlaceName,
): Discovery[] {
  return parts.flatMap((part) => {
    const xml = pkg.text(part);
    if (!/AlternateContent|hidden="|srcRect|visibility:\s*hidden/.test(xml)) return [];
    const root = pkg.tree(part);
    const place = placeOf(part);
    const found: Discovery[] = [];

    const unlike = alternates(root).filter((alternate) => shownAndOther(alternate, xml) !== null);
    if (unlike.length > 0) {
      found.push({
        kind: 'alternate-content',
        at: part,
        place,
        count: unlike.length,
        evidence: fewOf(unlike.map((alternate) => maskText(shownAndOther(alternate, xml) ?? ''))),
        mend: () => keepShown(pkg, part),
      });
    }
    const hidden = hiddenShapes(root);
    if (hidden.length > 0) {
      found.push({
        kind: 'hidden-shape',
        at: part,
        place,
        count: hidden.length,
        evidence: fewOf(hidden.map((shape) => maskText(textOf(xml, shape)))),
        mend: () =>
          pkg.edit(part, (fresh, edits) => {
            for (const { start, end } of hiddenShapes(fresh)) edits.cut(start, end);
          }),
      });
    }
    const cropped = [...descendants(root)].filter(isCropped);
    if (cropped.length > 0) found.push({ kind: 'cropped-picture', at: part, place, count: cropped.length });
    return found;
  });
}

const alternates = (root: Element) =>
  [...descendants(root)].filter(({ name }) => name === 'AlternateContent');

function branches(alternate: Element): { shown: Element | undefined; others: Element[] } {
  const choices = alternate.children.filter(({ name }) => name === 'Choice');
  const fallback = child(alternate, 'Fallback');
  const shown =
    choices.find((choice) =>
      (attribute(choice, 'Requires') ?? '').split(/\s+/).every((prefix) => KNOWN.test(prefix)),
    ) ?? fallback;
  return { shown, others: alternate.children.filter((branch) => branch !== shown) };
}

/** The words of a branch that is not shown when they are not those of the one that is; null when they are. */
function shownAndOther(alternate: Element, xml: string): string | null {
  const { shown, others } = branches(alternate);
  const words = shown ? wordsOf(xml, shown) : '';
  for (const other of others) {
    const own = wordsOf(xml, other);
    if (own !== '' && own !== words) return own;
  }
  return null;
}

/** Words only: positions of a drawing are text to XML as well. */
function wordsOf(xml: string, branch: Element): string {
  return [...descendants(branch)]
    .filter(({ name }) => name === 't' || name === 'delText')
    .map((leaf) => textOf(xml, leaf))
    .join('')
    .replace(/\s+/g, '');
}

function keepShown(pkg: OfficePackage, part: string): void {
  pkg.edit(part, (root, edits, xml) => {
    for (const alternate of alternates(root)) {
      if (shownAndOther(alternate, xml) === null) continue;
      for (const { name, openEnd, closeStart, start, end } of branches(alternate).others) {
        if (name === 'Fallback') edits.cut(openEnd, closeStart);
        else edits.cut(start, end);
      }
    }
  });
}

const SHAPES = ['sp', 'pic', 'graphicFrame', 'cxnSp', 'grpSp', 'wsp'];
const FRAMES = ['drawing', 'twoCellAnchor', 'oneCellAnchor', 'absoluteAnchor'];

/** The outermost element that goes when the shape goes. */
function hiddenShapes(root: Element): Element[] {
  const found: Element[] = [];
  for (const element of descendants(root)) {
    if (/^(cNvPr|docPr)$/.test(element.name) && /^(1|true)$/.test(attribute(element, 'hidden') ?? '')) {
      const shape = ancestor(element, ...(element.name === 'docPr' ? FRAMES : SHAPES));
      const frame = shape && ancestor(shape, 'twoCellAnchor', 'oneCellAnchor', 'absoluteAnchor');
      // An anchor of a sheet holds one shape; a group holds many.
      const whole = frame && shape?.parent === frame ? frame : shape;
      if (whole) found.push(whole);
    }
    if (/^(shape|rect|oval|roundrect)$/.test(element.name) && /visibility:\s*hidden/.test(element.source)) {
      // Notes of a sheet are drawn so; they are told as comments.
      const note = element.children.some(
        ({ name, source }) => name === 'ClientData' && /ObjectType="Note"/.test(source),
      );
      if (!note && child(element, 'textbox')) found.push(element);
    }
  }
  return found;
}

/** More than a hair is cut off; parts of a hundred thousand. */
function isCropped(element: Element): boolean {
  if (element.name !== 'srcRect') return false;
  return ['l', 't', 'r', 'b'].some((side) => Number.parseInt(attribute(element, side) ?? '0', 10) > 2000);
}
