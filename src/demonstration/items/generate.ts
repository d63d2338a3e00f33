import { type CalendarNumbers, formatDay, parseDay } from '../../law/index.ts';
import { randomOf } from '../report-set/random.ts';
import { withInterpretations } from './interpretations.ts';
import { places, subjectsOfUnits, type UnitSubjects } from './subjects.ts';
import { withTopics } from './topics.ts';

/** What a unit put out on a channel in a month, as the returns of the time told it. */
export interface Publications {
  channel: string;
  unit: string;
  /** `YYYY-MM`. */
  month: string;
  quantity: number;
}

/** A line of `import items`. */
export interface GeneratedItem extends Record<string, unknown> {
  sourceId: string;
  title: string;
  body: string;
  publishedOn: string;
  channels: string[];
  /** Addresses of the topics it stands in besides its own column. */
  furtherColumns?: string[];
}

/** The two normative documents of the year, by the place they have among the gazette's items. */
const normativeDocuments: readonly { title: string; number: string }[] = [
  { title: '昆明高新技术产业开发区促进科技创新和产业发展扶持办法', number: '昆高新规〔2018〕1号' },
  { title: '昆明高新技术产业开发区建设项目管理暂行办法', number: '昆高新规〔2018〕2号' },
];

/**
 * The items behind a year's counts, the same at every run: titles, columns, days and bodies follow from unit, channel, month
 * and place in the list.
 */
export function generateItems(counts: readonly Publications[], calendar: CalendarNumbers): GeneratedItem[] {
  let gazette = 0;
  const items = counts.flatMap((count) => {
    const subjects = subjectsOfUnits[count.unit];
    if (!subjects) throw new Error(`the demonstration has no subjects for the unit ${count.unit}`);
    const days = daysOf(count.month, calendar);
    return Array.from({ length: count.quantity }, (_, index) => {
      const on = days[Math.floor((index * days.length) / count.quantity)] as string;
      const common = {
        place: count,
        sourceId: `${count.month}-${count.unit}-${count.channel}-${index + 1}`,
        unit: count.unit,
        publishedOn: on,
        subject: subjects.subject,
        channels: [count.channel],
      };
      if (count.channel !== 'gazette') return { ...common, ...wording(count, subjects, index, on) };
      const document = normativeDocuments[gazette++];
      return document
        ? { ...common, ...normative(document, on) }
        : { ...common, ...wording(count, subjects, index, on), column: 'gazette' };
    });
  });
  // A day's items come in as a day brings them, not one unit after the other.
  const random = randomOf('the order of a day');
  return withTopics(withInterpretations(items))
    .map((item) => ({ item, key: `${item.publishedOn} ${random.int(100_000, 999_999)} ${item.sourceId}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ item }) => item);
}

function daysOf(month: string, calendar: CalendarNumbers): string[] {
  const first = parseDay(`${month}-01`) as number;
  const days: string[] = [];
  for (let day = first; formatDay(day).startsWith(month); day++)
    if (calendar.isWorkingDay(day)) days.push(formatDay(day));
  return days;
}

function normative({ title, number }: { title: string; number: string }, on: string) {
  return {
    title: `关于印发《${title}》的通知`,
    body: `各部门、各街道，区内各企业：\n现将《${title}》印发给你们，请认真贯彻执行。\n第一条 为规范有关工作，依据法律、法规，结合高新区实际，制定本办法。\n第二条 本办法适用于高新区管辖范围。\n第三条 本办法自发布之日起三十日后施行。`,
    documentNumber: number,
    kind: '通知',
    normative: 'normative',
    column: 'normative-documents',
    formedOn: on,
  };
}

/** The time a notice is about, as notices of that month name it. */
function periodsOf(year: number, month: number): string[] {
  const season = ['第一', '第二', '第三', '第四'][Math.floor((month - 1) / 3)];
  const half = month <= 6 ? '上半年' : '下半年';
  return [
    `${year}年`,
    `${year}年${month}月份`,
    `${year}年${season}季度`,
    `${year}年${half}`,
    '当前',
    '下一阶段',
  ];
}

/** What came of it, as titles of news tell. */
function resultsOf(people: number): string[] {
  return [
    '',
    `，${people}人参加`,
    `，走进${Math.ceil(people / 12)}家单位`,
    `，发放资料${people * 3}份`,
    `，解答咨询${people}人次`,
    `（第${Math.ceil(people / 5)}期）`,
    `，服务企业${Math.ceil(people / 4)}家`,
  ];
}

function wording({ unit, channel, month }: Publications, subjects: UnitSubjects, index: number, on: string) {
  const random = randomOf(`item ${unit} ${channel} ${month} ${index}`);
  const matter = random.pick(subjects.matters);
  const doing = random.pick(subjects.doings);
  const place = random.pick(places);
  const [year, monthOfYear, day] = on.split('-').map(Number);
  const date = `${monthOfYear}月${day}日`;
  // The gazette prints documents, the website everything, other channels tell what goes on.
  const kind =
    channel === 'gazette'
      ? 'notice'
      : channel === 'website'
        ? random.pick(['notice', 'news', 'publicity'] as const)
        : 'news';
  if (kind === 'notice') {
    return {
      title: `关于做好${random.pick(periodsOf(year as number, monthOfYear as number))}${place}${matter}工作的通知`,
      body: `各有关单位：\n为做好${place}${matter}工作，现就有关事项通知如下。\n一、请于${date}起按照职责分工组织实施，落实责任人和联系人。\n二、工作中遇到的问题，请及时向本单位反映。\n三、办理情况请于每月底前书面报送。`,
      column: random.pick(['notices', ...subjects.columns.slice(1)]),
      kind: '通知',
    };
  }
  if (kind === 'publicity') {
    return {
      title: `${place}${matter}情况公示（${year}年${date}）`,
      body: `根据有关规定，现将${place}${matter}情况予以公示，公示期为五个工作日。\n公示期内有异议的，请以书面形式向本单位提出，并写明理由和联系方式。`,
      column: random.pick(subjects.columns.slice(1)),
      kind: '公告',
    };
  }
  const opening = channel === 'weibo' ? '【高新播报】' : '';
  const asking = channel === 'wechat' ? '，看看有哪些收获' : '';
  return {
    title: `${opening}${place}开展${doing}${random.pick(resultsOf(random.int(20, 199)))}${asking}`,
    body: `${date}，在${place}开展${doing}。活动围绕${matter}展开，现场解答了企业和居民提出的问题。\n下一步将继续做好${matter}有关工作，并及时公布进展。`,
    column: 'news',
    kind: '其他',
  };
}
