import { describe, expect, it } from 'vitest';
import { deviceName, isSessionLive, limitsOf, mayTry, passwordProblem, safeNext } from './rules.ts';

describe('passwords', () => {
  const owner = { username: 'zhangsan', name: '张三丰' };
  it.each([
    ['nine characters', 'Ab3$efg9x', '至少10个字符'],
    ['nine Han characters', '春眠不觉晓处处闻啼', '至少10个字符'],
    ['far too long', 'x7'.repeat(80), '不能超过128'],
    ['the username inside', 'my-ZhangSan-88', '用户名'],
    ['the name inside', '我是张三丰没错的呀呀', '姓名'],
    ['one character over and over', 'aaaaaaaaaaaa', '重复或连续'],
    ['one piece over and over', 'xyz1xyz1xyz1', '重复或连续'],
    ['up the alphabet', 'abcdefghijkl', '重复或连续'],
    ['down the digits', '9876543210', '重复或连续'],
    ['a common one', 'Qwertyuiop', '常见密码'],
    ['a common one with a tail', 'Password123!!', '常见密码'],
    ['a common one with a year', 'kunming123 2018', null],
    ['a common one with digits', 'qwertyuiop2018', '常见密码'],
    ['a sentence', '白日依山尽黄河入海流', null],
    ['a good one', 'k7$wQe-29-maPle', null],
  ])('%s', (_, password, problem) => {
    if (problem === null) expect(passwordProblem(password, owner)).toBeNull();
    else expect(passwordProblem(password, owner)).toContain(problem);
  });
});

describe('where to go after sign-in', () => {
  it.each([
    ['/workbench', '/workbench'],
    ['/workbench/returns?year=2018&month=3', '/workbench/returns?year=2018&month=3'],
    ['/workbench/../catalogue', '/workbench'],
    ['/workbenchevil.example', '/workbench'],
    ['/workbench/sign-in?next=/workbench', '/workbench'],
    ['//evil.example/workbench', '/workbench'],
    ['https://evil.example/workbench', '/workbench'],
    ['/\\evil.example', '/workbench'],
    ['/workbench\\@evil.example', '/workbench'],
    ['/workbench\r\nSet-Cookie: a=b', '/workbench'],
    ['javascript:alert(1)', '/workbench'],
    [undefined, '/workbench'],
    [['/workbench/a', '/workbench/b'], '/workbench'],
  ])('%s', (next, expected) => expect(safeNext(next)).toBe(expected));
});

describe('limits', () => {
  it('take standard values for what is missing or out of range', () => {
    const standard = limitsOf({});
    expect(standard).toMatchObject({
      accountFailures: 5,
      addressFailures: 50,
      idleMinutes: 60,
      absoluteHours: 12,
    });
    expect(limitsOf({ signIn: { accountFailures: 0, lockMinutes: 30 } })).toEqual({
      ...standard,
      lockMinutes: 30,
    });
    expect(limitsOf({ signIn: 'often' })).toEqual(standard);
  });

  const minute = 60_000;
  it.each([
    ['used a moment ago', 0, 1, true],
    ['idle just within the limit', 0, 60, true],
    ['idle beyond the limit', 0, 61, false],
    ['used all day, twelve hours old', 719, 1, true],
    ['used all day, older than twelve hours', 720, 1, false],
  ])('a session %s', (_, usedFor, idleFor, live) => {
    const now = 1_000_000 * minute;
    const seenAt = now - idleFor * minute;
    expect(isSessionLive({ seenAt, signedInAt: seenAt - usedFor * minute }, now, limitsOf({}))).toBe(live);
  });

  it.each([
    ['the fifth attempt', 5, null, true],
    ['a sixth at the same moment', 6, null, false],
    ['a locked counter', 5, 2000, false],
    ['a lock that has run out', 5, 1000, true],
  ])('%s', (_, failures, lockedUntil, allowed) => {
    expect(mayTry({ failures, lockedUntil }, 5, 1000)).toBe(allowed);
  });
});

it.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36',
    'Windows上的Chrome',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0',
    'Windows上的Edge',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1',
    'iPhone上的Safari',
  ],
  [null, '未知设备'],
])('names the device of %s', (userAgent, name) => expect(deviceName(userAgent)).toBe(name));
