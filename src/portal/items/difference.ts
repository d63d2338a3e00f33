import { type Comparison, openComparison, type Version } from '../../areas/catalogue/index.ts';

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

/** Longer paragraphs are told as a whole: comparing them word by word would hold up everybody. */
const WORD_BY_WORD = 4000;
/** Edits among the paragraphs of a text, and among the words of them all: a text that was written anew is told by paragraphs. */
const MOST_PARAGRAPHS = 2000;
const MOST_WORDS = 1500;

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
  const changes = openComparison(MOST_PARAGRAPHS).lists(was, is) ?? [
    { removed: true, added: false, value: was },
    { removed: false, added: true, value: is },
  ];
  const inWords = openComparison(MOST_WORDS);
  const stretches: Stretch[] = [];
  for (let at = 0; at < changes.length; at++) {
    const change = changes[at];
    if (!change) break;
    const next = changes[at + 1];
    if (!change.added && !change.removed) stretches.push({ same: change.value.length });
    else if (change.removed && next?.added) {
      stretches.push(...paired(change.value, next.value, inWords));
      at += 1;
    } else stretches.push(...change.value.map((text) => whole(change.added ? 'added' : 'removed', text)));
  }
  return stretches;
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'));

const whole = (kind: 'removed' | 'added', text: string): Stretch => ({ runs: [{ kind, text }] });

/** Paragraphs that took the place of others: the first that of the first, and so on. */
function paired(removed: readonly string[], added: readonly string[], inWords: Comparison): Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = 0; at < Math.max(removed.length, added.length); at++) {
    const [was, is] = [removed[at], added[at]];
    if (was !== undefined && is !== undefined) stretches.push({ runs: wordRuns(was, is, inWords) });
    else if (was !== undefined) stretches.push(whole('removed', was));
    else if (is !== undefined) stretches.push(whole('added', is));
  }
  return stretches;
}

function wordRuns(was: string, is: string, inWords: Comparison): Run[] {
  const apart: Run[] = [
    { kind: 'removed', text: was },
    { kind: 'added', text: is },
  ];
  if (was.length + is.length > WORD_BY_WORD) return apart;
  return (
    inWords.words(was, is)?.map(({ added, removed, value }) => ({
      kind: added ? ('added' as const) : removed ? ('removed' as const) : ('same' as const),
      text: value.join(''),
    })) ?? apart
  );
}
