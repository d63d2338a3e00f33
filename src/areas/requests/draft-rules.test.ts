import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { shippedCalendar } from '../../core/calendar-data.ts';
import {
  type DraftAnswers,
  draftProblems,
  emptyAnswers,
  firstOpenStep,
  formOf,
  stepProblems,
  withAnswers,
} from './draft-rules.ts';

const calendar = shippedCalendar();
const today = Temporal.PlainDate.from('2024-03-04');
const person: DraftAnswers = {
  ...emptyAnswers,
  title: '学府路改造工程环评批复',
  content: '2023年的批复全文',
  kind: 'natural-person',
  name: '张小满',
  identityKind: 'resident',
  identityNumber: '530103199001011238',
  wantedForm: 'electronic',
  deliveryWay: 'internet',
  phone: '13888001234',
};
const company: DraftAnswers = {
  ...person,
  kind: 'company',
  name: '昆明某某有限公司',
  identityKind: 'uscc',
  identityNumber: '91530100MA6K000000',
  contactPerson: '李四',
};
const problems = (answers: DraftAnswers) => draftProblems({ answers, submissionKey: 'k' }, today, calendar);

test.each([
  ['a person with everything', person, {}],
  ['a company with everything', company, {}],
  ['a passport', { ...person, identityKind: 'passport', identityNumber: 'E12345678' }, {}],
  ['a code for a person', { ...person, identityKind: 'uscc' }, ['identityKind', 'identityNote']],
  ['no kind of paper', { ...person, identityKind: '' }, ['identityKind']],
  ['a company without somebody to talk to', { ...company, contactPerson: '' }, ['contactPerson']],
  ['a code with a wrong check digit', { ...company, identityNumber: '91530100MA6K000001' }, ['identityNote']],
  [
    'the same with a reason',
    { ...company, identityNumber: '91530100MA6K000001', identityNote: '早期赋码' },
    {},
  ],
  [
    'paper by e-mail',
    { ...person, wantedForm: 'paper', deliveryWay: 'email', email: 'a@b.cn' },
    ['deliveryWay'],
  ],
  ['post without an address', { ...person, wantedForm: 'paper', deliveryWay: 'post' }, ['address']],
  ['e-mail without an address', { ...person, deliveryWay: 'email' }, ['email']],
  [
    'fax without a number',
    { ...person, wantedForm: 'paper', deliveryWay: 'fax', phone: '', email: 'a@b.cn' },
    ['phone'],
  ],
  ['a telephone number in the title', { ...person, title: '13888001234的档案' }, ['title']],
  ['a document number that is a letter', { ...person, documentNumber: '长'.repeat(61) }, ['documentNumber']],
  [
    'nothing at all',
    emptyAnswers,
    [
      'content',
      'deliveryWay',
      'identityKind',
      'identityNumber',
      'kind',
      'name',
      'phone',
      'title',
      'wantedForm',
    ],
  ],
])('%s', (_name, answers, expected) => {
  expect(Object.keys(problems(answers as DraftAnswers)).sort()).toEqual(
    Array.isArray(expected) ? expected : [],
  );
});

describe('steps', () => {
  test.each([
    [emptyAnswers, 'what'],
    [{ ...person, kind: '' }, 'who'],
    [{ ...person, name: '' }, 'identity'],
    [{ ...person, wantedForm: '' }, 'delivery'],
    [{ ...person, phone: '' }, 'contact'],
    [person, 'review'],
  ])('the first open question', (answers, step) => {
    expect(firstOpenStep(problems(answers as DraftAnswers))).toBe(step);
  });

  test('a page is told of its own fields only, and keeps those of others', () => {
    expect(stepProblems('contact', problems(emptyAnswers))).toEqual({
      phone: expect.stringContaining('至少填写一种'),
    });
    expect(withAnswers(person, 'contact', { phone: '0871-1234567', title: '改了', extra: 'x' })).toEqual({
      ...person,
      phone: '0871-1234567',
    });
  });

  test('another kind of applicant asks for another kind of number', () => {
    expect(withAnswers(person, 'who', { kind: 'company' })).toMatchObject({ identityKind: 'uscc' });
    expect(withAnswers(company, 'who', { kind: 'company' })).toEqual(company);
  });

  test('what is typed is kept within bounds, and lists are no text', () => {
    const answers = withAnswers(person, 'what', { title: 'x'.repeat(10_000), content: ['a', 'b'] });
    expect(answers.title).toHaveLength(400);
    expect(answers.content).toBe(person.content);
  });
});

test('the form says what the answers say, over the internet and today', () => {
  const answers = {
    ...person,
    documentNumber: ' 昆高开规〔2018〕12号 ',
    representative: '旧的',
    contactPerson: '旧的',
  };
  const form = formOf({ answers, submissionKey: 'k' }, [], today);
  expect(form).toMatchObject({
    channel: 'internet',
    submittedOn: '2024-03-04',
    confirmedOn: null,
    origin: 'portal',
    submissionKey: 'k',
    content: { content: '2023年的批复全文\n文号：昆高开规〔2018〕12号', feeWaiver: false },
    applicant: { representative: '', contactPerson: '' },
  });
});
