import { describe, expect, test } from 'vitest';
import { buildTables, formatForYear } from '../formats/index.ts';
import type { Block } from '../model.ts';
import {
  diffText,
  draftChapter,
  narrativeContext,
  parseNarrative,
  resolveChapters,
  textOf,
} from './index.ts';

const format = formatForYear(2018)!;
const tables = buildTables(format, { '1.1': 9351, '2.2.3': 275, '3.1': 0, '3.1.1': null });
const previous = buildTables(format, { '1.1': 8000, '2.2.3': 275, '3.1': 3 });
const context = narrativeContext({ agency: '高新区', year: 2018, tables, previous });
const parse = (source: string) => parseNarrative(source, context);
const print = (source: string) =>
  parse(source).map((block) =>
    block.kind === 'list' ? block.items.map(textOf).join('/') : textOf(block.inlines),
  );

describe('the Markdown subset', () => {
  test('headings, paragraphs and lists', () => {
    expect(parse('## 一\n段落\n续行\n### 二\n\n- 甲\n- 乙\n1. 子\n2. 丑\n\n末段')).toEqual<Block[]>([
      { kind: 'heading', level: 1, inlines: [{ kind: 'text', text: '一' }] },
      { kind: 'paragraph', inlines: [{ kind: 'text', text: '段落续行' }] },
      { kind: 'heading', level: 2, inlines: [{ kind: 'text', text: '二' }] },
      {
        kind: 'list',
        ordered: false,
        items: [[{ kind: 'text', text: '甲' }], [{ kind: 'text', text: '乙' }]],
      },
      {
        kind: 'list',
        ordered: true,
        items: [[{ kind: 'text', text: '子' }], [{ kind: 'text', text: '丑' }]],
      },
      { kind: 'paragraph', inlines: [{ kind: 'text', text: '末段' }] },
    ]);
  });

  test('emphasis closes between Han characters and punctuation', () => {
    expect(parse('推进**“放管服”**改革*试点*')[0]).toEqual({
      kind: 'paragraph',
      inlines: [
        { kind: 'text', text: '推进' },
        { kind: 'text', text: '“放管服”', bold: true },
        { kind: 'text', text: '改革' },
        { kind: 'text', text: '试点', italic: true },
      ],
    });
  });

  test('a mark that is not closed, an escaped mark and HTML are plain text', () => {
    expect(print('5*3 \\*\\* <b>x</b>')).toEqual(['5*3 ** <b>x</b>']);
  });

  test('links lead to the web or this site, never to script', () => {
    expect(parse('见[目录](/catalogue)和[网站](https://example.org/a)')[0]).toMatchObject({
      inlines: [
        { text: '见' },
        { kind: 'link', href: '/catalogue', text: '目录' },
        { text: '和' },
        { kind: 'link', href: 'https://example.org/a' },
      ],
    });
    const unsafe = parse('[点我](javascript:alert) [x](//evil.example) [y](data:text/html,1)');
    expect(unsafe).toEqual([{ kind: 'paragraph', inlines: [{ kind: 'text', text: '点我 x y' }] }]);
  });

  test('empty source has no blocks; Windows line ends are line ends', () => {
    expect(parse('')).toEqual([]);
    expect(parse('甲\r\n\r\n乙')).toHaveLength(2);
  });
});

describe('live references', () => {
  test.each([
    ['{{1.1}}', { ref: '1.1', value: 9351, text: '9351' }],
    ['{{ 1.1.value }}', { ref: '1.1.value', value: 9351, text: '9351' }],
    ['{{2.2.3|approx}}', { ref: '2.2.3', value: 275, text: '200余', approximate: true }],
    ['{{prev:1.1}}', { ref: 'prev:1.1', value: 8000, text: '8000' }],
    ['{{1.1|change}}', { ref: '1.1', value: 9351, text: '增长16.9%' }],
    ['{{2.2.3|change}}', { ref: '2.2.3', value: 275, text: '持平' }],
    ['{{3.1|change}}', { ref: '3.1', value: 0, text: '下降100%' }],
    ['{{3.1}}', { ref: '3.1', value: 0, text: '0' }],
    ['{{3.1.1}}', { ref: '3.1.1', value: null, text: '未填报' }],
    ['{{9.9}}', { ref: '9.9', value: null, text: '{{9.9}}' }],
    ['{{3}}', { ref: '3', value: null, text: '{{3}}' }],
    ['{{1.1.person}}', { ref: '1.1.person', value: null, text: '{{1.1.person}}' }],
    ['{{什么}}', { ref: '什么', value: null, text: '{{什么}}' }],
  ])('%s', (source, expected) => {
    expect(parse(source)).toEqual([{ kind: 'paragraph', inlines: [{ kind: 'figure', ...expected }] }]);
  });

  test('variables become text', () => {
    expect(print('{{year}}年{{agency}},上年{{lastYear}},下年{{nextYear}}')).toEqual([
      '2018年高新区,上年2017,下年2019',
    ]);
  });
});

describe('templates', () => {
  test('sections follow the figures, nest, and leave references live', () => {
    const draft = (template: string) => draftChapter(template, context);
    expect(draft('{{#1.1}}公开{{1.1}}条{{#prev:1.1}},比上年{{1.1|change}}{{/}}。{{/}}')).toBe(
      '公开{{1.1}}条,比上年{{1.1|change}}。',
    );
    expect(draft('{{#3.1}}收到{{3.1}}件{{else}}没有收到申请{{/}}')).toBe('没有收到申请');
    expect(draft('{{#3.1,1.1}}有{{else}}无{{/}}')).toBe('有');
    expect(() => draft('{{#9.9}}x{{/}}')).toThrow('9.9');
    expect(() => draft('{{#1.1}}x')).toThrow('open');
    expect(() => draft('x{{/}}')).toThrow('did not open');
  });

  test('the fourteen chapters of an empty report state no blank and no unknown figure', () => {
    const chapters = resolveChapters(format, new Map(), {
      agency: '高新区',
      year: 2018,
      tables: buildTables(format, {}),
    });
    expect(chapters).toHaveLength(14);
    expect(chapters.map(({ number }) => number)).toEqual(Array.from({ length: 14 }, (_, index) => index + 1));
    expect(chapters[12]?.title).toBe('开展2019年工作的初步计划安排');
    for (const { blocks, title } of chapters) {
      const text = JSON.stringify(blocks);
      expect(text, title).not.toMatch(/\{\{|未填报|"figure"/);
      expect(blocks.length, title).toBeGreaterThan(0);
    }
  });

  test('a stored source wins over the template', () => {
    const report = { agency: '高新区', year: 2018, tables };
    const [overview] = resolveChapters(format, new Map([['overview', '只有{{1.1}}条']]), report);
    expect(overview?.source).toBe('只有{{1.1}}条');
    expect(
      textOf(overview?.blocks.flatMap((block) => (block.kind === 'list' ? [] : block.inlines)) ?? []),
    ).toBe('只有9351条');
  });
});

test('the difference of two texts is by words', () => {
  expect(diffText('全年召开会议1次。', '全年召开专题会议2次。')).toEqual([
    { kind: 'same', text: '全年召开' },
    { kind: 'added', text: '专题' },
    { kind: 'same', text: '会议' },
    { kind: 'removed', text: '1' },
    { kind: 'added', text: '2' },
    { kind: 'same', text: '次。' },
  ]);
  expect(diffText('同', '同')).toEqual([{ kind: 'same', text: '同' }]);
  expect(diffText('', '新')).toEqual([{ kind: 'added', text: '新' }]);
});
