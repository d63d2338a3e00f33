import type { CompiledChapter, CompiledReport, Inline } from '../model.ts';

const digits = '零一二三四五六七八九';

/** 1 to 99 as chapter numbers are written: 一, 十, 十四, 二十一. */
export function chineseNumber(n: number): string {
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  const head = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`;
  return head + (ones === 0 && tens > 0 ? '' : digits[ones]);
}

/** The day a timestamp falls on in China, which has one time zone (UTC+8); a bare date is itself. */
function localDay(iso: string): string {
  const time = iso.includes('T') ? new Date(iso).getTime() : Number.NaN;
  return Number.isNaN(time) ? iso.slice(0, 10) : new Date(time + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** `2018-12-31` (or a timestamp on that day) as 2018年12月31日, without zero padding (GB/T 9704-2012). */
export function chineseDate(iso: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(localDay(iso)) ?? [];
  return year ? `${year}年${Number(month)}月${Number(day)}日` : iso;
}

/** `一、总体公开情况`; empty for a foreword, which has no title. */
export function chapterHeading(chapter: Pick<CompiledChapter, 'number' | 'title'>): string {
  if (chapter.title === '') return '';
  return chapter.number > 0 ? `${chineseNumber(chapter.number)}、${chapter.title}` : chapter.title;
}

/** The title in at most two lines, broken after the agency's name rather than in the middle of a word. */
export function titleLines(report: Pick<CompiledReport, 'title' | 'agency' | 'year'>): string[] {
  const { title, agency } = report;
  const name = [agency.name, agency.shortName].find((part) => part !== '' && title.startsWith(part));
  const rest = name === undefined ? '' : title.slice(name.length);
  return name === undefined || title.length <= 20 || rest.length < 8 ? [title] : [name, rest];
}

export function periodLine(report: Pick<CompiledReport, 'period'>): string {
  return `（${chineseDate(report.period.from)}至${chineseDate(report.period.to)}）`;
}

/** The day the document bears: published, else signed, else compiled. ISO. */
export function documentDate(report: CompiledReport): string {
  return localDay(report.publishedOn ?? report.signed?.on ?? report.compiledAt);
}

/** The moment every file of this report is stamped with, so that the same report always gives the same bytes. */
export function fileTime(report: CompiledReport): Date {
  const time = new Date(report.signed?.on ?? report.compiledAt);
  return Number.isNaN(time.getTime()) ? new Date(Date.UTC(report.year + 1, 0, 1)) : time;
}

/** Where this copy stands: draft or version, who signed, what it corrects. One short line each. */
export function standing(report: CompiledReport): string[] {
  const lines: string[] = [];
  if (report.signed) {
    lines.push(`第${report.version}版 ${report.signed.by} ${chineseDate(report.signed.on)}签发`);
    if (report.correction) {
      lines.push(`更正第${report.correction.replaces}版：${report.correction.reason}`);
    }
    lines.push(`数据摘要（SM3）${report.signed.digest}`);
  } else {
    lines.push(`未签发的草稿，数据汇编于${chineseDate(report.compiledAt)}`);
  }
  return lines;
}

export const demonstrationMark = '示例数据';
export const demonstrationNote =
  '本报告由示例数据编制，其中的人员、事项和文件均为虚构，不代表任何机构的实际情况。';

/** The sentence a chapter without text prints, so that it never looks forgotten. */
export const emptyChapter = '本年度无相关情况。';

export function isChapterEmpty(chapter: CompiledChapter): boolean {
  return !chapter.blocks.some((block) =>
    block.kind === 'list' ? block.items.some((item) => hasText(item)) : hasText(block.inlines),
  );
}

function hasText(inlines: readonly Inline[]): boolean {
  return inlines.some(({ text }) => text.trim() !== '');
}

/** The address if a reader may safely follow it, else null. Everything but web and mail addresses is printed as text. */
export function safeHref(href: string): string | null {
  try {
    return ['http:', 'https:', 'mailto:'].includes(new URL(href).protocol) ? href : null;
  } catch {
    return null;
  }
}

const forbidden = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Text as every format can hold it: without control characters (which no XML may carry), direction overrides (which make
 * a line read otherwise than it is stored) and halves of surrogate pairs.
 */
export function plain(text: string): string {
  return text.toWellFormed().replace(forbidden, '');
}
