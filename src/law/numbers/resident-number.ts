import { Temporal } from 'temporal-polyfill';
import { dateOf, parseDay } from '../day-number.ts';
import { type Checked, faulty, plain, sound } from './checked.ts';

export interface ResidentNumberParts {
  /** Region of first registration; abolished regions stay valid. */
  region: string;
  bornOn: Temporal.PlainDate;
  sex: 'male' | 'female';
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** 公民身份号码 (GB 11643-1999). `today` refuses a birth date in the future. */
export function checkResidentNumber(text: string, today: Temporal.PlainDate): Checked<ResidentNumberParts> {
  const value = plain(text).toUpperCase();
  if (/^\d{15}$/.test(value)) return faulty(value, '15位的旧号码已停用，请填写18位公民身份号码');
  if (value.length !== 18) return faulty(value, `应为18位，现为${value.length}位`);
  if (!/^\d{17}[\dX]$/.test(value)) return faulty(value, '前17位应为数字，最后一位应为数字或 X');
  const born = value.slice(6, 14);
  const day = parseDay(`${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}`);
  if (day === null) return faulty(value, `第7至14位“${born}”不是真实的出生日期`);
  const bornOn = dateOf(day);
  if (bornOn.year < 1800) return faulty(value, `出生日期 ${bornOn} 过早`);
  if (Temporal.PlainDate.compare(bornOn, today) > 0) return faulty(value, `出生日期 ${bornOn} 在今天之后`);
  if (residentCheck(value) !== value[17]) return faulty(value, '校验码不符，请核对每一位');
  return sound(value, {
    region: value.slice(0, 6),
    bornOn,
    sex: Number(value[16]) % 2 === 1 ? 'male' : 'female',
  });
}

/** The 18th character that the first 17 call for. */
export function residentCheck(value: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(value[index]), 0);
  return '10X98765432'[sum % 11] as string;
}

/** As shown on screens: first three and last four characters. */
export function maskIdentityNumber(text: string): string {
  const value = plain(text);
  if (value.length <= 7) return '*'.repeat(value.length);
  return value.slice(0, 3) + '*'.repeat(value.length - 7) + value.slice(-4);
}
