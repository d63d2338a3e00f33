import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { openBytes, shown, shownOf } from '../fixtures/shown.ts';

const grid = '<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>';
const GRID = ['甲 | 1', '乙 | 2'];

describe('a page as lines and tables', () => {
  it.each<[string, string, (string | string[])[]]>([
    [
      'blocks and breaks',
      '<h1>题</h1><div>甲<p>乙<br>丙</div>丁<hr>戊',
      ['题', '甲', '乙', '丙', '丁', '戊'],
    ],
    ['inline elements join', '<p>政<span>府</span><b>信</b> 息\n  公开</p>', ['政府信 息 公开']],
    ['entities', '<p>&#8220;A&amp;B&rdquo;&nbsp;&lt;1&gt;&#x4e00;</p>', ['“A&B” <1>一']],
    [
      'what is not shown',
      '<p>甲</p><script>var a="<p>坏</p>"</script><style>p{}</style><p style="display: none">隐</p><p hidden>隐</p><!-- <p>注</p> --><nav>首页</nav><p>乙</p>',
      ['甲', '乙'],
    ],
    [
      'a hidden part that is never closed ends with what holds it',
      '<div><p><span style="display:none">隐</p>见</div>',
      ['见'],
    ],
    [
      'missing end tags',
      '<p>甲<p>乙<ul><li>丙<li>丁</ul><table><tr><td>1<td>2<tr><td>3<td>4</table>戊',
      ['甲', '乙', '丙', '丁', ['1 | 2', '3 | 4'], '戊'],
    ],
    [
      'stray end tags in a cell',
      '<div><table><tr><td>甲</div></td><td>1</p></td></tr><tr><td>乙</tr></table></div>',
      [['甲 | 1', '乙']],
    ],
    [
      'text between rows stands before the table',
      `<table><tr>外<td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>`,
      ['外', GRID],
    ],
    ['line ends of preformatted text', '<pre>甲  1\n乙  2</pre>', ['甲  1', '乙  2']],
    ['bars in lines', '<p>甲 | 1 |</p><p>乙 | 2 |</p>', [GRID]],
    ['a table cut in two by pages', `${grid}<p>续表</p>${grid}`, [GRID, '续表', GRID]],
  ])('%s', async (_, html, expected) => {
    expect(await shownOf(`<!doctype html><body>${html}`)).toEqual(expected);
  });
});

describe('tables of a page', () => {
  it.each<[string, string, (string | string[])[]]>([
    [
      'paragraphs and spans in cells',
      '<tr><td><p><span>1</span>.属于<span>国家</span></p><p>秘密</p></td><td><p align="center">\n  <span>０</span>\n</p></td></tr><tr><td>b</td><td>c</td></tr>',
      [['1.属于国家秘密 | ０', 'b | c']],
    ],
    [
      'pasted from Word',
      '<thead><tr class=xl65 style="mso-height-source:userset"><th><o:p>项目</o:p></th><th>数<![if !supportMisalignedColumns]><br>量<![endif]></th></tr></thead><tbody><tr><td>甲</td><td x:num>95<o:p></o:p></td></tr></tbody>',
      [['项目 | 数量', '甲 | 95']],
    ],
    [
      'empty cells stay',
      '<tr><td>甲</td><td>&nbsp;</td><td>　</td><td></td></tr><tr><td>乙</td><td>1</td><td>2</td><td>3</td></tr>',
      [['甲 |  |  | ', '乙 | 1 | 2 | 3']],
    ],
    [
      'rows with missing cells',
      '<tr><td>甲</td><td>1</td></tr><tr><td>乙</td></tr><tr></tr>',
      [['甲 | 1', '乙', '']],
    ],
    [
      'spans',
      '<tr><td rowspan=2>甲</td><td colspan="2">乙</td></tr><tr><td>丙</td><td>丁</td></tr>',
      [['甲[1x2] | 乙[2x1]', '丙 | 丁']],
    ],
    [
      'down to the last row',
      '<tr><td rowspan=0>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr>',
      [['甲[1x3] | 1', '2', '3']],
    ],
    [
      'spans beyond the table',
      '<tr><td colspan=100000>题</td></tr><tr><td>甲</td><td rowspan=70000>1</td></tr>',
      [['题[2x1]', '甲 | 1']],
    ],
    [
      'nonsense spans',
      '<tr><td colspan="-3" rowspan=x>甲</td><td colspan=\'"2"\'>1</td></tr><tr><td>a</td><td>b</td><td>c</td></tr>',
      [['甲 | 1[2x1]', 'a | b | c']],
    ],
    [
      'a single column is layout',
      '<tr><td>甲</td></tr><tr><td><p>乙</p><p>丙</p></td></tr>',
      ['甲', '乙', '丙'],
    ],
  ])('%s', async (_, rows, expected) => {
    expect(await shownOf(`<table>${rows}</table>`)).toEqual(expected);
  });

  it('know the grid column of each cell', async () => {
    const { blocks } = await openBytes(
      '<table><tr><td rowspan=2 colspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td>a</td><td>b</td><td>c</td></tr></table>',
    );
    const columns = blocks.map(
      (block) => block.kind === 'table' && block.rows.map(({ cells }) => cells.map(({ column }) => column)),
    );
    expect(columns).toEqual([[[0, 2], [2], [0, 1, 2]]]);
  });

  it('inside layout come out as tables of their own, in reading order', async () => {
    const page = `<table><tr><td>菜单</td><td><p>题</p>${grid}<p>中</p><table><tr><td>${grid}</td></tr></table></td></tr></table>末`;
    expect(await shownOf(page)).toEqual(['菜单', '题', GRID, '中', GRID, '末']);
  });

  it('inside a cell of data follow their table', async () => {
    const cells = (from: number) => [0, 1, 2].map((index) => `<td>${from + index}</td>`).join('');
    const page = `<table><tr>${cells(1)}</tr><tr>${cells(4)}</tr><tr><td>附</td><td colspan=2>${grid}</td></tr></table>`;
    expect(await shownOf(page)).toEqual([['1 | 2 | 3', '4 | 5 | 6', '附 | [2x1]'], GRID]);
  });

  it('holding the whole report in one cell are layout', async () => {
    const prose = Array.from({ length: 12 }, (_, index) => `<p>第${index}段${'文'.repeat(90)}</p>`).join('');
    const page = `<table><tr><td>来源：办公室</td><td>日期</td></tr><tr><td colspan=2>${prose}${grid}</td></tr></table>`;
    const blocks = await shownOf(page);
    expect(blocks).toHaveLength(15);
    expect(blocks.at(-1)).toEqual(GRID);
  });
});

describe('what is laid out like a table', () => {
  const rows = (row: string, cell: string) =>
    `<div><div ${row}><span ${cell}>甲</span><span ${cell}>1</span></div><div ${row}><span ${cell}>乙</span> <span ${cell}>2</span></div></div>`;
  it.each<[string, string, (string | string[])[]]>([
    ['by role', rows('role="row"', 'role="cell"'), [GRID]],
    ['by style', rows('style="display:table-row"', 'style="display:table-cell"'), [GRID]],
    ['by class', rows('class="tr"', 'class="td"'), [GRID]],
    [
      'by its style sheet',
      `<style>.zeile, .x{color:red;display:table-row}</style>${rows('class="zeile"', '')}`,
      [GRID],
    ],
    [
      'lists in rows',
      '<ul class="row"><li>甲</li><li>1</li></ul><ul class="row"><li>乙</li><li>2</li></ul>',
      [GRID],
    ],
    ['a single row is a line with bars', '<div class="row"><div>甲</div><div>1</div></div>', ['甲 | 1']],
    [
      'rows of whole columns are layout',
      `<div class="row"><div><p>左</p>${grid}</div><div>右</div></div>`,
      ['左', GRID, '右'],
    ],
  ])('%s', async (_, html, expected) => {
    expect(await shownOf(html)).toEqual(expected);
  });
});

describe('title and encoding of a page', () => {
  it.each<[string, string, string]>([
    [
      'of the article before that of the page',
      '<head><meta name="ArticleTitle" content="某县2023年 年报"><title>某县政府网</title></head><p>文',
      '某县2023年 年报',
    ],
    ['of the page', '<head><title>\n 某县&middot;年报 </title><body><p>文', '某县·年报'],
    ['none', '<p>文', ''],
  ])('title %s', async (_, html, title) => {
    const document = await openBytes(html);
    expect(document.title).toBe(title);
    expect(shown(document)).toEqual(['文']);
  });

  it.each(['gb2312', 'GBK', 'big5', 'utf-8'])('declared as %s', async (charset) => {
    const html = `<html><head><meta charset="${charset}"></head><p>政府</p>`;
    const document = await openBytes(iconv.encode(html, charset));
    expect(shown(document)).toEqual(['政府']);
  });

  it('is not believed when the bytes are UTF-8', async () => {
    expect(await shownOf('<meta charset=gbk><p>政府信息</p>')).toEqual(['政府信息']);
  });

  it('pictures are told when there is no table', async () => {
    const { unread } = await openBytes(
      '<p>见图</p><img src="https://example.invalid/1.png"><img src="data:,">',
    );
    expect(unread.map(({ reason }) => reason)).toEqual([
      '文件中没有表格，但有 2 张图片，图片里的文字没有读取',
    ]);
    expect((await openBytes(`${grid}<img src=a>`)).unread).toEqual([]);
  });
});
