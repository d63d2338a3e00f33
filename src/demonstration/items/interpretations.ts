import type { GeneratedItem } from './generate.ts';

/** 政策解读 of the year's normative documents: by whom, in which month, in which form. */
const ofDocuments: readonly { of: string; title: string; by: { unit: string; month: string }; form: Form }[] =
  [
    {
      of: '昆高新规〔2018〕1号',
      title: '昆明高新技术产业开发区促进科技创新和产业发展扶持办法',
      by: { unit: 'KJ', month: '2018-03' },
      form: 'text',
    },
    {
      of: '昆高新规〔2018〕1号',
      title: '昆明高新技术产业开发区促进科技创新和产业发展扶持办法',
      by: { unit: 'CZ', month: '2018-03' },
      form: 'questions',
    },
    {
      of: '昆高新规〔2018〕2号',
      title: '昆明高新技术产业开发区建设项目管理暂行办法',
      by: { unit: 'GHJS', month: '2018-05' },
      form: 'text',
    },
  ];

/** Units that explain a notice of theirs, and when. */
const explainers: readonly string[] = ['RSLD', 'CZ', 'KJ'];
const explainedIn: readonly string[] = ['2018-06', '2018-09', '2018-12'];

type Form = 'text' | 'questions';
const forms: Readonly<Record<Form, (title: string) => { title: string; body: string }>> = {
  text: (title) => ({
    title: `《${title}》政策解读`,
    body: `近日，《${title}》印发。现就有关内容解读如下。\n一、制定背景。为落实上级部署，结合高新区实际，在充分调研和征求意见的基础上制定。\n二、主要内容。明确适用范围、办理条件、办理程序和职责分工。\n三、执行中的问题，可以向本单位咨询。`,
  }),
  questions: (title) => ({
    title: `一问一答：《${title}》与企业和居民有关的几个问题`,
    body: `问：哪些单位和个人适用？\n答：《${title}》适用于高新区管辖范围内的企业和居民。\n问：怎样办理？\n答：向主管部门提交申请，受理后按规定时限答复。\n问：到哪里咨询？\n答：可以到政务服务大厅或者拨打咨询电话。`,
  }),
};

interface Place {
  unit: string;
  month: string;
  channel: string;
}

/**
 * Makes interpretations of some of a year's items, each naming what it interprets: as many items as before. Of each of these
 * units and months it is the first item on the website, and a notice of the month before that is explained.
 */
export function withInterpretations(items: readonly (GeneratedItem & { place: Place })[]): GeneratedItem[] {
  const firstOf = (unit: string, month: string) =>
    items.find(({ place }) => place.unit === unit && place.month === month && place.channel === 'website');
  const made = new Map<string, Partial<GeneratedItem>>();
  for (const { of, title, by, form } of ofDocuments) {
    const item = firstOf(by.unit, by.month);
    if (item) made.set(item.sourceId, interpretation(forms[form](title), of));
  }
  for (const unit of explainers)
    for (const month of explainedIn) {
      const item = firstOf(unit, month);
      const notice = items.findLast(
        ({ place, title }) => place.unit === unit && place.month < month && title.startsWith('关于做好'),
      );
      if (item && notice && !made.has(item.sourceId) && !made.has(notice.sourceId))
        made.set(item.sourceId, interpretation(forms.text(notice.title), notice.sourceId));
    }
  return items.map(({ place: _, ...item }) => ({ ...item, ...made.get(item.sourceId) }));
}

const interpretation = (said: { title: string; body: string }, of: string) => ({
  ...said,
  column: 'key-interpretations-of-policy',
  kind: '其他',
  interprets: [of],
});
