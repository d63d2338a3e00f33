import type { ComponentChildren } from 'preact';
import { type Crumb, Tabs } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { APART, CORRECTIONS, FINDINGS, ROOM, UNITS, withQuery } from './addresses.ts';

export type RoomView = 'overview' | 'findings' | 'corrections' | 'apart' | 'units';

/** A page that belongs to no single report: the room's views over it. */
export function RoomPage(props: {
  title: string;
  view: RoomView;
  year?: number;
  lead?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { title, view, year, lead, actions, children } = props;
  const items: { key: RoomView; label: string; href: string }[] = [
    { key: 'overview', label: '总览', href: withQuery(ROOM, { year }) },
    { key: 'findings', label: '核查发现', href: withQuery(FINDINGS, { year }) },
    { key: 'corrections', label: '更正往来', href: withQuery(CORRECTIONS, { year }) },
    { key: 'apart', label: '读不出、待归档', href: withQuery(APART, { year }) },
    { key: 'units', label: '报送单位', href: withQuery(UNITS, { year }) },
  ];
  return (
    <WorkbenchPage title={title} current={ROOM} wide lead={lead} actions={actions}>
      <Tabs
        label="年报核查"
        items={items.map(({ key, label, href }) => ({ label, href, current: key === view }))}
      />
      {children}
    </WorkbenchPage>
  );
}

/** The way to a page below the overview. */
export function crumbsTo(year: number | undefined, ...rest: Crumb[]): Crumb[] {
  return [{ label: '年报核查', href: withQuery(ROOM, { year }) }, ...rest];
}
