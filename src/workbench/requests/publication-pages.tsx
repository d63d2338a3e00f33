import type { CaseFile, Publication, PublicationState } from '../../areas/requests/index.ts';
import {
  Badge,
  Button,
  bookTitle,
  Card,
  Empty,
  ErrorSummary,
  Facts,
  Form,
  FormActions,
  formatBytes,
  formatDate,
  RadioField,
  Table,
  TextArea,
  TextField,
  type Tone,
} from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { caseAddress, caseFileAddress, REQUESTS } from './case-addresses.ts';

export const PUBLICATIONS = `${REQUESTS}/publications`;

export const publicationStates: Readonly<Record<PublicationState, { label: string; tone: Tone }>> = {
  proposed: { label: '待审查', tone: 'warning' },
  published: { label: '已公开', tone: 'success' },
  returned: { label: '已退回', tone: 'neutral' },
  withdrawn: { label: '已撤下', tone: 'neutral' },
};

const crumbs = [{ label: '依申请公开', href: REQUESTS }];

/** Answers that wait to be let out to everybody. */
export function PublicationsPage({
  waiting,
  thisYear,
  year,
  errors,
}: {
  waiting: readonly Publication[];
  thisYear: number;
  /** As it was typed. */
  year: string;
  errors: Errors;
}) {
  return (
    <WorkbenchPage
      title="转主动公开审查"
      current={REQUESTS}
      breadcrumbs={[...crumbs, { label: '转主动公开审查' }]}
      lead="申请的答复转为主动公开之前，由提出人以外的人审查。"
    >
      {waiting.length === 0 ? (
        <Card>
          <Empty title="没有等待审查的稿件" icon="circle-check" />
        </Card>
      ) : (
        <Table
          caption="等待审查的稿件"
          stack
          queue
          columns={[{ label: '标题' }, { label: '提出', width: 'medium' }, { label: '附件', numeric: true }]}
        >
          {waiting.map(({ id, title, proposedOn, fileIds }) => (
            <tr key={id}>
              <td data-label="标题">
                <a href={`${PUBLICATIONS}/${id}`}>{title}</a>
              </td>
              <td data-label="提出">{formatDate(proposedOn)}</td>
              <td data-label="附件" class="numeric">
                {fileIds.length}
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Card title="主动公开移送明细表">
        <p class="help">
          一年内由依申请公开转为主动公开的信息：名称、来源、承办部门、提出和审查的人、公开日期。
        </p>
        <Form action={`${PUBLICATIONS}/transfers`} method="get">
          <TextField
            name="year"
            label="年度"
            type="number"
            width={8}
            min={2008}
            max={thisYear}
            value={year}
            error={errors.year}
          />
          <FormActions>
            <Button name="format" value="pdf" icon="download">
              PDF
            </Button>
            <Button name="format" value="docx" icon="download">
              Word
            </Button>
          </FormActions>
        </Form>
      </Card>
    </WorkbenchPage>
  );
}

/** One answer as everybody would read it, with its review or its withdrawal. */
export function PublicationPage(props: {
  publication: Publication;
  files: readonly CaseFile[];
  author: string;
  /** Why this person may not review it; null when he may, undefined when it is not his to do. */
  reviewProblem: string | null | undefined;
  mayWithdraw: boolean;
  given: Given;
  errors: Errors;
}) {
  const { publication, files, author, reviewProblem, mayWithdraw, given, errors } = props;
  const { id, requestId, title, question, answer, state, proposedOn, publishedOn, reason } = publication;
  const { label, tone } = publicationStates[state];
  const reviewing = state === 'proposed' && reviewProblem !== undefined;
  const withdrawable = mayWithdraw && (state === 'published' || state === 'proposed');
  return (
    <WorkbenchPage
      title={title}
      current={REQUESTS}
      breadcrumbs={[...crumbs, { label: '转主动公开审查', href: PUBLICATIONS }, { label: '稿件' }]}
      state={<Badge tone={tone}>{label}</Badge>}
    >
      <ErrorSummary errors={errors} />
      <Card title="公众将看到">
        <div class="publication">
          <h3>问题</h3>
          <p class="song">{question}</p>
          <h3>答复</h3>
          <p class="song">{answer}</p>
          {files.length > 0 && (
            <>
              <h3>附件</h3>
              <ul class="outgoing">
                {files.map((file) => (
                  <li key={file.id}>
                    <a href={caseFileAddress(requestId, file.id)} download>
                      {file.name}
                    </a>
                    <span class="help-inline">{formatBytes(file.bytes)}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
        <Facts
          items={[
            { label: '来自', value: <a href={caseAddress(requestId)}>原申请</a> },
            { label: '提出', value: `${formatDate(proposedOn)}${author && `，${author}`}` },
            ...(publishedOn ? [{ label: '公开', value: formatDate(publishedOn) }] : []),
            ...(reason ? [{ label: '意见', value: reason }] : []),
          ]}
        />
      </Card>
      {reviewing && (
        <Card title="公开审查">
          {reviewProblem ? (
            <p>{reviewProblem}</p>
          ) : (
            <Form action={`${PUBLICATIONS}/${id}/review`}>
              <p class="help">
                审查内容：不含国家秘密、商业秘密、个人隐私，看不出申请人是谁。通过后公众立即可见
                {bookTitle(title)}。
              </p>
              <RadioField
                name="decision"
                label="决定"
                value={given('decision')}
                error={errors.decision}
                options={[
                  { value: 'approve', label: '通过，立即公开' },
                  { value: 'return', label: '退回' },
                ]}
                required
              />
              <TextArea
                name="reason"
                label="意见"
                rows={3}
                value={given('decision') === '' ? '' : given('reason')}
                error={given('decision') === '' ? undefined : errors.reason}
                maxlength={500}
                help="退回的须写明理由。"
              />
              <Button tone="primary">提交审查决定</Button>
            </Form>
          )}
        </Card>
      )}
      {withdrawable && (
        <Card title={state === 'published' ? '撤下' : '收回'}>
          <Form action={`${PUBLICATIONS}/${id}/withdrawal`}>
            <TextArea
              name="reason"
              id="field-withdraw-reason"
              label="理由"
              rows={2}
              value={given('decision') === '' ? given('reason') : ''}
              error={given('decision') === '' ? errors.reason : undefined}
              maxlength={500}
              help={
                state === 'published'
                  ? '撤下后公众不能再看到，撤下的记录保留。'
                  : '收回后不再审查，可以另行提出。'
              }
              required
            />
            <Button tone="danger">{state === 'published' ? '撤下这份答复' : '收回这份稿件'}</Button>
          </Form>
        </Card>
      )}
    </WorkbenchPage>
  );
}
