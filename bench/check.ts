import { performance } from 'node:perf_hooks';
import { examineReport } from '../src/annual-report/examination/index.ts';
import type { Finding } from '../src/annual-report/model.ts';
import { type ReadReport, readReportFile } from '../src/annual-report/reading/index.ts';
import {
  assessFindings,
  childrenOf,
  composeSet,
  layouts,
  misreadings,
  writeSetFile,
} from '../src/demonstration/report-set/index.ts';

/** Reads and examines the demonstration set: recall, false alarms, cells read as written, time and memory. */
const { reports, faults } = composeSet();
const files = new Map<string, Uint8Array>();
for (const report of reports) files.set(report.file, (await writeSetFile(report)).bytes);

const times = new Map<string, { reading: number; examining: number }>();
const read = new Map<string, ReadReport>();
const refused: string[] = [];
let peak = 0;
for (const report of reports) {
  const start = performance.now();
  try {
    read.set(report.file, await readReportFile({ name: report.file, bytes: files.get(report.file)! }));
  } catch (error) {
    refused.push(`${report.layout} ${report.file}: ${String(error)}`);
  }
  times.set(report.file, { reading: performance.now() - start, examining: 0 });
  peak = Math.max(peak, process.memoryUsage().rss);
}

const readOf = (unit: string, year: number): ReadReport | null => {
  const report = reports.find((each) => each.unit.code === unit && each.year === year);
  return (report && read.get(report.file)) ?? null;
};
const findings = new Map<string, Finding[]>();
for (const report of reports) {
  const own = read.get(report.file);
  if (!own) continue;
  const start = performance.now();
  const children = childrenOf(report.unit).flatMap(({ code, name }) => {
    const child = readOf(code, report.year);
    return child ? [{ name, report: child }] : [];
  });
  findings.set(
    report.file,
    examineReport({ report: own, previous: readOf(report.unit.code, report.year - 1), children }),
  );
  times.get(report.file)!.examining = performance.now() - start;
  peak = Math.max(peak, process.memoryUsage().rss);
}

const wrong = new Map(
  reports.map((report) => {
    const own = read.get(report.file);
    return [report.file, own ? misreadings(report, own) : []];
  }),
);
const { found, missed, falseAlarms } = assessFindings(faults, reports, findings);

const layoutOf = new Map(reports.map(({ file, layout }) => [file, layout]));
const row = (only: string | null) => {
  const own = reports.filter(({ layout }) => only === null || layout === only);
  const isOwn = ({ file }: { file: string }) => only === null || layoutOf.get(file) === only;
  const taken = own
    .map(({ file }) => times.get(file)!)
    .map(({ reading, examining }) => reading + examining)
    .toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(taken[Math.ceil(taken.length * share) - 1] ?? 0);
  const planted = faults.filter(isOwn).length;
  const cells = own.reduce((sum, { cells: written }) => sum + Object.keys(written).length, 0);
  const misread = own.reduce((sum, { file }) => sum + (wrong.get(file)?.length ?? 0), 0);
  return {
    reports: own.length,
    faults: planted,
    found: found.filter(({ fault }) => isOwn(fault)).length,
    'false alarms': falseAlarms.filter(isOwn).length,
    cells,
    misread,
    unread: own.reduce((sum, { file }) => sum + (read.get(file)?.unread.length ?? 0), 0),
    'p50 ms': at(0.5),
    'p95 ms': at(0.95),
    'max ms': at(1),
  };
};
console.table({ ...Object.fromEntries(layouts.map((layout) => [layout, row(layout)])), all: row(null) });

const percent = (part: number, whole: number) => `${((part / whole) * 100).toFixed(1)} %`;
const total = [...times.values()].reduce((sum, { reading, examining }) => sum + reading + examining, 0);
console.log(
  `recall ${found.length} of ${faults.length} (${percent(found.length, faults.length)}), ` +
    `${new Set(faults.map(({ kind }) => kind)).size} kinds; false alarms ${falseAlarms.length}; refused ${refused.length}; ` +
    `${(total / reports.length).toFixed(1)} ms a report; peak ${Math.round(peak / 2 ** 20)} MB (rss, writing the files included)`,
);
for (const line of refused) console.log(`refused  ${line}`);
for (const fault of missed)
  console.log(
    `missed   ${fault.kind} ${fault.layout} ${fault.file} ${fault.cells.join(' ')} ${fault.quotes.join(' ')}`,
  );
for (const { file, finding } of falseAlarms)
  console.log(
    `false    ${layoutOf.get(file)} ${file} ${finding.rule} ${finding.severity} ${finding.message}`,
  );
for (const [file, list] of wrong) {
  for (const { what, written, read: got } of list.slice(0, 5))
    console.log(`misread  ${layoutOf.get(file)} ${file} ${what}: ${written} → ${got}`);
  if (list.length > 5) console.log(`misread  ${layoutOf.get(file)} ${file} and ${list.length - 5} more`);
}
if (missed.length + falseAlarms.length + refused.length > 0) process.exitCode = 1;
