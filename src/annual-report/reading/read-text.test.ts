import { Converter } from 'opencc-js/cn2t';
import { describe, expect, test } from 'vitest';
import type { DocumentTable } from './document.ts';
import {
  documentOf,
  type Printed,
  proactiveRows,
  remedyRows,
  requestRows,
  statisticsRows,
  tableOf,
} from './fixtures/documents.ts';
import {
  f2014,
  f2019,
  f2021,
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
