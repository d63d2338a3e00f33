import type { Judgement, ListedFinding } from '../../areas/filed-reports/index.ts';
import {
  Button,
  Card,
  Empty,
  ErrorSummary,
  Form,
  FormActions,
  LinkButton,
  Table,
  TextArea,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { FINDINGS, ROOM } from './addresses.ts';
import { findingValue, JudgementBadge } from './finding-parts.tsx';
import { crumbsTo } from './room-page.tsx';
import { judgements } from './words.ts';

/** What a bulk judgement will change and what it will pass over, before anything is saved. */
export function BulkJudgementPage(props: {
  year: number | undefined;
  judgement: Judgement;
  note: string;
  back: string;
  taken: readonly ListedFinding[];
  /** Judged already as asked for. */
  same: readonly ListedFinding[];
  /** No longer found. */
  gone: number;
  errors?: Readonly<Record<string, string>>;
}) {
  const { year, judgement, note, back, taken, same, gone, errors = {} } = props;
  const { label } = judgements[judgement];
  const changed = taken.filter(({ judged }) => judged !== null).length;
  return (
    <WorkbenchPage
      title={`认定 ${taken.length} 处发现为“${label}”`}
      current={ROOM}
      breadcrumbs={crumbsTo(year, { label: '核查发现', href: back }, { label: '批量认定' })}
      lead="下面是将要保存的认定，还没有保存。"
      wide
    >
      <ErrorSummary errors={errors} />
      {(changed > 0 || same.length > 0 || gone > 0) && (
        <ul class="bulk-notes">
          {changed > 0 && <li>{`其中 ${changed} 处已有别的认定，将改为“${label}”。`}</li>}
          {same.length > 0 && <li>{`${same.length} 处已经认定为“${label}”且说明相同，跳过。`}</li>}
          {gone > 0 && <li>{`${gone} 处在最近一次核查中已不存在，跳过。`}</li>}
        </ul>
      )}
      {taken.length === 0 ? (
        <Card>
          <Empty title="没有需要保存的认定" action={<a href={back}>返回核查发现</a>} />
        </Card>
      ) : (
        <>
          <Table
            caption="将要认定的发现"
            stack
            columns={[{ label: '单位' }, { label: '发现' }, { label: '规则' }, { label: '现在的认定' }]}
          >
            {taken.map((found) => (
              <tr key={findingValue(found)}>
                <td data-label="单位">{found.unitName}</td>
                <td data-label="发现">{found.finding.message}</td>
                <td data-label="规则">{found.finding.rule}</td>
                <td data-label="现在的认定">
                  {found.judged ? <JudgementBadge judgement={found.judged.judgement} /> : '—'}
                </td>
              </tr>
            ))}
          </Table>
          <Form action={`${FINDINGS}/judgements`}>
            {taken.map((found) => (
              <input key={findingValue(found)} type="hidden" name="finding" value={findingValue(found)} />
            ))}
            <input type="hidden" name="judgement" value={judgement} />
            <input type="hidden" name="back" value={back} />
            <TextArea name="note" label="说明" rows={2} maxlength={1000} value={note} error={errors.note} />
            <FormActions>
              <Button tone="primary" icon="check">{`认定 ${taken.length} 处为“${label}”`}</Button>
              <LinkButton href={back}>返回，不保存</LinkButton>
            </FormActions>
          </Form>
        </>
      )}
    </WorkbenchPage>
  );
}
