import { randomUUID } from 'node:crypto';
import {
  type Applicant,
  applicantKinds,
  deliveryWays,
  type FormInput,
  formLengths,
  type MailLetter,
  mailSubmission,
  type NewFile,
  wantedForms,
} from '../../areas/requests/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { type Given, oneOf } from '../request.ts';
import { identityKinds, sources } from './register-words.ts';

/** What the page shows before anything is typed. */
export function emptyForm(today: string): Given {
  const given: Readonly<Record<string, string>> = {
    source: 'in-person',
    submittedOn: today,
    kind: 'natural-person',
    identityKind: 'resident',
    wantedForm: 'paper',
    deliveryWay: 'post',
    submissionKey: randomUUID(),
  };
  return (name) => given[name] ?? '';
}

/** What the page shows for a letter: the sender's words in the places where they probably belong. */
export function formOfLetter({ id, sender, subject, text, receivedOn }: MailLetter): Given {
  const given: Readonly<Record<string, string>> = {
    mail: String(id),
    source: 'email',
    submittedOn: receivedOn,
    kind: 'natural-person',
    identityKind: 'resident',
    name: sender?.name ?? '',
    email: sender?.address ?? '',
    title: subject.slice(0, formLengths.title),
    content: text.slice(0, formLengths.content),
    wantedForm: 'electronic',
    deliveryWay: 'email',
    submissionKey: mailSubmission(id),
  };
  return (name) => given[name] ?? '';
}

/** What was typed over a letter; how and when it came stays the letter's. */
export function overLetter(given: Given, letter: MailLetter): Given {
  const own = formOfLetter(letter);
  const fixed = ['mail', 'source', 'submittedOn', 'submissionKey'];
  return (name) => (fixed.includes(name) ? own(name) : given(name));
}

/** A page that lost its own key gets a new one; scans and the registration go by it. */
export function withSubmission(given: Given): Given {
  const sent = given('submissionKey');
  const key = /^[\w-]{16,64}$/.test(sent) ? sent : randomUUID();
  return (name) => (name === 'submissionKey' ? key : given(name));
}

/** Who applies, as far as it is typed; also of a form that is not finished. */
export function applicantOf(given: Given): Applicant {
  const kind = oneOf(applicantKinds, given('kind')) ?? 'natural-person';
  return {
    kind,
    name: given('name'),
    identityKind: oneOf(identityKinds, given('identityKind')) ?? '',
    identityNumber: given('identityNumber'),
    identityNote: given('identityNote'),
    representative: given('representative'),
    contactPerson: given('contactPerson'),
    phone: given('phone'),
    email: given('email'),
    address: given('address'),
    postcode: given('postcode'),
  };
}

/**
 * The form as it is registered.
 * @throws InvalidForm for choices that are not made; everything else is asked by the rules of the area
 */
export function formInput(given: Given, files: readonly NewFile[]): FormInput {
  const source = oneOf(sources, given('source'));
  const wantedForm = oneOf(wantedForms, given('wantedForm'));
  const deliveryWay = oneOf(deliveryWays, given('deliveryWay'));
  if (!source) throw new InvalidForm({ source: '请选择申请是怎样收到的。' });
  if (!oneOf(applicantKinds, given('kind'))) throw new InvalidForm({ kind: '请选择申请人的类别。' });
  if (!wantedForm) throw new InvalidForm({ wantedForm: '请选择希望取得的形式。' });
  if (!deliveryWay) throw new InvalidForm({ deliveryWay: '请选择获取信息的方式。' });
  const { channel, oral } = sources[source];
  return {
    channel,
    oral,
    submittedOn: given('submittedOn'),
    confirmedOn: given('confirmedOn') || null,
    applicant: applicantOf(given),
    title: given('title'),
    content: {
      content: given('content'),
      purpose: given('purpose'),
      feeWaiver: given('feeWaiver') === '1',
      needsHelp: given('needsHelp'),
    },
    wantedForm,
    deliveryWay,
    submissionKey: given('submissionKey'),
    origin: 'desk',
    files,
  };
}
