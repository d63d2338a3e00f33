import { crc32, deflateSync } from 'node:zlib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it, test } from 'vitest';
import { issuePdf, signatureOf } from './pdf.ts';
import type { Pictures, PrintableDocument, PrintableIssue } from './printable.ts';

const DIGEST = 'a'.repeat(64);
const picture = `<img src="/files/items/5/${DIGEST}" alt="示意图">`;

const document = (more: Partial<PrintableDocument> = {}): PrintableDocument => ({
  title: '关于印发《昆明高新区管理办法》的通知',
  documentNumber: '昆高发〔2018〕1号',
  issuingBody: '昆明高新区管委会',
  formedOn: '2018-03-05',
  body: '<p>各部门：</p><p>现将办法印发给你们。</p>',
  plain: '各部门：\n现将办法印发给你们。',
  ...more,
});

const issueOf = (
  sections: [string, PrintableDocument[]][],
  more: Partial<PrintableIssue> = {},
): PrintableIssue => ({
  title: '昆明高新技术产业开发区管委会公报',
  numberLine: '2018年第3期',
  totalLine: '总第15号',
  on: '2018-07-02',
  dateText: '2018年7月2日',
  host: '昆明高新区管委会',
  editor: '管委会办公室',
  note: '',
  draft: false,
  sections: sections.map(([name, documents]) => ({ name, documents })),
  ...more,
});

async function read(issue: PrintableIssue, pictures: Pictures = new Map()) {
  const bytes = issuePdf({ issue, pictures });
  const raw = Buffer.from(bytes).toString('latin1');
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(
      items
        .map((item) => ('str' in item ? item.str : ''))
        .join('')
        .replace(/\s/g, ''),
    );
  }
  return { pdf, raw, bytes, pages, all: pages.join('') };
}

const cells = (count: number) =>
  Array.from({ length: count }, (_, index) => `<td>第${index + 1}项</td>`).join('');

function png(width: number, height: number): Uint8Array {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  const rows = deflateSync(Buffer.alloc(Math.min(height, 500) * (width * 3 + 1)));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
const pictures = (bytes: Uint8Array, type = 'image/png'): Pictures => new Map([[DIGEST, { type, bytes }]]);

describe('an issue', async () => {
  const long =
    '<p>为规范行政规范性文件的制定和管理，维护法制统一，根据有关规定，结合实际，制定本办法。</p>'.repeat(30);
  const titles = ['第一号办法', '第二号办法', '张某任职的通知'];
  const [first, second, third] = titles.map((title, index) =>
    document({ title, documentNumber: `昆高发〔2018〕${index + 1}号`, body: long }),
  ) as [PrintableDocument, PrintableDocument, PrintableDocument];
  const issue = issueOf([
    ['行政规范性文件', [first, second]],
    ['人事任免', [third]],
  ]);
  const { pdf, raw, bytes, pages } = await read(issue);

  it('has its name, numbers, day, host and editor on the cover, and tells them to machines', async () => {
    expect(pages[0]).toBe(
      '昆明高新技术产业开发区管委会公报2018年第3期（总第15号）2018年7月2日主办：昆明高新区管委会编辑：管委会办公室',
    );
    const { info, metadata } = await pdf.getMetadata();
    expect(info).toMatchObject({
      Title: '昆明高新技术产业开发区管委会公报 2018年第3期 总第15号',
      Language: 'zh-CN',
    });
    expect((info as { CreationDate?: string }).CreationDate).toContain('20180702');
    expect((await pdf.getMarkInfo())?.Marked).toBe(true);
    expect(metadata.getRaw()).toContain('pdfuaid');
  });

  it('has contents whose numbers are those of the pages, and which lead there', async () => {
    for (const title of titles) {
      const printed = Number(
        new RegExp(`${title}（昆高发〔2018〕\\d号）\\.*(\\d+)`).exec(pages[1] ?? '')?.[1],
      );
      const page = pages[printed + 1] ?? '';
      expect(page, title).toContain(title);
      expect(page, title).toContain(`—${printed}—`);
    }
    const links = await (await pdf.getPage(2)).getAnnotations();
    expect(links.filter(({ dest }) => dest).length).toBeGreaterThanOrEqual(3);
  });

  it('has bookmarks by section and document', async () => {
    const outline = await pdf.getOutline();
    expect(
      outline.map(({ title, items }) => [title, items.map((item: { title: string }) => item.title)]),
    ).toEqual([
      ['行政规范性文件', titles.slice(0, 2)],
      ['人事任免', titles.slice(2)],
    ]);
  });

  it('repeats its name and number at the head of every page of documents', () => {
    for (const page of pages.slice(2)) expect(page).toContain('昆明高新技术产业开发区管委会公报2018年第3期');
  });

  it('embeds every font as a subset', () => {
    const fonts = [...raw.matchAll(/\/BaseFont\s*\/([^\s/>]+)/g)].map(([, name]) => name);
    expect(fonts.length).toBeGreaterThan(2);
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+Noto(Serif|Sans)SC/);
  });

  it('is the same bytes again', () => {
    expect(Buffer.from(issuePdf({ issue, pictures: new Map() })).equals(Buffer.from(bytes))).toBe(true);
  });
});

describe('what a body may hold', () => {
  const inOne = async (body: string, images?: Pictures) =>
    (await read(issueOf([['文件', [document({ body })]]]), images)).all;

  test.each<[string, string, string[]]>([
    [
      'text that looks like markup stays text',
      '<p>#let x = 1; *粗* $x$ \\u{41} @ref [a](b)</p>',
      ['#letx=1;*粗*$x$\\u{41}@ref[a](b)'],
    ],
    [
      'script and style say nothing',
      '<p>甲&lt;script&gt;alert(1)&lt;/script&gt;乙</p>',
      ['甲<script>alert(1)</script>乙'],
    ],
    [
      'lists keep their marks',
      '<ol start="3"><li>子<ul><li>孙</li></ul></li><li>丑</li></ol>',
      ['3.子', '•孙', '4.丑'],
    ],
    ['headings of any level', '<h4>先小</h4><h2>后大</h2><h4>又小</h4>', ['先小后大又小']],
    [
      'a table with spans and a table in it',
      '<table><caption>附表</caption><tr><th rowspan="9">项</th><th colspan="60">数</th></tr><tr><td>一<table><tr><td>内</td></tr></table></td></tr></table>',
      ['附表', '项', '数', '一', '内'],
    ],
    ['an empty table', '<p>前</p><table></table><p>后</p>', ['前后']],
    ['directions and control characters are left out', '<p>甲\u202e乙\u0007丙</p>', ['甲乙丙']],
    ['a rare character', '<p>𬭊𫟼𠀀</p>', ['']],
    [
      'an address that is longer than a line is copied as it is',
      `<p>https://example.com/${'very-long'.repeat(20)}</p>`,
      [`https://example.com/${'very-long'.repeat(20)}`],
    ],
    ['nothing at all', '', ['2018年3月5日']],
  ])('%s', async (_, body, said) => {
    const all = await inOne(body);
    for (const words of said) expect(all).toContain(words);
  });

  it('draws its pictures with their captions', async () => {
    const figure = `<figure>${picture}<figcaption>图示说明</figcaption></figure>`;
    const { raw, all } = await read(
      issueOf([['文件', [document({ body: figure })]]]),
      pictures(png(900, 300)),
    );
    expect(raw).toMatch(/\/Subtype\s*\/Image/);
    expect(all).toContain('图示说明');
    expect(all).not.toContain('［图片');
  });

  test.each<[string, Pictures]>([
    ['is not there', new Map()],
    ['is broken', pictures(png(20, 20).subarray(0, 50))],
    ['is no picture', pictures(Buffer.from('<svg onload="alert(1)"/>'))],
    ['claims 40,000 × 40,000 points', pictures(png(40_000, 40_000))],
    ['is of another kind', pictures(Buffer.from('GIF89a'), 'image/gif')],
  ])('leaves the words of a picture that %s', async (_, images) => {
    expect(await inOne(`<p>前</p>${picture}<p>后</p>`, images)).toContain('［图片：示意图］');
  });
});

describe('hostile bodies', () => {
  test.each<[string, string, string, number]>([
    [
      'a table of three hundred columns',
      `<table>${`<tr>${cells(300)}</tr>`.repeat(3)}</table>`,
      '第300项',
      30,
    ],
    ['a table of a thousand columns', `<table><tr>${cells(1000)}</tr></table>`, '第1000项', 30],
    ['a word of a hundred thousand letters', `<p>${'a'.repeat(100_000)}</p><p>末</p>`, '末', 200],
    ['lists in lists in lists', `${'<ul><li>'.repeat(200)}深${'</li></ul>'.repeat(200)}<p>末</p>`, '末', 30],
    ['quotes in quotes', `${'<blockquote>'.repeat(60)}<p>深</p>${'</blockquote>'.repeat(60)}`, '深', 30],
    [
      'three thousand rows',
      `<table><thead><tr><th>甲</th><th>乙</th></tr></thead>${'<tr><td>一</td><td>二</td></tr>'.repeat(3000)}<tr><td>末行</td><td></td></tr></table>`,
      '末行',
      300,
    ],
    [
      'a cell that spans everything',
      `<table><tr><td rowspan="1000" colspan="60">${'长文本，'.repeat(3000)}</td></tr><tr><td>末</td></tr></table>`,
      '末',
      60,
    ],
  ])(
    '%s',
    async (_, body, said, most) => {
      const { all, pdf } = await read(issueOf([['文件', [document({ body })]]]));
      expect(all).toContain(said);
      expect(pdf.numPages).toBeLessThan(most);
    },
    60_000,
  );

  it('a title of three hundred letters stays on its page', async () => {
    const title = 'x'.repeat(300);
    const { pages, pdf } = await read(issueOf([['文件', [document({ title })]]]));
    expect(pages[2]).toContain(title);
    const [outline] = await pdf.getOutline();
    expect(outline?.items[0]?.title).toBe(title);
  });

  it('two megabytes in one paragraph are printed whole, in seconds', async () => {
    const text = '长文本内容不断延续，'.repeat(70_000);
    const { all } = await read(issueOf([['文件', [document({ body: `<p>${text}末</p>` })]]]));
    expect(all.split('长文本内容不断延续，').length - 1).toBeGreaterThan(65_000);
    expect(all).toContain('末');
  }, 180_000);
});

test.each<[string, string, string, string | null, string[]]>([
  ['ends with its date', '各部门……昆明高新区管委会\n2018年3月5日', '昆明高新区管委会', '2018-03-05', []],
  ['ends with its date in Han numerals', '……\n二〇一八年十一月二十七日', '管委会', '2018-11-27', []],
  [
    'ends with neither',
    '现印发给你们。',
    '昆明高新区管委会',
    '2018-03-05',
    ['昆明高新区管委会', '2018年3月5日'],
  ],
  ['ends with the body alone', '……\n昆明高新区管委会', '昆明高新区管委会', '2018-03-05', ['2018年3月5日']],
  ['names no body', '现印发给你们。', '', '2018-03-05', ['2018年3月5日']],
  ['has no date', '现印发给你们。', '管委会', null, []],
])('what stands under a text that %s', (_, plain, issuingBody, formedOn, is) => {
  expect(signatureOf({ plain, issuingBody, formedOn })).toEqual(is);
});
