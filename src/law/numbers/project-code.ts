import { type Checked, faulty, plain, sound } from './checked.ts';

export interface ProjectCodeParts {
  /** `2016`: the year leads (2016 to 2020). `2020`: two digits each of year and month lead (from 2020-11-01). */
  era: '2016' | '2020';
  /** `YYYY` or `YYYY-MM`. */
  time: string;
  region: string;
  /** Industry (2016 era) or central guiding department (2020 era), two digits. */
  third: string;
  projectType: string;
  serial: string;
}

const SHAPE = /^(\d{4})-(\d{6})-(\d{2})-(\d{2})-(\d{6})$/;

/** 投资项目统一代码 (GB/T 40058-2021 and its forerunner). The algorithm of the check digit is not public: it is not verified. */
export function checkProjectCode(text: string): Checked<ProjectCodeParts> {
  const value = plain(text).replace(/[‐‑–—―−]/gu, '-');
  const match = SHAPE.exec(value);
  if (!match)
    return faulty(value, '应为 4-6-2-2-6 位数字、以连字符分开的24个字符，如 2018-530111-26-03-012345');
  const [, lead = '', region = '', third = '', projectType = '', serial = ''] = match;
  const rest = { region, third, projectType, serial };
  if (Number(lead) >= 2016 && Number(lead) <= 2020) return sound(value, { era: '2016', time: lead, ...rest });
  const month = Number(lead.slice(2));
  if (month < 1 || month > 12 || Number(lead) < 2011) {
    return faulty(value, `首段“${lead}”既不是2016至2020的年份，也不是2020年11月以后的年月（YYMM）`);
  }
  return sound(value, { era: '2020', time: `20${lead.slice(0, 2)}-${lead.slice(2)}`, ...rest });
}
