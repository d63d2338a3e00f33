import {
  type BulkReview,
  type ReviewResult,
  reviewResults,
  reviewSteps,
} from '../../areas/catalogue/index.ts';
import { Button, Card, Empty, Form, FormActions, LinkButton, Table } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { ITEMS, itemAddress } from './addresses.ts';

const BACK = `${ITEMS}?group=to-review`;

/** What a batch would decide, and who is left out and why. */
export function BulkReviewPage(props: {
  items: readonly BulkReview[];
  result: ReviewResult;
  opinion: string;
}) {
  const { items, result, opinion } = props;
  const ready = items.filter(({ reason }) => reason === null);
  const left = items.filter(({ reason }) => reason !== null);
  return (
    <WorkbenchPage
      title="批量审查"
      current={ITEMS}
      lead={`结果“${reviewResults[result]}”。每条稿件各记一次决定；${result === 'refused' ? '稿件退回作者修改。' : '审查完成的立即发布，公众可见。'}`}
      breadcrumbs={[
        { label: '公开信息', href: ITEMS },
        { label: '待我审查', href: BACK },
        { label: '批量审查' },
      ]}
    >
      {ready.length === 0 ? (
        <Empty title="没有可以一并审查的稿件" action={<LinkButton href={BACK}>返回待我审查</LinkButton>} />
      ) : (
        <Form action={`${ITEMS}/reviews/confirmation`}>
          <input type="hidden" name="result" value={result} />
          <input type="hidden" name="opinion" value={opinion} />
          <Table
            caption={`将审查的 ${ready.length} 条`}
            captionHidden={false}
            columns={[{ label: '标题', width: 'wide' }, { label: '步骤' }]}
            stack
          >
            {ready.map(({ id, title, step, revision }) => (
              <tr key={id}>
                <th scope="row" data-label="标题">
                  <input type="hidden" name="item" value={`${id}.${step}.${revision}`} />
                  <a href={itemAddress(id)}>{title}</a>
                </th>
                <td data-label="步骤">{step && reviewSteps[step]}</td>
              </tr>
            ))}
          </Table>
          {opinion !== '' && <p>{`意见：${opinion}`}</p>}
          <FormActions>
            <Button tone={result === 'refused' ? 'danger' : 'primary'}>
              {`审查 ${ready.length} 条：${reviewResults[result]}`}
            </Button>
            <LinkButton href={BACK}>返回，暂不审查</LinkButton>
          </FormActions>
        </Form>
      )}
      {left.length > 0 && (
        <Card title={`跳过的 ${left.length} 条`}>
          <ul>
            {left.map(({ id, title, reason }) => (
              <li key={id}>
                <a href={itemAddress(id)}>{title}</a>
                {`：${reason}`}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </WorkbenchPage>
  );
}
