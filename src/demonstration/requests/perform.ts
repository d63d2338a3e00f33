import { actingOn, listStaff, listUnits } from '../../areas/organisations/index.ts';
import type { RequestCtx } from '../../areas/requests/index.ts';
import { clockAt } from '../../core/clock.ts';
import type { Actor } from '../../core/context.ts';
import type { Hand, Ids, Office, Step } from './model.ts';

/** Usernames of those who act for an office; handlers by the code of their unit, the officer where a unit has none. */
export interface Cast {
  officer: string;
  clerk: string;
  legal: string;
  secrecy: string;
  leader: string;
  handlers: Readonly<Record<string, string>>;
}

/** Performs acts in the given order, each by its person at its moment, and keeps the numbers they give in `ids`. */
export async function perform(
  base: RequestCtx,
  cast: Cast,
  steps: readonly (Step & { at: string })[],
  ids: Ids,
): Promise<void> {
  const { db, agencyId } = base;
  const units = new Map((await listUnits(db, agencyId)).map(({ code, id }) => [code, id]));
  const today = base.clock.today().toString();
  const staff = await listStaff(db, agencyId, { on: today });
  const found = (username: string | undefined) => {
    const person = staff.find((one) => one.username === username);
    if (!person) throw new Error(`nobody of the demonstration is called ${username}`);
    return person;
  };
  const office: Office = {
    unitId: (code) => {
      const id = units.get(code);
      if (id === undefined) throw new Error(`the demonstration has no unit ${code}`);
      return id;
    },
    handlerId: (code) => (cast.handlers[code] === undefined ? null : found(cast.handlers[code]).id),
  };
  const actorOf = (by: Hand, day: string): Actor => {
    if (by === 'applicant') return { kind: 'public', name: '申请人' };
    const person = found(typeof by === 'object' ? (cast.handlers[by.handlerOf] ?? cast.officer) : cast[by]);
    return actingOn(person, day);
  };
  for (const { on, at, by, act } of steps)
    await act({ ...base, clock: clockAt(at), actor: actorOf(by, on.toString()) }, ids, office);
}
