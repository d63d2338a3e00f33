import {
  applicantKinds,
  type ListSort,
  type QueuedRequest,
  requestStates,
  stateGroups,
} from '../../areas/requests/index.ts';
import { channels } from '../../law/index.ts';
import {
  Badge,
  Card,
  type Column,
  Empty,
  ErrorSummary,
  Form,
  formatNearDay,
  Light,
  LinkButton,
  Pager,
  Table,
  Tabs,
  usePage,
} from '../../ui/index.ts';
import { caseAddress, NEW_REQUEST } from './case-addresses.ts';
import { QueueBulk } from './queue-bulk.tsx';
import { QueueFilters } from './queue-filters.tsx';
import { RequestsPage } from './queue-frame.tsx';
import { cleared, countWords, type QueueProps } from './queue-model.ts';
import { type QueueQuery, queueAddress } from './queue-query.ts';
import { dueRemarks, dueWords, resultWords } from './queue-words.ts';

/** The queue: what is due first. */
export function QueuePage(props: QueueProps) {
  const { query, page, counts, errors, may } = props;
  const bulk = (may.assign || may.archive) && page.items.length > 0;
  return (
    <RequestsPage
      title="依申请公开"
      view="queue"
      lead="最先到期的排在最前。期限按收到申请之日和工作日历计算，节假日安排调整后自动重算。"
      actions={
        may.register && (
          <LinkButton href={NEW_REQUEST} tone="primary" icon="plus">
            登记申请
          </LinkButton>
        )
      }
    >
      <ErrorSummary errors={errors} />
      <GroupTabs query={query} counts={counts} />
      <QueueFilters {...props} />
      {page.items.length === 0 ? (
        <Card>
          <NothingHere query={query} />
        </Card>
      ) : bulk ? (
        <Form action="/workbench/requests/bulk" layout="bare" label="批量办理">
          <input type="hidden" name="back" value={queueAddress(query)} />
          <QueueTable {...props} ticks />
          <QueueBulk may={may} units={props.units} people={props.people} />
        </Form>
      ) : (
        <QueueTable {...props} ticks={false} />
      )}
      <Pager
        previousHref={page.previous && queueAddress(query, { before: page.previous })}
        nextHref={page.next && queueAddress(query, { after: page.next })}
        note={props.total === null ? null : `共 ${countWords(props.total)} 件`}
      />
    </RequestsPage>
  );
}

function GroupTabs({ query, counts }: Pick<QueueProps, 'query' | 'counts'>) {
  const current = query.group || (query.q || query.person ? 'all' : 'open');
  return (
    <Tabs
      label="办理阶段"
      items={(Object.keys(stateGroups) as (keyof typeof stateGroups)[]).map((group) => ({
        label: stateGroups[group].label,
        href: queueAddress(query, { group, due: '', dueFrom: '', dueTo: '', sort: '', dir: '' }),
        current: group === current,
        ...(counts[group] !== undefined && { count: countWords(counts[group]) }),
      }))}
    />
  );
}

function NothingHere({ query }: { query: QueueQuery }) {
  const narrowed = Object.entries(query).some(
    ([name, value]) => value !== '' && !['group', 'sort', 'dir'].includes(name),
  );
  if (narrowed) {
    return (
      <Empty
        title="没有符合条件的申请"
        icon="search"
        action={<a href={queueAddress(query, cleared)}>清除条件</a>}
      >
        {query.person
          ? '没有这个申请人的申请：须与登记的姓名、证件号码或电话完全一致。'
          : '请放宽条件或换一个词。'}
      </Empty>
    );
  }
  return query.group === '' || query.group === 'open' ? (
    <Empty title="没有在办的申请" icon="circle-check">
      收到的申请都已办结。新的申请会出现在这里。
    </Empty>
  ) : (
    <Empty title="这个阶段没有申请" icon="circle-check" />
  );
}

function QueueTable({ query, page, order, sorts, ticks }: QueueProps & { ticks: boolean }) {
  const { today } = usePage();
  const sortable = (label: string, sort: ListSort): Column => {
    if (!sorts.includes(sort)) return { label };
    const current = order.sort === sort;
    const descending = current ? !order.descending : sort !== 'due';
    return {
      label,
      sortHref: queueAddress(query, { sort, dir: descending ? 'desc' : 'asc' }),
      ...(current && { sorted: order.descending ? ('descending' as const) : ('ascending' as const) }),
    };
  };
  const columns: Column[] = [
    ...(ticks
      ? [
          {
            label: <input type="checkbox" data-check-all hidden aria-label="勾选本页全部申请" />,
          },
        ]
      : []),
    sortable('期限', 'due'),
    sortable('编号', 'number'),
    { label: '申请内容' },
    { label: '申请人' },
    { label: '渠道' },
    { label: '状态' },
    { label: '承办' },
    sortable('收到', 'received'),
  ];
  return (
    <div class="queue-table">
      <Table caption="申请" queue stack columns={columns}>
        {page.items.map((request) => (
          <Row key={request.id} request={request} today={today} ticks={ticks} />
        ))}
      </Table>
    </div>
  );
}

function Row({ request, today, ticks }: { request: QueuedRequest; today: string; ticks: boolean }) {
  const { tone, words } = dueWords(request, today);
  const state = requestStates[request.state];
  const result = resultWords(request.resultCode);
  return (
    <tr class={tone === 'red' ? 'late' : undefined}>
      {ticks && (
        <td class="queue-tick" data-label="勾选">
          <input
            type="checkbox"
            name="request"
            value={String(request.id)}
            aria-label={`勾选申请 ${request.number}`}
          />
        </td>
      )}
      <td class="queue-due" data-label="期限">
        {tone === null ? <span class="quiet">{words}</span> : <Light tone={tone}>{words}</Light>}
        {dueRemarks(request, today).map((remark) => (
          <span key={remark} class="queue-remark">
            {remark}
          </span>
        ))}
      </td>
      <td class="queue-number" data-label="编号">
        <a href={caseAddress(request.id)}>{request.number}</a>
      </td>
      <th scope="row" class="queue-title" data-label="申请内容">
        <span title={request.title}>{request.title}</span>
      </th>
      <td class="queue-kind" data-label="申请人">
        {applicantKinds[request.applicantKind]}
      </td>
      <td class="queue-kind" data-label="渠道">
        {channels[request.channel].label}
      </td>
      <td data-label="状态">
        <Badge tone={state.tone}>
          <span aria-hidden="true">{state.shape}</span>
          {state.label}
        </Badge>
        {result && <span class="queue-result">{result}</span>}
      </td>
      <td class="queue-unit" data-label="承办">
        {request.unitName ?? <span class="quiet">未分办</span>}
        {request.handlerName && <span class="queue-handler">{request.handlerName}</span>}
      </td>
      <td class="queue-day" data-label="收到">
        {request.receivedOn === null ? (
          <span class="quiet">{formatNearDay(request.submittedOn, today)}提交</span>
        ) : (
          formatNearDay(request.receivedOn, today)
        )}
      </td>
    </tr>
  );
}
