import { anchors2014, proseRelations2014 } from './2014-anchors.ts';
import { chapters2014 } from './2014-chapters.ts';
import { checks2014 } from './2014-checks.ts';
import { statistics2014 } from './2014-table.ts';
import type { Format } from './format.ts';

/** Reports on 2014 to 2018: fourteen chapters and one statistics table. */
export const format2014: Format = {
  id: '2014',
  years: { from: 2014, to: 2018 },
  basis: '《国务院办公厅关于加强和规范政府信息公开情况统计报送工作的通知》（国办发〔2014〕32号）',
  title: '{agency}{year}年政府信息公开工作年度报告',
  chapters: chapters2014,
  marks: ['政府公报公开政府信息数', '收到申请数', '回应公众关注热点或重大舆情数'],
  tables: [statistics2014],
  checks: checks2014,
  due: [
    { role: '向政府信息公开工作主管部门报送', monthDay: '01-31', article: '政府信息公开工作主管部门的布置' },
    {
      role: '向社会公布',
      monthDay: '03-31',
      article: '《中华人民共和国政府信息公开条例》（国务院令第492号）第三十一条',
    },
  ],
  footFields: ['单位负责人', '审核人', '填报人', '联系电话', '填报日期'],
  blankPrintedAs: '',
  anchors: anchors2014,
  proseRelations: proseRelations2014,
};
