import type { Random } from '../random.ts';
import type { Teller } from './teller.ts';

/** True sentences full of numbers that no row of a table holds: a checker must leave them alone. */
export function asides(teller: Teller): string {
  const random = teller.streams(`${teller.unit.code} ${teller.year} asides`);
  const chosen = new Set([random.pick(sentences), random.pick(sentences), random.pick(sentences)]);
  return [...chosen].map((sentence) => sentence(teller, random)).join('');
}

type Aside = (teller: Teller, random: Random) => string;

const sentences: readonly Aside[] = [
  (_, random) => `所有申请均在法定期限内答复，按时办结率100%，满意率${random.int(950, 999) / 10}%。`,
  ({ year }, random) =>
    `截至${year}年12月31日，政务新媒体关注人数约${random.int(11, 98) / 10}万人，较年初增加近${random.int(2, 9)}千人。`,
  (_, random) =>
    `全年接听政策咨询电话${random.int(2, 9)}00余个，回复网民留言${random.int(40, 390)}条，平均办理时长${random.int(11, 39) / 10}个工作日。`,
  ({ year }, random) => {
    const [before, now] = [random.int(2, 9), random.int(2, 9)];
    return `${year - 1}年至${year}年，累计公开征集意见${before + now}次，其中${year - 1}年${before}次、${year}年${now}次。`;
  },
  ({ year }, random) =>
    `${year + 1}年计划开展业务培训${random.int(2, 6)}期，培训${random.int(1, 4)}00人次以上。`,
  (_, random) => {
    const [done, open] = [random.int(5, 12), random.int(1, 4)];
    return `对照第三方评估反馈的${random.int(2, 5)}个方面${done + open}项问题，已完成整改${done}项，其余${open}项正在推进。`;
  },
  ({ year }, random) =>
    `编制${random.int(6, 26)}个试点领域的公开标准目录，涉及公开事项${random.int(60, 400)}项，比${year - 1}年版目录增加${random.int(2, 15)}项。`,
  (_, random) =>
    `办理人大代表建议${random.int(2, 30)}件、政协委员提案${random.int(2, 30)}件，办复率均为100%。`,
  (_, random) => {
    const [issues, copies] = [random.int(2, 12), random.int(1, 6) * 50];
    return `编印公开宣传册${issues}期，每期赠阅${copies}份，全年共${issues * copies}份。`;
  },
  (_, random) => `排查错敏词${random.int(2, 9)}0余处，抽查栏目${random.int(3, 20)}个，均已整改。`,
  () => '落实“五公开”要求，推行“三审三校”，健全“一网一微一端”公开体系。',
  ({ unit, scope }, random) =>
    unit.parent === null
      ? `${scope}公开工作考核得分${random.int(850, 990) / 10}分。`
      : `公开工作考核得分${random.int(850, 990) / 10}分，在同类单位中列第${random.int(2, 9)}位。`,
  ({ year }, random) =>
    `自${year}年${random.int(3, 9)}月1日起，网站新增智能问答功能，全年答问${random.int(200, 2000)}次，准确率${random.int(80, 97)}%。`,
  (_, random) => {
    const [offices, halls] = [random.int(1, 5), random.int(1, 9)];
    return `设置政务公开专区${offices + halls}处（政务大厅${offices}处、便民服务中心${halls}处），配备自助查询机${random.int(1, 12)}台。`;
  },
  (_, random) =>
    `收到的申请主要涉及征地拆迁、财政资金、社会保障等${random.int(3, 6)}个方面，其中征地拆迁类约占${random.int(3, 6)}成。`,
];
