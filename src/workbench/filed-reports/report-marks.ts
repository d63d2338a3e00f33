import { cellKey } from '../../annual-report/compile.ts';
import type { FiledFinding } from '../../areas/filed-reports/index.ts';
import { type Weight, weightOf, weights } from './words.ts';

/** What findings say of one cell. */
export interface CellMark {
  weight: Weight;
  /**
   * How it stands to the finding that is being looked at: `main` is the cell it names first (a total, the side that is
   * wrong), `other` takes part; null when it is about other cells.
   */
  opened: 'main' | 'other' | null;
  words: string;
}

/** The id of a cell in its page; links of findings lead there. */
export const cellAnchor = (key: string): string => `cell-${key.replaceAll('/', '-')}`;

export const quoteAnchor = (key: string): string => `quote-${key}`;

/** Ids of everything in the page that a finding is about. */
export function anchorsOf({ key, finding }: Pick<FiledFinding, 'key' | 'finding'>): string[] {
  const cells = finding.cells.map(({ table, row, column }) => cellAnchor(cellKey(table, row, column)));
  return finding.quote ? [...cells, quoteAnchor(key)] : cells;
}

const gravest: readonly Weight[] = ['wrong', 'uncertain', 'unassessable', 'notice'];

/** The marks of all cells: the opened finding's word first, else the gravest that stands. Hints mark only when opened. */
export function marksOf(findings: readonly FiledFinding[], openedKey: string | null): Map<string, CellMark> {
  const marks = new Map<string, CellMark>();
  for (const { key, finding, judged } of findings) {
    const opened = key === openedKey;
    const weight = weightOf(finding);
    const settled = judged !== null && judged.judgement !== 'confirmed';
    if (!opened && (settled || weight === 'notice')) continue;
    for (const [index, { table, row, column }] of finding.cells.entries()) {
      const id = cellKey(table, row, column);
      const known = marks.get(id);
      const outranks = !known || gravest.indexOf(weight) < gravest.indexOf(known.weight);
      if (known?.opened || !(opened || outranks)) continue;
      const place = opened ? (index === 0 ? 'main' : 'other') : null;
      marks.set(id, { weight, opened: place, words: `${weights[weight].label}：${finding.rule}` });
    }
  }
  return marks;
}
