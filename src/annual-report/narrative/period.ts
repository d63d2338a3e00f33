import type { Finding } from '../model.ts';
import type { Line } from './line.ts';
import { type Chapter, proseFinding } from './prose-finding.ts';
import { sentenceStart } from './scope.ts';

const period =
  /(?<from>20[0-9]{2})年(?:度)?(?:1月1日|01月01日)起?[至到—~－-]{1,2}(?:(?<to>20[0-9]{2})年)?12月31日/gu;
const caption = /^[（(]?(?<year>20[0-9]{2})年度?[）)]?$/u;
const announced =
  /(?:现(?:将|予|向社会)?|特此?|按要求|依法)?(?:公布|公开|编制|发布)[^。，,；;《》]{0,24}?(?<year>20[0-9]{2})年(?:度)?(?:政府信息公开|政务公开)(?:工作)?(?:年度)?(?:报告|年报)/gu;

/** A paragraph that opens with a year: what it tells is of that year, or it was copied from that year's report. */
const opening =
  /^(?:[（(][一二三四五六七八九十]{1,2}[）)][^，,。0-9]{0,20}[。：:])?(?<year>20[0-9]{2})年(?:度)?[，,]/u;

/** Rule N5: a period that the figures cover, a caption or an announcement that names another year than the report's. */
export function otherPeriods(line: Line, chapter: Chapter, year: number): Finding[] {
  const { text } = line;
  const report = (start: number, end: number, told: number, verdict: 'wrong' | 'uncertain') => {
    const quote = line.quote(start, end);
    const message = `正文“${quote}”写的是 ${told} 年，报告年度是 ${year} 年。请核对`;
    const at = { rule: 'N5', level: 'warning', verdict, message, chapter: chapter.key, quote } as const;
    return proseFinding({ ...at, left: told, right: year });
  };
  const periods = [...text.matchAll(period)].flatMap((match) => {
    const from = Number(match.groups?.from);
    const to = Number(match.groups?.to ?? from);
    const other = [from, to].find((told) => told !== year);
    if (other === undefined) return [];
    const start = sentenceStart(text, match.index);
    const isOfFigures = /统计|数据|期限|起止|截止|时间|报告/u.test(text.slice(start, match.index));
    return [report(match.index, match.index + match[0].length, other, isOfFigures ? 'wrong' : 'uncertain')];
  });
  const captioned = caption.exec(text)?.groups?.year;
  const captions =
    captioned === undefined || Number(captioned) === year
      ? []
      : [report(0, text.length, Number(captioned), 'wrong')];
  if (chapter.key !== 'preface' && chapter.key !== 'overview') return [...periods, ...captions];
  const opened = opening.exec(text);
  const openings =
    opened && Number(opened.groups?.year) < year && !text.includes(String(year)) && periods.length === 0
      ? [
          {
            ...report(opened.index, opened[0].length, Number(opened.groups?.year), 'uncertain'),
            severity: 'notice' as const,
          },
        ]
      : [];
  const announcements = [...text.matchAll(announced)].flatMap((match) => {
    const told = Number(match.groups?.year);
    return told === year || /上一?年|历年|往年/u.test(match[0])
      ? []
      : [report(match.index, match.index + match[0].length, told, 'uncertain')];
  });
  return [...periods, ...captions, ...announcements, ...openings];
}
