import { exact, type Grid } from '../formats/grid.ts';
import type { Finding } from '../model.ts';
import { agrees, inUnitOfRow, readingsOf, type TableContext } from './against-table.ts';
import type { TiedNumber } from './anchors.ts';
import type { Line } from './line.ts';
import { type Chapter, proseFinding } from './prose-finding.ts';
import type { Quantity } from './quantities.ts';
import { scopeAt, sentenceStart } from './scope.ts';

const MOST_COUNTS = 12;
const movement = /(?<up>增|升|提高|多)|减|降|回落|少/gu;
/** What is compared with is not last year as a whole. */
const otherBase = /环比|(?:较|比)[^，,。；;]{0,4}(?:20[0-9]{2}|前年|年初|上[个半]?[月季])/u;

interface Pair {
  now: number;
  before: number;
  /** How far each may be off because it is printed rounded. */
  rounding: number;
}

/**
 * Rule N3: growth rates and differences recomputed from both years' numbers: those in the sentence, or this year's number
 * with the same cell of last year's report. 翻番 and 倍 are left alone.
 */
export function wrongGrowth(line: Line, chapter: Chapter, context: TableContext): Finding[] {
  if (!/增|减|升|降|多|少|回落/u.test(line.text)) return [];
  const items = line.quantities;
  const changes = items.filter(
    ({ unit, isChange, approximation }) =>
      isChange && approximation === null && unit !== '' && !/百分点|倍/u.test(unit),
  );
  if (changes.length === 0) return [];
  const tied = context.previous ? context.tied(line) : [];
  const years = new Map<Quantity, number | null>();
  const yearOf = (item: Quantity): number | null => {
    const known = years.get(item);
    if (known !== undefined) return known;
    const { year } = scopeAt(line.text, item.start, context.year);
    years.set(item, year);
    return year;
  };
  return changes.flatMap((change) => {
    const direction = directionOf(line.text, change.start);
    if (!direction) return [];
    const pairs = pairsFor(change, direction, line, { items, tied, yearOf }, context);
    if (pairs.length === 0 || pairs.some((pair) => holds(pair, change, direction))) return [];
    return [report(change, direction, pairs[0]!, pairs.length === 1, line, chapter)];
  });
}

function directionOf(text: string, at: number): 1 | -1 | null {
  const last = [...text.slice(Math.max(0, at - 8), at).matchAll(movement)].at(-1);
  if (!last) return null;
  return last.groups?.up === undefined ? -1 : 1;
}

function pairsFor(
  change: Quantity,
  direction: 1 | -1,
  line: Line,
  {
    items,
    tied,
    yearOf,
  }: {
    items: readonly Quantity[];
    tied: readonly TiedNumber[];
    yearOf: (item: Quantity) => number | null;
  },
  context: TableContext,
): Pair[] {
  const { text } = line;
  const from = sentenceStart(text, change.start);
  const at = items.indexOf(change);
  const near = items
    .slice(Math.max(0, at - MOST_COUNTS), at)
    .filter(({ start }) => start >= from)
    .filter(({ end }) => !isClosedOff(text.slice(end, change.start)))
    .filter(
      ({ unit, approximation }) =>
        unit !== '' && unit !== '%' && !/百分点|倍/u.test(unit) && approximation === null,
    );
  const fromTo = movedTo(change, near, items.slice(Math.max(0, at - MOST_COUNTS), at + 2), text);
  if (fromTo) return [fromTo];
  const counts = near.filter(({ isChange }) => !isChange);
  const nows = counts.filter((item) => {
    const year = yearOf(item);
    return (year === null || year === context.year) && (change.unit === '%' || item.unit === change.unit);
  });
  const befores = [...counts, ...inBracketsAfter(change, items, text)].filter(
    (item) => yearOf(item) === context.year - 1,
  );
  const stated = nows.flatMap((now) =>
    befores.filter(({ unit }) => unit === now.unit).map((before) => pairOf(now, before)),
  );
  if (stated.length > 0) return stated;
  const now = nows.at(-1);
  const step = near.findLast(
    ({ start, unit, isChange }) => isChange && unit === now?.unit && start > (now?.end ?? 0),
  );
  if (now && step && change.unit === '%') {
    const towards = directionOf(text, step.start) ?? direction;
    return [{ now: now.value, before: exact(now.value - towards * step.value), rounding: roundingOf(now) }];
  }
  if (
    otherBase.test(text.slice(from, change.start)) &&
    !comparesLastYear(text.slice(from, change.start), context.year)
  )
    return [];
  return nows.slice(-1).flatMap((item) => fromTable(item, line, tied, context));
}

/** Inside brackets that close before the change: a breakdown rather than what changed. */
function isClosedOff(between: string): boolean {
  const close = between.search(/[）)]/u);
  return close >= 0 && !/[（(]/u.test(between.slice(0, close));
}

/** 增长50%（上年为60件）: what the bracket right after the change tells. */
function inBracketsAfter(change: Quantity, items: readonly Quantity[], text: string): Quantity[] {
  const next = items[items.indexOf(change) + 1];
  const between = next && text.slice(change.end, next.start);
  return next && !next.isChange && between && /^[（(][^（）()，,。；;]{2,12}$/u.test(between) ? [next] : [];
}

function comparesLastYear(words: string, year: number): boolean {
  return new RegExp(`(?:较|比)[^，,。；;]{0,4}${year - 1}`, 'u').test(words);
}

/** 由100件增加到120件，增长20%, and 由100件增长20%至120件. */
function movedTo(
  change: Quantity,
  near: readonly Quantity[],
  items: readonly Quantity[],
  text: string,
): Pair | null {
  const start = near.findLast((item) =>
    /(?:由|从)[^，,。；;0-9]{0,12}$/u.test(text.slice(Math.max(0, item.start - 14), item.start)),
  );
  if (!start) return null;
  const end = items.find(
    (item) =>
      item.start >= start.end &&
      item.unit === start.unit &&
      item.start - change.end < 8 &&
      /(?:到|至|为)$/u.test(text.slice(Math.max(0, item.start - 2), item.start)),
  );
  return end ? pairOf(end, start) : null;
}

function pairOf(now: Quantity, before: Quantity): Pair {
  return { now: now.value, before: before.value, rounding: roundingOf(now) + roundingOf(before) };
}

function roundingOf({ step }: Quantity): number {
  return step === 1 ? 0 : step / 2;
}

/** Last year's value of the cell that the number states this year; empty when the number is not what the cell says. */
function fromTable(now: Quantity, line: Line, tied: readonly TiedNumber[], context: TableContext): Pair[] {
  const number = tied.find(({ number: at }) => at.start >= now.start && at.end <= now.end);
  const { previous, grid } = context;
  if (!number || !grid.has(number.anchor.row) || !previous?.has(number.anchor.row)) return [];
  const inRow = inUnitOfRow(number, line, grid);
  const scale = inRow.value === 0 ? 1 : now.value / inRow.value;
  const last = readingsOf(number.anchor, previous);
  return readingsOf(number.anchor, grid).flatMap(({ picks, of }, index) => {
    const before = last[index];
    if (of.unread.length > 0 || !agrees(inRow, of.value, true) || !before) return [];
    if (!isComparable(before.of) || before.picks.length !== picks.length) return [];
    return [{ now: now.value, before: exact(before.of.value * scale), rounding: roundingOf(now) }];
  });
}

function isComparable(of: ReturnType<Grid['reading']>): boolean {
  return of.told && of.unread.length === 0 && of.up.length === 0;
}

function holds({ now, before, rounding }: Pair, change: Quantity, direction: 1 | -1): boolean {
  const moved = exact(now - before);
  if (change.unit !== '%') {
    const slack = rounding + roundingOf(change);
    return Math.abs(moved - direction * change.value) <= slack + 1e-9;
  }
  if (before === 0) return true;
  const percent = (moved / before) * 100 * direction;
  const off = percent - change.value;
  const slack = (rounding / before) * 100 * (1 + Math.abs(now / before));
  return Math.abs(off) <= change.step / 2 + slack + 1e-9 || (off > 0 && off < change.step - 1e-9);
}

function report(
  change: Quantity,
  direction: 1 | -1,
  { now, before }: Pair,
  isSure: boolean,
  line: Line,
  chapter: Chapter,
): Finding {
  const quote = line.quote(Math.max(sentenceStart(line.text, change.start), change.start - 40), change.end);
  const moved = exact(now - before);
  const isPercent = change.unit === '%';
  const actual = isPercent ? Number(((Math.abs(moved) / before) * 100).toFixed(2)) : Math.abs(moved);
  const unit = isPercent ? '%' : ` ${change.unit}`;
  const words = moved === 0 ? '没有变化' : `${moved > 0 ? '增加' : '减少'} ${actual}${unit}`;
  const said = `${direction > 0 ? '增加' : '减少'} ${change.value}${unit}`;
  const message = `正文“${quote}”：由 ${before} 到 ${now}，应为${words}，不是${said}`;
  const at = { rule: 'N3', level: 'warning', message, chapter: chapter.key, quote } as const;
  return proseFinding({
    ...at,
    verdict: isSure ? 'wrong' : 'uncertain',
    left: direction * change.value,
    right: moved < 0 ? -actual : actual,
    tolerance: isPercent ? change.step / 2 : 0,
  });
}
