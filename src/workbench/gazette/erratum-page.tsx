import { type DeskIssue, labelOf } from '../../areas/gazette/index.ts';
import { Alert, bookTitle, Card, ErrorSummary, Facts, formatDate } from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DESK, issueAddress } from './addresses.ts';
import { ReviewForm } from './review-form.tsx';

interface ErratumProps {
  desk: DeskIssue;
  erratum: DeskIssue['errata'][number];
  given: Given;
  errors: Errors;
}

/** A correction before the person who decides whether readers see it. */
export function ErratumPage({ desk: { issue, entries }, erratum, given, errors }: ErratumProps) {
  const { id, itemId, notice, notedOn, byName, whyNotDecided } = erratum;
  const title = '审核公报更正';
  const about = entries.find((entry) => entry.itemId === itemId)?.title;
  return (
    <WorkbenchPage
      title={title}
      current={DESK}
      breadcrumbs={[
        { label: '政府公报', href: DESK },
        { label: labelOf(issue), href: issueAddress(issue.id) },
        { label: title },
      ]}
    >
      <ErrorSummary errors={errors} />
      <Card title="更正内容">
        <Facts
          items={[
            { label: '公报', value: labelOf(issue) },
            { label: '更正哪一篇', value: about === undefined ? '整期' : bookTitle(about) },
            { label: '更正内容', value: notice },
            { label: '登记', value: `${byName}，${formatDate(notedOn)}` },
          ]}
        />
      </Card>
      {whyNotDecided === null ? (
        <ReviewForm
          action={issueAddress(issue.id, `/errata/${id}`)}
          results={{ passed: '通过，公众立即可见', refused: '不通过' }}
          help="不通过的，请写明要修改什么。"
          given={given}
          errors={errors}
        />
      ) : (
        <Alert tone="info">{whyNotDecided}</Alert>
      )}
    </WorkbenchPage>
  );
}
