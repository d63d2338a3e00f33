import { type Move, moves, obstacle, type ReportDesk } from '../../annual-report/index.ts';
import { may } from '../../areas/organisations/index.ts';
import {
  Badge,
  Button,
  Card,
  Confirm,
  Empty,
  ErrorSummary,
  Form,
  formatDateTime,
  RadioField,
  Table,
  TextArea,
  TextField,
  UnavailableAct,
  usePage,
} from '../../ui/index.ts';
import { openErrors, ReportFrame } from './desk.tsx';

const kinds = { content: '内容审核', secrecy: '保密审查' } as const;

/** Who has reviewed what, and the review forms of those who may. */
export function Reviews(props: { desk: ReportDesk; errors?: Record<string, string>; failedKind?: string }) {
  const { desk, errors, failedKind } = props;
  const { actor } = usePage();
  const { year } = desk.report;
  const state = {
    status: desk.report.status,
    compiled: desk.compile !== null,
    unexplainedErrors: openErrors(desk),
    authors: desk.authors,
  };
  const mayEdit =
    actor !== null && may(actor, 'reports.edit') && obstacle('edit', state, actor.staffId) === null;
  return (
    <ReportFrame desk={desk} view="reviews">
      <ErrorSummary errors={errors} />
      {(['content', 'secrecy'] as const).map((kind) => {
        const move: Move = `review-${kind}`;
        if (!actor || !may(actor, moves[move].act)) return null;
        const reason = obstacle(move, state, actor.staffId);
        return (
          <Card key={kind} id={move} title={kinds[kind]}>
            {reason ? (
              <UnavailableAct label={kinds[kind]} reason={reason} />
            ) : (
              <Form action={`/workbench/reports/${year}/reviews`}>
                <input type="hidden" name="kind" value={kind} />
                <RadioField
                  name="result"
                  id={`result-${kind}`}
                  label="审核结果"
                  required
                  error={failedKind === kind ? errors?.result : undefined}
                  options={[
                    { value: 'pass', label: '通过' },
                    { value: 'fail', label: '不通过,退回修改' },
                  ]}
                />
                <TextArea
                  name="comment"
                  id={`comment-${kind}`}
                  label="审核意见"
                  rows={3}
                  error={failedKind === kind ? errors?.comment : undefined}
                  help="不通过时必须写明原因和修改要求。"
                />
                <Button tone="primary">提交{kinds[kind]}结果</Button>
              </Form>
            )}
          </Card>
        );
      })}
      <Card title="审核记录" flush>
        {desk.reviews.length === 0 ? (
          <Empty title="本版尚无审核记录" icon="eye-check">
            核对通过后,由未参与编制的人员分别进行内容审核和保密审查。
          </Empty>
        ) : (
          <Table
            caption="审核记录"
            columns={[
              { label: '种类' },
              { label: '结果' },
              { label: '审核人' },
              { label: '时间' },
              { label: '意见' },
            ]}
          >
            {desk.reviews.map((review) => (
              <tr key={review.id}>
                <td>{kinds[review.kind]}</td>
                <td>
                  <Badge tone={review.result === 'pass' ? 'success' : 'danger'}>
                    {review.result === 'pass' ? '通过' : '不通过'}
                  </Badge>
                  {review.revision !== desk.row.revision && (
                    <span class="help"> 审核后内容有改动,已失效</span>
                  )}
                </td>
                <td>{review.reviewer_name}</td>
                <td>{formatDateTime(review.at)}</td>
                <td>{review.comment || '—'}</td>
              </tr>
            ))}
          </Table>
        )}
      </Card>
      <Card title="统计表落款">
        <Form action={`/workbench/reports/${year}/foot`}>
          {desk.report.foot.map(({ label, value }) => (
            <TextField
              key={label}
              name={label}
              label={label}
              value={value}
              width={20}
              maxlength={50}
              error={errors?.[label]}
              disabled={!mayEdit}
            />
          ))}
          {mayEdit && <Button>保存落款</Button>}
        </Form>
      </Card>
    </ReportFrame>
  );
}

/** The last step before signing, publishing or correcting, with its consequence in words. */
export function ReportConfirm(props: {
  desk: ReportDesk;
  step: 'signature' | 'publication' | 'correction';
  errors?: Record<string, string>;
  reason?: string;
}) {
  const { desk, step, errors, reason } = props;
  const { year, title, version } = desk.report;
  const base = `/workbench/reports/${year}`;
  const steps = {
    signature: {
      label: '签发',
      consequence: `签发后,《${title}》第 ${version} 版的数字、依据清单和正文即被冻结并生成 SM3 摘要,不能再修改;确需改动时只能另编更正版。`,
    },
    publication: {
      label: '发布',
      consequence: `发布后公众立即可见《${title}》,并可下载 PDF、Word、Excel 等文件。`,
    },
    correction: {
      label: '开始更正',
      consequence: `将开始编制《${title}》第 ${version + 1} 版。第 ${version} 版继续对外公开,直到新版发布;两版之间的差异和更正原因会一并公布。`,
    },
  } as const;
  return (
    <ReportFrame desk={desk} view="reviews" title={steps[step].label}>
      <ErrorSummary errors={errors} />
      <Confirm
        consequence={steps[step].consequence}
        action={`${base}/${step}`}
        label={steps[step].label}
        backHref={base}
      >
        {step === 'correction' && (
          <TextArea
            name="reason"
            label="更正原因"
            rows={3}
            required
            value={reason ?? ''}
            error={errors?.reason}
            help="与新版本一并公布,请写清改了什么、为什么改。"
          />
        )}
      </Confirm>
    </ReportFrame>
  );
}
