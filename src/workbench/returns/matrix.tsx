import type { Unit } from '../../areas/organisations/index.ts';
import {
  isWholeMonth,
  monthPeriod,
  monthsOf,
  type Owed,
  periodName,
  type Return,
  type Status,
  statuses,
} from '../../areas/returns/index.ts';
import {
  Alert,
  Button,
  DateField,
  Empty,
  Form,
  formatDateTime,
  LinkButton,
  SelectField,
  Table,
  Tabs,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { StateBadge } from './state.tsx';

export interface MatrixProps {
  year: number;
  /** Civil date. */
  today: string;
  units: readonly Unit[];
  returns: readonly Return[];
  owed: readonly Owed[];
  mayFill: (unit: Unit) => boolean;
  mayReview: boolean;
  waiting: number;
  ownOnly: boolean;
}

/** Units × months: what was reported, what waits, what is owed. */
export function MatrixPage(props: MatrixProps) {
  const { year, units, returns, owed } = props;
  const others = returns.filter((item) => !isWholeMonth(item));
  const late = owed.filter((one) => one.late);
  return (
    <WorkbenchPage
      title={`${year}年数据填报`}
      current="/workbench/returns"
      wide
      actions={
        <>
          {props.mayReview && (
            <LinkButton href="/workbench/returns/review" tone="primary">
              {`审核填报（${props.waiting}）`}
            </LinkButton>
          )}
          <LinkButton
            href={`/workbench/returns/late?year=${year}`}
          >{`未报单位（${owed.length}）`}</LinkButton>
          <LinkButton href={`/workbench/returns/export.xlsx?year=${year}`} icon="download" download>
            导出 Excel
          </LinkButton>
          <LinkButton href={`/workbench/returns/export.csv?year=${year}`} icon="download" download>
            导出 CSV
          </LinkButton>
        </>
      }
      lead={
        props.ownOnly
          ? '本单位各月填报。点开一个月即可填写或查看。'
          : '各单位各月填报。点开一格即可查看、填写或审核。'
      }
    >
      <Tabs
        label="年份"
        items={[year - 1, year, year + 1].map((item) => ({
          label: `${item}年`,
          href: `/workbench/returns?year=${item}`,
          current: item === year,
        }))}
      />
      {late.length > 0 && (
        <Alert tone="danger" title={`有 ${late.length} 份填报已经逾期`}>
          <a href={`/workbench/returns/late?year=${year}`}>查看未报单位</a>
        </Alert>
      )}
      {units.length === 0 ? (
        <Empty title="还没有单位">请管理员先在“机构与人员”中建立单位。</Empty>
      ) : (
        <Table
          caption={`${year}年各单位填报情况`}
          columns={[
            { label: '单位', width: 'wide' },
            ...monthsOf(year).map((_, index) => ({ label: `${index + 1}月` })),
          ]}
        >
          {units.map((unit) => (
            <UnitRow key={unit.id} unit={unit} {...props} />
          ))}
        </Table>
      )}
      <Legend />
      <OtherPeriod {...props} />
      {others.length > 0 && (
        <section class="other-periods">
          <h2>其他期间的填报</h2>
          <Table
            caption="其他期间的填报"
            columns={[
              { label: '单位' },
              { label: '期间' },
              { label: '状态' },
              { label: '指标数', numeric: true },
              { label: '建立时间' },
            ]}
          >
            {others.map((item) => (
              <tr key={item.id}>
                <td>{item.unitName}</td>
                <td>
                  <a href={`/workbench/returns/${item.id}`}>{periodName(item)}</a>
                </td>
                <td>
                  <StateBadge status={item.status} />
                  {item.origin === 'import' && ' 导入'}
                </td>
                <td class="numeric">{item.lineCount}</td>
                <td>{formatDateTime(item.madeAt)}</td>
              </tr>
            ))}
          </Table>
        </section>
      )}
    </WorkbenchPage>
  );
}

/** A return for another period than a month, e.g. figures known only for the whole year. */
function OtherPeriod({ year, units, mayFill }: MatrixProps) {
  const own = units.filter(mayFill);
  if (own.length === 0) return null;
  return (
    <details class="other-periods">
      <summary>填报其他期间（例如只有全年合计的指标）</summary>
      <Form action="/workbench/returns/fill" method="get" layout="inline" label="填报其他期间">
        {own.length > 1 && (
          <SelectField
            name="unit"
            label="单位"
            options={own.map((unit) => ({ value: String(unit.id), label: unit.name }))}
          />
        )}
        <DateField name="from" label="起始日期" value={`${year}-01-01`} />
        <DateField name="to" label="截止日期" value={`${year}-12-31`} />
        <Button>开始填报</Button>
      </Form>
    </details>
  );
}

function UnitRow({ unit, ...props }: MatrixProps & { unit: Unit }) {
  const own = props.returns.filter(({ unitId }) => unitId === unit.id);
  return (
    <tr>
      <th scope="row" class="matrix-unit">
        {unit.name}
      </th>
      {monthsOf(props.year).map((month) => (
        <td key={month} class="matrix-cell">
          <Cell unit={unit} month={month} own={own} {...props} />
        </td>
      ))}
    </tr>
  );
}

function Cell({
  unit,
  month,
  own,
  ...props
}: MatrixProps & { unit: Unit; month: string; own: readonly Return[] }) {
  const period = monthPeriod(month);
  const exact = own.filter(({ from, to }) => from === period.from && to === period.to);
  const covering = own.filter(({ from, to }) => from <= period.from && to >= period.to);
  // A return somebody still has to act on comes before one that is settled, a month's own before a longer one's.
  const order: readonly Status[] = ['returned', 'submitted', 'draft', 'accepted'];
  const shown = (exact.length > 0 ? exact : covering).toSorted(
    (a, b) => order.indexOf(a.status) - order.indexOf(b.status),
  )[0];
  const owed = props.owed.find((one) => one.unit.id === unit.id && one.month === month);
  const label = `${unit.name}${Number(month.slice(5))}月`;
  if (shown) {
    const state = statuses[shown.status];
    return (
      <a
        class={`matrix-state matrix-${shown.status}`}
        href={`/workbench/returns/${shown.id}`}
        aria-label={`${label}:${state.label}`}
      >
        <span aria-hidden="true">{state.shape}</span> {state.label}
        {owed?.late && <span class="matrix-late">逾期</span>}
      </a>
    );
  }
  const closed = unit.closedOn !== null && period.from > unit.closedOn;
  if (closed || period.from > props.today) return <span class="matrix-none">—</span>;
  const words = owed?.late ? '逾期未报' : '未报';
  if (!props.mayFill(unit))
    return <span class={owed?.late ? 'matrix-state matrix-overdue' : 'matrix-none'}>{words}</span>;
  return (
    <a
      class={`matrix-state ${owed?.late ? 'matrix-overdue' : 'matrix-empty'}`}
      href={`/workbench/returns/fill?unit=${unit.id}&month=${month}`}
      aria-label={`填写${label}(${words})`}
    >
      {owed?.late ? '! 逾期未报' : '填写'}
    </a>
  );
}

function Legend() {
  return (
    <p class="matrix-legend">
      {(['draft', 'submitted', 'returned', 'accepted'] as const).map((status) => (
        <StateBadge key={status} status={status} />
      ))}
    </p>
  );
}
