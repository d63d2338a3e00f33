import { InvalidForm } from '../../core/refusal.ts';
import { type FieldKey, fieldNamed, fields, type LetterFields } from './fields.ts';
import type { Wording } from './templates/index.ts';

/** How a template becomes text. Values are inserted once, as they are: nothing in them is read again. */

const FIELD = /\{\{\s*([^{}\n]*?)\s*\}\}/gu;
export const MAX_BODY = 20_000;
export const MAX_TITLE = 60;

/** The mark left where a value is still missing, for the officer to replace. */
export const gap = (key: FieldKey): string => `【请填写：${fields[key].name}】`;

/**
 * Checks a wording before it is kept.
 * @throws InvalidForm naming each unknown field, or a pair of braces that is none
 */
export function checkWording({ title, body }: Wording, allowed: readonly FieldKey[]): void {
  const faults: Record<string, string> = {};
  if (title.trim().length < 2 || title.length > MAX_TITLE)
    faults.title = `请填写标题，2 至 ${MAX_TITLE} 个字`;
  else if (/[{}\n]/.test(title)) faults.title = '标题里不能使用实时字段，请直接写明文书名称';
  if (body.trim() === '') faults.body = '请填写正文，每段一行';
  else if (body.length > MAX_BODY) faults.body = `正文最多 ${MAX_BODY} 个字`;
  else {
    const problem = bodyProblem(body, allowed);
    if (problem) faults.body = problem;
  }
  if (Object.keys(faults).length > 0) throw new InvalidForm(faults);
}

function bodyProblem(body: string, allowed: readonly FieldKey[]): string | null {
  const names = [...body.matchAll(FIELD)].map(([, name = '']) => name);
  const unknown = [...new Set(names.filter((name) => fieldNamed(name) === undefined))];
  if (unknown.length > 0) return `没有这样的实时字段：${unknown.map((name) => `{{${name}}}`).join('、')}`;
  const misplaced = names.filter((name) => !allowed.includes(fieldNamed(name) as FieldKey));
  if (misplaced.length > 0) {
    return `这种文书不能使用：${[...new Set(misplaced)].map((name) => `{{${name}}}`).join('、')}`;
  }
  return /\{\{|\}\}/.test(body.replace(FIELD, ''))
    ? '有没有写完整的实时字段，请写成 {{名称}}，两边各两个花括号'
    : null;
}

export interface FilledBody {
  paragraphs: string[];
  /** Fields the wording uses and nobody gave: marked in the text by `gap`. */
  missing: FieldKey[];
}

/**
 * The paragraphs of a checked body. A line that is one field alone becomes as many paragraphs as its value has lines; a
 * line with optional fields is left out when they are all empty.
 */
export function fillBody(body: string, values: LetterFields): FilledBody {
  const missing = new Set<FieldKey>();
  const valueFor = (key: FieldKey): string => {
    const value = values[key]?.trim();
    if (value || fields[key].optional) return value ?? '';
    missing.add(key);
    return gap(key);
  };
  const paragraphs = body.split('\n').flatMap((line) => {
    const keys = [...line.matchAll(FIELD)].flatMap(([, name = '']) => fieldNamed(name) ?? []);
    const [only] = keys;
    const optional = keys.filter((key) => fields[key].optional);
    if (optional.length > 0 && optional.every((key) => !values[key]?.trim())) return [];
    if (keys.length === 1 && only && line.trim().replace(FIELD, '') === '') return linesOf(valueFor(only));
    const filled = line.replace(FIELD, (whole, name: string) => {
      const key = fieldNamed(name);
      return key === undefined ? whole : withoutStop(linesOf(valueFor(key)).join(' '));
    });
    return filled.trim() === '' ? [] : [filled.trim()];
  });
  return { paragraphs, missing: [...missing] };
}

/** The paragraphs of an edited body: one a line, none empty. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** A value in the middle of a sentence ends none. */
const withoutStop = (value: string): string => value.replace(/[。；]+$/u, '');
