import { checkReport } from '../check/index.ts';
import type { Format, Power } from '../formats/format.ts';
import { type Grid, gridOf } from '../formats/grid.ts';
import { formatById } from '../formats/index.ts';
import type { Finding } from '../model.ts';
import { findContradictions } from '../narrative/index.ts';
import type { Place } from '../reading/document.ts';
import type { ReadReport } from '../reading/model.ts';
import { ruleMakingOf } from './bodies.ts';
import { parentBelowChildren } from './children.ts';
import { blankCells } from './entries.ts';
import { formOfOtherYear } from './form-of-year.ts';
import { lastYearFor, statesOf, unreadLastYear } from './last-year.ts';
import { unknownReport, unreadCells } from './unassessable.ts';

/** A finding with the place in the file that it is about; null when it is about no single place. */
export interface ReportFinding extends Finding {
  place: Place | null;
}

export interface ExaminationInput {
  report: ReadReport;
  /** The same body's report on the year before. */
  previous?: ReadReport | null;
  /** Reports on the same year of the bodies below. */
  children?: readonly { name: string; report: ReadReport }[];
}

/**
 * Everything that does not fit in a published report of any agency, by the rules that guard our own. Pure. Every finding
 * tells how sure it is; what could not be assessed is a finding too.
 */
export function examineReport(input: ExaminationInput): ReportFinding[] {
  const { report } = input;
  const format = report.format === null ? null : formatById(report.format);
  const found = format ? examineTables(format, input) : examineProse(report);
  return [...found, ...formOfOtherYear(report), ...titleOfOtherYear(report), ...unknownReport(report)].map(
    (finding) => ({
      ...finding,
      place: placeOf(finding, report),
    }),
  );
}

function examineTables(format: Format, { report, previous, children = [] }: ExaminationInput): Finding[] {
  const states = statesOf(report);
  const grid = gridOf(report.tables, states);
  const before = previous && isYearBefore(previous, report) ? previous : null;
  const last = before && lastYearFor(format, before);
  const power = ruleMakingOf(report.agency);
  const all = checkReport({
    format: { ...format, checks: format.checks.filter(({ kind }) => kind !== 'consolidation') },
    year: report.year ?? 0,
    tables: report.tables,
    states,
    chapters: chaptersOf(report),
    ...(last && { previous: last.tables, previousStates: last.states }),
    powers: power === 'may' ? rulesPower : [],
  });
  const byPower = all.filter(({ rule }) => isPowerRule(format, rule));
  const below = children
    .filter((child) => child.report.format === report.format && child.report.year === report.year)
    .map((child) => ({ name: child.name, grid: gridOf(child.report.tables, statesOf(child.report)) }));
  const skipped = all.filter(({ verdict, cells }) => verdict === 'unassessable' && cells.length > 0);
  return [
    ...all.filter((finding) => !skipped.includes(finding) && !byPower.includes(finding)),
    ...(power === 'unclear' ? doubtedPower(byPower) : byPower),
    ...parentBelowChildren(grid, below),
    ...blankCells(format, grid, report),
    ...unreadCells(format, grid, report, skipped),
    ...(before ? unreadLastYear(format, grid, before) : []),
  ];
}

/** Rule N5 for the title: the year that the report is examined as may be known from elsewhere. */
function titleOfOtherYear({ title, year }: ReadReport): Finding[] {
  const told = Number(/(20[0-9]{2})年/u.exec(title.normalize('NFKC').replace(/\s/gu, ''))?.[1] ?? year);
  if (year === null || told === year) return [];
  return [
    {
      rule: 'N5',
      severity: 'warning',
      verdict: 'wrong',
      message: `标题“${title}”写的是 ${told} 年，报告年度是 ${year} 年。`,
      cells: [],
      left: told,
      right: year,
      difference: Math.abs(told - year),
      tolerance: 0,
      quote: title,
    },
  ];
}

const rulesPower: readonly Power[] = ['rule-making'];

function examineProse(report: ReadReport): Finding[] {
  const rules = { year: report.year, check: { rule: 'S15', level: 'warning' } } as const;
  return findContradictions(chaptersOf(report), emptyGrid, rules);
}

const emptyGrid: Grid = gridOf([]);

function isYearBefore(previous: ReadReport, report: ReadReport): boolean {
  return report.year !== null && (previous.year === null || previous.year === report.year - 1);
}

/** Chapters the format does not know keep apart by their number. */
function chaptersOf(report: ReadReport) {
  return report.chapters.map(({ key, number, title, blocks }) => ({
    key: key ?? `chapter-${number}`,
    title: title === '' ? '报告开头' : title,
    blocks,
  }));
}

function isPowerRule(format: Format, rule: string): boolean {
  return format.checks.some((check) => check.kind === 'power' && check.rule === rule);
}

/** One finding where the name does not tell whether the body may make 规章. */
function doubtedPower(found: readonly Finding[]): Finding[] {
  const [first] = found;
  if (!first) return [];
  const told = found.map(({ message }) => message.replace(/，应为 0。.*$/u, '')).join('，');
  const message = `${told}。从名称看不出本机关是否有规章制定权，请核对。`;
  const cells = found.flatMap((finding) => finding.cells);
  return [{ ...first, severity: 'notice', verdict: 'uncertain', message, cells }];
}

function placeOf({ cells, chapter, quote }: Finding, report: ReadReport): Place | null {
  if (chapter !== undefined) {
    const words = (quote ?? '').slice(0, 200);
    const paragraphs = report.chapters.find(
      ({ key, number }) => (key ?? `chapter-${number}`) === chapter,
    )?.paragraphs;
    return words === '' ? null : (paragraphs?.find(({ text }) => text.includes(words))?.place ?? null);
  }
  const [first] = cells;
  return first ? (report.cells[`${first.table}/${first.row}/${first.column}`]?.place ?? null) : null;
}
