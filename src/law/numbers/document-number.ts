import { type Checked, faulty, plain, sound } from './checked.ts';

export interface DocumentNumberParts {
  /** 机关代字, e.g. 国办发. */
  issuer: string;
  /** Null for an order (令第711号). */
  year: number | null;
  serial: number;
  /** Unique per issuer and year. */
  key: string;
}

const ISSUER = '[\\p{Script=Han}A-Za-z]{2,20}';
const NUMBERED = new RegExp(`^(${ISSUER})〔(\\d{4})〕(第?)(\\d+)号$`, 'u');
const ORDER = /^([\p{Script=Han}]{1,19}令)第(\d+)号$/u;
const FORM = '应写成“机关代字〔年份〕序号号”，如 国办发〔2016〕80号';

/** 发文字号 in its normal form: brackets of any kind around the year become 〔〕, spaces go (GB/T 9704-2012). */
export function normaliseDocumentNumber(text: string): string {
  return plain(text).replace(/[[({【〖〔]\s*(\d{4})\s*[\])}】〗〕]/gu, '〔$1〕');
}

/** 发文字号 (`国办发〔2016〕80号`) or the number of an order (`国务院令第711号`). */
export function checkDocumentNumber(text: string): Checked<DocumentNumberParts> {
  const value = normaliseDocumentNumber(text);
  const order = ORDER.exec(value);
  if (order) {
    const [, issuer = '', serial = ''] = order;
    const problem = serialProblem(serial);
    if (problem) return faulty(value, problem);
    return sound(value, { issuer, year: null, serial: Number(serial), key: `${issuer}/${Number(serial)}` });
  }
  const numbered = NUMBERED.exec(value);
  if (!numbered) return faulty(value, shapeProblem(value));
  const [, issuer = '', yearText = '', extra = '', serial = ''] = numbered;
  const year = Number(yearText);
  if (year < 1900 || year > 2099) return faulty(value, `年份“${yearText}”应在1900至2099之间`);
  if (extra !== '') return faulty(value, '序号前不加“第”字');
  const problem = serialProblem(serial);
  if (problem) return faulty(value, problem);
  return sound(value, { issuer, year, serial: Number(serial), key: `${issuer}/${year}/${Number(serial)}` });
}

function serialProblem(serial: string): string | null {
  if (serial.startsWith('0')) return '序号不编虚位，不能以0开头';
  return serial.length > 5 ? '序号最多5位' : null;
}

function shapeProblem(value: string): string {
  if (!/〔\d{4}〕/u.test(value)) return `缺少用〔〕括起的四位年份;${FORM}`;
  if (!value.endsWith('号')) return `末尾缺少“号”字；${FORM}`;
  if (!new RegExp(`^${ISSUER}〔`, 'u').test(value)) return `机关代字应为2至20个汉字或字母;${FORM}`;
  return `序号应为阿拉伯数字；${FORM}`;
}
