import { exact } from '../formats/grid.ts';
import type { Finding, Verdict } from '../model.ts';
import type { Line } from './line.ts';
import { type Chapter, proseFinding } from './prose-finding.ts';
import { type Quantity, roundingOf } from './quantities.ts';
import { type List, listsIn, MOST_PARTS, runningSums, sentenceBreak, sumOf } from './stated-lists.ts';

/** Share of a total that a slip of the pen may make up. */
const LITTLE = 0.15;
const endTotal = /(?:^|[，,、；;：:）)])(?:以上|全部)?(?:合计|共计|总计)(?:为|是|达|有)?[:：]?$/u;

/**
 * Rule N1: parts that must add up to the total they stand with. A list that says it is complete (分别为…) must give the
 * total; one that starts with 其中 or ends in 等 must only not exceed it.
 */
export function wrongListSums(line: Line, chapter: Chapter): Finding[] {
  const items = line.quantities.filter(
    ({ unit, isChange }) => unit !== '' && !/^(?:%|个百分点|百分点|倍|页)$/u.test(unit) && !isChange,
  );
  if (items.length < 2) return [];
  const found = [
    ...listsIn(line.text, items).flatMap((list) => judgeList(list, line, chapter)),
    ...items.flatMap((item, index) => judgeEndTotal(item, index, items, line, chapter)),
  ];
  return found.filter(({ quote }, index) => found.findIndex((other) => other.quote === quote) === index);
}

/** All that is left, unlike 其他处理 or 其他结果, which are kinds of their own. */
const rest = /(?:其他|其它|其余)(?!处理|结果|行政|法律|组织)/u;

/** Kinds of parts that exclude each other, so that two of them never overlap. */
const partitions: readonly (readonly [string, RegExp])[] = [
  ['applicant', /自然人|公民|个人|法人|组织|企业|机构/u],
  ['outcome', /予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|同意公开/u],
  ['way', /当面|现场|网络|网上|信函|邮寄|传真|邮件|邮箱|窗口/u],
  ['remedy', /维持|纠正|纠错|其他结果|审结/u],
];
/** One item through several of these counts in each. */
const overlapping =
  /网站|微博|微信|公报|公众号|新媒体|平台|头条|抖音|报纸|报刊|广播|电视|图解|视频|专栏|渠道|方式/u;

function judgeList(list: List, line: Line, chapter: Chapter): Finding[] {
  if ([list.total, ...list.parts].some(({ approximation }) => approximation !== null)) return [];
  const totals = list.isAdjacent ? [list.total] : list.totals;
  const tolerance = roundingOf([list.total, ...list.parts]);
  const near = (a: number, b: number) => Math.abs(exact(a - b)) <= tolerance;
  const bounds = [...list.totals.map(({ value }) => value), ...runningSums(list.totals)];
  if (sumsOf(list, line.text).some((sum) => bounds.some((total) => near(sum, total)))) return [];
  const report = (parts: readonly Quantity[], right: Quantity, verdict: Verdict, words: string) =>
    proseFinding({
      rule: 'N1',
      level: 'warning',
      verdict,
      message: `正文“${quoteOf(line, right, parts)}”：${words}`,
      chapter: chapter.key,
      quote: quoteOf(line, right, parts),
      left: sumOf(parts),
      right: right.value,
      tolerance,
    });
  const unit = list.total.unit;
  const largest = totals.reduce((a, b) => (b.value > a.value ? b : a));

  if (list.isExhaustive) {
    if (list.parts.length < 2 || list.parts.some(({ grouped }) => grouped)) return [];
    const distinct = new Set(totals.map(({ value }) => value)).size;
    const sum = sumOf(list.parts);
    const words = `各部分合计 ${sum} ${unit}，与总数 ${list.total.value} ${unit}不符，相差 ${exact(Math.abs(sum - list.total.value))} ${unit}`;
    return [report(list.parts, list.total, distinct === 1 ? 'wrong' : 'uncertain', words)];
  }
  const tooLarge = list.all.find(({ value }) => value > largest.value + tolerance);
  // 收到50件、上年结转3件，其中自然人48件: the parts are of both.
  const most = sumOf(list.totals);
  if (
    list.totals.length > 1 &&
    Math.max(tooLarge?.value ?? 0, sumOf(list.parts)) > largest.value &&
    sumOf(list.parts) <= most
  )
    return [];
  if (tooLarge) {
    const words = `部分 ${tooLarge.value} ${unit}大于总数 ${largest.value} ${unit}，多 ${exact(tooLarge.value - largest.value)} ${unit}`;
    return [report([tooLarge], largest, list.isAdjacent ? 'wrong' : 'uncertain', words)];
  }
  const short = shortfall(list, line.text);
  if (short !== null) {
    const sum = sumOf(list.parts);
    const words = `各部分合计 ${sum} ${unit}，与总数 ${list.total.value} ${unit}不符，相差 ${short.by} ${unit}`;
    return [
      report(
        list.parts,
        list.total,
        short.verdict,
        `${words}${short.verdict === 'wrong' ? '' : '，是否没有列全'}`,
      ),
    ];
  }
  const groups = groupsOf(line.text, list);
  const whole =
    list.isAdjacent && endsInRest(list, line.text) && groups.every(({ kind }) => kind !== 'overlapping');
  return (whole ? [{ kind: 'whole', parts: list.parts }] : groups).flatMap(({ kind, parts }) => {
    const sum = sumOf(parts);
    if (kind === 'overlapping' || parts.length < 2 || sum <= largest.value + tolerance) return [];
    if (runningSums(parts).some((value) => near(value, largest.value))) return [];
    const isSure = list.isAdjacent && (kind !== 'other' || list.isTight);
    const words = `各部分合计 ${sum} ${unit}，大于总数 ${largest.value} ${unit}，多 ${exact(sum - largest.value)} ${unit}`;
    return [report(parts, largest, isSure ? 'wrong' : 'uncertain', words)];
  });
}

/** What the list may add up to: as far as its joints hold together, and in a sentence that runs on, any part of the way. */
function sumsOf({ all, parts }: List, text: string): number[] {
  const sums = runningSums(all);
  const [first, second] = all;
  const joint = first && second ? text.slice(first.end, second.start) : '';
  return /^[，,；;]./u.test(joint) ? sums : sums.slice(Math.max(0, parts.length - 2));
}

/**
 * A list after 其中 may be incomplete, unless its last part is all the rest (其他…). One of three or more members that falls
 * short by little was most likely meant to be complete.
 */
function shortfall(list: List, text: string): { by: number; verdict: Verdict } | null {
  const { parts, total, isAdjacent, isOpen } = list;
  const by = exact(total.value - sumOf(parts));
  if (!isAdjacent || isOpen || parts.length < 2 || by <= roundingOf([total, ...parts])) return null;
  if (endsInRest(list, text)) return { by, verdict: 'wrong' };
  return list.isTight && parts.length > 2 && by <= total.value * LITTLE ? { by, verdict: 'uncertain' } : null;
}

function endsInRest({ parts }: List, text: string): boolean {
  const [last, beforeLast] = [parts.at(-1), parts.at(-2)];
  return last !== undefined && beforeLast !== undefined && rest.test(text.slice(beforeLast.end, last.start));
}

/** Parts in a row that name members of one partition; where parts may overlap there is nothing to add up. */
function groupsOf(text: string, list: List): { kind: string; parts: Quantity[] }[] {
  const groups: { kind: string; parts: Quantity[] }[] = [];
  let from = list.total.end;
  for (const part of list.parts) {
    const label = text.slice(Math.max(from, part.start - 30), part.start);
    from = part.end;
    const known = partitions.find(([, words]) => words.test(label))?.[0];
    const kind = known === undefined && overlapping.test(label) ? 'overlapping' : (known ?? 'other');
    const last = groups.at(-1);
    if (last?.kind === kind) last.parts.push(part);
    else groups.push({ kind, parts: [part] });
  }
  return groups;
}

/** 甲5件、乙2件，合计8件. */
function judgeEndTotal(
  total: Quantity,
  index: number,
  items: readonly Quantity[],
  line: Line,
  chapter: Chapter,
): Finding[] {
  const { text } = line;
  if (!endTotal.test(text.slice(Math.max(0, total.start - 8), total.start))) return [];
  const parts: Quantity[] = [];
  let right = total.start;
  for (let at = index - 1; at >= 0 && parts.length < MOST_PARTS; at--) {
    const item = items[at]!;
    const between = text.slice(item.end, right);
    if (sentenceBreak.test(between) || /其中|等/u.test(between)) break;
    right = item.start;
    if (item.unit === total.unit) parts.unshift(item);
  }
  if (parts.length < 2 || [total, ...parts].some(({ approximation }) => approximation !== null)) return [];
  const tolerance = roundingOf([total, ...parts]);
  const fits = runningSums(parts.toReversed()).some((sum) => Math.abs(exact(sum - total.value)) <= tolerance);
  if (fits || parts.some(({ value }) => Math.abs(value - total.value) <= tolerance)) return [];
  const isTight = parts.slice(1).every((part, k) => text.slice(parts[k]!.end, part.start).startsWith('、'));
  const sum = sumOf(parts);
  const quote = line.quote(parts[0]!.start, total.end);
  const message = `正文“${quote}”：各部分合计 ${sum} ${total.unit}，与合计数 ${total.value} ${total.unit}不符，相差 ${exact(Math.abs(sum - total.value))} ${total.unit}`;
  return [
    proseFinding({
      rule: 'N1',
      level: 'warning',
      verdict: isTight ? 'wrong' : 'uncertain',
      message,
      chapter: chapter.key,
      quote,
      left: sum,
      right: total.value,
      tolerance,
    }),
  ];
}

function quoteOf(line: Line, total: Quantity, parts: readonly Quantity[]): string {
  const last = parts.at(-1)!;
  const from = Math.min(total.start, parts[0]!.start);
  return last.end - from <= 160
    ? line.quote(from, Math.max(total.end, last.end))
    : line.quote(parts[0]!.start, last.end);
}
