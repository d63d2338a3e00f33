import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import {
  type InterpretedShare,
  interpretedShare,
  type UninterpretedDocument,
  uninterpretedDocuments,
} from '../../areas/catalogue/index.ts';
import { may } from '../../areas/organisations/index.ts';
import {
  Button,
  Empty,
  Form,
  formatDate,
  formatNumber,
  LinkButton,
  Stat,
  Stats,
  Table,
  TextField,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { INTERPRETATIONS, ITEMS, itemAddress } from './addresses.ts';
import { itemCtx, queryOf } from './request.ts';

/** Documents listed; the count is told in full. */
const MOST_LISTED = 200;

/** 政策解读: which share of the normative documents of a year has an interpretation, and which still lack one. */
export const interpretationRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(INTERPRETATIONS, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const asked = queryOf(request)('year');
      const year = /^(19|20)\d\d$/.test(asked) ? Number(asked) : ctx.clock.today().year;
      const [share, lacking] = await Promise.all([
        interpretedShare(ctx.db, ctx.agencyId, year),
        uninterpretedDocuments(ctx.db, ctx.agencyId, year, MOST_LISTED),
      ]);
      const mayWrite = may(ctx.actor, 'catalogue.write');
      return reply.page(<InterpretationsPage {...{ year, share, lacking, mayWrite }} />);
    });
  };

function InterpretationsPage(props: {
  year: number;
  share: InterpretedShare;
  lacking: readonly UninterpretedDocument[];
  mayWrite: boolean;
}) {
  const { year, share, lacking, mayWrite } = props;
  const percent =
    share.documents === 0 ? null : Math.round((share.interpreted * 1000) / share.documents) / 10;
  return (
    <WorkbenchPage
      title="政策解读"
      current={ITEMS}
      breadcrumbs={[{ label: '公开信息', href: ITEMS }, { label: '政策解读' }]}
      lead="行政规范性文件和规章公开后应当解读；在解读的稿件里选择它解读的文件，两边的公开页面就互相链接。"
    >
      <Form action={INTERPRETATIONS} method="get" layout="inline" label="选择年份">
        <TextField name="year" label="发布年份" type="number" width={8} min={1949} max={2100} value={year} />
        <Button icon="search">查看</Button>
      </Form>
      <Stats>
        <Stat label={`${year}年公开的规范性文件和规章`} value={formatNumber(share.documents)} unit="件" />
        <Stat label="已有公开的解读" value={formatNumber(share.interpreted)} unit="件" />
        <Stat
          label="解读比例"
          value={percent === null ? '—' : String(percent)}
          unit={percent === null ? '' : '%'}
        />
      </Stats>
      {lacking.length === 0 ? (
        <Empty title={share.documents === 0 ? `${year}年没有公开规范性文件或规章` : '全部文件都有解读'} />
      ) : (
        <>
          <Table
            caption={`${year}年还没有解读的文件`}
            stack
            columns={[
              { label: '文件', width: 'wide' },
              { label: '部门' },
              { label: '发布日期' },
              { label: '解读方案' },
              ...(mayWrite ? [{ label: '办理' }] : []),
            ]}
          >
            {lacking.map((row) => (
              <tr key={row.id}>
                <td data-label="文件">
                  <a href={itemAddress(row.id)}>{row.title}</a>
                  <span class="help-inline">{row.documentNumber}</span>
                </td>
                <td data-label="部门">{row.unitName}</td>
                <td data-label="发布日期">{formatDate(row.publishedOn)}</td>
                <td data-label="解读方案">{row.interpretationPlan || '没有填写'}</td>
                {mayWrite && (
                  <td data-label="办理">
                    <LinkButton href={`${ITEMS}/new?interprets=${row.id}`} small>
                      写解读
                    </LinkButton>
                  </td>
                )}
              </tr>
            ))}
          </Table>
          {share.documents - share.interpreted > lacking.length && (
            <p class="help">{`只列出最近的 ${MOST_LISTED} 件。`}</p>
          )}
        </>
      )}
    </WorkbenchPage>
  );
}
