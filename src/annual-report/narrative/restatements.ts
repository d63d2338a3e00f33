import type { ProseAnchor } from '../formats/format.ts';
import type { Finding } from '../model.ts';
import { readingsOf, type TableContext } from './against-table.ts';
import type { Line } from './line.ts';
import { type Chapter, proseFinding } from './prose-finding.ts';
import { scopeAt } from './scope.ts';

interface Statement {
  value: number;
  step: number;
  quote: string;
  /** The number with its unit. */
  number: string;
  chapter: Chapter;
  line: Line;
}

export interface Restatement {
  finding: Finding;
  /** Both numbers, by chapter key. */
  statements: { key: string; number: string }[];
}

/**
 * Rule N4: two different numbers for one thing. Where a cell tells which is right, the table has judged them already; this
 * is for what no cell holds, or none that could be read.
 */
export function restatements(
  chapters: readonly { chapter: Chapter; lines: readonly Line[] }[],
  context: TableContext,
): Restatement[] {
  const byAnchor = new Map<ProseAnchor, Statement[]>();
  const byWords = new Map<string, Statement[]>();
  for (const { chapter, lines } of chapters)
    for (const line of lines) {
      const tied = context
        .tied(line)
        .filter(
          ({ approximation, number }) => approximation === null && isWhole(line, number.start, context.year),
        );
      for (const { anchor, value, step, quote, number } of tied)
        if (!isJudged(anchor, context))
          push(byAnchor, anchor, {
            value,
            step,
            quote,
            number: line.quote(number.start, number.end),
            chapter,
            line,
          });
      for (const item of line.quantities) {
        if (
          item.approximation !== null ||
          tied.some(({ number }) => number.end > item.start && number.start < item.end)
        )
          continue;
        const label = labelBefore(line.text, item.start);
        if (label === null || !isWhole(line, item.start, context.year)) continue;
        const quote = line.quote(item.start - label.length, item.end);
        push(byWords, `${coreOf(label)} ${item.unit}`, {
          value: item.value,
          step: item.step,
          quote,
          number: line.quote(item.start, item.end),
          chapter,
          line,
        });
      }
    }
  return [
    ...[...byAnchor.values()].flatMap((all) => differing(all, 'wrong')),
    ...[...byWords].flatMap(([key, all]) => (key.indexOf(' ') >= 4 ? differing(all, 'uncertain') : [])),
  ];
}

function differing(all: readonly Statement[], verdict: 'wrong' | 'uncertain'): Restatement[] {
  const first = all[0]!;
  const other = all.find(
    ({ value, step, line }) =>
      line !== first.line &&
      Math.abs(value - first.value) > (step === 1 && first.step === 1 ? 0 : Math.max(step, first.step)),
  );
  if (!other) return [];
  const message = `“${first.chapter.title}”写“${first.quote}”，“${other.chapter.title}”写“${other.quote}”，同一事项两个数字。请核对`;
  const finding = proseFinding({
    rule: 'N4',
    level: 'warning',
    verdict,
    message,
    chapter: other.chapter.key,
    quote: other.quote,
    left: other.value,
    right: first.value,
  });
  return [
    { finding, statements: [first, other].map(({ chapter, number }) => ({ key: chapter.key, number })) },
  ];
}

function isWhole(line: Line, at: number, year: number): boolean {
  const scope = scopeAt(line.text, at, year);
  return !scope.isChange && scope.narrowed === null && (scope.year === null || scope.year === year);
}

function isJudged(anchor: ProseAnchor, { grid }: TableContext): boolean {
  if (!grid.has(anchor.row)) return false;
  return readingsOf(anchor, grid).every(({ of }) => of.unread.length === 0 && of.up.length === 0);
}

const clauseBefore = /[^，,。；;：:、（(）)！？!?“”"'《》\s]{4,40}$/u;
const opening =
  /^(?:20[0-9]{2}年度?|全年|本年度?|今年|年内|我[市县区旗局镇乡办委厅]|全[市县区旗局镇乡]|本机关|本单位|共计?|累计|总计|合计|先后|已|及时|主动|各类|各级|发布|公开|召开|举办|举行|组织|开展|收到|受理|办理|印发|制发|回应|编发|刊发|推送|了)+/u;
const closing = /(?:共计?|达到?|为|总?数量?|总计|合计|累计|约|了|的|有)+$/u;

/** The words of the clause right before a number; null where they hold another number or name a part. */
function labelBefore(text: string, at: number): string | null {
  const label = clauseBefore.exec(text.slice(Math.max(0, at - 40), at))?.[0];
  return label === undefined || /其中|分别|每|第|[0-9](?!年|[0-9]{1,3}年)/u.test(label) ? null : label;
}

function coreOf(label: string): string {
  return label.replace(opening, '').replace(closing, '');
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const all = map.get(key);
  if (all) all.push(value);
  else map.set(key, [value]);
}
