import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { toString as drawQr } from 'qrcode';
import type { App } from '../../app.ts';
import { receiptSheet, sheetFile } from '../../areas/letters/index.ts';
import {
  deleteDraft,
  deliveryWays,
  findVisit,
  ownReceipt,
  RECEIPT_HOURS,
  type RequestCtx,
  trackedForm,
} from '../../areas/requests/index.ts';
import { asDownload } from '../../core/download.ts';
import { NotFound } from '../../core/refusal.ts';
import { channels } from '../../law/index.ts';
import { formatDate } from '../../ui/index.ts';
import { NoReceiptPage, ReceiptPage } from './receipt-page.tsx';
import { draftToken, dropDraftToken, visitorCtx } from './visitor.ts';

/** The receipt of the form this browser sent: a page, a PDF, and its end. The code never stands in an address. */
export const receiptRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const base = app.config.publicUrl.replace(/\/$/, '');
    const trackAddress = (number: string) => `${base}/requests/track?number=${number}`;

    const sentBy = async (ctx: RequestCtx, request: FastifyRequest) => {
      const token = draftToken(request);
      const visit = token === null ? null : await findVisit(ctx, token);
      return visit?.stage === 'sent' ? visit.receipt : null;
    };

    server.get('/requests/receipt', async (request, reply) => {
      const ctx = visitorCtx(app, request);
      const receipt = await sentBy(ctx, request);
      if (!receipt) return reply.page(<NoReceiptPage />, 404);
      const { formId, number, code } = receipt;
      const address = trackAddress(number);
      const svg = await drawQr(address, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' });
      const page = (
        <ReceiptPage
          number={number}
          code={code}
          form={await trackedForm(ctx, formId)}
          qr={`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`}
          trackAddress={address}
          hours={RECEIPT_HOURS}
        />
      );
      return reply.page(page);
    });

    server.get('/requests/receipt.pdf', async (request, reply) => {
      const ctx = visitorCtx(app, request);
      const receipt = await sentBy(ctx, request);
      if (!receipt) throw new NotFound('没有可以显示的回执');
      const { form, cases } = await trackedForm(ctx, receipt.formId);
      const { applicant, content } = await ownReceipt(ctx, receipt);
      const [first] = cases;
      const site = request.page?.agency.site ?? {};
      const sheet = receiptSheet({
        agency: request.page?.agency.name ?? '',
        number: receipt.number,
        queryCode: receipt.code,
        trackAddress: trackAddress(receipt.number),
        submittedOn: form.submittedOn,
        submittedText: formatDate(form.submittedOn),
        receivedText: first?.case.receivedOn ? formatDate(first.case.receivedOn) : null,
        dueText: first?.case.dueOn ? formatDate(first.case.dueOn) : null,
        applicant,
        channel: channels[form.channel as keyof typeof channels].label,
        content,
        deliveryWay: deliveryWays[form.deliveryWay],
        contact: [site.phone, site.address].filter(Boolean).join('，'),
      });
      const { bytes, type } = await sheetFile(app, sheet);
      return asDownload(reply, `申请回执 ${receipt.number}.pdf`, type).send(Buffer.from(bytes));
    });

    server.post('/requests/receipt/end', async (request, reply) => {
      const ctx = visitorCtx(app, request);
      const token = draftToken(request);
      if (token !== null && (await sentBy(ctx, request)) !== null) {
        await deleteDraft(ctx, token);
        dropDraftToken(reply);
      }
      reply.flash('success', '本机上的记录已经清除。');
      return reply.redirect('/requests', 303);
    });
  };
