import { describe, expect, test } from 'vitest';
import { comparableTables } from '../comparison.ts';
import { buildTables, formatForYear } from '../formats/index.ts';
import { compiledFixture } from '../render/fixtures/eras.ts';
import { renderCharts } from './index.ts';

const format = formatForYear(2018)!;
const channels = { '1.2.1': 5, '1.2.2': 1927, '1.2.3': 5810, '1.2.4': null, '1.2.5': 0 };
const report = {
  year: 2018,
  format: '2014' as const,
  tables: buildTables(format, { ...channels, '1.1': 7000, '3.1': 3, '3.3.2': 3 }),
};
const previous = buildTables(format, { '1.1': 3500, '2.1': 9, '3.1': 6 });
const monthly = [
  { month: 1, quantity: 10 },
  { month: 12, quantity: 1200 },
  { month: 12, quantity: 34 },
];

const chart = (id: string, extras = {}) => renderCharts(report, extras).find((each) => each.id === id);

describe('charts', () => {
  test('an empty report has none, and neither has one whose cells are all 0', () => {
    expect(
      renderCharts(
        { year: 2018, format: '2014', tables: buildTables(format, {}) },
        { previous, monthly: [] },
      ),
    ).toEqual([]);
    expect(renderCharts({ year: 2018, format: '2014', tables: buildTables(format, { '1.2.1': 0 }) })).toEqual(
      [],
    );
  });

  test('channels are drawn with their numbers; a blank is left out of the picture and stays blank in the data', () => {
    const { svg, rows } = chart('channels')!;
    expect(rows).toEqual([
      ['政府公报', 5],
      ['政府网站', 1927],
      ['政务微博', 5810],
      ['政务微信', null],
      ['其他方式', 0],
    ]);
    for (const words of ['政务微博', '5,810 条', '1,927 条', '0 条']) expect(svg).toContain(words);
    expect(svg).not.toContain('政务微信');
    expect(svg).toContain('#12508f');
  });

  test('request results name the outcome', () => {
    expect(chart('request-results')!.svg).toContain('同意公开');
    expect(chart('request-results')!.rows).toHaveLength(8);
  });

  test('months are added up and months without returns stay empty', () => {
    const { rows, svg } = chart('months', { monthly })!;
    expect(rows[0]).toEqual(['1月', 10]);
    expect(rows[5]).toEqual(['6月', null]);
    expect(rows[11]).toEqual(['12月', 1234]);
    expect(svg).toContain('1,234');
    expect(svg).toContain('6月');
  });

  test('the comparison draws only what both years report and says both numbers', () => {
    const { rows, svg, columns } = chart('year-on-year', { previous })!;
    expect(columns).toEqual(['指标', '2017年', '2018年', '增减']);
    expect(rows[0]).toEqual(['主动公开信息（条）', 3500, 7000, 3500]);
    expect(rows[1]).toEqual(['回应热点舆情（次）', 9, null, null]);
    for (const words of ['2017年 3,500', '2018年 7,000', '2017年 6', '2018年 3'])
      expect(svg).toContain(words);
    expect(svg).not.toContain('回应热点舆情');
  });

  test('there is no comparison without last year', () => {
    expect(chart('year-on-year')).toBeUndefined();
  });

  test('a drawing may stand inline under a strict policy, is named, and is the same every time', () => {
    const drawn = renderCharts(report, { monthly, previous });
    expect(drawn).toHaveLength(4);
    for (const { svg, title } of drawn) {
      expect(svg).not.toMatch(/<style|style=|<script|\son[a-z]+=|href=|url\(|\sid=|class=/);
      expect(svg).toContain(`<title>${title}</title>`);
      expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 640 \d+"[^>]* role="img"/);
      expect(svg).toContain('font-family="PingFang SC, Microsoft YaHei, Noto Sans SC');
    }
    expect(renderCharts(report, { monthly, previous })).toEqual(drawn);
  });
});

describe.each([
  ['2019', 9, 3],
  ['2021', 20, 5],
] as const)('charts since 2019: %s', (id, refused, others) => {
  const { charts } = compiledFixture(id);
  const chart = (name: string) => charts.find((each) => each.id === name);

  test('results are added up by group, one row or three', () => {
    const rows = Object.fromEntries(chart('request-results')?.rows ?? []);
    expect(rows).toMatchObject({ 其他处理: others });
    expect(Object.keys(rows)).toEqual([
      '予以公开',
      '部分公开',
      '不予公开',
      '无法提供',
      '不予处理',
      '其他处理',
    ]);
    expect(rows.不予公开).toBeGreaterThan(refused);
  });

  test('applicants and the comparison with last year are drawn', () => {
    expect(chart('applicants')?.rows).toHaveLength(6);
    const labels = chart('year-on-year')?.rows.map(([label]) => label);
    expect(labels).toContain(id === '2019' ? '新制作规范性文件（件）' : '制发规范性文件（件）');
    expect(labels).toHaveLength(7);
  });
});

test('against another era only what is the same is compared', () => {
  const { tables } = compiledFixture('2019');
  const format2019 = formatForYear(2019)!;
  const last = buildTables(format, { '1.1': 900, '3.1': 100, '3.2': 80, '3.3.2': 70 });
  const previous = comparableTables(format2019, { format: '2014', tables: last });
  const [chart] = renderCharts({ tables, year: 2019, format: '2019' }, { previous });
  expect(chart?.rows.filter(([, before]) => before !== null)).toEqual([
    ['新收申请（件）', 100, 117, 17],
    ['办结申请（件）', 80, 114, 34],
  ]);
});
