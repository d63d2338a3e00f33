import type { Finding } from '../model.ts';
import { flatRows, type ReportJson, tableJson } from '../render/json.ts';
import { placeInWords } from './document.ts';
import type { ReadReport } from './model.ts';

/** What `report check` says of one file. A file that could not be taken at all has null, empty and one finding. */
export interface CheckedReportJson {
  file: string;
  agency: string | null;
  year: number | null;
  format: string | null;
  title: string;
  kind: string | null;
  encoding: string | null;
  rows: ReportJson['rows'];
  tables: ReportJson['tables'];
  /** Cells that show no number, with what they show instead. */
  cells: { table: string; row: string; column: string; state: string; text: string }[];
  unread: { place: string; reason: string }[];
  findings: CheckedFinding[];
}

export interface CheckedFinding
  extends Pick<
    Finding,
    'rule' | 'severity' | 'verdict' | 'message' | 'left' | 'right' | 'difference' | 'tolerance' | 'cells'
  > {
  /** Row codes the finding is about. */
  rows: string[];
  chapter: string | null;
  quote: string | null;
}

export function checkedReportJson(
  file: string,
  report: ReadReport,
  findings: readonly Finding[],
): CheckedReportJson {
  return {
    file,
    agency: report.agency,
    year: report.year,
    format: report.format,
    title: report.title,
    kind: report.kind,
    encoding: report.encoding,
    rows: report.tables.flatMap(flatRows),
    tables: Object.fromEntries(report.tables.map((table) => [table.id, tableJson(table)])),
    cells: Object.entries(report.cells).flatMap(([key, { state, text }]) => {
      const [table = '', row = '', column = ''] = key.split('/');
      return state === 'number' || state === 'zero' ? [] : [{ table, row, column, state, text }];
    }),
    unread: report.unread.map(({ place, reason }) => ({ place: placeInWords(place), reason })),
    findings: findings.map(findingJson),
  };
}

/** @param message why the file could not be taken */
export function refusedFileJson(file: string, message: string): CheckedReportJson {
  const finding: Finding = {
    rule: 'READ',
    severity: 'error',
    verdict: 'unassessable',
    message,
    cells: [],
    left: null,
    right: null,
    difference: null,
    tolerance: 0,
  };
  return {
    file,
    agency: null,
    year: null,
    format: null,
    title: '',
    kind: null,
    encoding: null,
    rows: [],
    tables: {},
    cells: [],
    unread: [{ place: '', reason: message }],
    findings: [findingJson(finding)],
  };
}

function findingJson(finding: Finding): CheckedFinding {
  const { rule, severity, verdict, message, left, right, difference, tolerance, cells } = finding;
  return {
    rule,
    severity,
    verdict,
    message,
    rows: [...new Set(cells.map(({ row }) => row))],
    cells,
    left,
    right,
    difference,
    tolerance,
    chapter: finding.chapter ?? null,
    quote: finding.quote ?? null,
  };
}
