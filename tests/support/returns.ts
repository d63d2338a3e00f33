import { clockAt } from '../../src/core/clock.ts';
import type { Actor, Ctx } from '../../src/core/context.ts';
import type { Db } from '../../src/core/db.ts';
import type { Figure } from '../../src/core/figure.ts';
import '../../src/areas/organisations/index.ts';

const figure = (code: string, more: Partial<Figure> = {}): [string, Figure] => [
  code,
  {
    code,
    label: code,
    unit: '条',
    kind: 'flow',
    area: 'channels',
    measure: 'count',
    source: 'returns',
    ...more,
  },
];

/** A few figures of every sort. */
export const testFigures: ReadonlyMap<string, Figure> = new Map([
  figure('channels.weibo', { label: '政务微博公开政府信息数' }),
  figure('channels.wechat', { label: '政务微信公开政府信息数' }),
  figure('registers.budget', { label: '专项经费', unit: '万元', measure: 'amount' }),
  figure('registers.offices', { label: '专门机构数', unit: '个', kind: 'stock' }),
  figure('registers.meetings', { label: '会议数', source: 'records' }),
]);

/** An agency with two units: a publisher and a head in the first, an officer and a leader in the second. */
export async function returnsOffice(db: Db, code: string, today = '2018-05-10') {
  const { id: agencyId } = await db
    .insertInto('agencies')
    .values({
      code,
      name: `${code}机关`,
      short_name: `${code}机关`,
      parent_id: null,
      credit_code: '',
      closed_on: null,
      settings: JSON.stringify({ returns: { monthlySince: '2018-01' } }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const unit = async (unitCode: string, name: string) => {
    const values = { agency_id: agencyId, code: unitCode, name, closed_on: null };
    return (await db.insertInto('units').values(values).returning('id').executeTakeFirstOrThrow()).id;
  };
  const culture = await unit('wh', '文化局');
  const office = await unit('bgs', '办公室');
  const person = async (
    name: string,
    unitId: number,
    roles: string[],
  ): Promise<Extract<Actor, { kind: 'staff' }>> => {
    const values = {
      agency_id: agencyId,
      unit_id: unitId,
      name,
      username: `${code}-${roles[0]}-${name.length}`.toLowerCase(),
      account_id: null,
      left_on: null,
    };
    const { id: staffId } = await db
      .insertInto('staff')
      .values(values)
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('staff_roles')
      .values(
        roles.map((role) => ({
          agency_id: agencyId,
          staff_id: staffId,
          role,
          from_on: '2018-01-01',
          to_on: null,
        })),
      )
      .execute();
    return { kind: 'staff', staffId, name, agencyId, unitId, roles };
  };
  const people = {
    publisher: await person('王小明', culture, ['publisher']),
    head: await person('李局', culture, ['unit-head']),
    officer: await person('张专员', office, ['disclosure-officer']),
    second: await person('赵副专员', office, ['disclosure-officer']),
    leader: await person('陈主任', office, ['leader']),
  };
  const as = (actor: Actor, on = today): Ctx => ({ db, clock: clockAt(on), actor, agencyId });
  return { agencyId, units: { culture, office }, people, as };
}
