import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { shippedCalendar } from '../core/calendar-data.ts';
import { annualReportDue } from './annual-report-dates.ts';
import { type Consultation, consultationTime, usedWorkingDays } from './consultations.ts';
import { type Channel, receiptOf } from './receipt.ts';
import { regimeAt } from './regimes.ts';
import { remedyNotice } from './remedies.ts';
import { type ReplyKind, replyKind, replyKinds, replyKindsOf } from './reply-kinds.ts';
import { defaultLawSettings } from './settings.ts';
import { chineseNumber, cite } from './statutes.ts';
import { type Delivery, timelinessOf } from './timeliness.ts';

const calendar = shippedCalendar();
const date = (text: string) => Temporal.PlainDate.from(text);

describe('regime', () => {
  it.each([
    ['2008-05-01', 'R2008'],
    ['2019-05-14', 'R2008'],
    ['2019-05-15', 'R2019'],
  ])('%s: %s', (received, code) => expect(regimeAt(date(received)).code).toBe(code));
});

describe('received date', () => {
  it.each<[Channel, string, string | null, string, string]>([
    ['in-person', '2018-03-01', '2018-03-05', '2018-03-01', 'day of submission, whatever is confirmed later'],
    ['signed-post', '2018-03-01', null, '2018-03-01', 'day of signing'],
    ['ordinary-post', '2018-03-01', '2018-03-05', '2018-03-05', 'day of confirmation'],
    ['fax', '2018-03-01', '2018-03-02', '2018-03-02', 'day of confirmation'],
    ['internet', '2018-03-01', '2018-03-05', '2018-03-05', 'day of confirmation'],
    ['email', '2018-03-01', '2018-03-05', '2018-03-01', 'under 492 the day the mail arrives'],
    ['email', '2023-03-01', '2023-03-06', '2023-03-06', 'under 711 the day of confirmation'],
    ['internet', '2023-03-01', '2023-03-06', '2023-03-06', 'day of confirmation'],
    ['in-person', '2023-03-01', null, '2023-03-01', 'day of submission'],
  ])('%s of %s confirmed %s: %s, %s', (channel, submitted, confirmed, received) => {
    const receipt = receiptOf({
      channel,
      submittedOn: date(submitted),
      confirmedOn: confirmed === null ? null : date(confirmed),
    });
    expect(receipt.receivedOn?.toString()).toBe(received);
    expect(receipt.reason.article).toMatch(submitted < '2019' ? /207号/ : /第三十一条/);
  });

  it('the day of confirmation decides the regime of a web request sent on the last day of 492', () => {
    const web = { channel: 'internet' as const, submittedOn: date('2019-05-14') };
    expect(receiptOf({ ...web, confirmedOn: date('2019-05-16') }).regime?.code).toBe('R2019');
    expect(receiptOf({ ...web, confirmedOn: date('2019-05-14') }).regime?.code).toBe('R2008');
    expect(receiptOf({ ...web, channel: 'email', confirmedOn: date('2019-05-16') }).regime?.code).toBe(
      'R2008',
    );
  });

  it('an unconfirmed request waits when the office confirms by hand, and starts on arrival when it confirms at once', () => {
    const web = { channel: 'internet' as const, submittedOn: date('2023-03-01') };
    const waiting = receiptOf(web, { ...defaultLawSettings, confirmOnArrival: false });
    expect(waiting).toMatchObject({ receivedOn: null, regime: null });
    expect(waiting.reason.text).toContain('尚未确认');
    expect(receiptOf(web).receivedOn?.toString()).toBe('2023-03-01');
  });

  it('the published rule of the agency may set the day of submission under 492', () => {
    const web = {
      channel: 'internet' as const,
      submittedOn: date('2018-03-01'),
      confirmedOn: date('2018-03-05'),
    };
    const settings = { ...defaultLawSettings, webReceipt2008: 'submission' as const };
    expect(receiptOf(web, settings).receivedOn?.toString()).toBe('2018-03-01');
  });

  it('refuses a confirmation before the submission', () => {
    const early = {
      channel: 'fax' as const,
      submittedOn: date('2018-03-05'),
      confirmedOn: date('2018-03-01'),
    };
    expect(() => receiptOf(early)).toThrow(expect.objectContaining({ code: 'confirmed-before-submission' }));
  });
});

describe('consultations', () => {
  const letter: Consultation = {
    party: 'third-party',
    sentOn: date('2022-09-20'),
    deliveredOn: date('2022-09-22'),
    answeredOn: null,
  };
  const on = (consultation: Partial<Consultation>, regime: 'R2008' | 'R2019', today: string) =>
    consultationTime({ ...letter, ...consultation }, regime, date(today), calendar);

  it('lapses 15 working days after delivery', () => {
    const time = on({}, 'R2019', '2022-11-01');
    expect(time.lapsesOn?.toString()).toBe('2022-10-18');
    expect(time).toMatchObject({ open: false, silence: 'agency-decides' });
    expect(time.suspension?.until.toString()).toBe('2022-10-18');
  });
  it('ends with the answer', () => {
    expect(on({ answeredOn: date('2022-09-30') }, 'R2019', '2022-11-01').suspension?.until.toString()).toBe(
      '2022-09-30',
    );
  });
  it('an answer after the lapse gains nothing', () => {
    expect(on({ answeredOn: date('2022-10-28') }, 'R2019', '2022-11-01').suspension?.until.toString()).toBe(
      '2022-10-18',
    );
  });
  it('grows while it is open', () => {
    const time = on({}, 'R2019', '2022-09-27');
    expect(time.open).toBe(true);
    expect(time.suspension?.until.toString()).toBe('2022-09-27');
  });
  it('silence of a co-producing agency is consent; under 492 its letter does not stop the clock', () => {
    expect(on({ party: 'co-producer' }, 'R2019', '2022-11-01').silence).toBe('agrees');
    const old = { party: 'co-producer' as const, sentOn: date('2018-03-05'), deliveredOn: null };
    expect(on(old, 'R2008', '2018-03-20')).toMatchObject({ suspension: null, lapsesOn: null, silence: null });
    expect(on({ ...old, party: 'third-party' }, 'R2008', '2018-03-20').suspension).not.toBeNull();
  });
  it('used working days are those elapsed less those suspended', () => {
    const suspension = { from: date('2018-03-05'), until: date('2018-03-15') };
    expect(usedWorkingDays(date('2018-03-01'), date('2018-03-20'), [suspension], calendar)).toBe(13 - 8);
    expect(usedWorkingDays(date('2018-03-01'), date('2018-03-20'), [suspension, suspension], calendar)).toBe(
      13 - 8,
    );
    expect(usedWorkingDays(date('2018-03-01'), date('2018-03-07'), [suspension], calendar)).toBe(2);
    expect(usedWorkingDays(date('2018-03-01'), date('2018-02-20'), [], calendar)).toBe(0);
  });
});

describe('timeliness', () => {
  const due = date('2018-03-01');
  const posted: Delivery = {
    method: 'post',
    issuedOn: date('2018-02-28'),
    dispatchedOn: date('2018-03-01'),
    deliveredOn: date('2018-03-06'),
  };
  const judge = (delivery: Delivery | null, today = '2018-03-10') =>
    timelinessOf(due, delivery, date(today), calendar);

  it('a letter posted on the last day is in time, however late it arrives', () => {
    expect(judge(posted)).toMatchObject({ state: 'in-time', lateBy: 0 });
  });
  it('one posted the day after is late by a working day', () => {
    expect(judge({ ...posted, dispatchedOn: date('2018-03-02') })).toMatchObject({
      state: 'late',
      lateBy: 1,
    });
  });
  it('by hand or by courier the day of arrival decides', () => {
    expect(judge({ ...posted, method: 'direct' })).toMatchObject({ state: 'late', lateBy: 3 });
    const courier = judge({ ...posted, method: 'courier' });
    expect(courier.state).toBe('late');
    expect(courier.reason.text).toContain('邮政企业');
  });
  it('a reply signed but not sent does not stop the clock', () => {
    const unsent = { ...posted, dispatchedOn: null, deliveredOn: null };
    expect(judge(unsent, '2018-02-28')).toMatchObject({ state: 'open', left: 1 });
    expect(judge(unsent, '2018-03-02')).toMatchObject({ state: 'overdue', left: 0, lateBy: 1 });
    expect(judge(null, '2018-03-01')).toMatchObject({ state: 'open', left: 0 });
  });
  it('an installation may judge post by delivery', () => {
    const settings = { ...defaultLawSettings, timelyBy: 'delivery' as const };
    expect(timelinessOf(due, posted, date('2018-03-10'), calendar, settings).state).toBe('late');
  });
});

describe('reply kinds', () => {
  it('cover every result row of the tables once, except full disclosure, which has two forms', () => {
    const rows = replyKindsOf('R2019').map((kind) => kind.row);
    const eight = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${prefix}.${index + 1}`);
    expect(rows).toEqual([
      '3.1',
      '3.1',
      '3.2',
      ...eight('3.3', 8),
      ...eight('3.4', 3),
      ...eight('3.5', 5),
      ...eight('3.6', 3),
    ]);
    expect(replyKindsOf('R2008').map((kind) => kind.row)).toEqual([
      '3.3.1',
      '3.3.2',
      '3.3.3',
      ...eight('3.3.4', 6),
      '3.3.5',
      '3.3.6',
      '3.3.7',
      '3.3.8',
    ]);
  });
  it('have codes of their own, and all but full disclosure must give reasons', () => {
    expect(new Set(replyKinds.map((kind) => kind.code)).size).toBe(replyKinds.length);
    expect(replyKinds.filter((kind) => !kind.reasonRequired).map((kind) => kind.code)).toEqual([
      'A1',
      'A2',
      'B1.1',
      'B1.2',
    ]);
  });
});

describe('remedy paragraph', () => {
  const bodies = { reconsideration: '昆明市人民政府', court: '昆明铁路运输法院' };
  const notice = (code: string, repliedOn: string, settings = defaultLawSettings) =>
    remedyNotice({ kind: replyKind(code) as ReplyKind, repliedOn: date(repliedOn) }, bodies, settings);

  it.each<[string, string, boolean]>([
    ['B3.1', '2023-12-31', false],
    ['B3.1', '2024-01-01', true],
    ['B3.8', '2024-01-01', true],
    ['B2', '2024-01-01', true],
    ['B1.2', '2024-01-01', false],
    ['B4.1', '2024-01-01', false],
    ['B5.1', '2024-01-01', false],
    ['B6.1', '2024-01-01', false],
    ['A4.2', '2018-06-01', false],
  ])('%s replied on %s: reconsideration first is %s', (code, on, first) => {
    expect(notice(code, on).reconsiderationFirst).toBe(first);
  });
  it('leaves the choice before 2024', () => {
    expect(notice('A4.2', '2018-06-01').paragraph).toBe(
      '如对本答复不服，可以自收到本答复之日起60日内向昆明市人民政府申请行政复议，或者自收到本答复之日起6个月内向昆明铁路运输法院提起行政诉讼。',
    );
  });
  it('names reconsideration as the first step of a refusal from 2024', () => {
    const { paragraph, reasons } = notice('B3.4', '2024-03-01');
    expect(paragraph).toContain('应当先自收到本答复之日起60日内向昆明市人民政府申请行政复议');
    expect(paragraph).toContain('15日内');
    expect(reasons[0]?.article).toBe('《中华人民共和国行政复议法》（2023年修订）第二十三条第一款第（四）项');
  });
  it('the refused part of a partly disclosed answer follows the setting', () => {
    expect(notice('B2', '2024-03-01').paragraph).toContain('不予公开部分');
    const settings = { ...defaultLawSettings, partialNeedsReconsideration: false };
    expect(notice('B2', '2024-03-01', settings).reconsiderationFirst).toBe(false);
  });
});

it.each([
  [2018, 'agency', '2019-03-31'],
  [2018, 'authority', '2019-03-31'],
  [2019, 'agency', '2020-01-31'],
  [2019, 'authority', '2020-03-31'],
] as const)('the report on %i of the %s is due on %s', (year, role, due) => {
  expect(annualReportDue(year, role).due.toString()).toBe(due);
});

describe('citations', () => {
  it.each([
    [1, '一'],
    [10, '十'],
    [15, '十五'],
    [20, '二十'],
    [33, '三十三'],
    [100, '一百'],
    [105, '一百零五'],
    [110, '一百一十'],
  ])('%i is %s', (value, text) => expect(chineseNumber(value)).toBe(text));
  it('name law, number and place', () => {
    expect(cite({ statute: '711', article: 36, item: 7 })).toBe(
      '《中华人民共和国政府信息公开条例》（国务院令第711号）第三十六条第（七）项',
    );
    expect(cite({ statute: 'opinion-207' })).toBe('国办公开办函〔2015〕207号');
  });
});
