import { describe, expect, test } from 'vitest';
import { lineOf } from './line.ts';
import { otherPeriods } from './period.ts';

const check = (text: string, key = 'preface') =>
  otherPeriods(lineOf([{ kind: 'text', text }]), { key, title: '', blocks: [] }, 2018).map(
    ({ left, verdict }) => [left, verdict],
  );

describe('N5: the period of the figures is the year of the report', () => {
  test.each([
    '本报告所列数据的统计期限为2018年1月1日至2018年12月31日。',
    '报告所列数据的统计时间为 2018 年 1 月 1 日至 12 月 31 日。',
    '统计期限自２０１８年１月１日起至２０１８年１２月３１日止',
    '（2018年度）',
    '2018年度',
    '现公布高新区2018年政府信息公开工作年度报告。',
    '根据2017年政府信息公开工作年度报告反映的问题，认真整改。',
    '现向社会公布2018年度政府信息公开工作年度报告',
    '开展2019年工作的初步计划安排',
    '2017年收到申请5件，2018年收到申请7件。',
    '已于2018年3月31日前公布上一年度2017年政府信息公开年度报告。',
    '编印2018年1月1日至2018年6月30日的半年小结。',
    '2017年，收到申请5件；2018年，收到申请7件。',
    '2017年5月15日，修订草案公开征求意见。',
    '',
  ])('holds: %s', (text) => {
    expect(check(text)).toEqual([]);
  });

  test.each([
    ['本报告所列数据的统计期限为2017年1月1日至2017年12月31日。', 'preface', 2017, 'wrong'],
    ['统计时间为2017年1月1日至12月31日。', 'preface', 2017, 'wrong'],
    ['本报告所列数据的统计期限为2018年1月1日至2019年12月31日。', 'preface', 2019, 'wrong'],
    ['统计期限自 2017 年 1 月 1 日起至 2017 年 12 月 31 日止', 'preface', 2017, 'wrong'],
    ['统计期限自２０１７年１月１日起至２０１７年１２月３１日止', 'preface', 2017, 'wrong'],
    ['(2017年度)', 'others', 2017, 'wrong'],
    ['开展活动：2017年1月1日至2017年12月31日', 'proactive', 2017, 'uncertain'],
    ['现公布高新区2017年政府信息公开工作年度报告。', 'preface', 2017, 'uncertain'],
    ['2017年，我区坚持以公开为常态、不公开为例外。', 'overview', 2017, 'uncertain'],
    ['（二）依申请公开。2017年，收到申请13件。', 'overview', 2017, 'uncertain'],
  ] as const)('does not: %s', (text, key, told, verdict) => {
    expect(check(text, key)).toEqual([[told, verdict]]);
  });
});
