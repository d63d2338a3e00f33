import type { GeneratedItem } from './generate.ts';

/** What puts an item into a column of a topic: its title, and the day on which it was published. */
interface Rule {
  /** Address of a topic, or of a column below one. */
  column: string;
  about: RegExp;
  /** First and last day, as ISO text. */
  between?: readonly [string, string];
}

const notice = '^关于做好.*';
const publicity = '.*情况公示';
const news = '.*开展.*';
const titled = (way: string, matters: string) => new RegExp(`${way}(?:${matters})`);
const publicityOf = (matters: string) => new RegExp(`(?:${matters})${publicity}`);

const approval = '企业开办流程优化|投资项目审批|综合窗口受理|行政许可事项目录';
const burdens = '减税降费|行政事业性收费目录|中小企业扶持资金申报|招商引资优惠政策';
const investors = '外来投资企业服务|项目落地协调|园区推介活动';
const science = '高新技术企业认定|科技计划项目申报|知识产权资助|创新券兑现';
const safety = '汛期安全生产|危险化学品专项整治|安全生产标准化|应急预案备案';
// Preparations begin in the middle of May; what came of it is told until July.
const safetyMonth = ['2018-05-14', '2018-07-13'] as const;

/** The topics of the year, each by its rules in order: an item stands in one column of a topic, that of the first rule it meets. */
const topics: readonly (readonly Rule[])[] = [
  [
    { column: 'business-burdens', about: new RegExp(burdens) },
    { column: 'business-approval', about: new RegExp(approval) },
    { column: 'business-services', about: new RegExp(investors) },
    {
      column: 'business-environment',
      about: titled(news, '窗口业务培训|证照发放|“一网通办”推广|政务大厅延时服务'),
    },
    { column: 'business-visits', about: titled(news, '企业走访|企业座谈会') },
  ],
  [
    { column: 'innovation-policies', about: /^关于印发《.*促进科技创新和产业发展扶持办法》/ },
    { column: 'innovation-explained', about: /《.*促进科技创新和产业发展扶持办法》/ },
    { column: 'innovation-policies', about: titled(notice, science) },
    { column: 'innovation-explained', about: new RegExp(`《.*(?:${science}).*》政策解读`) },
    { column: 'innovation-results', about: publicityOf(science) },
    { column: 'innovation-training', about: /创业培训班|招聘会|职业技能培训补贴/ },
    { column: 'innovation', about: titled(news, '创新创业大赛|科技政策宣讲|众创空间考核|产学研对接会') },
  ],
  [
    { column: 'safety-month-notices', about: titled(notice, safety), between: safetyMonth },
    { column: 'safety-month-checks', about: publicityOf(safety), between: safetyMonth },
    {
      column: 'safety-month',
      about: titled(news, '安全生产检查|消防演练|隐患排查|安全生产月活动'),
      between: safetyMonth,
    },
  ],
  [
    { column: 'paired-relief-plans', about: titled(notice, '扶贫挂联') },
    { column: 'paired-relief-results', about: publicityOf('扶贫挂联') },
    { column: 'paired-relief', about: titled(news, '扶贫开花洋芋节') },
  ],
];

/** What topics gather from: posts on other channels tell the same once more. */
const gathered: ReadonlySet<string> = new Set(['website', 'gazette']);

/**
 * Lets items stand in the topics they are about, besides their own column. Which ones follows from title, day and channel: the
 * same at every run, and as many items as before.
 */
export function withTopics(items: readonly GeneratedItem[]): GeneratedItem[] {
  return items.map((item) => {
    const { title, publishedOn, channels } = item;
    if (!channels.some((channel) => gathered.has(channel))) return item;
    const furtherColumns = topics.flatMap((rules) => {
      const met = rules.find(
        ({ about, between: [first, last] = ['', '9'] }) =>
          about.test(title) && first <= publishedOn && publishedOn <= last,
      );
      return met ? [met.column] : [];
    });
    return furtherColumns.length > 0 ? { ...item, furtherColumns } : item;
  });
}
