import chineseDays from 'chinese-days';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { shippedCalendar, shippedNotices } from '../core/calendar-data.ts';
import { buildCalendar } from './calendar.ts';
import { dateOf, dayNumber, formatDay, parseDay, weekdayOf } from './day-number.ts';
import { isMakeUpWorkday, parseNotice } from './notices.ts';

const calendar = shippedCalendar();
const date = (text: string) => Temporal.PlainDate.from(text);
const day = (text: string) => parseDay(text) as number;

/** Days off (inclusive ranges) and make-up workdays as the notices of 2018 to 2024 name them. */
const published: [year: number, off: string, work: string][] = [
  [
    2018,
    '01-01 02-15..02-21 04-05..04-07 04-29..05-01 06-18 09-24 10-01..10-07 12-30..12-31',
    '02-11 02-24 04-08 04-28 09-29 09-30 12-29',
  ],
  [
    2019,
    '01-01 02-04..02-10 04-05 05-01..05-04 06-07 09-13 10-01..10-07',
    '02-02 02-03 04-28 05-05 09-29 10-12',
  ],
  [
    2020,
    '01-01 01-24..02-02 04-04..04-06 05-01..05-05 06-25..06-27 10-01..10-08',
    '01-19 04-26 05-09 06-28 09-27 10-10',
  ],
  [
    2021,
    '01-01..01-03 02-11..02-17 04-03..04-05 05-01..05-05 06-12..06-14 09-19..09-21 10-01..10-07',
    '02-07 02-20 04-25 05-08 09-18 09-26 10-09',
  ],
  [
    2022,
    '01-01..01-03 01-31..02-06 04-03..04-05 04-30..05-04 06-03..06-05 09-10..09-12 10-01..10-07 12-31',
    '01-29 01-30 04-02 04-24 05-07 10-08 10-09',
  ],
  [
    2023,
    '01-01..01-02 01-21..01-27 04-05 04-29..05-03 06-22..06-24 09-29..10-06',
    '01-28 01-29 04-23 05-06 06-25 10-07 10-08',
  ],
  [
    2024,
    '01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07',
    '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  ],
];

describe('shipped calendar', () => {
  it.each(published)(
    '%i has the days off and make-up workdays of its notices, and no others',
    (year, off, work) => {
      const offDays = new Set<number>();
      for (const range of off.split(' ')) {
        const [first, last = first] = range.split('..').map((text) => day(`${year}-${text}`)) as [
          number,
          number?,
        ];
        for (let each = first; each <= last; each++) offDays.add(each);
      }
      const workDays = new Set(work.split(' ').map((text) => day(`${year}-${text}`)));
      for (let each = day(`${year}-01-01`); each <= day(`${year}-12-31`); each++) {
        const expected = workDays.has(each) || (!offDays.has(each) && weekdayOf(each) <= 5);
        expect(calendar.numbers.isWorkingDay(each), formatDay(each)).toBe(expected);
      }
    },
  );

  it('agrees with chinese-days on every day of the published years', () => {
    const differing: string[] = [];
    for (let each = day('2008-01-01'); each <= day(`${calendar.newestYear}-12-31`); each++) {
      const text = formatDay(each);
      if (chineseDays.isWorkday(text) !== calendar.numbers.isWorkingDay(each)) differing.push(text);
    }
    expect(differing).toEqual([]);
  });

  it('covers 2008 to the newest year without a gap', () => {
    expect(calendar.oldestYear).toBe(2008);
    for (let year = 2008; year <= calendar.newestYear; year++) expect(calendar.isPublished(year)).toBe(true);
    expect(calendar.isPublished(calendar.newestYear + 1)).toBe(false);
  });

  it('has make-up workdays on Saturdays and Sundays only', () => {
    const work = shippedNotices().flatMap((notice) => notice.days.filter((each) => !each.isOffDay));
    expect(work.length).toBeGreaterThan(90);
    expect(work.filter((each) => !isMakeUpWorkday(each))).toEqual([]);
  });
});

describe('layers', () => {
  const firstNotices = shippedNotices().filter(
    (notice) => !notice.notices.some(({ title }) => /调整|延长/.test(title)),
  );

  it('follows the later notice of a year: Labour Day of 2019 and the long Spring Festival of 2020', () => {
    const before = buildCalendar(firstNotices);
    expect(before.isWorkingDay(date('2019-05-02'))).toBe(true);
    expect(calendar.isWorkingDay(date('2019-05-02'))).toBe(false);
    expect(before.isWorkingDay(date('2020-01-31'))).toBe(true);
    expect(before.isWorkingDay(date('2020-02-01'))).toBe(true);
    expect(calendar.isWorkingDay(date('2020-02-01'))).toBe(false);
    expect(before.version).not.toBe(calendar.version);
  });

  it('does not depend on the order in which dated notices are given', () => {
    expect(buildCalendar(shippedNotices().toReversed()).version).toBe(calendar.version);
  });

  it('a dated amendment prevails over the undated first notice of its year, in whatever order they come', () => {
    const first = {
      year: 2030,
      notices: [{ title: '通知' }],
      days: [{ date: '2030-05-02', name: '劳动节', isOffDay: true }],
    };
    const later = {
      year: 2030,
      notices: [{ title: '调整', date: '2030-03-01' }],
      days: [{ date: '2030-05-02', name: '劳动节', isOffDay: false }],
    };
    for (const order of [
      [first, later],
      [later, first],
    ]) {
      expect(buildCalendar(order).isWorkingDay(date('2030-05-02'))).toBe(true);
    }
  });

  it('lays local days over every notice', () => {
    const local = buildCalendar(shippedNotices(), [
      { date: '2018-04-13', name: '泼水节', isOffDay: true },
      { date: '2018-10-01', name: '防汛值守', isOffDay: false },
    ]);
    expect(local.isWorkingDay(date('2018-04-13'))).toBe(false);
    expect(local.why(date('2018-04-13'))).toBe('地方假日：泼水节');
    expect(local.isWorkingDay(date('2018-10-01'))).toBe(true);
    expect(local.version).not.toBe(calendar.version);
  });

  it('an imported notice makes its year published', () => {
    const year = calendar.newestYear + 1;
    const notice = parseNotice({
      year,
      notices: [{ title: `国务院办公厅关于${year}年部分节假日安排的通知` }],
      days: [{ date: `${year}-01-01`, name: '元旦', isOffDay: true }],
    });
    expect(buildCalendar([...shippedNotices(), notice]).newestYear).toBe(year);
  });
});

describe('parseNotice', () => {
  it('names every faulty field in Chinese', () => {
    const faults = faultsOf({
      year: 2027.5,
      notices: [{ title: ' ', date: '2026-13-01' }],
      days: [{ date: '2027-02-30', name: '', isOffDay: '是' }],
    });
    expect(faults).toEqual({
      year: '年份应为 2000 至 2100 之间的整数',
      'notices.0.title': '请填写通知标题',
      'notices.0.date': '成文日期应写成 YYYY-MM-DD',
      'days.0.date': '日期应写成 YYYY-MM-DD，且是日历上有的日子',
      'days.0.name': '请填写节日名称',
      'days.0.isOffDay': '请填写 true（放假）或 false（上班）',
    });
  });

  it('refuses a day of another year and a day named twice', () => {
    const off = { name: '元旦', isOffDay: true };
    const faults = faultsOf({
      year: 2027,
      notices: [{ title: '通知' }],
      days: [
        { date: '2026-11-30', ...off },
        { date: '2026-12-31', ...off },
        { date: '2027-01-01', ...off },
        { date: '2027-01-01', ...off },
      ],
    });
    expect(Object.keys(faults)).toEqual(['days.0.date', 'days.3.date']);
  });

  it.each([null, [], 'x', 3])('refuses %j as a whole', (json) => {
    expect(Object.keys(faultsOf(json))).toEqual(['']);
  });

  function faultsOf(json: unknown): Record<string, string> {
    try {
      parseNotice(json);
    } catch (error) {
      return (error as { fields: Record<string, string> }).fields;
    }
    return {};
  }
});

describe('counting', () => {
  const anyDay = fc.integer({ min: day('2000-01-01'), max: day('2045-12-31') });

  it('rank and select undo each other, also outside the published years', () => {
    fc.assert(
      fc.property(anyDay, (each) => {
        const { rank, select, isWorkingDay } = calendar.numbers;
        const back = select(rank(each));
        expect(isWorkingDay(back)).toBe(true);
        expect(rank(back)).toBe(rank(each));
        expect(back <= each).toBe(true);
        if (isWorkingDay(each)) expect(back).toBe(each);
      }),
    );
  });

  it('rank counts one by one', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 400 }), (from, length) => {
        let counted = 0;
        for (let each = from + 1; each <= from + length; each++)
          if (calendar.numbers.isWorkingDay(each)) counted++;
        expect(calendar.numbers.rank(from + length) - calendar.numbers.rank(from)).toBe(counted);
      }),
      { numRuns: 300 },
    );
  });

  it('day numbers and dates undo each other', () => {
    fc.assert(
      fc.property(anyDay, (each) => {
        expect(dayNumber(dateOf(each))).toBe(each);
        expect(parseDay(dateOf(each).toString())).toBe(each);
        expect(formatDay(each)).toBe(dateOf(each).toString());
        expect(weekdayOf(each)).toBe(dateOf(each).dayOfWeek);
      }),
    );
  });

  it.each([
    '2018-2-05',
    '2018-02-30',
    '2019-02-29',
    '20180205',
    '2018-02-05T00:00',
    '',
    '2018-00-10',
    'abcd-ef-gh',
  ])('does not take %j for a date', (text) => expect(parseDay(text)).toBeNull());

  it('says why each day counts or not', () => {
    const why = (text: string) => calendar.why(date(text));
    expect(why('2018-02-05')).toBe('工作日（周一）');
    expect(why('2018-02-11')).toBe('春节调休上班（周日）');
    expect(why('2018-02-15')).toBe('春节放假（周四）');
    expect(why('2018-02-10')).toBe('周六休息');
    expect(why(`${calendar.newestYear + 1}-03-01`)).toContain('尚未公布');
  });
});
