import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { ReadChapter } from '../../annual-report/reading/model.ts';
import { compareTexts, type TextRun } from './text-comparison.ts';

const chapter = (title: string, ...paragraphs: string[]): ReadChapter => ({
  key: title,
  number: 1,
  title,
  paragraphs: paragraphs.map((text) => ({ text, place: {} })),
  blocks: [],
});

const copiedOf = (runs: readonly TextRun[] | null | undefined) =>
  (runs ?? []).filter(({ copied }) => copied).map(({ text }) => text);
const compare = (previous: string[], current: string[]) =>
  compareTexts([chapter('总体情况', ...previous)], [chapter('总体情况', ...current)]);

const passage = '完善信息发布审核机制规范信息公开流程提升信息公开质量和实效';
const other = '畅通依申请公开渠道加强对申请人的指导服务并依法按时予以答复';

describe('copied passages', () => {
  test.each([
    ['word for word', `${passage}。`, `${passage}。`, [passage]],
    [
      'with other numbers, years and punctuation',
      `2021年，${passage}3次`,
      `二〇二二年：${passage.slice(0, 12)}、${passage.slice(12)}5次`,
      [`年：${passage.slice(0, 12)}、${passage.slice(12)}5次`],
    ],
    ['inside new words', passage, `今年我们${passage}成效明显`, [passage]],
    ['moved to another place', `${passage}。${other}。`, `${other}。${passage}。`, [`${other}。${passage}`]],
    ['twenty characters', passage.slice(0, 20), `新${passage.slice(0, 20)}文`, [passage.slice(0, 20)]],
    ['nineteen characters are everyone’s', passage.slice(0, 19), `新${passage.slice(0, 19)}文`, []],
    ['numbers are no words', '1234567890123456789012345', '1234567890123456789012345', []],
  ])('%s', (_, previous, current, copied) => {
    const [row] = compare([previous], [current]).chapters[0]!.rows;
    expect(copiedOf(row?.current)).toEqual(copied);
  });

  it('are found across paragraphs and counted in Han characters', () => {
    const half = Math.floor(passage.length / 2);
    const compared = compare([passage.slice(0, half), passage.slice(half)], [`${passage}，另有新意。`]);
    expect(compared).toMatchObject({
      characters: passage.length + 4,
      copied: passage.length,
      complete: true,
    });
  });

  it('leave the text whole, whatever it is', () => {
    const text = fc.string({
      unit: fc.constantFrom('公', '开', '信', '息', '，', '1', ' ', 'a', '𠀀', '年'),
      maxLength: 120,
    });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), fc.array(text, { maxLength: 6 }), (previous, current) => {
        const [compared] = compare(previous, current).chapters;
        const rows = compared?.rows ?? [];
        const right = rows.flatMap(({ current }) =>
          current ? [current.map((run) => run.text).join('')] : [],
        );
        expect(right).toEqual(current);
        expect(rows.flatMap(({ previous }) => (previous === null ? [] : [previous]))).toEqual(previous);
        expect(compared!.copied).toBeLessThanOrEqual(compared!.characters);
      }),
    );
  });

  it('are all the characters that lie in a common run of twenty, and no other', () => {
    const text = fc.string({ unit: fc.constantFrom('公', '开', '信'), maxLength: 50 });
    const piece = fc.string({
      unit: fc.constantFrom('公', '开', '信', '息', '政', '府'),
      minLength: 15,
      maxLength: 40,
    });
    fc.assert(
      fc.property(fc.array(text, { minLength: 4, maxLength: 4 }), piece, piece, ([a, b, c, d], one, two) => {
        const source = `${a}${one}${b}${two}`;
        const target = `${c}${one}${two.slice(3)}${d}`;
        const runs =
          compare([source], [target]).chapters[0]?.rows.find(({ current }) => current)?.current ?? [];
        const marks = runs.map(({ text, copied }) => (copied ? '1' : '0').repeat(text.length)).join('');
        expect(marks).toBe(everyRunOfTwenty(source, target));
      }),
      { numRuns: 300 },
    );
  });
});

function everyRunOfTwenty(source: string, target: string): string {
  const marks = Array.from(target, () => '0');
  for (let at = 0; at + 20 <= target.length; at++)
    if (source.includes(target.slice(at, at + 20))) marks.fill('1', at, at + 20);
  return marks.join('');
}

describe('paragraphs beside each other', () => {
  test.each([
    ['kept', ['甲乙丙丁'], ['甲乙丙丁。'], ['kept']],
    ['other numbers', ['公开信息12条'], ['公开信息15条'], ['changed']],
    [
      'a new one in between',
      ['第一段文字', '第二段文字'],
      ['第一段文字', '今年新开设专栏并组织培训', '第二段文字'],
      ['kept', 'new', 'kept'],
    ],
    [
      'one is gone',
      ['第一段文字', '旧的做法不再采用了', '第二段文字'],
      ['第一段文字', '第二段文字'],
      ['kept', 'gone', 'kept'],
    ],
    ['rewritten', ['认真组织开展政策解读工作'], ['深入组织开展政策解读工作，效果良好'], ['changed']],
    ['replaced', ['认真组织开展政策解读工作'], ['举办新闻发布会若干场'], ['new', 'gone']],
    ['the same words twice', ['其他', '其他'], ['其他', '其他', '其他'], ['kept', 'kept', 'new']],
  ])('%s', (_, previous, current, changes) => {
    expect(compare(previous, current).chapters[0]?.rows.map(({ change }) => change)).toEqual(changes);
  });

  it('chapters of one name meet wherever they stand; what is gone comes last', () => {
    const compared = compareTexts(
      [chapter('总体情况', '甲'), chapter('回应解读', '乙'), chapter('存在问题', '丙')],
      [chapter('存在问题', '丙'), chapter('总体情况', '甲'), chapter('新的一章', '丁')],
    );
    expect(compared.chapters.map(({ title, rows }) => [title, rows[0]?.change])).toEqual([
      ['存在问题', 'kept'],
      ['总体情况', 'kept'],
      ['新的一章', 'new'],
      ['回应解读', 'gone'],
    ]);
  });
});

describe('texts as long as are compared', () => {
  const sentence = (seed: number) =>
    Array.from({ length: 40 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((seed * 7919 + index * 104_729) % 8000)),
    ).join('');
  test.each([
    ['of one character', () => ['公'.repeat(400_000)], () => ['公'.repeat(400_000)]],
    ['of a refrain', () => [passage.repeat(13_000)], () => [`${passage}新`.repeat(13_000)]],
    [
      'of short paragraphs with nothing in common',
      () => Array.from({ length: 9000 }, (_, at) => sentence(at)),
      () => Array.from({ length: 9000 }, (_, at) => sentence(at + 50_000)),
    ],
    [
      'of paragraphs all alike',
      () => Array.from({ length: 9000 }, (_, at) => `${passage}${at}`),
      () => Array.from({ length: 9000 }, (_, at) => `${passage}${at + 1}`),
    ],
  ])('%s', (_, previous, current) => {
    const compared = compare(previous(), current());
    expect(compared.complete).toBe(true);
    expect(compared.characters).toBeGreaterThan(250_000);
  });

  it('more than can be compared is left out and said', () => {
    expect(compare(['公'.repeat(400_001)], ['公']).complete).toBe(false);
  });
});
