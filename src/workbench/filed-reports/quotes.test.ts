import { expect, test } from 'vitest';
import { quotedIn } from './quotes.ts';

const text = '全年收到申请23件，办结22件，结转1件。';
const cases: [string, { key: string; quote: string }[], [string, string[]][]][] = [
  ['nothing quoted', [], [[text, []]]],
  ['a quote that does not stand here', [{ key: 'a', quote: '24件' }], [[text, []]]],
  ['an empty quote', [{ key: 'a', quote: '' }], [[text, []]]],
  [
    'one quote in the middle',
    [{ key: 'a', quote: '办结22件' }],
    [
      ['全年收到申请23件，', []],
      ['办结22件', ['a']],
      ['，结转1件。', []],
    ],
  ],
  [
    'two that overlap are one run, in any order',
    [
      { key: 'b', quote: '办结22件，结转' },
      { key: 'a', quote: '23件，办结' },
    ],
    [
      ['全年收到申请', []],
      ['23件，办结22件，结转', ['a', 'b']],
      ['1件。', []],
    ],
  ],
  ['the whole paragraph', [{ key: 'a', quote: text }], [[text, ['a']]]],
];

test.each(cases)('%s', (_name, quotes, expected) => {
  const pieces = quotedIn(text, quotes);
  expect(pieces.map((piece) => [piece.text, piece.keys])).toEqual(expected);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
});
