import { expect, test } from 'vitest';
import { formatById } from '../formats/index.ts';
import { chaptersOf } from './chapters.ts';

const paragraph = (text: string, line: number) => ({ kind: 'paragraph' as const, text, place: { line } });
const title = '云岭县2022年政府信息公开工作年度报告';

function read(lines: readonly string[], taken: readonly number[] = []) {
  const chapters = chaptersOf(lines.map(paragraph), formatById('2021'), { taken: new Set(taken), title });
  return chapters.map(({ key, number, title: name, paragraphs }) => [
    key,
    number,
    name,
    paragraphs.map(({ text }) => text).join(''),
  ]);
}

test('the preface, then chapters by their official titles, numbered or not, and others by number', () =>
  expect(
    read([
      title,
      '根据《条例》编制。',
      '一、总体情况',
      '平稳。',
      '收到和处理政府信息公开申请情况',
      '见表。',
      '七、附则',
      '无。',
    ]),
  ).toEqual([
    ['preface', 0, '', '根据《条例》编制。'],
    ['overview', 1, '总体情况', '平稳。'],
    ['requests', 2, '收到和处理政府信息公开申请情况', '见表。'],
    [null, 3, '附则', '无。'],
  ]));

test('a table of contents before them is none of them', () =>
  expect(
    read([
      title,
      '目录',
      '一、总体情况',
      '二、主动公开政府信息情况',
      '一、总体情况',
      '平稳。',
      '二、主动公开政府信息情况',
      '见表。',
    ]),
  ).toEqual([
    ['preface', 0, '', '目录'],
    ['overview', 1, '总体情况', '平稳。'],
    ['proactive', 2, '主动公开政府信息情况', '见表。'],
  ]));

test('the menus before the title and what a page says around an article are no prose', () =>
  expect(
    read([
      '首页',
      '政务服务',
      '互动交流',
      '您当前的位置：首页 > 年报',
      '云岭县2022年',
      '政府信息公开工作年度报告',
      '字号：大 中 小',
      '一、总体情况',
      '首页改版2次，浏览次数增加。',
      '上一篇：没有了',
      '【打印本页】',
      '打印',
      '分享到：微信 微博',
    ]),
  ).toEqual([['overview', 1, '总体情况', '首页改版2次，浏览次数增加。【打印本页】']]));

test('rows of tables are left out; a long or ended line is no heading', () =>
  expect(read([title, '一、总体情况', '本年制发件数 3', '二、三月份开展了检查。'], [2])).toEqual([
    ['overview', 1, '总体情况', '二、三月份开展了检查。'],
  ]));
