import {
  assessFindings,
  composeSet,
  examineSet,
  layouts,
  misreadings,
  writeSet,
} from '../src/demonstration/report-set/index.ts';

/** Reads and examines the demonstration set: recall, false alarms, cells read as written, time and memory. */
const { reports, faults } = composeSet();
const files = await writeSet(reports);
const before = process.memoryUsage().rss;
let peak = before;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 20);
const processor = process.cpuUsage();
const examined = await examineSet(reports, files);
const { user, system } = process.cpuUsage(processor);
clearInterval(watch);
peak = Math.max(peak, process.memoryUsage().rss);

const of = (file: string) => examined.get(file)!;
const wrong = new Map(
  reports.map((report) => {
    const { read } = of(report.file);
    return [report.file, read ? misreadings(report, read) : []];
  }),
);
const { found, missed, falseAlarms } = assessFindings(faults, reports, examined);
const layoutOf = new Map(reports.map(({ file, layout }) => [file, layout]));

const row = (only: string | null) => {
  const own = reports.filter(({ layout }) => only === null || layout === only);
  const isOwn = ({ file }: { file: string }) => only === null || layoutOf.get(file) === only;
  const taken = own.map(({ file }) => of(file).took).toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(taken[Math.ceil(taken.length * share) - 1] ?? 0);
  const count = (numberOf: (file: string) => number) =>
    own.reduce((sum, { file }) => sum + numberOf(file), 0);
  return {
    reports: own.length,
    refused: count((file) => (of(file).read ? 0 : 1)),
    faults: faults.filter(isOwn).length,
    found: found.filter(({ fault }) => isOwn(fault)).length,
    'false alarms': falseAlarms.filter(isOwn).length,
    cells: own.reduce((sum, { cells }) => sum + Object.keys(cells).length, 0),
    misread: count((file) => wrong.get(file)?.length ?? 0),
    unread: count((file) => of(file).read?.unread.length ?? 0),
    'p50 ms': at(0.5),
    'p95 ms': at(0.95),
    'max ms': at(1),
  };
};
console.table({ ...Object.fromEntries(layouts.map((layout) => [layout, row(layout)])), all: row(null) });

const total = [...examined.values()].reduce((sum, { took }) => sum + took, 0);
console.log(
  `recall ${found.length} of ${faults.length} (${((found.length / faults.length) * 100).toFixed(1)} %), ` +
    `${new Set(faults.map(({ kind }) => kind)).size} kinds; false alarms ${falseAlarms.length}; ` +
    `${(total / reports.length).toFixed(1)} ms a report, ${((user + system) / 1000 / reports.length).toFixed(1)} ms of processor; ` +
    `peak ${Math.round(peak / 2 ** 20)} MB rss, ${Math.round(before / 2 ** 20)} MB before the first file was read`,
);
for (const { file, layout } of reports)
  if (!of(file).read) console.log(`refused  ${layout} ${file} ${of(file).refusal}`);
for (const { kind, layout, file, cells, quotes } of missed)
  console.log(`missed   ${kind} ${layout} ${file} ${cells.join(' ')} ${quotes.join(' ')}`);
for (const { file, finding } of falseAlarms)
  console.log(
    `false    ${layoutOf.get(file)} ${file} ${finding.rule} ${finding.severity} ${finding.message}`,
  );
for (const [file, list] of wrong) {
  for (const { what, written, read } of list.slice(0, 5))
    console.log(`misread  ${layoutOf.get(file)} ${file} ${what}: ${written} → ${read}`);
  if (list.length > 5) console.log(`misread  ${layoutOf.get(file)} ${file} and ${list.length - 5} more`);
}

/** Other sets of the same bodies, without faults: nothing was tuned to their numbers and words. */
const OTHER_SETS = Number(process.env.BENCH_SETS ?? 2);
for (let seed = 1; seed <= OTHER_SETS; seed++) {
  const other = composeSet([], seed).reports;
  const results = await examineSet(other, await writeSet(other));
  const unlike = other.flatMap((report) => {
    const { read, refusal } = results.get(report.file)!;
    const list = read ? misreadings(report, read) : [{ what: refusal, written: '', read: '' }];
    return list.map((misreading) => ({ ...misreading, file: `${report.layout} ${report.file}` }));
  });
  const alarms = assessFindings([], other, results).falseAlarms;
  console.log(
    `set ${seed} of other numbers and words, without faults: ${other.length} reports, false alarms ${alarms.length}, misread ${unlike.length}`,
  );
  for (const { file, finding } of alarms) console.log(`false    ${file} ${finding.rule} ${finding.message}`);
  for (const { file, what, written, read } of unlike.slice(0, 5))
    console.log(`misread  ${file} ${what}: ${written} → ${read}`);
}
if (missed.length + falseAlarms.length > 0) process.exitCode = 1;
