import { expect, test } from 'vitest';
import { buildTables, formatForYear } from '../formats/index.ts';
import { narrativeContext, parseNarrative, statedFigures } from '../narrative/index.ts';
import seed from './fixtures/kunming-2018.json' with { type: 'json' };
import { checkReport } from './index.ts';

const format = formatForYear(2018)!;
const tables = buildTables(format, seed.values);
const context = narrativeContext({ agency: seed.agency, year: seed.year, tables });
const chapters = Object.entries(seed.chapters).map(([key, source]) => ({
  key,
  title: key,
  blocks: parseNarrative(source, context),
}));

test('the published 2018 table and prose show exactly the anomalies that can be seen from them', () => {
  const findings = checkReport({ format, year: 2018, tables, chapters });
  expect(
    findings.map(({ rule, severity, message, chapter }) => ({
      rule,
      severity,
      message,
      ...(chapter && { chapter }),
    })),
  ).toEqual([
    {
      rule: 'S3',
      severity: 'error',
      message: '“(三)申请答复数”为空，各分项合计 3 件（“2.同意公开答复数” 3），应填 3 件。',
    },
    {
      rule: 'S9',
      severity: 'notice',
      message:
        '“1.政府公报公开政府信息数” 5 条、“2.政府网站公开政府信息数” 1927 条、“3.政务微博公开政府信息数” 5810 条、“4.政务微信公开政府信息数” 988 条、“5.其他方式公开政府信息数” 621 条，合计 9351 条，恰好等于“(一)主动公开政府信息数” 9351 条。只有全年没有一条信息通过两种以上渠道公开时才会相等，请核对是否按“不同渠道和方式公开相同信息计1条”统计。',
    },
    {
      rule: 'S12',
      severity: 'warning',
      message:
        '“4.微博微信回应事件数” 127 次、“5.其他方式回应事件数” 17 次，合计 144 次，大于“(一)回应公众关注热点或重大舆情数” 127 次，多 17 次。如有事件通过两种以上渠道回应，请在正文中说明；否则请核对是否把总数重复填入某一渠道。',
    },
    {
      rule: 'X5',
      severity: 'notice',
      message: '正文“41名信息发布员”：信息发布员未计入专职或兼职人员数，请确认统计口径并在正文中说明。',
      chapter: 'overview',
    },
    {
      rule: 'S15',
      severity: 'warning',
      message:
        '同一章中“扶贫工作信息信息21条”多于“重点领域信息13条”，多 8。扶贫信息属于重点领域信息，部分不应多于总数，请核对统计口径。',
      chapter: 'key-areas',
    },
    {
      rule: 'X7',
      severity: 'notice',
      message:
        '“(二)设置政府信息公开查阅点数”为空。设置政府信息查阅场所是法定职责，请填实际个数，确未设置的填 0。',
    },
    {
      rule: 'X9',
      severity: 'notice',
      message: '“七、依申请公开信息收取的费用”为空。全年未收取费用的应填 0。',
    },
    {
      rule: 'X10',
      severity: 'notice',
      message: '“四、行政复议数量”、“五、行政诉讼数量”、“六、举报投诉数量”为空。全年没有发生的应填 0。',
    },
  ]);
});

test('every number of the prose that the table states is tied to its row', () => {
  const stated = chapters.flatMap(({ blocks }) => statedFigures(blocks, format.anchors ?? []));
  expect(stated.map(({ row, value }) => `${row}=${value}`)).toEqual([
    '8.3.1=1',
    '8.3.2=3',
    '9.1=1',
    '9.2=2',
    '9.3=100',
    '8.4=5',
    '1.2.1=5',
    '1.2.2=1927',
    '1.2.3=5810',
    '1.2.4=988',
    '1.2.5=621',
    '2.2.1=4',
    '2.2.1.1=1',
    '2.2.2=2',
    '2.2.2.1=2',
    '2.2.3=275',
    '2.1=127',
    '3.1=3',
    '3.1.1=3',
    '3.1=3',
    '3.3.2=3',
    '2.2.1=4',
  ]);
});
