import { expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { verifyLedger } from '../../ledger/index.ts';
import { runCommand } from '../command.ts';
import { command } from './user.ts';

const { db, url } = await freshDatabase();
const env = { GONGKAI_ENV: 'test', LOG_LEVEL: 'silent', GONGKAI_SECRET: 's'.repeat(48), DATABASE_URL: url };

async function gongkai(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    stdout: (text: string | Uint8Array) => void out.push(String(text)),
    stderr: (text: string) => void err.push(text),
    isTerminal: false,
    env,
  };
  const code = await runCommand(command, args, io);
  return { code, out: out.join(''), err: err.join('') };
}

const zhangsan = [
  'add',
  '--agency',
  'house',
  '--unit',
  'bgs',
  '--name',
  '张三',
  '--username',
  'zhangsan',
  '--role',
  'administrator',
];

it('names every missing option and every unknown role at once', async () => {
  const { code, err } = await gongkai('add', '--agency', 'house', '--role', 'publsher');
  expect(code).toBe(2);
  expect(err.trim().split('\n')).toEqual([
    '--unit：请填写',
    '--name：请填写',
    '--username：请填写',
    '--role publsher：没有这个角色；是否想写 publisher？',
  ]);
});

it('asks for the name of an agency that is not there, and leaves nothing behind when a field is wrong', async () => {
  const { code, err } = await gongkai(...zhangsan);
  expect(code).toBe(2);
  expect(err).toContain('现在还没有任何机构');
  const wrong = await gongkai(
    ...zhangsan,
    '--agency-name',
    '测试机关',
    '--unit-name',
    '办公室',
    '--from',
    '昨天',
  );
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('日期');
  expect(await db.selectFrom('agencies').select('id').execute()).toEqual([]);
});

it('opens the first account of a new house, and again changes nothing', async () => {
  const first = await gongkai(...zhangsan, '--agency-name', '测试机关', '--unit-name', '办公室', '--json');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(first.out)).toEqual({
    username: 'zhangsan',
    created: true,
    password: expect.stringMatching(/^(\w{4}-){3}\w{4}$/),
  });
  const again = await gongkai(...zhangsan, '--json');
  expect(JSON.parse(again.out)).toEqual({ username: 'zhangsan', created: false, password: null });
  const staff = await db.selectFrom('staff').select(['username', 'must_change_password']).execute();
  expect(staff).toEqual([{ username: 'zhangsan', must_change_password: true }]);
  const other = await gongkai(
    'add',
    '--agency',
    'house',
    '--unit',
    'none',
    '--name',
    '李四',
    '--username',
    'lisi',
    '--role',
    '信息发布员',
  );
  expect(other.err).toContain('现有 bgs');
  expect(await verifyLedger(db)).toMatchObject({ ok: true });
});
