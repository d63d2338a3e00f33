import { parseArgs } from 'node:util';
import { InvalidForm, Refusal } from '../core/refusal.ts';
import { SetupFault } from '../core/setup-fault.ts';

/** Where a command reads and writes; tests pass their own. */
export interface Io {
  /** Text; bytes (UTF-8) only from commands that answer a file. */
  stdout(text: string | Uint8Array): void;
  stderr(text: string): void;
  /** Standard output is a terminal: progress bars and colours are welcome. */
  isTerminal: boolean;
  env: Readonly<Record<string, string | undefined>>;
}

/** One command of `gongkai`. `run` returns the exit code: 0 done; 1 done, and the thing checked is wrong; 2 bad input. */
export interface Command {
  name: string;
  /** Printed by `--help`: usage, options, an example. */
  help: string;
  run(args: string[], io: Io): Promise<number>;
}

export const DONE = 0;
export const FOUND_WRONG = 1;
export const BAD_INPUT = 2;

/** Bad usage or bad input: one plain line per fault. */
export class UsageError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'UsageError';
    this.faults = faults;
  }
}

export interface OptionSpec {
  type: 'string' | 'boolean';
  multiple?: boolean;
}

type OptionValue<S extends OptionSpec> = S['type'] extends 'boolean'
  ? boolean
  : S['multiple'] extends true
    ? string[]
    : string;

export interface Options<S extends Record<string, OptionSpec>> {
  values: { [K in keyof S]?: OptionValue<S[K]> };
  positionals: string[];
}

/**
 * Reads the arguments of a command; every fault is reported at once.
 * @throws UsageError
 */
export function readOptions<const S extends Record<string, OptionSpec>>(args: string[], spec: S): Options<S> {
  const { values, positionals, tokens } = parseArgs({
    args,
    options: spec,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(spec, token.name) ? spec[token.name] : undefined;
    if (!option)
      faults.push(`${token.rawName}：没有这个选项${suggestion(token.name, Object.keys(spec), '--')}`);
    else if (option.type === 'boolean' && token.value !== undefined)
      faults.push(`${token.rawName}：后面不带值`);
    else if (option.type === 'string' && (token.value === undefined || token.value.startsWith('--'))) {
      faults.push(`${token.rawName}：后面缺少值`);
    } else if (option.multiple !== true && seen.has(token.name)) faults.push(`${token.rawName}：只能写一次`);
    seen.add(token.name);
  }
  if (faults.length > 0) throw new UsageError(faults);
  return { values: values as Options<S>['values'], positionals };
}

/** Runs a command, turning `--help` into its help and what is wrong with the input into plain lines and exit code 2. */
export async function runCommand(command: Command, args: string[], io: Io): Promise<number> {
  const end = args.indexOf('--');
  if ((end === -1 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h')) {
    io.stdout(`${command.help.trim()}\n`);
    return DONE;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    const faults = faultsOf(error);
    if (faults === null) throw error;
    io.stderr(faults.map((fault) => `${fault}\n`).join(''));
    return BAD_INPUT;
  }
}

/** The lines that tell what is wrong with the input; null when the error is a fault of ours. */
export function faultsOf(error: unknown): readonly string[] | null {
  if (error instanceof UsageError) return error.faults;
  if (error instanceof SetupFault) return error.message.split('\n');
  if (error instanceof Refusal)
    return [error.article ? `${error.message}（${error.article}）` : error.message];
  if (error instanceof InvalidForm) {
    return Object.entries(error.fields).map(([field, message]) =>
      field === '' ? message : `${field}：${message}`,
    );
  }
  return null;
}

/** `；是否想写 --received？`, or the accepted words when nothing is near. */
export function suggestion(word: string, accepted: readonly string[], prefix = ''): string {
  const near = accepted
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .toSorted((a, b) => a.distance - b.distance)[0];
  if (near) return `；是否想写 ${prefix}${near.candidate}？`;
  return `；可用的有 ${accepted.map((candidate) => prefix + candidate).join('、')}`;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
