import type { ComponentChildren } from 'preact';
import { Tabs } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { REQUESTS } from './case-addresses.ts';

export const DUE_CALENDAR = `${REQUESTS}/calendar`;
export const LOAD = `${REQUESTS}/load`;
export const RECOUNTS = `${REQUESTS}/recounts`;

export type RequestsView = 'queue' | 'calendar' | 'load' | 'recounts';

const views: readonly { key: RequestsView; label: string; href: string }[] = [
  { key: 'queue', label: '申请件', href: REQUESTS },
  { key: 'calendar', label: '到期日历', href: DUE_CALENDAR },
  { key: 'load', label: '办理负荷', href: LOAD },
  { key: 'recounts', label: '期限重算', href: RECOUNTS },
];

/** A page over many requests: the room's views of what is due. */
export function RequestsPage(props: {
  title: string;
  view: RequestsView;
  lead?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { title, view, lead, actions, children } = props;
  return (
    <WorkbenchPage title={title} current={REQUESTS} wide lead={lead} actions={actions}>
      <Tabs
        label="依申请公开"
        items={views.map(({ key, label, href }) => ({ label, href, current: key === view }))}
      />
      {children}
    </WorkbenchPage>
  );
}
