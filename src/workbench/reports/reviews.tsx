import { type Move, moves, obstacle, type ReportDesk } from '../../annual-report/index.ts';
import { may } from '../../areas/organisations/index.ts';
import {
  Badge,
  Button,
  Card,
  Empty,
  ErrorSummary,
  Facts,
  Form,
  formatDateTime,
  RadioField,
  Table,
  TextArea,
  TextField,
  UnavailableAct,
  usePage,
} from '../../ui/index.ts';
import { ReportFrame, stateOf } from './frame.tsx';

const kinds = { content: '内容审核', secrecy: '保密审查' } as const;

/** Who has reviewed what, and the review forms of those who may. */
export function Reviews(props: { desk: ReportDesk; errors?: Record<string, string>; failedKind?: string }) {
  const { desk, errors, failedKind } = props;
  const { actor } = usePage();
  const { year } = desk.report;
  const state = stateOf(desk);
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
                    { value: 'fail', label: '不通过，退回修改' },
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
            核对通过后，由未参与编制的人员分别进行内容审核和保密审查。
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
                    <span class="help"> 审核后内容有改动，已失效</span>
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
        {mayEdit ? (
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
              />
            ))}
            <p class="help">印在统计表下方。留空的项目印出空格，由经办人签字填写。</p>
            <Button>保存落款</Button>
          </Form>
        ) : (
          <Facts items={desk.report.foot.map(({ label, value }) => ({ label, value: value || '—' }))} />
        )}
      </Card>
    </ReportFrame>
  );
}
