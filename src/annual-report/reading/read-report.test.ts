import { Converter } from 'opencc-js/cn2t';
import { describe, expect, test } from 'vitest';
import { formatById } from '../formats/index.ts';
import type { DocumentTable, ReportDocument } from './document.ts';
import {
  documentOf,
  numbersOf,
  type Printed,
  proactiveRows,
  remedyRows,
  requestRows,
  statisticsRows,
  tableOf,
} from './fixtures/documents.ts';
import { readReport } from './read-report.ts';

const title = (year: number) => `云岭县人民政府${year}年政府信息公开工作年度报告`;
const f2014 = formatById('2014')!;
const f2019 = formatById('2019')!;
const f2021 = formatById('2021')!;
const n2014 = numbersOf(f2014);
const n2019 = numbersOf(f2019);
const n2021 = numbersOf(f2021);
const [proactive, requests, remedies] = f2021.tables as [
  (typeof f2021.tables)[0],
  (typeof f2021.tables)[0],
  (typeof f2021.tables)[0],
];

const tables2021 = () => [
  tableOf(proactiveRows(proactive, n2021)),
  tableOf(requestRows(requests, n2021)),
  tableOf(remedyRows(remedies, n2021)),
];

/** What was read and differs from what was printed. */
function misread(document: ReportDocument, numbers: ReadonlyMap<string, number>): string[] {
  const { cells } = readReport(document);
  return [...numbers].flatMap(([key, value]) =>
    cells[key]?.value === value ? [] : [`${key}: ${cells[key]?.state} ${cells[key]?.value} for ${value}`],
  );
}

const textsOf = (rows: readonly (readonly Printed[])[]) =>
  rows.map((cells) => cells.map((cell) => (typeof cell === 'string' ? cell : cell.text)));

const mapText = (table: DocumentTable, change: (text: string, row: number, column: number) => string) => ({
  ...table,
  rows: table.rows.map((row, at) => ({
    ...row,
    cells: row.cells.map((cell) => ({ ...cell, text: change(cell.text, at, cell.column) })),
  })),
});

describe('the tables of each format as they are usually printed', () => {
  test('2021', () => {
    const document = documentOf(title(2022), '一、总体情况', '平稳有序。', ...tables2021());
    expect(misread(document, n2021)).toEqual([]);
    expect(readReport(document)).toMatchObject({
      agency: '云岭县人民政府',
      year: 2022,
      format: '2021',
      unread: [],
    });
  });
  test('2019', () => {
    const [one, two, three] = f2019.tables;
    const document = documentOf(
      title(2020),
      tableOf(proactiveRows(one!, n2019)),
      tableOf(requestRows(two!, n2019)),
      tableOf(remedyRows(three!, n2019)),
    );
    expect(misread(document, n2019)).toEqual([]);
    expect(readReport(document).format).toBe('2019');
  });
  test('2014, with its column of units, and without', () => {
    const rows = statisticsRows(f2014.tables[0]!, n2014);
    expect(misread(documentOf(title(2018), tableOf(rows)), n2014)).toEqual([]);
    const narrow = rows.map(([label, , value]) => [label!, value!]);
    expect(misread(documentOf(title(2018), tableOf(narrow)), n2014)).toEqual([]);
  });
});

describe('imperfect tables', () => {
  const [one, two, three] = tables2021() as [DocumentTable, DocumentTable, DocumentTable];
  const rowCount = two.rows.length;
  const cases: [string, (string | DocumentTable)[]][] = [
    [
      'full-width digits',
      [
        one,
        mapText(two, (text) =>
          text.replace(/\d(?![.、])/g, (digit) => '０１２３４５６７８９'[Number(digit)]!),
        ),
        three,
      ],
    ],
    [
      'the request table continued on the next page, without its head',
      [
        one,
        { ...two, rows: two.rows.slice(0, 14) },
        '- 3 -',
        { ...two, rows: two.rows.slice(14, rowCount) },
        three,
      ],
    ],
    [
      'and with its head repeated',
      [
        one,
        { ...two, rows: two.rows.slice(0, 14) },
        { ...two, rows: [...two.rows.slice(0, 3), ...two.rows.slice(14)] },
        three,
      ],
    ],
    [
      'only its last two rows on the next page, under the head again',
      [
        one,
        { ...two, rows: two.rows.slice(0, rowCount - 2) },
        { ...two, rows: [...two.rows.slice(0, 3), ...two.rows.slice(rowCount - 2)] },
        three,
      ],
    ],
    [
      'the total printed before its parts',
      [
        one,
        {
          ...two,
          rows: two.rows.map((row, at) => {
            const head = at === 1 ? ['总计', '自然人', '法人或其他组织'] : null;
            const values = row.cells.slice(-7);
            const moved = at > 2 ? [...row.cells.slice(0, -7), values[6]!, ...values.slice(0, 6)] : row.cells;
            const texts = head ?? moved.map(({ text }) => text);
            const shift = at === 2 ? 1 : 0;
            const columns = head ? [3, 4, 5] : row.cells.map(({ column }) => column + shift);
            return {
              ...row,
              cells: row.cells.map((cell, index) => ({
                ...cell,
                text: texts[index]!,
                column: columns[index]!,
                colSpan: head ? 1 : cell.colSpan,
              })),
            };
          }),
        },
        three,
      ],
    ],
    [
      'labels that leave words out',
      [
        one,
        mapText(two, (text) =>
          text
            .replace('政府信息公开申请数量', '申请')
            .replace('（区分处理的，只计这一情形，不计其他情形）', '')
            .replace('、行政机关不再处理其政府信息公开申请', ''),
        ),
        three,
      ],
    ],
    [
      'labels that lost their end',
      [one, mapText(two, (text) => (text.length > 12 ? text.slice(0, 11) : text)), three],
    ],
    [
      'a label that says nothing known, between two that do',
      [one, mapText(two, (text) => (text.includes('三类内部事务') ? '5.属于□□□□□□' : text)), three],
    ],
    [
      'a trailing empty cell in every row',
      [
        one,
        {
          ...two,
          rows: two.rows.map((row) => ({
            ...row,
            cells: [...row.cells, { text: '', column: 10, colSpan: 1, rowSpan: 1 }],
          })),
        },
        three,
      ],
    ],
    ['no head at all', [one, { ...two, rows: two.rows.slice(3) }, three]],
    [
      'each section of the first table a table of its own',
      [
        ...[0, 4, 7, 11].map((from, index, starts) => ({
          ...one,
          rows: one.rows.slice(from, starts[index + 1] ?? one.rows.length),
        })),
        two,
        three,
      ],
    ],
    [
      'the three roads of disputes as three tables',
      [
        one,
        two,
        ...[0, 5, 10].map((from) =>
          tableOf([
            ['结果维持', '结果纠正', '其他结果', '尚未审结', '总计'],
            textsOf(remedyRows(remedies, n2021))[3]!.slice(from, from + 5),
          ]),
        ),
      ],
    ],
    [
      'other tables in the text that use the same words',
      [
        tableOf([
          ['单位', '总计', '予以公开'],
          ['教育局', '7', '3'],
          ['总计', '7', '3'],
        ]),
        one,
        two,
        three,
      ],
    ],
  ];
  test.each(cases)('%s', (_, blocks) =>
    expect(misread(documentOf(title(2022), ...blocks), n2021)).toEqual([]),
  );
});

describe('tables flattened into text', () => {
  const lines = [proactiveRows(proactive, n2021), requestRows(requests, n2021), remedyRows(remedies, n2021)]
    .map(textsOf)
    .map((rows, index) => [`${'二三四'[index]}、${f2021.tables[index]!.title}`, rows] as const);
  const flatten = (line: (cells: readonly string[]) => string[]) =>
    documentOf(
      title(2022),
      '一、总体情况',
      '全年平稳。',
      ...lines.flatMap(([head, rows]) => [head, ...rows.flatMap(line)]),
      '五、存在的主要问题',
      '人手不足。',
    );

  test('a row a line', () =>
    expect(
      misread(
        flatten((cells) => [cells.join(' ')]),
        n2021,
      ),
    ).toEqual([]));
  test.each(['- 3 -', '—3—', '第 3 页 共 8 页', '3 / 8'])(
    'with the page number %j between the rows',
    (number) =>
      expect(
        misread(
          flatten((cells) => [cells.join(' '), number]),
          n2021,
        ),
      ).toEqual([]),
  );
  test('a cell a line', () =>
    expect(
      misread(
        flatten((cells) => [...cells]),
        n2021,
      ),
    ).toEqual([]));
  test('figures stuck to their labels', () =>
    expect(
      misread(
        flatten((cells) => {
          const last = cells.findLastIndex((cell) => /\p{Script=Han}/u.test(cell));
          return [
            [
              ...cells.slice(0, Math.max(0, last)),
              cells.slice(Math.max(0, last), last + 2).join(''),
              ...cells.slice(last + 2),
            ].join(' '),
          ];
        }),
        n2021,
      ),
    ).toEqual([]));
  test('labels broken over two lines', () =>
    expect(
      misread(
        flatten((cells) =>
          cells.flatMap((cell) => (cell.length > 14 ? [cell.slice(0, 9), cell.slice(9)] : [cell])),
        ),
        n2021,
      ),
    ).toEqual([]));
  test('a table without rules that came out in pieces: rows of a table, lines, labels around their figures', () => {
    const [one, two, three] = tables2021() as [DocumentTable, DocumentTable, DocumentTable];
    const figures = (code: string) =>
      requests.sections[0]!.columns.map(({ id }) => n2021.get(`requests/${code}/${id}`)).join('  ');
    const document = documentOf(
      title(2022),
      one,
      { ...two, rows: two.rows.slice(0, 5) },
      `（一）予以公开  ${figures('3.1')}`,
      '（二）部分公开（区分处理的，只计这',
      `三、  ${figures('3.2')}`,
      '一情形，不计其他情形）',
      { ...two, rows: two.rows.slice(7, 22) },
      '5.要求行政机关确认或重新出',
      figures('3.5.5'),
      '具已获取信息',
      { ...two, rows: two.rows.slice(23) },
      three,
    );
    expect(misread(document, n2021)).toEqual([]);
  });
  test('the table leaves the prose', () => {
    const { chapters } = readReport(flatten((cells) => [cells.join(' ')]));
    expect(
      chapters.map(({ title: name, paragraphs }) => [name, paragraphs.map(({ text }) => text)]),
    ).toContainEqual(['存在的主要问题', ['人手不足。']]);
    const prose = chapters.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text)).join('\n');
    expect(prose).not.toMatch(/\d{3} \d{3}/);
  });
  test('cells that were blank leave no trace, so the row is left unread and said so', () => {
    const document = flatten((cells) => [
      cells.filter((cell) => cell !== String(n2021.get('requests/3.2/company'))).join(' '),
    ]);
    const { cells, unread } = readReport(document);
    expect(cells['requests/3.2/total']).toMatchObject({ state: 'absent', value: null });
    expect(cells['requests/3.1/total']?.value).toBe(n2021.get('requests/3.1/total'));
    expect(unread.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('部分公开（区分处理的，只计这一情形，不计其他情形）”的数字个数与列数不符'),
    ]);
  });
});

describe('the table of 2014 in running text', () => {
  const rows = textsOf(statisticsRows(f2014.tables[0]!, n2014));
  const cases: [string, (cells: string[]) => string[]][] = [
    ['a row a line', (cells) => [cells.filter(Boolean).join(' ')]],
    ['a cell a line', (cells) => cells.filter(Boolean)],
    ['without units', ([label, , value]) => [[label, value].filter(Boolean).join(' ')]],
    ['with nothing between', (cells) => [cells.join('')]],
    ['as sentences', ([label, unit, value]) => [value ? `${label}：${value}${unit}` : label!]],
  ];
  test.each(cases)('%s', (_, line) =>
    expect(misread(documentOf(title(2018), ...rows.flatMap(line)), n2014)).toEqual([]),
  );
  const without = (key: string, line: (cells: string[]) => string) => {
    const value = String(n2014.get(key));
    const lines = rows.map((cells) => line(cells.map((cell) => (cell === value ? '' : cell))));
    return readReport(documentOf(title(2018), ...lines)).cells[key]?.state;
  };
  test('a row that ends with its unit is blank; one that ends with its label does not tell', () => {
    expect(without('statistics/3.1.2/value', (cells) => cells.filter(Boolean).join(' '))).toBe('blank');
    expect(without('statistics/3.1.2/value', ([label, , value]) => `${label} ${value}`)).toBe('absent');
  });
});

describe('tables as pages lose them when their text is copied', () => {
  const barred = (cells: readonly string[]) => cells.map((cell) => (cell === '' ? '|' : `${cell} |`));
  test('a cell a line with its bar, empty cells and the fillers of merged ones included', () => {
    const rows = [proactiveRows(proactive, n2021), requestRows(requests, n2021), remedyRows(remedies, n2021)]
      .flatMap(textsOf)
      .map((cells) => [
        ...cells.map((cell) => (cell === n2021.get('requests/3.1/company')!.toString() ? '' : cell)),
      ]);
    const document = documentOf(
      '现公布云岭县统计局2022年政府信息公开工作年度报告。',
      ...rows.flatMap((cells) => [...barred(cells), '||']),
    );
    const { cells, agency, unread } = readReport(document);
    expect(misread(document, n2021)).toEqual([
      `requests/3.1/company: blank null for ${n2021.get('requests/3.1/company')}`,
    ]);
    expect(cells['requests/3.1/company']?.state).toBe('blank');
    expect([agency, unread]).toEqual(['云岭县统计局', []]);
  });

  test('merged columns that left empty places behind, told apart by the head above them', () => {
    const [one] = f2019.tables;
    const rows = proactiveRows(one!, n2019).map((cells): Printed[] =>
      cells.flatMap((cell): Printed[] => {
        const { text, colSpan = 2 } = typeof cell === 'string' ? { text: cell } : cell;
        return cell === cells[0]
          ? [text]
          : [text, ...Array.from({ length: Math.ceil(colSpan * 2) - 1 }, () => '')];
      }),
    );
    const change = String(n2019.get('proactive/P6.1/change'));
    const decisions = String(n2019.get('proactive/P6.1/decisions'));
    const blanked = rows.map((cells) => cells.map((cell) => (cell === decisions ? '' : cell)));
    const { cells } = readReport(documentOf(title(2020), tableOf(blanked)));
    expect(cells['proactive/P6.1/change']).toMatchObject({ state: 'number', text: change });
    expect(cells['proactive/P6.1/decisions']?.state).toBe('blank');
    expect(cells['proactive/P8.1/change']?.value).toBe(n2019.get('proactive/P8.1/change'));
    expect(cells['proactive/P9.1/amount']?.value).toBe(n2019.get('proactive/P9.1/amount'));
  });

  test('labels with an explanation in brackets, and rows a province has added', () => {
    const [one, two, three] = f2019.tables;
    const rows = proactiveRows(one!, n2019).map((cells): Printed[] => {
      const [label, ...values] = cells;
      if (label === '规章') return ['规章（设区的市、自治州人民政府应提供相关数据）', ...values];
      if (label === '规范性文件')
        return ['规范性文件（标题采用“规定”“办法”等字样的公文，一般情况下属于规范性文件）', ...values];
      return [...cells];
    });
    rows.splice(4, 0, ['其他主动公开文件', '186', '86', '255']);
    const document = documentOf(
      title(2020),
      tableOf(rows),
      tableOf(requestRows(two!, n2019)),
      tableOf(remedyRows(three!, n2019)),
    );
    expect(misread(document, n2019)).toEqual([]);
  });

  test('traditional characters', () => {
    const toTraditional = Converter({ from: 'cn', to: 't' });
    const document = documentOf(
      toTraditional('云岭县人民政府办公室2022年政府信息公开工作年度报告'),
      toTraditional('一、总体情况'),
      ...tables2021().map((table) => mapText(table, toTraditional)),
    );
    expect(misread(document, n2021)).toEqual([]);
    expect(readReport(document).agency).toBe('云岭县人民政府办公室');
  });
});

describe('what a cell says', () => {
  const changed = (from: string, to: string) =>
    readReport(
      documentOf(
        title(2022),
        ...tables2021().map((table) => mapText(table, (text) => (text === from ? to : text))),
      ),
    );
  const key = 'requests/3.1/company';
  const printed = String(n2021.get(key));
  test.each([
    ['', 'blank'],
    ['/', 'not-applicable'],
    ['0', 'zero'],
    ['无', 'text'],
    ['见附件', 'text'],
  ])('%j is %s, never guessed', (text, state) =>
    expect(changed(printed, text).cells[key]?.state).toBe(state),
  );

  test('words in place of a number are named with their place', () =>
    expect(changed(printed, '见附件').unread).toEqual([
      { reason: '“（一）予以公开”的“商业企业”印作“见附件”，不是数字', place: { table: 1, row: 6 } },
    ]));
});

test('a row out of its order is not taken for the one whose place it stands in', () => {
  const [one, two, three] = tables2021() as [DocumentTable, DocumentTable, DocumentTable];
  const rows = [...two.rows.slice(0, 19), two.rows[22]!, ...two.rows.slice(20)];
  const { cells, unread } = readReport(documentOf(title(2022), one, { ...two, rows }, three));
  expect(cells['requests/3.5.2/total']?.state).toBe('absent');
  expect(unread.map(({ reason }) => reason)).toEqual([
    '没有找到“收到和处理政府信息公开申请情况”表的“2.重复申请”',
  ]);
});

test('of two copies of a table only the most complete is read, and the other is named', () => {
  const [one, two, three] = tables2021() as [DocumentTable, DocumentTable, DocumentTable];
  const part = mapText({ ...two, rows: two.rows.slice(0, 20) }, (text) => (/^\d+$/.test(text) ? '1' : text));
  const document = documentOf(title(2022), one, part, two, three);
  expect(misread(document, n2021)).toEqual([]);
  expect(readReport(document).unread.map(({ reason }) => reason)).toEqual([
    '“收到和处理政府信息公开申请情况”表在文中有 2 张，只读入最完整的一张',
  ]);
});

test('group (六) in one row, as before 2021, is taken for its last row and said so', () => {
  const old = requestRows(f2019.tables[1]!, n2019);
  const { cells, unread } = readReport(
    documentOf(
      title(2024),
      tableOf(proactiveRows(proactive, n2021)),
      tableOf(old),
      tableOf(remedyRows(remedies, n2021)),
    ),
  );
  expect(cells['requests/3.6.3/total']?.value).toBe(n2019.get('requests/3.6/total'));
  expect(cells['requests/3.6.1/total']?.state).toBe('not-applicable');
  expect(cells['requests/3.7/total']?.value).toBe(n2019.get('requests/3.7/total'));
  expect(unread.map(({ reason }) => reason)).toEqual(['“（六）其他处理”只印了一行，按“3.其他”读入']);
});

test('a table that is not there is named, and its cells are absent', () => {
  const { cells, unread } = readReport(documentOf(title(2022), tableOf(requestRows(requests, n2021))));
  expect(cells['proactive/P1.1/issued']?.state).toBe('absent');
  expect(unread.map(({ reason }) => reason)).toEqual([
    '没有找到“主动公开政府信息情况”表',
    '没有找到“政府信息公开行政复议、行政诉讼情况”表',
  ]);
});

test('a file that is no report says what was not recognised', () => {
  const report = readReport(
    documentOf(
      '采购清单',
      tableOf([
        ['名称', '数量'],
        ['桌子', '3'],
      ]),
    ),
  );
  expect(report).toMatchObject({ agency: null, year: null, format: null, tables: [] });
  expect(report.unread.map(({ reason }) => reason)).toEqual([
    '没有认出三种统一格式中的任何一种统计表',
    '没有认出报告年度',
  ]);
});
