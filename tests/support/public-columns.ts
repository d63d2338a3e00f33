import {
  addColumn,
  amendItem,
  beginItem,
  findItem,
  openVersion,
  publishItem,
  reviewItem,
  saveDraft,
  submitItem,
  type VersionContent,
} from '../../src/areas/catalogue/index.ts';
import { addStaff, addUnit, type Role } from '../../src/areas/organisations/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import type { Ctx } from '../../src/core/context.ts';
import { anItem } from './catalogue.ts';
import type { openDesk } from './desk.ts';

/** An office whose columns are public, and people who fill them. */
export async function openPublicColumns({
  app,
  pool,
  system,
  agencyId,
}: Awaited<ReturnType<typeof openDesk>>) {
  const { db } = app.connection;
  await pool.query(
    `UPDATE agencies SET site = '{"name": "昆明高新区", "domain": "localhost", "idCode": "5301000001"}'`,
  );
  const unitId = await addUnit(system, { code: 'AJJ', name: '安监局' });
  const otherUnitId = await addUnit(system, { code: 'CZJ', name: '财政局' });
  const people = new Map<string, Ctx>();
  const columns: Record<string, number> = {};

  const as = (role: string, on = '2018-06-01'): Ctx => ({
    ...people.get(role)!,
    clock: clockAt(`${on}T10:30:00+08:00`),
  });

  async function column(
    slug: string,
    name: string,
    kind: 'statutory' | 'guide' | 'rules' | 'notice' | 'topic',
    parent?: string,
  ) {
    columns[slug] = await addColumn(as('disclosure-officer'), {
      parentId: parent ? columns[parent]! : null,
      slug,
      name,
      kind,
      pageType: kind === 'guide' ? '信息公开指南' : '政策文件',
      description: '',
      keywords: '',
      unitId: null,
      updateDays: null,
      required: [],
      reviewSteps: ['final'],
      position: Object.keys(columns).length + 1,
    });
  }

  /** An item written, reviewed and published; `file` is attached before it goes to review. */
  async function published(
    content: Partial<VersionContent> = {},
    {
      on = '2018-06-01',
      unit = unitId,
      file,
    }: { on?: string; unit?: number; file?: { name: string; type: string; text: string } } = {},
  ) {
    const author = as('publisher', on);
    const id = await beginItem(
      { ...author, actor: { ...author.actor, unitId: unit } as Ctx['actor'] },
      { unitId: unit, content: { ...anItem, formedOn: on, columnId: columns.notices!, ...content } },
    );
    if (file) await attach(id, 1, file);
    const writer = { ...author, actor: { ...author.actor, unitId: unit } as Ctx['actor'] };
    await submitItem(writer, id);
    await reviewItem(as('disclosure-officer', on), id, { step: 'final', result: 'passed', opinion: '' });
    const item = await findItem(db, agencyId, id);
    if (item?.state === 'draft') await publishItem(system, id);
    return (await findItem(db, agencyId, id))!;
  }

  async function attach(itemId: number, version: number, file: { name: string; type: string; text: string }) {
    const { sha256, bytes } = await app.files.put(Buffer.from(file.text));
    await pool.query(
      `INSERT INTO item_files (agency_id, item_id, version, position, kind, name, digest, type, bytes, released)
     VALUES ($1, $2, $3, 1, 'attachment', $4, $5, $6, $7, true)`,
      [agencyId, itemId, version, file.name, sha256, file.type, bytes],
    );
    return sha256;
  }

  async function amended(itemId: number, content: Partial<VersionContent>, on: string) {
    await amendItem(as('publisher', on), itemId);
    const draft = (await openVersion(db, agencyId, itemId))!;
    await saveDraft(as('publisher', on), itemId, draft.revision, {
      ...draft,
      amendment: '更正时间。',
      ...content,
    });
    await submitItem(as('publisher', on), itemId);
    await reviewItem(as('disclosure-officer', on), itemId, { step: 'final', result: 'passed', opinion: '' });
  }

  for (const role of ['publisher', 'disclosure-officer'] as Role[]) {
    const staffId = await addStaff(system, {
      unitId,
      name: `某${role}`,
      username: role,
      phone: '',
      roles: [{ role, from: '2018-01-01' }],
    });
    people.set(role, {
      ...system,
      actor: { kind: 'staff', staffId, name: `某${role}`, agencyId, unitId, roles: [role] },
    });
  }
  await column('statutory', '法定主动公开内容', 'statutory');
  await column('notices', '通知公告', 'statutory', 'statutory');
  await column('finance', '财政信息', 'statutory', 'statutory');
  await column('guide-column', '公开指南', 'guide');
  await column('rules', '公开制度', 'rules');
  return { as, column, columns, published, amended, otherUnitId, unitId };
}
