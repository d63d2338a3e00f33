import { Temporal } from 'temporal-polyfill';
import { type Reason, reason } from './reason.ts';

/** An agency reports on itself; the authority (政府信息公开工作主管部门) publishes the report of the whole area. */
export type ReportingRole = 'agency' | 'authority';

/** Last day to publish the report on a year: 31 March under 492/31; under 711/49, 31 January, and 31 March for the authority. */
export function annualReportDue(
  year: number,
  role: ReportingRole,
): { due: Temporal.PlainDate; reason: Reason } {
  if (year < 2019) {
    return {
      due: new Temporal.PlainDate(year + 1, 3, 31),
      reason: reason('应当在每年3月31日前公布上一年度政府信息公开工作年度报告', {
        statute: '492',
        article: 31,
      }),
    };
  }
  if (role === 'authority') {
    return {
      due: new Temporal.PlainDate(year + 1, 3, 31),
      reason: reason('主管部门应当在每年3月31日前公布本级政府上一年度政府信息公开工作年度报告', {
        statute: '711',
        article: 49,
      }),
    };
  }
  return {
    due: new Temporal.PlainDate(year + 1, 1, 31),
    reason: reason('行政机关应当在每年1月31日前向主管部门提交上一年度政府信息公开工作年度报告并向社会公布', {
      statute: '711',
      article: 49,
    }),
  };
}
