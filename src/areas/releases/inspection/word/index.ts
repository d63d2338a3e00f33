import type { Temporal } from 'temporal-polyfill';
import type { Discovery } from '../finding.ts';
import { fewOf, maskAddress, maskText } from '../masking.ts';
import type { Edits } from '../office/edits.ts';
import type { OfficePackage } from '../office/package.ts';
import { shapeDiscoveries } from '../office/shapes.ts';
import { maskBlocks, textBlocksOf, wordBlocks } from '../office/text-blocks.ts';
import { attribute, descendants, type Element, textOf } from '../office/xml-tree.ts';
import { personalDiscoveries } from '../personal/personal-discoveries.ts';
import { fetchingFields, flattenFields, instructionName } from './fields.ts';
import { hiddenRuns, invisibleRuns, type StyleLook, stylesOf } from './hidden-text.ts';
import { acceptRevisions, removedText, revisionsOf } from './revisions.ts';

const TEXT_PARTS = ['header', 'footer', 'footnotes', 'endnotes', 'comments', 'glossaryDocument'];
const COMMENT_PARTS = ['comments', 'commentsExtended', 'commentsIds', 'commentsExtensible'];

/** What a Word document holds beside what it shows. */
export function wordDiscoveries(pkg: OfficePackage, today: Temporal.PlainDate): Discovery[] {
  const main = pkg.mainPart('officeDocument') ?? '';
  const relations = pkg.relations(main).filter(({ target, external }) => !external && pkg.has(target));
  const parts = [
    main,
    ...relations.filter(({ type }) => TEXT_PARTS.includes(type)).map(({ target }) => target),
  ];
  const texts = [...new Set(parts)];
  const styles = new Map<string, StyleLook>();
  for (const { type, target } of relations) {
    if (type === 'styles' || type === 'stylesWithEffects') {
      for (const [id, look] of stylesOf(pkg.tree(target))) styles.set(id, look);
    }
  }
  return [
    ...texts.flatMap((part) => partDiscoveries(pkg, part, styles, today)),
    ...shapeDiscoveries(pkg, texts, wordPlace),
    ...comments(pkg, main),
    ...settings(pkg, main),
    ...glossary(pkg, main),
    ...chunks(pkg, texts),
  ];
}

/** `正文`, `页眉`; names of parts say little to people. */
export function wordPlace(part: string): string {
  const name = part.split('/').at(-1) ?? '';
  if (part.includes('glossary/')) return '自动图文集';
  if (/^header/i.test(name)) return `页眉${number(name)}`;
  if (/^footer/i.test(name)) return `页脚${number(name)}`;
  if (/^footnotes/i.test(name)) return '脚注';
  if (/^endnotes/i.test(name)) return '尾注';
  if (/^comments/i.test(name)) return '批注';
  if (/^settings/i.test(name)) return '文档设置';
  if (/^chart/i.test(name)) return `图表${number(name)}`;
  return /^document/i.test(name) ? '正文' : '文件内部';
}

const number = (name: string) => /(\d{1,4})\.[a-z]+$/i.exec(name)?.[1] ?? '';

function partDiscoveries(
  pkg: OfficePackage,
  part: string,
  styles: ReadonlyMap<string, StyleLook>,
  today: Temporal.PlainDate,
): Discovery[] {
  const xml = pkg.text(part);
  const root = pkg.tree(part);
  const place = wordPlace(part);
  const found: Discovery[] = [];
  const tell = (
    kind: Discovery['kind'],
    elements: readonly unknown[],
    evidence: readonly string[],
    mend: (root: Element, edits: Edits, xml: string) => void,
    severity?: Discovery['severity'],
  ) => {
    if (elements.length === 0) return;
    const at = severity ? `${part}:${severity}` : part;
    found.push({
      kind,
      at,
      place,
      count: elements.length,
      evidence: fewOf(evidence),
      severity,
      mend: () => pkg.edit(part, mend),
    });
  };

  tell('tracked-change', revisionsOf(root), removedText(root, xml).map(maskText), acceptRevisions);
  const hidden = hiddenRuns(root, xml, styles);
  tell(
    'hidden-text',
    hidden,
    hidden.map((run) => maskText(textOf(xml, run))),
    (fresh, edits, text) => {
      for (const { start, end } of hiddenRuns(fresh, text, styles)) edits.cut(start, end);
    },
  );
  const invisible = invisibleRuns(root, xml, styles);
  for (const sure of [true, false]) {
    const here = invisible.filter((run) => run.sure === sure);
    tell(
      'invisible-text',
      here,
      here.map(({ run }) => maskText(textOf(xml, run))),
      (fresh, edits, text) => {
        for (const { run, sure: certain } of invisibleRuns(fresh, text, styles)) {
          if (certain === sure) edits.cut(run.start, run.end);
        }
      },
      sure ? undefined : 'notice',
    );
  }
  const fields = fetchingFields(root, xml);
  tell('outside-field', fields, fields.map(instructionName), (fresh, edits, text) =>
    flattenFields(fetchingFields(fresh, text), edits),
  );
  const texts = [...textBlocksOf(root, xml, wordBlocks)].map(({ text }) => ({ label: '', text }));
  return [
    ...found,
    ...personalDiscoveries({ at: part, place }, texts, today, (kind) =>
      pkg.edit(part, (fresh, edits, text) =>
        maskBlocks(textBlocksOf(fresh, text, wordBlocks), edits, kind, today),
      ),
    ),
  ];
}

function comments(pkg: OfficePackage, main: string): Discovery[] {
  const parts = pkg
    .relations(main)
    .filter(({ type, target, external }) => !external && COMMENT_PARTS.includes(type) && pkg.has(target))
    .map(({ target }) => target);
  const words = parts.flatMap((part) => {
    const xml = pkg.text(part);
    return pkg
      .tree(part)
      .children.filter(({ name }) => name === 'comment')
      .map((comment) => maskText(textOf(xml, comment)));
  });
  if (parts.length === 0) return [];
  return [
    {
      kind: 'comment',
      at: 'comments',
      place: '批注',
      count: Math.max(1, words.length),
      evidence: fewOf(words),
      severity: words.length === 0 ? 'notice' : undefined,
      mend: () => {
        for (const part of parts) pkg.drop(part);
        for (const part of pkg.names('word/').filter((name) => name.endsWith('.xml'))) {
          if (!/comment(Range|Reference)/.test(pkg.text(part))) continue;
          pkg.edit(part, (root, edits) => {
            for (const { name, start, end } of descendants(root)) {
              if (/^comment(RangeStart|RangeEnd|Reference)$/.test(name)) edits.cut(start, end);
            }
          });
        }
      },
    },
  ];
}

/** Variables of macros and sources of mail merges stand in the settings. */
function settings(pkg: OfficePackage, main: string): Discovery[] {
  const part = pkg.relations(main).find(({ type, external }) => type === 'settings' && !external)?.target;
  if (!part || !pkg.has(part)) return [];
  const found: Discovery[] = [];
  const variables = [...descendants(pkg.tree(part))].filter(({ name }) => name === 'docVar');
  const dropAll = (outer: string) =>
    pkg.edit(part, (root, edits) => {
      for (const { name, start, end } of root.children) if (name === outer) edits.cut(start, end);
    });
  if (variables.length > 0) {
    found.push({
      kind: 'document-variables',
      at: part,
      place: '文档设置',
      count: variables.length,
      evidence: fewOf(variables.map((variable) => maskText(attribute(variable, 'val') ?? ''))),
      mend: () => dropAll('docVars'),
    });
  }
  const merge = pkg.tree(part).children.find(({ name }) => name === 'mailMerge');
  if (merge) {
    const strings = [...descendants(merge)].map((element) => attribute(element, 'val') ?? '');
    found.push({
      kind: 'mail-merge',
      at: part,
      place: '文档设置',
      evidence: fewOf(strings.filter((value) => /[\\/]/.test(value)).map(maskAddress)),
      mend: () => {
        dropAll('mailMerge');
        for (const relation of pkg.relations(part)) {
          if (/^mailMerge|^recipientData/.test(relation.type)) pkg.unlink(relation);
        }
      },
    });
  }
  return found;
}

function glossary(pkg: OfficePackage, main: string): Discovery[] {
  return pkg
    .relations(main)
    .filter(({ type, target, external }) => type === 'glossaryDocument' && !external && pkg.has(target))
    .map(({ target }) => ({
      kind: 'building-blocks',
      at: target,
      place: '自动图文集',
      mend: () => pkg.drop(target),
    }));
}

/** Whole documents of other kinds that Word merges when it opens the file; taking one away would take what is seen. */
function chunks(pkg: OfficePackage, parts: readonly string[]): Discovery[] {
  return parts.flatMap((part) =>
    pkg
      .relations(part)
      .filter(({ type }) => type === 'aFChunk')
      .map(({ id }) => ({ kind: 'embedded-document', at: `${part}!${id}`, place: wordPlace(part) })),
  );
}
