import type { CellRef, Level } from '../formats/format.ts';
import { exact } from '../formats/grid.ts';
import type { CompiledChapter, Finding, Verdict } from '../model.ts';

export type Chapter = Pick<CompiledChapter, 'key' | 'title' | 'blocks'>;

export interface ProseFinding {
  rule: string;
  level: Level;
  verdict: Verdict;
  message: string;
  chapter: string;
  quote: string;
  left: number | null;
  right: number | null;
  tolerance?: number;
  cells?: readonly CellRef[];
}

/** A finding about words of the text; the message gets its full stop here. */
export function proseFinding(found: ProseFinding): Finding {
  const { rule, level, verdict, message, chapter, quote, left, right, tolerance = 0, cells = [] } = found;
  return {
    rule,
    severity:
      verdict === 'unassessable'
        ? 'notice'
        : verdict === 'uncertain' && level === 'error'
          ? 'warning'
          : level,
    verdict,
    message: `${message}。`,
    cells: [...cells],
    left,
    right,
    difference: left === null || right === null ? null : exact(Math.abs(left - right)),
    tolerance,
    chapter,
    quote,
  };
}
