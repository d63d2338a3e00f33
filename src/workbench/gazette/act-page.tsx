import { type DeskIssue, type IssueMove, issueTitle } from '../../areas/gazette/index.ts';
import { Alert, bookTitle, ConfirmPage } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DESK, issueAddress } from './addresses.ts';

/** Acts with a page of their own: what follows from them is named before they are done. */
export type ActName = 'submission' | 'publication' | 'discard';

export const actMoves: Readonly<Record<ActName, IssueMove>> = {
  submission: 'submit',
  publication: 'publish',
  discard: 'discard',
};

interface ActWords {
  label: string;
  tone: 'primary' | 'danger';
  consequence(desk: DeskIssue): string;
}

const words: Readonly<Record<ActName, ActWords>> = {
  submission: {
    label: '送审',
    tone: 'primary',
    consequence: ({ entries }) =>
      `送审后这 ${entries.length} 篇的内容和编排不能再改，直到退回或者撤回；由没有参加编辑的人审核（先审核后公开）。`,
  },
  publication: {
    label: '出版',
    tone: 'primary',
    consequence: ({ next, settings, entries }) =>
      `出版后编为${bookTitle(next ? issueTitle({ ...next, title: settings.title }) : settings.title)}，公众立即可见；编入的 ${entries.length} 篇记为在政府公报公开。期号不能收回，出版后只能登记更正。`,
  },
  discard: {
    label: '作废',
    tone: 'danger',
    consequence: () => '作废后这一期不再出现在列表里，不能恢复；编入的文件回到待编文件，不占用期号。',
  },
};

export function ActPage({ act, desk }: { act: ActName; desk: DeskIssue }) {
  const { issue, entries } = desk;
  const { label, tone, consequence } = words[act];
  const repeated = entries.filter(({ earlier }) => earlier.length > 0);
  return (
    <WorkbenchPage
      title={label}
      current={DESK}
      breadcrumbs={[
        { label: '政府公报', href: DESK },
        { label: issue.name, href: issueAddress(issue.id) },
        { label },
      ]}
    >
      {act !== 'discard' && repeated.length > 0 && (
        <Alert tone="warning" title={`${repeated.length} 篇在以前的公报刊登过`}>
          <ul>
            {repeated.map(({ itemId, title, earlier }) => (
              <li key={itemId}>
                {bookTitle(title)}：{earlier.join('、')}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <ConfirmPage
        title={`${label}“${issue.name}”`}
        consequence={consequence(desk)}
        action={issueAddress(issue.id, `/${act}`)}
        label={label}
        tone={tone}
        backHref={issueAddress(issue.id)}
      />
    </WorkbenchPage>
  );
}
