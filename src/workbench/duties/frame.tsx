import type { ComponentChildren } from 'preact';
import { type Duty, dutyStates } from '../../areas/catalogue/index.ts';
import { Light, Tabs } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DUTIES, REASSESSMENTS } from './addresses.ts';

/** One of the two halves of the room. */
export function DutiesView(props: {
  view: 'publication' | 'reassessment';
  lead: string;
  actions?: ComponentChildren;
  due: number;
  children: ComponentChildren;
}) {
  const { view, lead, actions, due, children } = props;
  return (
    <WorkbenchPage title="公开期限和评估" current={DUTIES} lead={lead} actions={actions} wide>
      <Tabs
        label="公开期限和评估"
        items={[
          { label: '主动公开的期限', href: DUTIES, current: view === 'publication' },
          {
            label: '不公开信息的评估',
            href: REASSESSMENTS,
            current: view === 'reassessment',
            ...(due > 0 && { count: due }),
          },
        ]}
      />
      {children}
    </WorkbenchPage>
  );
}

/** How a limit stands, in a light and working days. */
export function DutyLight({ duty }: { duty: Duty }) {
  const { stands, daysLeft, due } = duty;
  const { label, light } = dutyStates[stands];
  const days =
    due === null || daysLeft === null
      ? ''
      : stands === 'late' || stands === 'published-late'
        ? `${Math.max(1, -daysLeft)} 个工作日`
        : stands === 'in-time'
          ? ''
          : daysLeft === 0
            ? '，今天到期'
            : `，还有 ${daysLeft} 个工作日`;
  return <Light tone={light}>{`${label}${days}`}</Light>;
}
