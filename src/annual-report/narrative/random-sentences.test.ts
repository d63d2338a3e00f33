import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gridOf } from '../formats/grid.ts';
import { findContradictions } from './index.ts';

const found = (text: string) =>
  findContradictions(
    [
      {
        key: 'overview',
        title: '总体情况',
        blocks: [{ kind: 'paragraph', inlines: [{ kind: 'text', text }] }],
      },
    ],
    gridOf([]),
    { year: 2023, check: { rule: 'T5', level: 'warning' } },
  );

const counts = fc.array(fc.integer({ min: 2, max: 900 }), { minLength: 2, maxLength: 9 });
const names = '甲乙丙丁戊己庚辛壬';
const share = (part: number, whole: number, decimals: number) => ((part / whole) * 100).toFixed(decimals);
const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);
const named = (parts: readonly number[], unit = '件') =>
  parts.map((part, index) => `${names[index]}县${part}${unit}`);

/** Sentences that are true of any numbers; `off` falsifies the total, or the share, or the growth. */
const sentences: [string, (parts: readonly number[], off: number) => string][] = [
  ['分别为、', (parts, off) => `全年办理提案${sum(parts) + off}件，分别为${named(parts).join('、')}。`],
  [
    '分别是：；',
    (parts, off) => `全年办理提案${sum(parts) + off}件，办复率100%。分别是：${named(parts).join('；')}。`,
  ],
  ['分别为，', (parts, off) => `全年办理提案${sum(parts) + off}件，分别为${named(parts).join('，')}。`],
  [
    '分别为 without units',
    (parts, off) => `收取处理费案件${sum(parts) + off}件，分别为${parts.join('、')}件，金额2950元。`,
  ],
  ['合计', (parts, off) => `${named(parts).join('、')}，合计${sum(parts) + off}件。`],
  [
    'full-width',
    (parts, off) =>
      `全年办理提案${wide(sum(parts) + off)}件，分别为${parts.map((part, index) => `${names[index]}县${wide(part)}件`).join('、')}。`,
  ],
  [
    'spaced',
    (parts, off) => `全年办理提案 ${sum(parts) + off} 件，分别为${named(parts, ' 件').join('、')}。`,
  ],
  [
    '其他 last',
    (parts, off) =>
      `公开信息${sum(parts) + off}条，其中${named(parts, '条').slice(0, -1).join('、')}、其他${parts.at(-1)}条。`,
  ],
  [
    'share',
    (parts, off) =>
      `办结${sum(parts)}件，其中甲类${parts[0]}件，占${share(parts[0]! + off * sum(parts), sum(parts), 1)}%。`,
  ],
  [
    'two shares',
    (parts, off) =>
      `办结${sum(parts)}件，其中甲类${parts[0]}件、乙类${sum(parts) - parts[0]!}件，分别占${share(parts[0]!, sum(parts), 2)}%、${share(sum(parts) - parts[0]! + off * sum(parts), sum(parts), 2)}%。`,
  ],
  [
    'growth',
    (parts, off) => `公开信息${parts[0]}条，比上年的${parts[1]}条${growth(parts[0]!, parts[1]!, off * 3)}。`,
  ],
  [
    'growth by difference',
    (parts, off) =>
      `公开信息${parts[0]! + parts[1]!}条，比上年增加${parts[0]}条，增长${(off * 3 + (parts[0]! / parts[1]!) * 100).toFixed(1)}%。`,
  ],
  [
    'difference',
    (parts, off) =>
      `2022年公开信息${parts[0]}条，2023年公开${parts[0]! + parts[1]!}条，增加${parts[1]! + off}条。`,
  ],
];

function wide(value: number): string {
  return [...String(value)].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
}

function growth(now: number, before: number, off: number): string {
  const percent = (Math.abs(now - before) / before) * 100 + off;
  return now === before ? `增长${Math.abs(off)}%` : `${now > before ? '增长' : '下降'}${percent.toFixed(1)}%`;
}

describe.each(sentences)('sentences of any numbers: %s', (_, say) => {
  test('a true one is clean', () => {
    fc.assert(
      fc.property(counts, (parts) => {
        expect(found(say(parts, 0))).toEqual([]);
      }),
    );
  });

  test('a false one is found', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 9 }), (parts, off) => {
        expect(found(say(parts, off))).not.toEqual([]);
      }),
    );
  });
});

test('no list after 其中 is blamed for what it leaves out, nor one that ends in 等', () => {
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 9999 }), (parts, more) => {
      const total = sum(parts) * 2 + more;
      expect(found(`全年办理提案${total}件，其中${named(parts).join('、')}。`)).toEqual([]);
      expect(found(`全年办理提案${total}件，分别为${named(parts).join('、')}等。`)).toEqual([]);
    }),
  );
});

test('any text is read without fail', () => {
  const pieces = [
    '其中',
    '分别为',
    '占',
    '%',
    '件',
    '、',
    '，',
    '。',
    '1',
    '20',
    '三',
    '同比增长',
    '上年',
    '（',
    '）',
    '等',
    '合计',
    '1.5万',
    '余',
    '{{',
    ' ',
    '《',
    '。\n',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), fc.string(), (words, tail) => {
      expect(() => found(words.join('') + tail)).not.toThrow();
    }),
    { numRuns: 300 },
  );
});
