import { type Owed, periodName, type Return } from '../../areas/returns/index.ts';
import {
  Alert,
  Button,
  Card,
  Empty,
  Form,
  FormActions,
  formatDate,
  formatDateTime,
  Light,
  LinkButton,
  Table,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';

const crumbs = (label: string) => [{ label: '数据填报', href: '/workbench/returns' }, { label }];

/** What waits for review, longest first; ticked ones can be accepted together. */
export function ReviewPage({
  items,
  obstacles,
}: {
  items: readonly Return[];
  obstacles: ReadonlyMap<number, string>;
}) {
  return (
    <WorkbenchPage title="审核填报" current="/workbench/returns" wide breadcrumbs={crumbs('审核填报')}>
      {items.length === 0 ? (
        <Empty title="没有待审核的填报" icon="circle-check">
          单位报送后会出现在这里。
        </Empty>
      ) : (
        <Form action="/workbench/returns/review/preview" layout="bare">
          <Table
            caption="待审核的填报"
            queue
            columns={[
              { label: '选择', labelHidden: true, width: 'narrow' },
              { label: '单位' },
              { label: '期间' },
              { label: '指标数', numeric: true },
              { label: '报送人' },
              { label: '报送时间' },
              { label: '备注' },
            ]}
          >
            {items.map((item) => (
              <tr key={item.id}>
                <td>
                  <input
                    type="checkbox"
                    name="id"
                    value={item.id}
                    aria-label={`选择${item.unitName}${periodName(item)}`}
                  />
                </td>
                <td>
                  <a href={`/workbench/returns/${item.id}`}>{item.unitName}</a>
                </td>
                <td>{periodName(item)}</td>
                <td class="numeric">{item.lineCount}</td>
                <td>{item.submittedBy ?? '—'}</td>
                <td>{formatDateTime(item.submittedAt)}</td>
                <td>{obstacles.get(item.id) ?? ''}</td>
              </tr>
            ))}
          </Table>
          <FormActions>
            <Button tone="primary">批量通过所选…</Button>
          </FormActions>
        </Form>
      )}
    </WorkbenchPage>
  );
}

/** Before many are accepted: which ones, and which are skipped and why. */
export function BulkPage(props: {
  ready: readonly Return[];
  skipped: readonly { item: Return; reason: string }[];
}) {
  const { ready, skipped } = props;
  return (
    <WorkbenchPage title="批量通过" current="/workbench/returns" breadcrumbs={crumbs('批量通过')}>
      {ready.length === 0 ? (
        <Empty
          title="所选填报都不能由您通过"
          action={<LinkButton href="/workbench/returns/review">返回审核列表</LinkButton>}
        />
      ) : (
        <Form action="/workbench/returns/review/acceptances">
          <Alert tone="info" title={`将通过 ${ready.length} 份填报`}>
            通过后，这些数据立即计入年度报告。
          </Alert>
          <ul class="bulk-list">
            {ready.map((item) => (
              <li key={item.id}>
                <input type="hidden" name="id" value={item.id} />
                {`${item.unitName} ${periodName(item)},${item.lineCount} 项指标`}
              </li>
            ))}
          </ul>
          <FormActions>
            <Button tone="primary">{`通过这 ${ready.length} 份填报`}</Button>
            <LinkButton href="/workbench/returns/review">返回，暂不通过</LinkButton>
          </FormActions>
        </Form>
      )}
      {skipped.length > 0 && (
        <Card title={`跳过 ${skipped.length} 份`} flush>
          <Table caption="跳过的填报" columns={[{ label: '填报' }, { label: '原因' }]}>
            {skipped.map(({ item, reason }) => (
              <tr key={item.id}>
                <td>
                  <a href={`/workbench/returns/${item.id}`}>{`${item.unitName} ${periodName(item)}`}</a>
                </td>
                <td>{reason}</td>
              </tr>
            ))}
          </Table>
        </Card>
      )}
    </WorkbenchPage>
  );
}

export interface LateProps {
  year: number;
  owed: readonly Owed[];
  mayRemind: boolean;
  monthly: boolean;
  today: string;
}

/** Units that owe a month, most overdue first. */
export function LatePage({ year, owed, mayRemind, monthly, today }: LateProps) {
  return (
    <WorkbenchPage
      title={`${year}年未报单位`}
      current="/workbench/returns"
      wide
      breadcrumbs={crumbs('未报单位')}
    >
      {!monthly && (
        <Empty title="没有设定按月填报">
          在机构设置中写明从哪个月起按月填报后，这里会列出未报和逾期的单位。
        </Empty>
      )}
      {monthly && owed.length === 0 && (
        <Empty title="应报的都报了" icon="circle-check">
          没有未报的单位。
        </Empty>
      )}
      {owed.length > 0 && (
        <Table
          caption="未报单位"
          columns={[
            { label: '状态' },
            { label: '单位' },
            { label: '月份' },
            { label: '到期日' },
            { label: '已办到' },
            { label: '最近催报' },
            { label: '催报', labelHidden: true },
          ]}
        >
          {owed.map((one) => (
            <tr key={`${one.unit.id}-${one.month}`}>
              <td>
                {one.late ? (
                  <Light tone="red">{`逾期 ${one.workingDaysLate} 个工作日`}</Light>
                ) : (
                  <Light tone="amber">{`还有 ${-one.workingDaysLate} 个工作日`}</Light>
                )}
              </td>
              <td>{one.unit.name}</td>
              <td>{one.month}</td>
              <td>{formatDate(one.due)}</td>
              <td>
                {one.begun ? (
                  <a href={`/workbench/returns/${one.begun.id}`}>
                    {one.begun.status === 'returned' ? '退回后未再报' : '草稿'}
                  </a>
                ) : (
                  '未填'
                )}
              </td>
              <td>
                {one.lastReminder
                  ? `${formatDate(one.lastReminder.remindedOn)} ${one.lastReminder.byName}`
                  : '—'}
              </td>
              <td>
                {mayRemind && one.lastReminder?.remindedOn !== today && (
                  <Form action="/workbench/returns/late/reminders" layout="inline">
                    <input type="hidden" name="unit" value={one.unit.id} />
                    <input type="hidden" name="month" value={one.month} />
                    <Button small>{`催报${one.unit.name}${Number(one.month.slice(5))}月`}</Button>
                  </Form>
                )}
                {mayRemind && one.lastReminder?.remindedOn === today && '今天已催报'}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </WorkbenchPage>
  );
}
