import {
  type Duty,
  type DutyCounts,
  type DutyPlace,
  type DutyQuery,
  type DutyView,
  dutyGrounds,
} from '../../areas/catalogue/index.ts';
import type { StaffMember, Unit } from '../../areas/organisations/index.ts';
import {
  Button,
  Card,
  Empty,
  Form,
  formatDate,
  formatNumber,
  LinkButton,
  Pager,
  SelectField,
  Table,
  Tabs,
} from '../../ui/index.ts';
import { itemAddress } from '../items/addresses.ts';
import { DUTIES, dutiesAddress } from './addresses.ts';
import { DutiesView, DutyLight } from './frame.tsx';

const views: Readonly<Record<DutyView, { label: string; empty: string }>> = {
  late: { label: '已超期', empty: '没有超过期限还未公开的信息' },
  soon: { label: '临近期限', empty: '没有临近期限的信息' },
  running: { label: '期限内', empty: '没有其他在期限内待公开的信息' },
  'published-late': { label: '逾期公开', empty: '这一年没有逾期公开的信息' },
};

interface DutiesProps {
  query: DutyQuery;
  rows: readonly Duty[];
  next: DutyPlace | null;
  first: boolean;
  counts: readonly DutyCounts[];
  units: readonly Unit[];
  authors: readonly StaffMember[];
  years: readonly number[];
  reassessments: number;
}

/** 主动公开的期限: what is late or ends soon, whose it is, and what was published late. */
export function DutiesPage(props: DutiesProps) {
  const { query, rows, next, first, counts, reassessments } = props;
  const sum = (of: (one: DutyCounts) => number) => counts.reduce((total, one) => total + of(one), 0);
  const numbers: Partial<Record<DutyView, number>> = {
    late: sum(({ late }) => late),
    soon: sum(({ soon }) => soon),
    'published-late': sum(({ publishedLate }) => publishedLate),
  };
  return (
    <DutiesView
      view="publication"
      due={reassessments}
      lead="属于主动公开的，自信息形成或者变更之日起 20 个工作日内公开（条例第二十六条）。期限按工作日历逐日计算。"
      actions={
        <LinkButton href={dutiesAddress(query, null, `${DUTIES}/export.csv`)} icon="download">
          导出 CSV
        </LinkButton>
      }
    >
      <Tabs
        label="期限"
        items={(Object.keys(views) as DutyView[]).map((view) => ({
          label: view === 'published-late' ? `${query.year}年${views[view].label}` : views[view].label,
          href: dutiesAddress({ ...query, view }),
          current: view === query.view,
          ...(numbers[view] !== undefined && { count: numbers[view] }),
        }))}
      />
      <Filters {...props} />
      {rows.length === 0 ? <Nothing query={query} /> : <Rows {...props} />}
      <Pager
        previousHref={first ? null : dutiesAddress(query)}
        nextHref={next && dutiesAddress(query, next)}
      />
      <Units query={query} counts={counts} />
    </DutiesView>
  );
}

function Nothing({ query }: { query: DutyQuery }) {
  const narrowed = query.unitId !== null || query.authorId !== null;
  return (
    <Empty
      title={narrowed ? '没有符合条件的信息' : views[query.view].empty}
      icon={narrowed ? 'search' : 'circle-check'}
      action={
        narrowed ? (
          <a href={dutiesAddress({ ...query, unitId: null, authorId: null })}>清除条件</a>
        ) : undefined
      }
    />
  );
}

function Filters({ query, units, authors, years }: DutiesProps) {
  return (
    <Form action={DUTIES} method="get" layout="inline" label="筛选公开期限">
      <input type="hidden" name="view" value={query.view} />
      <SelectField
        name="unit"
        label="部门"
        blank="全部部门"
        value={query.unitId}
        options={units.map(({ id, name }) => ({ value: String(id), label: name }))}
      />
      <SelectField
        name="author"
        label="撰写人"
        blank="全部"
        value={query.authorId}
        options={authors.map(({ id, name }) => ({ value: String(id), label: name }))}
      />
      {query.view === 'published-late' && (
        <SelectField
          name="year"
          label="公开年份"
          value={query.year}
          options={years.map((year) => ({ value: String(year), label: `${year}年` }))}
        />
      )}
      <Button>筛选</Button>
    </Form>
  );
}

function Rows({ query, rows }: DutiesProps) {
  const published = query.view === 'published-late';
  return (
    <Table
      caption={views[query.view].label}
      queue
      stack
      columns={[
        { label: '标题', width: 'wide' },
        { label: '部门' },
        { label: '撰写人' },
        { label: '起算' },
        { label: '期限' },
        { label: published ? '公开日期' : '剩余' },
      ]}
    >
      {rows.map((duty) => (
        <tr key={`${duty.itemId}-${duty.version}`}>
          <th scope="row" data-label="标题">
            <a href={itemAddress(duty.itemId, '/record')}>{duty.title || '未命名的信息'}</a>
          </th>
          <td data-label="部门">{duty.unitName}</td>
          <td data-label="撰写人">{duty.authorName ?? '—'}</td>
          <td data-label="起算">
            {formatDate(duty.startOn)}
            <span class="cell-note">{dutyGrounds[duty.ground]}</span>
          </td>
          <td data-label="期限">
            <a href={`${DUTIES}/${duty.itemId}/versions/${duty.version}`}>{formatDate(duty.due)}</a>
          </td>
          <td data-label={published ? '公开日期' : '剩余'}>
            {published && <span class="duty-published">{formatDate(duty.publishedOn)}</span>}
            <DutyLight duty={duty} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Units({ query, counts }: Pick<DutiesProps, 'query' | 'counts'>) {
  if (counts.length === 0) return null;
  const number = (view: DutyView, unitId: number, count: number) =>
    count === 0 ? (
      0
    ) : (
      <a href={dutiesAddress({ ...query, view, unitId, authorId: null })}>{formatNumber(count)}</a>
    );
  return (
    <Card title="各部门情况" flush>
      <Table
        caption="各部门情况"
        stack
        columns={[
          { label: '部门' },
          { label: '已超期', numeric: true },
          { label: '临近期限', numeric: true },
          { label: `${query.year}年公开`, numeric: true },
          { label: '其中逾期', numeric: true },
          { label: '按期率', numeric: true },
        ]}
      >
        {counts.map((one) => (
          <tr key={one.unitId} class={one.late > 0 ? 'late' : undefined}>
            <th scope="row" data-label="部门">
              {one.unitName}
            </th>
            <td class="numeric" data-label="已超期">
              {number('late', one.unitId, one.late)}
            </td>
            <td class="numeric" data-label="临近期限">
              {number('soon', one.unitId, one.soon)}
            </td>
            <td class="numeric" data-label={`${query.year}年公开`}>
              {formatNumber(one.published)}
            </td>
            <td class="numeric" data-label="其中逾期">
              {number('published-late', one.unitId, one.publishedLate)}
            </td>
            <td class="numeric" data-label="按期率">
              {one.published === 0
                ? '—'
                : `${(((one.published - one.publishedLate) / one.published) * 100).toFixed(1)}%`}
            </td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}
