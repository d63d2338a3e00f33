import { performance } from 'node:perf_hooks';
import { examineReport, type ReportFinding } from '../../annual-report/examination/index.ts';
import { type ReadReport, readReportFile } from '../../annual-report/reading/index.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { writeSetFile } from './files.ts';
import type { SetReport } from './model.ts';
import { childrenOf } from './units.ts';

/** What became of one file of the set. */
export interface ExaminedFile {
  /** Null for a file that was refused. */
  read: ReadReport | null;
  refusal: string;
  findings: ReportFinding[];
  /** Reading and examining, in milliseconds. */
  took: number;
}

/** Every report as the file its body sends in, by file name. */
export async function writeSet(reports: readonly SetReport[]): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const report of reports) {
    const { name, bytes } = await writeSetFile(report);
    files.set(name, bytes);
  }
  return files;
}

/** Reads every file as if it came from outside, then examines each beside last year's and the children's reports. By file name. */
export async function examineSet(
  reports: readonly SetReport[],
  written: ReadonlyMap<string, Uint8Array>,
): Promise<Map<string, ExaminedFile>> {
  const files = new Map<string, ExaminedFile>();
  for (const { file } of reports) files.set(file, await readOne(file, written.get(file)!));
  const readOf = (unit: string, year: number): ReadReport | null => {
    const report = reports.find((each) => each.unit.code === unit && each.year === year);
    return (report && files.get(report.file)?.read) ?? null;
  };
  for (const { file, unit, year } of reports) {
    const own = files.get(file)!;
    if (!own.read) continue;
    const children = childrenOf(unit).flatMap(({ code, name }) => {
      const report = readOf(code, year);
      return report ? [{ name, report }] : [];
    });
    const start = performance.now();
    own.findings = examineReport({ report: own.read, previous: readOf(unit.code, year - 1), children });
    own.took += performance.now() - start;
  }
  return files;
}

async function readOne(name: string, bytes: Uint8Array): Promise<ExaminedFile> {
  const start = performance.now();
  try {
    const read = await readReportFile({ name, bytes });
    return { read, refusal: '', findings: [], took: performance.now() - start };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { read: null, refusal: error.message, findings: [], took: performance.now() - start };
  }
}
