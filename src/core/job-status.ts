import type { Pool } from 'pg';

export interface JobCounts {
  waiting: number;
  running: number;
  failed: number;
  lastDone: Date | null;
  /** What the newest failed run said. */
  lastError: string | null;
}

const NONE: JobCounts = { waiting: 0, running: 0, failed: 0, lastDone: null, lastError: null };

/** How each job's runs stand now, by the job's name; asks pg-boss's own tables. */
export async function countRuns(
  pool: Pool,
  schema: string,
  names: readonly string[],
): Promise<Map<string, JobCounts>> {
  const { rows } = await pool.query<JobCounts & { name: string }>(
    `SELECT name,
       count(*) FILTER (WHERE state IN ('created', 'retry'))::int AS waiting,
       count(*) FILTER (WHERE state = 'active')::int AS running,
       count(*) FILTER (WHERE state = 'failed')::int AS failed,
       max(completed_on) FILTER (WHERE state = 'completed') AS "lastDone",
       (array_agg(output ->> 'message' ORDER BY completed_on DESC NULLS LAST)
         FILTER (WHERE state IN ('failed', 'retry')))[1] AS "lastError"
     FROM ${schema}.job WHERE name = ANY($1) GROUP BY name`,
    [names],
  );
  const found = new Map(rows.map(({ name, ...counts }) => [name, counts]));
  return new Map(names.map((name) => [name, found.get(name) ?? NONE]));
}

export async function failedRuns(pool: Pool, schema: string, name: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM ${schema}.job WHERE name = $1 AND state = 'failed' ORDER BY created_on`,
    [name],
  );
  return rows.map((row) => row.id);
}
