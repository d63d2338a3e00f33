import { type SqlBool, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { EvidencePage, Figure, FigureScope } from '../../core/figure.ts';
import { parseDay } from '../../law/index.ts';
import './schema.ts';

/** What accepted lines say of a figure: how many, their sum (null when all were left blank), whether one was (留空). */
export interface ReturnSum {
  count: number;
  quantity: number | null;
  blank: boolean;
}

/**
 * Sums the accepted lines that lie wholly inside the period, by figure code. A flow is summed; of a stock the last line
 * of each unit counts. One grouped query over an index that holds all it reads, whatever the number of lines.
 */
export async function sumReturns(
  db: Db,
  scope: FigureScope,
  figures: ReadonlyMap<string, Figure>,
): Promise<Map<string, ReturnSum>> {
  const sums = new Map<string, ReturnSum>();
  const add = (
    rows: readonly { code: string; lines: number; filled: number; millionths: string | null }[],
  ) => {
    for (const { code, lines, filled, millionths } of rows) {
      sums.set(code, { count: lines, quantity: ofMillionths(millionths), blank: filled < lines });
    }
  };
  const fed = [...figures.values()].filter(({ source }) => source !== 'records');
  const flows = fed.filter(({ kind }) => kind === 'flow').map(({ code }) => code);
  const stocks = fed.filter(({ kind }) => kind === 'stock').map(({ code }) => code);
  add(await sumFlows(db, scope, flows));
  if (stocks.length > 0) add(await sumStocks(db, scope, stocks));
  return sums;
}

type SumRow = { code: string; lines: number; filled: number; millionths: string | null };

async function sumFlows(
  db: Db,
  { agencyId, from, to }: FigureScope,
  codes: readonly string[],
): Promise<SumRow[]> {
  const { rows } = await sql<SumRow>`
    SELECT f.code, s.lines, s.filled, s.millionths FROM (
      SELECT figure_id, count(*) AS lines, count(millionths) AS filled, sum(millionths)::text AS millionths
      FROM return_lines
      WHERE agency_id = ${agencyId} AND accepted AND from_on >= ${from} AND from_on <= ${to} AND to_on <= ${to}
      GROUP BY figure_id
    ) s JOIN return_figures f ON f.id = s.figure_id
    WHERE f.code = ANY(${codes}::text[])`.execute(db);
  return rows;
}

async function sumStocks(
  db: Db,
  { agencyId, from, to }: FigureScope,
  codes: readonly string[],
): Promise<SumRow[]> {
  const { rows } = await sql<SumRow>`
    SELECT f.code, count(*) AS lines, count(l.millionths) AS filled, sum(l.millionths)::text AS millionths
    FROM return_figures f CROSS JOIN units u CROSS JOIN LATERAL (
      SELECT millionths FROM return_lines
      WHERE agency_id = u.agency_id AND unit_id = u.id AND figure_id = f.id AND accepted
        AND to_on <= ${to} AND from_on >= ${from}
      ORDER BY to_on DESC, id DESC LIMIT 1
    ) l
    WHERE u.agency_id = ${agencyId} AND f.code = ANY(${codes}::text[])
    GROUP BY f.code`.execute(db);
  return rows;
}

/**
 * One page of the accepted lines behind a figure, oldest first; of a stock only the line of each unit that counts.
 * The cursor is `<from_on>:<line id>`.
 */
export async function returnEvidence(
  db: Db,
  { agencyId, from, to }: FigureScope,
  figure: Figure,
  page: { after: string | null; limit: number },
): Promise<EvidencePage> {
  if (figure.source === 'records') return { records: [], next: null };
  const [afterOn, afterId] = readCursor(page.after);
  const lastOfUnit =
    figure.kind === 'flow'
      ? sql<SqlBool>`true`
      : sql<SqlBool>`l.id = (SELECT x.id FROM return_lines x WHERE x.agency_id = l.agency_id AND x.unit_id = l.unit_id
          AND x.figure_id = l.figure_id AND x.accepted AND x.to_on <= ${to} AND x.from_on >= ${from}
          ORDER BY x.to_on DESC, x.id DESC LIMIT 1)`;
  const { rows } = await sql<EvidenceRow>`
    SELECT l.id, l.return_id, l.from_on, l.to_on, l.quantity, l.note, u.name AS unit_name
    FROM return_lines l JOIN units u ON u.agency_id = l.agency_id AND u.id = l.unit_id
    WHERE l.agency_id = ${agencyId} AND l.accepted
      AND l.figure_id = (SELECT id FROM return_figures WHERE code = ${figure.code})
      AND l.from_on >= ${from} AND l.from_on <= ${to} AND l.to_on <= ${to} AND ${lastOfUnit}
      AND (${afterOn}::date IS NULL OR (l.from_on, l.id) > (${afterOn}::date, ${afterId}::bigint))
    ORDER BY l.from_on, l.id LIMIT ${page.limit + 1}`.execute(db);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    records: shown.map((row) => ({
      kind: 'return-line',
      id: row.id,
      title: `${figure.label}${row.quantity === null ? '（留空）' : ''}`,
      ...(row.note === '' ? {} : { note: row.note }),
      on: row.to_on,
      quantity: row.quantity ?? 0,
      unitName: row.unit_name,
      href: `/workbench/returns/${row.return_id}`,
    })),
    next: rows.length > page.limit && last ? `${last.from_on}:${last.id}` : null,
  };
}

interface EvidenceRow {
  id: number;
  return_id: number;
  from_on: string;
  to_on: string;
  quantity: number | null;
  note: string;
  unit_name: string;
}

/** What units reported of some figures month by month (1 to 12); lines over several months belong to none. */
export async function monthlyReturns(
  db: Db,
  { agencyId, from, to }: FigureScope,
  codes: readonly string[],
): Promise<{ month: number; quantity: number }[]> {
  const { rows } = await sql<{ month: number; millionths: string }>`
    SELECT date_part('month', from_on)::int AS month, sum(millionths)::text AS millionths
    FROM return_lines
    WHERE agency_id = ${agencyId} AND accepted AND from_on >= ${from} AND from_on <= ${to} AND to_on <= ${to}
      AND figure_id IN (SELECT id FROM return_figures WHERE code = ANY(${codes}::text[]))
      AND date_trunc('month', from_on) = date_trunc('month', to_on) AND millionths IS NOT NULL
    GROUP BY 1 ORDER BY 1`.execute(db);
  return rows.map(({ month, millionths }) => ({ month, quantity: ofMillionths(millionths) ?? 0 }));
}

function ofMillionths(sum: string | null): number | null {
  return sum === null ? null : Number(sum) / 1_000_000;
}

function readCursor(cursor: string | null): [string | null, number] {
  const match = /^(\d{4}-\d\d-\d\d):(\d{1,15})$/.exec(cursor ?? '');
  const day = match?.[1];
  return match && day && parseDay(day) !== null ? [day, Number(match[2])] : [null, 0];
}
