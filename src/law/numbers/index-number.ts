import { type Checked, faulty, plain, sound } from './checked.ts';
import { checkCreditCode, checkOrganisationCode } from './credit-code.ts';

export interface IndexNumberParts {
  /** 组织机构代码 (9) or 统一社会信用代码 (18). */
  agency: string;
  year: number;
  serial: number;
}

/** 索引号: agency code, `/`, year, `-`, five-digit serial; unique per agency and year. */
export function checkIndexNumber(text: string): Checked<IndexNumberParts> {
  const value = plain(text).toUpperCase();
  const match = /^([0-9A-Z]+)\/(\d{4})-(\d{5})$/.exec(value);
  if (!match) return faulty(value, '应写成“机构代码/年份-五位序号”，如 000014349/2017-00110');
  const [, agency = '', year = '', serial = ''] = match;
  const code = agency.length === 18 ? checkCreditCode(agency) : checkOrganisationCode(agency);
  if (!code.valid) return faulty(value, `机构代码有误：${code.problem}`);
  if (Number(year) < 1900 || Number(year) > 2099) return faulty(value, `年份“${year}”应在1900至2099之间`);
  if (Number(serial) === 0) return faulty(value, '序号从00001开始');
  return sound(value, { agency, year: Number(year), serial: Number(serial) });
}

/** Composes an index number. `serial` from 1 to 99999. */
export function indexNumber(agency: string, year: number, serial: number): string {
  if (!Number.isInteger(serial) || serial < 1 || serial > 99_999) {
    throw new RangeError(`serial of an index number out of range: ${serial}`);
  }
  return `${agency}/${year}-${String(serial).padStart(5, '0')}`;
}

/** 网站标识码: ten digits of which six are the region, or `bm` and eight digits for central departments. */
export function checkWebsiteCode(text: string): Checked<{ region: string | null }> {
  const value = plain(text).toLowerCase();
  if (/^bm\d{8}$/.test(value)) return sound(value, { region: null });
  if (/^\d{10}$/.test(value)) return sound(value, { region: value.slice(0, 6) });
  return faulty(value, '网站标识码应为10位数字，或 bm 加8位数字');
}
