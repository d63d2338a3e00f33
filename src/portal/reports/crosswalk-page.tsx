import type { CrosswalkInWords } from '../../annual-report/index.ts';
import { Crosswalk } from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';
import { reportsColumn } from './list-page.tsx';

/** Which figures of the reports may be compared over the years in which the tables changed. */
export function CrosswalkPage({ crosswalks }: { crosswalks: CrosswalkInWords[] }) {
  return (
    <PortalPage
      title="历年统计表格式对照"
      labels={{ column: reportsColumn }}
      breadcrumbs={[{ label: '年度报告', href: '/reports' }, { label: '格式对照' }]}
      lead="年度报告的统计表格式在 2019 年和 2021 年改变过。这里说明哪些数字前后相同、可以比较，哪些不能，以及为什么。历年报告的数字都按当年的格式保留，从不换算。"
    >
      <Crosswalk crosswalks={crosswalks} />
    </PortalPage>
  );
}
