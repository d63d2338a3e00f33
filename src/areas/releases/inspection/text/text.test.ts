import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { clean, found, inspect, PHONE, RESIDENT } from '../fixtures/inspected.ts';

const utf8 = (text: string) => new Uint8Array(Buffer.from(text));

describe('plain text', () => {
  it.each<[string, string, Uint8Array, string[], string]>([
    ['without anything', 'a.txt', utf8('答复如下。'), [], '答复如下。'],
    [
      'with personal data',
      'a.txt',
      utf8(`甲\r\n身份证${RESIDENT}\r\n电话${PHONE}`),
      ['mobile-number（全文）', 'resident-number（全文）'],
      '甲\r\n身份证530***********1238\r\n电话138****2345',
    ],
    [
      'a table that a spreadsheet would run',
      'a.csv',
      utf8('名称,数\n=cmd|x!A1,-3\n"@SUM(A1)",+1\n-2+3+cmd,12%\n正常,-1.5'),
      ['sheet-injection（全文）'],
      "名称,数\n'=cmd|x!A1,-3\n\"'@SUM(A1)\",+1\n'-2+3+cmd,12%\n正常,-1.5",
    ],
    ['the same as text', 'a.txt', utf8('=1+1'), [], '=1+1'],
  ])('%s', async (_, name, bytes, findings, expected) => {
    expect(await found(bytes, name)).toEqual(findings);
    const { bytes: cleaned, left } = await clean(bytes, name);
    expect(left).toEqual([]);
    expect(Buffer.from(cleaned).toString('utf8')).toBe(expected);
  });

  it('keeps its encoding', async () => {
    const { bytes } = await clean(new Uint8Array(iconv.encode(`电话${PHONE}`, 'gb18030')), 'a.txt');
    expect(iconv.decode(Buffer.from(bytes), 'gb18030')).toBe('电话138****2345');
  });

  it('tells the line', async () => {
    const [finding] = await inspect(utf8(`甲\n乙\n${PHONE}`), 'a.txt');
    expect(finding?.evidence).toEqual(['第3行 138****2345']);
  });
});
