import type { ComponentChildren } from 'preact';
import { type DraftStep, draftStepKeys, draftSteps } from '../../areas/requests/index.ts';
import { ErrorSummary, formatDateTime, Icon } from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';
import { stepWords } from './step-words.ts';

export const NEW = '/requests/new';
export const stepHref = (step: DraftStep) => `${NEW}/${step}`;

export const requestsCrumb = { label: '依申请公开', href: '/requests' };

export const requestLabels = {
  column: {
    name: '依申请公开',
    description: '向本机关申请公开政府信息，查询办理进度',
    keywords: '依申请公开,政府信息公开申请,进度查询',
    type: '依申请公开',
  },
};

/** One question of the form: how far along, what is asked, why, and the way back. */
export function StepPage(props: {
  step: DraftStep;
  errors?: Readonly<Record<string, string>>;
  savedAt: Date | null;
  /** The question, when it is not the usual one. */
  question?: string;
  lead?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { step, errors, savedAt, children } = props;
  const words = stepWords[step];
  const question = props.question ?? words.question;
  const lead = props.lead ?? words.lead;
  const at = draftStepKeys.indexOf(step);
  const before = draftStepKeys[at - 1];
  return (
    <PortalPage
      title={`${question}（第${at + 1}步，共${draftStepKeys.length}步）`}
      heading={false}
      width="reading"
      labels={requestLabels}
      breadcrumbs={[requestsCrumb, { label: '提出申请' }]}
    >
      <div class="request-progress">
        <p>
          第 {at + 1} 步，共 {draftStepKeys.length} 步<span>{draftSteps[step].title}</span>
        </p>
        <progress
          value={at + 1}
          max={draftStepKeys.length}
          aria-label={`第${at + 1}步，共${draftStepKeys.length}步`}
        />
      </div>
      {before && (
        <p class="request-back">
          <a href={stepHref(before)}>
            <Icon name="arrow-left" />
            上一步
          </a>
        </p>
      )}
      <header class="request-question">
        <h1>{question}</h1>
        {lead && <p class="lead">{lead}</p>}
      </header>
      <ErrorSummary errors={errors} />
      {children}
      {words.why !== '' && (
        <details class="request-why" open>
          <summary>为什么要填</summary>
          <p>{words.why}</p>
        </details>
      )}
      {savedAt && (
        <p class="quiet">
          已于 {formatDateTime(savedAt)} 保存在本机关的服务器上，只有这个浏览器能打开，7 天后自动删除。
          <a href={`${NEW}/deletion`}>删除草稿</a>
        </p>
      )}
    </PortalPage>
  );
}
