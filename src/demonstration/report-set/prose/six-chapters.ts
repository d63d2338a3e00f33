import type { SetChapter } from '../model.ts';
import { applicants } from '../own-requests.ts';
import { asides } from './asides.ts';
import type { Teller } from './teller.ts';

/** Preface of a report since 2019. */
export function preface({ unit, year, random, say }: Teller): string[] {
  const number = random.int(1, 188);
  const basis = random.pick([
    '根据《中华人民共和国政府信息公开条例》（国务院令第711号，以下简称《条例》）的规定，',
    '按照《中华人民共和国政府信息公开条例》（以下简称《条例》）和上级关于年度报告的要求，',
    '本报告依据《中华人民共和国政府信息公开条例》第四十九条、第五十条的规定编制。',
  ]);
  const period = random.pick([
    `本报告所列数据的统计期限自${say('period', year)}年1月1日起至${say('period', year)}年12月31日止。`,
    `报告中数据统计期限为${say('period', year)}年1月1日至${say('period', year)}年12月31日。`,
  ]);
  const contact = `如对本报告有疑问，请与${unit.name}办公室联系（地址：松风路${number}号，邮编：${650_000 + number}，电话：0999-${7_200_000 + number * 31}）。`;
  return [
    `${basis}现向社会公布${unit.name}${year}年政府信息公开工作年度报告。全文由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成。`,
    `${period}${contact}`,
  ];
}

/** The six chapters of reports since 2019, stating numbers of the tables and some that no table has. */
export function sixChapters(teller: Teller): SetChapter[] {
  const pieces = [teller.random.int(2, 20), teller.random.int(1, 9), teller.random.int(1, 5)];
  return [
    { title: '一、总体情况', paragraphs: overview(teller, pieces), tables: [] },
    { title: '二、主动公开政府信息情况', paragraphs: decisions(teller), tables: ['proactive'] },
    {
      title: '三、收到和处理政府信息公开申请情况',
      paragraphs: [...(teller.random.chance(0.4) ? [balance(teller)] : []), ...breakdown(teller)],
      tables: ['requests'],
    },
    {
      title: '四、政府信息公开行政复议、行政诉讼情况',
      paragraphs: teller.random.chance(0.7) ? [disputes(teller)] : [],
      tables: ['remedies'],
    },
    { title: '五、存在的主要问题及改进情况', paragraphs: problems(teller, pieces), tables: [] },
    { title: '六、其他需要报告的事项', paragraphs: others(teller), tables: [] },
  ];
}

function overview(teller: Teller, pieces: readonly number[]): string[] {
  const { unit, year, random, scope } = teller;
  const opening = random.pick([
    `${year}年，${unit.name}坚持以习近平新时代中国特色社会主义思想为指导，认真贯彻落实《条例》，围绕中心工作推进决策、执行、管理、服务、结果公开，政府信息公开工作取得新的进展。`,
    `${year}年，${scope}深入贯彻落实新修订的《条例》，坚持以公开为常态、不公开为例外，着力提升政务公开的质量和实效，保障公众的知情权、参与权、表达权和监督权。`,
    `一年来，${unit.name}把政府信息公开作为建设法治政府、服务型政府的重要抓手，健全制度、拓展渠道、回应关切，各项任务有序完成。`,
  ]);
  return [
    opening,
    proactive(teller, pieces),
    requests(teller),
    management(teller),
    platform(teller),
    `${supervision(teller)}${asides(teller)}`,
  ];
}

function proactive(teller: Teller, pieces: readonly number[]): string {
  const { random, scope, say } = teller;
  const parts = [random.int(20, 400), random.int(10, 300), random.int(3, 60)];
  const items = parts[0]! + parts[1]! + parts[2]!;
  const all = sumOf(pieces);
  const published = random.pick([
    `${scope}全年主动公开政府信息${say('items', items)}条，其中通过政府网站公开${parts[0]}条，通过政务新媒体公开${parts[1]}条，通过其他方式公开${parts[2]}条。`,
    `全年共主动公开政府信息${say('items', items)}条：政府网站${parts[0]}条、政务新媒体${parts[1]}条、其他渠道${parts[2]}条。`,
  ]);
  const field = random.int(60, 200);
  const explained = `发布政策解读材料${say('pieces', all)}篇，其中文字解读${pieces[0]}篇、图解${pieces[1]}篇、视频解读${pieces[2]}篇。`;
  const fields = random.pick([
    `公开重点领域信息${field}条，包括财政预决算信息${random.int(8, 20)}条、社会救助信息${random.int(5, 20)}条、义务教育信息${random.int(3, 12)}条等。`,
    '围绕财政预决算、社会救助、义务教育、公共卫生等重点领域，及时更新公开目录和标准指引。',
  ]);
  return `（一）主动公开。${published}${explained}${fields}`;
}

function requests(teller: Teller): string {
  const { year, random, scope, value, last, say, growth, percent } = teller;
  const received = value('requests', '1', 'total');
  const handled = received + value('requests', '2', 'total');
  const concluded = value('requests', '3.7', 'total');
  if (handled === 0) return `（二）依申请公开。${year}年，${scope}未收到政府信息公开申请。`;
  const before = last('requests', '1', 'total') ?? last('statistics', '3.1');
  const natural = value('requests', '1', 'naturalPerson');
  const change = growth('growth', received, before, '件');
  const legal = sumOf(applicants.slice(1).map((column) => value('requests', '1', column)));
  const came = random.pick([
    `${year}年，${scope}共收到政府信息公开申请${say('received', received)}件${change}。其中，自然人申请${natural}件，法人或其他组织申请${legal}件。`,
    `全年新收政府信息公开申请${say('received', received)}件${change}，其中自然人${natural}件、法人或其他组织${legal}件。`,
    `${year}年度本机关收到政府信息公开申请${say('received', received)}件（自然人${natural}件，法人或其他组织${legal}件）${change}。`,
  ]);
  const ways = received > 3 ? waysOf(teller, received) : '';
  if (concluded === 0) return `（二）依申请公开。${came}${ways}均按规定期限办理。`;
  const disclosed = value('requests', '3.1', 'total');
  const partly = value('requests', '3.2', 'total');
  const ended = random.pick([
    `全年办结${say('concluded', concluded)}件，其中予以公开${disclosed}件，占办结总数的${percent('share', disclosed, concluded)}；部分公开${partly}件，占${percent('share.partly', partly, concluded)}。`,
    `按期办结政府信息公开申请${say('concluded', concluded)}件，予以公开${disclosed}件、部分公开${partly}件，予以公开的占${percent('share', disclosed, concluded)}。`,
  ]);
  return `（二）依申请公开。${came}${ways}${ended}`;
}

function waysOf({ random, say }: Teller, received: number): string {
  const [byWeb, byPost, inPerson] = random.share(received, [6, 3, 2]) as [number, number, number];
  return random.pick([
    `从申请方式看，网络申请${say('ways', byWeb)}件，信函申请${byPost}件，当面申请${inPerson}件。`,
    `通过网络提交${say('ways', byWeb)}件、信函提交${byPost}件、当面提交${inPerson}件。`,
  ]);
}

function management(teller: Teller): string {
  const { random, scope, value, say, unit, year } = teller;
  const normative = (column: string) => value('proactive', 'P1.2', column);
  const stated =
    year >= 2021
      ? random.pick([
          `全年制发行政规范性文件${say('issued', normative('issued'))}件，废止${normative('repealed')}件，现行有效${say('in-force', normative('inForce'))}件。`,
          `本年制发行政规范性文件${say('issued', normative('issued'))}件；截至年底，现行有效行政规范性文件${say('in-force', normative('inForce'))}件。`,
        ])
      : `全年新制作规范性文件${say('issued', normative('created'))}件，均按规定公开。`;
  const closing = random.pick([
    '严格落实“先审查、后公开”要求，对公开内容进行保密审查，全年未发生失泄密事件。',
    `定期开展政策文件清理，动态调整公开目录，${scope}信息发布审核流程更加规范。`,
    '落实“三审三校”制度，规范信息公开属性源头认定，做好历史信息的归集整理。',
  ]);
  return `（三）政府信息管理。${unit.kind === 'township' || unit.kind === 'subdistrict' ? '' : stated}${closing}`;
}

function platform({ random, scope }: Teller): string {
  const visits = random.int(11, 980) / 10;
  return `（四）政府信息公开平台建设。${random.pick([
    `依托政府门户网站设置政府信息公开专栏，全年页面浏览量${visits}万次，开办政务新媒体账号${random.int(1, 6)}个，关停长期不更新的账号${random.int(1, 3)}个。`,
    `优化门户网站栏目设置和检索功能，规范运行维护政务新媒体，设置政府信息公开查阅点${random.int(1, 9)}个，方便群众查询、咨询。`,
    `加强${scope}政务新媒体管理，定期监测更新情况和错敏词，发现问题及时整改。`,
  ])}`;
}

function supervision({ random, scope }: Teller): string {
  return `（五）监督保障。${random.pick([
    `召开政务公开工作会议${random.int(1, 4)}次，举办业务培训${random.int(1, 3)}期，培训${random.int(30, 160)}人次。将政务公开纳入年度综合考核，分值权重不低于4%。`,
    `配备专职人员${random.int(1, 3)}名、兼职人员${random.int(2, 9)}名，明确分管负责同志，${scope}未发生应当追究责任的情形。`,
    '开展社会评议，主动接受人大代表、政协委员和群众监督，对第三方评估指出的问题逐条整改，社会评议结果良好，未发生责任追究情况。',
  ])}`;
}

function decisions(teller: Teller): string[] {
  const { random, value, say, unit } = teller;
  const licences = value('proactive', 'P5.1', 'decisions');
  const penalties = value('proactive', 'P6.1', 'decisions');
  if (unit.kind === 'township' || licences === 0 || random.chance(0.5)) return [];
  return [
    random.pick([
      `全年作出行政许可决定${say('licences', licences)}件、行政处罚决定${say('penalties', penalties)}件，处理决定均按规定在政府网站公开。`,
      `本年办理行政许可${say('licences', licences)}件，行政处罚${say('penalties', penalties)}件。具体情况见下表。`,
    ]),
  ];
}

function balance({ value, say }: Teller): string {
  const total = (row: string) => value('requests', row, 'total');
  return `本年新收政府信息公开申请${say('new', total('1'))}件，上年结转${say('carried-in', total('2'))}件，本年度办理结果总计${say('results', total('3.7'))}件，结转下年度继续办理${say('carried-out', total('4'))}件。`;
}

/** Every group of results, and for a government how many came to itself. */
function breakdown({ unit, year, value, scope, streams }: Teller): string[] {
  const random = streams(`${unit.code} ${year} breakdown`);
  if (!random.chance(0.35)) return [];
  const group = (code: string, rows: readonly number[]) =>
    sumOf(rows.map((row) => value('requests', `${code}.${row}`, 'total')));
  const total = (row: string) => value('requests', row, 'total');
  const other = year >= 2021 ? group('3.6', [1, 2, 3]) : total('3.6');
  const results = `办理结果为：予以公开${total('3.1')}件，部分公开${total('3.2')}件，不予公开${group('3.3', [1, 2, 3, 4, 5, 6, 7, 8])}件，无法提供${group('3.4', [1, 2, 3])}件，不予处理${group('3.5', [1, 2, 3, 4, 5])}件，其他处理${other}件。`;
  const received = total('1');
  if (unit.kind !== 'city' && unit.kind !== 'county') return [results];
  const own = random.int(1, received - 1);
  return [`${results}${scope}新收的申请中，政府本级${own}件，所属部门和下级单位${received - own}件。`];
}

function disputes(teller: Teller): string {
  const { value, say, random, scope } = teller;
  const of = (column: string) => value('remedies', 'R', column);
  const reconsidered = of('reconsiderationTotal');
  const sued = of('directTotal') + of('afterReconsiderationTotal');
  if (reconsidered + sued === 0)
    return random.pick([
      '全年未发生因政府信息公开申请行政复议、提起行政诉讼的情况。',
      `${scope}没有因政府信息公开工作被申请行政复议或者被提起行政诉讼。`,
    ]);
  const first =
    reconsidered === 0
      ? '未发生因政府信息公开引起的行政复议'
      : `因政府信息公开被申请行政复议${say('reconsidered', reconsidered)}件，其中结果维持${of('reconsiderationUpheld')}件、结果纠正${of('reconsiderationCorrected')}件、其他结果${of('reconsiderationOther')}件、尚未审结${of('reconsiderationPending')}件`;
  const second =
    sued === 0
      ? '未发生因政府信息公开引起的行政诉讼'
      : `因政府信息公开被提起行政诉讼${say('sued', sued)}件，其中未经复议直接起诉${of('directTotal')}件、复议后起诉${of('afterReconsiderationTotal')}件`;
  return `全年${first}；${second}。`;
}

function problems({ random, year, unit, say }: Teller, pieces: readonly number[]): string[] {
  const found = random.pick([
    '主动公开的内容还不够全面，个别栏目更新不够及时',
    '政策解读形式较为单一，解读的针对性和可读性有待提高',
    '依申请公开办理的规范化水平需进一步提高，个别答复文书说理不够充分',
    '基层公开力量薄弱，工作人员变动频繁，业务能力有待加强',
  ]);
  const next = random.pick([
    '一是细化公开目录，及时更新重点领域信息；二是丰富解读形式，多用图解、视频；三是加强业务培训，提高办理质量。',
    '一是健全工作制度，压实公开责任；二是强化平台建设，方便群众获取信息；三是开展经常性检查，推动问题整改。',
    '将完善审核发布机制，规范答复文书，组织经验交流，补齐工作短板，推动政府信息公开工作再上新台阶。',
  ]);
  const explained = random.chance(0.5)
    ? `全年发布政策解读材料${say('pieces-again', sumOf(pieces))}篇，但群众反馈还不够多。`
    : '';
  return [
    `${year}年，${unit.name}政府信息公开工作虽取得一定成绩，但仍存在一些不足：${found}。${explained}`,
    `针对上年提出的问题，已逐项整改到位。${year + 1}年，${next}`,
  ];
}

function others({ random, say, year, unit }: Teller): string[] {
  const fee = random.pick([
    '本年度未收取信息处理费。',
    `${year}年，${unit.name}依申请提供政府信息未收取任何费用。`,
    '本年度发出收费通知0件，收取信息处理费0元。',
    `根据《政府信息公开信息处理费管理办法》，本年度收取信息处理费${say('fee', 0)}元。`,
  ]);
  return [`${fee}${random.pick(['无其他需要报告的事项。', '没有其他需要报告的事项。'])}`];
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
