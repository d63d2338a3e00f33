import { type Checked, faulty, plain, sound } from './checked.ts';

export interface CreditCodeParts {
  /** 登记管理部门 and 机构类别, two characters. */
  registration: string;
  /** 行政区划, six digits. */
  region: string;
  /** 组织机构代码, nine characters. */
  organisation: string;
}

/** GB 32100-2015 uses 31 characters: digits and letters without I O S V Z. */
export const CREDIT_CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** 统一社会信用代码 (GB 32100-2015); lower case is folded. */
export function checkCreditCode(text: string): Checked<CreditCodeParts> {
  const value = plain(text).toUpperCase();
  if (value.length !== 18) return faulty(value, `应为18位，现为${value.length}位`);
  for (const [index, character] of [...value].entries()) {
    if (!CREDIT_CODE_ALPHABET.includes(character)) {
      return faulty(value, `第${index + 1}位“${character}”不可用：只能用数字和大写字母，不含 I、O、S、V、Z`);
    }
  }
  const region = value.slice(2, 8);
  if (!/^\d{6}$/.test(region)) return faulty(value, '第3至8位应为6位数字的行政区划代码');
  if (creditCodeCheck(value) !== value[17]) return faulty(value, '校验码不符，请核对每一位');
  return sound(value, { registration: value.slice(0, 2), region, organisation: value.slice(8, 17) });
}

/** The 18th character that the first 17 call for. */
export function creditCodeCheck(value: string): string {
  const sum = WEIGHTS.reduce(
    (total, weight, index) => total + weight * CREDIT_CODE_ALPHABET.indexOf(value[index] as string),
    0,
  );
  return CREDIT_CODE_ALPHABET[(31 - (sum % 31)) % 31] as string;
}

/** 组织机构代码 (GB 11714-1997), nine characters, hyphen optional: the agency part of an index number. */
export function checkOrganisationCode(text: string): Checked<{ body: string }> {
  const value = plain(text).toUpperCase().replace('-', '');
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(value))
    return faulty(value, '组织机构代码应为8位数字或大写字母加1位校验码');
  if (organisationCheck(value) !== value[8]) return faulty(value, '组织机构代码的校验码不符');
  return sound(value, { body: value.slice(0, 8) });
}

export function organisationCheck(value: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, index) => total + weight * parseInt(value[index] as string, 36),
    0,
  );
  return '0123456789X'[(11 - (sum % 11)) % 11] as string;
}
