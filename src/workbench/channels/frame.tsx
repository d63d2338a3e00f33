import type { ComponentChildren } from 'preact';
import { Tabs } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { ACCOUNTS, CALENDAR, CHANNELS } from './addresses.ts';

const views = [
  { label: '发布记录', href: CHANNELS },
  { label: '发布日程', href: CALENDAR },
  { label: '账号台账', href: ACCOUNTS },
];

/** One of the three views of the room. */
export function ChannelsView(props: {
  title: string;
  view: string;
  lead?: string;
  actions?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { title, view, lead, actions, children } = props;
  return (
    <WorkbenchPage title={title} current={CHANNELS} lead={lead} actions={actions} wide>
      <Tabs label="发布渠道" items={views.map((one) => ({ ...one, current: one.href === view }))} />
      {children}
    </WorkbenchPage>
  );
}

/** A page about one thing of the room. */
export function ChannelsPage(props: {
  title: string;
  under?: { label: string; href: string };
  lead?: string;
  state?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { under = { label: '发布渠道', href: CHANNELS }, children, ...rest } = props;
  return (
    <WorkbenchPage current={CHANNELS} breadcrumbs={[under, { label: props.title }]} {...rest}>
      {children}
    </WorkbenchPage>
  );
}
