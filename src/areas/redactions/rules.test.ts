import { describe, expect, it } from 'vitest';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { grounds, groundsOf, isGround, severingGround, usualGround } from './grounds.ts';
import { demandDraft, demandVersion, readBox, uncovered, wholeCharacters } from './rules.ts';

const pages = [
  { width: 595, height: 842, characters: 10 },
  { width: 842, height: 595, characters: 0 },
];

describe('a box', () => {
  it.each([
    ['as it was drawn', { page: 1, x: 10, y: 20, w: 30, h: 40 }, { x: 10, y: 20, w: 30, h: 40 }],
    ['cut to its page', { page: 1, x: -10, y: 800, w: 50, h: 100 }, { x: 0, y: 800, w: 40, h: 42 }],
    [
      'of the whole of a wide page',
      { page: 2, x: -1, y: -1, w: 9999, h: 9999 },
      { x: 0, y: 0, w: 842, h: 595 },
    ],
    ['in hundredths', { page: 1, x: 1.23456, y: 2, w: 10.001, h: 5 }, { x: 1.23, y: 2, w: 10, h: 5 }],
  ])('is taken %s', (_, given, box) => {
    expect(readBox(pages, given)).toEqual({ page: given.page, ...box });
  });

  it.each([
    ['on no page', { page: 3, x: 1, y: 1, w: 9, h: 9 }, 'page'],
    ['beside its page', { page: 1, x: 700, y: 1, w: 9, h: 9 }, 'w'],
    ['smaller than a letter', { page: 1, x: 1, y: 1, w: 1, h: 9 }, 'w'],
    ['drawn backwards', { page: 1, x: 50, y: 50, w: -20, h: 9 }, 'w'],
    ['that is no number', { page: 1, x: Number.NaN, y: 1, w: 9, h: 9 }, 'x'],
  ])('is refused %s', (_, given, field) => {
    expect(() => readBox(pages, given)).toThrow(InvalidForm);
    try {
      readBox(pages, given);
    } catch (error) {
      expect(Object.keys((error as InvalidForm).fields)).toEqual([field]);
    }
  });

  const letters = [0, 10, 20].map((x) => ({ x, y: 0, w: 10, h: 12 }));
  it.each([
    ['half a letter', { x: 15, y: 2, w: 9, h: 8 }, { x: 10, y: 0, w: 20, h: 12 }],
    ['a sliver of a letter', { x: 11, y: 0, w: 10, h: 12 }, { x: 10, y: 0, w: 11, h: 12 }],
    [
      'the letters of its line, not those of the next',
      { x: 8, y: 8, w: 9, h: 12 },
      { x: 8, y: 8, w: 9, h: 12 },
    ],
    ['none', { x: 100, y: 0, w: 10, h: 12 }, { x: 100, y: 0, w: 10, h: 12 }],
  ])('grows over the letters it touches: %s', (_, box, grown) => {
    expect(wholeCharacters(box, letters)).toEqual(grown);
  });

  it('covers a place when all but a sliver is under it', () => {
    const place = { page: 1, x: 0, y: 0, w: 100, h: 10 };
    expect(uncovered([place], [{ page: 1, x: 1, y: 0, w: 200, h: 10 }])).toEqual([]);
    expect(uncovered([place], [{ page: 1, x: 20, y: 0, w: 200, h: 10 }])).toEqual([place]);
    expect(uncovered([place], [{ page: 2, x: 0, y: 0, w: 100, h: 10 }])).toEqual([place]);
  });
});

describe('boxes change', () => {
  it('only while the file is worked on', () => {
    expect(() => demandDraft('draft')).not.toThrow();
    for (const state of ['exporting', 'exported', 'discarded'] as const) {
      expect(() => demandDraft(state)).toThrow(Refusal);
    }
  });

  it('only as the person saw them', () => {
    expect(() => demandVersion({ version: 3 }, 3)).not.toThrow();
    expect(() => demandVersion({ version: 4 }, 3)).toThrow('有变动');
  });
});

describe('grounds', () => {
  it('are those of the regime the request is under, each with a letter of its own', () => {
    for (const regime of ['R2008', 'R2019'] as const) {
      const marks = groundsOf(regime).map(([, { mark }]) => mark);
      expect(new Set(marks).size).toBe(marks.length);
      expect(isGround(usualGround(regime), regime)).toBe(true);
    }
    expect(isGround('492-14-privacy', 'R2019')).toBe(false);
    expect(isGround('constructor', 'R2019')).toBe(false);
  });

  it('name their article', () => {
    expect(grounds['711-15-privacy']).toMatchObject({
      label: '第十五条 个人隐私',
      cited: '《政府信息公开条例》（国务院令第711号）第十五条',
    });
    expect(severingGround('R2019')).toBe('《政府信息公开条例》（国务院令第711号）第三十七条');
    expect(severingGround('R2008')).toBe('《政府信息公开条例》（国务院令第492号）第二十二条');
  });
});
