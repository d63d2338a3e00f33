import { describe, expect, test } from 'vitest';
import { mergeSources } from './editing.ts';

const base = '甲\n\n乙\n\n丙';

describe('two texts of one chapter', () => {
  test('agree where they agree', () => {
    expect(mergeSources(base, base, base)).toEqual([{ kind: 'same', text: base }]);
  });

  test.each([
    ['only mine changed', '甲\n\n乙改\n\n丙', base, 'mine'],
    ['only theirs changed', base, '甲\n\n乙改\n\n丙', 'theirs'],
    ['I took a paragraph out', '甲\n\n丙', base, 'mine'],
    ['they took a paragraph out', base, '甲\n\n丙', 'theirs'],
    ['I added a paragraph', '甲\n\n乙\n\n新\n\n丙', base, 'mine'],
    ['both changed the same paragraph', '甲\n\n乙一\n\n丙', '甲\n\n乙二\n\n丙', null],
  ])('%s', (_name, mine, theirs, suggested) => {
    const differing = mergeSources(mine, theirs, base).filter((part) => part.kind === 'differs');
    expect(differing.map((part) => part.suggested)).toEqual([suggested]);
  });

  test('suggest nothing where nobody knows what they began from', () => {
    expect(mergeSources('甲\n\n我', '甲\n\n他', null)).toEqual([
      { kind: 'same', text: '甲' },
      { kind: 'differs', mine: '我', theirs: '他', suggested: null },
    ]);
  });
});
