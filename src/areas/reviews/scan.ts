import { createHash } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { type PersonalDatum, personalData } from '../../law/index.ts';
import { type BodyText, readBody } from './body-text.ts';
import {
  type DeadLink,
  entryKinds,
  type Finding,
  type Place,
  type ScannedField,
  type ScannedText,
} from './model.ts';
import { personalWords } from './personal-words.ts';
import type { Dictionary, FoundWord } from './words-in-text.ts';

/** More findings than this are not told one by one. */
export const MOST_FINDINGS = 500;
const CONTEXT = 15;

export interface ScanFacts {
  dictionary: Dictionary;
  deadLinks: readonly DeadLink[];
  /** Rules out birth dates that are still to come. */
  today: Temporal.PlainDate;
  most?: number;
}

/**
 * What a reader should not meet in a text that is to be published (送审前机器检查), in order of the fields and of place.
 * Nothing is fetched or written. Pure.
 */
export function scan(text: ScannedText, facts: ScanFacts): Finding[] {
  const body = readBody(text.body);
  const most = facts.most ?? MOST_FINDINGS;
  const found: Finding[] = [];
  for (const [field, words] of [
    ['title', text.title],
    ['abstract', text.abstract],
    ['body', body.text],
    ['documentNumber', text.documentNumber],
    ['issuingBody', text.issuingBody],
    ['source', text.source],
    ['keywords', text.keywords.join('，')],
    ['amendment', text.amendment],
    ['interpretationPlan', text.interpretationPlan],
  ] as const)
    found.push(...findingsIn({ field, file: '' }, words, facts, most));
  found.push(
    ...picturesWithoutWords(body),
    ...deadLinksIn(body, facts.deadLinks),
    ...text.files.flatMap((file) => findingsInFile(file, facts, most)),
    ...missing(text),
  );
  return distinct(found).slice(0, most);
}

interface Where {
  field: ScannedField;
  file: string;
}

function findingsIn(where: Where, text: string, facts: ScanFacts, most: number): Finding[] {
  if (text === '') return [];
  const personal = personalData(text, facts.today).filter(
    ({ kind, harmless }) => !(kind === 'email' && harmless),
  );
  const words = facts.dictionary(text, most);
  if (personal.length === 0 && words.length === 0) return [];
  const masked = maskedText(text, personal);
  const placed = placer(where, text);
  return [
    ...personal.slice(0, most).map((datum) => personalFinding(datum, text, masked, placed)),
    ...words.map((word) => wordFinding(word, text, masked, placed)),
  ].sort((a, b) => a.place.start - b.place.start);
}

/** The gate looks for personal data in files and masks them there; here their names and their words are read. */
function findingsInFile(
  { name, plain, kind }: ScannedText['files'][number],
  facts: ScanFacts,
  most: number,
): Finding[] {
  if (kind === 'picture') return [];
  const where = { field: 'files' as const, file: name };
  const inName = findingsIn(where, name, facts, most);
  const inText = findingsIn(where, plain, facts, most).filter(
    ({ kind, severity }) => kind in entryKinds && severity !== 'hint',
  );
  return [...inName, ...inText].map((finding) => ({ ...finding, fixes: [] }));
}

function personalFinding(
  datum: PersonalDatum,
  text: string,
  masked: string,
  placed: (start: number, end: number) => Place,
): Finding {
  const { kind, start, end, replacement } = datum;
  const words = personalWords[kind];
  return {
    ...words,
    kind,
    key: keyOf(kind, text, start, end),
    place: placed(start, end),
    excerpt: excerptOf(masked, start, end),
    entry: kind,
    fixes: [{ label: words.fix, act: 'write', text: replacement }],
  };
}

function wordFinding(
  { entry, start, end }: FoundWord,
  text: string,
  masked: string,
  placed: (start: number, end: number) => Place,
): Finding {
  return {
    key: keyOf(`${entry.kind} ${entry.key}`, text, start, end),
    kind: entry.kind,
    severity: entry.severity,
    label: entryKinds[entry.kind],
    place: placed(start, end),
    excerpt: excerptOf(masked, start, end),
    explanation: entry.note,
    source: entry.source,
    entry: entry.key,
    fixes: entry.right.map((word) => ({
      label: word === '' ? '删去' : `改为“${word}”`,
      act: 'write' as const,
      text: word,
    })),
  };
}

const nowhere = (field: ScannedField): Place => ({
  field,
  file: '',
  start: 0,
  end: 0,
  visibleStart: 0,
  visibleLength: 0,
});

function picturesWithoutWords(body: BodyText): Finding[] {
  const placed = placer({ field: 'body', file: '' }, body.text);
  return body.pictures
    .filter(({ alt }) => alt === '')
    .map(({ src, text }) => ({
      key: hashOf(`no-alternative ${src}`),
      kind: 'no-alternative',
      severity: 'needs-reason',
      label: '图片没有替代文字',
      place: placed(text, text),
      excerpt: { before: '', found: '图片', after: '' },
      explanation: '看不到图片的人需要一句话知道图片说了什么；图片只是装饰的，说明理由即可。',
      source: 'GB/T 37668—2019《互联网内容无障碍可访问性技术要求》',
      entry: '',
      fixes: [{ label: '写上替代文字', act: 'describe', text: '' }],
    }));
}

function deadLinksIn(body: BodyText, dead: readonly DeadLink[]): Finding[] {
  if (dead.length === 0) return [];
  const known = new Map(dead.map((link) => [link.href, link]));
  const placed = placer({ field: 'body', file: '' }, body.text);
  return body.links.flatMap((link) => {
    const found = known.get(link.href);
    if (!found) return [];
    return {
      key: keyOf(`dead-link ${link.href}`, body.text, link.start, link.end),
      kind: 'dead-link' as const,
      severity: 'needs-reason' as const,
      label: '打不开的链接',
      place: placed(link.start, link.end),
      excerpt: excerptOf(body.text, link.start, Math.min(link.end, link.start + 40)),
      explanation: `${link.href.slice(0, 120)} ${found.why}${found.checkedOn ? `（${found.checkedOn} 检查）` : ''}。`,
      source: '国办秘函〔2019〕19号：不得有错链、断链',
      entry: '',
      fixes: [{ label: '取消链接，保留文字', act: 'unlink' as const, text: link.href }],
    };
  });
}

function missing(text: ScannedText): Finding[] {
  const lacks: Finding[] = [];
  const add = (field: ScannedField, explanation: string, fixes: Finding['fixes'] = []) =>
    lacks.push({
      key: hashOf(`missing-metadata ${field}`),
      kind: 'missing-metadata',
      severity: 'hint',
      label: '缺少信息要素',
      place: nowhere(field),
      excerpt: { before: '', found: '', after: '' },
      explanation,
      source: '国办发〔2017〕47号：网页标签规范',
      entry: '',
      fixes,
    });
  if (text.source === '' && text.issuingBody !== '')
    add('source', '没有填写来源，公开页面上写发布机构。', [
      { label: '来源写发布机构', act: 'write', text: text.issuingBody },
    ]);
  if (text.abstract === '') add('abstract', '没有填写内容概述，列表和搜索结果里看不到要点。');
  if (text.keywords.length === 0) add('keywords', '没有填写关键词。');
  if (text.normative && text.interpretationPlan.trim() === '')
    lacks.push({
      key: hashOf('no-interpretation-plan'),
      kind: 'no-interpretation-plan',
      severity: 'needs-reason',
      label: '没有解读方案',
      place: nowhere('interpretationPlan'),
      excerpt: { before: '', found: '', after: '' },
      explanation: '规范性文件、规章应当与解读方案、解读材料同步组织、同步审签、同步部署。',
      source: '国办发〔2016〕80号',
      entry: '',
      fixes: [],
    });
  return lacks;
}

/** Counts what people see before a place: the same in the text of a page, of an editor and here. */
function placer({ field, file }: Where, text: string): (start: number, end: number) => Place {
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

function maskedText(text: string, personal: readonly PersonalDatum[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, replacement } of personal) {
    pieces.push(text.slice(at, start), replacement);
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

/** Words around a place, of its own line. */
function around(text: string, start: number, end: number): { before: string; after: string } {
  const before = text.slice(Math.max(0, start - CONTEXT), start);
  const after = text.slice(end, end + CONTEXT);
  return { before: before.slice(before.lastIndexOf('\n') + 1), after: after.split('\n', 1)[0] ?? '' };
}

const excerptOf = (text: string, start: number, end: number): Finding['excerpt'] => ({
  ...around(text, start, end),
  found: text.slice(start, end),
});

/** Words of its own sentence only: what is written before and after it leaves a finding what it is. */
function keyOf(what: string, text: string, start: number, end: number): string {
  const { before, after } = around(text, start, end);
  const [left, right] = [before.split(SENTENCE).at(-1), after.split(SENTENCE, 1)[0]];
  return hashOf(`${what}\n${left}\n${text.slice(start, end)}\n${right}`);
}

const SENTENCE = /[。；！？]/;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);

/** Keys of what stands twice in the same words are told apart by their order. */
function distinct(findings: readonly Finding[]): Finding[] {
  const times = new Map<string, number>();
  return findings.map((finding) => {
    const key = `${finding.place.field}-${finding.key}`;
    const time = (times.get(key) ?? 0) + 1;
    times.set(key, time);
    return { ...finding, key: time === 1 ? key : `${key}-${time}` };
  });
}
