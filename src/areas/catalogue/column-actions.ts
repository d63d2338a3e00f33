import type { Ctx } from '../../core/context.ts';
import { type Db, transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { holdChain, record } from '../../ledger/index.ts';
import { demand, findUnit } from '../organisations/index.ts';
import {
  type ColumnValues,
  closeColumnRow,
  findColumn,
  findColumnBySlug,
  insertColumn,
  keepOldSlug,
  listColumns,
  updateColumn,
} from './column-store.ts';
import { raiseContentRevision } from './item-store.ts';
import { type CatalogueColumn, columnKinds, reviewSteps } from './model.ts';

/** Fields an officer may make obligatory in a column, with their names. */
export const requirableFields = {
  abstract: '内容概述',
  documentNumber: '发文字号',
  keywords: '关键词',
  source: '来源',
} as const;

const DEPTH = 4;

/** A column with those below it, in their order. */
export interface ColumnNode extends CatalogueColumn {
  depth: number;
  below: ColumnNode[];
}

/** The tree of columns; closed ones only when asked for. */
export async function columnTree(
  db: Db,
  agencyId: number,
  options: { closed?: boolean } = {},
): Promise<ColumnNode[]> {
  const tree = await wholeTree(db, agencyId);
  return options.closed === true ? tree : openColumns(tree);
}

/** The tree of all columns, those out of use too. */
export async function wholeTree(db: Db, agencyId: number): Promise<ColumnNode[]> {
  const all = Map.groupBy(await listColumns(db, agencyId), ({ parentId }) => parentId);
  const below = (parentId: number | null, depth: number): ColumnNode[] =>
    (all.get(parentId) ?? []).map((column) => ({ ...column, depth, below: below(column.id, depth + 1) }));
  return below(null, 0);
}

/** The tree without what is out of use, and without what stands below it. */
export const openColumns = (tree: readonly ColumnNode[]): ColumnNode[] =>
  tree
    .filter(({ closedOn }) => closedOn === null)
    .map((node) => ({ ...node, below: openColumns(node.below) }));

/** Adds a column. @throws InvalidForm */
export async function addColumn(ctx: Ctx, given: ColumnValues): Promise<number> {
  demand(ctx.actor, 'catalogue.columns');
  return transact(ctx, async (ctx) => {
    await holdChain(ctx.db, ctx.agencyId);
    const values = await checked(ctx, given, null);
    const id = await insertColumn(ctx.db, ctx.agencyId, values);
    await raiseContentRevision(ctx.db, ctx.agencyId);
    await record(ctx, { act: 'catalogue.add-column', subject: subjectOf(id, values.name), after: values });
    return id;
  });
}

/** Changes a column; an address it had before keeps leading to it. @throws InvalidForm, NotFound */
export async function editColumn(ctx: Ctx, id: number, given: ColumnValues): Promise<void> {
  demand(ctx.actor, 'catalogue.columns');
  await transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    await holdChain(db, agencyId);
    const before = await findColumn(db, agencyId, id);
    if (!before) throw new NotFound('没有找到这个栏目。');
    const values = await checked(ctx, given, before);
    await updateColumn(db, agencyId, id, values);
    if (values.slug !== before.slug) await keepOldSlug(db, agencyId, before.slug, id);
    await raiseContentRevision(db, agencyId);
    const { id: _id, closedOn: _closed, ...was } = before;
    await record(ctx, {
      act: 'catalogue.edit-column',
      subject: subjectOf(id, values.name),
      before: was,
      after: values,
    });
  });
}

/** Takes a column out of use or back into it; what it holds stays where it is. */
export async function closeColumn(ctx: Ctx, id: number, closed: boolean): Promise<void> {
  demand(ctx.actor, 'catalogue.columns');
  await transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    const column = await findColumn(db, agencyId, id);
    if (!column || (column.closedOn !== null) === closed)
      throw new NotFound('没有找到这个栏目，或者已经办理过。');
    const open = (await listColumns(db, agencyId)).filter(
      ({ parentId, closedOn }) => parentId === id && closedOn === null,
    );
    if (closed && open.length > 0)
      throw new Refusal(
        'catalogue-column-in-use',
        `栏目下还有 ${open.length} 个在用的子栏目，请先停用或移走它们。`,
      );
    await closeColumnRow(db, agencyId, id, closed ? ctx.clock.today().toString() : null);
    await raiseContentRevision(db, agencyId);
    await record(ctx, {
      act: closed ? 'catalogue.close-column' : 'catalogue.reopen-column',
      subject: subjectOf(id, column.name),
    });
  });
}

async function checked(ctx: Ctx, given: ColumnValues, own: CatalogueColumn | null): Promise<ColumnValues> {
  const { db, agencyId } = ctx;
  const values: ColumnValues = {
    ...given,
    name: visibleLine(given.name),
    slug: given.slug.trim().toLowerCase(),
    description: visibleLine(given.description),
    keywords: visibleLine(given.keywords),
    pageType: visibleLine(given.pageType),
  };
  const problems: Record<string, string> = {};
  if (values.name === '' || [...values.name].length > 60) problems.name = '请填写栏目名称，最多 60 个字。';
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(values.slug))
    problems.slug = '地址只用小写字母、数字和连字符，如 policy-documents。';
  else {
    const taken = await findColumnBySlug(db, agencyId, values.slug);
    if (taken && taken.id !== own?.id) problems.slug = `这个地址已由栏目“${taken.name}”使用，或者曾经使用。`;
  }
  if (!(values.kind in columnKinds)) problems.kind = '请选择栏目的类别。';
  if (values.description.length > 300) problems.description = '栏目说明最多 300 个字。';
  if (values.keywords.length > 200) problems.keywords = '关键词最多 200 个字。';
  if (values.pageType === '' || values.pageType.length > 30)
    problems.pageType = '请填写网页标签中的栏目类别。';
  const { updateDays, unitId, parentId } = values;
  if (updateDays !== null && (!Number.isInteger(updateDays) || updateDays < 1 || updateDays > 3660))
    problems.updateDays = '更新间隔请填 1 至 3660 的整数（天），或者留空。';
  if (unitId !== null && !(await findUnit(db, agencyId, unitId))) problems.unitId = '请选择一个现有的部门。';
  if (values.required.some((field) => !(field in requirableFields)))
    problems.required = '请选择要求填写的项目。';
  if (values.reviewSteps.some((step) => !(step in reviewSteps))) problems.reviewSteps = '请选择审查步骤。';
  if (parentId !== null) {
    const fault = await parentProblem(db, agencyId, parentId, own?.id ?? null);
    if (fault) problems.parentId = fault;
  }
  if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
  return values;
}

/** A column stands at most four deep and never below itself. */
async function parentProblem(
  db: Db,
  agencyId: number,
  parentId: number,
  own: number | null,
): Promise<string | null> {
  const all = new Map((await listColumns(db, agencyId)).map((column) => [column.id, column]));
  if (!all.has(parentId)) return '请选择一个现有的上级栏目。';
  let depth = 1;
  for (let at: number | null = parentId; at !== null; at = all.get(at)?.parentId ?? null) {
    if (at === own) return '上级栏目不能是它自己或它的下级栏目。';
    depth += 1;
    if (depth > DEPTH) return `栏目最多 ${DEPTH} 级，请选择较高一级的栏目。`;
  }
  return null;
}

const subjectOf = (id: number, name: string) => ({ kind: 'catalogue-column', id, label: name });
