import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { openBytes, shown, shownOf } from './fixtures/shown.ts';

describe('lines of a text file', () => {
  it.each<[string, string, (string | string[])[]]>([
    ['are paragraphs', '甲\n\n  乙  \r\n丙\r丁', ['甲', '乙', '丙', '丁']],
    ['keep wide gaps as two blanks', '行政许可　　  9487\t12\n 一 二', ['行政许可  9487  12', '一 二']],
    ['lose what nobody sees', '\ufeff甲\u200b乙\u202e\u00ad\n⼀、⺠政', ['甲乙', '一、民政']],
    [
      'with bars are a table',
      '指标 | 单位 | 数 |\n(一) | 件 | |\n二 | ||',
      [['指标 | 单位 | 数', '(一) | 件 | ', '二 |  | ']],
    ],
    [
      'with full-width and drawn bars too',
      '甲｜1\n乙｜2\n后\n│丙│3│\n├──┼──┤\n│丁│4│',
      [['甲 | 1', '乙 | 2'], '后', ['丙 | 3', '丁 | 4']],
    ],
    [
      'of Markdown leave out the rule',
      '| 甲 | 乙 |\n|---|:-:|\n| 1 | / |\n| — | - |',
      [['甲 | 乙', '1 | /', '— | -']],
    ],
    ['with one bar line are none', '首页 | 政务公开 | 机构\n正文', ['首页 | 政务公开 | 机构', '正文']],
    [
      'with tabs are a table from three columns on',
      '甲\t1\t2\n乙\t\t3\n丙\t4\t',
      [['甲 | 1 | 2', '乙 |  | 3', '丙 | 4 | ']],
    ],
    ['with a tab after the number are none', '一、\t总体\n二、\t主动', ['一、  总体', '二、  主动']],
    [
      'apart and of other width are another table',
      '甲|1\n乙|2\n\n丙|3|4\n丁|5|6',
      [
        ['甲 | 1', '乙 | 2'],
        ['丙 | 3 | 4', '丁 | 5 | 6'],
      ],
    ],
    [
      'of a table of contents are left out',
      '一、总体情况........ 3\n二、主动公开…………12\n共 3 件',
      ['共 3 件'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await shownOf(text)).toEqual(expected);
  });

  it('have their number as their place, also in tables', async () => {
    const { blocks } = await openBytes('题\n\n甲|1\n乙|2\n末');
    expect(blocks.map(({ place }) => place)).toEqual([{ line: 1 }, { table: 1 }, { line: 5 }]);
    expect(
      blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map(({ place }) => place) : [])),
    ).toEqual([{ line: 3 }, { line: 4 }]);
  });

  it('are the same however the file cuts its pieces', async () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `第${index}行`);
    expect(await shownOf(lines.join('\r\n'))).toEqual(lines);
  });
});

describe('the encoding of text', () => {
  const text = '根据《中华人民共和国政府信息公开条例》，现公布年度报告。\n全年受理申请95件';
  const traditional = '根據政府資訊公開條例，現公布年度報告。\n全年受理申請95件';
  it.each<[string, Buffer, string, string]>([
    ['UTF-8', Buffer.from(text), 'utf-8', text],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`), 'utf-8', text],
    ['UTF-16 little endian', iconv.encode(text, 'utf-16le', { addBOM: true }), 'utf-16le', text],
    ['UTF-16 big endian', iconv.encode(text, 'utf-16be', { addBOM: true }), 'utf-16be', text],
    ['UTF-16 without its mark', iconv.encode(text, 'utf-16le'), 'utf-16le', text],
    ['GB 18030', iconv.encode(text, 'gb18030'), 'gb18030', text],
    ['Big5', iconv.encode(traditional, 'big5'), 'big5', traditional],
  ])('%s', async (_, bytes, encoding, expected) => {
    const document = await openBytes(bytes);
    expect(document.encoding).toBe(encoding);
    expect(shown(document)).toEqual(expected.split('\n'));
  });

  it('UTF-8 with a broken character stays UTF-8', async () => {
    const whole = Buffer.from(text.repeat(10));
    const document = await openBytes(Buffer.concat([whole, Buffer.from([0xe4, 0xb8]), whole]));
    expect(document.encoding).toBe('utf-8');
    expect(shown(document).join('')).toContain('现公布年度报告');
  });
});
