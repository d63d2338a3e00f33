import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DictionaryEntry, EntryKind, Severity } from './model.ts';

const FILE = join(import.meta.dirname, '../../../data/dictionaries/wording.json');

interface Given {
  id: string;
  kind: EntryKind;
  wrong: string;
  right: string[];
  severity?: Severity;
  near?: string[];
  notNear?: string[];
  exceptions?: string[];
  note: string;
}

const severityOf: Readonly<Record<EntryKind, Severity>> = {
  misspelling: 'needs-reason',
  name: 'must-fix',
  forbidden: 'must-fix',
  secrecy: 'must-fix',
};

const sourceOf: Readonly<Record<EntryKind, string>> = {
  misspelling: '《现代汉语词典》、国办发〔2017〕47号：信息内容准确',
  name: '国办秘函〔2019〕19号：严重表述错误单项否决',
  forbidden: '国办秘函〔2019〕19号：严重表述错误单项否决',
  secrecy: '《政府信息公开条例》第十四条',
};

let read: readonly DictionaryEntry[] | null = null;

/** The words that come with the program; an agency may change and switch off each of them. Read when they are asked for first. */
export function defaultEntries(): readonly DictionaryEntry[] {
  read ??= (JSON.parse(readFileSync(FILE, 'utf8')) as Given[]).map(({ id, ...given }) => ({
    near: [],
    notNear: [],
    exceptions: [],
    severity: severityOf[given.kind],
    source: sourceOf[given.kind],
    enabled: true,
    ...given,
    key: `d:${id}`,
  }));
  return read;
}
