import { addColumn } from '../../src/areas/catalogue/index.ts';
import { addStaff, addUnit, createAgency } from '../../src/areas/organisations/index.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Ctx } from '../../src/core/context.ts';
import type { Connection } from '../../src/core/db.ts';

/** An agency with that many published items in one column, spread over three years and ten units. */
export async function fillItems({ db, pool }: Connection, total: number) {
  const base = { db, clock: systemClock, actor: { kind: 'system' as const, name: '性能测试' } };
  const agencyId = await createAgency(base, { code: 'many', name: '信息很多的机关', shortName: '很多' });
  const system: Ctx = { ...base, agencyId };
  for (let unit = 1; unit <= 10; unit++) await addUnit(system, { code: `U${unit}`, name: `第${unit}部门` });
  const { rows: units } = await pool.query<{ id: number }>('SELECT id FROM units WHERE agency_id = $1', [
    agencyId,
  ]);
  const unitId = units[0]?.id ?? 0;
  const staffId = await addStaff(system, {
    unitId,
    name: '某专员',
    username: 'officer',
    phone: '',
    roles: [{ role: 'disclosure-officer', from: '2018-01-01' }],
  });
  const slug = 'notices';
  const columnId = await addColumn(
    {
      ...system,
      actor: { kind: 'staff', staffId, name: '某专员', agencyId, unitId, roles: ['disclosure-officer'] },
    },
    {
      parentId: null,
      slug,
      name: '通知公告',
      kind: 'statutory',
      pageType: '政策文件',
      description: '',
      keywords: '',
      unitId: null,
      updateDays: null,
      required: [],
      reviewSteps: [],
      position: 1,
    },
  );
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET CONSTRAINTS ALL DEFERRED');
    await client.query(
      `INSERT INTO items (agency_id, index_number, unit_id, state, live_version, title, abstract, column_id, genre, subject,
         document_number, issuing_body, formed_on, published_on, published_at)
       SELECT $1, 'MANY/2018-' || lpad(n::text, 7, '0'), ($2::int[])[1 + n % 10], 'published', 1,
         '关于做好第' || n || '批安全生产检查工作的通知', '部署安全生产检查和值班，明确责任分工和报送时间。', $3,
         (ARRAY['通知', '公告', '意见', '函'])[1 + n % 4], '安全生产', '昆高安监〔2018〕' || n || '号', '信息很多的机关',
         DATE '2016-01-01' + n % 1000, DATE '2016-01-01' + n % 1000, TIMESTAMPTZ '2016-01-01' + n % 1000 * INTERVAL '1 day'
       FROM generate_series(1, $4::int) n`,
      [agencyId, units.map(({ id }) => id), columnId, total],
    );
    await client.query(
      `INSERT INTO item_versions (agency_id, item_id, version, state, title, abstract, body, plain, column_id, genre, subject,
         document_number, issuing_body, source, formed_on, created_at, saved_at, published_at, digest)
       SELECT agency_id, id, 1, 'published', title, abstract, repeat('<p>现就安全生产检查工作通知如下，请认真落实各项措施。</p>', 30),
         repeat('现就安全生产检查工作通知如下，请认真落实各项措施。' || chr(10), 30), column_id, genre, subject, document_number,
         issuing_body, issuing_body, formed_on, published_at, published_at, published_at, repeat('0', 64)
       FROM items WHERE agency_id = $1`,
      [agencyId],
    );
    // No import brought them.
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(
      `INSERT INTO item_reviews (agency_id, item_id, version, step, result, reviewer_name, concluding, at)
       SELECT agency_id, id, 1, 'import', 'passed', '导入', true, published_at FROM items WHERE agency_id = $1`,
      [agencyId],
    );
    await client.query('SET LOCAL session_replication_role = origin');
    await client.query('COMMIT');
    await client.query('ANALYZE items, item_versions');
  } finally {
    client.release();
  }
  return { agencyId, slug, indexNumber: `MANY/2018-${String(Math.ceil(total / 2)).padStart(7, '0')}` };
}
