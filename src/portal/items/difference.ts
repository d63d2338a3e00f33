import { diffArrays, diffWords } from 'diff';
import type { Version } from '../../areas/catalogue/index.ts';

/** One run of text of two versions. */
export interface Run {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** A paragraph that is not the same in both, or a stretch of those that are. */
export type Stretch = { same: number } | { runs: Run[] };

export interface Difference {
  fields: { label: string; before: string; after: string }[];
  text: Stretch[];
}

const fields = {
  title: '名称',
  abstract: '内容概述',
  documentNumber: '文号',
  issuingBody: '发布机构',
  formedOn: '成文日期',
  genre: '体裁',
  subject: '主题分类',
  source: '来源',
} as const;

export type Compared = Pick<Version, keyof typeof fields | 'plain'>;

const words = new Intl.Segmenter('zh-CN', { granularity: 'word' });
/** Longer paragraphs are told as a whole: comparing them word by word would hold up everybody. */
const WORD_BY_WORD = 4000;
const PATIENCE_MS = 200;
/** For one paragraph, and for all of a text: a text that was written anew is told by paragraphs. */
const PARAGRAPH_MS = 50;
const PARAGRAPHS_MS = 400;

/** What a later version says otherwise than the one before it. */
export function differenceOf(before: Compared, after: Compared): Difference {
  return {
    fields: Object.entries(fields).flatMap(([key, label]) => {
      const [was, is] = [before[key as keyof typeof fields] ?? '', after[key as keyof typeof fields] ?? ''];
      return was === is ? [] : [{ label, before: was, after: is }];
    }),
    text: textDifference(before.plain, after.plain),
  };
}

function textDifference(before: string, after: string): Stretch[] {
  const [was, is] = [linesOf(before), linesOf(after)];
  const changes = diffArrays(was, is, { timeout: PATIENCE_MS }) ?? [
    { removed: true, added: false, value: was },
    { removed: false, added: true, value: is },
  ];
  const until = performance.now() + PARAGRAPHS_MS;
  const stretches: Stretch[] = [];
  for (let at = 0; at < changes.length; at++) {
    const change = changes[at];
    if (!change) break;
    const next = changes[at + 1];
    if (!change.added && !change.removed) stretches.push({ same: change.value.length });
    else if (change.removed && next?.added) {
      stretches.push(...paired(change.value, next.value, until));
      at += 1;
    } else stretches.push(...change.value.map((text) => whole(change.added ? 'added' : 'removed', text)));
  }
  return stretches;
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'));

const whole = (kind: 'removed' | 'added', text: string): Stretch => ({ runs: [{ kind, text }] });

/** Paragraphs that took the place of others: the first that of the first, and so on. */
function paired(removed: readonly string[], added: readonly string[], until: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = 0; at < Math.max(removed.length, added.length); at++) {
    const [was, is] = [removed[at], added[at]];
    if (was !== undefined && is !== undefined) stretches.push({ runs: wordRuns(was, is, until) });
    else if (was !== undefined) stretches.push(whole('removed', was));
    else if (is !== undefined) stretches.push(whole('added', is));
  }
  return stretches;
}

/** `until` is the time of the process, in ms, after which nothing is compared word by word any more. */
function wordRuns(was: string, is: string, until: number): Run[] {
  const apart: Run[] = [
    { kind: 'removed', text: was },
    { kind: 'added', text: is },
  ];
  const left = until - performance.now();
  if (left <= 0 || was.length + is.length > WORD_BY_WORD) return apart;
  const changes = diffWords(was, is, { intlSegmenter: words, timeout: Math.min(left, PARAGRAPH_MS) });
  return (
    changes?.map(({ added, removed, value }) => ({
      kind: added ? ('added' as const) : removed ? ('removed' as const) : ('same' as const),
      text: value,
    })) ?? apart
  );
}
