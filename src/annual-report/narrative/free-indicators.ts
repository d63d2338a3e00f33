import type { Finding } from '../model.ts';
import type { TableContext } from './against-table.ts';
import type { Line } from './line.ts';
import { type Chapter, proseFinding } from './prose-finding.ts';

/** What reports count loosely and no table holds. */
const counted = /^(?:件|条|次|篇|起|宗|场|期|份|人次)$/u;
const MOST_NAMED = 3;

/**
 * Rule X8: approximate numbers (200余篇) that no row of the table holds. One notice for the whole report, because nothing can
 * be made of them but to leave them open.
 */
export function freeIndicators(
  chapters: readonly { chapter: Chapter; lines: readonly Line[] }[],
  context: TableContext,
): Finding[] {
  const found = chapters.flatMap(({ chapter, lines }) =>
    lines.flatMap((line) =>
      line.quantities
        .filter(
          ({ approximation, unit, start, end, isChange }) =>
            approximation !== null &&
            counted.test(unit) &&
            !isChange &&
            !context.tied(line).some(({ number }) => number.start < end && number.end > start),
        )
        .map((item) => ({
          chapter,
          value: item.value,
          quote: line.quote(clauseStart(line.text, item.start), item.end),
        })),
    ),
  );
  const [first] = found;
  if (!first) return [];
  const named = found.slice(0, MOST_NAMED).map(({ quote }) => `“${quote}”`);
  const more = found.length > MOST_NAMED ? ` 等 ${found.length} 处` : '';
  return [
    proseFinding({
      rule: 'X8',
      level: 'notice',
      verdict: 'uncertain',
      message: `正文${named.join('、')}${more}是约数，统计表中没有对应的数，无从核对`,
      chapter: first.chapter.key,
      quote: first.quote,
      left: first.value,
      right: null,
    }),
  ];
}

/** From the last mark before the number, but not further back than a clause is long. */
function clauseStart(text: string, at: number): number {
  const from = Math.max(0, at - 30);
  const before = text.slice(from, at);
  return from + Math.max(...[...'，,。；;：:、'].map((mark) => before.lastIndexOf(mark))) + 1;
}
