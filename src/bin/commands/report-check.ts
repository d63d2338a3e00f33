import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { examineReport } from '../../annual-report/examination/index.ts';
import {
  type CheckedReportJson,
  checkedReportJson,
  type ReadReport,
  readReportFile,
  refusedFileJson,
} from '../../annual-report/reading/index.ts';
import { Refusal } from '../../core/refusal.ts';
import { BAD_INPUT, DONE, FOUND_WRONG, type Io, readOptions, UsageError } from '../command.ts';
import { progress } from '../progress.ts';

type Outcome = { file: string; report: ReadReport } | { file: string; fault: string };

/** `report check`: reads published reports and lists what is wrong with them. */
export async function checkReportFiles(args: string[], io: Io): Promise<number> {
  const { values, positionals: files } = readOptions(args, {
    year: { type: 'string' },
    previous: { type: 'string' },
    json: { type: 'boolean' },
  });
  const faults = [
    ...(files.length === 0 ? ['请给出要核对的报告文件，例如 gongkai report check 报告.pdf'] : []),
    ...(values.year === undefined || /^20\d{2}$/.test(values.year)
      ? []
      : [`--year ${values.year}：应为四位数的年度，例如 2024`]),
    ...(values.previous !== undefined && files.length > 1 ? ['--previous：一次只能与一份报告比对'] : []),
    ...(await missingFiles([...files, ...(values.previous === undefined ? [] : [values.previous])])),
  ];
  if (faults.length > 0) throw new UsageError(faults);

  const hints = values.year === undefined ? {} : { year: Number(values.year) };
  const outcomes = await progress(io, values.json === true, async (show) => {
    const read: Outcome[] = [];
    for (const [index, file] of files.entries()) {
      show(`读取 ${index + 1}/${files.length} ${basename(file)}`);
      read.push(await readOne(file, hints));
    }
    return read;
  });
  const given = values.previous === undefined ? null : await readOne(values.previous, {});
  const checked = outcomes.map((outcome) => checkOne(outcome, outcomes, given));
  if (values.json) io.stdout(`${JSON.stringify(checked)}\n`);
  else for (const one of checked) describe(one, io);
  const unreadable = [...outcomes, ...(given ? [given] : [])].flatMap((outcome) =>
    'fault' in outcome ? [`${outcome.file}：${outcome.fault}`] : [],
  );
  for (const line of unreadable) io.stderr(`${line}\n`);
  if (unreadable.length > 0) return BAD_INPUT;
  return checked.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))
    ? FOUND_WRONG
    : DONE;
}

async function missingFiles(files: readonly string[]): Promise<string[]> {
  const found = await Promise.all(files.map((file) => stat(file).catch(() => null)));
  return files.flatMap((file, index) => {
    if (!found[index]) return [`${file}：没有这个文件`];
    return found[index].isFile() ? [] : [`${file}：是文件夹，请给出文件`];
  });
}

async function readOne(file: string, hints: { year?: number }): Promise<Outcome> {
  try {
    return { file, report: await readReportFile({ name: basename(file), path: file }, hints) };
  } catch (error) {
    if (error instanceof Refusal) return { file, fault: error.message };
    throw error;
  }
}

function checkOne(outcome: Outcome, all: readonly Outcome[], given: Outcome | null): CheckedReportJson {
  if ('fault' in outcome) return refusedFileJson(outcome.file, outcome.fault);
  const { file, report } = outcome;
  const previous = given && 'report' in given ? given.report : lastYearsAmong(report, all);
  return checkedReportJson(file, report, examineReport({ report, previous }));
}

/** The same agency's report on the year before, when it is among the files given. */
function lastYearsAmong(report: ReadReport, all: readonly Outcome[]): ReadReport | null {
  if (report.year === null || report.agency === null) return null;
  const found = all.find(
    (other) =>
      'report' in other && other.report.agency === report.agency && other.report.year === report.year! - 1,
  );
  return found && 'report' in found ? found.report : null;
}

const severities = { error: '错误', warning: '存疑', notice: '提示' } as const;
const verdicts = { wrong: '有误', uncertain: '待核实', unassessable: '无法判断' } as const;

function describe(checked: CheckedReportJson, io: Io): void {
  const { file, agency, year, format, findings, unread } = checked;
  const read = Object.values(checked.tables).length;
  io.stdout(`${file}\n`);
  if (checked.kind !== null)
    io.stdout(
      `  ${agency ?? '未认出机构'} ${year === null ? '未认出年度' : `${year}年`} ${format === null ? '未认出格式' : `${format}年格式，${read} 张表`}\n`,
    );
  for (const { severity, verdict, rule, message } of findings)
    io.stdout(`  [${severities[severity]}·${verdicts[verdict]}] ${rule} ${message}\n`);
  for (const { place, reason } of unread) io.stdout(`  [未读] ${place}${place && '：'}${reason}\n`);
  if (findings.length === 0) io.stdout('  没有发现问题\n');
  io.stdout('\n');
}
