import { randomBytes } from 'node:crypto';
import { assert, property, string, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DataKey, newDataKey, openVault, parseDataKeys } from './index.ts';

const key = (id: string): DataKey => ({ id, key: randomBytes(32) });
const [older, newer] = [key('2026'), key('2027')];
const vault = openVault([older]);
const rotated = openVault([newer, older]);
const NAME = '张三';
const PLACE = 'applicant/3/17';

/** What an attempt to open says; it must not say what was sealed. */
function refusal(open: () => unknown): string {
  try {
    open();
  } catch (error) {
    const told = String((error as Error).stack);
    expect(told).not.toContain(NAME);
    return (error as Error).message;
  }
  throw new Error('it opened');
}

describe('sealed text', () => {
  test('names its key, differs every time, and opens', () => {
    const sealed = vault.seal(NAME, PLACE);
    expect(sealed).toMatch(/^s1:2026:[\w-]+$/);
    expect(vault.seal(NAME, PLACE)).not.toBe(sealed);
    expect(vault.open(sealed, PLACE)).toBe(NAME);
    expect(vault.keyOf(sealed)).toBe('2026');
  });

  test('any text comes back', () => {
    assert(
      property(string({ unit: 'grapheme' }), string(), (plain, context) => {
        expect(vault.open(vault.seal(plain, context), context)).toBe(plain);
      }),
    );
  });

  test('half a character is refused instead of lost', () =>
    expect(refusal(() => vault.seal('\ud83d', PLACE))).toContain('well-formed'));

  test('the length of a name does not show', () => {
    const lengths = ['张三', '欧阳修', '居民身份证', ''].map((text) => vault.seal(text, PLACE).length);
    expect(new Set(lengths).size).toBe(1);
  });

  test('no byte of it can be altered, cut or added', () => {
    const sealed = vault.seal(NAME, PLACE);
    for (let at = 0; at < sealed.length; at++) {
      for (const sign of ['A', 'b', '0', '_', ':', '=', ' ']) {
        if (sealed[at] === sign) continue;
        const altered = sealed.slice(0, at) + sign + sealed.slice(at + 1);
        expect(refusal(() => vault.open(altered, PLACE))).toMatch(/altered|not in the settings/);
      }
      expect(refusal(() => vault.open(sealed.slice(0, at), PLACE))).toContain('altered');
    }
    expect(refusal(() => vault.open(`${sealed}A`, PLACE))).toContain('altered');
    expect(refusal(() => vault.open('', PLACE))).toContain('altered');
  });

  test('every bit of its bytes counts', () => {
    const sealed = vault.seal(NAME, PLACE);
    const body = Buffer.from(sealed.split(':')[2]!, 'base64url');
    for (let bit = 0; bit < body.length * 8; bit++) {
      const altered = Buffer.from(body);
      altered[bit >> 3]! ^= 1 << (bit & 7);
      refusal(() => vault.open(`s1:2026:${altered.toString('base64url')}`, PLACE));
    }
  });

  test.each(['applicant/3/18', 'applicant/31/7', 'applicant/3/17/', '', 'APPLICANT/3/17'])(
    'copied to %j it does not open',
    (elsewhere) =>
      expect(refusal(() => vault.open(vault.seal(NAME, PLACE), elsewhere))).toContain('belongs elsewhere'),
  );

  test('under a key that is not in the settings, or another of its name', () => {
    const sealed = vault.seal(NAME, PLACE);
    expect(refusal(() => openVault([newer]).open(sealed, PLACE))).toBe(
      `${PLACE}: sealed by the key 2026, which is not in the settings`,
    );
    expect(refusal(() => openVault([key('2026')]).open(sealed, PLACE))).toContain('altered');
    const renamed = sealed.replace(':2026:', ':2027:');
    expect(refusal(() => rotated.open(renamed, PLACE))).toContain('altered');
    expect(refusal(() => openVault([{ id: '2027', key: older.key }]).open(renamed, PLACE))).toContain(
      'altered',
    );
  });

  test('keys rotate: the new one seals, both open', () => {
    expect(rotated.open(vault.seal(NAME, PLACE), PLACE)).toBe(NAME);
    expect(rotated.keyOf(rotated.seal(NAME, PLACE))).toBe('2027');
    expect(rotated.currentKey).toBe('2027');
  });
});

describe('sealed content', () => {
  test('any bytes come back', () => {
    assert(
      property(uint8Array({ maxLength: 300 }), string(), (plain, context) => {
        expect(vault.openBytes(vault.sealBytes(plain, context), context)).toEqual(Buffer.from(plain));
      }),
    );
  });

  test('no bit of it can be altered, no byte cut or added', () => {
    const sealed = Buffer.from(vault.sealBytes(Buffer.from(NAME), PLACE));
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const altered = Buffer.from(sealed);
      altered[bit >> 3]! ^= 1 << (bit & 7);
      refusal(() => vault.openBytes(altered, PLACE));
    }
    for (let end = 0; end < sealed.length; end++)
      refusal(() => vault.openBytes(sealed.subarray(0, end), PLACE));
    refusal(() => vault.openBytes(Buffer.concat([sealed, Buffer.alloc(1)]), PLACE));
    refusal(() => vault.openBytes(sealed, 'applicant/3/18'));
    expect(vault.keyOf(sealed)).toBe('2026');
  });

  test('text is not opened as content, nor content as text', () => {
    const content = Buffer.from(vault.sealBytes(Buffer.from(NAME), PLACE));
    const body = content.subarray(4 + 1 + 4);
    refusal(() => vault.open(`s1:2026:${body.toString('base64url')}`, PLACE));
    const text = Buffer.from(vault.seal(NAME, PLACE).split(':')[2]!, 'base64url');
    refusal(() => vault.openBytes(Buffer.concat([content.subarray(0, 9), text]), PLACE));
  });

  test('sealed as it passes', async () => {
    const parts = ['公开', '', '为常态'].map((text) => Buffer.from(text));
    const sealed: Buffer[] = [];
    const passing = async function* () {
      yield* parts;
    };
    for await (const part of vault.sealStream(passing(), PLACE)) sealed.push(part);
    expect(vault.openBytes(Buffer.concat(sealed), PLACE).toString()).toBe('公开为常态');
  });
});

describe('digests', () => {
  const number = '11010519491231002X';
  test('equal values are found, and nothing else', () => {
    const digest = vault.digest('resident-number', number);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(openVault([{ ...older, id: 'another-name' }]).digest('resident-number', number)).toBe(digest);
    const others = [
      vault.digest('resident-number', '110105194912310021'),
      vault.digest('phone', number),
      vault.digest('resident-numbe', `r${number}`),
      rotated.digest('resident-number', number),
    ];
    expect(new Set([digest, ...others]).size).toBe(5);
  });
  test('a kind cannot run into a value', () =>
    expect(() => vault.digest('a\0b', 'c')).toThrow('named by letters'));
  test('under every key while keys rotate, the current first', () =>
    expect(rotated.digests('phone', '1')).toEqual([
      openVault([newer]).digest('phone', '1'),
      vault.digest('phone', '1'),
    ]));
});

describe('keys', () => {
  test('a fresh key is accepted as printed, alone and before older ones', () => {
    const [first, second] = [newDataKey(), newDataKey()];
    const keys = parseDataKeys(`${first}, ${second}`);
    expect(keys.map(({ id, key }) => `${id}:${key.toString('base64')}`)).toEqual([first, second]);
    const told = openVault(keys).fingerprints();
    expect(told.map(({ id, fingerprint }) => [id, fingerprint.slice(0, 8)])).toEqual(
      keys.map(({ id }) => [id, id.slice(1)]),
    );
    expect(JSON.stringify(told)).not.toContain(keys[0]!.key.toString('hex'));
  });

  const good = randomBytes(32).toString('base64');
  test.each([
    ['', 'entry 1 is not id:base64'],
    [good, 'entry 1 is not id:base64'],
    [`K1:${good}`, 'entry 1 is not id:base64'],
    [`${'k'.repeat(33)}:${good}`, 'entry 1 is not id:base64'],
    [`k1:${good},`, 'entry 2 is not id:base64'],
    [`k1:${good.slice(0, 40)}`, 'the key of k1 has 30 bytes instead of 32'],
    [`k1:${good},k1:${randomBytes(32).toString('base64')}`, 'the id k1 stands twice'],
    [`k1:${good},k2:${good}`, 'the key of k2 stands twice'],
    [`k1:${Buffer.alloc(32, 7).toString('base64')}`, 'the key of k1 is not random'],
  ])('refuses %j', (text, sentence) => expect(() => parseDataKeys(text)).toThrow(sentence));

  test('a vault without a key is no vault', () => expect(() => openVault([])).toThrow('needs a key'));
});
