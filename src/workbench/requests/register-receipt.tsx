import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CaseView, Receipt, RequestCtx } from '../../areas/requests/index.ts';
import { channels } from '../../law/index.ts';
import {
  Alert,
  Button,
  Card,
  CountCalendar,
  Facts,
  FileField,
  Form,
  formatDate,
  LinkButton,
  UploadProgress,
  usePage,
} from '../../ui/index.ts';
import { applicationFormAddress, caseAddress, NEW_REQUEST, receiptAddress } from './case-addresses.ts';
import { CaseFrame, StateBadge } from './case-frame.tsx';
import { SCANS } from './case-uploads.ts';
import { FILE_BYTES } from './request.ts';

const COOKIE = 'gongkai-receipt';
/** How long the query code stays at hand after the registration. */
const SECONDS = 15 * 60;

const place = ({ agencyId, actor }: RequestCtx, formId: number) =>
  `desk-receipt/${agencyId}/${formId}/${actor.kind === 'staff' ? actor.staffId : 0}`;

/** Keeps the query code for the receipt page, sealed, in the browser of the one who registered; never in an address. */
export function keepCode(
  reply: FastifyReply,
  ctx: RequestCtx,
  { formId, requestId, code }: Pick<Receipt, 'formId' | 'requestId' | 'code'>,
): void {
  reply.setCookie(COOKIE, ctx.vault.seal(code, place(ctx, formId)), {
    path: receiptAddress(requestId),
    httpOnly: true,
    sameSite: 'strict',
    secure: 'auto',
    maxAge: SECONDS,
  });
}

/** The code kept for this form; null when there is none (any more), or it is of another form or person. */
export function keptCode(request: FastifyRequest, ctx: RequestCtx, formId: number): string | null {
  const sealed = request.cookies[COOKIE];
  if (!sealed) return null;
  try {
    return ctx.vault.open(sealed, place(ctx, formId));
  } catch {
    return null;
  }
}

/** What the applicant takes home, and what the counter does next. */
export function ReceiptPage({
  view,
  code,
  mayRegister,
}: {
  view: CaseView;
  code: string | null;
  mayRegister: boolean;
}) {
  const { today } = usePage();
  const { case: request, form, clock, days } = view;
  return (
    <CaseFrame
      view={view}
      title="登记回执"
      crumb="登记回执"
      state={<StateBadge view={view} />}
      actions={
        <>
          <LinkButton href={NEW_REQUEST} icon="plus">
            再登记一件
          </LinkButton>
          <LinkButton href={caseAddress(request.id)} tone="primary" icon="folder-open">
            办理这件申请
          </LinkButton>
        </>
      }
    >
      <div class="receipt-columns">
        <Card title="交给申请人">
          <dl class="receipt-numbers">
            <div>
              <dt>申请编号</dt>
              <dd class="receipt-number">{form.number}</dd>
            </div>
            <div>
              <dt>查询码</dt>
              <dd>
                {code ? (
                  <span class="receipt-number">{code}</span>
                ) : mayRegister ? (
                  <Form action={receiptAddress(request.id)} layout="bare">
                    <Button small>显示查询码并记入台账</Button>
                  </Form>
                ) : (
                  '由窗口人员显示'
                )}
              </dd>
            </div>
          </dl>
          <Facts
            items={[
              { label: '所需信息', value: request.title },
              { label: '渠道', value: form.oral ? '口头提出' : channels[request.channel].label },
              { label: '提交日期', value: formatDate(request.submittedOn) },
              {
                label: '收到申请',
                value: request.receivedOn ? formatDate(request.receivedOn) : '待与申请人确认',
              },
              {
                label: '答复期限',
                value: request.dueOn ? formatDate(request.dueOn) : '确认收到之后起算',
              },
            ]}
          />
          {clock && clock.reasons.length > 0 && (
            <ul class="clock-reasons">
              {clock.reasons.map(({ text, article }) => (
                <li key={text}>
                  {text}
                  {article && <span class="help">{article}</span>}
                </li>
              ))}
            </ul>
          )}
          <p class="receipt-print" data-print>
            {code && (
              <LinkButton href={`${receiptAddress(request.id)}/print.pdf`} icon="printer">
                打印回执
              </LinkButton>
            )}
          </p>
        </Card>
        {days.length > 0 && (
          <Card title="期限怎样计算">
            <CountCalendar days={days} today={today} />
          </Card>
        )}
      </div>
      {mayRegister && (
        <div data-print>
          <Card title={form.oral ? '口头申请：念给申请人听，打印并签名' : '申请表'}>
            {form.oral && (
              <Alert tone="info" title="口头申请须由申请人确认">
                <ol class="checks">
                  <li>把登记的内容念给申请人听，有出入的当场更正；</li>
                  <li>打印申请表，由申请人签名、捺印，写明日期；</li>
                  <li>把签过名的申请表扫描后存入本件。</li>
                </ol>
              </Alert>
            )}
            <p class="receipt-print">
              <LinkButton href={applicationFormAddress(request.id)} icon="printer">
                打印申请表
              </LinkButton>
              <span class="help">申请表含申请人完整信息，打印记入台账。</span>
            </p>
            <Form action={`${caseAddress(request.id)}/files`} multipart>
              <input type="hidden" name="kind" value="scan" />
              <FileField name="file" label="签过名的申请表扫描件" accept={SCANS} multiple />
              <UploadProgress maxBytes={FILE_BYTES} />
              <Button small>存入本件</Button>
            </Form>
          </Card>
        </div>
      )}
    </CaseFrame>
  );
}
