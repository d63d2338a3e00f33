import { formatForYear } from '../formats/index.ts';
import type { Finding } from '../model.ts';
import type { ReadReport } from '../reading/model.ts';

/** Rule F1: the tables are those of another year's format. Nothing is said where no table was read. */
export function formOfOtherYear({ format, year, cells }: ReadReport): Finding[] {
  const due = year === null ? null : formatForYear(year);
  const isRead = Object.values(cells).some(({ state }) => state !== 'absent');
  if (format === null || !due || due.id === format || !isRead) return [];
  const message = `${year}年度报告应使用 ${due.id} 年的统计表格式（${due.basis}），报告用的是 ${format} 年的格式。`;
  return [
    {
      rule: 'F1',
      severity: 'warning',
      verdict: 'wrong',
      message,
      cells: [],
      left: Number(format),
      right: Number(due.id),
      difference: null,
      tolerance: 0,
    },
  ];
}
