import { insertColumn } from '../../src/areas/catalogue/column-store.ts';
import { submitItem } from '../../src/areas/catalogue/draft-actions.ts';
import { type ReviewStep, reviewSteps, type VersionContent } from '../../src/areas/catalogue/model.ts';
import { reviewItem } from '../../src/areas/catalogue/review-actions.ts';
import { addStaff, addUnit, createAgency, type Role } from '../../src/areas/organisations/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import type { Ctx } from '../../src/core/context.ts';
import type { Db } from '../../src/core/db.ts';

/** What an ordinary item says. */
export const anItem: Partial<VersionContent> = {
  title: '关于做好2018年汛期安全生产工作的通知',
  abstract: '部署汛期安全生产检查和值班。',
  body: '<p>各部门：</p><p>现就汛期安全生产工作通知如下。</p>',
  genre: '通知',
  subject: '市场监管、安全生产监管',
  formedOn: '2018-03-05',
};

export interface PublishingOffice {
  agencyId: number;
  unitId: number;
  otherUnitId: number;
  columnId: number;
  as(who: Role | 'second-publisher' | 'second-head', on: string): Ctx;
  staffId(who: Role | 'second-publisher' | 'second-head'): number;
  system(on: string): Ctx;
}

/** The column 通知公告, reviewed as the agency reviews where `more` says nothing else. Returns its id. */
export function noticesColumn(
  db: Db,
  agencyId: number,
  more: Partial<Parameters<typeof insertColumn>[2]> = {},
): Promise<number> {
  return insertColumn(db, agencyId, {
    parentId: null,
    slug: 'notices',
    name: '通知公告',
    kind: 'notice',
    pageType: '政策文件',
    description: '',
    keywords: '',
    unitId: null,
    updateDays: null,
    required: [],
    reviewSteps: [],
    position: 1,
    ...more,
  });
}

/** An agency with publishers, reviewers and one column. */
export async function openPublishingOffice(db: Db, code = 'kmhnz'): Promise<PublishingOffice> {
  const base = { db, clock: clockAt('2018-01-02'), actor: { kind: 'system' as const, name: '系统' } };
  const agencyId = await createAgency(base, { code, name: '昆明高新区管委会', shortName: '高新区' });
  const system: Ctx = { ...base, agencyId };
  const unitId = await addUnit(system, { code: 'AJJ', name: '安监局' });
  const otherUnitId = await addUnit(system, { code: 'CZJ', name: '财政局' });
  const columnId = await noticesColumn(db, agencyId, { updateDays: 180 });
  const people = new Map<string, { id: number; name: string; role: Role; unitId: number }>();
  const cast: readonly [string, Role, string, number][] = [
    ['publisher', 'publisher', '傅发布', unitId],
    ['second-publisher', 'publisher', '傅二', otherUnitId],
    ['unit-head', 'unit-head', '沈负责', unitId],
    ['second-head', 'unit-head', '沈二', otherUnitId],
    ['secrecy-reviewer', 'secrecy-reviewer', '包保密', unitId],
    ['disclosure-officer', 'disclosure-officer', '邹专员', unitId],
    ['leader', 'leader', '凌领导', unitId],
  ];
  for (const [key, role, name, unit] of cast) {
    const roles = [{ role, from: '2018-01-01' }];
    const id = await addStaff(system, { unitId: unit, name, username: `${code}-${key}`, phone: '', roles });
    people.set(key, { id, name, role, unitId: unit });
  }
  const person = (who: string) => {
    const found = people.get(who);
    if (!found) throw new Error(`nobody in the office is a ${who}`);
    return found;
  };
  return {
    agencyId,
    unitId,
    otherUnitId,
    columnId,
    as(who, on) {
      const { id, name, role, unitId: own } = person(who);
      const actor = { kind: 'staff' as const, staffId: id, name, agencyId, unitId: own, roles: [role] };
      return { ...system, clock: clockAt(on), actor };
    },
    staffId: (who) => person(who).id,
    system: (on) => ({ ...system, clock: clockAt(on) }),
  };
}

const reviewers = { first: 'unit-head', second: 'secrecy-reviewer', final: 'disclosure-officer' } as const;

/** Passes the reviews of an item that is in review, each by whoever is there for it. */
export async function passReviews(
  office: PublishingOffice,
  id: number,
  on: string,
  steps = Object.keys(reviewSteps) as ReviewStep[],
): Promise<void> {
  for (const step of steps)
    await reviewItem(office.as(reviewers[step], on), id, { step, result: 'passed', opinion: '' });
}

/** Submits an item and passes its reviews, all on one day. */
export async function submitAndPass(office: PublishingOffice, id: number, on: string): Promise<void> {
  await submitItem(office.as('publisher', on), id);
  await passReviews(office, id, on);
}
