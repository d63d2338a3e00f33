import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { kunmingReport } from '../../../render/fixtures/kunming.ts';
import { renderers } from '../../../render/index.ts';
import { at, pdfOf, rule } from '../fixtures/raw-pdf.ts';
import { openBytes, shown, shownOf } from '../fixtures/shown.ts';

const gbk = (text: string) => iconv.encode(text, 'gb18030').toString('hex');
const write = (x: number, y: number, text: string, size = 12) => at(x, y, gbk(text), size);
/** A ruled table: lines at these x and y. */
const ruled = (xs: readonly number[], ys: readonly number[]) => [
  ...xs.map((x) => rule(x, ys[0] as number, x, ys.at(-1) as number)),
  ...ys.map((y) => rule(xs[0] as number, y, xs.at(-1) as number, y)),
];
const page = (...parts: (string | string[])[]) => pdfOf([parts.flat().join('\n')]);

describe('the published report of 洪泽区 for 2024', async () => {
  const document = await openBytes(readFileSync('tests/samples/hongze-2024.pdf'));
  const lines = shown(document);
  const tables = lines.filter((line) => typeof line !== 'string');

  it('has its title, its chapters and whole paragraphs, without page numbers', () => {
    expect(lines[0]).toBe('淮安市洪泽区人民政府2024年政府信息公开工作年度报告');
    expect(lines.filter((line) => typeof line === 'string' && /^[一二三四五六]、/.test(line))).toEqual([
      '一、总体情况',
      '二、主动公开政府信息情况',
      '三、收到和处理政府信息公开申请情况',
      '四、政府信息公开行政复议、行政诉讼情况',
      '五、存在的主要问题及改进情况',
      '六、其他需要报告的事项',
    ]);
    expect(lines.at(-1)).toBe(
      '2024年，区政府严格落实《政府信息公开信息处理费管理办法》，全年收取政府信息公开信息处理费0元。',
    );
    expect(lines.join('\n')).not.toMatch(/- \d -/);
    expect(document.unread).toEqual([]);
  });

  it('has the table of what was made public', () => {
    expect(tables[0]).toEqual([
      '第二十条第（一）项[4x1]',
      '信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数',
      '规章 | 0 | 0 | 0',
      '行政规范性文件 | 3 | 0 | 8',
      '第二十条第（五）项[4x1]',
      '信息内容 | 本年处理决定数量[3x1]',
      '行政许可 | 9487[3x1]',
    ]);
  });

  it('has the table of requests, with labels over several lines and in vertical writing', () => {
    expect(tables[2]?.slice(0, 8)).toEqual([
      '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）[3x3] | 申请人情况[7x1]',
      '自然人[1x2] | 法人或其他组织[5x1] | 总计[1x2]',
      '商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他',
      '一、本年新收政府信息公开申请数量[3x1] | 95 | 0 | 0 | 0 | 0 | 0 | 95',
      '二、上年结转政府信息公开申请数量[3x1] | 0 | 0 | 0 | 0 | 0 | 0 | 0',
      '三、本年度办理结果[1x11] | （一）予以公开[2x1] | 50 | 0 | 0 | 0 | 0 | 0 | 50',
      '（二）部分公开（区分处理的，只计这一情形，不计其他情形）[2x1] | 9 | 0 | 0 | 0 | 0 | 0 | 9',
      '（三）不予公开[1x8] | 1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0',
    ]);
    expect(tables[3]).toContain('（七）总计 |  | 95 | 0 | 0 | 0 | 0 | 0 | 95');
  });

  it('has the table of remedies', () => {
    expect(tables[4]?.at(-1)).toBe('1 | 1 | 0 | 0 | 2 | 1 | 0 | 0 | 0 | 1 | 2 | 0 | 1 | 0 | 3');
  });
});

describe('our own report as PDF', () => {
  it('has every figure and no table of contents', async () => {
    const lines = await shownOf(await renderers.pdf.render(kunmingReport()));
    expect(lines.flat()).toContain('(一)主动公开政府信息数 | 条 | 9351');
    expect(lines.filter((line) => typeof line === 'string' && line.startsWith('二、主动公开'))).toHaveLength(
      1,
    );
  }, 60_000);
});

describe('a page as lines and tables', () => {
  it.each<[string, Uint8Array, (string | string[])[]]>([
    [
      'ruled cells',
      page(
        ruled([50, 200, 300], [600, 630, 660]),
        write(60, 640, '甲'),
        write(210, 640, '１'),
        write(60, 610, '乙'),
      ),
      [['甲 | １', '乙 | ']],
    ],
    [
      'cells without a rule between them are one',
      page(
        rule(50, 600, 300, 600),
        rule(50, 660, 300, 660),
        rule(200, 630, 300, 630),
        rule(50, 600, 50, 660),
        rule(200, 600, 200, 660),
        rule(300, 600, 300, 660),
        write(60, 625, '甲'),
        write(210, 640, '1'),
        write(210, 610, '2'),
      ),
      [['甲[1x2] | 1', '2']],
    ],
    [
      'open at the sides',
      page(
        rule(50, 600, 300, 600),
        rule(50, 630, 300, 630),
        rule(50, 660, 300, 660),
        rule(200, 600, 200, 660),
        write(60, 640, '甲'),
        write(210, 640, '1'),
        write(60, 610, '乙'),
        write(210, 610, '2'),
      ),
      [['甲 | 1', '乙 | 2']],
    ],
    [
      'rules drawn as thin bars',
      page(
        '50 600 250 0.5 re f 50 630 250 0.5 re f 50 660 250 0.5 re f 50 600 0.5 60 re f 200 600 0.5 60 re f 300 600 0.5 60 re f',
        write(60, 640, '甲'),
        write(210, 640, '1'),
        write(60, 610, '乙'),
        write(210, 610, '2'),
      ),
      [['甲 | 1', '乙 | 2']],
    ],
    [
      'cells drawn as boxes',
      page(
        '50 630 150 30 re S 200 630 100 30 re S 50 600 150 30 re S 200 600 100 30 re S',
        write(60, 640, '甲'),
        write(210, 640, '1'),
        write(60, 610, '乙'),
        write(210, 610, '2'),
      ),
      [['甲 | 1', '乙 | 2']],
    ],
    [
      'clips and shading are no rules',
      page('50 630 150 30 re W n 50 600 250 60 re f', write(60, 640, '甲')),
      ['甲'],
    ],
    ['a box around text is none', page(ruled([50, 300], [600, 660]), write(60, 640, '甲')), ['甲']],
    [
      'labels over several lines',
      page(
        ruled([50, 120, 300], [580, 660]),
        write(55, 640, '三、本年'),
        write(55, 624, '度办理'),
        write(55, 608, '结果'),
        write(210, 620, '1'),
      ),
      [['三、本年度办理结果 | 1']],
    ],
    [
      'slivers that a page break leaves are no rows, blank rows are',
      page(
        ruled([50, 200, 300], [600, 604, 630, 660]),
        rule(50, 690, 300, 690),
        rule(50, 660, 50, 690),
        rule(300, 660, 300, 690),
        write(60, 670, '题'),
        write(60, 640, '甲'),
      ),
      [['题[2x1]', '甲 | ', ' | ']],
    ],
    [
      'a number too long for its cell',
      page(
        ruled([50, 200, 241], [600, 660]),
        write(60, 640, '甲'),
        write(203, 640, '180859'),
        write(203, 620, '5'),
      ),
      [['甲 | 1808595']],
    ],
    [
      'text written across a rule is cut at it',
      page(ruled([48, 84, 200], [600, 630]), write(60, 610, '甲乙12')),
      [['甲乙 | 12']],
    ],
    [
      'columns without rules',
      page(
        ...[
          ['指标', '单位', '数量'],
          ['甲甲甲', '件', '12'],
          ['乙', '件', '3'],
          ['丙', '', '4'],
        ].flatMap((cells, row) =>
          cells.flatMap((text, column) =>
            text ? [write([50, 200, 300][column] as number, 600 - 20 * row, text)] : [],
          ),
        ),
      ),
      [['指标 | 单位 | 数量', '甲甲甲 | 件 | 12', '乙 | 件 | 3', '丙 |  | 4']],
    ],
    ['wide gaps in a line', page(write(50, 600, '行政许可'), write(300, 600, '9487')), ['行政许可  9487']],
    [
      'a watermark is left out',
      page(write(50, 600, '甲'), `BT /F 60 Tf 0.7 0.7 -0.7 0.7 100 300 Tm <${gbk('样本')}> Tj ET`),
      ['甲'],
    ],
    ['text written twice to look bold', page(write(50, 600, '甲乙'), write(50.4, 600, '甲乙')), ['甲乙']],
    [
      'spacing inside a text',
      page(`BT /F 12 Tf 3 Tc 1 0 0 1 50 600 Tm [<${gbk('甲')}> -100 <${gbk('乙')}>] TJ T* ET`),
      ['甲乙'],
    ],
  ])('%s', async (_, bytes, expected) => {
    expect(await shownOf(bytes)).toEqual(expected);
  });

  it.each([
    [
      'by the file',
      pdfOf(
        [
          [
            ...ruled([50, 200, 300], [600, 630, 660]),
            write(60, 640, '甲乙丙'),
            write(210, 640, '1'),
            write(60, 610, '丁'),
            write(210, 610, '2'),
          ].join('\n'),
        ],
        '/Rotate 90',
      ),
    ],
    [
      'by its text',
      pdfOf([
        `q 0 1 -1 0 700 0 cm ${[...ruled([50, 200, 300], [600, 630, 660]), write(60, 640, '甲乙丙'), write(210, 640, '1'), write(60, 610, '丁'), write(210, 610, '2')].join('\n')} Q`,
      ]),
    ],
  ])('turned %s', async (how, bytes) => {
    const lines = await shownOf(bytes);
    // Turned by the file, upright text stands sideways: the page is turned back.
    expect(lines, how).toEqual([['甲乙丙 | 1', '丁 | 2']]);
  });

  it('lines that run to the margin are one paragraph, also over pages', async () => {
    const line = (y: number, text: string, x = 50) => write(x, y, text);
    const full = '文'.repeat(20);
    const bytes = pdfOf([
      [
        line(700, `　　${'甲'.repeat(18)}`),
        line(680, full),
        line(660, '短。'),
        line(640, `一、${'题'.repeat(18)}`),
        line(620, `（一）${'乙'.repeat(17)}`),
        write(280, 40, '- 1 -'),
      ].join('\n'),
      [line(700, '接上页。'), line(680, '丁'.repeat(10), 74), write(280, 40, '- 2 -')].join('\n'),
    ]);
    expect(await shownOf(bytes)).toEqual([
      `${'甲'.repeat(18)}${full}短。`,
      `一、${'题'.repeat(18)}`,
      `（一）${'乙'.repeat(17)}接上页。`,
      '丁'.repeat(10),
    ]);
  });

  it('a line ends early before a number that does not fit', async () => {
    const bytes = page(
      write(74, 700, '文'.repeat(18)),
      write(50, 680, '文'.repeat(17)),
      write(50, 660, '12345条，'),
      write(50, 640, '文'.repeat(16)),
      write(50, 620, '完。'),
    );
    expect(await shownOf(bytes)).toEqual([`${'文'.repeat(35)}12345条，`, '文'.repeat(16), '完。']);
  });

  it('heads and feet that return on every page are left out', async () => {
    const bytes = pdfOf(
      [1, 2, 3].map((n) =>
        [
          write(250, 770, `某县政府年报${n}`),
          write(50, 400, `正文${'零一二三'[n]}`),
          write(250, 30, `第${n}页共3页`),
        ].join('\n'),
      ),
    );
    expect(await shownOf(bytes)).toEqual(['正文一', '正文二', '正文三']);
  });
});

describe('pages that cannot be read', () => {
  const picture = 'q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u0080 EI Q';
  it('are told one by one among others', async () => {
    const { unread, blocks } = await openBytes(pdfOf([write(50, 600, '甲'), picture, '']));
    expect(blocks).toHaveLength(1);
    expect(unread).toEqual([{ reason: '第 2 页没有文字，只有图片，没有读取', place: { page: 2 } }]);
  });

  it('are told at once when there are no others', async () => {
    const { unread, blocks } = await openBytes(pdfOf([picture, picture]));
    expect(blocks).toEqual([]);
    expect(unread[0]?.reason).toContain('2 页都没有文字，只有图片');
  });

  it('beyond the limit are told', async () => {
    const many = pdfOf(Array.from({ length: 5 }, () => write(50, 600, '甲')));
    const { unread, blocks } = await openBytes(many, { pages: 3 });
    expect(blocks).toHaveLength(3);
    expect(unread).toEqual([{ reason: 'PDF 有 5 页，只读取了前 3 页', place: { page: 4 } }]);
  });
});
