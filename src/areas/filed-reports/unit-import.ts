import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { type Sheet, tidy, UnreadableFile } from '../../core/spreadsheet/index.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { retryUnfiled } from './held-file-store.ts';
import type { UnitKind } from './model.ts';
import { FIRST_YEAR, isYear } from './rules.ts';
import { guessKind, nameKey, unitKinds } from './unit-names.ts';
import {
  insertUnits,
  layParents,
  lockFiling,
  type UnitValues,
  unitsByCodes,
  unitsByKeys,
} from './unit-store.ts';

/** One line of a list of bodies. */
export interface UnitLine {
  line: number;
  name: string;
  aliases: string[];
  /** As written; '' is guessed from the name. */
  kind: string;
  parentName: string;
  code: string;
}

export interface UnitImport {
  read: number;
  added: { line: number; name: string; kind: UnitKind; parentName: string }[];
  /** Known already, by any of their names. */
  unchanged: { line: number; name: string }[];
  rejected: { line: number; field: string; problem: string }[];
}

const headings = {
  name: ['单位名称', '单位', '机构名称', '名称'],
  kind: ['类别', '单位类别', '类型'],
  parentName: ['上级单位', '主管单位', '上级'],
  aliases: ['简称或曾用名', '简称', '曾用名', '别名'],
  code: ['代码', '单位代码', '编号'],
} as const;

/**
 * Reads a list of bodies: a column 单位名称 and, as wanted, 类别, 上级单位, 简称或曾用名, 代码.
 * @throws UnreadableFile when the sheet has no such column
 */
export function readUnitSheet(sheet: Sheet): UnitLine[] {
  const head = sheet.rows.findIndex((row) => columnOf(row, 'name') !== null);
  const header = sheet.rows[head];
  if (!header) {
    throw new UnreadableFile(
      'wrong-type',
      '没有找到表头。表格里要有“单位名称”一列，可以另有“类别”“上级单位”“简称或曾用名”“代码”。',
    );
  }
  const columns = {
    kind: columnOf(header, 'kind'),
    parentName: columnOf(header, 'parentName'),
    aliases: columnOf(header, 'aliases'),
    code: columnOf(header, 'code'),
  };
  const nameColumn = columnOf(header, 'name') ?? 0;
  return sheet.rows.flatMap((row, index) => {
    const at = (column: number | null) => (column === null ? '' : visibleLine(tidy(row[column] ?? '')));
    const name = at(nameColumn);
    if (index <= head || (name === '' && row.every((cell) => cell.trim() === ''))) return [];
    return {
      line: sheet.lines[index] ?? index + 1,
      name,
      aliases: at(columns.aliases)
        .split(/[、,;，；]/)
        .map((alias) => alias.trim())
        .filter(Boolean),
      kind: at(columns.kind),
      parentName: at(columns.parentName),
      code: at(columns.code),
    };
  });
}

function columnOf(row: readonly string[], field: keyof typeof headings): number | null {
  const at = row.findIndex((cell) => (headings[field] as readonly string[]).includes(tidy(cell)));
  return at < 0 ? null : at;
}

/**
 * Adds the bodies of a list, in its order, in one transaction: all of them or, when a line is wrong, none. Bodies that are
 * known stay as they are. `dryRun` tells what would happen.
 * @throws InvalidForm for an impossible year
 */
export async function importReportingUnits(
  ctx: Ctx,
  lines: readonly UnitLine[],
  options: { expectedFrom: number; fileName?: string; dryRun?: boolean },
): Promise<UnitImport> {
  demand(ctx.actor, 'filed-reports.file');
  const { expectedFrom } = options;
  if (!isYear(expectedFrom)) throw new InvalidForm({ expectedFrom: `请填写 ${FIRST_YEAR} 年以后的年份。` });
  return transact(ctx, async (ctx) => {
    await lockFiling(ctx.db, ctx.agencyId);
    const { result, fresh } = await sortLines(ctx, lines);
    if (options.dryRun || result.rejected.length > 0 || fresh.length === 0) return result;
    await insertUnits(
      ctx.db,
      ctx.agencyId,
      fresh.map((line) => ({ values: valuesOf(line, expectedFrom), names: keysOf(line) })),
    );
    const pairs = fresh.map((line) => ({ key: nameKey(line.name), parentKey: nameKey(line.parentName) }));
    await layParents(
      ctx.db,
      ctx.agencyId,
      pairs.filter(({ parentKey }) => parentKey !== ''),
    );
    await retryUnfiled(ctx.db, ctx.agencyId);
    const file = options.fileName ?? '';
    await record(ctx, {
      act: 'filed-reports.import-units',
      subject: { kind: 'reporting-units', id: file || 'list', label: file || '报送单位名单' },
      after: { read: result.read, units: fresh.length, names: fresh.slice(0, 500).map(({ name }) => name) },
    });
    return result;
  });
}

const valuesOf = (line: UnitLine, expectedFrom: number): UnitValues => ({
  name: line.name,
  kind: readKind(line) ?? 'other',
  parentId: null,
  code: line.code,
  expectedFrom,
  expectedTo: null,
});

interface Fault {
  field: string;
  problem: string;
}

/** What is there already, and what stands in earlier lines, by name key and by code. */
interface Known {
  units: ReadonlyMap<string, { name: string }>;
  codes: ReadonlyMap<string, number>;
  keysInFile: Map<string, number>;
  codesInFile: Map<string, number>;
}

async function sortLines(
  ctx: Ctx,
  lines: readonly UnitLine[],
): Promise<{ result: UnitImport; fresh: UnitLine[] }> {
  const result: UnitImport = { read: lines.length, added: [], unchanged: [], rejected: [] };
  const known = await lookUp(ctx, lines);
  const fresh: UnitLine[] = [];
  for (const line of lines) {
    const problem = known.units.has(nameKey(line.name)) ? null : lineProblem(line, known);
    if (known.units.has(nameKey(line.name))) result.unchanged.push({ line: line.line, name: line.name });
    else if (problem) result.rejected.push({ line: line.line, ...problem });
    else {
      for (const { key } of keysOf(line)) known.keysInFile.set(key, line.line);
      if (line.code !== '') known.codesInFile.set(line.code, line.line);
      fresh.push(line);
    }
  }
  const byKey = new Map(fresh.flatMap((line) => keysOf(line).map(({ key }) => [key, line] as const)));
  for (const line of fresh) {
    const problem = parentProblem(line, byKey, known);
    if (problem) result.rejected.push({ line: line.line, ...problem });
    else {
      const { name, parentName } = line;
      result.added.push({ line: line.line, name, kind: readKind(line) ?? 'other', parentName });
    }
  }
  result.rejected.sort((a, b) => a.line - b.line);
  return { result, fresh };
}

async function lookUp(ctx: Ctx, lines: readonly UnitLine[]): Promise<Known> {
  const keys = lines.flatMap((line) => [...keysOf(line).map(({ key }) => key), nameKey(line.parentName)]);
  const codes = lines.map(({ code }) => code).filter(Boolean);
  return {
    units: await unitsByKeys(ctx.db, ctx.agencyId, [...new Set(keys)]),
    codes: await unitsByCodes(ctx.db, ctx.agencyId, codes),
    keysInFile: new Map(),
    codesInFile: new Map(),
  };
}

function lineProblem(line: UnitLine, known: Known): Fault | null {
  if (line.name === '') return { field: '单位名称', problem: '没有填写单位名称' };
  if (readKind(line) === null)
    return { field: '类别', problem: `应为${Object.values(unitKinds).join('、')}，或者留空由系统判断` };
  return nameProblem(line, known) ?? codeProblem(line, known);
}

function nameProblem(line: UnitLine, { units, keysInFile }: Known): Fault | null {
  for (const { key, name, official } of keysOf(line)) {
    const field = official ? '单位名称' : '简称或曾用名';
    if (key.length < 2 || name.length > 100)
      return { field, problem: `“${name.slice(0, 20)}”应为 2 至 100 个字` };
    const before = keysInFile.get(key);
    if (before !== undefined) return { field, problem: `“${name}”与第 ${before} 行重复` };
    const other = units.get(key);
    if (other) return { field, problem: `“${name}”已是“${other.name}”的名称` };
  }
  return null;
}

function codeProblem({ code }: UnitLine, { codes, codesInFile }: Known): Fault | null {
  if (code.length > 40) return { field: '代码', problem: '最多 40 个字符' };
  const before = codesInFile.get(code);
  if (before !== undefined) return { field: '代码', problem: `与第 ${before} 行重复` };
  return codes.has(code) ? { field: '代码', problem: '已由其他单位使用' } : null;
}

function parentProblem(line: UnitLine, byKey: ReadonlyMap<string, UnitLine>, { units }: Known): Fault | null {
  const field = '上级单位';
  const parent = nameKey(line.parentName);
  if (parent === '') return null;
  if (!units.has(parent) && !byKey.has(parent)) return { field, problem: `名单中没有“${line.parentName}”` };
  if (byKey.get(parent) === line) return { field, problem: '上级单位不能是它自己' };
  return leadsBack(line, byKey) ? { field, problem: '几个单位互为上级，请核对' } : null;
}

/** Null when a kind is written that is none. */
function readKind({ kind, name }: UnitLine): UnitKind | null {
  if (kind === '') return guessKind(name);
  const found = Object.entries(unitKinds).find(([code, label]) => kind === label || kind === code);
  return (found?.[0] as UnitKind | undefined) ?? null;
}

function keysOf({ name, aliases }: UnitLine): { key: string; name: string; official: boolean }[] {
  const official = { key: nameKey(name), name, official: true };
  const others = aliases.map((alias) => ({ key: nameKey(alias), name: alias, official: false }));
  return [...new Map([...others, official].map((one) => [one.key, one])).values()];
}

/** Whether the lines lead from a body over its parents back to itself. */
function leadsBack(line: UnitLine, byKey: ReadonlyMap<string, UnitLine>): boolean {
  const passed = new Set<UnitLine>();
  let at = byKey.get(nameKey(line.parentName));
  while (at && at !== line && !passed.has(at)) {
    passed.add(at);
    at = byKey.get(nameKey(at.parentName));
  }
  return at === line;
}
