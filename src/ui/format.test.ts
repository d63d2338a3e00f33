import { expect, test } from 'vitest';
import { localPath } from './display.ts';
import {
  daysLeft,
  formatBytes,
  formatDate,
  formatDateTime,
  formatNumber,
  formatStamp,
  urgency,
} from './format.ts';
import { isReadable, themeCss } from './theme.ts';

test('dates and times are those of China', () => {
  expect(formatDate('2018-12-31')).toBe('2018年12月31日');
  expect(formatDate(null)).toBe('—');
  expect(formatDateTime('2018-12-31T16:05:00Z')).toBe('2019年1月1日 00:05');
  expect(formatDateTime(new Date('2018-12-31T01:05:00Z'))).toBe('2018年12月31日 09:05');
  expect(formatStamp('2018-12-31T01:05:42Z')).toBe('2018-12-31 09:05');
});

test.each([
  [0, '0'],
  [9351, '9,351'],
  [5.25, '5.25'],
  [null, '—'],
])('the number %s reads %s', (value, words) => {
  expect(formatNumber(value)).toBe(words);
});

test.each([
  ['2019-01-18', 3, /^还有 3 个工作日\P{ASCII}1月18日到期\P{ASCII}$/u],
  ['2019-01-18', undefined, /^还有 3 天\P{ASCII}1月18日到期\P{ASCII}$/u],
  ['2019-01-15', 0, /^今天到期\P{ASCII}1月15日\P{ASCII}$/u],
  ['2018-12-28', -10, /^已逾期 10 个工作日\P{ASCII}2018年12月28日到期\P{ASCII}$/u],
  ['2019-01-11', -2, /^已逾期 2 个工作日\P{ASCII}1月11日到期\P{ASCII}$/u],
])('due %s with %s working days', (due, workingDays, words) => {
  expect(daysLeft(due, '2019-01-15', workingDays)).toMatch(words);
});

test.each([
  [null, 'none'],
  ['2019-01-14', 'late'],
  ['2019-01-15', 'today'],
  ['2019-01-18', 'soon'],
  ['2019-01-19', 'later'],
])('%s is %s', (due, when) => {
  expect(urgency(due, '2019-01-15')).toBe(when);
});

test('sizes', () => {
  expect([900, 1536, 20 * 1024 * 1024].map(formatBytes)).toEqual(['900 B', '1.5 KB', '20 MB']);
});

test.each([
  ['/about?x=1', '/about?x=1'],
  ['//evil.example/x', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  [undefined, '/'],
])('the way back from %s is %s', (back, path) => {
  expect(localPath(back)).toBe(path);
});

test('a main colour must be readable on white', () => {
  expect(isReadable('#12508f')).toBe(true);
  expect(themeCss('#8B1A1A')).toBe('@media screen{:root:not([data-contrast="high"]){--brand:#8b1a1a}}');
  for (const colour of ['#ffd700', '#fff', 'red', '#12508f}body{display:none'])
    expect(themeCss(colour)).toBeNull();
});
