import type { DrawnCell } from '../printed-table.ts';

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** ` colspan="2" rowspan="3"`, as far as the cell covers more than itself. */
export function spans({ span, rows }: DrawnCell): string {
  return `${span > 1 ? ` colspan="${span}"` : ''}${rows > 1 ? ` rowspan="${rows}"` : ''}`;
}

/** What stands around the article on a site: none of it belongs to the report. */
export const surroundings = {
  navigation: ['首页', '政府信息公开', '政务服务', '互动交流', '走进云岭'],
  footer: '主办：云岭省政务信息网　网站标识码：9900000001　云ICP备00000001号　公安备案99000002000001号',
};

/** The day after the reporting year on which the site put the report up. */
export function publishedOn(year: number, day: number): string {
  return `${year + 1}-01-${String(day).padStart(2, '0')}`;
}
