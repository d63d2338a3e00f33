import { visibleLine } from '../../core/visible-text.ts';
import { foldWord } from './folded-text.ts';
import { type DictionaryEntry, type EntryKind, entryKinds, type Severity, severities } from './model.ts';

/** What somebody writes about a word; lists as one line with `、` or `|` between. */
export type EntryForm = Record<(typeof entryFields)[number], string>;

export const entryFields = [
  'kind',
  'severity',
  'wrong',
  'right',
  'near',
  'notNear',
  'exceptions',
  'note',
  'source',
] as const;

export type EntryValues = Omit<DictionaryEntry, 'key' | 'enabled'>;

const WORD = 60;
const MOST_WORDS = 30;
const MOST_RIGHT = 5;

/** The word a form holds, or what is wrong with it beside its fields. Pure. */
export function readEntry(form: EntryForm): { values: EntryValues; problems: Record<string, string> } {
  const values: EntryValues = {
    kind: (Object.hasOwn(entryKinds, form.kind) ? form.kind : 'misspelling') as EntryKind,
    severity: (Object.hasOwn(severities, form.severity) ? form.severity : 'needs-reason') as Severity,
    wrong: visibleLine(form.wrong),
    right: listOf(form.right),
    near: listOf(form.near),
    notNear: listOf(form.notNear),
    exceptions: listOf(form.exceptions),
    note: visibleLine(form.note),
    source: visibleLine(form.source),
  };
  const problems: Record<string, string> = {};
  const wrong = foldWord(values.wrong);
  if (!Object.hasOwn(entryKinds, form.kind)) problems.kind = '请选择类别。';
  if (!Object.hasOwn(severities, form.severity)) problems.severity = '请选择程度。';
  if (wrong.length < 2) problems.wrong = '请填写错误的写法，至少 2 个字；一个字会误报太多。';
  else if (values.wrong.length > WORD) problems.wrong = `最多 ${WORD} 个字。`;
  if (values.right.length > MOST_RIGHT) problems.right = `最多 ${MOST_RIGHT} 种写法。`;
  else if (values.right.some((word) => foldWord(word) === wrong))
    problems.right = '正确的写法和错误的写法一样。';
  const outside = values.exceptions.find(
    (word) => !foldWord(word).includes(wrong) || foldWord(word) === wrong,
  );
  if (outside !== undefined)
    problems.exceptions = `“${outside}”须是含有错误写法的较长的词，例如“既使用”之于“既使”。`;
  for (const field of ['right', 'near', 'notNear', 'exceptions'] as const) {
    if (problems[field] !== undefined) continue;
    if (values[field].length > MOST_WORDS) problems[field] = `最多 ${MOST_WORDS} 个词。`;
    else if (values[field].some((word) => word.length > WORD)) problems[field] = `每个词最多 ${WORD} 个字。`;
  }
  for (const field of ['note', 'source'] as const)
    if (values[field].length > 200) problems[field] = '最多 200 个字。';
  return { values, problems };
}

/** A word as a form shows it. */
export const formOfEntry = (entry: EntryValues): EntryForm => ({
  ...entry,
  right: entry.right.join('、'),
  near: entry.near.join('、'),
  notNear: entry.notNear.join('、'),
  exceptions: entry.exceptions.join('、'),
});

const listOf = (line: string): string[] => [
  ...new Set(
    line
      .split(/[、|,，;；\n]+/)
      .map(visibleLine)
      .filter((word) => word !== ''),
  ),
];
