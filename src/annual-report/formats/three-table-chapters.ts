import type { ChapterSpec } from './format.ts';

const requestsParagraph = `{{#1.total}}{{year}}年，{{agency}}新收政府信息公开申请{{1.total}}件{{#prev:1.total}}，比上年{{1.total|change}}{{/}}{{#1.naturalPerson}}，其中自然人申请{{1.naturalPerson}}件{{/}}。{{else}}{{year}}年，{{agency}}没有收到新的政府信息公开申请。{{/}}{{#2.total}}上年结转政府信息公开申请{{2.total}}件。{{/}}{{#3.7.total}}本年度办结申请{{3.7.total}}件{{#3.1.total}}，其中予以公开{{3.1.total}}件{{/}}{{#3.2.total}}，部分公开{{3.2.total}}件{{/}}。{{/}}{{#4.total}}结转下年度继续办理{{4.total}}件。{{/}}

{{#R.reconsiderationTotal}}因政府信息公开被申请行政复议{{R.reconsiderationTotal}}件{{#R.reconsiderationCorrected}}，结果纠正{{R.reconsiderationCorrected}}件{{/}}。{{else}}没有发生因政府信息公开被申请行政复议的情况。{{/}}{{#R.directTotal,R.afterReconsiderationTotal}}因政府信息公开被提起行政诉讼：未经复议直接起诉{{R.directTotal}}件，复议后起诉{{R.afterReconsiderationTotal}}件。{{else}}没有发生因政府信息公开被提起行政诉讼的情况。{{/}}`;

const overview = (proactive: string) => `
根据《中华人民共和国政府信息公开条例》（国务院令第711号，以下简称《条例》）的规定，现公布{{agency}}{{year}}年政府信息公开工作年度报告。本报告所列数据的统计期限为{{year}}年1月1日至{{year}}年12月31日。

## （一）主动公开

{{agency}}坚持以公开为常态、不公开为例外，依照《条例》第二十条规定，及时、准确地主动公开政府信息。${proactive}

## （二）依申请公开

${requestsParagraph}

## （三）政府信息管理

{{agency}}健全政府信息制作、获取、保存、处理的管理制度，落实公开属性源头认定和公开前的保密审查，动态调整政府信息公开指南和目录，定期评估不予公开的政府信息。

## （四）政府信息公开平台建设

{{agency}}加强政府网站政府信息公开专栏建设，完善栏目设置、检索和下载功能，规范政务新媒体运行，定期检查信息更新和链接可用情况，及时整改发现的问题。

## （五）监督保障

{{agency}}明确分管负责人和承办机构，将政府信息公开工作纳入年度考核，组织业务培训，公布监督电话，接受社会评议。
`;

const problems = `
{{year}}年，{{agency}}政府信息公开工作取得了一定成绩，但还存在一些问题：主动公开的广度和深度还不够，政策解读的针对性有待加强，依申请公开办理的规范化水平有待提高。

针对上述问题，{{agency}}将采取以下措施改进：

1. 对照《条例》第二十条的规定完善主动公开内容，提高公开的及时性和准确性。
2. 坚持政策文件与解读材料同步组织、同步审签、同步发布。
3. 规范申请的登记、审查、办理、答复和归档，提升答复质量。
`;

const others = `
{{#F1}}{{year}}年，{{agency}}依据《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）收取信息处理费{{F1}}万元{{#F2}}，发出收费通知{{F2}}件{{/}}。{{else}}{{year}}年，{{agency}}依据《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）未收取信息处理费。{{/}}

没有其他需要报告的事项。
`;

/** The six chapters of reports since 2019; `proactive` is the sentence of chapter 1 on the figures of table 1. */
export const threeTableChapters = (proactive: string): readonly ChapterSpec[] => [
  { key: 'overview', title: '总体情况', template: overview(proactive) },
  { key: 'proactive', title: '主动公开政府信息情况', template: '', tables: ['proactive'] },
  { key: 'requests', title: '收到和处理政府信息公开申请情况', template: '', tables: ['requests'] },
  { key: 'remedies', title: '政府信息公开行政复议、行政诉讼情况', template: '', tables: ['remedies'] },
  { key: 'problems', title: '存在的主要问题及改进情况', template: problems },
  { key: 'others', title: '其他需要报告的事项', template: others },
];
