import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import {
  type AgencyForm,
  agencyForm,
  type NewAgency,
  type NewUnit,
  newAgencyForm,
  newUnitForm,
  read,
  type UnitForm,
  unitForm,
} from './forms.ts';
import { type Act, demand } from './policy.ts';
import { branchOf, checkParent } from './rules.ts';
import * as store from './store.ts';

/**
 * Demands the act and that the agency of the context is the actor's own or stands below it: an administrator keeps the
 * books of the subordinates too, never those of a superior or a neighbour.
 */
export async function demandWithin(ctx: Ctx, act: Act): Promise<void> {
  demand(ctx.actor, act);
  if (ctx.actor.kind !== 'staff' || ctx.actor.agencyId === ctx.agencyId) return;
  const branch = branchOf(await store.allAgencies(ctx.db), ctx.actor.agencyId);
  if (!branch.includes(ctx.agencyId)) throw new NotFound('没有找到这个机构，或者您无权管理它。');
}

/**
 * Adds an agency and returns its id. Its own chain begins with this act; the superior's chain notes it as well.
 * Staff may add below their own agency only; the first agency of a house is added by the system.
 */
export async function createAgency(ctx: Omit<Ctx, 'agencyId'>, input: NewAgency): Promise<number> {
  demand(ctx.actor, 'organisations.write');
  const agency = read(newAgencyForm, input);
  const { parentId = null, creditCode = '' } = agency;
  return transact(ctx, async (within) => {
    const tree = await store.allAgencies(within.db);
    if (tree.some((other) => other.code === agency.code))
      throw new InvalidForm({ code: '这个代码已被其他机构使用，请换一个。' });
    if (parentId !== null && !tree.some((other) => other.id === parentId)) {
      throw new InvalidForm({ parentId: '没有这个上级机构，请重新选择。' });
    }
    if (ctx.actor.kind === 'staff') {
      const branch = branchOf(tree, ctx.actor.agencyId);
      if (parentId === null || !branch.includes(parentId)) {
        throw new InvalidForm({ parentId: '请选择本机构或本机构的下级机构作为上级机构。' });
      }
    }
    await demandOwnDomain(within, agency.site.domain, null);
    const written = {
      ...agency,
      parentId,
      creditCode,
      site: withoutBlanks(agency.site),
      settings: agency.settings ?? {},
    };
    const id = await unlessTaken(
      store.insertAgency(within.db, written),
      'code',
      '这个代码已被其他机构使用，请换一个。',
    );
    const subject = { kind: 'agency', id, label: agency.name };
    if (parentId !== null) {
      await record(
        { ...within, agencyId: parentId },
        { act: 'organisations.add-subordinate', subject, after: { code: agency.code } },
      );
    }
    await record(
      { ...within, agencyId: id },
      { act: 'organisations.create-agency', subject, after: written },
    );
    return id;
  });
}

/** Changes the agency of the context. What the form leaves out stays; `site` and `settings` are merged key by key. */
export async function editAgency(ctx: Ctx, input: AgencyForm): Promise<void> {
  await demandWithin(ctx, 'organisations.write');
  const form = read(agencyForm, input);
  await transact(ctx, async (within) => {
    const before = await store.lockAgency(within.db, ctx.agencyId);
    if (!before) throw new NotFound('没有找到这个机构。');
    const { parentId = before.parentId, creditCode = before.creditCode } = form;
    if (parentId !== before.parentId) {
      const tree = await store.allAgencies(within.db);
      const problem = checkParent(tree, ctx.agencyId, parentId) ?? movedByStaff(ctx, tree, parentId);
      if (problem) throw new InvalidForm({ parentId: problem });
    }
    await demandOwnDomain(within, form.site.domain, ctx.agencyId);
    const { id: _, closedOn: __, ...kept } = before;
    const after = {
      ...kept,
      ...form,
      parentId,
      creditCode,
      site: withoutBlanks({ ...before.site, ...form.site }),
      settings: { ...before.settings, ...form.settings },
    };
    await store.updateAgency(within.db, ctx.agencyId, after);
    await record(within, {
      act: 'organisations.edit-agency',
      subject: { kind: 'agency', id: ctx.agencyId, label: after.name },
      before: kept,
      after,
    });
  });
}

/** Replaces whole groups of the agency's settings (`law`, `returns` …), each already read and in range. */
export async function changeSettings(ctx: Ctx, groups: Readonly<Record<string, object>>): Promise<void> {
  demand(ctx.actor, 'settings.write');
  await transact(ctx, async (within) => {
    const before = await store.lockAgency(within.db, ctx.agencyId);
    if (!before) throw new NotFound('没有找到这个机构。');
    const settings = { ...before.settings, ...groups };
    const { id: _, closedOn: __, ...kept } = before;
    await store.updateAgency(within.db, ctx.agencyId, { ...kept, settings });
    await record(within, {
      act: 'organisations.change-settings',
      subject: { kind: 'agency', id: ctx.agencyId, label: before.name },
      before: Object.fromEntries(Object.keys(groups).map((name) => [name, before.settings[name] ?? null])),
      after: groups,
    });
  });
}

function movedByStaff(ctx: Ctx, tree: store.Agency[], parentId: number | null): string | null {
  if (ctx.actor.kind !== 'staff') return null;
  if (ctx.actor.agencyId === ctx.agencyId) return '本机构的上级机构由上级机构的管理员调整。';
  const branch = branchOf(tree, ctx.actor.agencyId);
  return parentId !== null && branch.includes(parentId)
    ? null
    : '请选择本机构或本机构的下级机构作为上级机构。';
}

/** A host name shows one portal; a second agency with it would take the first one's visitors. */
async function demandOwnDomain(
  ctx: Pick<Ctx, 'db'>,
  domain: string | undefined,
  own: number | null,
): Promise<void> {
  if (!domain) return;
  const other = (await store.allAgencies(ctx.db)).find(
    ({ id, site }) => id !== own && site.domain === domain,
  );
  if (other) throw new InvalidForm({ 'site.domain': '这个域名已由其他机构使用，请核对。' });
}

const withoutBlanks = (site: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(site).filter(([, value]) => value));

/** Adds a unit to the agency of the context and returns its id. */
export async function addUnit(ctx: Ctx, input: NewUnit): Promise<number> {
  await demandWithin(ctx, 'organisations.write');
  const unit = read(newUnitForm, input);
  return transact(ctx, async (within) => {
    if (await store.findUnitByCode(within.db, ctx.agencyId, unit.code)) {
      throw new InvalidForm({ code: '这个代码已被本机构的其他部门使用，请换一个。' });
    }
    const id = await unlessTaken(
      store.insertUnit(within.db, ctx.agencyId, unit),
      'code',
      '这个代码已被本机构的其他部门使用，请换一个。',
    );
    await record(within, {
      act: 'organisations.add-unit',
      subject: { kind: 'unit', id, label: unit.name },
      after: unit,
    });
    return id;
  });
}

async function changeUnit(
  ctx: Ctx,
  unitId: number,
  act: string,
  change: (
    unit: store.Unit,
    within: Ctx,
  ) => Promise<{ name?: string; position?: number; closed_on?: string | null }>,
): Promise<void> {
  await demandWithin(ctx, 'organisations.write');
  await transact(ctx, async (within) => {
    await store.lockAgency(within.db, ctx.agencyId);
    const unit = await store.findUnit(within.db, ctx.agencyId, unitId);
    if (!unit) throw new NotFound('没有找到这个部门。');
    const after = await change(unit, within);
    await store.updateUnit(within.db, ctx.agencyId, unitId, after);
    const before = { name: unit.name, position: unit.position, closed_on: unit.closedOn };
    await record(within, {
      act,
      subject: { kind: 'unit', id: unitId, label: after.name ?? unit.name },
      before,
      after: { ...before, ...after },
    });
  });
}

export async function editUnit(ctx: Ctx, unitId: number, input: UnitForm): Promise<void> {
  const form = read(unitForm, input);
  await changeUnit(ctx, unitId, 'organisations.edit-unit', async () => form);
}

/** Closes a unit from today on; its records stay. Refused while people still work there. */
export async function closeUnit(ctx: Ctx, unitId: number): Promise<void> {
  const today = ctx.clock.today().toString();
  await changeUnit(ctx, unitId, 'organisations.close-unit', async (unit, within) => {
    if (unit.closedOn) throw new Refusal('unit-closed', `${unit.name}已经停用。`);
    const people = await store.countStaffOfUnit(within.db, ctx.agencyId, unitId, today);
    if (people > 0)
      throw new Refusal('unit-has-staff', `${unit.name}还有${people}名在岗人员，请先调整他们的部门再停用。`);
    return { closed_on: today };
  });
}

export async function reopenUnit(ctx: Ctx, unitId: number): Promise<void> {
  await changeUnit(ctx, unitId, 'organisations.reopen-unit', async (unit) => {
    if (!unit.closedOn) throw new Refusal('unit-open', `${unit.name}正在使用，无需恢复。`);
    return { closed_on: null };
  });
}

/** Two people may ask for the same name at once: the database decides, and the later one is told beside the field. */
export async function unlessTaken<T>(write: Promise<T>, field: string, message: string): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23505')
      throw new InvalidForm({ [field]: message });
    throw error;
  }
}
