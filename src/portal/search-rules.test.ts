import { expect, test } from 'vitest';
import type { SearchDocument } from './search-documents.ts';
import { excerptOf, searchDocuments } from './search-rules.ts';

const document = (title: string, text: string, date = '2019-01-24'): SearchDocument => ({
  kind: '报告章节',
  title,
  text,
  href: `/${title}`,
  date,
});
const documents = [
  document('开展政策解读情况', '发布政策解读稿件275篇。'),
  document('依申请公开情况', '全区共受理政府信息公开申请3件,均为当面申请。解读一次。'),
  document('总体公开情况', '配备1名专职工作人员。SM3 摘要公开。'),
];
const titles = (query: string) => searchDocuments(documents, query).map(({ title }) => title);

test.each([
  ['解读', ['开展政策解读情况', '依申请公开情况']],
  ['申请 当面', ['依申请公开情况']],
  ['sm3', ['总体公开情况']],
  ['SM3', ['总体公开情况']],
  ['水库', []],
  ['', []],
  ['  ,?! ', []],
])('%j finds %j', (query, expected) => {
  expect(titles(query)).toEqual(expected);
});

test('a question in a sentence finds its subject', () => {
  expect(titles('当面申请几件')).toEqual(['依申请公开情况']);
});

test('a word in a title counts for more than one in the text', () => {
  const [first, second] = searchDocuments(documents, '解读');
  expect(first!.score).toBeGreaterThan(second!.score);
});

test('signs of regular expressions are only signs', () => {
  expect(titles('(.*)+')).toEqual([]);
  expect(excerptOf('费用(元)', ['(元)']).filter(({ marked }) => marked)).toEqual([
    { text: '(元)', marked: true },
  ]);
});

test('the excerpt shows the word in its surroundings', () => {
  const parts = excerptOf(`${'前'.repeat(60)}解读${'后'.repeat(200)}`, ['解读']);
  expect(parts.filter(({ marked }) => marked)).toEqual([{ text: '解读', marked: true }]);
  expect(parts[0]).toEqual({ text: '…', marked: false });
  expect(parts.at(-1)).toEqual({ text: '…', marked: false });
  expect(parts.map(({ text }) => text).join('').length).toBeLessThan(120);
});
