import type { ComponentChildren } from 'preact';
import { Tabs } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { ATTACHMENTS, SEARCH_DESK, SYNONYMS } from './request.ts';

const views = [
  { label: '没有结果的检索', href: SEARCH_DESK },
  { label: '同义词', href: SYNONYMS },
  { label: '附件文字', href: ATTACHMENTS },
];

/** One of the views of the room. */
export function DeskView(props: {
  view: string;
  lead: string;
  actions?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { view, lead, actions, children } = props;
  return (
    <WorkbenchPage title="站内检索" current={SEARCH_DESK} wide lead={lead} actions={actions}>
      <Tabs label="站内检索" items={views.map((one) => ({ ...one, current: one.href === view }))} />
      {children}
    </WorkbenchPage>
  );
}
