import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import { type CaseBundle, caseBundle, sheetFile } from '../../areas/letters/index.ts';
import { findAgencyById } from '../../areas/organisations/index.ts';
import {
  applicantKinds,
  type BundledCase,
  fileKinds,
  filePlace,
  openApproval,
  openForBundle,
  printedDay,
  type RequestCtx,
  requestStates,
} from '../../areas/requests/index.ts';
import { asDownload } from '../../core/download.ts';
import { channels, regimes } from '../../law/index.ts';
import { formatDateTime } from '../../ui/index.ts';
import { approvalSheet } from './approval-sheet.ts';
import { REQUESTS } from './case-addresses.ts';
import { officeNames } from './case-names.ts';
import { applicationSheet } from './case-prints.ts';
import { orAskWhy } from './case-reason-routes.tsx';
import { resultWords } from './case-results.ts';
import { caseIdOf, requestCtx } from './request.ts';

/** 案卷: the whole case as one PDF, for a reconsideration or a suit; 审查呈批单: how its reply was approved. */
export const bundleRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(`${REQUESTS}/:id/bundle.pdf`, async (request, reply) => {
      const ctx = requestCtx(app, request, 'requests.reveal');
      const id = caseIdOf(request);
      return orAskWhy(reply, id, 'bundle.pdf', async () => {
        const bundled = await openForBundle(ctx, id);
        const { bytes, name, type } = await caseBundle(ctx, app, await bundleOf(app, ctx, bundled));
        return asDownload(reply, name, type).send(Buffer.from(bytes));
      });
    });

    for (const format of ['pdf', 'docx'] as const)
      server.get(`${REQUESTS}/:id/approval.${format}`, async (request, reply) => {
        const ctx = requestCtx(app, request, 'requests.read');
        const approval = await openApproval(ctx, caseIdOf(request));
        const agency = await findAgencyById(ctx.db, ctx.agencyId);
        const sheet = approvalSheet(approval, {
          agency: agency?.name ?? '',
          on: ctx.clock.today().toString(),
          by: ctx.actor.name,
          names: await officeNames(ctx),
        });
        const { bytes, type } = await sheetFile(app, sheet, format);
        const name = `审查呈批单 ${approval.view.case.number}.${format}`;
        return asDownload(reply, name, type).send(Buffer.from(bytes));
      });
  };

async function bundleOf(app: App, ctx: RequestCtx, bundled: BundledCase): Promise<CaseBundle> {
  const { view, applicant, acts } = bundled;
  const agency = await findAgencyById(ctx.db, ctx.agencyId);
  return {
    agency: agency?.name ?? '',
    number: view.case.number,
    title: view.case.title,
    madeOn: ctx.clock.today(),
    madeBy: ctx.actor.name,
    facts: await factsOf(ctx, bundled),
    timeline: acts.map(({ at, title, by, detail }) => ({ at: formatDateTime(at), title, by, detail })),
    form: applicant && applicationSheet(agency?.name ?? '', view, applicant),
    letters: view.letters,
    files: view.files.map((file) => ({
      kind: fileKinds[file.kind],
      name: file.name,
      type: file.type,
      bytes: file.bytes,
      read: () => app.sealedFiles.read(file.sealedDigest, filePlace(ctx.agencyId)),
    })),
  };
}

async function factsOf(ctx: RequestCtx, { view, applicant }: BundledCase): Promise<CaseBundle['facts']> {
  const { case: request, form } = view;
  const names = await officeNames(ctx);
  const channel = channels[request.channel].label;
  return [
    { label: '申请人', value: applicant?.name ?? '已按保管期限处置' },
    { label: '申请人类别', value: applicantKinds[request.applicantKind] },
    { label: '申请渠道', value: form.oral ? `${channel}（口头）` : channel },
    { label: '提交日期', value: printedDay(form.submittedOn) },
    { label: '收到申请之日', value: printedDay(request.receivedOn) || '待确认' },
    { label: '答复期限', value: printedDay(request.dueOn) || '没有期限在计算' },
    { label: '承办单位', value: names.unit(request.unitId) },
    { label: '承办人', value: names.person(request.handlerId) || '还没有指定' },
    { label: '状态', value: requestStates[request.state].label },
    { label: '办结日期', value: printedDay(request.concludedOn) || '还没有办结' },
    ...(request.regime ? [{ label: '适用法律', value: regimes[request.regime].title, wide: true }] : []),
    { label: '办理结果', value: resultWords(request.resultCode), wide: true },
  ];
}
