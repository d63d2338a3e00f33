import type { Temporal } from 'temporal-polyfill';
import { type Checked, faulty, plain } from './checked.ts';
import { checkCreditCode } from './credit-code.ts';
import { checkDocumentNumber } from './document-number.ts';
import { checkIndexNumber, checkWebsiteCode } from './index-number.ts';
import { checkProjectCode } from './project-code.ts';
import { checkResidentNumber } from './resident-number.ts';

export type NumberKind =
  | 'uscc'
  | 'resident'
  | 'document-number'
  | 'project-code'
  | 'index-number'
  | 'website-code';

export const numberKinds: Readonly<Record<NumberKind, string>> = {
  uscc: '统一社会信用代码',
  resident: '公民身份号码',
  'document-number': '发文字号',
  'project-code': '投资项目代码',
  'index-number': '索引号',
  'website-code': '网站标识码',
};

const checks: Readonly<Record<NumberKind, (text: string, today: Temporal.PlainDate) => Checked>> = {
  uscc: checkCreditCode,
  resident: checkResidentNumber,
  'document-number': checkDocumentNumber,
  'project-code': checkProjectCode,
  'index-number': checkIndexNumber,
  'website-code': checkWebsiteCode,
};

/** Checks a number as the kind given, or as the kind its shape tells. `kind` is null when the shape tells none. */
export function checkNumber(
  text: string,
  today: Temporal.PlainDate,
  kind: NumberKind | null = null,
): Checked & { kind: NumberKind | null } {
  const told = kind ?? kindOf(text, today);
  if (told === null) {
    const problem = `看不出是哪一种号码，请指明种类：${Object.values(numberKinds).join('、')}`;
    return { ...faulty(plain(text), problem), kind: null };
  }
  return { ...checks[told](text, today), kind: told };
}

function kindOf(text: string, today: Temporal.PlainDate): NumberKind | null {
  const value = plain(text);
  if (/\p{Script=Han}/u.test(value)) return 'document-number';
  if (/^[\dA-Za-z]+\/\d/.test(value)) return 'index-number';
  if (/^\d{4}[-‐‑–—―−]\d/u.test(value)) return 'project-code';
  if (/^(\d{10}|bm\d+)$/i.test(value)) return 'website-code';
  if (/^(\d{15}|\d{17}[\dA-Za-z])$/.test(value)) return eitherOf(value, today);
  return /^[\dA-Za-z]{16,20}$/.test(value) ? 'uscc' : null;
}

/** Seventeen digits and one more character may be a credit code or a resident number: the check digit decides, then a plausible date of birth. */
function eitherOf(value: string, today: Temporal.PlainDate): NumberKind {
  const resident = checkResidentNumber(value, today);
  if (resident.valid || value.length === 15) return 'resident';
  if (checkCreditCode(value).valid) return 'uscc';
  return /^\d{6}(1[89]|20)\d{2}(0[1-9]|1[0-2])/.test(value) ? 'resident' : 'uscc';
}
