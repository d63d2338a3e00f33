import type { CheckSpec, ProseAnchor, ProseRelation } from '../formats/format.ts';
import { exact, type Grid } from '../formats/grid.ts';
import type { Block, CompiledChapter, Finding, Inline } from '../model.ts';
import { type AnchoredNumber, anchoredNumbers, deniedRows, numbersAt } from './anchors.ts';
import { fits } from './numbers.ts';
import { linesOf } from './parse.ts';
import { blankWording } from './reference.ts';

type Chapter = Pick<CompiledChapter, 'key' | 'title' | 'blocks'>;

export interface ProseRules {
  anchors?: readonly ProseAnchor[] | undefined;
  proseRelations?: readonly ProseRelation[] | undefined;
  check: Pick<CheckSpec, 'rule' | 'level'>;
}

/**
 * Numbers typed by hand that contradict the cell they are tied to, statements that contradict each other, and references
 * that name nothing or are still blank. Live figures are never contradictions.
 */
export function findContradictions(chapters: readonly Chapter[], grid: Grid, rules: ProseRules): Finding[] {
  return chapters.flatMap((chapter) => {
    const lines = chapter.blocks.flatMap(linesOf);
    return [
      ...lines.flatMap((line) => deadReferences(line, chapter, grid, rules)),
      ...lines.flatMap((line) => wrongNumbers(line, chapter, grid, rules)),
      ...(rules.proseRelations ?? []).flatMap((relation) => brokenRelation(relation, lines, chapter, grid)),
    ];
  });
}

/** Hand-typed numbers tied to a cell, whether right or wrong, for marking them in an editor. */
export function statedFigures(blocks: readonly Block[], anchors: readonly ProseAnchor[]): AnchoredNumber[] {
  return blocks.flatMap(linesOf).flatMap((line) => anchoredNumbers(line, anchors));
}

function wrongNumbers(
  line: Inline[],
  chapter: Chapter,
  grid: Grid,
  { anchors = [], check }: ProseRules,
): Finding[] {
  const known = anchors.filter(({ row }) => grid.has(row));
  const stated = anchoredNumbers(line, known).flatMap((number) => {
    const value = tableValue(grid, number);
    if (fits(number, value)) return [];
    const { unit } = grid.spec(number.row);
    const table = value === null ? '为空' : ` ${value} ${unit}`;
    const difference = exact(Math.abs(number.value - (value ?? 0)));
    const message = number.approximation
      ? `正文“${number.quote}”（约数）与统计表${nameOf(grid, number)}${table}不相符。请改正其一，或改用统计表的数字。`
      : `正文“${number.quote}”与统计表${nameOf(grid, number)}${table}不一致，相差 ${difference} ${unit}。请改正其一，或改用统计表的数字。`;
    return [proseFinding(check, message, chapter, number, grid, { left: number.value, right: value })];
  });
  const denied = deniedRows(line, known).flatMap((number) => {
    const value = tableValue(grid, number);
    if (!value) return [];
    const message = `正文“${number.quote}”，而统计表${nameOf(grid, number)}为 ${value} ${grid.spec(number.row).unit}。请改正其一。`;
    return [proseFinding(check, message, chapter, number, grid, { left: 0, right: value })];
  });
  return [...stated, ...denied];
}

function deadReferences(line: Inline[], chapter: Chapter, grid: Grid, { check }: ProseRules): Finding[] {
  return line.flatMap((inline): Finding[] => {
    if (inline.kind !== 'figure') return [];
    const at = {
      chapter: chapter.key,
      quote: inline.text,
      left: null,
      right: null,
      difference: null,
      tolerance: 0,
      verdict: 'wrong',
    } as const;
    if (inline.text.startsWith('{{')) {
      const message = `正文引用的 ${inline.text} 在统计表中没有对应的单元格。请重新选择要引用的数字。`;
      return [{ rule: check.rule, severity: 'error', message, cells: [], ...at }];
    }
    if (inline.text !== blankWording) return [];
    const row = /[A-Z]?\d+(?:\.\d+)*|[A-Z](?=\.)/.exec(inline.ref)?.[0] ?? '';
    const name = grid.has(row) ? `“${grid.spec(row).label}”` : inline.ref;
    const whose = inline.ref.startsWith('prev:') ? '上年' : '';
    const message = `正文引用了${whose}尚未填报的${name}，印出来是“${blankWording}”。请先填报该数，或改写这句话。`;
    const cells =
      grid.has(row) && !whose
        ? grid
            .columns(row)
            .slice(0, 1)
            .map(({ id }) => grid.ref(row, id))
        : [];
    return [{ rule: check.rule, severity: 'warning', message, cells, ...at }];
  });
}

function brokenRelation(relation: ProseRelation, lines: Inline[][], chapter: Chapter, grid: Grid): Finding[] {
  const head = { rule: relation.rule, severity: relation.level, chapter: chapter.key };
  if (relation.kind === 'not-counted') {
    const cells = relation.rows
      .filter((row) => grid.has(row))
      .map((row) => grid.ref(row, columnOf(grid, row)));
    return lines.flatMap((line) =>
      numbersAt(line, relation.wording).map(({ quote, value }): Finding => {
        const message = `正文“${quote}”：${relation.message}。`;
        return {
          ...head,
          verdict: 'uncertain',
          message,
          cells,
          left: value,
          right: null,
          difference: null,
          tolerance: 0,
          quote,
        };
      }),
    );
  }
  const part = lines.flatMap((line) => numbersAt(line, relation.part))[0];
  const whole = lines.flatMap((line) => numbersAt(line, relation.whole))[0];
  if (!part || !whole || part.value <= whole.value) return [];
  const message = `同一章中“${part.quote}”多于“${whole.quote}”，多 ${exact(part.value - whole.value)}。${relation.message}。`;
  const difference = exact(part.value - whole.value);
  return [
    {
      ...head,
      verdict: 'uncertain',
      message,
      cells: [],
      left: part.value,
      right: whole.value,
      difference,
      tolerance: 0,
      quote: part.quote,
    },
  ];
}

function proseFinding(
  check: Pick<CheckSpec, 'rule' | 'level'>,
  message: string,
  chapter: Chapter,
  at: { row: string; column: string | null; quote: string },
  grid: Grid,
  sides: { left: number | null; right: number | null },
): Finding {
  const cells = [grid.ref(at.row, at.column ?? columnOf(grid, at.row))];
  return {
    rule: check.rule,
    severity: check.level,
    verdict: 'wrong',
    message,
    cells,
    ...sides,
    difference: exact(Math.abs((sides.left ?? 0) - (sides.right ?? 0))),
    tolerance: 0,
    chapter: chapter.key,
    quote: at.quote,
  };
}

function tableValue(grid: Grid, at: { row: string; column: string | null }): number | null {
  return grid.effective(at.row, at.column ?? columnOf(grid, at.row));
}

function nameOf(grid: Grid, at: { row: string; column: string | null }): string {
  return grid.name(at.row, at.column ?? columnOf(grid, at.row));
}

function columnOf(grid: Grid, row: string): string {
  return grid.columns(row)[0]?.id ?? 'value';
}
