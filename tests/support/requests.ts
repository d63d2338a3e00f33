import { randomBytes } from 'node:crypto';
import { addStaff, addUnit, createAgency, type Role } from '../../src/areas/organisations/index.ts';
import type { Applicant, FormInput, RequestCtx } from '../../src/areas/requests/index.ts';
import { type Clock, clockAt } from '../../src/core/clock.ts';
import type { Db } from '../../src/core/db.ts';
import { openVault, type Vault } from '../../src/core/vault/index.ts';

/** Somebody whose number has a right check digit. */
export const applicant: Applicant = {
  kind: 'natural-person',
  name: '李小明',
  identityKind: 'resident',
  identityNumber: '11010519491231002X',
  identityNote: '',
  representative: '',
  contactPerson: '',
  phone: '13888001234',
  email: 'li@example.com',
  address: '云南省昆明市五华区人民路1号',
  postcode: '650031',
};

/** A form as the counter takes it; every call is another page. */
export function aForm(more: Partial<FormInput> = {}): FormInput {
  return {
    channel: 'in-person',
    oral: false,
    submittedOn: '2023-03-01',
    confirmedOn: null,
    applicant,
    title: '2022年度征地补偿安置方案',
    content: {
      content: '请公开2022年度征地补偿安置方案及批复文件。',
      purpose: '',
      feeWaiver: false,
      needsHelp: '',
    },
    wantedForm: 'paper',
    deliveryWay: 'post',
    submissionKey: randomBytes(16).toString('hex'),
    origin: 'desk',
    files: [],
    ...more,
  };
}

export interface Office {
  agencyId: number;
  unitId: number;
  otherUnitId: number;
  vault: Vault;
  /** Somebody with that role, on that day. */
  as(role: Role | 'second-handler', on: string): RequestCtx;
  /** The applicant at the tracking page. */
  applicant(on: string): RequestCtx;
  system(on: string): RequestCtx;
}

const people: readonly { key: Role | 'second-handler'; role: Role; name: string }[] = [
  { key: 'disclosure-officer', role: 'disclosure-officer', name: '邹专员' },
  { key: 'window-clerk', role: 'window-clerk', name: '云窗口' },
  { key: 'case-handler', role: 'case-handler', name: '戚承办' },
  { key: 'second-handler', role: 'case-handler', name: '陈承办' },
  { key: 'unit-head', role: 'unit-head', name: '沈负责' },
  { key: 'secrecy-reviewer', role: 'secrecy-reviewer', name: '包保密' },
  { key: 'leader', role: 'leader', name: '凌领导' },
  { key: 'auditor', role: 'auditor', name: '季审计' },
];

/** An agency with everybody a request passes through. */
export async function openOffice(db: Db, code = 'kmhnz'): Promise<Office> {
  const vault = openVault([{ id: 'k1', key: Buffer.alloc(32, 7) }]);
  const early: Clock = clockAt('2018-01-02');
  const base = { db, clock: early, actor: { kind: 'system' as const, name: '系统' }, vault };
  const agencyId = await createAgency(base, { code, name: '昆明高新区管委会', shortName: '高新区' });
  const system = { ...base, agencyId };
  const unitId = await addUnit(system, { code: 'ZRZY', name: '自然资源局' });
  const otherUnitId = await addUnit(system, { code: 'CZJ', name: '财政局' });
  const staff = new Map<string, { id: number; name: string; role: Role; unitId: number }>();
  for (const { key, role, name } of people) {
    const unit = key === 'second-handler' ? otherUnitId : unitId;
    const roles = [{ role, from: '2018-01-01' }];
    const id = await addStaff(system, { unitId: unit, name, username: `${code}-${key}`, phone: '', roles });
    staff.set(key, { id, name, role, unitId: unit });
  }
  return {
    agencyId,
    unitId,
    otherUnitId,
    vault,
    as(key, on) {
      const person = staff.get(key);
      if (!person) throw new Error(`nobody in the office is a ${key}`);
      const { id, name, role, unitId: own } = person;
      const actor = { kind: 'staff' as const, staffId: id, name, agencyId, unitId: own, roles: [role] };
      return { ...system, clock: clockAt(on), actor };
    },
    applicant: (on) => ({ ...system, clock: clockAt(on), actor: { kind: 'public', name: '申请人' } }),
    system: (on) => ({ ...system, clock: clockAt(on) }),
  };
}
