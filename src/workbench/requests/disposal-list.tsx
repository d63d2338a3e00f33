import { type Disposal, type DueForm, disposalStates } from '../../areas/requests/index.ts';
import {
  Badge,
  Button,
  Card,
  Confirm,
  ErrorSummary,
  Facts,
  Form,
  formatDate,
  formatDateTime,
  formatNumber,
  Pager,
  Progress,
  RadioField,
  Table,
  TextField,
} from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DISPOSAL, disposalAddress, REQUESTS } from './case-addresses.ts';
import { FormParts } from './disposal-frame.tsx';

/** One list: what is on it, who proposed it, and its approval by somebody else. */
export function DisposalListPage(props: {
  disposal: Disposal;
  items: readonly (DueForm & { disposedOn: string | null })[];
  next: string | null;
  first: boolean;
  /** Whether this person may approve it; `own`: not what he proposed himself. */
  approval: 'open' | 'own' | 'none';
  mayWithdraw: boolean;
  given: Given;
  errors: Errors;
}) {
  const { disposal, items, next, first, approval, mayWithdraw, given, errors } = props;
  const { id, state, forms } = disposal;
  const address = disposalAddress(id);
  return (
    <WorkbenchPage
      title={`处置清单第 ${id} 号`}
      current={DISPOSAL}
      breadcrumbs={[
        { label: '依申请公开', href: REQUESTS },
        { label: '到期处置', href: DISPOSAL },
        { label: '处置清单', href: `${DISPOSAL}/lists` },
        { label: `第 ${id} 号` },
      ]}
      state={<Badge tone={disposalStates[state].tone}>{disposalStates[state].label}</Badge>}
      wide
    >
      <ErrorSummary errors={errors} />
      <Card title="清单">
        <Facts items={factsOf(disposal)} />
      </Card>
      {state === 'proposed' && approval === 'open' && (
        <Card title="审批">
          <Confirm
            consequence={
              <>
                批准后，{formatNumber(forms)}{' '}
                份申请表的申请人信息、申请内容、附件、答复书和往来文书全部销毁，不能恢复；编号、日期、种类、结果和统计数据保留。
              </>
            }
            action={`${address}/decision`}
            label="提交审批决定"
            tone="danger"
            backHref={`${DISPOSAL}/lists`}
          >
            <RadioField
              name="decision"
              label="决定"
              value={given('decision')}
              error={errors.decision}
              options={[
                { value: 'approve', label: '批准销毁' },
                { value: 'refuse', label: '不批准' },
              ]}
              required
            />
            <TextField
              name="reason"
              label="不批准的理由"
              value={given('reason')}
              error={errors.reason}
              maxlength={200}
              autocomplete="off"
            />
          </Confirm>
        </Card>
      )}
      {state === 'proposed' && approval === 'own' && <p>这份清单由您提出，须由他人批准。</p>}
      {state === 'proposed' && mayWithdraw && (
        <Form action={`${address}/withdrawal`} layout="bare">
          <Button icon="arrow-back-up">撤回清单</Button>
        </Form>
      )}
      {items.length > 0 && <FormsTable items={items} />}
      <Pager
        previousHref={first ? null : address}
        nextHref={next === null ? null : `${address}?behind=${next}`}
      />
    </WorkbenchPage>
  );
}

function factsOf(disposal: Disposal) {
  const { state, forms, disposed, spared, years, closedUntil, reason } = disposal;
  const carried = state === 'approved' || state === 'done';
  return [
    { label: '申请表', value: `${formatNumber(forms)} 份` },
    { label: '范围', value: `${formatDate(closedUntil)}以前办结，保管满 ${years} 年` },
    { label: '提出', value: `${formatDateTime(disposal.proposedAt)}，${disposal.proposedByName}` },
    ...(disposal.decidedAt
      ? [
          {
            label: state === 'withdrawn' ? '撤回' : '审批',
            value: `${formatDateTime(disposal.decidedAt)}，${disposal.decidedByName}`,
          },
        ]
      : []),
    ...(reason === '' ? [] : [{ label: '理由', value: reason }]),
    ...(carried
      ? [{ label: '已销毁', value: <Progress value={disposed} max={forms - spared} label="已销毁" /> }]
      : []),
    ...(spared > 0
      ? [{ label: '没有销毁', value: `${formatNumber(spared)} 份，批准前后又有争议或者暂缓` }]
      : []),
    ...(disposal.doneAt ? [{ label: '完成', value: formatDateTime(disposal.doneAt) }] : []),
  ];
}

function FormsTable({ items }: { items: readonly (DueForm & { disposedOn: string | null })[] }) {
  return (
    <Table
      caption="清单上的申请表"
      stack
      columns={[
        { label: '编号' },
        { label: '申请内容和结果', width: 'wide' },
        { label: '提出', width: 'medium' },
        { label: '办结', width: 'medium' },
        { label: '销毁', width: 'medium' },
      ]}
    >
      {items.map(({ id, number, parts, submittedOn, closedOn, disposedOn }) => (
        <tr key={id}>
          <th scope="row" class="queue-number" data-label="编号">
            {number}
          </th>
          <td data-label="申请内容和结果">
            <FormParts parts={parts} />
          </td>
          <td class="queue-day" data-label="提出">
            {formatDate(submittedOn)}
          </td>
          <td class="queue-day" data-label="办结">
            {formatDate(closedOn)}
          </td>
          <td class="queue-day" data-label="销毁">
            {disposedOn === null ? '—' : formatDate(disposedOn)}
          </td>
        </tr>
      ))}
    </Table>
  );
}
