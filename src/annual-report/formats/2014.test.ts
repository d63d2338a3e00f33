import { describe, expect, test } from 'vitest';
import { figureNeeds, figureRows, formatForYear } from './index.ts';

const format = formatForYear(2018)!;
const rows = figureRows(format).map(({ row }) => row);

describe('the 2014 format', () => {
  test('governs the reporting years 2014 to 2018 and no others', () => {
    expect([2013, 2014, 2018].map((year) => formatForYear(year)?.id ?? null)).toEqual([null, '2014', '2014']);
    expect(formatForYear(2019)?.id).not.toBe('2014');
  });

  test('has 58 figure rows, each with a code and a figure of its own', () => {
    expect(rows).toHaveLength(58);
    expect(new Set(rows.map(({ code }) => code)).size).toBe(58);
    expect(new Set(rows.map(({ figures }) => figures?.value)).size).toBe(58);
  });

  test('calls figures by their printed wording, under a heading with the heading', () => {
    const labels = new Map(figureNeeds(format).map(({ code, label }) => [code, label]));
    expect(
      [
        'catalogue.items',
        'press.conferences.leaders',
        'requests.replies.disclosed',
        'requests.replies.refused.state-secret',
        'remedies.lawsuits.upheld',
        'registers.staff.full-time',
      ].map((code) => labels.get(code)),
    ).toEqual([
      '主动公开政府信息数',
      '主要负责同志参加新闻发布会次数',
      '答复：同意公开数',
      '不同意公开：涉及国家秘密',
      '行政诉讼：维持具体行政行为或者驳回原告诉讼请求数',
      '专职人员数',
    ]);
  });

  test('keeps staff, offices and reading places as stocks', () => {
    expect(
      figureNeeds(format)
        .filter(({ kind }) => kind === 'stock')
        .map(({ code }) => code),
    ).toEqual([
      'registers.offices',
      'registers.reading-places',
      'registers.staff.total',
      'registers.staff.full-time',
      'registers.staff.part-time',
    ]);
  });

  test('gives no sum to 主动公开政府信息数, where one item counts once across channels', () => {
    expect(rows.find(({ code }) => code === '1.1')?.sumOf).toBeUndefined();
  });

  test('totals as the printed numbering shows', () => {
    expect(rows.filter(({ sumOf }) => sumOf).map(({ code, sumOf }) => `${code}:${sumOf?.length}`)).toEqual([
      '3.1:4',
      '3.2:2',
      '3.3:8',
      '3.3.4:6',
      '4:3',
      '5:3',
      '8.3:2',
    ]);
  });
});
