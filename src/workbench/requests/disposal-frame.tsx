import type { ComponentChildren } from 'preact';
import type { DueForm } from '../../areas/requests/index.ts';
import { Tabs } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { caseAddress, DISPOSAL, REQUESTS } from './case-addresses.ts';
import { resultWords } from './case-results.ts';

const views = [
  { key: 'due', label: '到期', href: DISPOSAL },
  { key: 'holds', label: '暂缓', href: `${DISPOSAL}/holds` },
  { key: 'lists', label: '处置清单', href: `${DISPOSAL}/lists` },
] as const;

/** One of the three views of disposal. */
export function DisposalFrame(props: {
  view: (typeof views)[number]['key'];
  lead: ComponentChildren;
  children: ComponentChildren;
}) {
  const { view, lead, children } = props;
  return (
    <WorkbenchPage
      title="到期处置"
      current={DISPOSAL}
      breadcrumbs={[{ label: '依申请公开', href: REQUESTS }, { label: '到期处置' }]}
      wide
      lead={lead}
    >
      <Tabs
        label="到期处置"
        items={views.map(({ key, label, href }) => ({ label, href, current: key === view }))}
      />
      {children}
    </WorkbenchPage>
  );
}

/** The requests of a form, each with its result. */
export function FormParts({ parts }: { parts: DueForm['parts'] }) {
  return (
    <ul class="disposal-parts">
      {parts.map(({ id, title, resultCode }) => (
        <li key={id}>
          <a href={caseAddress(id)}>{title}</a>
          <span class="help">{resultCode === null ? '未确认即取消' : resultWords(resultCode)}</span>
        </li>
      ))}
    </ul>
  );
}
