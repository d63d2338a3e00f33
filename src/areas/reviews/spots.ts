import { createHash } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { type PersonalDatum, type PersonalKind, personalData } from '../../law/index.ts';
import { type BodyText, readBody } from './body-text.ts';
import {
  type DeadLink,
  type DictionaryEntry,
  entryKinds,
  type Finding,
  type Fix,
  type ScannedField,
  type ScannedText,
} from './model.ts';
import { personalWords } from './personal-words.ts';
import type { Dictionary } from './words-in-text.ts';

export interface ScanFacts {
  dictionary: Dictionary;
  deadLinks: readonly DeadLink[];
  /** Rules out birth dates that are still to come. */
  today: Temporal.PlainDate;
}

/** A text that is looked through by itself. */
export interface Stretch {
  field: ScannedField;
  /** Name of the file where it is one. */
  file: string;
  text: string;
  /** What tells of a person in it, in order of place; no excerpt shows it. */
  personal(): readonly PersonalDatum[];
}

/** What a finding says whatever its place is. */
export interface About
  extends Pick<Finding, 'kind' | 'severity' | 'label' | 'explanation' | 'source' | 'entry'> {
  fixes(spot: Spot): readonly Fix[];
  /** The same as long as it is the same finding. */
  key(spot: Spot): string;
  /** Shown where the place has no words of its own. */
  shown?: string;
}

/** Something found and where; a million of them are cheap, so nothing is worked out before it is told. */
export interface Spot {
  about: About;
  within: Stretch;
  start: number;
  end: number;
  /** What it becomes; null where that is the same at every place. */
  masked: PersonalDatum | null;
}

export interface Spots {
  /** In order of the fields and of place. */
  spots: Spot[];
  /** Found, but too often for their places to be kept. */
  beyond: { about: About; count: number }[];
}

/** Everything in a text that a reader should not meet; of one word of the dictionaries at most so many places. Pure. */
export function spotsOf(text: ScannedText, facts: ScanFacts, most: number): Spots {
  const body = readBody(text.body);
  const search = searchFor(facts, most);
  const plain = (field: ScannedField, words: string) => stretchOf(field, '', words, facts);
  const bodyText = plain('body', body.text);
  for (const within of [
    plain('title', text.title),
    plain('abstract', text.abstract),
    bodyText,
    plain('documentNumber', text.documentNumber),
    plain('issuingBody', text.issuingBody),
    plain('source', text.source),
    plain('keywords', text.keywords.join('，')),
    plain('amendment', text.amendment),
    plain('interpretationPlan', text.interpretationPlan),
  ])
    search.everything(within);
  search.add(picturesWithoutWords(body, bodyText));
  search.add(deadLinksIn(body, bodyText, facts.deadLinks));
  for (const { name, plain: words, kind } of text.files) {
    if (kind === 'picture') continue;
    search.everything(stretchOf('files', name, name, facts), withoutFixes);
    // The gate looks for personal data in files and masks them there; here their words are read.
    search.words(stretchOf('files', name, words, facts), ({ severity }) => severity !== 'hint', withoutFixes);
  }
  search.add(missing(text));
  return search.found;
}

const withoutFixes = (about: About): About => ({ ...about, fixes: () => [] });
const asItIs = (about: About): About => about;

function searchFor({ dictionary }: ScanFacts, most: number) {
  const found: Spots = { spots: [], beyond: [] };
  const add = (spots: readonly Spot[]) => {
    for (const spot of spots) found.spots.push(spot);
  };
  const wordsIn = (within: Stretch, made: (about: About) => About) => {
    const aboutOf = keptOf((entry: DictionaryEntry) => made(aboutWord(entry)));
    const { words, beyond } = dictionary(within.text, most);
    return {
      spots: words.map(
        ({ entry, start, end }): Spot => ({ about: aboutOf(entry), within, start, end, masked: null }),
      ),
      beyond: beyond.map(({ entry, count }) => ({ about: aboutOf(entry), count })),
    };
  };
  return {
    found,
    add,
    everything(within: Stretch, made = asItIs) {
      if (within.text === '') return;
      const { spots, beyond } = wordsIn(within, made);
      const aboutOf = keptOf((kind: PersonalKind) => made(aboutPerson(kind)));
      const personal = within.personal().map((masked): Spot => {
        const { kind, start, end } = masked;
        return { about: aboutOf(kind), within, start, end, masked };
      });
      add(personal.length === 0 ? spots : [...personal, ...spots].sort((a, b) => a.start - b.start));
      found.beyond.push(...beyond);
    },
    words(within: Stretch, fits: (about: About) => boolean, made = asItIs) {
      const { spots, beyond } = wordsIn(within, made);
      add(spots.filter(({ about }) => fits(about)));
      found.beyond.push(...beyond.filter(({ about }) => fits(about)));
    },
  };
}

/** Works something out once for each key. */
function keptOf<Key, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const kept = new Map<Key, Value>();
  return (key) => {
    const value = kept.get(key) ?? work(key);
    kept.set(key, value);
    return value;
  };
}

function stretchOf(
  field: ScannedField,
  file: string,
  text: string,
  { today }: Pick<ScanFacts, 'today'>,
): Stretch {
  let known: readonly PersonalDatum[] | null = null;
  return {
    field,
    file,
    text,
    personal: () =>
      (known ??= personalData(text, today).filter(({ kind, harmless }) => !(kind === 'email' && harmless))),
  };
}

const nowhere = (field: ScannedField): Stretch => ({ field, file: '', text: '', personal: () => [] });

function aboutPerson(kind: PersonalKind): About {
  const { fix, ...words } = personalWords[kind];
  return {
    ...words,
    kind,
    entry: kind,
    fixes: ({ masked }) => [{ label: fix, act: 'write', text: masked?.replacement ?? '' }],
    key: inItsSentence(kind),
  };
}

function aboutWord(entry: DictionaryEntry): About {
  return {
    kind: entry.kind,
    severity: entry.severity,
    label: entryKinds[entry.kind],
    explanation: entry.note,
    source: entry.source,
    entry: entry.key,
    fixes: () =>
      entry.right.map((word) => ({
        label: word === '' ? '删去' : `改为“${word}”`,
        act: 'write',
        text: word,
      })),
    key: inItsSentence(`${entry.kind} ${entry.key}`),
  };
}

function picturesWithoutWords(body: BodyText, within: Stretch): Spot[] {
  return body.pictures
    .filter(({ alt }) => alt === '')
    .map(({ src, text }) => ({
      within,
      start: text,
      end: text,
      masked: null,
      about: {
        kind: 'no-alternative',
        severity: 'needs-reason',
        label: '图片没有替代文字',
        shown: '图片',
        explanation: '看不到图片的人需要一句话知道图片说了什么；图片只是装饰的，说明理由即可。',
        source: 'GB/T 37668—2019《互联网内容无障碍可访问性技术要求》',
        entry: '',
        fixes: () => [{ label: '写上替代文字', act: 'describe', text: '' }],
        key: () => hashOf(`no-alternative ${src}`),
      },
    }));
}

/** Of a link's words no more is shown. */
const LINK_SHOWN = 40;

function deadLinksIn(body: BodyText, within: Stretch, dead: readonly DeadLink[]): Spot[] {
  if (dead.length === 0) return [];
  const known = new Map(dead.map((link) => [link.href, link]));
  return body.links.flatMap(({ href, start, end }) => {
    const found = known.get(href);
    if (!found) return [];
    const about: About = {
      kind: 'dead-link',
      severity: 'needs-reason',
      label: '打不开的链接',
      explanation: `${href.slice(0, 120)} ${found.why}${found.checkedOn ? `（${found.checkedOn} 检查）` : ''}。`,
      source: '国办秘函〔2019〕19号：不得有错链、断链',
      entry: '',
      fixes: () => [{ label: '取消链接，保留文字', act: 'unlink', text: href }],
      key: inItsSentence(`dead-link ${href}`),
    };
    return { within, start, end, masked: null, about };
  });
}

function missing(text: ScannedText): Spot[] {
  const lacks: Spot[] = [];
  const add = (field: ScannedField, about: Pick<About, 'explanation'> & Partial<About>) =>
    lacks.push({
      within: nowhere(field),
      start: 0,
      end: 0,
      masked: null,
      about: {
        kind: 'missing-metadata',
        severity: 'hint',
        label: '缺少信息要素',
        source: '国办发〔2017〕47号：网页标签规范',
        entry: '',
        fixes: () => [],
        key: () => hashOf(`missing-metadata ${field}`),
        ...about,
      },
    });
  if (text.source === '' && text.issuingBody !== '')
    add('source', {
      explanation: '没有填写来源，公开页面上写发布机构。',
      fixes: () => [{ label: '来源写发布机构', act: 'write', text: text.issuingBody }],
    });
  if (text.abstract === '')
    add('abstract', { explanation: '没有填写内容概述，列表和搜索结果里看不到要点。' });
  if (text.keywords.length === 0) add('keywords', { explanation: '没有填写关键词。' });
  if (text.normative && text.interpretationPlan.trim() === '')
    add('interpretationPlan', {
      kind: 'no-interpretation-plan',
      severity: 'needs-reason',
      label: '没有解读方案',
      explanation: '规范性文件、规章应当与解读方案、解读材料同步组织、同步审签、同步部署。',
      source: '国办发〔2016〕80号',
      key: () => hashOf('no-interpretation-plan'),
    });
  return lacks;
}

const CONTEXT = 15;
const SENTENCE = /[。；！？]/;

/** Words around a place, of its own line. */
function around(text: string, start: number, end: number): { before: string; after: string } {
  const before = text.slice(Math.max(0, start - CONTEXT), start);
  const after = text.slice(end, end + CONTEXT);
  return { before: before.slice(before.lastIndexOf('\n') + 1), after: after.split('\n', 1)[0] ?? '' };
}

/** Words of its own sentence only: what is written before and after it leaves a finding what it is. */
const inItsSentence =
  (what: string) =>
  ({ within: { text }, start, end }: Spot): string => {
    const { before, after } = around(text, start, end);
    const [left, right] = [before.split(SENTENCE).at(-1), after.split(SENTENCE, 1)[0]];
    return hashOf(`${what}\n${left}\n${text.slice(start, end)}\n${right}`);
  };

export const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 16);

/** A few words around a place, with everybody in them masked. */
export function excerptOf({ within, start, end, about: { kind, shown } }: Spot): Finding['excerpt'] {
  if (shown !== undefined) return { before: '', found: shown, after: '' };
  if (start === end) return { before: '', found: '', after: '' };
  const last = kind === 'dead-link' ? Math.min(end, start + LINK_SHOWN) : end;
  const from = Math.max(0, start - CONTEXT);
  const window = maskedBetween(within, from, last + CONTEXT);
  const found = window.slice(start - from, last - from);
  return { ...around(window, start - from, last - from), found };
}

/** A piece of a text; what is masked is as long as it was. */
function maskedBetween({ text, personal }: Stretch, from: number, to: number): string {
  const data = personal();
  let low = 0;
  for (let high = data.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((data[middle]?.end ?? 0) <= from) low = middle + 1;
    else high = middle;
  }
  const pieces: string[] = [];
  let at = from;
  for (let index = low; index < data.length; index++) {
    const datum = data[index];
    if (!datum || datum.start >= to) break;
    pieces.push(text.slice(at, Math.max(at, datum.start)));
    pieces.push(datum.replacement.slice(Math.max(0, from - datum.start), to - datum.start));
    at = datum.end;
  }
  pieces.push(at < to ? text.slice(at, to) : '');
  return pieces.join('');
}
