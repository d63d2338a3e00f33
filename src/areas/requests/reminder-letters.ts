import type { Ctx } from '../../core/context.ts';
import { type Letter, notifyBundled } from '../notifications/index.ts';
import { listStaff, type Role, rolesOn, type StaffMember } from '../organisations/index.ts';
import { helpersOf } from './reminder-store.ts';

/** Something to tell of one request, to those at work on it and further roles. */
export interface Telling {
  requestId: number;
  unitId: number | null;
  handlerId: number | null;
  title: string;
  roles: readonly Role[];
}

/**
 * Tells who is at work on each request (the handler, else the unit's handlers, and the unit's head) and the roles named.
 * Who would get many messages at once gets one: `many` says how many requests, and leads to them. Inside a transaction.
 */
export async function tellThoseAtWork(
  ctx: Ctx,
  tellings: readonly Telling[],
  many: { title(count: number): string; href: string },
): Promise<number> {
  if (tellings.length === 0) return 0;
  const { db, agencyId } = ctx;
  const today = ctx.clock.today().toString();
  const staff = await listStaff(db, agencyId, { on: today });
  const helpers = Map.groupBy(
    await helpersOf(
      db,
      agencyId,
      tellings.map(({ requestId }) => requestId),
    ),
    ({ requestId }) => requestId,
  );
  const holds = (person: StaffMember, role: Role) => rolesOn(person.roles, today).includes(role);
  const mailbox = new Map<number, Letter[]>();
  for (const telling of tellings) {
    const work = [telling, ...(helpers.get(telling.requestId) ?? [])];
    for (const person of staff) {
      const own = work.filter(({ unitId }) => unitId === person.unitId);
      const told =
        telling.roles.some((role) => holds(person, role)) ||
        work.some(({ handlerId }) => handlerId === person.id) ||
        (own.length > 0 && holds(person, 'unit-head')) ||
        (own.some(({ handlerId }) => handlerId === null) && holds(person, 'case-handler'));
      if (!told) continue;
      const letter = { title: telling.title, href: `/workbench/requests/${telling.requestId}` };
      mailbox.set(person.id, [...(mailbox.get(person.id) ?? []), letter]);
    }
  }
  return notifyBundled(ctx, mailbox, many);
}
