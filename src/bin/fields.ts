/** Readers of single values, alike for options (text) and fields of a JSON line (text or number). */
export interface Faults {
  add(field: string, problem: string): void;
}

/** Gathers `field：problem` lines, the field written as the caller wrote it (`prefix` is `--` for options). */
export class FieldFaults implements Faults {
  readonly lines: string[];
  readonly #prefix: string;

  constructor(prefix: string, lines: string[] = []) {
    this.#prefix = prefix;
    this.lines = lines;
  }

  add(field: string, problem: string): void {
    this.lines.push(`${this.#prefix}${field}：${problem}`);
  }
}

/** An integer within bounds; undefined when absent or faulty (the fault is noted). */
export function readInteger(
  value: unknown,
  field: string,
  [least, most]: readonly [number, number],
  faults: Faults,
): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most)
    return number;
  faults.add(field, `应为 ${least} 至 ${most} 的整数，收到“${shown(value)}”`);
  return undefined;
}

/** One of the accepted words; undefined when absent or faulty. */
export function readWord<Word extends string>(
  value: unknown,
  field: string,
  accepted: Readonly<Record<Word, unknown>>,
  faults: Faults,
): Word | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && Object.hasOwn(accepted, value)) return value as Word;
  faults.add(field, `应为 ${Object.keys(accepted).join('、')} 之一，收到“${shown(value)}”`);
  return undefined;
}

export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
