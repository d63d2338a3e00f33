import { describe, expect, test } from 'vitest';
import { type Compared, differenceOf, type Run } from './difference.ts';

const saying = (plain: string): Compared => ({
  title: '通知',
  abstract: '',
  documentNumber: '',
  issuingBody: '',
  formedOn: null,
  genre: '',
  subject: '',
  source: '',
  plain,
});

/** Paragraphs of signs in no order, the same for the same `seed`. */
function paragraphs(count: number, length: number, seed: number): string[] {
  let state = seed;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return String.fromCharCode(0x4e00 + (state % 3000));
  };
  return Array.from({ length: count }, () => Array.from({ length }, next).join(''));
}

const side = (runs: readonly Run[], kind: 'removed' | 'added') =>
  runs.flatMap((run) => (run.kind === kind || run.kind === 'same' ? run.text : [])).join('');

describe('a text that was written anew from its first word to its last', () => {
  // Of a million characters the middle one held up every other reader for a minute and a half.
  test.each([
    ['few long paragraphs', 20, 1900],
    ['many long paragraphs', 480, 1900],
    ['very many', 2000, 400],
  ])('is told at once and wholly: %s', (_name, count, length) => {
    const [was, is] = [paragraphs(count, length, 7), paragraphs(count, length, 11)];
    const before = performance.now();
    const { text } = differenceOf(saying(was.join('\n')), saying(is.join('\n')));
    expect(performance.now() - before).toBeLessThan(3000);
    const runs = text.map((stretch) => ('runs' in stretch ? stretch.runs : []));
    expect(runs.map((one) => side(one, 'removed')).filter((one) => one !== '')).toEqual(was);
    expect(runs.map((one) => side(one, 'added')).filter((one) => one !== '')).toEqual(is);
  });

  test('a word that changed in each of several paragraphs is told as that word', () => {
    const was = paragraphs(5, 300, 7);
    const is = was.map((text) => `${text.slice(0, 150)}改了${text.slice(150)}`);
    const { text } = differenceOf(saying(was.join('\n')), saying(is.join('\n')));
    for (const stretch of text)
      expect('runs' in stretch && stretch.runs.some(({ kind }) => kind === 'same')).toBe(true);
  });
});
