import { describe, expect, test } from 'vitest';
import { guessKind, keyInFileName, likeness, nameKey, yearInFileName } from './unit-names.ts';

describe('two names of one body', () => {
  test.each([
    ['青山县人民政府', '青山县政府'],
    ['青山县人民政府', '青山县'],
    ['青山县 人民政府', '青山县人民政府'],
    ['高新区（经开区）管理委员会', '高新区(经开区)管委会'],
    ['北街街道办事处', '北街街道'],
    ['北街街道办', '北街街道办事处'],
    ['青山县人民政府办公室', '青山县政府办'],
    ['云岭省人民政府办公厅', '云岭省政府办公厅'],
    ['白水镇人民政府', '白水镇'],
    ['青山县卫生健康局', '青山县卫生健康局 '],
    ['ＡＢ新区管委会', 'ab新区管理委员会'],
  ])('%s = %s', (a, b) => expect(nameKey(a)).toBe(nameKey(b)));
});

describe('two bodies', () => {
  test.each([
    ['青山县人民政府', '青山县人民政府办公室'],
    ['青山县教育局', '青山市教育局'],
    ['青山县教育局', '教育局'],
    ['白水镇人民政府', '白水乡人民政府'],
    ['高新区管委会', '高新区'],
    ['云岭省人民政府办公厅', '云岭省人民政府'],
  ])('%s ≠ %s', (a, b) => expect(nameKey(a)).not.toBe(nameKey(b)));
});

test.each([
  ['云岭省人民政府', 'government'],
  ['青山县', 'government'],
  ['浦江新区人民政府', 'government'],
  ['青山县人民政府办公室', 'department'],
  ['青山县发展和改革委员会', 'department'],
  ['青山县市场监督管理局', 'department'],
  ['白水镇人民政府', 'township'],
  ['黑水彝族乡', 'township'],
  ['北街街道办事处', 'subdistrict'],
  ['高新技术产业开发区管委会', 'zone'],
  ['高新技术产业开发区管理委员会', 'zone'],
  ['滨海新区', 'zone'],
  ['青山县第一中学', 'other'],
])('%s is a %s', (name, kind) => expect(guessKind(name)).toBe(kind));

test.each([
  ['青山县教育局2022年政府信息公开工作年度报告.pdf', '青山县教育局'],
  ['03-青山县教育局（2022年年报）终稿.docx', '青山县教育局'],
  ['2022年度青山县教育局政府信息公开年报.html', '青山县教育局'],
  ['青山县教育局/2022年年报.pdf', '青山县教育局'],
  ['年报汇总\\青山县教育局\\2022年政府信息公开工作年度报告.pdf', '青山县教育局'],
  ['关于青山县教育局2022年度政府信息公开工作情况的报告.doc', '青山县教育局'],
  ['白水镇人民政府.txt', nameKey('白水镇人民政府')],
  ['2022.pdf', ''],
  ['scan0001.pdf', ''],
])('the name in %s is %j', (name, key) => expect(keyInFileName(name)).toBe(key));

test.each([
  ['青山县教育局2022年政府信息公开工作年度报告.pdf', 2022],
  ['青山县教育局2022年度报告.pdf', 2022],
  ['青山县教育局２０２２年年报.pdf', 2022],
  ['青山县教育局（2023年1月20日发布）.pdf', null],
  ['2021年和2022年对比.pdf', null],
  ['20220131.pdf', null],
])('the year in %s is %j', (name, year) => expect(yearInFileName(name)).toBe(year));

test('likeness orders what may be meant', () => {
  const wanted = nameKey('云岭省青山县教育局');
  const names = ['青山县教育局', '青山县教育体育局', '白水县教育局', '青山县财政局', '北街街道'];
  const alike = names.map((name) => likeness(wanted, nameKey(name)));
  expect(alike).toEqual([...alike].sort((a, b) => b - a));
  expect(likeness(wanted, wanted)).toBe(1);
  expect(likeness('', '')).toBe(1);
  expect(likeness('甲', '乙')).toBe(0);
});
