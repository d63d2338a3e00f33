import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckedReportJson } from '../annual-report/reading/index.ts';
import { ROOT } from '../config.ts';
import { runCli } from './cli.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gongkai-report-check-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function check(...args: string[]) {
  let out = '';
  let err = '';
  const code = await runCli(['report', 'check', ...args], {
    stdout: (text) => {
      out += String(text);
    },
    stderr: (text) => {
      err += text;
    },
    isTerminal: false,
    env: {},
  });
  return { code, out, err };
}

async function checked(...args: string[]) {
  const { code, out, err } = await check(...args, '--json');
  return { code, err, reports: JSON.parse(out) as CheckedReportJson[] };
}

const sample = (name: string) => join(ROOT, 'tests', 'samples', name);
const suqian = readFileSync(sample('suqian-2023.html'), 'utf8');

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('published reports', () => {
  it('the report on 2018: its figures, blanks as null, and what is wrong with them', async () => {
    const { code, err, reports } = await checked(sample('kunming-2018.txt'));
    const [report] = reports;
    expect([code, err, reports.length]).toEqual([1, '', 1]);
    expect(report).toMatchObject({ agency: '高新区', year: 2018, format: '2014', unread: [] });
    const values = new Map(report!.rows.map(({ code: row, value }) => [row, value]));
    expect([values.get('1.1'), values.get('3.3'), values.get('3.3.2'), values.get('7')]).toEqual([
      9351,
      null,
      3,
      null,
    ]);
    const found = report!.findings.map(({ rule, severity }) => `${rule} ${severity}`);
    for (const expected of [
      'S3 error',
      'S9 notice',
      'S12 warning',
      'S15 warning',
      'X5 notice',
      'X7 notice',
      'X9 notice',
      'X10 notice',
    ])
      expect(found).toContain(expected);
    expect(found.filter((line) => line.endsWith('error'))).toEqual(['S3 error']);
    expect(report!.findings.find(({ rule }) => rule === 'S3')).toMatchObject({
      verdict: 'wrong',
      rows: expect.arrayContaining(['3.3', '3.3.2']),
    });
  });

  it('a PDF as published: every figure, nothing wrong', async () => {
    const { code, reports } = await checked(sample('hongze-2024.pdf'));
    const [report] = reports;
    expect(code).toBe(0);
    expect(report).toMatchObject({ agency: '淮安市洪泽区人民政府', year: 2024, format: '2021', kind: 'pdf' });
    expect(report!.tables.proactive).toMatchObject({
      'P1.2': { issued: 3, repealed: 0, inForce: 8 },
      'P5.1': { decisions: 9487 },
      'P8.1': { amount: 7545 },
    });
    expect(report!.tables.requests).toMatchObject({
      '1': { naturalPerson: 95, company: 0, total: 95 },
      '3.4.1': { naturalPerson: 31, total: 31 },
      '3.6.3': { total: 0 },
      '3.7': { total: 95 },
    });
    expect(Object.values(report!.tables.remedies!)).toEqual([1, 1, 0, 0, 2, 1, 0, 0, 0, 1, 2, 0, 1, 0, 3]);
    expect(report!.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('a page: clean as it is, and one changed cell is found where it stands', async () => {
    expect(await checked(sample('suqian-2023.html'))).toMatchObject({
      code: 0,
      reports: [{ agency: '宿迁市', year: 2023, findings: [] }],
    });
    const wrong = file('wrong.html', suqian.replace('<td>3511</td>', '<td>3512</td>'));
    const { code, reports } = await checked(wrong);
    expect(code).toBe(1);
    expect(reports[0]!.findings).toContainEqual(
      expect.objectContaining({
        rule: 'T3',
        severity: 'error',
        verdict: 'wrong',
        left: 3512,
        right: 3511,
        difference: 1,
        tolerance: 0,
        cells: expect.arrayContaining([{ table: 'requests', row: '1', column: 'total' }]),
      }),
    );
  });

  it('people read who, what and how sure', async () => {
    const { code, out } = await check(sample('kunming-2018.txt'));
    expect(code).toBe(1);
    expect(out).toContain('高新区 2018年 2014年格式');
    expect(out).toContain('[错误·有误] S3');
  });
});

describe('last year', () => {
  const next = suqian.replaceAll('2023', '2024');
  it('is found among the files given, or named', async () => {
    const later = file('later.html', next);
    const alone = await checked(later);
    expect(alone.reports[0]!.findings.filter(({ rule }) => rule === 'T4')).toEqual([]);
    const together = await checked(later, sample('suqian-2023.html'));
    const rules = together.reports[0]!.findings.filter(({ rule }) => rule === 'T4');
    expect(rules.map(({ left, right }) => [left, right])).toContainEqual([96, 121]);
    expect(together.reports[1]!.findings).toEqual([]);
    const named = await checked(later, '--previous', sample('suqian-2023.html'));
    expect(named.reports[0]!.findings).toEqual(together.reports[0]!.findings);
  });
});

describe('files that cannot be taken', () => {
  it('are told one by one; the others are checked all the same', async () => {
    const picture = file('picture.pdf', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    const { code, err, reports } = await checked(picture, sample('suqian-2023.html'));
    expect(code).toBe(2);
    expect(err.split('\n').filter(Boolean)).toEqual([expect.stringContaining('picture.pdf：')]);
    expect(reports.map(({ agency, findings }) => [agency, findings.map(({ rule }) => rule)])).toEqual([
      [null, ['READ']],
      ['宿迁市', []],
    ]);
  });
  it.each([
    [['nowhere.pdf'], '没有这个文件'],
    [[], '请给出要核对的报告文件'],
    [['a.pdf', 'b.pdf', '--previous', 'c.pdf'], '一次只能与一份报告比对'],
    [['a.pdf', '--year', '24'], '应为四位数的年度'],
  ])('%j: %s', async (args, words) => {
    const { code, out, err } = await check(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });
});
