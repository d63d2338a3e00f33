import type { Format } from './format.ts';

/** Order 711, article 49. */
export const dueSince2019: Format['due'] = [
  {
    role: '向政府信息公开工作主管部门提交并向社会公布',
    monthDay: '01-31',
    article: '《中华人民共和国政府信息公开条例》（国务院令第711号）第四十九条',
  },
  {
    role: '县级以上政府信息公开工作主管部门公布本级上一年度报告',
    monthDay: '03-31',
    article: '《中华人民共和国政府信息公开条例》（国务院令第711号）第四十九条',
  },
];
