import {
  type CatalogueColumn,
  type DeskGroup,
  type DeskPlace,
  type DeskRow,
  genres,
  reviewResults,
  reviewSteps,
  stateWords,
  validities,
} from '../../areas/catalogue/index.ts';
import type { Unit } from '../../areas/organisations/index.ts';
import {
  Badge,
  Button,
  DateField,
  Empty,
  ErrorSummary,
  Form,
  formatDate,
  formatDateTime,
  LinkButton,
  Pager,
  SelectField,
  Table,
  Tabs,
  TextField,
  type Tone,
} from '../../ui/index.ts';
import type { Errors } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DELEGATIONS, INTERPRETATIONS, ITEMS, itemAddress } from './addresses.ts';
import { columnOptions } from './column-options.ts';
import { groups, isNarrowed, type ListQuery, listAddress } from './list-query.ts';

/** A batch that was refused, as it was ticked and written. */
export interface ListRefusal {
  errors: Errors;
  items: ReadonlySet<number>;
  opinion: string;
}

interface ListProps {
  query: ListQuery;
  rows: readonly DeskRow[];
  next: DeskPlace | null;
  counts: Partial<Record<DeskGroup, number>>;
  columns: readonly CatalogueColumn[];
  units: readonly Unit[];
  mayWrite: boolean;
  mayReview: boolean;
  today: string;
  refused?: ListRefusal;
}

/** 公开信息: every item by where it stands, with what narrows the list. */
export function ItemListPage(props: ListProps) {
  const { query, rows, next, counts, mayWrite, refused } = props;
  const { filter } = query;
  const { group } = filter;
  return (
    <WorkbenchPage
      title="公开信息"
      current={ITEMS}
      wide
      actions={
        <>
          {mayWrite && (
            <LinkButton href={`${ITEMS}/new`} tone="primary" icon="plus">
              新建信息
            </LinkButton>
          )}
          <LinkButton href={INTERPRETATIONS} icon="messages">
            政策解读
          </LinkButton>
          <LinkButton href={DELEGATIONS} icon="user-share">
            代为审查
          </LinkButton>
        </>
      }
    >
      <ErrorSummary errors={refused?.errors} />
      <Tabs
        label="公开信息"
        items={(Object.keys(groups) as DeskGroup[]).map((key) => ({
          label: groups[key],
          href: listAddress({ ...filter, group: key }),
          current: key === group,
          count: countWords(counts[key]),
        }))}
      />
      <Filters {...props} />
      {rows.length === 0 ? (
        <Empty title={isNarrowed(filter) ? '没有符合条件的信息' : emptyWords[group]}>
          {isNarrowed(filter) && <a href={`${ITEMS}?group=${group}`}>清除筛选</a>}
        </Empty>
      ) : group === 'to-review' && props.mayReview ? (
        <Form action={listAddress(filter, query.after, '/reviews')} layout="bare" label="批量审查">
          <Rows {...props} ticks />
          <BulkBar refused={refused} />
        </Form>
      ) : (
        <Rows {...props} />
      )}
      <Pager
        previousHref={query.after ? listAddress(filter) : null}
        nextHref={next ? listAddress(filter, next) : null}
        note={rows.length > 0 && <a href={listAddress(filter, null, '/export')}>导出为 CSV</a>}
      />
    </WorkbenchPage>
  );
}

const emptyWords: Readonly<Record<DeskGroup, string>> = {
  drafts: '您没有正在撰写的草稿',
  'to-review': '没有等待您审查的稿件',
  'in-review': '没有审查中的稿件',
  approved: '没有等待发布的稿件',
  published: '还没有发布过信息',
  withdrawn: '没有撤下的信息',
  all: '还没有公开信息',
};

const countWords = (count: number | undefined) =>
  count === undefined ? undefined : count > 1000 ? '1,000+' : count;

function Filters({ query: { filter }, columns, units }: ListProps) {
  const open = isNarrowed({ ...filter, text: '' });
  return (
    <Form action={ITEMS} method="get" layout="inline" label="查找公开信息">
      <input type="hidden" name="group" value={filter.group} />
      <TextField
        name="q"
        label="标题、发文字号或索引号"
        labelHidden
        type="search"
        placeholder="标题、发文字号或索引号"
        width={40}
        value={filter.text}
      />
      <Button icon="search">查找</Button>
      <details class="item-filters" open={open}>
        <summary>更多条件</summary>
        <div class="item-filter-fields">
          <SelectField
            name="column"
            label="栏目"
            blank="全部栏目"
            value={filter.columnId}
            options={columnOptions(columns)}
          />
          <SelectField
            name="unit"
            label="部门"
            blank="全部部门"
            value={filter.unitId}
            options={units.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
          <SelectField
            name="genre"
            label="体裁"
            blank="全部体裁"
            value={filter.genre}
            options={genres.map((value) => ({ value, label: value }))}
          />
          <SelectField
            name="validity"
            label="有效性"
            blank="全部"
            value={filter.validity}
            options={Object.entries(validities).map(([value, label]) => ({ value, label }))}
          />
          <DateField name="from" label="发布日期从" value={filter.from} />
          <DateField name="to" label="到" value={filter.to} />
        </div>
      </details>
    </Form>
  );
}

function Rows({ query, rows, today, ticks, refused }: ListProps & { ticks?: boolean }) {
  const { group } = query.filter;
  return (
    <Table
      caption={groups[group]}
      queue
      stack
      columns={[
        ...(ticks
          ? [
              {
                label: <input type="checkbox" data-check-all hidden aria-label="勾选本页全部稿件" />,
                width: 'tick' as const,
              },
            ]
          : []),
        { label: '标题', width: 'wide' },
        { label: '栏目' },
        { label: '部门' },
        { label: '状态' },
        { label: group === 'published' || group === 'withdrawn' ? '日期' : '最近处理' },
      ]}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          {ticks && (
            <td class="tick">
              {row.versionState === 'in-review' && row.step !== 'secrecy' && (
                <input
                  type="checkbox"
                  name="item"
                  value={row.id}
                  checked={refused?.items.has(row.id)}
                  aria-label={`勾选 ${row.title}`}
                />
              )}
            </td>
          )}
          <th scope="row" data-label="标题">
            <a href={itemAddress(row.id)}>{row.title || '未命名的信息'}</a>{' '}
            <span class="help-inline">
              {[row.documentNumber, row.genre].filter((word) => word !== '').join('　')}
            </span>
          </th>
          <td data-label="栏目">{row.columnName ?? '未选栏目'}</td>
          <td data-label="部门">{row.unitName}</td>
          <td data-label="状态">
            <State row={row} today={today} />
          </td>
          <td data-label="日期">{dayOf(row, group)}</td>
        </tr>
      ))}
    </Table>
  );
}

function State({ row, today }: { row: DeskRow; today: string }) {
  const tone: Tone =
    row.state === 'withdrawn'
      ? 'warning'
      : row.versionState === 'in-review' || row.versionState === 'approved'
        ? 'info'
        : row.state === 'published'
          ? 'success'
          : 'neutral';
  const step =
    row.versionState !== 'in-review' || !row.step
      ? ''
      : row.step === 'secrecy'
        ? '待保密部门确定'
        : `待${reviewSteps[row.step]}`;
  return (
    <>
      <Badge tone={tone}>{step || stateWords(row)}</Badge>{' '}
      {row.sentBack && <Badge tone="warning">退回修改</Badge>}
      {row.versionState === 'approved' && row.publishAt && (
        <span class="help-inline">{`定于 ${formatDateTime(row.publishAt)}`}</span>
      )}
      {row.reviewDueOn && (
        <Badge tone={row.reviewDueOn < today ? 'danger' : 'warning'}>
          {`紧急发布，${formatDate(row.reviewDueOn)}前补审`}
        </Badge>
      )}
      {row.validity !== 'in-force' && <Badge tone="neutral">{validities[row.validity]}</Badge>}
    </>
  );
}

function dayOf(row: DeskRow, group: DeskGroup) {
  if (group === 'published') return row.publishedOn && formatDate(row.publishedOn);
  if (group === 'withdrawn') return row.withdrawnOn && formatDate(row.withdrawnOn);
  const at = row.submittedAt ?? row.savedAt;
  if (at) return `${formatDateTime(at)}${row.authorName ? `　${row.authorName}` : ''}`;
  return row.publishedOn && formatDate(row.publishedOn);
}

function BulkBar({ refused: again }: Pick<ListProps, 'refused'>) {
  const { passed, refused } = reviewResults;
  return (
    <div class="bulk-bar" data-print="no">
      <span data-checked-count role="status" class="help">
        勾选上面的稿件后一并审查
      </span>
      <TextField
        name="opinion"
        label="审查意见（不通过须填写）"
        width={40}
        maxlength={500}
        value={again?.opinion}
        error={again?.errors.opinion}
      />
      <Button name="result" value="passed">{`预览：${passed}`}</Button>
      <Button name="result" value="refused">{`预览：${refused}`}</Button>
    </div>
  );
}
