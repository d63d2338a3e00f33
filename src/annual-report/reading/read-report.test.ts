import { describe, expect, test } from 'vitest';
import type { DocumentTable } from './document.ts';
import {
  documentOf,
  proactiveRows,
  remedyRows,
  requestRows,
  statisticsRows,
  tableOf,
} from './fixtures/documents.ts';
import {
  f2014,
  f2019,
  mapText,
  misread,
  n2014,
  n2019,
  n2021,
  proactive,
  remedies,
  requests,
  tables2021,
  textsOf,
  title,
} from './fixtures/printed-formats.ts';
import { readReport } from './read-report.ts';

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
      'a row that the page break cut in two, its figures in the upper half',
      [
        one,
        {
          ...two,
          rows: two.rows.slice(0, 17).map((row, at) => ({
            ...row,
            cells: row.cells.map((cell) =>
              at === 16 && cell.text.startsWith('2.没有') ? { ...cell, text: '2.没有' } : cell,
            ),
          })),
        },
        {
          ...two,
          rows: [
            ...two.rows.slice(0, 3),
            {
              ...two.rows[16]!,
              cells: two.rows[16]!.cells.map((cell) => ({
                ...cell,
                text: cell.text.startsWith('2.没有') ? '现成信息需要另行制作' : '',
              })),
            },
            ...two.rows.slice(17),
          ],
        },
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
