import { formatForYear } from '../../annual-report/formats/index.ts';
import { type FaultPlan, faultPlans, type PlantedFault } from './faults.ts';
import { type History, simulate } from './history.ts';
import { type Layout, layouts, type SetReport } from './model.ts';
import type { Values } from './own-requests.ts';
import { printCells, styleOf } from './print.ts';
import { fourteenChapters, preface2014 } from './prose/fourteen-chapters.ts';
import { preface, sixChapters } from './prose/six-chapters.ts';
import { tellerOf, withoutMarks } from './prose/teller.ts';
import { type Streams, streamsOf } from './random.ts';
import { makesRules, reportedYears, type SetUnit, setUnits } from './units.ts';

export interface ReportSet {
  /** By unit, then by year. */
  reports: SetReport[];
  faults: PlantedFault[];
}

/**
 * The whole set: always the same reports with the same faults.
 * @param plans none for a set without faults
 * @param seed other than 0 for another set of the same bodies; the faults fit the demonstration set only
 */
export function composeSet(plans: readonly FaultPlan[] = faultPlans, seed = 0): ReportSet {
  const streams = streamsOf(seed);
  const history = simulate(streams);
  const reports: SetReport[] = [];
  const faults: PlantedFault[] = [];
  for (const [index, unit] of setUnits.entries())
    for (const year of reportedYears(unit)) {
      const own = plans.filter((plan) => plan.unit === unit.code && plan.year === year);
      const composed = compose(history, unit, year, layoutOf(index + seed, year), own, streams);
      reports.push(composed.report);
      faults.push(...composed.faults);
    }
  return { reports, faults };
}

const extensions: Readonly<Record<string, string>> = {
  html: 'html',
  pdf: 'pdf',
  docx: 'docx',
  xlsx: 'xlsx',
  text: 'txt',
};

export const familyOf = (layout: Layout): string => layout.slice(0, layout.indexOf('-'));

/** Every unit changes its way of writing from year to year, so that each format meets each layout. */
function layoutOf(unit: number, year: number): Layout {
  return layouts[(unit * 4 + (year - 2018) * 7) % layouts.length]!;
}

function compose(
  history: History,
  unit: SetUnit,
  year: number,
  layout: Layout,
  plans: readonly FaultPlan[],
  streams: Streams,
): { report: SetReport; faults: PlantedFault[] } {
  const format = formatForYear(year)!;
  const random = streams(`${unit.code} ${year} as written`);
  const truth = history.get(unit.code)!.get(year)!;
  const values: Values = { ...truth };
  for (const { edit } of plans) edit?.(values);
  const isFlat = ['text-lines', 'text-spaces', 'pdf-plain'].includes(layout);
  const style = {
    ...styleOf(random, !isFlat && plans.length === 0),
    point: streams(`${unit.code} ${year} points`).pick(['.', '.', '.', '．', '、'] as const),
  };
  const teller = tellerOf({
    unit,
    year,
    random,
    streams,
    values: plans.some(({ proseTellsTruth }) => proseTellsTruth) ? truth : values,
    previous: history.get(unit.code)?.get(year - 1) ?? null,
    misstatements: Object.assign({}, ...plans.map(({ misstate }) => misstate ?? {})),
  });
  const isOld = format.id === '2014';
  const opening = (isOld ? preface2014 : preface)(teller).map(withoutMarks);
  const chapters = (isOld ? fourteenChapters : sixChapters)(teller).map(({ paragraphs, ...chapter }) => ({
    ...chapter,
    paragraphs: paragraphs.map(withoutMarks),
  }));
  const spoilt = [...opening, ...chapters.flatMap(({ paragraphs }) => paragraphs)].filter(
    ({ misstated }) => misstated.length > 0,
  );
  for (const { misstate, kind } of plans)
    if (misstate && spoilt.length === 0) throw new RangeError(`${unit.code} ${year}: nothing says ${kind}`);
  const { title, name } = namesOf(unit, year, streams);
  const file = `${name}.${extensions[familyOf(layout)]}`;
  const report: SetReport = {
    file,
    unit,
    year,
    format,
    layout,
    style,
    title,
    preface: opening.map(({ text }) => text),
    chapters: chapters.map((chapter) => ({
      ...chapter,
      paragraphs: chapter.paragraphs.map(({ text }) => text),
    })),
    cells: printCells(format, values, style, makesRules(unit)),
  };
  const faults = plans.map(({ edit: _edit, misstate, proseTellsTruth: _prose, ...plan }) => ({
    ...plan,
    file,
    layout,
    quotes: misstate ? spoilt.flatMap(({ misstated }) => misstated) : [],
    paragraphs: misstate ? spoilt.map(({ text }) => text) : [],
  }));
  return { report, faults };
}

/** How the body titles its report, and what it calls the file: by its title, in short, or by a code that tells nothing. */
function namesOf({ code, name }: SetUnit, year: number, streams: Streams): { title: string; name: string } {
  const random = streams(`${code} ${year} as titled`);
  const title = random.pick([
    `${name}${year}年政府信息公开工作年度报告`,
    `${name}${year}年政府信息公开工作年度报告`,
    `${name}${year}年度政府信息公开工作年度报告`,
    `${year}年${name}政府信息公开工作年度报告`,
    `${name}政府信息公开工作${year}年度报告`,
  ]);
  return { title, name: random.pick([title, `${name}${year}年年报`, `${year}-${code}`]) };
}
