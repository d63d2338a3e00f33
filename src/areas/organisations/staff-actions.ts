import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { demandWithin, unlessTaken } from './actions.ts';
import {
  civilDate,
  type NewStaff,
  newStaffForm,
  type RoleGrant,
  read,
  roleForm,
  type StaffForm,
  staffForm,
} from './forms.ts';
import { roles } from './policy.ts';
import { grant, maskPhone, type RolePeriod } from './rules.ts';
import * as people from './staff-store.ts';
import * as store from './store.ts';

/** Adds a person to the agency of the context with the roles given, and returns the id. No account is made yet. */
export async function addStaff(ctx: Ctx, input: NewStaff): Promise<number> {
  await demandWithin(ctx, 'organisations.write');
  const form = read(newStaffForm, input);
  return transact(ctx, async (within) => {
    await demandOpenUnit(within, form.unitId);
    if (await people.findStaffByUsername(within.db, form.username))
      throw new InvalidForm({ username: taken });
    const { unitId, roles: granted, ...rest } = form;
    const id = await unlessTaken(
      people.insertStaff(within.db, ctx.agencyId, { unit_id: unitId, ...rest }),
      'username',
      taken,
    );
    const held: RolePeriod[] = [];
    for (const period of granted) {
      grant(held, period, roles);
      held.push(period);
      await people.insertRole(within.db, ctx.agencyId, id, period);
    }
    await record(within, {
      act: 'organisations.add-staff',
      subject: { kind: 'staff', id, label: form.name },
      after: { ...form, phone: maskPhone(form.phone) },
    });
    return id;
  });
}

const taken = '这个用户名已被使用，请换一个。';

async function demandOpenUnit(ctx: Ctx, unitId: number): Promise<void> {
  const unit = await store.findUnit(ctx.db, ctx.agencyId, unitId);
  if (!unit || unit.closedOn) throw new InvalidForm({ unitId: '请选择本机构正在使用的部门。' });
}

/** The staff list to be taken away; it carries telephone numbers, so the ledger notes who took it. */
export async function exportStaff(
  ctx: Ctx,
  filter: people.StaffFilter,
  format: string,
): Promise<people.StaffMember[]> {
  await demandWithin(ctx, 'organisations.read');
  return transact(ctx, async (within) => {
    const found = await people.listStaff(within.db, ctx.agencyId, filter);
    await record(within, {
      act: 'organisations.export-staff',
      subject: { kind: 'agency', id: ctx.agencyId, label: '人员名单' },
      after: { format, people: found.length },
    });
    return found;
  });
}

/** Locks the person and runs the change in one transaction. */
async function withStaff<T>(
  ctx: Ctx,
  staffId: number,
  work: (within: Ctx, person: people.StaffMember) => Promise<T>,
): Promise<T> {
  await demandWithin(ctx, 'organisations.write');
  return transact(ctx, async (within) => {
    const person = await people.lockStaff(within.db, ctx.agencyId, staffId);
    if (!person) throw new NotFound('没有找到这位人员。');
    return work(within, person);
  });
}

export async function editStaff(ctx: Ctx, staffId: number, input: StaffForm): Promise<void> {
  const form = read(staffForm, input);
  await withStaff(ctx, staffId, async (within, person) => {
    if (form.unitId !== person.unitId) await demandOpenUnit(within, form.unitId);
    const { unitId, ...rest } = form;
    await people.updateStaff(within.db, ctx.agencyId, staffId, { unit_id: unitId, ...rest });
    const { name, post, phone, email } = person;
    await record(within, {
      act: 'organisations.edit-staff',
      subject: { kind: 'staff', id: staffId, label: form.name },
      before: { unitId: person.unitId, name, post, phone: maskPhone(phone), email },
      after: { ...form, phone: maskPhone(form.phone) },
    });
  });
}

/** Grants a role from a civil date on. Nobody grants one to himself; some duties exclude each other. */
export async function grantRole(ctx: Ctx, staffId: number, input: RoleGrant): Promise<void> {
  const wanted = read(roleForm, input);
  await withStaff(ctx, staffId, async (within, person) => {
    demandOtherPerson(ctx, staffId);
    if (person.leftOn && person.leftOn < wanted.from)
      throw new Refusal('staff-left', `${person.name}已经离岗，不能再授予角色。`);
    grant(person.roles, wanted, roles);
    await people.insertRole(within.db, ctx.agencyId, staffId, wanted);
    await record(within, {
      act: 'organisations.grant-role',
      subject: { kind: 'staff', id: staffId, label: person.name },
      after: wanted,
    });
  });
}

/** Sets the last day of an open role (`to`, not before its first day). */
export async function endRole(
  ctx: Ctx,
  staffId: number,
  period: { role: string; from: string; to: string },
): Promise<void> {
  const { to } = read(roleForm, period);
  if (to === null) throw new InvalidForm({ to: '请填写截止日期。' });
  await withStaff(ctx, staffId, async (within, person) => {
    demandOtherPerson(ctx, staffId);
    const held = person.roles.find((other) => other.role === period.role && other.from === period.from);
    if (!held) throw new NotFound('没有找到这段任期。');
    if (held.to !== null && held.to < to)
      throw new InvalidForm({ to: `这段任期已于${held.to}结束，截止日期不能再往后改。` });
    if (held.role === 'administrator') await demandAnotherAdministrator(within, staffId, to);
    await people.closeRole(within.db, ctx.agencyId, staffId, held, to);
    await record(within, {
      act: 'organisations.end-role',
      subject: { kind: 'staff', id: staffId, label: person.name },
      before: held,
      after: { ...held, to },
    });
  });
}

/** Records that a person leaves: last day `on`; open roles end with it and sign-in stops the day after. */
export async function leave(ctx: Ctx, staffId: number, on: string): Promise<void> {
  await withStaff(ctx, staffId, async (within, person) => {
    demandOtherPerson(ctx, staffId);
    if (!civilDate.safeParse(on).success)
      throw new InvalidForm({ on: '请填写最后在岗日，例如 2018-12-31。' });
    if (person.leftOn) throw new Refusal('staff-left', `${person.name}已于${person.leftOn}离岗。`);
    const open = person.roles.filter((period) => period.to === null || period.to > on);
    const unbegun = open.find((period) => period.from > on);
    if (unbegun)
      throw new InvalidForm({
        on: `离岗日期早于${roles[unbegun.role]}任期的起始日期${unbegun.from}，请核对。`,
      });
    if (open.some((period) => period.role === 'administrator'))
      await demandAnotherAdministrator(within, staffId, on);
    for (const period of open) await people.closeRole(within.db, ctx.agencyId, staffId, period, on);
    await people.updateStaff(within.db, ctx.agencyId, staffId, { left_on: on });
    await record(within, {
      act: 'organisations.leave',
      subject: { kind: 'staff', id: staffId, label: person.name },
      before: { leftOn: null, roles: person.roles },
      after: { leftOn: on },
    });
  });
}

/** Takes a person back; roles are granted anew. */
export async function returnToWork(ctx: Ctx, staffId: number): Promise<void> {
  await withStaff(ctx, staffId, async (within, person) => {
    if (!person.leftOn) throw new Refusal('staff-here', `${person.name}在岗，无需恢复。`);
    await demandOpenUnit(within, person.unitId);
    await people.updateStaff(within.db, ctx.agencyId, staffId, { left_on: null });
    await record(within, {
      act: 'organisations.return-to-work',
      subject: { kind: 'staff', id: staffId, label: person.name },
      before: { leftOn: person.leftOn },
      after: { leftOn: null },
    });
  });
}

function demandOtherPerson(ctx: Ctx, staffId: number): void {
  if (ctx.actor.kind !== 'staff') return;
  if (ctx.actor.agencyId === ctx.agencyId && ctx.actor.staffId === staffId) {
    throw new Refusal('own-roles', '不能变更自己的角色或在岗状态，请由另一位系统管理员办理。');
  }
}

async function demandAnotherAdministrator(ctx: Ctx, staffId: number, lastDay: string): Promise<void> {
  await store.lockAgency(ctx.db, ctx.agencyId);
  const after = ctx.clock.today().toString() > lastDay ? ctx.clock.today().toString() : lastDay;
  const others = await people.staffWithRole(ctx.db, ctx.agencyId, 'administrator', after);
  const lasting = others.filter((person) => person.id !== staffId && holdsBeyond(person, after));
  if (lasting.length === 0) {
    throw new Refusal('last-administrator', '这是本机构最后一位系统管理员，请先授予另一人系统管理员角色。');
  }
}

const holdsBeyond = (person: people.StaffMember, day: string) =>
  person.roles.some(
    (held) => held.role === 'administrator' && held.from <= day && (held.to === null || held.to > day),
  );
