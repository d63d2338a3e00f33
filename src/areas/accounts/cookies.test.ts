import { expect, test } from 'vitest';
import { challengeOf } from './cookies.ts';

test.each([
  ['gongkai.two_factor=abc.c2ln', 'abc'],
  ['a=1; __Secure-gongkai.two_factor=abc.c2ln', 'abc'],
  ['gongkai.two_factor=a%2Eb.c2ln', 'a.b'],
  ['gongkai.two_factor=unsigned', null],
  ['gongkai.two_factor=%E0%A4.c2ln', null],
  ['gongkai.two_factor=a%00b.c2ln', null],
  ['', null],
])('the challenge in %j is %j', (cookie, challenge) => expect(challengeOf({ cookie })).toBe(challenge));
