import { type DeskIssue, type issueReviewResults, labelOf } from '../../areas/gazette/index.ts';
import {
  Alert,
  Button,
  bookTitle,
  Card,
  ErrorSummary,
  Facts,
  Form,
  FormActions,
  formatDate,
  RadioField,
  TextArea,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DESK, issueAddress } from './addresses.ts';
import type { Errors, Given } from './request.ts';

interface ErratumProps {
  desk: DeskIssue;
  erratum: DeskIssue['errata'][number];
  given: Given;
  errors: Errors;
}

const results = { passed: '通过，公众立即可见', refused: '不通过' } satisfies Record<
  keyof typeof issueReviewResults,
  string
>;

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
        <Card title="审核">
          <Form action={issueAddress(issue.id, `/errata/${id}`)}>
            <RadioField
              name="result"
              label="审核结果"
              value={given('result')}
              error={errors.result}
              required
              options={Object.entries(results).map(([value, label]) => ({ value, label }))}
            />
            <TextArea
              name="opinion"
              label="审核意见"
              value={given('opinion')}
              error={errors.opinion}
              rows={3}
              maxlength={1000}
              help="不通过的，请写明要修改什么。"
            />
            <FormActions>
              <Button tone="primary">提交审核结果</Button>
            </FormActions>
          </Form>
        </Card>
      ) : (
        <Alert tone="info">{whyNotDecided}</Alert>
      )}
    </WorkbenchPage>
  );
}
