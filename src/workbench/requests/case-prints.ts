import { applicationForm, receiptSheet, type Sheet } from '../../areas/letters/index.ts';
import { findAgencyById } from '../../areas/organisations/index.ts';
import {
  type Applicant,
  applicantKinds,
  type CaseView,
  deliveryWays,
  fileKinds,
  namedFilesOf,
  printedDay,
  type RequestCtx,
  revealApplicant,
  wantedForms,
} from '../../areas/requests/index.ts';
import { channels } from '../../law/index.ts';
import { identityKinds } from './register-words.ts';

/** The application form to be signed, with the applicant in clear; that it was printed is recorded. */
export async function printedForm(ctx: RequestCtx, view: CaseView): Promise<Sheet> {
  const applicant = await revealApplicant(ctx, view.case.id, '打印申请表');
  const files = await namedFilesOf(ctx, view.case.id);
  return applicationSheet(await agencyName(ctx), { ...view, files }, applicant);
}

/** The application form as it was filled in. */
export function applicationSheet(agency: string, view: CaseView, applicant: Applicant): Sheet {
  const { case: request, form, content } = view;
  const { identityKind, identityNumber } = applicant;
  return applicationForm({
    agency,
    number: form.number,
    submittedOn: form.submittedOn,
    submittedText: printedDay(form.submittedOn),
    receivedText: printedDay(request.receivedOn) || '待确认',
    channel: channels[request.channel].label,
    oral: form.oral,
    applicant: {
      kind: applicantKinds[applicant.kind],
      name: applicant.name,
      identity:
        identityNumber === ''
          ? ''
          : `${identityKind === '' ? '' : `${identityKinds[identityKind]} `}${identityNumber}`,
      representative: applicant.representative,
      contactPerson: applicant.contactPerson,
      phone: applicant.phone,
      email: applicant.email,
      address: applicant.address,
      postcode: applicant.postcode,
    },
    content: [request.title, content?.content ?? ''].filter((text) => text !== '').join('\n'),
    purpose: content?.purpose ?? '',
    wantedForm: wantedForms[form.wantedForm],
    deliveryWay: deliveryWays[form.deliveryWay],
    feeWaiver: content?.feeWaiver ?? false,
    needsHelp: content?.needsHelp ?? '',
    attachments: view.files
      .filter(({ requestId }) => requestId === null)
      .map(({ kind, name }) => `${fileKinds[kind]}：${name}`),
  });
}

/** The receipt with the query code, to be handed over. */
export async function printedReceipt(
  ctx: RequestCtx,
  view: CaseView,
  queryCode: string,
  publicUrl: string,
): Promise<Sheet> {
  const applicant = await revealApplicant(ctx, view.case.id, '打印回执');
  const { case: request, form } = view;
  const agency = await findAgencyById(ctx.db, ctx.agencyId);
  return receiptSheet({
    agency: agency?.name ?? '',
    number: form.number,
    queryCode,
    trackAddress: `${publicUrl.replace(/\/$/, '')}/requests/track?number=${form.number}`,
    submittedOn: form.submittedOn,
    submittedText: printedDay(form.submittedOn),
    receivedText: printedDay(request.receivedOn) || null,
    dueText: printedDay(request.dueOn) || null,
    applicant: applicant.name,
    channel: form.oral ? `${channels[request.channel].label}（口头）` : channels[request.channel].label,
    content: request.title,
    deliveryWay: `${wantedForms[form.wantedForm]}，${deliveryWays[form.deliveryWay]}`,
    contact: [agency?.site.phone, agency?.site.address].filter(Boolean).join('，'),
  });
}

async function agencyName({ db, agencyId }: RequestCtx): Promise<string> {
  return (await findAgencyById(db, agencyId))?.name ?? '';
}
