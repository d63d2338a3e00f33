import { actingOn, listStaff } from '../areas/organisations/index.ts';
import type { Ctx, StaffActor } from '../core/context.ts';

/** Members of staff on a day, by the name of their account, as they act. @throws Error for a name nobody has */
export async function castOn(
  { db, agencyId }: Pick<Ctx, 'db' | 'agencyId'>,
  on: string,
): Promise<(username: string) => StaffActor> {
  const people = new Map((await listStaff(db, agencyId, { on })).map((person) => [person.username, person]));
  return (username) => {
    const person = people.get(username);
    if (!person) throw new Error(`the demonstration has nobody called ${username}`);
    return actingOn(person, on);
  };
}
