import type { ComponentChildren } from 'preact';
import { type CaseView, requestStates } from '../../areas/requests/index.ts';
import { Badge } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { caseAddress, REQUESTS } from './case-addresses.ts';

/** A page about one case: its number leads back to it. */
export function CaseFrame(props: {
  view: CaseView;
  title: string;
  /** This page's own name; the case itself has none. */
  crumb?: string;
  state?: ComponentChildren;
  actions?: ComponentChildren;
  lead?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { view, title, crumb, state, actions, children } = props;
  const { id, number, title: matter } = view.case;
  return (
    <WorkbenchPage
      title={title}
      current={REQUESTS}
      breadcrumbs={[
        { label: '依申请公开', href: REQUESTS },
        { label: `申请 ${number}`, ...(crumb && { href: caseAddress(id) }) },
        ...(crumb ? [{ label: crumb }] : []),
      ]}
      state={state}
      actions={actions}
      lead={props.lead ?? (crumb ? `申请 ${number} ${matter}` : undefined)}
      wide
    >
      {children}
    </WorkbenchPage>
  );
}

export function StateBadge({ view }: { view: CaseView }) {
  const { label, tone } = requestStates[view.case.state];
  return <Badge tone={tone}>{label}</Badge>;
}
