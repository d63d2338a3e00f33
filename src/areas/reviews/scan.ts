import { createHash } from 'node:crypto';
import { type Finding, type Place, type ScannedText, type Severity, severities } from './model.ts';
import {
  type About,
  excerptOf,
  hashOf,
  type ScanFacts,
  type Spot,
  type Spots,
  type Stretch,
  spotsOf,
} from './spots.ts';

/** More findings than this are counted and not told one by one. */
export const MOST_FINDINGS = 500;

/**
 * What a reader should not meet in a text that is to be published (送审前机器检查), in order of the fields and of place. Of very
 * much the gravest is told, and one finding more counts the rest: nothing passes unseen. Nothing is fetched or written. Pure.
 */
export function scan(text: ScannedText, facts: ScanFacts): Finding[] {
  const found = spotsOf(text, facts, MOST_FINDINGS);
  const listed = gravest(found.spots);
  return [...told(listed), ...restOf(found, listed)];
}

const byWeight = Object.keys(severities) as Severity[];

/** In the order they came. */
function gravest(spots: readonly Spot[]): ReadonlySet<Spot> {
  if (spots.length <= MOST_FINDINGS) return new Set(spots);
  const chosen = byWeight.flatMap((severity) => spots.filter(({ about }) => about.severity === severity));
  const first = new Set(chosen.slice(0, MOST_FINDINGS));
  return new Set(spots.filter((spot) => first.has(spot)));
}

function told(spots: Iterable<Spot>): Finding[] {
  const placers = new Map<Stretch, ReturnType<typeof placer>>();
  const times = new Map<string, number>();
  return [...spots].map((spot) => {
    const { about, within, start, end } = spot;
    const placed = placers.get(within) ?? placer(within);
    placers.set(within, placed);
    const key = `${within.field}-${about.key(spot)}`;
    // What stands twice in the same words is told apart by its order.
    const time = (times.get(key) ?? 0) + 1;
    times.set(key, time);
    return {
      ...wordsOf(about),
      key: time === 1 ? key : `${key}-${time}`,
      place: placed(start, end),
      excerpt: excerptOf(spot),
      fixes: about.fixes(spot),
    };
  });
}

const wordsOf = ({ kind, severity, label, explanation, source, entry }: About) => ({
  kind,
  severity,
  label,
  explanation,
  source,
  entry,
});

/** The one finding that stands for what is not told: a reason for it is about just these words. */
function restOf({ spots, beyond }: Spots, listed: ReadonlySet<Spot>): Finding[] {
  const unlisted = spots.filter((spot) => !listed.has(spot));
  const abouts = [...unlisted, ...beyond].map(({ about }) => about);
  const severity = byWeight.find((one) => abouts.some((about) => about.severity === one));
  const [first] = unlisted;
  if (severity === undefined) return [];
  const hash = createHash('sha256');
  for (const { about, within, start, end } of unlisted)
    hash.update(`${about.kind} ${about.entry}\n${within.text.slice(start, end)}\n`);
  for (const { about, count } of beyond) hash.update(`${about.kind} ${about.entry} ${count}\n`);
  const count = unlisted.length + beyond.reduce((sum, one) => sum + one.count, 0);
  const labels = [...new Set(abouts.map(({ label }) => label))].slice(0, 4);
  const field = first?.within.field ?? 'body';
  return [
    {
      key: `rest-${hashOf(hash.digest('base64url'))}`,
      kind: 'rest',
      severity,
      label: '其余发现',
      place: { field, file: '', start: 0, end: 0, visibleStart: 0, visibleLength: 0 },
      excerpt: { before: '', found: '', after: '' },
      explanation: `另有 ${count} 处没有逐条列出（${labels.join('、')}）。处理已列出的，其余的会接着列出来。`,
      source: '',
      entry: '',
      fixes: [],
    },
  ];
}

/** Counts what people see before a place: the same in the text of a page, of an editor and here. */
function placer({ field, file, text }: Stretch): (start: number, end: number) => Place {
  let at = 0;
  let seen = 0;
  const upTo = (offset: number) => {
    if (offset < at) [at, seen] = [0, 0];
    for (; at < offset; at++) if (!isBlank(text.charCodeAt(at))) seen += 1;
    return seen;
  };
  return (start, end) => {
    const visibleStart = upTo(start);
    return { field, file, start, end, visibleStart, visibleLength: upTo(end) - visibleStart };
  };
}

const isBlank = (code: number): boolean =>
  code <= 0x20 || code === 0xa0 || code === 0x3000 || code === 0xfeff || (code >= 0x2000 && code <= 0x200f);
