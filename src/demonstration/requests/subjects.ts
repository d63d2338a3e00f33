import type { Random } from '../report-set/random.ts';

const places = '河湾片区 东塘街道 西桥街道 安平老城 云溪新区 南苑社区 柳林村 石桥镇'.split(' ');

const subjects: Readonly<Record<string, readonly string[]>> = {
  FG: ['重点项目建设进度表', '粮食储备轮换计划', '公交票价成本监审报告'],
  CZ: ['部门预算绩效评价报告', '政府采购合同', '财政补助资金分配表'],
  ZR: ['土地征收补偿安置方案', '国有建设用地出让合同', '地质灾害隐患点名录'],
  ZJ: ['老旧小区改造施工合同', '物业维修资金使用明细', '公租房分配结果'],
  JT: ['义务教育招生划片方案', '学校食堂采购合同', '体育场馆开放补贴清单'],
  WJ: ['社区卫生服务站设置规划', '公共场所卫生监测结果', '疫苗接种点分布表'],
  SG: ['食品抽检不合格处置结果', '特种设备检验台账', '价格违法案件处罚决定'],
  RS: ['职业技能培训补贴名单', '劳务派遣单位年报核验结果', '公益性岗位安置方案'],
  MZ: ['低保资金发放统计', '养老机构运营补贴清单', '社会组织年检结论'],
  ZF: ['违法建设拆除决定', '占道经营整治方案', '渣土运输检查记录'],
};

export const unitCodes: readonly string[] = Object.keys(subjects);

/** Something that the unit could hold, of a year before the request. */
export function inventSubject(unit: string, year: number, random: Random): string {
  return `${random.pick(places)}${year - random.int(1, 4)}年${random.pick(subjects[unit] ?? ['工作总结'])}`;
}
