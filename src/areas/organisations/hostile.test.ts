import { beforeAll, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { clockAt } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import * as organisations from './index.ts';

const { db } = await freshDatabase();
const base = { db, clock: clockAt('2018-12-03'), actor: { kind: 'system' as const, name: '测试' } };
let zone: Ctx;
let unitId: number;

beforeAll(async () => {
  const site = { domain: 'zone.example.gov.cn' };
  const agencyId = await organisations.createAgency(base, {
    code: 'zone',
    name: '高新区管委会',
    shortName: '高新区',
    site,
  });
  zone = { ...base, agencyId };
  unitId = await organisations.addUnit(zone, { code: 'BGS', name: '办公室' });
});

const add = (name: string, username: string, more: Partial<organisations.NewStaff> = {}) =>
  organisations.addStaff(zone, { unitId, name, username, ...more });

it('takes no name that nobody can see, and none that reads backwards', async () => {
  for (const name of ['\u200b', '\u202e\u2066', ' \u00ad\ufeff '])
    await expect(add(name, 'invisible')).rejects.toMatchObject({ fields: { name: '请填写姓名。' } });
  const id = await add('\u202e王\u200d小明\u202c', 'xiaoming');
  expect((await organisations.findStaff(db, zone.agencyId, id))?.name).toBe('王小明');
  await expect(organisations.addUnit(zone, { code: 'X', name: '\u200b\u200b' })).rejects.toMatchObject({
    fields: { name: '请填写部门名称。' },
  });
});

it('takes no unit and no day that the database could not hold', async () => {
  await expect(add('李四', 'lisi', { unitId: 2 ** 31 })).rejects.toMatchObject({
    fields: { unitId: expect.any(String) },
  });
  for (const from of ['0000-01-01', '0001-01-01', '2018-02-30'])
    await expect(add('李四', 'lisi', { roles: [{ role: 'leader', from }] }), from).rejects.toMatchObject({
      name: 'InvalidForm',
    });
});

it('gives one host name to one agency only', async () => {
  const below = await organisations.createAgency(base, {
    code: 'below',
    name: '下级机构办公室',
    shortName: '下级',
    parentId: zone.agencyId,
  });
  const taking = organisations.editAgency(
    { ...base, agencyId: below },
    { name: '下级机构办公室', shortName: '下级', site: { domain: 'zone.example.gov.cn' } },
  );
  await expect(taking).rejects.toMatchObject({
    fields: { 'site.domain': expect.stringContaining('其他机构') },
  });
  expect((await organisations.portalAgency(db, 'zone.example.gov.cn'))?.code).toBe('zone');
});
