import { sql } from 'kysely';
import { type CellValues, formatForYear, placedFigures } from '../../src/annual-report/formats/index.ts';
import { requestCountings } from '../../src/areas/requests/figure-rows.ts';
import type { ApplicantKind } from '../../src/areas/requests/model.ts';
import type { Db } from '../../src/core/db.ts';
import { transact } from '../../src/core/db.ts';

/** As much of a request as the figures look at. */
export interface CountedRequest {
  /** Null: never confirmed. */
  received: string | null;
  concluded?: string;
  result?: string;
  /** Last day of the limit without an extension. */
  due?: string;
  channel?: string;
  kind?: ApplicantKind;
  unitId?: number | null;
  fee?: { amount: number; noticed: string; paid?: string; refunded?: number; refundedOn?: string };
}

let running = 0;

/** A request as the acts leave it behind, written past them: for tests of what is counted and nothing else. */
export async function countedRequest(db: Db, agencyId: number, given: CountedRequest): Promise<number> {
  const {
    received,
    concluded,
    result,
    channel = 'in-person',
    kind = 'natural-person',
    due = null,
    fee,
  } = given;
  const number = `2018-${String(++running).padStart(6, '0')}`;
  const submitted = received ?? '2018-01-01';
  const regime = received === null ? null : received < '2019-05-15' ? 'R2008' : 'R2019';
  return transact({ db }, async ({ db }) => {
    const { rows } = await sql<{ id: number }>`WITH form AS (
        INSERT INTO request_forms (agency_id, number, code_digest, code_sealed, channel, submitted_at, submitted_on, applicant_kind,
          applicant_sealed, wanted_form, delivery_way, submission_key, origin)
        VALUES (${agencyId}, ${number}, repeat('a', 64), '', ${channel}, now(), ${submitted}, ${kind}, '', 'paper', 'post', ${number},
          'desk') RETURNING id)
      INSERT INTO requests (agency_id, form_id, part, number, title, applicant_kind, channel, submitted_on, received_on, regime, state,
        unit_id, first_due_on, due_on)
      SELECT ${agencyId}, form.id, 1, ${number}, '道路改造招标文件', ${kind}, ${channel}, ${submitted}, ${received}, ${regime},
        ${received === null ? 'unconfirmed' : 'handling'}, ${given.unitId ?? null}, ${due}, ${due} FROM form RETURNING id`.execute(
      db,
    );
    const id = rows[0]?.id ?? 0;
    if (fee) {
      await sql`INSERT INTO request_fees (agency_id, request_id, method, quantity, amount, noticed_on, paid_on, refunded, refunded_on)
        VALUES (${agencyId}, ${id}, 'page', 40, ${fee.amount}, ${fee.noticed}, ${fee.paid ?? null}, ${fee.refunded ?? 0},
          ${fee.refundedOn ?? null})`.execute(db);
    }
    if (concluded !== undefined) {
      await sql`INSERT INTO request_replies (agency_id, request_id, kind_code, state, content_sealed, legal_at, secrecy_at, signed_on,
          dispatched_on, delivery_method)
        VALUES (${agencyId}, ${id}, ${result}, 'signed', '', now(), now(), ${concluded}, ${concluded}, 'direct')`.execute(
        db,
      );
      await sql`UPDATE requests SET state = 'concluded', result_code = ${result}, concluded_on = ${concluded}
        WHERE agency_id = ${agencyId} AND id = ${id}`.execute(db);
    }
    return id;
  });
}

/**
 * Requests of one year such that its second table comes out like this, with the fees of F1 and F2. What is carried in came
 * the December before; what is carried out is concluded on 20 January.
 */
export async function countedYear(
  db: Db,
  agencyId: number,
  year: number,
  values: CellValues,
  unitId: number | null = null,
): Promise<void> {
  const format = formatForYear(year);
  if (!format) throw new Error(`no format for ${year}`);
  const cellOf = (row: string, column: string): number => {
    const given = values[row];
    const value = typeof given === 'object' ? given?.[column] : given;
    return value ?? 0;
  };
  const placed = placedFigures(format).filter(({ need }) => need.area === 'requests');
  const columns = new Set(
    placed.filter(({ cell }) => cell.table === 'requests').map(({ cell }) => cell.column),
  );
  let notices = cellOf('F2', 'value') || (cellOf('F1', 'value') > 0 ? 1 : 0);
  let amount = Math.round(cellOf('F1', 'value') * 10_000);
  for (const column of columns) {
    const results = placed.flatMap(({ need, cell }) => {
      const counting = requestCountings.find(({ code }) => code === need.code);
      if (cell.column !== column || !counting?.results) return [];
      const result = counting.results.find((code) => code.startsWith('B')) ?? '';
      return Array.from({ length: cellOf(cell.row, column) }, () => result);
    });
    const carriedIn = cellOf('2', column);
    const received = carriedIn + cellOf('1', column);
    if (received !== results.length + cellOf('4', column))
      throw new Error(`${column} of ${year} does not balance`);
    const kind = placed
      .find(({ cell }) => cell.column === column)
      ?.need.code.split('.')
      .at(-1) as ApplicantKind;
    for (let number = 0; number < received; number++) {
      const result = results[number];
      const charged = result !== undefined && notices > 0;
      await countedRequest(db, agencyId, {
        received: number < carriedIn ? `${year - 1}-12-02` : `${year}-03-02`,
        concluded: result === undefined ? `${year + 1}-01-20` : `${year}-06-01`,
        result: result ?? 'B1.2',
        kind,
        unitId,
        ...(charged && {
          fee: {
            amount: Math.max(amount, 10),
            noticed: `${year}-04-01`,
            ...(amount > 0 && { paid: `${year}-04-10` }),
          },
        }),
      });
      if (charged) {
        notices -= 1;
        amount = 0;
      }
    }
  }
}
