import { type Kysely, sql } from 'kysely';
import type { Database } from '../../src/core/db.ts';
import { replyKinds } from '../../src/law/index.ts';

const UNITS = 40;
const HANDLERS = 200;

const subjects =
  '土地征收补偿安置方案 国有土地出让合同 建设用地规划许可证 房屋拆迁补偿协议 环境影响评价批复 财政预算决算报告 政府采购中标结果 道路改造工程招标文件 小区物业备案材料 中小学招生划片范围 低保金发放名单 公务员招录成绩 安全生产检查记录 行政处罚决定书 食品抽检结果 老旧小区改造计划 公租房分配方案 供水水质监测数据 会议纪要 信访事项处理意见'.split(
    ' ',
  );
const places =
  '东城街道 西山片区 南部新城 北市区 高新园区 滨湖大道 新村社区 老街坊 工业园 大学城 河东村 河西村 火车站周边 机场路 沙坪小区'.split(
    ' ',
  );

/**
 * An agency with forty units (one has a fifth of the cases), two hundred handlers and so many requests since May 2008, the
 * newest of them open. Written past the acts: for measuring lists and nothing else.
 */
export async function fillRequests(
  db: Kysely<Database>,
  agencyId: number,
  count: number,
  today: string,
): Promise<void> {
  const titles = subjects.flatMap((subject) =>
    places.flatMap((place) => [2016, 2019, 2023, 2025].map((year) => `${place}${year}年${subject}`)),
  );
  const results = (regime: string) =>
    replyKinds.filter((kind) => kind.regime === regime).map(({ code }) => code);
  await db.connection().execute(async (one) => {
    await sql`SET session_replication_role = replica`.execute(one);
    const indexes = await dropIndexes(one);
    await sql`INSERT INTO units (agency_id, code, name) SELECT ${agencyId}, 'U' || n, '部门' || n FROM generate_series(1, ${UNITS}::int) n`.execute(
      one,
    );
    await sql`INSERT INTO staff (agency_id, unit_id, name, username)
      SELECT ${agencyId}, u.id, '承办' || n, 'handler-' || ${agencyId}::int || '-' || n FROM generate_series(0, ${HANDLERS - 1}::int) n
      JOIN units u ON u.agency_id = ${agencyId} AND u.code = 'U' || (1 + n % ${UNITS}::int)`.execute(one);
    await sql`CREATE TEMP TABLE titles AS SELECT (row_number() OVER ())::int - 1 AS n, t AS title,
      ARRAY(SELECT DISTINCT substr(t, i, 2) FROM generate_series(1, length(t) - 1) i) AS grams
      FROM unnest(${titles}::text[]) t`.execute(one);
    await sql`CREATE TEMP TABLE people AS SELECT s.id, s.unit_id, (row_number() OVER (ORDER BY s.id))::int - 1 AS n
      FROM staff s WHERE s.agency_id = ${agencyId}`.execute(one);
    // `h` is spread over 0 … 9999 without order, so that no filter follows another.
    await sql`CREATE TEMP TABLE cases AS
      SELECT n, day, h, g, CASE
          WHEN n <= ${count}::int - ${Math.ceil(count / 50)}::int THEN CASE WHEN h % 50 = 0 THEN 'cancelled' WHEN h % 3 = 0 THEN 'archived' ELSE 'concluded' END
          WHEN h % 20 = 0 THEN 'unconfirmed' WHEN h % 20 < 3 THEN 'registered' WHEN h % 20 = 3 THEN 'correcting'
          WHEN h % 20 = 4 THEN 'unpaid' WHEN h % 20 < 14 THEN 'handling' WHEN h % 20 < 16 THEN 'reviewing'
          WHEN h % 20 < 18 THEN 'signing' ELSE 'signed' END AS state,
        (ARRAY['internet', 'in-person', 'signed-post', 'internet', 'email', 'ordinary-post', 'internet', 'fax'])[1 + (h / 7 + n % 3) % 8] AS channel,
        (ARRAY['natural-person', 'natural-person', 'company', 'natural-person', 'legal-service', 'other', 'public-welfare', 'research'])[1 + (h / 3) % 8] AS kind,
        row_number() OVER (PARTITION BY extract(year FROM day) ORDER BY n) AS running
      FROM (
        SELECT n, '2008-05-01'::date + (n::bigint * (${today}::date - '2008-05-01'::date) / ${count}::int)::int AS day,
          abs(hashint4(n)) % 10000 AS h, abs(hashint4(n + 7)) % 10000 AS g
        FROM generate_series(1, ${count}::int) n) days`.execute(one);
    await sql`INSERT INTO request_forms (agency_id, id, number, code_digest, code_sealed, channel, submitted_at, submitted_on,
        applicant_kind, applicant_sealed, name_digest, identity_digest, wanted_form, delivery_way, submission_key, origin)
      OVERRIDING SYSTEM VALUE
      SELECT ${agencyId}, n, extract(year FROM day) || '-' || lpad(running::text, 6, '0'), repeat(md5(n::text), 2), 's1:k:x', channel, day, day,
        kind, 's1:k:' || repeat('x', 400), repeat(md5('name' || n % 300000), 2), repeat(md5('id' || n % 300000), 2), 'electronic', 'internet',
        n::text, 'portal'
      FROM cases c ORDER BY c.n`.execute(one);
    await sql`INSERT INTO requests (agency_id, id, form_id, part, number, title, title_grams, applicant_kind, channel, identity_digest,
        submitted_on, received_on, regime, state, unit_id, handler_id, clock_state, clock_from, first_due_on, due_on, calendar,
        result_code, concluded_on)
      OVERRIDING SYSTEM VALUE
      SELECT ${agencyId}, c.n, c.n, 1, extract(year FROM day) || '-' || lpad(c.running::text, 6, '0'), t.title, t.grams, kind, channel,
        repeat(md5('id' || c.n % 300000), 2), day,
        CASE WHEN received THEN day END, CASE WHEN received THEN CASE WHEN day < '2019-05-15' THEN 'R2008' ELSE 'R2019' END END, state,
        p.unit_id, p.id, CASE WHEN counted THEN 'running' END, CASE WHEN counted THEN day END, CASE WHEN counted THEN day + 28 END,
        CASE WHEN counted THEN day + 28 + CASE WHEN c.h % 11 = 0 THEN 28 ELSE 0 END END, 'a', CASE WHEN closed THEN
          CASE WHEN day < '2019-05-15' THEN (${results('R2008')}::text[])[1 + c.h % ${results('R2008').length}::int]
          ELSE (${results('R2019')}::text[])[1 + c.h % ${results('R2019').length}::int] END END,
        CASE WHEN closed THEN least(day + 5 + c.h % 30, ${today}::date) END
      FROM cases c
      CROSS JOIN LATERAL (SELECT state NOT IN ('unconfirmed', 'cancelled') AS received, state IN ('concluded', 'archived') AS closed,
        state NOT IN ('unconfirmed', 'cancelled', 'correcting', 'unpaid') AS counted) is_
      JOIN titles t ON t.n = c.g % ${titles.length}::int
      LEFT JOIN people p ON state NOT IN ('unconfirmed', 'registered', 'cancelled')
        AND p.n = CASE WHEN c.g % 5 = 0 THEN (c.h % 5) * ${UNITS}::int ELSE c.h % ${HANDLERS}::int END
      ORDER BY c.n`.execute(one);
    await sql`INSERT INTO request_assignments (agency_id, request_id, unit_id, handler_id, lead, assigned_at, assigned_by)
      SELECT r.agency_id, r.id, r.unit_id, r.handler_id, true, r.received_on, '系统' FROM requests r
      WHERE r.agency_id = ${agencyId} AND r.unit_id IS NOT NULL`.execute(one);
    await sql`INSERT INTO request_assignments (agency_id, request_id, unit_id, lead, assigned_at, assigned_by)
      SELECT r.agency_id, r.id, u.id, false, r.received_on, '系统' FROM requests r
      JOIN units u ON u.agency_id = r.agency_id AND u.code = 'U' || (1 + r.id % ${UNITS}::int) AND u.id <> r.unit_id
      WHERE r.agency_id = ${agencyId} AND r.id % 20 = 3`.execute(one);
    for (const index of indexes) await sql.raw(index).execute(one);
    await sql`DROP TABLE titles, people, cases`.execute(one);
    await sql`SET session_replication_role = DEFAULT`.execute(one);
  });
  // What the nightly autovacuum does for a living installation: index-only reading needs the visibility map.
  for (const table of ['requests', 'request_forms', 'request_assignments'])
    await sql`VACUUM (ANALYZE) ${sql.table(table)}`.execute(db);
}

/** Indexes are built in one go afterwards; returns how. */
async function dropIndexes(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string; definition: string }>`
    SELECT i.indexname AS name, i.indexdef AS definition FROM pg_indexes i
    WHERE i.tablename IN ('requests', 'request_forms', 'request_assignments') AND i.schemaname = 'public'
      AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname)`.execute(db);
  for (const { name } of rows) await sql`DROP INDEX ${sql.ref(name)}`.execute(db);
  return rows.map(({ definition }) => definition);
}
