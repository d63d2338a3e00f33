import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { retryUnfiled } from './held-file-store.ts';
import type { Page, ReportingUnit, UnitKind } from './model.ts';
import { pageSize } from './paging.ts';
import { markUnits } from './report-store.ts';
import { FIRST_YEAR, isYear } from './rules.ts';
import { guessKind, nameKey, unitKinds } from './unit-names.ts';
import {
  findUnit,
  insertUnit,
  lockFiling,
  type NamedUnit,
  replaceNames,
  standsBelow,
  type UnitConditions,
  type UnitValues,
  unitsByCodes,
  unitsByKeys,
  unitsPage,
  updateUnit,
} from './unit-store.ts';

export interface UnitForm {
  name: string;
  /** Short and former names. */
  aliases?: readonly string[];
  /** Guessed from the name when absent. */
  kind?: UnitKind | null;
  parentId?: number | null;
  code?: string;
  expectedFrom: number;
  expectedTo?: number | null;
}

export interface UnitFilter extends UnitConditions {
  /** Looked for in every name the unit is known by. */
  search?: string;
  /** Units a report is expected of for this year. */
  year?: number;
}

const MOST_ALIASES = 30;

/** In the order the list was given. */
export async function listReportingUnits(
  ctx: Ctx,
  filter: UnitFilter,
  page: { after?: string | null; limit?: number } = {},
): Promise<Page<ReportingUnit>> {
  demand(ctx.actor, 'filed-reports.read');
  return unitsPage(ctx.db, ctx.agencyId, filter, { after: page.after ?? null, limit: pageSize(page.limit) });
}

/** @throws NotFound */
export async function readReportingUnit(ctx: Ctx, id: number): Promise<ReportingUnit> {
  demand(ctx.actor, 'filed-reports.read');
  return demandUnit(ctx, id);
}

/** @throws NotFound */
export async function demandUnit(ctx: Ctx, id: number): Promise<ReportingUnit> {
  const unit = await findUnit(ctx.db, ctx.agencyId, id);
  if (!unit) throw new NotFound('没有找到这个报送单位。');
  return unit;
}

/** Adds one body and returns its id. @throws InvalidForm by field of the form */
export async function addReportingUnit(ctx: Ctx, form: UnitForm): Promise<number> {
  demand(ctx.actor, 'filed-reports.file');
  return transact(ctx, async (ctx) => {
    await lockFiling(ctx.db, ctx.agencyId);
    const { values, names } = await readForm(ctx, form, null);
    const id = await insertUnit(ctx.db, ctx.agencyId, values);
    await replaceNames(ctx.db, ctx.agencyId, id, names);
    await retryUnfiled(ctx.db, ctx.agencyId);
    await recordUnit(ctx, id, 'add-unit', { after: told(values, names) });
    return id;
  });
}

/**
 * Changes a body. A changed name stays among its aliases, so that old reports are still told to be its own. To end one,
 * set the last year a report is expected for. @throws InvalidForm
 */
export async function changeReportingUnit(ctx: Ctx, id: number, form: UnitForm): Promise<void> {
  demand(ctx.actor, 'filed-reports.file');
  await transact(ctx, async (ctx) => {
    await lockFiling(ctx.db, ctx.agencyId);
    const before = await demandUnit(ctx, id);
    const renamed = nameKey(before.name) !== nameKey(form.name);
    const aliases = [...(form.aliases ?? before.aliases), ...(renamed ? [before.name] : [])];
    const { values, names } = await readForm(ctx, { ...form, aliases }, id);
    await updateUnit(ctx.db, ctx.agencyId, id, values);
    await replaceNames(ctx.db, ctx.agencyId, id, names);
    await retryUnfiled(ctx.db, ctx.agencyId);
    const parents = [before.parentId, values.parentId].filter((parent) => parent !== null);
    if (before.parentId !== values.parentId) await markUnits(ctx.db, ctx.agencyId, parents);
    const was = [
      { name: before.name, official: true },
      ...before.aliases.map((name) => ({ name, official: false })),
    ];
    await recordUnit(ctx, id, 'change-unit', { before: told(before, was), after: told(values, names) });
  });
}

/** Adds a name the unit is known by; nothing changes when it is known already. @throws InvalidForm when it is another's */
export async function rememberName(ctx: Ctx, unit: ReportingUnit, name: string): Promise<void> {
  if ([unit.name, ...unit.aliases].some((known) => nameKey(known) === nameKey(name))) return;
  await changeReportingUnit(ctx, unit.id, { ...unit, aliases: [...unit.aliases, name] });
}

async function readForm(ctx: Ctx, form: UnitForm, id: number | null): Promise<NamedUnit> {
  const name = visibleLine(form.name);
  const values: UnitValues = {
    name,
    kind: form.kind ?? guessKind(name),
    parentId: form.parentId ?? null,
    code: visibleLine(form.code ?? ''),
    expectedFrom: form.expectedFrom,
    expectedTo: form.expectedTo ?? null,
  };
  const names = namesOf(name, form.aliases ?? []);
  const faults = { ...valueFaults(values), ...nameFaults(names) };
  if (Object.keys(faults).length === 0) Object.assign(faults, await placeFaults(ctx, values, names, id));
  if (Object.keys(faults).length > 0) throw new InvalidForm(faults);
  return { values, names };
}

function namesOf(name: string, aliases: readonly string[]): NamedUnit['names'] {
  const names = new Map([[nameKey(name), { key: nameKey(name), name, official: true }]]);
  for (const alias of aliases.map(visibleLine)) {
    const key = nameKey(alias);
    if (alias !== '' && !names.has(key)) names.set(key, { key, name: alias, official: false });
  }
  return [...names.values()];
}

function valueFaults(values: UnitValues): Record<string, string> {
  const faults: Record<string, string> = {};
  const { name, kind, code, expectedFrom, expectedTo } = values;
  if (name.length < 2 || name.length > 100 || nameKey(name).length < 2)
    faults.name = '请填写单位全称，2 至 100 个字。';
  if (!(kind in unitKinds)) faults.kind = '请选择单位类别。';
  if (code.length > 40) faults.code = '代码最多 40 个字符。';
  if (!isYear(expectedFrom)) faults.expectedFrom = `请填写 ${FIRST_YEAR} 年以后的年份。`;
  else if (expectedTo !== null && (!isYear(expectedTo) || expectedTo < expectedFrom - 1))
    faults.expectedTo = '截止年度不能早于起始年度的前一年。';
  return faults;
}

function nameFaults(names: NamedUnit['names']): Record<string, string> {
  const wrong = names.find(({ official, name, key }) => !official && (key.length < 2 || name.length > 100));
  if (wrong) return { aliases: `“${wrong.name.slice(0, 20)}”不能作为简称：应为 2 至 100 个字。` };
  return names.length > MOST_ALIASES + 1 ? { aliases: `简称和曾用名最多 ${MOST_ALIASES} 个。` } : {};
}

async function placeFaults(
  ctx: Ctx,
  { parentId, code }: UnitValues,
  names: NamedUnit['names'],
  id: number | null,
): Promise<Record<string, string>> {
  const faults: Record<string, string> = {};
  const known = await unitsByKeys(
    ctx.db,
    ctx.agencyId,
    names.map(({ key }) => key),
  );
  for (const { key, name, official } of names) {
    const other = known.get(key);
    if (other && other.id !== id)
      faults[official ? 'name' : 'aliases'] = `“${name}”已是“${other.name}”的名称，一个名称只能指一个单位。`;
  }
  if (parentId !== null) {
    if (!(await findUnit(ctx.db, ctx.agencyId, parentId))) faults.parentId = '没有这个上级单位，请重新选择。';
    else if (id !== null && (await standsBelow(ctx.db, ctx.agencyId, parentId, id)))
      faults.parentId = '上级单位不能是它自己或它的下级单位。';
  }
  if (code !== '') {
    const holder = (await unitsByCodes(ctx.db, ctx.agencyId, [code])).get(code);
    if (holder !== undefined && holder !== id) faults.code = '这个代码已由其他单位使用。';
  }
  return faults;
}

function told(values: UnitValues, names: readonly { name: string; official: boolean }[]) {
  const { name, kind, parentId, code, expectedFrom, expectedTo } = values;
  const aliases = names.flatMap((alias) => (alias.official ? [] : [alias.name]));
  return { name, kind: unitKinds[kind], parentId, code, expectedFrom, expectedTo, aliases };
}

async function recordUnit(
  ctx: Ctx,
  id: number,
  verb: 'add-unit' | 'change-unit',
  what: { before?: { name: string }; after: { name: string } },
): Promise<void> {
  const subject = { kind: 'reporting-unit', id, label: what.after.name };
  await record(ctx, { act: `filed-reports.${verb}`, subject, ...what });
}
