import type { Inline } from '../model.ts';
import { approximately } from './numbers.ts';

/** What the references of a chapter are resolved against. */
export interface NarrativeContext {
  /** Text variables: `year`, `agency` and the like. */
  variables: Readonly<Record<string, string>>;
  /** A cell's value, null when blank, undefined when the format has no such cell. `column` null means the only one. */
  cell(ref: CellReference): number | null | undefined;
}

export interface CellReference {
  row: string;
  column: string | null;
  /** True for the same cell of last year's report. */
  previous: boolean;
}

export type ReferenceOption = 'approx' | 'change';

/** What a reference prints while nobody has reported the figure. */
export const blankWording = '未填报';

const reference =
  /^(?<prev>prev:)?(?<row>[A-Z]|[A-Z]?\d+(?:\.\d+)*)(?:\.(?<column>[A-Za-z][A-Za-z0-9]*))?(?:\|(?<option>approx|change))?$/;

/** Reads the inside of `{{…}}`; null when it is not a cell reference. */
export function readReference(inside: string): (CellReference & { option: ReferenceOption | null }) | null {
  const groups = reference.exec(inside.trim())?.groups;
  if (!groups?.row) return null;
  return {
    row: groups.row,
    column: groups.column ?? null,
    previous: groups.prev !== undefined,
    option: (groups.option as ReferenceOption | undefined) ?? null,
  };
}

/** The address of a cell as prose writes it, without braces: `3.1`, `P1.1.issued`, `prev:1.1`. */
export function referenceName({ row, column, previous }: CellReference): string {
  return `${previous ? 'prev:' : ''}${row}${column ? `.${column}` : ''}`;
}

/** One `{{…}}` as an inline; one that names nothing stays visible as it was typed. */
export function resolveReference(inside: string, context: NarrativeContext): Inline {
  const variable = context.variables[inside.trim()];
  if (variable !== undefined) return { kind: 'text', text: variable };
  const ref = readReference(inside);
  if (!ref) return { kind: 'figure', ref: inside.trim(), value: null, text: `{{${inside}}}` };
  const value = context.cell(ref);
  const name = referenceName(ref);
  if (value === undefined) return { kind: 'figure', ref: name, value: null, text: `{{${inside}}}` };
  if (ref.option === 'change') {
    const before = context.cell({ ...ref, previous: true }) ?? null;
    return { kind: 'figure', ref: name, value, text: changeWording(value, before) };
  }
  if (value === null) return { kind: 'figure', ref: name, value, text: blankWording };
  if (ref.option === 'approx') {
    const { text, approximate } = approximately(value);
    return { kind: 'figure', ref: name, value, text, ...(approximate && { approximate }) };
  }
  return { kind: 'figure', ref: name, value, text: String(value) };
}

/** 增长12.5%, 下降3%, 持平; in absolute numbers where last year's was 0. */
export function changeWording(now: number | null, before: number | null): string {
  if (now === null || before === null) return blankWording;
  if (now === before) return '持平';
  if (before === 0) return `增加${now}`;
  const percent = Number(((Math.abs(now - before) / Math.abs(before)) * 100).toFixed(1));
  return `${now > before ? '增长' : '下降'}${percent}%`;
}
