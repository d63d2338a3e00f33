import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildReport, type CompiledReport, formats } from '../../annual-report/index.ts';
import { type RenderKind, renderers, reportJson } from '../../annual-report/render/index.ts';
import type { App } from '../../app.ts';
import { type Agency, findAgency, listAgencies } from '../../areas/organisations/index.ts';
import { fileSystemFault } from '../../core/setup-fault.ts';
import { DONE, type Io, readOptions, UsageError } from '../command.ts';
import { withApp } from '../installation.ts';
import { table } from '../table.ts';

const FILES: readonly RenderKind[] = ['html', 'pdf', 'docx', 'xlsx', 'json'];

/** `report build`: compiles the report of a year and writes its files. */
export async function buildReportFiles(args: string[], io: Io): Promise<number> {
  const { values, positionals } = readOptions(args, {
    year: { type: 'string' },
    agency: { type: 'string' },
    format: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  });
  const year = Number(values.year);
  const format = values.format === undefined ? undefined : formats.find(({ id }) => id === values.format);
  const faults = [
    ...(positionals.length === 0 ? [] : ['应为 gongkai report build --year Y']),
    ...(/^\d{4}$/.test(values.year ?? '')
      ? []
      : [`--year ${values.year ?? ''}：应为四位数的年度，例如 2018`]),
    ...(values.format !== undefined && !format
      ? [`--format ${values.format}：没有这种格式，可用 ${formats.map(({ id }) => id).join('、')}`]
      : []),
  ];
  if (faults.length > 0) throw new UsageError(faults);
  return withApp(io.env, async (app) => {
    const agency = await chosenAgency(app, values.agency);
    const ctx = {
      db: app.connection.db,
      clock: app.clock,
      actor: { kind: 'system' as const, name: '命令行' },
      agencyId: agency.id,
      sources: app.reportSources,
    };
    const report = await buildReport(ctx, year, format);
    const files = values.out === undefined ? [] : await writeFiles(report, resolve(values.out));
    if (values.json) io.stdout(`${JSON.stringify(reportJson(report, files))}\n`);
    else describe(report, files, io);
    return DONE;
  });
}

/** Without a code, the agency whose portal this installation shows at its own address. */
async function chosenAgency(app: App, code: string | undefined): Promise<Agency> {
  const { db } = app.connection;
  const agency =
    code === undefined
      ? await app.portalAgency(URL.parse(app.config.publicUrl)?.hostname ?? '')
      : await findAgency(db, code);
  if (agency) return agency;
  const codes = (await listAgencies(db)).map((known) => known.code).join('、') || '无';
  throw new UsageError([`--agency ${code ?? ''}：没有这个机构，现有：${codes}`]);
}

/** Each file appears whole or not at all: written beside its place, then renamed. */
async function writeFiles(report: CompiledReport, dir: string): Promise<string[]> {
  try {
    await mkdir(dir, { recursive: true });
    const files: string[] = [];
    for (const kind of FILES) {
      const path = join(dir, `report.${kind}`);
      await writeFile(`${path}.part`, await renderers[kind].render(report));
      await rename(`${path}.part`, path);
      files.push(path);
    }
    return files;
  } catch (error) {
    throw fileSystemFault(error, dir);
  }
}

function describe(report: CompiledReport, files: string[], io: Io): void {
  io.stdout(`${report.title}\n\n`);
  for (const section of report.tables.flatMap(({ sections }) => sections)) {
    const rows = section.rows
      .filter(({ spec }) => spec.kind !== 'heading')
      .map(({ spec, cells }) => [
        spec.code,
        spec.label,
        spec.unit,
        ...section.spec.columns.map(({ id }) =>
          cells[id]?.value === null || !cells[id] ? '' : String(cells[id].value),
        ),
      ]);
    io.stdout(
      `${table(['行', '统计指标', '单位', ...section.spec.columns.map(({ label }) => label)], rows, ['left', 'left', 'left', ...section.spec.columns.map(() => 'right' as const)])}\n`,
    );
  }
  const words = { error: '错误', warning: '存疑', notice: '提示' } as const;
  for (const finding of report.findings)
    io.stdout(`[${words[finding.severity]}] ${finding.rule} ${finding.message}\n`);
  for (const file of files) io.stdout(`已写出 ${file}\n`);
}
