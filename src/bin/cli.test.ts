import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './cli.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gongkai-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function call(...args: string[]) {
  let out = '';
  let err = '';
  const code = await runCli(args, {
    stdout: (text) => {
      out += typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
    },
    stderr: (text) => {
      err += text;
    },
    isTerminal: false,
    env: {},
  });
  return { code, out, err, errors: err.split('\n').filter(Boolean) };
}

async function json(...args: string[]) {
  const { code, out, err } = await call(...args, '--json');
  expect(err).toBe('');
  return { code, value: JSON.parse(out) };
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('gongkai', () => {
  it('lists its commands', async () => {
    const { code, out } = await call('--help');
    expect(code).toBe(0);
    for (const name of ['deadline', 'fee', 'id']) expect(out).toMatch(new RegExp(`^ +${name} `, 'm'));
  });
  it('suggests the command that was meant', async () => {
    const { code, err } = await call('deadlin');
    expect(code).toBe(2);
    expect(err).toContain('是否想写 deadline');
  });
  it.each(['deadline', 'fee', 'id'])('%s --help shows an example', async (name) => {
    const { code, out } = await call(name, '--help');
    expect(code).toBe(0);
    expect(out).toContain(`例：gongkai ${name}`);
  });
});

describe('deadline', () => {
  it('answers with the promised keys', async () => {
    const { code, value } = await json('deadline', '--received', '2018-02-05', '--extend', '15');
    expect(code).toBe(0);
    expect(value).toMatchObject({
      regime: '492',
      received: '2018-02-05',
      limit: 15,
      due: '2018-03-01',
      extendedDue: '2018-03-22',
      provisional: false,
    });
    expect(value.days[0]).toEqual({ date: '2018-02-05', counted: false, why: '起算之日，不计算在期间内' });
    expect(value.days.filter((day: { counted: boolean }) => day.counted)).toHaveLength(15);
    expect(value.extensionDays.filter((day: { counted: boolean }) => day.counted)).toHaveLength(15);
    expect(value.reasons[0].article).toContain('第二十四条');
  });
  it('starts on the confirmed date and takes suspensions out', async () => {
    const { value } = await json(
      ...['deadline', '--received', '2018-02-28', '--channel', 'internet', '--confirmed', '2018-03-01'],
      ...['--suspend', '2018-03-05..2018-03-15', '--suspend', '2018-03-16..2018-03-16'],
    );
    expect(value).toMatchObject({
      submitted: '2018-02-28',
      received: '2018-03-01',
      suspended: 8,
      due: '2018-04-03',
    });
    expect(value.days.filter((day: { counted: boolean }) => day.counted)).toHaveLength(15);
  });
  it('says null where the law gives no number', async () => {
    const { code, value } = await json('deadline', '--received', '2018-02-05', '--kind', 'correction-notice');
    expect(code).toBe(0);
    expect(value).toMatchObject({ limit: null, due: null, extendedDue: null, days: [] });
  });
  it('prints a table for people', async () => {
    const { out } = await call('deadline', '--received', '2022-12-26');
    expect(out).toContain('2023-01-29 周日');
    expect(out).toContain('春节调休上班（周日）');
    expect(out).toContain('第三十三条');
  });
  it('names every fault at once and writes nothing else', async () => {
    const { code, out, errors } = await call(
      ...[
        'deadline',
        '--received',
        '2018-02-30',
        '--channel',
        'phone',
        '--extend',
        'x',
        '--suspend',
        '2018-03-01',
      ],
    );
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(errors.map((line) => line.split('：')[0])).toEqual([
      '--received',
      '--channel',
      '--extend',
      '--suspend',
    ]);
  });
  it.each([
    [['--recieved', '2018-02-05'], '是否想写 --received'],
    [['--received'], '后面缺少值'],
    [['--received', '--json'], '后面缺少值'],
    [['--received', '2018-02-05', '--received', '2018-02-06'], '只能写一次'],
    [['--received', '2018-02-05', 'tomorrow'], '多余的参数'],
    [[], '--received：缺少日期'],
    [['--received', '2008-04-30'], '2008-05-01'],
    [['--received', '2018-02-05', '--extend', '16'], '15'],
    [['--received', '2018-02-05', '--extend', '-1'], '--extend'],
    [['--received', '2018-02-05', '--confirmed', '2018-02-01'], '--confirmed'],
    [['--received', '2018-02-05', '--kind', 'publish', '--extend', '1'], '不能延长'],
    [['--received', '2018-02-05', '--suspend', '2018-02-01..2018-02-09'], '收到申请之日'],
  ])('%j: %s', async (args, problem) => {
    const { code, out, err } = await call('deadline', ...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(problem);
  });

  it('answers a file line by line, each as the single call does', async () => {
    const questions = [
      { received: '2018-02-05', channel: 'internet' },
      { received: '2018-02-05', extend: 15 },
      { received: '2024-09-13', limit: 1 },
      { received: '2018-03-01', suspend: ['2018-03-05..2018-03-15'] },
      { received: '2024-03-01', kind: 'reconsideration' },
      { received: '2100-06-01' },
    ];
    const path = file(
      'questions.jsonl',
      `\uFEFF${questions.map((each) => JSON.stringify(each)).join('\r\n')}\n\n`,
    );
    const { code, out } = await call('deadline', '--file', path);
    expect(code).toBe(0);
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers).toHaveLength(questions.length);
    for (const [index, question] of questions.entries()) {
      const args = Object.entries(question).flatMap(([name, value]) => [`--${name}`, String(value)]);
      expect((await json('deadline', ...args)).value).toEqual(answers[index]);
    }
  });
  it('leaves the days out when asked', async () => {
    const { out } = await call(
      'deadline',
      '--file',
      file('one.jsonl', '{"received":"2018-02-05"}'),
      '--no-days',
    );
    expect(JSON.parse(out)).not.toHaveProperty('days');
  });
  it('names line and field of every fault, and answers none', async () => {
    const path = file(
      'bad.jsonl',
      '{"received":"2018-02-05"}\n{"recieved":"2018-02-05"}\n[]\nnot json\n{"received":20180205}\n',
    );
    const { code, out, errors } = await call('deadline', '--file', path);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(errors).toHaveLength(5);
    expect(errors[0]).toContain('第2行 recieved：没有这个字段；是否想写 received');
    expect(errors[1]).toContain('第2行 received：缺少日期');
    expect(errors[2]).toContain('第3行 应为一个 JSON 对象');
    expect(errors[3]).toContain('第4行 不是合法的 JSON');
    expect(errors[4]).toContain('第5行 received：应写成 YYYY-MM-DD');
  });
  it('lists the first hundred faults and counts the rest', async () => {
    const { errors } = await call('deadline', '--file', file('many.jsonl', '{}\n'.repeat(250)));
    expect(errors).toHaveLength(101);
    expect(errors.at(-1)).toBe('另有 150 处未列出');
  });
  it.each([
    ['a missing file', () => join(folder, 'nothing.jsonl'), '没有这个文件'],
    ['a folder', () => folder, '是文件夹'],
    [
      'GB18030 text',
      () => file('gb.jsonl', new Uint8Array([0x7b, 0x22, 0xd6, 0xd0, 0x22, 0x7d])),
      '不是 UTF-8',
    ],
  ])('says so for %s', async (_name, path, problem) => {
    const { code, err } = await call('deadline', '--file', path());
    expect(code).toBe(2);
    expect(err).toContain(problem);
  });
  it('an empty file has an empty answer', async () => {
    expect(await call('deadline', '--file', file('empty.jsonl', ''))).toMatchObject({
      code: 0,
      out: '',
      err: '',
    });
  });
  it('reads a file too long to keep twice, in the same order', async () => {
    const count = 260_000;
    const path = file(
      'long.jsonl',
      `${'{"received":"2018-02-05"}\n'.repeat(count - 1)}{"received":"2018-09-20"}\n`,
    );
    let lines = 0;
    let last = '';
    const code = await runCli(['deadline', '--file', path, '--no-days'], {
      stdout: (bytes) => {
        const text = Buffer.from(bytes as Uint8Array).toString('latin1');
        lines += text.split('\n').length - 1;
        last = text.slice(-2000);
      },
      stderr: () => {},
      isTerminal: false,
      env: {},
    });
    expect(code).toBe(0);
    expect(lines).toBe(count);
    expect(last).toContain('"due":"2018-10-17"');
  });
});

describe('fee', () => {
  it('answers with the promised keys', async () => {
    const { value } = await json('fee', '--pieces', '31');
    expect(value).toEqual({
      method: 'piece',
      quantity: 31,
      amount: '2200.00',
      tiers: [
        { from: 1, to: 10, rate: '0.00', quantity: 10, amount: '0.00' },
        { from: 11, to: 30, rate: '100.00', quantity: 20, amount: '2000.00' },
        { from: 31, to: 40, rate: '200.00', quantity: 1, amount: '200.00' },
      ],
    });
    expect((await json('fee', '--pages', '500')).value).toMatchObject({ method: 'page', amount: '14700.00' });
  });
  it('answers a file', async () => {
    const { out } = await call('fee', '--file', file('fees.jsonl', '{"pieces":31}\n{"pages":201}\n'));
    const amounts = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).amount);
    expect(amounts).toEqual(['2200.00', '2740.00']);
  });
  it('prints the scale for people', async () => {
    expect((await call('fee', '--pages', '31')).out).toContain('信息处理费 10.00 元');
  });
  it.each([
    [[], '只能选一种'],
    [['--pieces', '1', '--pages', '1'], '只能选一种'],
    [['--pieces', '-1'], '--pieces'],
    [['--pages', '1.5'], '--pages'],
    [['--pages', '1e9'], '--pages'],
    [['--file', 'x', '--pages', '1'], '同用'],
  ])('%j: %s', async (args, problem) => {
    const { code, out, err } = await call('fee', ...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(problem);
  });
});

describe('id check', () => {
  it('answers an array in the order given; 1 when one is wrong', async () => {
    const { code, value } = await json(
      'id',
      'check',
      '91350100M000100Y43',
      '11010519491231002Y',
      '国办发[2016]80号',
    );
    expect(code).toBe(1);
    expect(value).toMatchObject([
      { value: '91350100M000100Y43', kind: 'uscc', valid: true, problem: null },
      { value: '11010519491231002Y', kind: 'resident', valid: false },
      { value: '国办发[2016]80号', kind: 'document-number', valid: true, normalised: '国办发〔2016〕80号' },
    ]);
  });
  it('exits 0 when all are right', async () => {
    expect((await call('id', 'check', '11010519491231002X', '--kind', 'resident')).code).toBe(0);
  });
  it('answers a file, and exits 1 when a line is wrong', async () => {
    const path = file(
      'ids.jsonl',
      '{"value":"2018-530111-26-03-012345"}\n{"value":"440524188001010015","kind":"resident"}\n',
    );
    const { code, out } = await call('id', 'check', '--file', path);
    expect(code).toBe(1);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).valid),
    ).toEqual([true, false]);
  });
  it.each([
    [[], 'id check'],
    [['chek', '1'], '是否想写 check'],
    [['check'], '缺少要核对的号码'],
    [['check', '1', '--kind', 'phone'], '--kind'],
  ])('%j: %s', async (args, problem) => {
    const { code, err } = await call('id', ...args);
    expect(code).toBe(2);
    expect(err).toContain(problem);
  });
});
