import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import { listRecounts, type Recount, type RecountChange, readRecount } from '../../areas/requests/index.ts';
import { Card, Empty, formatDate, formatDateTime, formatNumber, Pager, Table } from '../../ui/index.ts';
import { caseAddress } from './case-addresses.ts';
import { RECOUNTS, RequestsPage } from './queue-frame.tsx';
import { numberOf, numberOrNull, queryOf, requestCtx } from './request.ts';

/** 期限重算: what an amendment of the calendar changed. */
export const recountRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(RECOUNTS, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read');
      const recounts = await listRecounts(ctx);
      const [newest] = recounts;
      const found = newest ? await readRecount(ctx, newest.id) : null;
      return reply.page(<RecountsPage recounts={recounts} found={found} />);
    });

    server.get<{ Params: { recount: string } }>(`${RECOUNTS}/:recount`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.read');
      const id = numberOf(request.params.recount, '没有找到这次期限重算。');
      const behind = numberOrNull(queryOf(request)('after')) ?? 0;
      const [recounts, found] = await Promise.all([listRecounts(ctx), readRecount(ctx, id, behind)]);
      return reply.page(<RecountsPage recounts={recounts} found={found} />);
    });
  };

function RecountsPage(props: {
  recounts: readonly Recount[];
  found: { recount: Recount; changes: readonly RecountChange[]; next: number | null } | null;
}) {
  const { recounts, found } = props;
  return (
    <RequestsPage
      title="期限重算"
      view="recounts"
      lead="放假安排导入、撤销或者登记地方假日后，在办申请的答复期限自动重算，变动在这里列出，并通知承办人和信息公开专员。"
    >
      {found === null ? (
        <Card>
          <Empty title="还没有重算过期限" icon="calendar-check">
            工作日历变动后，受影响的申请会列在这里。
          </Empty>
        </Card>
      ) : (
        <>
          <Changes {...found} />
          <section class="bulk-skipped">
            <h2>历次重算</h2>
            <Table
              caption="历次重算"
              queue
              stack
              columns={[
                { label: '时间' },
                { label: '重算', numeric: true },
                { label: '有变动', numeric: true },
                { label: '进度' },
              ]}
            >
              {recounts.map((recount) => (
                <tr key={recount.id}>
                  <th scope="row" data-label="时间">
                    <a href={`${RECOUNTS}/${recount.id}`}>{formatDateTime(recount.begunAt)}</a>
                  </th>
                  <td class="numeric" data-label="重算">
                    {formatNumber(recount.counted)} 件
                  </td>
                  <td class="numeric" data-label="有变动">
                    {formatNumber(recount.changed)} 件
                  </td>
                  <td data-label="进度">{recount.endedAt === null ? '重算中' : '已完成'}</td>
                </tr>
              ))}
            </Table>
          </section>
        </>
      )}
    </RequestsPage>
  );
}

function Changes({
  recount,
  changes,
  next,
}: {
  recount: Recount;
  changes: readonly RecountChange[];
  next: number | null;
}) {
  const when = formatDateTime(recount.begunAt);
  if (changes.length === 0) {
    return (
      <Card>
        <Empty title={`${when} 的重算没有改变任何期限`} icon="circle-check">
          共重算 {formatNumber(recount.counted)} 件。
        </Empty>
      </Card>
    );
  }
  return (
    <section>
      <h2 class="recount-title">
        {when}：{formatNumber(recount.changed)} 件申请有变动
      </h2>
      <Table
        caption="有变动的申请"
        queue
        stack
        columns={[
          { label: '编号' },
          { label: '申请内容' },
          { label: '承办' },
          { label: '原期限' },
          { label: '新期限' },
        ]}
      >
        {changes.map((change) => (
          <tr key={change.requestId}>
            <td class="queue-number" data-label="编号">
              <a href={caseAddress(change.requestId)}>{change.number}</a>
            </td>
            <th scope="row" class="queue-title" data-label="申请内容">
              <span>{change.title}</span>
            </th>
            <td data-label="承办">
              {change.unitName ?? '未分办'}
              {change.handlerName && <span class="queue-handler">{change.handlerName}</span>}
            </td>
            <td class="queue-day" data-label="原期限">
              <DueWords due={change.dueBefore} provisional={change.provisionalBefore} />
            </td>
            <td class="queue-day" data-label="新期限">
              <strong>
                <DueWords due={change.dueAfter} provisional={change.provisionalAfter} />
              </strong>
            </td>
          </tr>
        ))}
      </Table>
      <Pager
        nextHref={next === null ? null : `${RECOUNTS}/${recount.id}?after=${next}`}
        note={`共 ${formatNumber(recount.changed)} 件`}
      />
    </section>
  );
}

function DueWords({ due, provisional }: { due: string | null; provisional: boolean }) {
  return (
    <>
      {due === null ? '未计' : formatDate(due)}
      {provisional && <span class="queue-remark">暂定</span>}
    </>
  );
}
