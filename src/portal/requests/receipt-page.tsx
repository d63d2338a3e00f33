import type { TrackedForm } from '../../areas/requests/index.ts';
import { Button, Empty, Facts, Form, FormActions, formatDate, LinkButton, usePage } from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';
import { DueDate } from './case-parts.tsx';
import { requestLabels, requestsCrumb } from './step-page.tsx';

export interface ReceiptProps {
  number: string;
  code: string;
  form: TrackedForm;
  /** A picture of the address that leads to the tracking page. */
  qr: string;
  trackAddress: string;
  hours: number;
}

/** The page one keeps: number, code, days, and what happens next. */
export function ReceiptPage({ number, code, form, qr, trackAddress, hours }: ReceiptProps) {
  const { agency } = usePage();
  const [tracked] = form.cases;
  const received = tracked?.case.receivedOn ?? null;
  const { site } = agency;
  return (
    <PortalPage
      title="申请已经提交"
      heading={false}
      labels={requestLabels}
      breadcrumbs={[requestsCrumb, { label: '申请回执' }]}
    >
      <article class="request-receipt">
        <header>
          <h1>申请已经提交</h1>
          <p class="lead">请保存或者打印这一页。查询码只在这里显示，丢失后须到窗口凭身份证件补打。</p>
        </header>
        <div class="request-receipt-keys">
          <dl>
            <div>
              <dt>申请编号</dt>
              <dd>{number}</dd>
            </div>
            <div>
              <dt>查询码</dt>
              <dd>{`${code.slice(0, 4)} ${code.slice(4)}`}</dd>
            </div>
          </dl>
          <figure>
            <img src={qr} alt="查询办理进度的二维码" width={132} height={132} />
            <figcaption>扫码查询进度</figcaption>
          </figure>
        </div>
        <FormActions>
          <LinkButton href="/requests/receipt.pdf" tone="primary" icon="download" download>
            下载回执（PDF）
          </LinkButton>
          <button type="button" class="btn btn-plain" data-print hidden>
            打印本页
          </button>
        </FormActions>
        <section>
          <h2>申请情况</h2>
          <Facts
            items={[
              { label: '受理机关', value: agency.name },
              { label: '所需信息', value: tracked?.case.title },
              { label: '提交日期', value: formatDate(form.form.submittedOn) },
              { label: '收到申请之日', value: received ? formatDate(received) : '待双方确认' },
            ]}
          />
        </section>
        {tracked && (
          <section>
            <h2>{tracked.case.dueOn ? '答复期限' : '答复期限尚未起算'}</h2>
            <DueDate tracked={tracked} />
          </section>
        )}
        <section>
          <h2>接下来</h2>
          <ol class="request-list">
            <li>我们审查申请；写得不清楚的，7 个工作日内请您补正。</li>
            <li>查找、办理；需要征求意见或者延长期限的，会告诉您。</li>
            <li>按您选择的方式答复。不服答复的，答复书写明怎样救济。</li>
          </ol>
          <p>
            随时凭申请编号和查询码查看进度：<span class="request-address">{trackAddress}</span>
            {site.phone && `。咨询电话：${site.phone}`}
          </p>
        </section>
      </article>
      <section class="request-receipt-end">
        <p class="quiet">为保护您的信息，这一页 {hours} 小时后不能再打开；使用公用电脑的，请现在清除。</p>
        <Form action="/requests/receipt/end" layout="bare">
          <FormActions>
            <Button>已收好，清除本机记录</Button>
            <LinkButton href={`/requests/track?number=${number}`}>查看进度</LinkButton>
          </FormActions>
        </Form>
      </section>
    </PortalPage>
  );
}

export function NoReceiptPage() {
  return (
    <PortalPage
      title="没有可以显示的回执"
      width="reading"
      heading={false}
      labels={requestLabels}
      breadcrumbs={[requestsCrumb, { label: '申请回执' }]}
    >
      <h1 class="visually-hidden">申请回执</h1>
      <Empty
        title="这里没有可以显示的回执"
        icon="receipt"
        action={<LinkButton href="/requests/track">查询进度</LinkButton>}
      >
        回执只在提交申请的浏览器上显示两小时。已有编号和查询码的，可以查询进度；丢失的，请带身份证件到窗口补打。
      </Empty>
    </PortalPage>
  );
}
