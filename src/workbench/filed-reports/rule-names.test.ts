import { expect, test } from 'vitest';
import { formats } from '../../annual-report/formats/index.ts';
import { ruleName } from './rule-names.ts';

test('every rule of every format has a name', () => {
  const rules = new Set(formats.flatMap(({ checks }) => checks.map(({ rule }) => rule)));
  expect([...rules].filter((rule) => ruleName(rule) === rule)).toEqual([]);
});

test('a rule without a name is called by its code', () => {
  expect(ruleName('Z9')).toBe('Z9');
});
