import { sql } from 'kysely';
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
