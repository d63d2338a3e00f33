import { listStaff, listUnits } from '../../areas/organisations/index.ts';
import type { RequestCtx } from '../../areas/requests/index.ts';

/** Names of units and people as a case shows them, closed units and people who left included. */
export interface OfficeNames {
  unit(id: number | null): string;
  person(id: number | null): string;
}

export async function officeNames({ db, agencyId, clock }: RequestCtx): Promise<OfficeNames> {
  const [units, staff] = await Promise.all([
    listUnits(db, agencyId),
    listStaff(db, agencyId, { on: clock.today().toString(), state: 'all' }),
  ]);
  const unitNames = new Map(units.map(({ id, name }) => [id, name]));
  const personNames = new Map(staff.map(({ id, name }) => [id, name]));
  return {
    unit: (id) => (id === null ? '还没有分办' : (unitNames.get(id) ?? '已撤销的部门')),
    person: (id) => (id === null ? '' : (personNames.get(id) ?? '')),
  };
}
