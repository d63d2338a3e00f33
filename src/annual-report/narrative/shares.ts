import type { Finding, Verdict } from '../model.ts';
import type { Line } from './line.ts';
import { type Chapter, proseFinding } from './prose-finding.ts';
import type { Quantity } from './quantities.ts';
import { sentenceStart } from './scope.ts';

/** Counts further away than this have nothing to do with a share. */
const MOST_COUNTS = 16;

const share = /占(?:比|总?数?)?[^，,。；;、0-9]{0,16}$/u;
/** Shares of something that the report does not count. */
const elsewhere = /占[^，,。；;、]{0,4}(?:全国|全省|全市|全州|全区|全县|同期|同类|上年|去年)/u;
const rate = /(?<onTime>按时|按期|按法定期限)?(?:办结|办复|答复|回复|反馈)率(?:均?为|均?达到?了?|保持|约)?$/u;
/** Rates that cannot pass 100 %, unlike 完成率 or 增长率. */
const bounded =
  /(?:办结|办复|答复|回复|反馈|满意|合格|公开|按时|及时|准确|成功|解读|整改|达标|覆盖|知晓)率[^，,。；;、0-9]{0,4}$/u;
const finished = /办结|办复|答复|回复|反馈/u;
const received = /收到|受理|承办|交办|接收|办理|新收|转办/u;
const onTime = /按时|按期|法定期限/u;

/** Rule N2: shares and rates recomputed from the counts they stand with, as far as their printed decimals go. */
export function wrongShares(line: Line, chapter: Chapter): Finding[] {
  if (!line.text.includes('%')) return [];
  const items = line.quantities;
  const found: Finding[] = [];
  for (const [index, item] of items.entries()) {
    if (item.unit !== '%' || item.approximation !== null || item.isChange) continue;
    const before = line.text.slice(
      Math.max(sentenceStart(line.text, item.start), item.start - 40),
      item.start,
    );
    if (item.value > 100 && (share.test(before) || bounded.test(before))) {
      found.push(aboveAll(line, chapter, item));
      continue;
    }
    const counts = countsBefore(line.text, items, index);
    const claim = rate.test(before)
      ? rateClaim(line.text, counts, rate.exec(before)?.groups?.onTime !== undefined)
      : (share.test(before) || isInShareList(line.text, item.start)) && !elsewhere.test(before)
        ? shareClaim(line.text, items, index, counts)
        : null;
    if (!claim || claim.pairs.some(([part, whole]) => isShare(part.value, whole.value, item))) continue;
    const [part, whole] = claim.pairs[0]!;
    found.push(report(line, chapter, item, part, whole, claim.verdict));
  }
  return found;
}

/** Whether `percent`, as printed, is part/whole, rounded or cut off. */
export function isShare(part: number, whole: number, percent: Pick<Quantity, 'value' | 'step'>): boolean {
  if (whole === 0) return part === 0;
  const off = (part / whole) * 100 - percent.value;
  return Math.abs(off) <= percent.step / 2 + 1e-9 || (off > 0 && off < percent.step - 1e-9);
}

function aboveAll(line: Line, chapter: Chapter, percent: Quantity): Finding {
  const quote = line.quote(
    Math.max(sentenceStart(line.text, percent.start), percent.start - 12),
    percent.end,
  );
  const message = `正文“${quote}”：比率不能大于 100%`;
  const at = {
    rule: 'N2',
    level: 'warning',
    verdict: 'wrong',
    message,
    chapter: chapter.key,
    quote,
  } as const;
  return proseFinding({ ...at, left: percent.value, right: 100 });
}

interface Claim {
  pairs: [part: Quantity, whole: Quantity][];
  verdict: Verdict;
}

/** Counts of the same sentence, the nearest first, then those of the sentence before. */
function countsBefore(text: string, items: readonly Quantity[], index: number): Quantity[] {
  const counts: Quantity[] = [];
  let breaks = 0;
  let right = items[index]!.start;
  for (let at = index - 1; at >= 0 && counts.length < MOST_COUNTS; at--) {
    const item = items[at]!;
    if (/[。！？!?\n]/u.test(text.slice(item.end, right))) breaks += 1;
    if (breaks > 1) break;
    right = item.start;
    if (isCount(item)) counts.push(item);
  }
  return counts;
}

function isCount(item: Quantity): boolean {
  return (
    item.unit !== '' &&
    !/^(?:%|个百分点|百分点|倍|页)$/u.test(item.unit) &&
    item.approximation === null &&
    !item.isChange
  );
}

function shareClaim(
  text: string,
  items: readonly Quantity[],
  index: number,
  counts: readonly Quantity[],
): Claim | null {
  const percent = items[index]!;
  const list = isInShareList(text, percent.start) ? percentList(text, items, index) : null;
  const part = list ? counts[list.length - 1 - list.position] : partNamed(text, percent, counts);
  if (!part || sentenceStart(text, percent.start) > part.start) return null;
  const others = counts.filter(
    (count) =>
      count !== part && count.unit === part.unit && count.value >= part.value && count.start < part.start,
  );
  const distinct = [...new Map(others.map((count) => [count.value, count])).values()];
  if (distinct.length === 0) return null;
  const lead = text.lastIndexOf('其中', part.start);
  const head = lead < 0 ? undefined : others.find(({ end }) => end <= lead);
  const pairs = distinct.map((whole): [Quantity, Quantity] => [part, whole]);
  const isSure = distinct.length === 1 || (head !== undefined && text.slice(head.end, lead).length <= 2);
  const first = head ? [pairs.find(([, whole]) => whole.value === head.value)!] : [];
  return { pairs: [...first, ...pairs], verdict: isSure ? 'wrong' : 'uncertain' };
}

/** The count that 占 speaks of: the nearest, unless the clause names another (予以公开的占46.6%). */
function partNamed(text: string, percent: Quantity, counts: readonly Quantity[]): Quantity | undefined {
  const clause = /(?<name>[^，,。；;、：:（(）)0-9]*)占[^占]*$/u.exec(
    text.slice(Math.max(0, percent.start - 40), percent.start),
  );
  const name =
    clause?.groups?.name?.replace(/^[件条次]/u, '').replace(/(?:的|约|共|均|分别|其|所)+$/u, '') ?? '';
  const nearest = counts[0];
  if (name === '' || (nearest && nearest.end > percent.start - (clause?.[0].length ?? 0))) return nearest;
  return counts.find(({ start }) =>
    text
      .slice(Math.max(0, start - name.length - 4), start)
      .replace(/(?:的|申请|共|有|为){0,2}$/u, '')
      .endsWith(name),
  );
}

/** 分别占96.8%、3.2%. */
function isInShareList(text: string, at: number): boolean {
  return /分别占[^，,。；;、0-9]{0,12}(?:[0-9.]+%[、，,和及])*$/u.test(text.slice(Math.max(0, at - 80), at));
}

/** Position of a share among the shares of 分别占 a%、b%. */
function percentList(
  text: string,
  items: readonly Quantity[],
  index: number,
): { position: number; length: number } {
  const from = text.lastIndexOf('分别占', items[index]!.start);
  const shares = items.filter(
    ({ unit, start }) => unit === '%' && start > from && !/[。；;]/u.test(text.slice(from, start)),
  );
  return { position: shares.indexOf(items[index]!), length: shares.length };
}

/** Rates of what came in: only where exactly one number came in and one was finished. */
function rateClaim(text: string, counts: readonly Quantity[], isOnTime: boolean): Claim | null {
  const inSentence = counts.filter(({ end }) => !/[。！？!?\n]/u.test(text.slice(end, counts[0]?.end)));
  const first = inSentence[0];
  const same = inSentence.filter(({ unit }) => unit === first?.unit);
  if (same.length !== 2) return null;
  const [later, earlier] = same as [Quantity, Quantity];
  const words = text.slice(earlier.end, later.start) + text.slice(later.end, later.end + 1);
  const before = text.slice(Math.max(sentenceStart(text, earlier.start), earlier.start - 24), earlier.start);
  if (!finished.test(words) || received.test(words.replace(/办理(?=完毕|结)/u, ''))) return null;
  if (!received.test(before) || finished.test(before)) return null;
  if (isOnTime !== onTime.test(words) || later.value > earlier.value) return null;
  return { pairs: [[later, earlier]], verdict: 'wrong' };
}

function report(
  line: Line,
  chapter: Chapter,
  percent: Quantity,
  part: Quantity,
  whole: Quantity,
  verdict: Verdict,
): Finding {
  const actual = Number(((part.value / whole.value) * 100).toFixed(Math.max(2, decimalsOf(percent))));
  const quote =
    percent.end - whole.start <= 160
      ? line.quote(Math.min(whole.start, part.start), percent.end)
      : line.quote(part.start, percent.end);
  const message = `正文“${quote}”：${part.value} ${part.unit}占 ${whole.value} ${whole.unit}的 ${actual}%，不是 ${percent.value}%`;
  const at = { rule: 'N2', level: 'warning', verdict, message, chapter: chapter.key, quote } as const;
  return proseFinding({ ...at, left: percent.value, right: actual, tolerance: percent.step / 2 });
}

function decimalsOf({ step }: Quantity): number {
  return Math.max(0, Math.round(-Math.log10(step)));
}
