import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import { currentCalendar } from '../../areas/calendars/index.ts';
import { may } from '../../areas/organisations/index.ts';
import { countRequests, exportRequests } from '../../areas/requests/index.ts';
import { asDownload } from '../../core/download.ts';
import { InvalidForm } from '../../core/refusal.ts';
import {
  Button,
  CheckField,
  ErrorSummary,
  Form,
  FormActions,
  LinkButton,
  RadioField,
  TextField,
} from '../../ui/index.ts';
import { type Errors, type Given, oneOf } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { REQUESTS } from './case-addresses.ts';
import { countWords } from './queue-model.ts';
import { filterOf, type QueueQuery, queueAddress, readQueueQuery } from './queue-query.ts';
import { queryOf, requestCtx, withPosted } from './request.ts';

const formats = { xlsx: 'Excel 工作簿（.xlsx）', csv: 'CSV 文本（.csv）' } as const;

/** The list as a table to take along: `/workbench/requests/export` with the list's own query. */
export const exportRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(`${REQUESTS}/export`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.export');
      const query = readQueueQuery(queryOf(request));
      const calendar = await currentCalendar(ctx.db, ctx.agencyId);
      const count = await countRequests(ctx, filterOf(ctx, query, calendar));
      return reply.page(
        <ExportPage query={query} count={count} mayReveal={may(ctx.actor, 'requests.reveal')} />,
      );
    });

    server.post(`${REQUESTS}/export`, (request, reply) =>
      withPosted(app, request, async ({ given }) => {
        const ctx = requestCtx(app, request, 'requests.export');
        const query = readQueueQuery(queryOf(request));
        const calendar = await currentCalendar(ctx.db, ctx.agencyId);
        const filter = filterOf(ctx, query, calendar);
        try {
          const { name, type, content } = await exportRequests(ctx, filter, {
            format: oneOf(formats, given('format')) ?? 'xlsx',
            personal: given('personal') === '1',
            reason: given('reason'),
          });
          return asDownload(reply, name, type).send(content);
        } catch (error) {
          if (!(error instanceof InvalidForm)) throw error;
          const count = await countRequests(ctx, filter);
          const mayReveal = may(ctx.actor, 'requests.reveal');
          return reply.page(
            <ExportPage
              query={query}
              count={count}
              mayReveal={mayReveal}
              given={given}
              errors={error.fields}
            />,
            422,
          );
        }
      }),
    );
  };

function ExportPage(props: {
  query: QueueQuery;
  count: number;
  mayReveal: boolean;
  given?: Given;
  errors?: Errors;
}) {
  const { query, count, mayReveal, given = () => '', errors = {} } = props;
  const back = queueAddress(query);
  return (
    <WorkbenchPage
      title={`导出申请台账（${countWords(count)} 件）`}
      current={REQUESTS}
      breadcrumbs={[{ label: '依申请公开', href: back }, { label: '导出' }]}
      lead="按列表现在的条件导出。导出会记入操作台账。"
    >
      <ErrorSummary errors={errors} />
      <Form action={queueAddress(query, {}, `${REQUESTS}/export`)}>
        <RadioField
          name="format"
          label="文件格式"
          value={given('format') || 'xlsx'}
          options={Object.entries(formats).map(([value, label]) => ({ value, label }))}
        />
        {mayReveal ? (
          <>
            <CheckField
              name="personal"
              label="包括申请人的姓名、证件号码和联系方式"
              checked={given('personal') === '1'}
              help="这是个人信息：只在确有需要时导出，用后及时销毁。"
            />
            <TextField
              name="reason"
              label="导出申请人信息的理由"
              value={given('reason')}
              width={40}
              maxlength={200}
              error={errors.reason}
              help="只在勾选上一项时需要填写，会记入操作台账。"
            />
          </>
        ) : (
          <p class="help">导出的表格不含申请人的姓名、证件号码和联系方式。</p>
        )}
        <FormActions>
          <Button tone="primary" icon="download">
            导出
          </Button>
          <LinkButton href={back}>返回申请列表</LinkButton>
        </FormActions>
      </Form>
    </WorkbenchPage>
  );
}
