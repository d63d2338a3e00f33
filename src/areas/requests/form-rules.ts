import { Temporal } from 'temporal-polyfill';
import { visibleLine, visibleText } from '../../core/visible-text.ts';
import type { WorkingCalendar } from '../../law/calendar.ts';
import {
  type Channel,
  channels,
  checkCreditCode,
  checkResidentNumber,
  parseDay,
  type RegimeCode,
} from '../../law/index.ts';
import {
  type Applicant,
  applicantKinds,
  deliveryWays,
  type FormContent,
  type FormInput,
  wantedForms,
} from './model.ts';
import { printedDay } from './texts.ts';

/** Longest texts of a form, in characters. */
export const formLengths = {
  name: 100,
  title: 100,
  content: 5000,
  purpose: 1000,
  address: 200,
  note: 200,
} as const;

/** The form with what people do not see taken out and blanks trimmed. */
export function tidyForm(input: FormInput): FormInput {
  const line = (text: string) => visibleLine(text);
  const { applicant, content } = input;
  return {
    ...input,
    title: line(input.title),
    applicant: {
      ...applicant,
      name: line(applicant.name),
      identityNumber: line(applicant.identityNumber).replaceAll(' ', '').toUpperCase(),
      identityNote: line(applicant.identityNote),
      representative: line(applicant.representative),
      contactPerson: line(applicant.contactPerson),
      phone: line(applicant.phone),
      email: line(applicant.email),
      address: line(applicant.address),
      postcode: line(applicant.postcode),
    },
    content: {
      ...content,
      content: visibleText(content.content).trim(),
      purpose: visibleText(content.purpose).trim(),
      needsHelp: line(content.needsHelp),
    },
  };
}

/** One message for each field that is wrong. The office may register what is incomplete: it then asks for a correction. */
export function formProblems(
  input: FormInput,
  regime: RegimeCode,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): Record<string, string> {
  return {
    ...dayProblems(input, today, calendar),
    ...applicantProblems(input.applicant, { complete: input.origin === 'portal', regime, today }),
    ...contentProblems(input.title, input.content),
    ...(input.wantedForm in wantedForms ? {} : { wantedForm: '请选择希望取得的形式。' }),
    ...(input.deliveryWay in deliveryWays
      ? deliveryProblems(input)
      : { deliveryWay: '请选择获取信息的方式。' }),
  };
}

/** What is wrong with the day a form came in, by its channel. */
export function dayProblems(
  {
    channel,
    submittedOn,
    confirmedOn,
  }: { channel: Channel; submittedOn: string; confirmedOn: string | null },
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): Record<string, string> {
  if (!(channel in channels)) return { channel: '请选择提交申请的渠道。' };
  if (parseDay(submittedOn) === null) return { submittedOn: '请填写日历上有的日期，写成 2026-01-31。' };
  if (submittedOn > today.toString()) return { submittedOn: '收到日期不能晚于今天。' };
  if (submittedOn < '2008-05-01')
    return { submittedOn: '《政府信息公开条例》自2008年5月1日起施行，日期不能更早。' };
  const submitted = Temporal.PlainDate.from(submittedOn);
  if (channel === 'in-person' && !calendar.isWorkingDay(submitted)) {
    return {
      submittedOn: `${printedDay(submittedOn)}是休息日（${calendar.why(submitted)}），窗口不办公，不可能当面提交；请核对日期或渠道。`,
    };
  }
  if (confirmedOn === null || confirmedOn === '') return {};
  if (parseDay(confirmedOn) === null) return { confirmedOn: '请填写日历上有的日期，写成 2026-01-31。' };
  if (confirmedOn < submittedOn) return { confirmedOn: '确认日期不能早于收到日期。' };
  if (confirmedOn > today.toString()) return { confirmedOn: '确认日期不能晚于今天。' };
  return {};
}

/** What is wrong with an applicant. `complete`: everything the law asks for must be there. */
export function applicantProblems(
  applicant: Applicant,
  rules: { complete: boolean; regime: RegimeCode; today: Temporal.PlainDate },
): Record<string, string> {
  const problems: Record<string, string> = {};
  const { name, phone, email, address, postcode } = applicant;
  if (!(applicant.kind in applicantKinds)) problems.kind = '请选择申请人的类别。';
  if (name.length < 2) problems.name = '请填写姓名或者名称，至少 2 个字。';
  if (name.length > formLengths.name) problems.name = `姓名或者名称最多 ${formLengths.name} 个字。`;
  if (phone !== '' && !/^\+?[\d\s()-]{6,25}$/.test(phone))
    problems.phone = '请填写电话号码，如 13888001234 或 0871-68123456。';
  if (email !== '' && !/^[^\s@<>]{1,64}@[^\s@<>]+\.[^\s@<>]{2,}$/.test(email))
    problems.email = '请填写电子邮箱，如 name@example.com。';
  if (address.length > formLengths.address) problems.address = `地址最多 ${formLengths.address} 个字。`;
  if (postcode !== '' && !/^\d{6}$/.test(postcode)) problems.postcode = '邮政编码是 6 位数字。';
  if (rules.complete && phone === '' && email === '' && address === '')
    problems.phone = '请至少填写一种联系方式：电话、邮箱或地址。';
  const identity = identityProblem(applicant, rules);
  if (identity) problems[identity.field] = identity.message;
  return problems;
}

function identityProblem(
  applicant: Applicant,
  { complete, regime, today }: { complete: boolean; regime: RegimeCode; today: Temporal.PlainDate },
): { field: 'identityNumber' | 'identityNote'; message: string } | null {
  const { identityKind, identityNumber: number, kind, identityNote } = applicant;
  const wrong = (message: string) => ({ field: 'identityNumber' as const, message });
  if (number === '') {
    return complete && regime === 'R2019'
      ? wrong(
          kind === 'natural-person'
            ? '请填写身份证件号码：《条例》第二十九条要求提供身份证明。'
            : '请填写统一社会信用代码：《条例》第二十九条要求提供身份证明。',
        )
      : null;
  }
  if (identityKind === 'resident') {
    const checked = checkResidentNumber(number, today);
    return checked.problem === null ? null : wrong(`公民身份号码不对：${checked.problem}。`);
  }
  if (identityKind === 'uscc') {
    const { problem } = checkCreditCode(number);
    if (problem === null) return null;
    if (!problem.includes('校验码')) return wrong(`统一社会信用代码不对：${problem}。`);
    // Codes given early by some registers carry a wrong check digit; the organisation knows what stands on its paper.
    if (identityNote.length >= 2) return null;
    return {
      field: 'identityNote',
      message: '统一社会信用代码的校验码不符，请核对每一位；证照上确实如此的，请写明理由后继续。',
    };
  }
  return /^[\p{L}\p{N}()（）〔〕-]{4,40}$/u.test(number)
    ? null
    : wrong('证件号码应为 4 至 40 位字母或数字。');
}

function contentProblems(title: string, content: FormContent): Record<string, string> {
  const problems: Record<string, string> = {};
  if ([...title].length < 2) problems.title = '请写明所需信息的名称或文号，至少 2 个字。';
  if (title.length > formLengths.title)
    problems.title = `名称最多 ${formLengths.title} 个字，详细内容请写在下面的描述里。`;
  if (content.content.length < 2)
    problems.content = '请描述所需的政府信息：名称、文号，或者便于查询的其他特征。';
  if (content.content.length > formLengths.content)
    problems.content = `描述最多 ${formLengths.content} 字，现在有 ${content.content.length} 字。更长的请作为附件上传。`;
  if (content.purpose.length > formLengths.purpose) problems.purpose = `用途最多 ${formLengths.purpose} 字。`;
  if (content.needsHelp.length > formLengths.note) problems.needsHelp = `最多 ${formLengths.note} 字。`;
  return problems;
}

function deliveryProblems({ deliveryWay, applicant, origin }: FormInput): Record<string, string> {
  if (origin !== 'portal') return {};
  if (deliveryWay === 'post' && applicant.address === '') return { address: '选择邮寄的，请填写收件地址。' };
  if (deliveryWay === 'email' && applicant.email === '') return { email: '选择电子邮件的，请填写电子邮箱。' };
  return {};
}
