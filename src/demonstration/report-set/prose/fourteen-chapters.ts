import type { SetChapter } from '../model.ts';
import { asides } from './asides.ts';
import type { Teller } from './teller.ts';

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四'];

export function preface2014({ unit, year, random, say }: Teller): string[] {
  return [
    `根据《中华人民共和国政府信息公开条例》（国务院令第492号，以下简称《条例》）的规定，现公布${unit.name}${year}年政府信息公开工作年度报告。报告所列数据的统计期限为${say('period', year)}年1月1日至${say('period', year)}年12月31日。${random.pick(
      [
        `本报告电子版可在${unit.name}网站下载。`,
        `如有疑问，请与${unit.name}办公室联系，电话：0999-${random.int(7_100_000, 7_999_999)}。`,
      ],
    )}`,
  ];
}

/** The fourteen chapters of reports up to 2018. */
export function fourteenChapters(teller: Teller): SetChapter[] {
  const { year } = teller;
  const chapters: [string, string[]][] = [
    ['总体公开情况', [organisation(teller)]],
    ['主动公开政府信息情况', [proactive(teller)]],
    ['重点领域政府信息公开工作情况', [keyAreas(teller)]],
    [
      '推进“互联网+政务服务”工作情况',
      ['梳理、录入并完善网上大厅的事项清单、办事指南和办事流程，推进综合窗口受理。'],
    ],
    ['建议提案办理结果公开情况', [proposals(teller)]],
    ['开展政策解读情况', [interpretation(teller)]],
    ['政府信息公开工作中的政务舆情和社会重大关切回应情况', [responses(teller)]],
    ['政府信息依申请公开工作详细情况', requests(teller)],
    ['公开平台载体建设情况（含政府新闻发布工作落实情况）', [platforms(teller)]],
    ['信息公开相关举报、复议、诉讼情况', [remedies(teller)]],
    [
      '完善公开制度机制建设情况',
      ['健全信息公开制度，规范公开流程，按照“先审查、后公开”的原则做好保密审查。'],
    ],
    ['推进公开工作存在的问题与不足', ['主要问题是公开的广度和深度还不够，解读的针对性有待加强。']],
    [
      `开展${year + 1}年工作的初步计划安排`,
      [`${year + 1}年，将继续加强队伍建设，深化政策解读，规范依申请公开工作。`],
    ],
    ['其他应报告的事项', ['（一）无其他需要报告的事项。', '（二）政府信息公开情况统计表。']],
  ];
  return chapters.map(([title, paragraphs], index) => ({
    title: `${numerals[index]}、${title}`,
    paragraphs,
    tables: index === chapters.length - 1 ? ['statistics'] : [],
  }));
}

function organisation({ year, unit, value, say }: Teller): string {
  const of = (row: string) => value('statistics', row);
  return (
    `${year}年，${unit.name}把政府信息公开列入重要议事日程，与中心工作同部署、同考核。` +
    `配备${say('full-time', of('8.3.1'))}名专职工作人员、${say('part-time', of('8.3.2'))}名兼职工作人员。` +
    `全年召开政府信息公开工作会议${of('9.1')}次，举办培训班${say('trainings', of('9.2'))}次，接受培训人员数${say('trainees', of('9.3'))}人次。` +
    `安排专项经费${of('8.4')}万元。`
  );
}

function proactive({ year, scope, value, say }: Teller): string {
  const of = (row: string) => value('statistics', row);
  return (
    `${year}年，${scope}主动公开政府信息${say('items', of('1.1'))}条。按渠道统计，政府公报公开政府信息数${of('1.2.1')}条、` +
    `政府网站公开政府信息数${say('website', of('1.2.2'))}条、政务微博公开政府信息数${of('1.2.3')}条、政务微信公开政府信息数${of('1.2.4')}条、` +
    `其他方式公开政府信息数${of('1.2.5')}条。同一信息通过多种渠道公开的，在各渠道分别统计。` +
    `制发规范性文件${of('1.1.2')}件，其中主动公开规范性文件${of('1.1.1')}件。`
  );
}

function keyAreas({ random }: Teller): string {
  const poor = random.int(3, 18);
  return `在门户网站设立重点领域信息公开栏目，全年公开重点领域信息${poor + random.int(20, 80)}条，其中扶贫工作信息${poor}条。`;
}

function proposals({ random, say }: Teller): string {
  const [bills, proposed] = [random.int(2, 12), random.int(2, 9)];
  return `全年办理建议提案${say('proposals', bills + proposed)}件，其中人大代表建议${bills}件、政协委员提案${proposed}件，办复率100%。`;
}

function interpretation({ value, say }: Teller): string {
  return `通过各类媒体发布政策解读稿件${say('pieces', value('statistics', '2.2.3'))}篇，及时准确传递政策意图。`;
}

function responses({ value, say }: Teller): string {
  const of = (row: string) => value('statistics', row);
  return (
    `密切关注政务舆情，全年回应公众关注热点或重大舆情${say('events', of('2.1'))}次。` +
    `举办新闻发布会${say('conferences', of('2.2.1'))}场，开展政府网站在线访谈${of('2.2.2')}次。`
  );
}

function requests(teller: Teller): string[] {
  const { year, scope, value, say, growth, last } = teller;
  const of = (row: string) => value('statistics', row);
  if (of('3.1') === 0)
    return [
      `（一）申请情况。${year}年，${scope}没有收到政府信息公开申请。`,
      '（二）收费情况。未收取检索、复制、邮寄等费用。',
    ];
  return [
    `（一）申请情况。${year}年，${scope}收到政府信息公开申请${say('received', of('3.1'))}件${growth('growth', of('3.1'), last('statistics', '3.1'), '件')}。其中，当面申请${of('3.1.1')}件、传真申请${of('3.1.2')}件、网络申请${of('3.1.3')}件、信函申请${of('3.1.4')}件。`,
    `（二）办理情况。全年申请办结${say('concluded', of('3.2'))}件，其中按时办结${of('3.2.1')}件、延期办结${of('3.2.2')}件。同意公开${say('disclosed', of('3.3.2'))}件，同意部分公开${of('3.3.3')}件，不同意公开${of('3.3.4')}件。`,
    '（三）收费情况。对依申请公开政府信息的单位和个人均未收取检索、复制、邮寄等费用。',
  ];
}

function platforms(teller: Teller): string {
  const { value, say } = teller;
  return `完善门户网站栏目设置，设置政府信息查阅点${say('places', value('statistics', '8.2'))}个，方便公众查阅。${asides(teller)}`;
}

function remedies({ value, say, year }: Teller): string {
  const of = (row: string) => value('statistics', row);
  const told = (row: string, some: string, none: string) =>
    of(row) === 0 ? none : `${some}${say(`remedies-${row}`, of(row))}件`;
  return `${year}年，${told('6', '收到举报投诉', '没有收到举报投诉')}；${told('4', '因政府信息公开被申请行政复议', '没有因政府信息公开被申请行政复议')}；${told('5', '因政府信息公开被提起行政诉讼', '没有因政府信息公开被提起行政诉讼')}。`;
}
