import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { shippedNotices } from '../../core/calendar-data.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { readNoticeText } from './notice-text.ts';

const of2018 = `国务院办公厅关于2018年
部分节假日安排的通知
国办发明电〔2017〕12号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，现将2018年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
　　一、元旦：1月1日放假，与周末连休。
　　二、春节：2月15日至21日放假调休，共7天。2月11日（星期日）、2月24日（星期六）上班。
　　三、清明节：4月5日至7日放假调休，共3天。4月8日（星期日）上班。
　　四、劳动节：4月29日至5月1日放假调休，共3天。4月28日（星期六）上班。
　　五、端午节：6月18日放假，与周末连休。
　　六、中秋节：9月24日放假，与周末连休。
　　七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期六）、9月30日（星期日）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，遇有重大突发事件，要按规定及时报告并妥善处置，确保人民群众祥和平安度过节日假期。
国务院办公厅
2017年11月30日`;

const of2019 = `国务院办公厅关于2019年部分节假日安排的通知
国办发明电〔2018〕15号
一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日放假。
五、端午节：6月7日放假，与周末连休。
六、中秋节：9月13日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。`;

const amended2019 = `国务院办公厅关于调整2019年劳动节假期安排的通知
国办发明电〔2019〕3号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现对2019年劳动节假期安排作以下调整：2019年5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。
2019年3月22日`;

const of2025 = `国务院办公厅关于2025年部分节假日安排的通知
国办发明电〔2024〕12号
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。`;

const inFull2008 = `国务院办公厅关于2008年部分节假日安排的通知
一、元旦：2007年12月30日—2008年1月1日放假，共3天。其中，1月1日（星期二）为法定节假日，12月30日（星期日）为公休日，12月29日（星期六）公休日调至12月31日（星期一），12月29日（星期六）上班。`;

/** Shipped data may also list the weekend that a holiday adjoins, which changes nothing. */
const plainWeekend = ({ date, isOffDay }: { date: string; isOffDay: boolean }) =>
  isOffDay && Temporal.PlainDate.from(date).dayOfWeek > 5;
const shipped = (year: number, amended: boolean) =>
  shippedNotices()
    .filter((notice) => notice.year === year)
    .filter((notice) => /调整|延长/.test(notice.notices[0]?.title ?? '') === amended)
    .flatMap((notice) => notice.days)
    .filter((day) => !plainWeekend(day))
    .map(({ date, isOffDay }) => `${date} ${isOffDay}`)
    .sort();
const read = (text: string) =>
  readNoticeText(text).notice.days.map(({ date, isOffDay }) => `${date} ${isOffDay}`);

describe('the text of a yearly notice', () => {
  it.each([
    ['2018', of2018, 2018, false],
    ['2019, with New Year in December', of2019, 2019, false],
    ['2019, amended for one festival', amended2019, 2019, true],
    ['2025, in the newer wording', of2025, 2025, false],
  ])('of %s gives the same days as the shipped data', (_name, text, year, amended) => {
    const own = shipped(year, amended);
    expect(own.length).toBeGreaterThan(4);
    const found = readNoticeText(text).notice.days.filter((day) => !plainWeekend(day));
    expect(found.map(({ date, isOffDay }) => `${date} ${isOffDay}`)).toEqual(own);
  });

  it('keeps title, number, date of issue and the festival of each day', () => {
    const { notice, warnings } = readNoticeText(of2018);
    expect(notice.notices).toEqual([
      {
        title: '国务院办公厅关于2018年部分节假日安排的通知',
        number: '国办发明电〔2017〕12号',
        date: '2017-11-30',
      },
    ]);
    expect(notice.days[0]).toEqual({ date: '2018-01-01', name: '元旦', isOffDay: true });
    expect(warnings).toEqual([]);
    expect(readNoticeText(amended2019).notice.days[0]?.name).toBe('劳动节');
  });

  it('understands the explanations of the oldest notices', () => {
    expect(read(inFull2008)).toEqual([
      '2007-12-29 false',
      '2007-12-30 true',
      '2007-12-31 true',
      '2008-01-01 true',
    ]);
  });

  it('passes over advice and tells what it could not read', () => {
    const advice = of2018.replace('共7天。2月11日', '共7天。鼓励安排职工在除夕（2月14日）休息。2月11日');
    expect(read(advice)).toEqual(read(of2018));
    const prolonged = `国务院办公厅关于延长2020年春节假期的通知
一、延长2020年春节假期至2月2日（农历正月初九，星期日），2月3日（星期一）起正常上班。
二、其他：2020年2月1日放假。`;
    expect(
      readNoticeText(
        prolonged.replace('，2月3日（星期一）起正常上班', '').replace('一、延长', '一、春节：延长'),
      ).warnings,
    ).toEqual([expect.stringContaining('2月2日')]);
  });

  it.each([
    [
      'a weekday that does not fit',
      of2018.replace('2月11日（星期日）', '2月11日（星期一）'),
      '2018年2月11日是星期日，原文写的是星期一',
    ],
    [
      'a number of days that does not fit',
      of2018.replace('共7天。2月11日', '共8天。2月11日'),
      '写明8天，日期却是7天',
    ],
    ['a date that does not exist', of2018.replace('6月18日', '6月31日'), '不是完整的日期'],
    ['a range that runs backwards', of2018.replace('4月5日至7日', '4月5日至3日'), '起止日期不合理'],
    ['no title', '一、元旦：1月1日放假。', '没有找到通知标题'],
    ['no arrangement', '国务院办公厅关于2018年部分节假日安排的通知', '没有读到放假或者上班的日期'],
    ['something else altogether', '你好', '没有找到通知标题'],
  ])('refuses %s', (_name, text, message) => {
    expect(() => readNoticeText(text)).toThrow(InvalidForm);
    expect(() => readNoticeText(text)).toThrow(message);
  });
});
