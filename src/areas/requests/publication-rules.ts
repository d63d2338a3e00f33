import type { Temporal } from 'temporal-polyfill';
import { checkResidentNumber } from '../../law/index.ts';
import type { Applicant } from './model.ts';

/** What an answered request is to say to everybody. */
export interface PublicationForm {
  title: string;
  question: string;
  answer: string;
  fileIds: readonly number[];
}

const lengths = { title: 200, question: 2000, answer: 10_000 } as const;
const names = { title: '标题', question: '问题', answer: '答复内容' } as const;
type TextOf = keyof typeof lengths;

/** One message for each text that is missing, too long, or tells something personal. `files`: those of the request. */
export function publicationProblems(
  form: PublicationForm,
  files: readonly { name: string }[],
  applicant: Applicant | null,
  today: Temporal.PlainDate,
): Record<string, string> {
  const problems: Record<string, string> = {};
  if (files.length < form.fileIds.length) problems.fileIds = '只能选这件申请的答复附件。';
  for (const { name } of files) {
    const problem = personalProblem(name, applicant, today);
    if (problem !== null) problems.fileIds = `文件名“${name}”${problem}`;
  }
  for (const field of ['title', 'question', 'answer'] as const) {
    const problem = textProblem(field, form[field]) ?? personalProblem(form[field], applicant, today);
    if (problem !== null) problems[field] = problem;
  }
  return problems;
}

function textProblem(field: TextOf, text: string): string | null {
  if (text.length < 2) return `请填写${names[field]}，至少 2 个字。`;
  return text.length > lengths[field] ? `${names[field]}最多 ${lengths[field]} 个字。` : null;
}

function personalProblem(
  text: string,
  applicant: Applicant | null,
  today: Temporal.PlainDate,
): string | null {
  const plain = text.normalize('NFKC');
  for (const [number] of plain.matchAll(/(?<!\d)\d{17}[\dXx](?!\d)/g)) {
    if (checkResidentNumber(number, today).valid) return '含有公民身份号码，请删去后再提交。';
  }
  if (/(?<!\d)1[3-9]\d{9}(?!\d)/.test(plain.replaceAll(/(?<=\d)[ -](?=\d)/g, '')))
    return '含有手机号码，请删去后再提交。';
  if (bankCards(plain)) return '含有银行卡号，请删去后再提交。';
  const own = applicant && ownDetail(plain, applicant);
  return own ? `含有申请人的${own}，请删去或改为“申请人”后再提交。` : null;
}

/** Sixteen to nineteen digits that pass the check of cards (Luhn, ISO/IEC 7812). */
function bankCards(text: string): boolean {
  return [...text.matchAll(/(?<!\d)\d{16,19}(?!\d)/g)].some(([number]) => {
    const sum = [...number].reverse().reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
    return sum % 10 === 0;
  });
}

function ownDetail(text: string, applicant: Applicant): string | null {
  const flat = text.replaceAll(/\s/g, '').toLowerCase();
  const details: [string, string, number][] = [
    ['姓名或者名称', applicant.name, 2],
    ['法定代表人姓名', applicant.representative, 2],
    ['联系人姓名', applicant.contactPerson, 2],
    ['证件号码', applicant.identityNumber, 5],
    ['电话', applicant.phone, 6],
    ['电子邮箱', applicant.email, 5],
    ['地址', applicant.address, 6],
  ];
  const found = details.find(([, value, least]) => {
    const wanted = value.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();
    return [...wanted].length >= least && flat.includes(wanted);
  });
  return found?.[0] ?? null;
}
