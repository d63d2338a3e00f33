import { describe, expect, it } from 'vitest';
import { kunmingReport } from '../../../render/fixtures/kunming.ts';
import { renderers } from '../../../render/index.ts';
import { openBytes, shown } from '../fixtures/shown.ts';
import { p, part, tbl, tc, tr, word } from '../fixtures/word.ts';

const read = async (body: string, parts?: Record<string, string>) =>
  shown(await openBytes(await word(body, parts)));
const run = (content: string, properties = '') => `<w:r><w:rPr>${properties}</w:rPr>${content}</w:r>`;

describe('a Word document as lines and tables', () => {
  it.each<[string, string, (string | string[])[]]>([
    [
      'paragraphs, tabs, breaks',
      `${p('甲')}<w:p>${run('<w:t>乙</w:t><w:tab/><w:t>1</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t>')}</w:p><w:p/>`,
      ['甲', '乙  1', '丙-丁'],
    ],
    [
      'tabs of the paragraph are not text',
      '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>',
      ['甲'],
    ],
    [
      'insertions kept, deletions dropped',
      `<w:p><w:ins>${run('<w:t>95</w:t>')}</w:ins><w:del>${run('<w:delText>94</w:delText>')}</w:del>${run('<w:t>件</w:t>')}<w:moveFrom>${run('<w:t>旧</w:t>')}</w:moveFrom></w:p>`,
      ['95件'],
    ],
    [
      'a deleted paragraph end',
      `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>${run('<w:t>甲</w:t>')}</w:p>${p('乙')}`,
      ['甲乙'],
    ],
    [
      'hidden text',
      `<w:p>${run('<w:t>见</w:t>')}${run('<w:t>隐</w:t>', '<w:vanish/>')}${run('<w:t>也见</w:t>', '<w:vanish w:val="0"/>')}</w:p>`,
      ['见也见'],
    ],
    [
      'fields show their result; a table of contents is left out',
      `<w:p>${run('<w:fldChar w:fldCharType="begin"/>')}${run('<w:instrText> TOC \\o "1-3" </w:instrText>')}${run('<w:fldChar w:fldCharType="separate"/>')}${run('<w:t>一、总体 3</w:t>')}</w:p><w:p>${run('<w:fldChar w:fldCharType="end"/>')}</w:p><w:p>${run('<w:fldChar w:fldCharType="begin"/>')}${run('<w:instrText> PAGE </w:instrText>')}${run('<w:fldChar w:fldCharType="separate"/>')}${run('<w:t>7</w:t>')}${run('<w:fldChar w:fldCharType="end"/>')}</w:p>`,
      ['7'],
    ],
    [
      'text boxes once, after their paragraph',
      `<w:p>${run('<w:t>正</w:t>')}${run(`<mc:AlternateContent><mc:Choice><w:txbxContent>${p('框')}${tbl(tr('1', '2'))}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>${p('框')}</w:txbxContent></mc:Fallback></mc:AlternateContent>`)}${run('<w:t>文</w:t>')}</w:p>`,
      ['正文', '框', ['1 | 2']],
    ],
    [
      'spans',
      tbl(
        tr(tc('甲', '<w:gridSpan w:val="2"/>'), tc('乙', '<w:vMerge w:val="restart"/>')),
        tr('1', '2', tc('', '<w:vMerge/>')),
        tr('3', '4', tc('', '<w:vMerge w:val="continue"/>')),
      ),
      [['甲[2x1] | 乙[1x3]', '1 | 2', '3 | 4']],
    ],
    [
      'cells joined to the one before',
      tbl(tr(tc('甲', '<w:hMerge w:val="restart"/>'), tc('', '<w:hMerge/>'), '乙'), tr('1', '2', '3')),
      [['甲[2x1] | 乙', '1 | 2 | 3']],
    ],
    [
      'several paragraphs in a cell',
      tbl(tr(tc(`${p('三、本年度')}${p('办理结果')}`), '1')),
      [['三、本年度办理结果 | 1']],
    ],
    [
      'a deleted row',
      tbl(tr('1', '2'), `<w:tr><w:trPr><w:del w:id="1"/></w:trPr>${tc('3')}${tc('4')}</w:tr>`),
      [['1 | 2']],
    ],
    [
      'a table in a cell',
      tbl(tr('1', '2', '3'), tr('4', '5', '6'), tr(tc(tbl(tr('a', 'b')) + p('附')), '7', '8')),
      [['1 | 2 | 3', '4 | 5 | 6', '附 | 7 | 8'], ['a | b']],
    ],
    ['a frame of one cell is layout', tbl(tr(tc(p('题') + tbl(tr('a', 'b'))))), ['题', ['a | b']]],
  ])('%s', async (_, body, expected) => {
    expect(await read(body)).toEqual(expected);
  });

  it('cells left out at the start of a row keep the columns of the others', async () => {
    const row = `<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>${tc('3')}</w:tr>`;
    const { blocks } = await openBytes(await word(tbl(tr('1', '2', '甲'), row)));
    expect(blocks[0]).toMatchObject({ rows: [{}, { cells: [{ text: '3', column: 2 }] }] });
  });
});

describe('what a Word document holds beside its text', () => {
  const object =
    '<w:p><w:r><w:object><v:shape><v:imagedata r:id="r1"/></v:shape><o:OLEObject xmlns:o="o" ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>';
  it.each<[string, string, string[]]>([
    [
      'pictures, where no table is',
      `${p('见图')}<w:p><w:r><w:drawing><a:blip r:embed="r1"/></w:drawing></w:r></w:p>`,
      ['文件中没有表格，但有 1 张图片，图片里的文字没有读取'],
    ],
    [
      'sheets of Excel',
      tbl(tr('1', '2')) + object,
      ['文件中嵌入了 1 个其他程序的对象（如 Excel 工作表），其内容没有读取'],
    ],
    ['nothing', tbl(tr('1', '2')), []],
  ])('is told: %s', async (_, body, expected) => {
    expect((await openBytes(await word(body))).unread.map(({ reason }) => reason)).toEqual(expected);
  });
});

describe('numbers that Word adds', () => {
  const level = (index: number, format: string, text: string, extra = '') =>
    `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${extra}<w:lvlText w:val="${text}"/></w:lvl>`;
  const numbering = part(
    'numbering',
    `<w:abstractNum w:abstractNumId="0">${level(0, 'chineseCountingThousand', '%1、')}${level(1, 'chineseCounting', '（%2）')}${level(2, 'decimal', '%3.')}</w:abstractNum>
     <w:abstractNum w:abstractNumId="1">${level(0, 'decimal', '%1', '<w:pStyle w:val="H"/>')}${level(1, 'decimal', '%1.%2 ')}${level(2, 'bullet', '•')}</w:abstractNum>
     <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
     <w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="10"/></w:lvlOverride></w:num>`,
  );
  const styles = part(
    'styles',
    '<w:style w:styleId="H"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style><w:style w:styleId="I"><w:basedOn w:val="H"/></w:style>',
  );
  const item = (text: string, list: number, index = 0) =>
    p(text, `<w:numPr><w:ilvl w:val="${index}"/><w:numId w:val="${list}"/></w:numPr>`);

  it('stand before the text', async () => {
    const body = [
      item('总体', 1),
      item('主动', 1, 1),
      item('依申请', 1, 1),
      item('2018年', 1, 2),
      item('其他', 1, 2),
      item('处理', 1),
      item('又一', 1, 1),
      item('接着', 3),
      item('无', 0),
      p('题', '<w:pStyle w:val="H"/>'),
      p('题', '<w:pStyle w:val="I"/>'),
      item('节', 2, 1),
      item('点', 2, 2),
    ].join('');
    expect(await read(body, { 'word/numbering.xml': numbering, 'word/styles.xml': styles })).toEqual([
      '一、总体',
      '（一）主动',
      '（二）依申请',
      '1. 2018年',
      '2.其他',
      '二、处理',
      '（一）又一',
      '十、接着',
      '无',
      '1题',
      '2题',
      '2.1 节',
      '点',
    ]);
  });
});

describe('our own report as Word', () => {
  it('has its title, every figure, and no table of contents', async () => {
    const document = await openBytes(await renderers.docx.render(kunmingReport()));
    expect(document.title).toContain('2018年政府信息公开工作年度报告');
    const lines = shown(document);
    expect(lines.filter((line) => line === '二、主动公开政府信息情况')).toHaveLength(1);
    expect(lines.filter((line) => typeof line === 'string' && line.startsWith('二、主动公开'))).toHaveLength(
      1,
    );
    expect(lines.flat()).toContain('(一)主动公开政府信息数 | 条 | 9351');
    expect(document.unread).toEqual([]);
  }, 60_000);
});
