import {
  concatTransformationMatrix,
  drawObject,
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  type PDFPage,
  PDFRef,
  PDFStream,
  popGraphicsState,
  pushGraphicsState,
} from '@cantoo/pdf-lib';
import type { Discovery } from '../finding.ts';
import { fewOf, maskText } from '../masking.ts';
import { arrayAt, dictAt, drop, has, nameAt, numbersAt, textAt } from './objects.ts';

/** Only lead somewhere, or belong to the making of print. */
const HARMLESS = new Set(['Link', 'PrinterMark', 'TrapNet']);
/** Stand for a remark, not for something on the page. */
const REMARKS = new Set([
  'Text',
  'Popup',
  'Caret',
  'FileAttachment',
  'Sound',
  'Movie',
  'Screen',
  'RichMedia',
  '3D',
  'Redact',
]);
const HIDDEN = 2;
const NO_VIEW = 32;

function annotationsOf(page: PDFPage): PDFDict[] {
  return arrayAt(page.node, 'Annots').filter((entry) => entry instanceof PDFDict);
}

/** Remarks, marks and stamps laid over each page, and form fields with what was filled in. */
export function annotationDiscoveries(document: PDFDocument): Discovery[] {
  const pages = document.getPages();
  const remarks = pages.flatMap<Discovery>((page, index) => {
    const found = annotationsOf(page).filter(isRemark);
    if (found.length === 0) return [];
    return [
      {
        kind: 'annotation',
        at: `page ${index + 1}`,
        place: `第 ${index + 1} 页`,
        count: found.length,
        evidence: fewOf(
          found.map(
            (annotation) => `${nameAt(annotation, 'Subtype')} ${maskText(textAt(annotation, 'Contents'))}`,
          ),
        ),
        mend: () => flatten(page, isRemark),
      },
    ];
  });
  return [...remarks, ...forms(document, pages)];
}

function isRemark(annotation: PDFDict): boolean {
  const type = nameAt(annotation, 'Subtype');
  return type !== 'Widget' && !HARMLESS.has(type);
}

const isWidget = (annotation: PDFDict) => nameAt(annotation, 'Subtype') === 'Widget';

function forms(document: PDFDocument, pages: readonly PDFPage[]): Discovery[] {
  const form = dictAt(document.catalog, 'AcroForm');
  if (!form) return [];
  const found: Discovery[] = [];
  const fields = fieldsOf(form);
  const signatures = fields.filter((field) => nameAt(field, 'FT') === 'Sig' && has(field, 'V'));
  const filled = fields.filter((field) => nameAt(field, 'FT') !== 'Sig' && has(field, 'V'));
  if (has(form, 'XFA')) {
    found.push({ kind: 'dynamic-form', at: 'form', place: '整个文件', mend: () => void drop(form, 'XFA') });
  }
  const widgets = pages.flatMap((page) => annotationsOf(page).filter(isWidget));
  const drawn = widgets.every(
    (widget) => appearanceOf(widget) !== null || !has(widget, 'V') || isUnseen(widget),
  );
  const away = () => {
    for (const page of pages) flatten(page, isWidget);
    drop(document.catalog, 'AcroForm');
    drop(document.catalog, 'Perms');
    drop(document.catalog, 'DSS');
  };
  if (filled.length > 0) {
    found.push({
      kind: 'form-values',
      at: 'form',
      place: '表单',
      count: filled.length,
      evidence: fewOf(filled.map((field) => maskText(textAt(field, 'V') || nameAt(field, 'V')))),
      mend: drawn ? away : undefined,
    });
  }
  if (signatures.length > 0) {
    found.push({
      kind: 'signature',
      at: 'form',
      place: '整个文件',
      count: signatures.length,
      mend: drawn ? away : undefined,
    });
  }
  return found;
}

/** Every field with a value of its own; the kind of field may be said by its parent. */
function fieldsOf(form: PDFDict): PDFDict[] {
  const found: PDFDict[] = [];
  const seen = new Set<PDFDict>();
  const waiting = arrayAt(form, 'Fields').filter((entry) => entry instanceof PDFDict);
  for (let field = waiting.pop(); field; field = waiting.pop()) {
    if (seen.has(field)) continue;
    seen.add(field);
    found.push(field);
    waiting.push(...arrayAt(field, 'Kids').filter((entry) => entry instanceof PDFDict));
  }
  return found;
}

function isUnseen(annotation: PDFDict): boolean {
  const flags = annotation.lookup(PDFName.of('F'));
  return flags instanceof PDFNumber && (flags.asNumber() & (HIDDEN | NO_VIEW)) !== 0;
}

/** The picture an annotation shows of itself (ISO 32000-1, 12.5.5); null without one. */
function appearanceOf(annotation: PDFDict): PDFRef | null {
  const appearances = annotation.lookup(PDFName.of('AP'));
  if (!(appearances instanceof PDFDict)) return null;
  const normal = appearances.get(PDFName.of('N'));
  const resolved = annotation.context.lookup(normal);
  if (resolved instanceof PDFStream && normal instanceof PDFRef) return normal;
  if (!(resolved instanceof PDFDict)) return null;
  const state = annotation.lookup(PDFName.of('AS'));
  const chosen = state instanceof PDFName ? resolved.get(state) : undefined;
  return chosen instanceof PDFRef && annotation.context.lookup(chosen) instanceof PDFStream ? chosen : null;
}

/** Draws what these annotations show onto the page and takes them away. */
function flatten(page: PDFPage, which: (annotation: PDFDict) => boolean): void {
  const annotations = page.node.lookup(PDFName.of('Annots'));
  if (!(annotations instanceof PDFArray)) return;
  for (let index = 0; index < annotations.size(); index++) {
    const annotation = annotations.lookup(index);
    if (!(annotation instanceof PDFDict) || !which(annotation)) continue;
    if (!isUnseen(annotation) && !REMARKS.has(nameAt(annotation, 'Subtype'))) draw(page, annotation);
  }
  for (let index = annotations.size() - 1; index >= 0; index--) {
    const annotation = annotations.lookup(index);
    if (annotation instanceof PDFDict && which(annotation)) annotations.remove(index);
  }
}

function draw(page: PDFPage, annotation: PDFDict): void {
  const reference = appearanceOf(annotation);
  const stream = reference && annotation.context.lookup(reference);
  const rect = numbersAt(annotation, 'Rect');
  if (!reference || !(stream instanceof PDFStream) || rect.length !== 4) return;
  const form = stream.dict;
  const box = numbersAt(form, 'BBox');
  if (box.length !== 4) return;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = has(form, 'Matrix') ? numbersAt(form, 'Matrix') : [];
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box;
  const corners = [
    [x1, y1],
    [x2, y1],
    [x1, y2],
    [x2, y2],
  ].map(([x = 0, y = 0]) => [a * x + c * y + e, b * x + d * y + f] as const);
  const left = Math.min(...corners.map(([x]) => x));
  const right = Math.max(...corners.map(([x]) => x));
  const bottom = Math.min(...corners.map(([, y]) => y));
  const top = Math.max(...corners.map(([, y]) => y));
  const [rx1 = 0, ry1 = 0, rx2 = 0, ry2 = 0] = rect;
  const width = right - left;
  const height = top - bottom;
  if (!(width > 0) || !(height > 0)) return;
  const sx = Math.abs(rx2 - rx1) / width;
  const sy = Math.abs(ry2 - ry1) / height;
  form.set(PDFName.of('Type'), PDFName.of('XObject'));
  form.set(PDFName.of('Subtype'), PDFName.of('Form'));
  const name = page.node.newXObject('Flat', reference);
  page.pushOperators(
    pushGraphicsState(),
    concatTransformationMatrix(
      sx,
      0,
      0,
      sy,
      Math.min(rx1, rx2) - left * sx,
      Math.min(ry1, ry2) - bottom * sy,
    ),
    drawObject(name),
    popGraphicsState(),
  );
}
