import type { Temporal } from 'temporal-polyfill';
import type { Discovery } from '../finding.ts';
import { fewOf, maskText } from '../masking.ts';
import type { OfficePackage } from '../office/package.ts';
import { shapeDiscoveries } from '../office/shapes.ts';
import { drawingBlocks, maskBlocks, textBlocksOf } from '../office/text-blocks.ts';
import { attribute, descendants, textOf } from '../office/xml-tree.ts';
import { personalDiscoveries } from '../personal/personal-discoveries.ts';

/** What a presentation holds beside the slides that it shows. */
export function slideDiscoveries(pkg: OfficePackage, today: Temporal.PlainDate): Discovery[] {
  const main = pkg.mainPart('officeDocument') ?? '';
  const relations = pkg.relations(main).filter(({ target, external }) => !external && pkg.has(target));
  const slides = slidesInOrder(pkg, main);
  const places = new Map(slides.map((slide, index) => [slide, `第 ${index + 1} 张幻灯片`]));
  const placeOf = (part: string) => places.get(part) ?? '母版和版式';
  const found: Discovery[] = [];
  for (const slide of slides) {
    const place = placeOf(slide);
    if (/^(0|false)$/.test(attribute(pkg.tree(slide), 'show') ?? '')) {
      found.push({
        kind: 'hidden-slide',
        at: slide,
        place,
        evidence: fewOf([maskText(wordsOf(pkg, slide))]),
        mend: () => dropSlide(pkg, main, slide),
      });
    }
    for (const { type, target, external } of pkg.relations(slide)) {
      if (external || !pkg.has(target)) continue;
      if (type === 'notesSlide') found.push(...notes(pkg, target, place));
      if (type === 'comments' || type === 'threadedComment') {
        found.push({
          kind: 'comment',
          at: target,
          place,
          count: Math.max(1, pkg.tree(target).children.length),
          evidence: fewOf([maskText(wordsOf(pkg, target))]),
          mend: () => pkg.drop(target),
        });
      }
    }
  }
  const layouts = relations
    .filter(({ type }) => /^(slideMaster|notesMaster|handoutMaster)$/.test(type))
    .flatMap(({ target }) => [
      target,
      ...pkg
        .relations(target)
        .filter(({ type, external }) => type === 'slideLayout' && !external)
        .map((layout) => layout.target),
    ])
    .filter((part) => pkg.has(part));
  const parts = [...new Set([...slides, ...layouts])];
  return [
    ...found,
    ...shapeDiscoveries(pkg, parts, placeOf),
    ...parts.flatMap((part) => personalOf(pkg, part, placeOf(part), today)),
  ];
}

function slidesInOrder(pkg: OfficePackage, main: string): string[] {
  const targets = new Map(pkg.relations(main).map(({ id, target }) => [id, target]));
  return [...descendants(pkg.tree(main))]
    .filter(({ name }) => name === 'sldId')
    .map((entry) => {
      const reference = /\s[^\s:=]+:id\s*=\s*["']([^"']+)["']/.exec(entry.source)?.[1];
      return targets.get(reference ?? '') ?? '';
    })
    .filter((part) => pkg.has(part));
}

/** A slide with its place in shows and sections, which name it by number. */
function dropSlide(pkg: OfficePackage, main: string, slide: string): void {
  const relation = pkg.relations(main).find(({ target }) => target === slide);
  const entry = [...descendants(pkg.tree(main))].find(
    ({ name, source }) => name === 'sldId' && source.includes(`"${relation?.id}"`),
  );
  const number = entry && /\sid\s*=\s*["'](\d+)["']/.exec(entry.source)?.[1];
  pkg.drop(slide);
  if (number === undefined) return;
  pkg.edit(main, (root, edits) => {
    for (const { name, source, start, end } of descendants(root)) {
      if (name === 'sldId' && new RegExp(`\\sid\\s*=\\s*["']${number}["']`).test(source))
        edits.cut(start, end);
    }
  });
}

function notes(pkg: OfficePackage, part: string, place: string): Discovery[] {
  const words = wordsOf(pkg, part).replace(/^\d+$/, '');
  if (words.trim() === '') return [];
  return [
    {
      kind: 'speaker-notes',
      at: part,
      place,
      evidence: fewOf([maskText(words)]),
      mend: () => pkg.drop(part),
    },
  ];
}

function wordsOf(pkg: OfficePackage, part: string): string {
  const xml = pkg.text(part);
  return [...descendants(pkg.tree(part))]
    .filter(({ name }) => name === 't' || name === 'text')
    .map((leaf) => textOf(xml, leaf))
    .join(' ')
    .trim();
}

function personalOf(pkg: OfficePackage, part: string, place: string, today: Temporal.PlainDate): Discovery[] {
  const texts = [...textBlocksOf(pkg.tree(part), pkg.text(part), drawingBlocks)].map(({ text }) => ({
    label: '',
    text,
  }));
  return personalDiscoveries({ at: part, place }, texts, today, (kind) =>
    pkg.edit(part, (root, edits, xml) =>
      maskBlocks(textBlocksOf(root, xml, drawingBlocks), edits, kind, today),
    ),
  );
}
