import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { rowOf, type SearchEntry } from '../../src/core/search-index/index.ts';

const places =
  '昆明高新区 马金铺街道 东城街道 西山片区 南部新城 北市区 滨湖大道 新村社区 老街坊社区 工业园区 大学城 河东村 河西村 火车站片区 机场路沿线 沙坪小区 呈贡区 五华区 盘龙区 官渡区 安宁市 晋宁区 云岭市 白沙镇 清水镇 龙泉街道 金星社区 翠湖片区 海埂街道 雨花街道'.split(
    ' ',
  );
const subjects =
  '住房公积金提取 土地征收补偿 国有建设用地出让 建设用地规划许可 环境影响评价 部门预算 部门决算 政府采购 道路改造工程 老旧小区改造 中小学招生 最低生活保障 公务员招录 安全生产检查 行政处罚案件 食品抽检 公租房分配 供水水质监测 森林防火 防汛抗旱 高新技术企业认定 科技创新券 人才引进 招商引资 营商环境 政务服务 社会保险参保登记 医疗保险报销 养老机构补贴 残疾人就业 退役军人安置 义务教育经费 疫苗接种 传染病防控 垃圾分类 河长制 污水处理 大气污染防治 噪声监测 交通管制 公共交通线路 出租汽车管理 物业管理 消防安全 特种设备 质量监督 知识产权保护 统计调查 农民工工资 就业创业培训 职称评审 事业单位招聘 文化惠民 全民健身 图书馆开放 旅游市场整治 农业补贴 动物防疫 扶贫项目 信访事项'.split(
    ' ',
  );
const forms: readonly [string, string][] = [
  ['关于做好{p}{s}工作的通知', '通知'],
  ['关于印发{p}{s}实施方案的通知', '通知'],
  ['{p}{s}管理办法', '办法'],
  ['{p}{y}年{s}情况公示', '公示'],
  ['关于{p}{s}有关事项的公告', '公告'],
  ['{p}{s}项目中标结果公告', '公告'],
  ['{p}召开{s}工作推进会', '动态'],
  ['{p}{s}政策解读', '解读'],
  ['关于{p}{s}的批复', '批复'],
  ['{p}{y}年度{s}统计数据', '数据'],
];
const sentences =
  '为进一步规范{s}，根据国家有关法律法规和上级文件精神，结合{p}实际，制定本方案。;各部门要高度重视{s}工作，明确责任分工，确保各项任务落到实处。;申请人可以携带身份证明到{p}政务服务大厅办理，也可以通过网上平台提交材料。;{n}同志主持会议，有关单位负责人参加，会议听取了{s}进展情况汇报。;本通知自印发之日起施行，由{p}相关职能部门负责解释。;经研究，同意{n}等单位报送的意见，请按照程序做好后续工作。;截至目前，已完成{k}项任务，投入资金{k}万元，惠及群众{k}人次。;公示期为五个工作日，如有异议请以书面形式向{p}反映，联系人{n}。;要加强监督检查，对{s}中发现的问题限期整改，整改情况及时公开。;下一步将继续推进信息公开，提高服务效率，优化营商环境。;现场随机抽查{k}家企业，合格率达到百分之九十八。;项目位于{p}，总建筑面积{k}平方米，计划工期{k}天。'.split(
    ';',
  );
const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'.split('');
const given = '建国小雅文博思远丽华志强海燕晓东婷婷国栋雪梅永康俊杰'.match(/../gu) ?? [];
const numbering = '昆高发 昆高办 云岭政发 昆财 昆政办 高管发'.split(' ');

/** Spread over 0 … 2³² without order, the same for the same number. */
function spread(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** The n-th of so many believable entries, spread over eighteen years until `today`. */
export function manyEntry(n: number, count: number, today: string): SearchEntry {
  const next = spread(n + 1);
  const of = <T>(list: readonly T[]): T => list[next() % list.length] as T;
  // Some places and subjects are far more common than others.
  const often = <T>(list: readonly T[]): T =>
    list[Math.floor(((next() % 1000) / 1000) ** 2 * list.length)] as T;
  const place = often(places);
  const subject = often(subjects);
  const [form, genre] = of(forms);
  const day = Date.parse(`${today}T00:00:00Z`) / 86_400_000 - Math.floor(((count - n) / count) * 6_570);
  const publishedOn = new Date(day * 86_400_000).toISOString().slice(0, 10);
  const year = publishedOn.slice(0, 4);
  const fill = (text: string) =>
    text
      .replaceAll('{p}', place)
      .replaceAll('{s}', subject)
      .replaceAll('{y}', year)
      .replaceAll('{n}', () => of(surnames) + of(given))
      .replaceAll('{k}', () => String(next() % 5000));
  const body = Array.from({ length: 4 + (next() % 7) }, () => fill(of(sentences))).join('\n');
  return {
    kind: 'item',
    ref: `N${n}`,
    sourceId: `S${n}`,
    href: `/items/N${n}`,
    title: fill(form),
    body,
    documentNumber: next() % 3 === 0 ? `${of(numbering)}〔${year}〕${1 + (next() % 400)}号` : '',
    unitId: 1 + (next() % 41),
    columnId: 1 + (next() % 60),
    genre,
    validity: next() % 20 === 0 ? 'repealed' : 'in-force',
    publishedOn,
  };
}

const COLUMNS =
  'agency_id kind ref source_id href title body document_number unit_id column_id genre validity published_on title_words words'.split(
    ' ',
  );
const cell = (value: string | number | null): string =>
  value === null
    ? '\\N'
    : String(value)
        .replaceAll('\\', '\\\\')
        .replaceAll('\t', '\\t')
        .replaceAll('\n', '\\n')
        .replaceAll('\r', '\\r');

/** Writes entries by COPY, past the acts: for measuring the search and nothing else. */
export async function copyEntries(
  client: pg.ClientBase,
  agencyId: number,
  entries: Iterable<SearchEntry>,
): Promise<void> {
  function* lines() {
    let held = '';
    for (const entry of entries) {
      const row: Record<string, string | number | null> = { agency_id: agencyId, ...rowOf(agencyId, entry) };
      held += `${COLUMNS.map((name) => cell(row[name] ?? null)).join('\t')}\n`;
      if (held.length < 200_000) continue;
      yield held;
      held = '';
    }
    yield held;
  }
  await pipeline(
    Readable.from(lines()),
    client.query(copyFrom(`COPY search_entries (${COLUMNS.join(', ')}) FROM STDIN`)),
  );
}
