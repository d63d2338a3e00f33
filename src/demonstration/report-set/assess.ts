import type { ReportFinding } from '../../annual-report/examination/index.ts';
import type { ReadReport } from '../../annual-report/reading/index.ts';
import type { ExaminedFile } from './examine-set.ts';
import { faultKinds, type PlantedFault } from './faults.ts';
import type { SetReport } from './model.ts';

/** A cell, or the year or name, that was not read as it was written. */
export interface Misreading {
  what: string;
  written: string;
  read: string;
}

/** Where reading a file of the set gave something other than what was written into it. */
export function misreadings(report: SetReport, read: ReadReport): Misreading[] {
  const head = [
    { what: 'agency', written: report.unit.name, read: String(read.agency) },
    { what: 'year', written: String(report.year), read: String(read.year) },
    { what: 'format', written: report.format.id, read: String(read.format) },
  ].filter(({ written, read: found }) => written !== found);
  const cells = Object.entries(report.cells).flatMap(([key, written]) => {
    const found = read.cells[key];
    if (found?.state === written.state && found.value === written.value) return [];
    return [
      {
        what: key,
        written: `${written.state} ${written.text}`.trim(),
        read: found ? `${found.state} ${found.text}`.trim() : 'nothing',
      },
    ];
  });
  const titles = read.chapters.flatMap(({ key, title }) => (key === null ? [title] : []));
  return [...head, ...cells, ...titles.map((title) => ({ what: 'chapter', written: '', read: title }))];
}

export interface Assessment {
  found: { fault: PlantedFault; by: ReportFinding }[];
  missed: PlantedFault[];
  /** Errors and warnings that no planted fault explains. */
  falseAlarms: { file: string; finding: ReportFinding }[];
}

/** Findings against what was planted. A notice is no alarm; a fault counts as found by its own rule at its own cell or clause only. */
export function assessFindings(
  faults: readonly PlantedFault[],
  reports: readonly Pick<SetReport, 'file' | 'unit' | 'year'>[],
  examined: ReadonlyMap<string, Pick<ExaminedFile, 'findings'>>,
): Assessment {
  const assessment: Assessment = { found: [], missed: [], falseAlarms: [] };
  for (const fault of faults) {
    const by = (examined.get(fault.file)?.findings ?? []).find((finding) => isAt(finding, fault));
    if (by) assessment.found.push({ fault, by });
    else assessment.missed.push(fault);
  }
  for (const { file, unit, year } of reports)
    for (const finding of examined.get(file)?.findings ?? []) {
      const explained = faults.some(
        (fault) =>
          (fault.file === file && isExplainedBy(finding, fault)) ||
          (fault.alsoSeenIn?.unit === unit.code &&
            fault.alsoSeenIn.year === year &&
            touchesCell(finding, fault.cells)),
      );
      if (finding.severity !== 'notice' && !explained) assessment.falseAlarms.push({ file, finding });
    }
  return assessment;
}

function isAt(finding: ReportFinding, fault: PlantedFault): boolean {
  const rules: readonly string[] = faultKinds[fault.kind];
  return (
    rules.includes(finding.rule) &&
    (touchesCell(finding, fault.cells) || overlaps(finding.quote, fault.quotes))
  );
}

/** One wrong cell breaks its row, its column and the balance at once; one wrong number makes a paragraph contradict itself. */
function isExplainedBy(finding: ReportFinding, fault: PlantedFault): boolean {
  return touchesCell(finding, fault.cells) || overlaps(finding.quote, fault.paragraphs);
}

function touchesCell(finding: ReportFinding, cells: readonly string[]): boolean {
  return finding.cells.some(({ table, row, column }) => cells.includes(`${table}/${row}/${column}`));
}

function overlaps(quote: string | undefined, texts: readonly string[]): boolean {
  if (!quote) return false;
  const words = withoutSpaces(quote);
  return texts.map(withoutSpaces).some((text) => text.includes(words) || words.includes(text));
}

/** Typesetters put a little space between Han characters and digits. */
function withoutSpaces(text: string): string {
  return text.replaceAll(/\s/gu, '');
}
