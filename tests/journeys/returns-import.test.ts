import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/bin/cli.ts';
import { openDesk } from '../support/desk.ts';

const { app, url, folder } = await openDesk();

async function gongkai(...args: string[]) {
  let out = '';
  let errors = '';
  const code = await runCli(args, {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      errors += text;
    },
    isTerminal: false,
    env: { DATABASE_URL: url, GONGKAI_VAR: folder, GONGKAI_ENV: 'test', LOG_LEVEL: 'silent' },
  });
  return { code, out, errors };
}

const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const count = async () => (await app.connection.db.selectFrom('return_lines').select('id').execute()).length;

const good = {
  sourceId: 'w1',
  figure: '1.2.3',
  unit: 'BGS',
  from: '2018-03-01',
  to: '2018-03-31',
  quantity: 12,
  note: '',
};
const lines = (...items: object[]) => items.map((item) => JSON.stringify(item)).join('\n');

describe('gongkai import returns', () => {
  it('names file, line and field of each fault on standard error, writes nothing, ends with 2', async () => {
    const path = file('bad.jsonl', lines(good, { ...good, sourceId: 'w2', quantity: -1 }));
    const { code, out, errors } = await gongkai('import', 'returns', path, '--json');
    expect([code, await count()]).toEqual([2, 0]);
    expect(JSON.parse(out)).toEqual({
      read: 2,
      imported: 0,
      unchanged: 0,
      rejected: [{ line: 2, field: 'quantity', problem: '不能是负数' }],
    });
    expect(errors.split('\n').filter(Boolean)).toEqual([expect.stringContaining(`${path} 第 2 行 quantity`)]);
  });

  it('skips the bad lines when told, tries without writing, and knows a file it has seen', async () => {
    const path = file('mixed.jsonl', lines(good, { ...good, sourceId: 'w2', unit: '没有' }));
    const dry = await gongkai('import', 'returns', path, '--dry-run', '--skip-invalid', '--json');
    expect([dry.code, JSON.parse(dry.out).imported, await count()]).toEqual([0, 1, 0]);
    const done = await gongkai('import', 'returns', path, '--skip-invalid', '--agency', 'kmhnz', '--json');
    expect([done.code, JSON.parse(done.out).imported, await count()]).toEqual([0, 1, 1]);
    const again = await gongkai('import', 'returns', file('again.jsonl', lines(good)), '--json');
    expect([again.code, JSON.parse(again.out)]).toEqual([
      0,
      { read: 1, imported: 0, unchanged: 1, rejected: [] },
    ]);
  });

  it.each([
    [['import'], '请写明导入什么'],
    [['import', 'retuns', 'package.json'], '是否想写 returns'],
    [['import', 'returns', 'nothing.csv'], '没有这个文件'],
    [['import', 'returns', 'package.json', '--agency', 'x'], '没有这个机关'],
    [['import', 'returns', 'LICENSE', '--dryrun'], '是否想写 --dry-run'],
  ])('refuses %j in plain words', async (args, words) => {
    const { code, errors } = await gongkai(...args);
    expect([code, errors.includes(words)]).toEqual([2, true]);
  });

  it.each([
    ['empty.csv', '', '空的'],
    ['page.xlsx', '<html><table>', '网页'],
    ['array.jsonl', '[{"figure":"1.2.3"}]', 'JSON Lines'],
  ])('refuses %s whole', async (name, content, words) => {
    const before = await count();
    const { code, errors } = await gongkai('import', 'returns', file(name, content));
    expect([code, errors.includes(words), await count()]).toEqual([2, true, before]);
  });
});
