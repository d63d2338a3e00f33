import type { ComponentChildren } from 'preact';
import { type Crumb, Tabs } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { LETTER_SETTINGS, LETTERS, TEMPLATES } from './addresses.ts';

/** A page of the room with its three views. */
export function RoomPage(props: {
  title: string;
  view: string;
  lead?: string;
  breadcrumbs?: Crumb[];
  actions?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { title, view, lead, breadcrumbs, actions, children } = props;
  const tabs = [
    { label: '发文登记簿', href: LETTERS },
    { label: '文书模板', href: TEMPLATES },
    { label: '文书设置', href: LETTER_SETTINGS },
  ];
  return (
    <WorkbenchPage title={title} current={LETTERS} lead={lead} breadcrumbs={breadcrumbs} actions={actions}>
      <Tabs label="文书" items={tabs.map((tab) => ({ ...tab, current: tab.href === view }))} />
      {children}
    </WorkbenchPage>
  );
}
