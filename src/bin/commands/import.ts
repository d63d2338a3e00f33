import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { figureFinder } from '../../annual-report/index.ts';
import type { App } from '../../app.ts';
import { importItems } from '../../areas/catalogue/index.ts';
import { type Agency, allAgencies } from '../../areas/organisations/index.ts';
import { importEntries, type Register, readRegisterRecord, registers } from '../../areas/registers/index.ts';
import { type ImportResult, importReturns } from '../../areas/returns/index.ts';
import type { Ctx } from '../../core/context.ts';
import {
  importSheetLimits,
  readRecords,
  type SheetRecord,
  UnreadableFile,
} from '../../core/spreadsheet/index.ts';
import { BAD_INPUT, type Command, DONE, type Io, readOptions, suggestion, UsageError } from '../command.ts';
import { withApp } from '../installation.ts';

interface ImportRun {
  fileName: string;
  dryRun: boolean;
  skipInvalid: boolean;
  progress(read: number): void;
}

type Importer = (
  app: App,
  ctx: Ctx,
  batches: AsyncIterable<SheetRecord[]>,
  run: ImportRun,
) => Promise<ImportResult>;

/** What can be imported; each kind takes records in batches and writes them in one transaction. */
const kinds: Readonly<Record<string, Importer>> = {
  items: (_app, ctx, batches, run) => importItems(ctx, batches, run),
  returns: (app, ctx, batches, run) =>
    importReturns(ctx, batches, { ...run, resolveFigure: figureFinder(app.figures) }),
  ...Object.fromEntries(
    Object.values(registers).map((register) => [`registers/${register.key}`, importRegister(register)]),
  ),
};

const MOST_ENTRIES = 100_000;

/** A register holds hundreds of entries, so its file is read whole. */
function importRegister(register: Register): Importer {
  return async (_app, ctx, batches, run) => {
    const rows = [];
    for await (const batch of batches) {
      rows.push(...batch.map((record) => readRegisterRecord(register, record)));
      if (rows.length > MOST_ENTRIES)
        throw new UnreadableFile('too-many-rows', `台账文件最多 ${MOST_ENTRIES} 行，请分成几个文件`);
      run.progress(rows.length);
    }
    return importEntries(ctx, register, rows, run);
  };
}

const help = `
用法：gongkai import items|returns|registers/台账 文件 [--agency 代码] [--dry-run] [--skip-invalid] [--json]

导入历史数据。文件为 JSON Lines、CSV(UTF-8、GB18030 或 Big5)或 XLSX，按内容识别。
items 每行：sourceId、title、body（纯文字或 HTML）、publishedOn、formedOn、unit（代码或名称）、column（地址或名称）、
  documentNumber、kind（体裁）、subject、normative(none|normative|rule)、channels（website、weibo…）；后九项可省。
  作为已公开的历史信息导入，本次导入记为其审查。
returns 每行：sourceId（可省）、figure（指标代码，或当年统计表的行号如 1.2.3）、unit（单位代码或名称）、
  from、to(YYYY-MM-DD，同一年内)、quantity（数量；null 或空单元格表示留空）、note（可省）。
registers/台账：台账为 ${Object.keys(registers).join('、')}；栏目名用台账模板的表头或字段名
  （如“召开日期”或 heldOn）；内容完全相同的登记视为已导入。
一个文件是一个事务：有一行不合格就全部不导入。同一文件再导入一次不会有任何变化。

  --agency 代码    导入到哪个机关；只有一个机关时可省
  --dry-run        只检查，不写入
  --skip-invalid   跳过不合格的行，导入其余的行
  --json           输出 {read, imported, unchanged, rejected:[{line, field, problem}]}

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
      'skip-invalid': { type: 'boolean' },
      json: { type: 'boolean' },
    });
    const { importer, file } = await targetOf(positionals);
    return withApp(io.env, async (app) => {
      const agency = await agencyOf(app, values.agency);
      const ctx: Ctx = {
        db: app.connection.db,
        clock: app.clock,
        actor: { kind: 'system', name: '命令行导入' },
        agencyId: agency.id,
      };
      const shows = io.isTerminal && !values.json;
      const run: ImportRun = {
        fileName: basename(file),
        dryRun: values['dry-run'] === true,
        skipInvalid: values['skip-invalid'] === true,
        progress: (read) => {
          if (shows) io.stderr(`\r已读取 ${read} 行`);
        },
      };
      const batches = readRecords({ name: file, path: file }, importSheetLimits);
      const result = await importer(app, ctx, batches, run).catch((error) => {
        if (error instanceof UnreadableFile) throw new UsageError([`${file}:${error.message}`]);
        throw error;
      });
      if (shows) io.stderr('\r\u001b[K');
      report(io, file, result, run, values.json === true);
      return result.rejected.length > 0 && !run.skipInvalid ? BAD_INPUT : DONE;
    });
  },
};

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
  return { importer, file };
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

/** Faults go to standard error one a line, naming file, line and field; the result to standard output. */
function report(io: Io, file: string, result: ImportResult, run: ImportRun, json: boolean): void {
  for (const { line, field, problem } of result.rejected) {
    io.stderr(`${file} 第 ${line} 行${field === '' ? '' : ` ${field}`}：${problem}\n`);
  }
  if (json) {
    io.stdout(`${JSON.stringify(result)}\n`);
    return;
  }
  const done = run.dryRun ? '可以导入' : '已导入';
  const refused = result.rejected.length > 0 && !run.skipInvalid;
  const words = refused ? '有不合格的行，没有导入任何数据' : `${done} ${result.imported} 行`;
  io.stdout(
    `读取 ${result.read} 行，${words},${result.unchanged} 行已导入过，${result.rejected.length} 行不合格。\n`,
  );
}
