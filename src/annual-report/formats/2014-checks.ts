import type { CheckSpec, Level } from './format.ts';

const channels = ['1.2.1', '1.2.2', '1.2.3', '1.2.4', '1.2.5'];

const sum = (rule: string, total: string, count: number): CheckSpec => ({
  rule,
  level: 'error',
  kind: 'sum',
  total,
  parts: Array.from({ length: count }, (_, index) => `${total}.${index + 1}`),
});

const atMost = (
  rule: string,
  level: Level,
  left: readonly string[],
  right: readonly string[],
  hint?: string,
): CheckSpec => ({ rule, level, kind: 'at-most', left, right, hint });

/** S1 to S17, then the rows that should carry a 0 rather than nothing. */
export const checks2014: readonly CheckSpec[] = [
  sum('S1', '3.1', 4),
  sum('S2', '3.2', 2),
  sum('S3', '3.3', 8),
  sum('S4', '3.3.4', 6),
  sum('S5', '4', 3),
  sum('S5', '5', 3),
  sum('S6', '8.3', 2),
  atMost('S7', 'error', ['2.2.1.1'], ['2.2.1']),
  atMost('S7', 'error', ['2.2.2.1'], ['2.2.2']),
  atMost('S7', 'error', ['1.1.1'], ['1.1']),
  atMost('S8', 'error', ['1.1.1'], ['1.1.2'], '公开的规范性文件不能多于制发的规范性文件'),
  {
    rule: 'S9',
    level: 'error',
    kind: 'max-at-most',
    parts: channels,
    total: '1.1',
    hint: '任一渠道公开的信息都应计入主动公开总数',
  },
  atMost(
    'S9',
    'warning',
    ['1.1'],
    channels,
    '每条主动公开的信息至少通过一种渠道公开，请补报渠道数或核对总数',
  ),
  {
    rule: 'S9',
    level: 'notice',
    kind: 'equal-notice',
    parts: channels,
    total: '1.1',
    hint: '只有全年没有一条信息通过两种以上渠道公开时才会相等，请核对是否按“不同渠道和方式公开相同信息计1条”统计',
  },
  {
    rule: 'S10',
    level: 'warning',
    kind: 'at-most',
    left: ['3.2'],
    right: ['3.1'],
    carriedIn: [{ row: '3.1' }, { row: '3.2', sign: -1 }],
    hint: '办结数多出的部分应为上年结转的申请，请核对',
  },
  atMost('S11', 'warning', ['3.2'], ['3.3'], '办结的申请通常至少有一个答复，请核对'),
  atMost(
    'S12',
    'warning',
    ['2.1'],
    ['2.2.1', '2.2.2', '2.2.3', '2.2.4', '2.2.5'],
    '每次回应至少通过一种渠道，请补报渠道数或核对总数',
  ),
  atMost(
    'S12',
    'warning',
    ['2.2.4', '2.2.5'],
    ['2.1'],
    '如有事件通过两种以上渠道回应，请在正文中说明；否则请核对是否把总数重复填入某一渠道',
  ),
  { rule: 'S13', level: 'warning', kind: 'requires', when: '7', needs: '3.1', hint: '没有申请就不应有收费' },
  {
    rule: 'S13',
    level: 'warning',
    kind: 'requires',
    when: '9.3',
    needs: '9.2',
    hint: '有受训人员就应有培训班',
  },
  { rule: 'S14', level: 'error', kind: 'number-form' },
  { rule: 'S15', level: 'warning', kind: 'prose' },
  { rule: 'S16', level: 'notice', kind: 'year-on-year', percent: 50, hint: '请在正文中说明原因' },
  { rule: 'S17', level: 'error', kind: 'consolidation' },
  {
    rule: 'X7',
    level: 'notice',
    kind: 'blank-should-be-zero',
    rows: ['8.2'],
    hint: '设置政府信息查阅场所是法定职责，请填实际个数，确未设置的填 0',
  },
  {
    rule: 'X9',
    level: 'notice',
    kind: 'blank-should-be-zero',
    rows: ['7'],
    hint: '全年未收取费用的应填 0',
  },
  {
    rule: 'X10',
    level: 'notice',
    kind: 'blank-should-be-zero',
    rows: ['4', '5', '6'],
    hint: '全年没有发生的应填 0',
  },
];
