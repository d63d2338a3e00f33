import type { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from '../../law/calendar.ts';
import { formProblems, tidyForm } from './form-rules.ts';
import {
  type ApplicantKind,
  applicantKinds,
  type DeliveryWay,
  deliveryWays,
  type FormInput,
  type NewFile,
  type WantedForm,
  wantedForms,
} from './model.ts';

/** Everything a visitor types, as typed; all empty at first. */
export const draftFields = [
  'title',
  'content',
  'documentNumber',
  'purpose',
  'kind',
  'name',
  'identityKind',
  'identityNumber',
  'identityNote',
  'representative',
  'contactPerson',
  'wantedForm',
  'deliveryWay',
  'needsHelp',
  'phone',
  'email',
  'address',
  'postcode',
] as const;
export type DraftField = (typeof draftFields)[number];
export type DraftAnswers = Readonly<Record<DraftField, string>>;

/** The questions in their order, each with the fields it asks for. */
export const draftSteps = {
  what: { title: '要哪些信息', fields: ['title', 'content', 'documentNumber', 'purpose'] },
  public: { title: '是否已公开', fields: [] },
  who: { title: '申请人类别', fields: ['kind'] },
  identity: {
    title: '申请人',
    fields: ['name', 'identityKind', 'identityNumber', 'identityNote', 'representative', 'contactPerson'],
  },
  delivery: { title: '获取方式', fields: ['wantedForm', 'deliveryWay', 'needsHelp'] },
  contact: { title: '联系方式', fields: ['phone', 'email', 'address', 'postcode'] },
  files: { title: '附件', fields: [] },
  review: { title: '核对并提交', fields: [] },
} as const satisfies Record<string, { title: string; fields: readonly DraftField[] }>;
export type DraftStep = keyof typeof draftSteps;
export const draftStepKeys = Object.keys(draftSteps) as DraftStep[];

/** What is handed over in each form; others make no sense together (paper by e-mail). */
export const waysOf: Readonly<Record<WantedForm, readonly DeliveryWay[]>> = {
  electronic: ['internet', 'email', 'pick-up'],
  paper: ['post', 'pick-up', 'on-site', 'fax'],
  disc: ['post', 'pick-up'],
  other: ['post', 'pick-up', 'on-site', 'internet', 'email', 'fax'],
};

export const MAX_DRAFT_FILES = 5;

export const emptyAnswers: DraftAnswers = Object.fromEntries(
  draftFields.map((field) => [field, '']),
) as unknown as DraftAnswers;

/** Longest text of a field that is kept at all, so that a draft stays small. */
const kept = (field: DraftField) => (field === 'content' ? 20_000 : field === 'purpose' ? 4000 : 400);

/** The draft with what one page sent; fields of other pages stay. */
export function withAnswers(
  answers: DraftAnswers,
  step: DraftStep,
  given: Readonly<Record<string, unknown>>,
): DraftAnswers {
  const asked: readonly DraftField[] = draftSteps[step].fields;
  const changes = asked.flatMap((field) => {
    const value = given[field];
    return typeof value === 'string' ? [[field, value.slice(0, kept(field))] as const] : [];
  });
  const next = { ...answers, ...Object.fromEntries(changes) };
  return step === 'who' && next.kind !== answers.kind ? forKind(next) : next;
}

/** A number that was checked as one of another kind does not stay under its old name. */
function forKind(answers: DraftAnswers): DraftAnswers {
  const person = answers.kind === 'natural-person';
  return { ...answers, identityKind: person ? 'resident' : 'uscc', identityNote: '' };
}

/** The form as it would be handed in today, over the internet. */
export function formOf(
  draft: { answers: DraftAnswers; submissionKey: string },
  files: readonly NewFile[],
  today: Temporal.PlainDate,
): FormInput {
  const { answers } = draft;
  const number = answers.documentNumber.trim();
  return {
    channel: 'internet',
    oral: false,
    submittedOn: today.toString(),
    confirmedOn: null,
    applicant: {
      kind: answers.kind as ApplicantKind,
      name: answers.name,
      identityKind: answers.identityKind as FormInput['applicant']['identityKind'],
      identityNumber: answers.identityNumber,
      identityNote: answers.identityNote,
      representative: answers.kind === 'natural-person' ? '' : answers.representative,
      contactPerson: answers.kind === 'natural-person' ? '' : answers.contactPerson,
      phone: answers.phone,
      email: answers.email,
      address: answers.address,
      postcode: answers.postcode,
    },
    title: answers.title,
    content: {
      content: number === '' ? answers.content : `${answers.content}\n文号：${number}`,
      purpose: answers.purpose,
      feeWaiver: false,
      needsHelp: answers.needsHelp,
    },
    wantedForm: answers.wantedForm as WantedForm,
    deliveryWay: answers.deliveryWay as DeliveryWay,
    submissionKey: draft.submissionKey,
    origin: 'portal',
    files,
  };
}

type Problems = Readonly<Record<string, string>>;

/** What is wrong with the answers, by field; empty when the form can be sent. */
export function draftProblems(
  draft: { answers: DraftAnswers; submissionKey: string },
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): Problems {
  const { answers } = draft;
  const { kind, wantedForm, deliveryWay, identityKind, documentNumber } = answers;
  const problems = formProblems(tidied(draft, today), 'R2019', today, calendar);
  if (kind === 'natural-person' && !['resident', 'passport', 'other'].includes(identityKind))
    problems.identityKind = '请选择证件类型。';
  if (kind !== 'natural-person' && !['uscc', 'other'].includes(identityKind))
    problems.identityKind = '请选择证件类型。';
  if (kind in applicantKinds && kind !== 'natural-person' && answers.contactPerson.trim().length < 2)
    problems.contactPerson = '请填写经办这件申请的联系人，至少 2 个字。';
  if (documentNumber.length > 60) problems.documentNumber = '文号最多 60 个字。';
  if (PERSONAL.test(answers.title))
    problems.title = '名称会用来检索和登记，请不要写身份证号、电话等个人信息，改写在描述里。';
  if (
    wantedForm in wantedForms &&
    deliveryWay in deliveryWays &&
    !waysOf[wantedForm as WantedForm].includes(deliveryWay as DeliveryWay)
  ) {
    problems.deliveryWay = `“${wantedForms[wantedForm as WantedForm]}”不能用“${deliveryWays[deliveryWay as DeliveryWay]}”的方式取得，请另选一种。`;
  }
  if (deliveryWay === 'fax' && answers.phone.trim() === '')
    problems.phone = '选择传真的，请填写可接收传真的号码。';
  return problems;
}

const PERSONAL = /(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9})(?!\d)/;

/** The problems of one question. */
export function stepProblems(step: DraftStep, problems: Problems): Record<string, string> {
  const fields: readonly string[] = draftSteps[step].fields;
  return Object.fromEntries(Object.entries(problems).filter(([field]) => fields.includes(field)));
}

/** The first question that is not answered rightly yet; `review` when all are. */
export function firstOpenStep(problems: Problems): DraftStep {
  return draftStepKeys.find((step) => Object.keys(stepProblems(step, problems)).length > 0) ?? 'review';
}

function tidied(
  draft: { answers: DraftAnswers; submissionKey: string },
  today: Temporal.PlainDate,
): FormInput {
  return tidyForm(formOf(draft, [], today));
}
