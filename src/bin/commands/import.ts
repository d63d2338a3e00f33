import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { figureFinder } from '../../annual-report/index.ts';
import type { App } from '../../app.ts';
import { forgetFile, ITEMS_AT_ONCE, importItems, openHistoryFiles } from '../../areas/catalogue/index.ts';
import { type Agency, allAgencies } from '../../areas/organisations/index.ts';
import { importEntries, type Register, readRegisterRecord, registers } from '../../areas/registers/index.ts';
import { type ImportResult, importReturns } from '../../areas/returns/index.ts';
import type { Ctx } from '../../core/context.ts';
import {
  importSheetLimits,
  readRecords,
  type SheetRecord,
  UnreadableFile,
  writeCsv,
} from '../../core/spreadsheet/index.ts';
import {
  BAD_INPUT,
  type Command,
  DONE,
  FOUND_WRONG,
  type Io,
  readOptions,
  suggestion,
  UsageError,
} from '../command.ts';
import { withApp } from '../installation.ts';

interface ImportRun {
  fileName: string;
  path: string;
  dryRun: boolean;
  strict: boolean;
  skipInvalid: boolean;
  progress(read: number, imported?: number): void;
}

type Importer = (
  app: App,
  ctx: Ctx,
  records: () => AsyncIterable<SheetRecord[]>,
  run: ImportRun,
) => Promise<ImportResult & ItemsOnly>;

/** What an import of items tells besides. */
interface ItemsOnly {
  doneBefore?: number;
  notes?: readonly { line: number; field: string; problem: string }[];
  ended?: 'finished' | 'stopped' | 'paused';
}

/** What can be imported; each kind takes records in batches. Returns and registers are written in one transaction. */
const kinds: Readonly<Record<string, Importer>> = {
  items: async (app, ctx, records, run) => {
    const digest = await digestOfFile(run.path);
    const result = await importItems(ctx, records, { ...run, digest, threads: threadsFor(run) });
    // It may have come in at the desk as well.
    const historyFiles = openHistoryFiles(app.config.varDir);
    if (!run.dryRun && result.ended === 'finished') await forgetFile({ db: ctx.db, historyFiles }, digest);
    return result;
  },
  returns: (app, ctx, records, run) =>
    importReturns(ctx, records(), { ...run, resolveFigure: figureFinder(app.figures) }),
  ...Object.fromEntries(
    Object.values(registers).map((register) => [`registers/${register.key}`, importRegister(register)]),
  ),
};

/** One core is the database's, and one is enough for what comes to one of its connections. */
const MOST_THREADS = 3;

/** Threads for a whole import; checking alone needs none. */
function threadsFor({ dryRun }: ImportRun): number {
  return dryRun ? 0 : Math.min(Math.max(availableParallelism() - 1, 1), MOST_THREADS);
}

async function digestOfFile(path: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), digest);
  return digest.digest('hex');
}

const MOST_ENTRIES = 100_000;

/** A register holds hundreds of entries, so its file is read whole. */
function importRegister(register: Register): Importer {
  return async (_app, ctx, records, run) => {
    const rows = [];
    for await (const batch of records()) {
      rows.push(...batch.map((record) => readRegisterRecord(register, record)));
      if (rows.length > MOST_ENTRIES)
        throw new UnreadableFile('too-many-rows', `台账文件最多 ${MOST_ENTRIES} 行，请分成几个文件`);
      run.progress(rows.length);
    }
    return importEntries(ctx, register, rows, run);
  };
}

const help = `
用法：gongkai import items|returns|registers/台账 文件 [--agency 代码] [--dry-run] [--strict | --skip-invalid]
      [--errors 文件] [--json]

导入历史数据。文件为 JSON Lines、CSV(UTF-8、GB18030 或 Big5)或 XLSX，按内容识别。
items 每行：sourceId、title、body（纯文字或 HTML）、publishedOn、formedOn、unit（代码或名称）、column（地址或名称）、
  documentNumber、kind（体裁）、subject、normative(none|normative|rule)、channels（website、weibo…）、
  abstract（概述）、interprets（政策解读所解读文件的来源编号、索引号或文号）；sourceId、title 以外可省，列名也可以写中文
  （工作台“历史数据导入”有模板）。找不到所解读的文件时逐行说明，信息照常导入。
  作为已公开的历史信息导入，本次导入记为其审查。不合格的行不导入、逐行说明，不妨碍其余的行；加 --strict 则有一行
  不合格就全部不导入。每 ${ITEMS_AT_ONCE} 行一个事务：中途断了，对同一个文件再执行一次即从断处接着导入。
returns 每行：sourceId（可省）、figure（指标代码，或当年统计表的行号如 1.2.3）、unit（单位代码或名称）、
  from、to(YYYY-MM-DD，同一年内)、quantity（数量；null 或空单元格表示留空）、note（可省）。
registers/台账：台账为 ${Object.keys(registers).join('、')}；栏目名用台账模板的表头或字段名
  （如“召开日期”或 heldOn）；内容完全相同的登记视为已导入。
returns 和台账一个文件是一个事务：有一行不合格就全部不导入，除非加 --skip-invalid。
同一文件再导入一次不会有任何变化。

  --agency 代码    导入到哪个机关；只有一个机关时可省
  --dry-run        只检查，不写入
  --strict         有一行不合格就全部不导入
  --skip-invalid   跳过不合格的行，导入其余的行
  --errors 文件    把不合格的行写入 CSV 文件：行号、字段、问题和改法
  --json           输出 {read, imported, unchanged, rejected:[{line, field, problem}]}；items 另有 notes、doneBefore、ended

退出码：0 全部导入；1 其余的行已导入、有不合格的行被跳过（写明 --skip-invalid 时为 0），或者导入被停止；2 没有导入。

例：gongkai import items 历史信息.xlsx --agency khtz --errors 不合格.csv
例：gongkai import returns 填报2018.xlsx --agency khtz --dry-run
例：gongkai import registers/meetings 会议.xlsx --agency khtz
`;

export const command: Command = {
  name: 'import',
  help,
  async run(args, io) {
    const { values, positionals } = readOptions(args, {
      agency: { type: 'string' },
      'dry-run': { type: 'boolean' },
      strict: { type: 'boolean' },
      'skip-invalid': { type: 'boolean' },
      errors: { type: 'string' },
      json: { type: 'boolean' },
    });
    if (values.strict && values['skip-invalid'])
      throw new UsageError(['--strict：与 --skip-invalid 相反，只能写一个']);
    const { kind, importer, file } = await targetOf(positionals);
    return withApp(io.env, async (app) => {
      const agency = await agencyOf(app, values.agency);
      const ctx: Ctx = {
        db: app.connection.db,
        clock: app.clock,
        actor: { kind: 'system', name: '命令行导入' },
        agencyId: agency.id,
      };
      // Told before anything is imported: a file that cannot be written.
      if (values.errors !== undefined) await writeErrors(values.errors, []);
      const shows = io.isTerminal && !values.json;
      const told = progressLine(io, shows);
      const run: ImportRun = {
        fileName: basename(file),
        path: file,
        dryRun: values['dry-run'] === true,
        strict: values.strict === true,
        skipInvalid: values['skip-invalid'] === true,
        progress: told.progress,
      };
      const records = () => readRecords({ name: file, path: file }, importSheetLimits);
      const result = await importer(app, ctx, records, run).catch((error) => {
        if (!(error instanceof UnreadableFile)) throw error;
        throw new UsageError([
          `${file}:${error.message}`,
          ...(told.imported() > 0 ? [`此前的 ${told.imported()} 行已经导入，改好文件后再导入一次即可`] : []),
        ]);
      });
      if (shows) io.stderr('\r\u001b[K');
      const refused = result.rejected.length > 0 && (kind === 'items' ? run.strict : !run.skipInvalid);
      if (values.errors !== undefined) await writeErrors(values.errors, result.rejected);
      report(io, file, result, { ...run, refused, errors: values.errors, json: values.json === true });
      if (refused) return BAD_INPUT;
      if (result.ended === 'stopped') return FOUND_WRONG;
      return result.rejected.length > 0 && !run.skipInvalid ? FOUND_WRONG : DONE;
    });
  },
};

/** `已读取 12500 行，已导入 12480 条，每秒 940 行`, on one line of the terminal. */
function progressLine(io: Io, shows: boolean) {
  const begun = performance.now();
  let imported = 0;
  return {
    imported: () => imported,
    progress(read: number, items?: number): void {
      imported = items ?? 0;
      if (!shows) return;
      const perSecond = Math.round((read * 1000) / Math.max(performance.now() - begun, 1));
      const done = items === undefined ? '' : `，已导入 ${items} 条`;
      io.stderr(`\r\u001b[K已读取 ${read} 行${done}，每秒 ${perSecond} 行`);
    },
  };
}

async function targetOf(positionals: readonly string[]) {
  const [kind, file, ...more] = positionals;
  const faults = more.map((text) => `${text}：多余的参数`);
  const importer = kind !== undefined && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (kind === undefined) faults.push(`请写明导入什么${suggestion('', Object.keys(kinds))}`);
  else if (!importer) faults.push(`${kind}：不能导入这种数据${suggestion(kind, Object.keys(kinds))}`);
  if (file === undefined) faults.push('文件：请写明要导入的文件');
  else {
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) faults.push(`${file}：没有这个文件；应为 JSON Lines、CSV 或 XLSX 文件的路径`);
  }
  if (faults.length > 0 || !importer || file === undefined) throw new UsageError(faults);
  return { kind, importer, file };
}

async function agencyOf(app: App, code: string | undefined): Promise<Agency> {
  const open = (await allAgencies(app.connection.db)).filter(({ closedOn }) => closedOn === null);
  const codes = open.map((agency) => agency.code);
  const chosen =
    code === undefined && open.length === 1 ? open[0] : open.find((agency) => agency.code === code);
  if (chosen) return chosen;
  if (codes.length === 0) throw new UsageError(['数据库中还没有任何机关，请先建立机关或加载示例年度']);
  throw new UsageError([
    code === undefined
      ? `--agency：有多个机关，请写明导入到哪一个；可用的有 ${codes.join('、')}`
      : `--agency ${code}：没有这个机关${suggestion(code, codes)}`,
  ]);
}

/** Shown of the rejected lines when all of them are written to a file. */
const FEW = 20;

async function writeErrors(path: string, rejected: ImportResult['rejected']): Promise<void> {
  const rows = rejected.map(({ line, field, problem }) => [line, field, problem]);
  await writeFile(path, writeCsv(['行号', '字段', '问题和改法'], rows)).catch((error) => {
    throw new UsageError([
      `--errors ${path}：写不进这个文件（${(error as NodeJS.ErrnoException).code ?? ''}）`,
    ]);
  });
}

interface Told {
  dryRun: boolean;
  refused: boolean;
  errors: string | undefined;
  json: boolean;
}

/** Faults go to standard error one a line, naming file, line and field; the result to standard output. */
function report(
  io: Io,
  file: string,
  result: ImportResult & ItemsOnly,
  { dryRun, refused, errors, json }: Told,
): void {
  const { rejected, notes = [], doneBefore = 0, ended = 'finished' } = result;
  for (const { line, field, problem } of errors === undefined ? rejected : rejected.slice(0, FEW)) {
    io.stderr(`${file} 第 ${line} 行${field === '' ? '' : ` ${field}`}：${problem}\n`);
  }
  if (errors !== undefined && rejected.length > FEW)
    io.stderr(`……共 ${rejected.length} 行，全部写入 ${errors}\n`);
  for (const { line, field, problem } of notes.slice(0, FEW))
    io.stderr(`${file} 第 ${line} 行${field === '' ? '' : ` ${field}`}（提示）：${problem}\n`);
  if (notes.length > FEW) io.stderr(`……共 ${notes.length} 处提示\n`);
  if (json) {
    io.stdout(`${JSON.stringify(result)}\n`);
    return;
  }
  if (doneBefore > 0) io.stdout(`从上次中断处接着导入：前 ${doneBefore} 行上次已处理。\n`);
  if (ended === 'stopped') io.stdout('有人在工作台停止了这次导入；再执行一次即接着导入。\n');
  const done = dryRun ? '可以导入' : '已导入';
  const words = refused ? '有不合格的行，没有导入任何数据' : `${done} ${result.imported} 行`;
  io.stdout(
    `读取 ${result.read} 行，${words},${result.unchanged} 行已导入过，${rejected.length} 行不合格。\n`,
  );
}
