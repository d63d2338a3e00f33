import { expect, test } from 'vitest';
import { isChanged, textChanges } from './text-changes.ts';

/** Signs in no order, the same for the same `seed`. */
function signs(length: number, seed: number): string {
  let state = seed;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return String.fromCharCode(0x4e00 + (state % 3000));
  };
  return Array.from({ length }, next).join('');
}

// A minute for the second one, and whoever edits or reviews such a text waited with everybody else.
test.each([
  ['one long paragraph', 1, 9000],
  ['a hundred, with a line that stays after each', 100, 9000],
  ['three hundred', 300, 3000],
])('what was written anew is told at once and wholly: %s', (_name, count, length) => {
  const text = (seed: number) =>
    Array.from({ length: count }, (_, n) => `${signs(length, seed + n)}\n第${n}条照旧`).join('\n');
  const [was, is] = [text(7), text(7007)];
  const before = performance.now();
  const pieces = textChanges(was, is);
  expect(performance.now() - before).toBeLessThan(10_000);
  const side = (change: 'added' | 'removed') =>
    pieces
      .flatMap((piece) => (piece.change === change || piece.change === 'kept' ? piece.text : []))
      .join('');
  expect(side('removed').replaceAll('\n', '')).toBe(was.replaceAll('\n', ''));
  expect(side('added').replaceAll('\n', '')).toBe(is.replaceAll('\n', ''));
  expect(isChanged(pieces)).toBe(true);
});

test('a word in each of many paragraphs is told as that word', () => {
  const lines = Array.from({ length: 300 }, (_, n) => `第${n}条 应当自收到之日起十五个工作日内答复。`);
  const changed = lines.map((line) => line.replace('十五', '二十'));
  const pieces = textChanges(lines.join('\n一\n'), changed.join('\n一\n'));
  expect(pieces.filter(({ change }) => change === 'added').map(({ text }) => text)).toEqual(
    lines.map(() => '二十'),
  );
});
