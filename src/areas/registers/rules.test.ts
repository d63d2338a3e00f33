import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, test } from 'vitest';
import { countedKinds } from './countings.ts';
import { effectsOf } from './effects.ts';
import { peopleOf } from './people.ts';
import type { RegisterKey } from './register.ts';
import { registers } from './registers.ts';
import { clean, type Given, readEntry, voidReasonProblem } from './rules.ts';

const today = Temporal.PlainDate.from('2019-01-10');
const units = new Map<string, number | null>([
  ['BGS', 1],
  ['办公室', 1],
  ['综合科', null],
  ['ZH1', 7],
]);

const sound: Record<RegisterKey, Given> = {
  meetings: { heldOn: '2018-03-16', kind: '工作会议', title: '政府信息公开工作会议' },
  trainings: { heldOn: '2018-04-12', title: '信息发布员培训', attendance: '张三 办公室\n李四 财政局' },
  staff: { name: '张三', kind: '专职', fromOn: '2018-01-01' },
  budgets: { approvedOn: '2018-02-26', kind: '政府信息公开专项经费', amount: '50000', purpose: '培训' },
  offices: { name: '公开办', kind: '专门机构', openedOn: '2009-06-01' },
  'reading-places': {
    name: '市图书馆',
    kind: '公共图书馆',
    address: '人民路 1 号',
    openedOn: '2009-06-01',
  },
};

const read = (key: RegisterKey, more: Given = {}) =>
  readEntry(registers[key], { ...sound[key], ...more }, { today, units });

test.each(Object.keys(sound) as RegisterKey[])('a plain entry of %s is taken', (key) => {
  expect(read(key).errors).toBeNull();
});

describe('what a field takes', () => {
  test.each<[RegisterKey, string, string, string | number | null]>([
    ['meetings', 'heldOn', '2018/3/16', '2018-03-16'],
    ['meetings', 'heldOn', '2018年3月16日', '2018-03-16'],
    ['meetings', 'heldOn', '２０１８－０３－１６', '2018-03-16'],
    ['meetings', 'heldOn', '2018-03-16 00:00:00', '2018-03-16'],
    ['meetings', 'heldOn', '2019-01-10', '2019-01-10'],
    ['meetings', 'attendees', '４６', 46],
    ['meetings', 'attendees', '1,200', 1200],
    ['meetings', 'attendees', '0', 0],
    ['meetings', 'attendees', '', null],
    ['meetings', 'kind', ' 专题会议 ', '专题会议'],
    ['meetings', 'title', '公开\n工作会议', '公开 工作会议'],
    ['meetings', 'title', '公开\u0000会议', '公开会议'],
    ['meetings', 'title', '培训（第一期）', '培训（第一期）'],
    ['meetings', 'unit', 'BGS', 1],
    ['meetings', 'unit', '办公室', 1],
    ['meetings', 'unit', '', null],
    ['meetings', 'note', '第一行\r\n第二行', '第一行\n第二行'],
    ['budgets', 'amount', '５０，０００', 50000],
    ['budgets', 'amount', '50000.01元', 50000.01],
    ['budgets', 'amount', '0', 0],
    ['budgets', 'amount', '99999999999.99', 99999999999.99],
    ['offices', 'kind', '专门机构', '专门机构'],
    ['staff', 'fromOn', '2020-01-10', '2020-01-10'],
    ['staff', 'toOn', '2018-01-01', '2018-01-01'],
  ])('%s.%s %j', (key, field, given, value) => {
    expect(read(key, { [field]: given }).values?.[field]).toBe(value);
  });
});

describe('what a field refuses, and what to do instead', () => {
  test.each<[RegisterKey, string, string, string]>([
    ['meetings', 'heldOn', '', '请填写召开日期'],
    ['meetings', 'heldOn', '2018-02-30', '实际存在的日期'],
    ['meetings', 'heldOn', '三月十六日', '实际存在的日期'],
    ['meetings', 'heldOn', '1918-03-16', '过早'],
    ['meetings', 'heldOn', '2019-01-11', '晚于今天'],
    ['meetings', 'attendees', '-1', '不能是负数或小数'],
    ['meetings', 'attendees', '1.5', '不能是负数或小数'],
    ['meetings', 'attendees', '100001', '0 至 100000'],
    ['meetings', 'attendees', '约五十', '整数'],
    ['meetings', 'kind', '茶话会', '应为：工作会议、专题会议'],
    ['meetings', 'title', '会', '至少写 2 个字'],
    ['meetings', 'title', '会'.repeat(201), '最多 200 个字，现在有 201 个'],
    ['meetings', 'unit', '外交部', '没有“外交部”这个部门'],
    ['meetings', 'unit', '综合科', '有几个部门都叫“综合科”'],
    ['meetings', 'note', '长'.repeat(501), '最多 500 个字'],
    ['trainings', 'attendance', '张三 办公室\n张三\t办公室', '第 2 行与第 1 行相同'],
    ['trainings', 'attendance', '长'.repeat(101), '名单第 1 行过长'],
    ['staff', 'fromOn', '2020-01-11', '超出今天一年以上'],
    ['staff', 'toOn', '2017-12-31', '任职终止不能早于任职起始'],
    ['budgets', 'amount', '-1', '不小于 0'],
    ['budgets', 'amount', '1.234', '最多两位小数'],
    ['budgets', 'amount', '5万', '单位是元'],
    ['budgets', 'amount', '100000000000', '不小于 0'],
    ['reading-places', 'address', '无', '至少写 2 个字'],
  ])('%s.%s %j', (key, field, given, message) => {
    expect(read(key, { [field]: given }).errors?.[field]).toContain(message);
  });

  it('tells every wrong field at once', () => {
    expect(Object.keys(read('meetings', { heldOn: '', kind: '', title: '' }).errors ?? {})).toEqual([
      'heldOn',
      'kind',
      'title',
    ]);
  });
});

describe('persons trained', () => {
  test.each<[string, string, number | string]>([
    ['张三 办公室\n李四 财政局', '', 2],
    ['张三 办公室\n李四 财政局', '2', 2],
    ['张三 办公室\n李四 财政局', '50', '名单有 2 人，与填写的 50 人次不一致'],
    ['', '50', 50],
    ['', '0', 0],
    ['', '', '请填写签到名单，或填写接受培训人次'],
    ['\n \n', '', '请填写签到名单，或填写接受培训人次'],
  ])('list %j, number %j', (attendance, trainees, expected) => {
    const { values, errors } = read('trainings', { attendance, trainees });
    if (typeof expected === 'number') expect(values?.trainees).toBe(expected);
    else expect(errors?.trainees).toContain(expected);
  });

  it('takes what Excel puts on the clipboard: tabs, blank rows, a heading', () => {
    expect(peopleOf('姓名\t部门\r\n张三\t办公室\r\n\r\n李四\u3000财政局\r\n')).toEqual([
      '张三 办公室',
      '李四 财政局',
    ]);
  });
});

describe('what an entry counts for', () => {
  const effects = (key: RegisterKey, more: Given = {}) => {
    const { values } = read(key, more);
    return effectsOf(registers[key], values ?? {}, today).map(
      ({ figure, quantity, from, to }) => `${figure.slice(10)} ${quantity} ${from}-${to}`,
    );
  };

  test.each<[string, RegisterKey, Given, string[]]>([
    ['a work meeting', 'meetings', {}, ['meetings 1 2018-2018']],
    ['a briefing kept for reference', 'meetings', { kind: '主要负责人听取汇报' }, []],
    ['a training', 'trainings', {}, ['trainings 1 2018-2018', 'trainees 2 2018-2018']],
    ['a special budget in 万元', 'budgets', { amount: '50000.01' }, ['budget 5.000001 2018-2018']],
    ['the budget of the gazette', 'budgets', { kind: '政府公报编辑管理' }, []],
    ['a full-time post that lasts', 'staff', {}, ['staff.total 1 2018-2019', 'staff.full-time 1 2018-2019']],
    ['a publisher', 'staff', { kind: '信息发布员' }, []],
    [
      'a post ended on 31 December',
      'staff',
      { toOn: '2018-12-31' },
      ['staff.total 1 2018-2018', 'staff.full-time 1 2018-2018'],
    ],
    ['a post ended on 30 December', 'staff', { toOn: '2018-12-30' }, []],
    [
      'a post that ends next year',
      'staff',
      { toOn: '2019-12-31' },
      ['staff.total 1 2018-2019', 'staff.full-time 1 2018-2019'],
    ],
    ['a post that begins next year', 'staff', { fromOn: '2020-01-01' }, []],
    ['an old office', 'offices', {}, ['offices 1 2009-2019']],
    ['another kind of office', 'offices', { kind: '其他' }, []],
    [
      'a reading place of any kind',
      'reading-places',
      { kind: '其他', closedOn: '2010-05-01' },
      ['reading-places 1 2009-2009'],
    ],
  ])('%s', (_, key, more, expected) => {
    expect(effects(key, more)).toEqual(expected);
  });

  it('knows which kinds count', () => {
    expect(countedKinds('staff')).toEqual(['专职', '兼职']);
    expect(countedKinds('reading-places')).toBeNull();
  });
});

test.each([
  ['', false],
  [' 误 ', false],
  ['误\u0000', false],
  ['重复', true],
  ['长'.repeat(200), true],
  ['长'.repeat(201), false],
])('reason %j is enough: %s', (reason, enough) => {
  expect(voidReasonProblem(clean(reason)) === null).toBe(enough);
});
