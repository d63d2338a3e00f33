import type { CrosswalkInWords } from '../../annual-report/index.ts';
import { Crosswalk } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';

/** The same page as the public one, within reach of those who compile. */
export function CrosswalkDesk({ crosswalks }: { crosswalks: CrosswalkInWords[] }) {
  return (
    <WorkbenchPage
      title="统计表格式对照"
      current="reports"
      wide
      breadcrumbs={[{ label: '年度报告', href: '/workbench/reports' }, { label: '格式对照' }]}
      lead="同比、勾稽和图表只比较“相同”的指标；数字按当年的格式保留，从不换算。"
    >
      <Crosswalk crosswalks={crosswalks} />
    </WorkbenchPage>
  );
}
