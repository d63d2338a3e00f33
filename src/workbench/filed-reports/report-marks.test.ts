import { expect, test } from 'vitest';
import type { FiledFinding, Judgement } from '../../areas/filed-reports/index.ts';
import { anchorsOf, marksOf } from './report-marks.ts';

const cell = { table: 'requests', row: '1', column: 'total' };
const CELL = 'requests/1/total';

function found(
  key: string,
  verdict: 'wrong' | 'uncertain' | 'unassessable',
  more: { judgement?: Judgement; severity?: 'notice'; quote?: string } = {},
): FiledFinding {
  return {
    key,
    position: 0,
    finding: {
      rule: 'T1',
      severity: more.severity ?? 'error',
      verdict,
      message: '',
      cells: [cell],
      left: 1,
      right: 2,
      difference: 1,
      tolerance: 0,
      place: null,
      ...(more.quote && { quote: more.quote }),
    },
    judged: more.judgement ? { judgement: more.judgement, note: '', byName: '', at: new Date(0) } : null,
  };
}

const cases: [
  string,
  FiledFinding[],
  string | null,
  { weight: string; opened: string | null } | undefined,
][] = [
  ['nothing found', [], null, undefined],
  ['one finding', [found('a', 'uncertain')], null, { weight: 'uncertain', opened: null }],
  [
    'the gravest of two',
    [found('a', 'uncertain'), found('b', 'wrong')],
    null,
    { weight: 'wrong', opened: null },
  ],
  [
    'the opened one before a graver one',
    [found('a', 'uncertain'), found('b', 'wrong')],
    'a',
    { weight: 'uncertain', opened: 'main' },
  ],
  ['one that was dismissed', [found('a', 'wrong', { judgement: 'dismissed' })], null, undefined],
  [
    'one that was dismissed, when it is looked at',
    [found('a', 'wrong', { judgement: 'dismissed' })],
    'a',
    { weight: 'wrong', opened: 'main' },
  ],
  [
    'one that was confirmed',
    [found('a', 'uncertain', { judgement: 'confirmed' })],
    null,
    { weight: 'uncertain', opened: null },
  ],
  ['a hint', [found('a', 'uncertain', { severity: 'notice' })], null, undefined],
];

test.each(cases)('the mark of a cell: %s', (_name, findings, opened, expected) => {
  const mark = marksOf(findings, opened).get(CELL);
  expect(mark && { weight: mark.weight, opened: mark.opened }).toEqual(expected);
});

test('the cell named first stands out from those that take part', () => {
  const sum = found('a', 'wrong');
  sum.finding.cells.push({ ...cell, column: 'other' });
  const marks = marksOf([sum], 'a');
  expect([marks.get(CELL)?.opened, marks.get('requests/1/other')?.opened]).toEqual(['main', 'other']);
});

test('a finding leads to its cells and to the words it quotes', () => {
  expect(anchorsOf(found('ab', 'wrong', { quote: '23件' }))).toEqual(['cell-requests-1-total', 'quote-ab']);
});
