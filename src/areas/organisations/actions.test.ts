import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { clockAt } from '../../core/clock.ts';
import type { Actor, Ctx } from '../../core/context.ts';
import * as organisations from './index.ts';

const { db } = await freshDatabase();
const clock = clockAt('2018-12-03');
const system: Actor = { kind: 'system', name: '测试' };
let zone: Ctx;
let unitId: number;

beforeAll(async () => {
  const agencyId = await organisations.createAgency(
    { db, clock, actor: system },
    {
      code: 'kmhnz',
      name: '昆明高新技术产业开发区管理委员会',
      shortName: '昆明高新区',
      site: { domain: 'kmhnz.test' },
    },
  );
  zone = { db, clock, actor: system, agencyId };
  unitId = await organisations.addUnit(zone, { code: 'BGS', name: '办公室', position: 1 });
});

let counter = 0;
const addPerson = (ctx: Ctx, more: Partial<organisations.NewStaff> = {}) =>
  organisations.addStaff(ctx, { unitId, name: '张三', username: `person${++counter}`, ...more });

async function as(...roles: organisations.Role[]): Promise<Ctx> {
  const staffId = await addPerson(zone, { roles: roles.map((role) => ({ role, from: '2018-01-01' })) });
  return {
    ...zone,
    actor: { kind: 'staff', staffId, name: '管理员', agencyId: zone.agencyId, unitId, roles },
  };
}

const lastAct = (agencyId: number) =>
  db
    .selectFrom('ledger_acts')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .orderBy('seq', 'desc')
    .executeTakeFirstOrThrow();

describe('agencies', () => {
  it('are found by code, by host, and by default the first root', async () => {
    expect((await organisations.findAgency(db, 'kmhnz'))?.shortName).toBe('昆明高新区');
    expect((await organisations.portalAgency(db, 'KMHNZ.test:8080'))?.id).toBe(zone.agencyId);
    expect((await organisations.portalAgency(db, 'elsewhere.test'))?.id).toBe(zone.agencyId);
    expect(await organisations.findAgency(db, 'nowhere')).toBeNull();
  });

  it('stand in a tree that cannot bite its tail, not even by hand', async () => {
    const base = { db, clock, actor: system };
    const below = await organisations.createAgency(base, {
      code: 'below',
      name: '下级机构',
      shortName: '下级',
      parentId: zone.agencyId,
    });
    const lower = await organisations.createAgency(base, {
      code: 'lower',
      name: '再下级机构',
      shortName: '再下级',
      parentId: below,
    });
    expect((await organisations.subordinatesOf(db, zone.agencyId)).map((agency) => agency.code)).toEqual([
      'below',
    ]);
    expect((await organisations.listAgencies(db)).map((agency) => [agency.code, agency.depth])).toEqual([
      ['kmhnz', 0],
      ['below', 1],
      ['lower', 2],
    ]);
    const move = organisations.editAgency(
      { ...zone, agencyId: below },
      { name: '下级机构', shortName: '下级', parentId: lower },
    );
    await expect(move).rejects.toMatchObject({ fields: { parentId: expect.stringContaining('下级机构') } });
    const byHand = db
      .updateTable('agencies')
      .set({ parent_id: lower })
      .where('id', '=', zone.agencyId)
      .execute();
    await expect(byHand).rejects.toThrow('cannot stand below itself');
  });

  it('keep what a form leaves out and record before and after', async () => {
    const kept = { name: '昆明高新技术产业开发区管理委员会', shortName: '高新区' };
    await organisations.editAgency(zone, {
      ...kept,
      site: { icp: '滇ICP备0号' },
      settings: { signIn: { lockMinutes: 30 } },
    });
    const agency = await organisations.findAgencyById(db, zone.agencyId);
    expect(agency).toMatchObject({ shortName: '高新区', site: { domain: 'kmhnz.test', icp: '滇ICP备0号' } });
    const act = await lastAct(zone.agencyId);
    expect(act).toMatchObject({
      act: 'organisations.edit-agency',
      before: { shortName: '昆明高新区' },
      after: { shortName: '高新区', settings: { signIn: { lockMinutes: 30 } } },
    });
  });

  it.each([
    ['site.colour', { site: { colour: '#ffee88' } }],
    ['site.idCode', { site: { idCode: '123' } }],
    ['creditCode', { creditCode: 'ABC' }],
    ['name', { name: ' ' }],
  ])('say beside the field %s what is wrong', async (field, wrong) => {
    const edit = organisations.editAgency(zone, { name: '昆明高新区管委会', shortName: '高新区', ...wrong });
    await expect(edit).rejects.toMatchObject({ fields: { [field]: expect.any(String) } });
  });

  it('of others are out of reach', async () => {
    const other = await organisations.createAgency(
      { db, clock, actor: system },
      { code: 'other', name: '别的机构', shortName: '别的' },
    );
    const administrator = await as('administrator');
    const edit = organisations.editAgency(
      { ...administrator, agencyId: other },
      { name: '改名机构', shortName: '改名' },
    );
    await expect(edit).rejects.toMatchObject({ status: 404 });
    const own = organisations.createAgency(administrator, {
      code: 'free',
      name: '自立机构',
      shortName: '自立',
    });
    await expect(own).rejects.toMatchObject({ fields: { parentId: expect.any(String) } });
  });
});

describe('units', () => {
  it('close only when nobody works there, and reopen', async () => {
    const id = await organisations.addUnit(zone, { code: 'JJ', name: '经济发展局' });
    const staffId = await addPerson(zone, { unitId: id });
    await expect(organisations.closeUnit(zone, id)).rejects.toMatchObject({ code: 'unit-has-staff' });
    await organisations.editStaff(zone, staffId, { unitId, name: '张三' });
    await organisations.closeUnit(zone, id);
    const open = await organisations.listUnits(db, zone.agencyId, { openOn: '2018-12-04' });
    expect(open.map((unit) => unit.code)).toEqual(['BGS']);
    await organisations.reopenUnit(zone, id);
    expect(await organisations.findUnitByCode(db, zone.agencyId, 'JJ')).toMatchObject({ closedOn: null });
  });

  it('have a code of their own', async () => {
    const again = organisations.addUnit(zone, { code: 'BGS', name: '第二办公室' });
    await expect(again).rejects.toMatchObject({ fields: { code: expect.any(String) } });
  });
});

describe('staff', () => {
  it('have one username in the whole house, whatever its case', async () => {
    await addPerson(zone, { username: 'lisi' });
    await expect(addPerson(zone, { username: 'LiSi' })).rejects.toMatchObject({
      fields: { username: expect.any(String) },
    });
  });

  it('two at once with one username: one is told', async () => {
    const both = await Promise.allSettled([
      addPerson(zone, { username: 'twin' }),
      addPerson(zone, { username: 'twin' }),
    ]);
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((result) => result.status === 'rejected')).toMatchObject({
      reason: { fields: { username: expect.any(String) } },
    });
  });

  it('leave a masked phone in the ledger', async () => {
    await addPerson(zone, { phone: '13888001234' });
    expect(JSON.stringify((await lastAct(zone.agencyId)).after)).toContain('138****1234');
    expect(JSON.stringify((await lastAct(zone.agencyId)).after)).not.toContain('13888001234');
  });

  it('are asked for by role on a date', async () => {
    const id = await addPerson(zone, { roles: [{ role: 'leader', from: '2018-01-01', to: '2018-03-31' }] });
    const on = async (date: string) =>
      (await organisations.staffWithRole(db, zone.agencyId, 'leader', date)).map((person) => person.id);
    expect(await on('2018-03-31')).toEqual([id]);
    expect(await on('2018-04-01')).toEqual([]);
  });

  it('lose open roles when they leave, and the last administrator stays', async () => {
    const first = await as('administrator');
    const second = await as('administrator');
    const firstId = first.actor.kind === 'staff' ? first.actor.staffId : 0;
    const secondId = second.actor.kind === 'staff' ? second.actor.staffId : 0;
    for (const person of await organisations.staffWithRole(
      db,
      zone.agencyId,
      'administrator',
      '2018-12-03',
    )) {
      if (person.id !== firstId && person.id !== secondId)
        await organisations.leave(zone, person.id, '2018-12-03');
    }
    await organisations.leave(second, firstId, '2018-12-31');
    expect(await organisations.findStaff(db, zone.agencyId, firstId)).toMatchObject({
      leftOn: '2018-12-31',
      roles: [{ role: 'administrator', to: '2018-12-31' }],
    });
    await expect(organisations.leave(zone, secondId, '2018-12-31')).rejects.toMatchObject({
      code: 'last-administrator',
    });
    await expect(
      organisations.endRole(zone, secondId, { role: 'administrator', from: '2018-01-01', to: '2018-12-31' }),
    ).rejects.toMatchObject({ code: 'last-administrator' });
  });

  it('cannot change their own roles, nor without the right', async () => {
    const administrator = await as('administrator');
    const own = administrator.actor.kind === 'staff' ? administrator.actor.staffId : 0;
    const granting = organisations.grantRole(administrator, own, { role: 'leader', from: '2018-12-03' });
    await expect(granting).rejects.toMatchObject({ code: 'own-roles' });
    const publisher = await as('publisher');
    await expect(addPerson(publisher)).rejects.toMatchObject({ code: 'not-allowed', status: 403 });
  });

  it('are listed by filter, a page at a time', async () => {
    await addPerson(zone, { name: '王小二', username: 'zz1' });
    await addPerson(zone, { name: '王小三', username: 'zz2' });
    const on = '2018-12-03';
    const page = await organisations.listStaff(db, zone.agencyId, { on, text: '王小', limit: 1 });
    expect(page.map((person) => person.username)).toEqual(['zz1']);
    const next = await organisations.listStaff(db, zone.agencyId, {
      on,
      text: '王小',
      limit: 1,
      after: 'zz1',
    });
    expect(next.map((person) => person.username)).toEqual(['zz2']);
    expect(await organisations.listStaff(db, zone.agencyId, { on, text: '%' })).toEqual([]);
  });
});
