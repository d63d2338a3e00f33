import type { CheckSpec, ProseAnchor, ProseRelation } from '../formats/format.ts';
import type { Grid } from '../formats/grid.ts';
import type { Block, Finding, Inline } from '../model.ts';
import { contradictionsOfTable } from './against-table.ts';
import { type AnchoredNumber, numbersAt, tiedNumbers } from './anchors.ts';
import { freeIndicators } from './free-indicators.ts';
import { wrongGrowth } from './growth.ts';
import { type Line, lineOf } from './line.ts';
import { linesOf } from './parse.ts';
import { otherPeriods } from './period.ts';
import { type Chapter, proseFinding } from './prose-finding.ts';
import { blankWording } from './reference.ts';
import { restatements } from './restatements.ts';
import { wrongShares } from './shares.ts';
import { wrongListSums } from './stated-sums.ts';

export interface ProseRules {
  /** The report's year; null where it is not known. */
  year: number | null;
  previous?: Grid | null;
  anchors?: readonly ProseAnchor[] | undefined;
  proseRelations?: readonly ProseRelation[] | undefined;
  check: Pick<CheckSpec, 'rule' | 'level'>;
}

/** More text, and more numbers in it, than any report has; what goes beyond is named, not read. */
const LONGEST = 120_000;
const MOST_NUMBERS = 1200;

/**
 * Numbers typed by hand that contradict the cell they are tied to, statements that contradict each other, and references
 * that name nothing or are still blank. Live figures are never contradictions.
 */
export function findContradictions(chapters: readonly Chapter[], grid: Grid, rules: ProseRules): Finding[] {
  const { anchors = [], check, proseRelations = [] } = rules;
  const year = rules.year ?? 0;
  const read = withinReach(chapters);
  const known = new Map(
    read.chapters.flatMap(({ lines }) => lines.map((line) => [line, tiedNumbers(line, anchors)])),
  );
  const tied = (line: Line) => known.get(line) ?? [];
  const context = { year, grid, previous: rules.previous ?? null, anchors, tied, check };
  const found = read.chapters.flatMap(({ chapter, lines }) => [
    ...chapter.blocks.flatMap(linesOf).flatMap((line) => deadReferences(line, chapter, grid, rules)),
    ...lines.flatMap((line) => contradictionsOfTable(line, chapter, context)),
    ...proseRelations.flatMap((relation) => brokenRelation(relation, lines, chapter, grid)),
    ...lines.flatMap((line) => [
      ...wrongListSums(line, chapter),
      ...wrongShares(line, chapter),
      ...wrongGrowth(line, chapter, context),
      ...(rules.year === null ? [] : otherPeriods(line, chapter, rules.year)),
    ]),
  ]);
  // A number already found wrong where it stands is not told again for differing from the right one.
  const restated = restatements(read.chapters, context).filter(
    ({ statements }) =>
      !statements.some(({ key, number }) =>
        found.some((one) => one.chapter === key && one.quote?.includes(number)),
      ),
  );
  return [
    ...found,
    ...restated.map(({ finding }) => finding),
    ...(grid.isPublished ? freeIndicators(read.chapters, context) : []),
    ...read.unread,
  ];
}

/** Hand-typed numbers tied to a cell, whether right or wrong, for marking them in an editor. */
export function statedFigures(blocks: readonly Block[], anchors: readonly ProseAnchor[]): AnchoredNumber[] {
  return blocks
    .flatMap(linesOf)
    .flatMap((line) => tiedNumbers(lineOf(line), anchors))
    .map(({ anchor, quote, value, approximation }) => ({
      row: anchor.row,
      column: anchor.column ?? null,
      quote,
      value,
      approximation,
    }));
}

export interface ReadLines {
  chapter: Chapter;
  lines: Line[];
}

/** The lines that are read: paragraphs that go beyond what a report can hold are left out, and said to be. */
function withinReach(chapters: readonly Chapter[]): { chapters: ReadLines[]; unread: Finding[] } {
  let characters = LONGEST;
  let numbers = MOST_NUMBERS;
  const beyond: Chapter[] = [];
  const read = chapters.map((chapter) => {
    const lines = chapter.blocks.flatMap(linesOf).flatMap((inlines) => {
      const length = inlines.reduce((sum, { text }) => sum + text.length, 0);
      const isTooLong = length > characters || numbers <= 0;
      if (!isTooLong) characters -= length;
      const line = isTooLong ? null : lineOf(inlines);
      if (!line || line.quantities.length > numbers) {
        if (length > 0) beyond.push(chapter);
        return [];
      }
      numbers -= line.quantities.length;
      return [line];
    });
    return { chapter, lines };
  });
  const [first] = beyond;
  if (!first) return { chapters: read, unread: [] };
  const message = `正文过长，“${first.title}”等处共 ${beyond.length} 段没有核对（至多核对 ${LONGEST} 字、${MOST_NUMBERS} 个数）`;
  const at = { rule: 'N0', level: 'notice', verdict: 'unassessable', chapter: first.key, quote: '' } as const;
  return { chapters: read, unread: [proseFinding({ ...at, message, left: null, right: null })] };
}

function deadReferences(line: Inline[], chapter: Chapter, grid: Grid, { check }: ProseRules): Finding[] {
  return line.flatMap((inline): Finding[] => {
    if (inline.kind !== 'figure') return [];
    const at = { rule: check.rule, chapter: chapter.key, quote: inline.text, left: null, right: null };
    if (inline.text.startsWith('{{')) {
      const message = `正文引用的 ${inline.text} 在统计表中没有对应的单元格。请重新选择要引用的数字`;
      return [proseFinding({ ...at, level: 'error', verdict: 'wrong', message })];
    }
    if (inline.text !== blankWording) return [];
    const row = /[A-Z]?\d+(?:\.\d+)*|[A-Z](?=\.)/.exec(inline.ref)?.[0] ?? '';
    const name = grid.has(row) ? `“${grid.spec(row).label}”` : inline.ref;
    const whose = inline.ref.startsWith('prev:') ? '上年' : '';
    const message = `正文引用了${whose}尚未填报的${name}，印出来是“${blankWording}”。请先填报该数，或改写这句话`;
    const first = grid.has(row) && !whose ? grid.columns(row)[0] : undefined;
    const cells = first ? [grid.ref(row, first.id)] : [];
    return [proseFinding({ ...at, level: 'warning', verdict: 'wrong', message, cells })];
  });
}

function brokenRelation(
  relation: ProseRelation,
  lines: readonly Line[],
  chapter: Chapter,
  grid: Grid,
): Finding[] {
  const head = {
    rule: relation.rule,
    level: relation.level,
    chapter: chapter.key,
    verdict: 'uncertain',
  } as const;
  if (relation.kind === 'not-counted') {
    const cells = relation.rows
      .filter((row) => grid.has(row))
      .map((row) => grid.ref(row, grid.columns(row)[0]?.id ?? 'value'));
    return lines.flatMap((line) =>
      numbersAt(line, relation.wording).map(({ quote, value }) => {
        const message = `正文“${quote}”：${relation.message}`;
        return proseFinding({ ...head, message, cells, left: value, right: null, quote });
      }),
    );
  }
  const first = (wording: string) => {
    for (const line of lines) {
      const [found] = numbersAt(line, wording);
      if (found) return found;
    }
    return null;
  };
  const [part, whole] = [first(relation.part), first(relation.whole)];
  if (!part || !whole || part.value <= whole.value) return [];
  const over = part.value - whole.value;
  const message = `同一章中“${part.quote}”多于“${whole.quote}”，多 ${over}。${relation.message}`;
  return [proseFinding({ ...head, message, left: part.value, right: whole.value, quote: part.quote })];
}
