import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import { toFinding } from './finding-store.ts';
import type { FindingFilter, ListedFinding, Page } from './model.ts';
import { pageOf, readCursor } from './paging.ts';
import './schema.ts';

type FindingRow = Parameters<typeof toFinding>[0] & {
  unitId: number;
  unitName: string;
  year: number;
  rank: number;
};

/** Problems first, differences second, what cannot be assessed last; within each by unit. */
export async function findingsPage(
  db: Db,
  agencyId: number,
  filter: FindingFilter,
  page: { after: string | null; limit: number },
): Promise<Page<ListedFinding>> {
  const { year, rule, unitId, verdict, judged, notices = false } = filter;
  const cursor = readCursor(page.after, 3);
  const conditions = [sql`f.agency_id = ${agencyId}`, sql`f.year = ${year}::smallint`];
  if (rule !== undefined) conditions.push(sql`f.rule = ${rule}`);
  if (unitId !== undefined) conditions.push(sql`f.unit_id = ${unitId}`);
  if (verdict !== undefined) conditions.push(sql`f.verdict = ${verdict}`);
  if (!notices) conditions.push(sql`f.rank IN (0, 2, 4)`);
  if (judged === 'none') conditions.push(sql`v.key IS NULL`);
  else if (judged !== undefined) conditions.push(sql`v.judgement = ${judged}`);
  if (cursor)
    conditions.push(
      sql`(f.rank, f.unit_id, f.position) > (${cursor[0]}::smallint, ${cursor[1]}::bigint, ${cursor[2]}::int)`,
    );
  const { rows } = await sql<FindingRow>`
    SELECT f.unit_id AS "unitId", u.name AS "unitName", f.year, f.rank, f.key, f.position, f.finding,
      v.judgement, v.note, v.by_name, v.at
    FROM filed_findings f
    JOIN reporting_units u ON u.agency_id = f.agency_id AND u.id = f.unit_id
    LEFT JOIN filed_verdicts v
      ON v.agency_id = f.agency_id AND v.unit_id = f.unit_id AND v.year = f.year AND v.key = f.key
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY f.rank, f.unit_id, f.position LIMIT ${page.limit + 1}`.execute(db);
  return pageOf(rows, page.limit, {
    item: (row) => ({ unitId: row.unitId, unitName: row.unitName, year: row.year, ...toFinding(row) }),
    cursor: ({ rank, unitId, position }) => [rank, unitId, position],
  });
}

export async function countRules(
  db: Db,
  agencyId: number,
  year: number,
): Promise<{ rule: string; findings: number }[]> {
  const { rows } = await sql<{ rule: string; findings: number }>`
    SELECT rule, count(*) AS findings FROM filed_findings
    WHERE agency_id = ${agencyId} AND year = ${year}::smallint AND rank IN (0, 2, 4)
    GROUP BY rule ORDER BY findings DESC, rule`.execute(db);
  return rows;
}
