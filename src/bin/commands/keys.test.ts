import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { openApp } from '../../app.ts';
import { readConfig } from '../../config.ts';
import { newDataKey, parseDataKeys } from '../../core/vault/index.ts';
import { runCli } from '../cli.ts';

const { url, pool } = await freshDatabase();
const folder = mkdtempSync(join(tmpdir(), 'gongkai-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [older, newer] = [newDataKey(), newDataKey()];
const idOf = (key: string) => key.split(':')[0]!;
const settings = (keys: string) => ({
  GONGKAI_ENV: 'test',
  GONGKAI_SECRET: 's'.repeat(48),
  GONGKAI_VAR: folder,
  GONGKAI_DATA_KEYS: keys,
  DATABASE_URL: url,
});

async function gongkai(keys: string, ...args: string[]) {
  const said = { code: 0, out: '', err: '' };
  said.code = await runCli(['keys', ...args], {
    stdout: (text) => {
      said.out += text;
    },
    stderr: (text) => {
      said.err += text;
    },
    isTerminal: false,
    env: settings(keys),
  });
  return said;
}

const started = async (keys: string) => (await openApp(readConfig(settings(keys)), url)).close();
const states = async (keys: string) => {
  const { code, out } = await gongkai(keys, 'list', '--json');
  const { keys: told } = JSON.parse(out) as { keys: { id: string; state: string }[] };
  return { code, states: told.map(({ id, state }) => [id, state]) };
};

beforeEach(() => pool.query('TRUNCATE data_keys'));

describe('keys new', () => {
  test('prints a key that the settings accept, another each time', async () => {
    const [once, twice] = [await gongkai(older, 'new'), await gongkai(older, 'new', '--json')];
    expect(once.out).toMatch(/^k[0-9a-f]{8}:[A-Za-z0-9+/]{43}=\n$/);
    expect(parseDataKeys(`${JSON.parse(twice.out).key},${once.out.trim()}`)).toHaveLength(2);
  });
});

describe('keys list', () => {
  test('from the first start to the retirement of a key', async () => {
    expect(await states(older)).toEqual({ code: 0, states: [[idOf(older), 'current']] });
    await started(older);
    const both = `${newer},${older}`;
    expect(await states(both)).toEqual({
      code: 0,
      states: [
        [idOf(newer), 'current'],
        [idOf(older), 'older'],
      ],
    });
    expect((await states(`${older},${newer}`)).states).toContainEqual([idOf(newer), 'unused']);
    await started(both);
    const rotated = await gongkai(both, 'rotate', '--json');
    expect(JSON.parse(rotated.out)).toEqual({
      current: idOf(newer),
      rows: 0,
      removed: 0,
      retired: [idOf(older)],
      problems: [],
    });
    expect((await states(both)).states).toContainEqual([idOf(older), 'retired']);
    expect((await states(newer)).states).toEqual([[idOf(newer), 'current']]);
    await started(newer);
  });

  test('a key that is missing, or another of its name', async () => {
    await started(older);
    const impostor = newer.replace(idOf(newer), idOf(older));
    expect(await states(newer)).toEqual({
      code: 1,
      states: [
        [idOf(newer), 'current'],
        [idOf(older), 'missing'],
      ],
    });
    expect(await states(impostor)).toEqual({ code: 1, states: [[idOf(older), 'missing']] });
    const rotating = await gongkai(newer, 'rotate');
    expect(rotating).toMatchObject({ code: 2, out: '' });
    expect(rotating.err).toMatch(/^数据库中有用密钥 [^\n]*\n$/);
  });

  test('for people, and never the key itself', async () => {
    await started(older);
    const { out } = await gongkai(`${newer},${older}`, 'list');
    expect(out).toMatch(/编号\s+指纹\s+状态/);
    expect(out).toMatch(/k[0-9a-f]{8}\s+[0-9a-f]{16}\s+当前/);
    for (const key of [older, newer]) expect(out).not.toContain(key.split(':')[1]);
  });
});

test('keys rotate says what it did', async () => {
  await started(older);
  const { code, out } = await gongkai(`${newer},${older}`, 'rotate');
  expect(code).toBe(0);
  expect(out).toBe(
    `没有需要改用密钥 ${idOf(newer)} 加密的内容\n已停用：${idOf(older)}。确认所有机器都已用新设置重新启动后，可从 GONGKAI_DATA_KEYS 中删去\n`,
  );
});

test.each([
  [[], '请写明 new（生成）、list（列出）或 rotate（轮换）'],
  [['rotat'], 'rotat：没有这个操作；是否想写 rotate？'],
  [['new', 'x'], 'x：多余的参数'],
  [['list', '--remove-unnamed'], '--remove-unnamed：只用于 rotate'],
])('keys %j is told what is wrong', async (args, sentence) => {
  expect(await gongkai(older, ...args)).toEqual({ code: 2, out: '', err: `${sentence}\n` });
});
