import { createReadStream } from 'node:fs';
import { type ByteSink, byteSink } from './byte-sink.ts';
import { BAD_INPUT, DONE, faultsOf, type Io, suggestion, UsageError } from './command.ts';

export type Line = Readonly<Record<string, unknown>>;

/** Answers kept in memory while the rest of the input is being checked; beyond them the file is read a second time. */
const KEPT_ANSWERS = 250_000;
const SHOWN_FAULTS = 100;

/**
 * Answers a JSON Lines file line by line, in order (`-` is standard input). Nothing is written until the whole input has
 * been found sound; then one answer a line.
 * @param answer works a line out, or throws UsageError with `field：problem` lines
 * @param write puts an answer into the output as JSON text
 */
export async function answerLines<Answer>(
  path: string,
  io: Io,
  answer: (line: Line) => Answer,
  write: (answer: Answer, out: ByteSink) => void,
): Promise<number> {
  const source = path === '-' ? await memory(standardInput()) : () => read(path);
  const faults: string[] = [];
  let faultCount = 0;
  let kept: Answer[] | null = [];
  const fault = (number: number, problem: string) => {
    faultCount++;
    if (faults.length < SHOWN_FAULTS) faults.push(`${path} 第${number}行 ${problem}`);
  };
  try {
    await eachLine(source(), (text, number) => {
      const answered = answerLine(text, number, answer, fault);
      if (answered === null || kept === null) return;
      if (kept.length === KEPT_ANSWERS) kept = null;
      else kept.push(answered.answer);
    });
  } catch (error) {
    faults.push(readingProblem(path, error));
    faultCount++;
  }
  if (faultCount > 0) {
    if (faultCount > faults.length) faults.push(`另有 ${faultCount - faults.length} 处未列出`);
    io.stderr(faults.map((line) => `${line}\n`).join(''));
    return BAD_INPUT;
  }
  const out = byteSink(io);
  const writeLine = (each: Answer) => {
    write(each, out);
    out.text('\n');
  };
  if (kept !== null) (kept as Answer[]).forEach(writeLine);
  else {
    await eachLine(source(), (text, number) => {
      const answered = answerLine(text, number, answer, (_, problem) => {
        throw new UsageError([`${path} 第${number}行 ${problem}（文件在读取过程中被改动）`]);
      });
      if (answered !== null) writeLine(answered.answer);
    });
  }
  out.flush();
  return DONE;
}

/** The same for answers that must be waited for: the whole input is checked first, then one line after the other is answered. */
export async function answerLinesLater<Asked, Answer>(
  path: string,
  io: Io,
  ask: (line: Line) => Asked,
  find: (asked: Asked) => Promise<Answer>,
): Promise<number> {
  const asked: Asked[] = [];
  const checked = await answerLines(path, { ...io, stdout: () => {} }, ask, (each) => asked.push(each));
  if (checked !== DONE) return checked;
  for (const each of asked) io.stdout(`${JSON.stringify(await find(each))}\n`);
  return DONE;
}

/** Faults for fields a line may not have. */
export function unknownFields(line: Line, accepted: readonly string[]): string[] {
  const faults: string[] = [];
  for (const field in line) {
    if (!accepted.includes(field)) faults.push(`${field}：没有这个字段${suggestion(field, accepted)}`);
  }
  return faults;
}

function answerLine<Answer>(
  text: string,
  number: number,
  answer: (line: Line) => Answer,
  fault: (number: number, problem: string) => void,
): { answer: Answer } | null {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    fault(number, '不是合法的 JSON，每行应为一个 JSON 对象');
    return null;
  }
  if (typeof line !== 'object' || line === null || Array.isArray(line)) {
    fault(number, '应为一个 JSON 对象');
    return null;
  }
  try {
    return { answer: answer(line as Line) };
  } catch (error) {
    const problems = faultsOf(error);
    if (problems === null) throw error;
    for (const problem of problems) fault(number, problem);
    return null;
  }
}

async function eachLine(
  chunks: AsyncIterable<Uint8Array>,
  take: (text: string, number: number) => void,
): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let number = 0;
  const split = (text: string, final: boolean) => {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      number++;
      const line = text.slice(start, end).trim();
      if (line !== '') take(line, number);
      start = end + 1;
    }
    rest = text.slice(start);
    if (final && rest.trim() !== '') take(rest.trim(), number + 1);
  };
  for await (const chunk of chunks) split(rest + decoder.decode(chunk, { stream: true }), false);
  split(rest + decoder.decode(), true);
}

function read(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: 1 << 20 });
}

function standardInput(): AsyncIterable<Uint8Array> {
  return process.stdin;
}

/** Standard input cannot be read twice, so it is held. */
async function memory(chunks: AsyncIterable<Uint8Array>): Promise<() => AsyncIterable<Uint8Array>> {
  const held: Uint8Array[] = [];
  for await (const chunk of chunks) held.push(chunk);
  return async function* () {
    yield* held;
  };
}

function readingProblem(path: string, error: unknown): string {
  if (error instanceof TypeError) return `${path}：不是 UTF-8 文本，请另存为 UTF-8 编码`;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return `${path}：没有这个文件`;
  if (code === 'EISDIR') return `${path}：是文件夹，不是文件`;
  if (code === 'EACCES') return `${path}：没有读取权限`;
  throw error;
}
