import type { SheetFile } from '../../../core/spreadsheet/source.ts';
import { decodedPieces } from './decoding.ts';
import type { FlowLine } from './flow.ts';
import type { Budget } from './limits.ts';

/** A return at the end of a piece may be half of a line end. */
const LINE_END = /\r\n|\r(?!$)|[\n\f\u2028\u2029]/;

/** Every line that has text, with its number. */
export async function readLines(
  file: SheetFile,
  encoding: string,
  budget: Budget,
  lines: FlowLine[],
): Promise<void> {
  let rest = '';
  let number = 0;
  let afterBlank = false;
  const take = (text: string) => {
    number += 1;
    if (text.trim() !== '') lines.push({ kind: 'line', text, line: number, afterBlank });
    afterBlank = text.trim() === '';
  };
  for await (const piece of decodedPieces(file, encoding)) {
    budget.time();
    budget.text(piece.length);
    const parts = (rest + piece).split(LINE_END);
    rest = parts.pop() ?? '';
    parts.forEach(take);
  }
  for (const line of rest.split('\r')) take(line);
}
