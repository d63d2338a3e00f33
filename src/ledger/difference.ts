import { fieldLabel } from './labels.ts';

/** One line of what an act changed, in words for people. `null` stands for "was not there". */
export interface Difference {
  /** Chinese name of the field, nested ones as `明细 / 第 3 项 / 数量`. */
  field: string;
  before: string | null;
  after: string | null;
}

const EMPTY = '（空）';
const MAX_LINES = 500;

/** What changed between two records of one subject: fields with the same value on both sides are left out. */
export function differences(subjectKind: string, before: unknown, after: unknown): Difference[] {
  const lines: Difference[] = [];
  compare(subjectKind, [], before ?? undefined, after ?? undefined, lines);
  return lines;
}

function compare(kind: string, path: string[], before: unknown, after: unknown, lines: Difference[]): void {
  if (lines.length >= MAX_LINES || JSON.stringify(before) === JSON.stringify(after)) return;
  if (isBranch(before) || isBranch(after)) {
    const left = members(before);
    const right = members(after);
    if (isBranch(before) !== isBranch(after) && before !== undefined && after !== undefined) {
      lines.push({ field: path.join(' / '), before: words(before), after: words(after) });
      return;
    }
    const list = Array.isArray(before ?? after);
    for (const key of new Set([...left.keys(), ...right.keys()])) {
      const label = list ? `第 ${Number(key) + 1} 项` : fieldLabel(kind, key);
      compare(kind, [...path, label], left.get(key), right.get(key), lines);
    }
    return;
  }
  lines.push({
    field: path.join(' / ') || '内容',
    before: before === undefined ? null : words(before),
    after: after === undefined ? null : words(after),
  });
}

/** Lists of plain values read better on one line than item by item. */
function isBranch(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => typeof item === 'object' && item !== null);
  return typeof value === 'object' && value !== null;
}

function members(value: unknown): Map<string, unknown> {
  return new Map(isBranch(value) ? Object.entries(value as object) : []);
}

function words(value: unknown): string {
  if (value === null || value === '') return EMPTY;
  if (value === true) return '是';
  if (value === false) return '否';
  if (Array.isArray(value)) return value.length === 0 ? EMPTY : value.map(words).join('、');
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return date ? `${date[1]}年${Number(date[2])}月${Number(date[3])}日` : text;
}
