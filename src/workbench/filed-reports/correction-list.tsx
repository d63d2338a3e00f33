import type { Correction } from '../../areas/filed-reports/index.ts';
import {
  Badge,
  Button,
  Card,
  Empty,
  Form,
  formatDate,
  formatDateTime,
  Pager,
  SelectField,
  Table,
} from '../../ui/index.ts';
import { CORRECTIONS, reportAddress } from './addresses.ts';
import { Due, states, tones } from './correction-parts.tsx';
import { RoomPage } from './room-page.tsx';

const filters = { open: '等待更正', overdue: '已逾期', answered: '待复核', closed: '已办结' } as const;
export type CorrectionFilter = keyof typeof filters;
export const correctionFilters = filters;

/** Corrections over all reports, the most urgent first. */
export function CorrectionListPage(props: {
  state: CorrectionFilter;
  year: number | undefined;
  years: readonly number[];
  corrections: readonly Omit<Correction, 'messages'>[];
  previousHref: string | null;
  nextHref: string | null;
}) {
  const { state, year, years, corrections } = props;
  return (
    <RoomPage title="更正往来" view="corrections" year={year}>
      <div class="toolbar">
        <Form action={CORRECTIONS} method="get" layout="inline" label="筛选更正">
          <SelectField
            name="state"
            label="状况"
            value={state}
            autosubmit
            options={Object.entries(filters).map(([value, label]) => ({ value, label }))}
          />
          <SelectField
            name="year"
            label="报告年度"
            blank="全部年度"
            value={year}
            autosubmit
            options={years.map((one) => ({ value: String(one), label: `${one}年` }))}
          />
          <Button>查询</Button>
        </Form>
      </div>
      {corrections.length === 0 ? (
        <Card>
          <Empty
            title={state === 'overdue' ? '没有逾期的更正' : `没有${filters[state]}的报告`}
            icon="circle-check"
          >
            在报告页上“要求更正”后，期限和往来列在这里。
          </Empty>
        </Card>
      ) : (
        <Table
          caption={filters[state]}
          queue
          stack
          columns={[
            { label: '单位' },
            { label: '年度' },
            { label: '状况' },
            { label: '期限' },
            { label: '发起' },
          ]}
        >
          {corrections.map((one) => (
            <tr key={one.id} class={one.overdue ? 'late' : undefined}>
              <td data-label="单位">
                <a href={`${reportAddress(one.unitId, one.year, '/corrections')}#correction-${one.id}`}>
                  {one.unitName}
                </a>
              </td>
              <td data-label="年度">{one.year}年</td>
              <td data-label="状况">
                <Badge tone={tones[one.state]}>{states[one.state]}</Badge>
              </td>
              <td data-label="期限">
                {one.state === 'closed' ? (
                  formatDate(one.dueOn)
                ) : (
                  <Due dueOn={one.dueOn} overdue={one.overdue} />
                )}
              </td>
              <td data-label="发起">{`${one.openedBy} ${formatDateTime(one.openedAt)}`}</td>
            </tr>
          ))}
        </Table>
      )}
      <Pager previousHref={props.previousHref} nextHref={props.nextHref} />
    </RoomPage>
  );
}
