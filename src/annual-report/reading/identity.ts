import type { ReportDocument } from './document.ts';
import { plain } from './wording.ts';

export interface Identity {
  agency: string | null;
  year: number | null;
  /** The title as printed, joined where it stands in two lines; '' when none was found. */
  title: string;
}

const YEAR = '((?:20\\d{2})|(?:二[〇零]?[〇零一二三四五六七八九]{2,3}))';
const REPORT =
  '(?:政府信息公开|政务信息公开|信息公开|政务公开)(?:工作)?(?:情况)?(?:的)?(?:年度?)?(?:工作)?报告';
const TITLES: readonly { pattern: RegExp; agency: number; year: number }[] = [
  { pattern: new RegExp(`^(.{2,40}?)(?:关于)?${YEAR}年度?(?:的)?${REPORT}`, 'u'), agency: 1, year: 2 },
  { pattern: new RegExp(`^${YEAR}年度?(.{2,40}?)(?:的)?${REPORT}`, 'u'), agency: 2, year: 1 },
  {
    pattern: new RegExp(`^(.{2,40}?)(?:政府|政务)?信息公开(?:工作)?${YEAR}年?度?(?:工作)?报告`, 'u'),
    agency: 1,
    year: 2,
  },
  { pattern: new RegExp(`^(.{2,40}?)${REPORT}[（(]${YEAR}年度?[）)]`, 'u'), agency: 1, year: 2 },
];
const TITLE_WITHOUT_AGENCY = new RegExp(`^${YEAR}年度?${REPORT}`, 'u');
const OFFICES: readonly RegExp[] = [
  /填报单位(?:\(盖章\))?[:：]\s*([^\s|,，。;；]{2,40})/u,
  /本报告由(.{2,40}?)(?:根据|依据|按照|负责|编制|牵头)/u,
  /(?:现将|公布|发布|编制|公开)(.{2,30}?)20\d{2}年度?(?:政府)?信息公开/u,
];
/** How many lines at the start may hold the title. */
const TITLE_LINES = 40;
const MOST_LINES = 5000;
const LINE_LENGTH = 300;
const DIGITS = '〇一二三四五六七八九';

/**
 * Which agency's report on which year this is, from its title, else from what the file calls itself, its preface, its
 * statistics table and at last its name. Null where none of them tells.
 */
export function identify(document: ReportDocument, fileName: string): Identity {
  const lines = linesOf(document);
  const candidates = [
    ...titleLines(lines),
    plain(document.title),
    plain(fileName.replace(/\.[a-z]{1,5}$/iu, '')),
  ];
  for (const [index, line] of candidates.entries()) {
    const found = readTitle(line);
    if (!found) continue;
    const agency = found.agency ?? (index < candidates.length - 2 ? null : officeOf(lines));
    if (agency !== null) return { agency, year: found.year, title: line };
  }
  const year = candidates.map(readTitle).find((found) => found !== null)?.year ?? periodYear(lines);
  return { agency: officeOf(lines), year, title: plain(document.title) };
}

function readTitle(line: string): { agency: string | null; year: number } | null {
  const text = line.replace(/^[\s—–-]+|^(?:当前位置|首页).*>/u, '');
  for (const { pattern, agency, year } of TITLES) {
    const found = pattern.exec(text);
    if (!found) continue;
    const name = tidyAgency(found[agency] ?? '');
    if (name !== null) return { agency: name, year: yearOf(found[year] ?? '')! };
  }
  const bare = TITLE_WITHOUT_AGENCY.exec(text);
  return bare ? { agency: null, year: yearOf(bare[1] ?? '')! } : null;
}

/**
 * What may be the title among the early lines: each line alone by its clauses, then joined with the one before and
 * with two before, for long titles are broken before or after the year.
 */
function titleLines(lines: readonly string[]): string[] {
  const early = lines.slice(0, TITLE_LINES);
  const joined = (index: number, back: number) => {
    const parts = early.slice(Math.max(0, index - back), index + 1);
    const fits =
      parts.length === back + 1 && parts.every((part) => part.length <= 40 && !/[。；;：:]/u.test(part));
    return fits && /年度?(?:工作)?报告|工作报告/u.test(parts.at(-1) ?? '') ? [parts.join('')] : [];
  };
  return early.flatMap((line, index) => [
    ...line.split(/[,，。;；]/u),
    ...joined(index, 1),
    ...joined(index, 2),
  ]);
}

function tidyAgency(name: string): string | null {
  const bare = (name.split(/[,，。;；:：|]/u).at(-1) ?? '')
    .replace(/^(?:关于|附件\d*)|[《〈"]/gu, '')
    .replace(/^(?:现|特|兹|将|向社会(?:公众)?|向公众|公布|发布|编制|编写|公开)+(?=\p{Script=Han}{2})/u, '')
    .replace(/[》〉"]$/u, '');
  return /^\p{Script=Han}/u.test(bare) &&
    !/条例|通知|根据|按照|要求|做好|首页|^(?:政府|人民政府|管委会|委员会|办公室)$/u.test(bare) &&
    !/[!?！？]/u.test(bare) &&
    bare.length >= 2
    ? bare
    : null;
}

function officeOf(lines: readonly string[]): string | null {
  for (const pattern of OFFICES)
    for (const line of lines) {
      const found = pattern.exec(line)?.[1];
      const name = found === undefined ? null : tidyAgency(found);
      if (name !== null) return name;
    }
  return null;
}

function periodYear(lines: readonly string[]): number | null {
  for (const line of lines) {
    const found =
      /[（(](20\d\d)年度[）)]/u.exec(line)?.[1] ??
      /(20\d\d)年1月1日(?:起?至|起?到|[-—~～])/u.exec(line)?.[1] ??
      /(?:公布|编制|发布).{0,40}?(20\d\d)年度?政?府?信息公开/u.exec(line)?.[1];
    if (found) return Number(found);
  }
  return null;
}

function yearOf(text: string): number | null {
  if (/^\d{4}$/u.test(text)) return Number(text);
  const digits = [...text.replaceAll('零', '〇')].map((char) => DIGITS.indexOf(char)).join('');
  return /^20\d\d$/u.test(digits) ? Number(digits) : null;
}

/** The beginning of each line is enough to tell whose report it is. */
function linesOf(document: ReportDocument): string[] {
  return document.blocks
    .flatMap((block) =>
      block.kind === 'paragraph'
        ? [block.text]
        : block.rows.map(({ cells }) => cells.map(({ text }) => text.slice(0, LINE_LENGTH)).join('|')),
    )
    .slice(0, MOST_LINES)
    .map((line) => plain(line.slice(0, LINE_LENGTH)));
}
