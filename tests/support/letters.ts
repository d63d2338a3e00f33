import type pg from 'pg';

/** A form with one request, as bare as the tables allow. */
export async function someRequest(
  pool: pg.Pool,
  agencyId: number,
  serial: number,
): Promise<{ formId: number; requestId: number }> {
  const number = `2026-${String(serial).padStart(6, '0')}`;
  const form = await pool.query(
    `INSERT INTO request_forms (agency_id, number, code_digest, code_sealed, channel, submitted_at, submitted_on,
       applicant_kind, applicant_sealed, wanted_form, delivery_way, submission_key, origin)
     VALUES ($1, $2, repeat('0', 64), 's1:x', 'in-person', now(), '2026-11-02', 'natural-person', 's1:x', 'paper', 'post',
       $2, 'desk')
     RETURNING id`,
    [agencyId, number],
  );
  const request = await pool.query(
    `INSERT INTO requests (agency_id, form_id, part, number, title, applicant_kind, channel, submitted_on, received_on,
       regime, state)
     VALUES ($1, $2, 1, $3, '项目清单', 'natural-person', 'in-person', '2026-11-02', '2026-11-02', 'R2019', 'handling')
     RETURNING id`,
    [agencyId, form.rows[0].id, number],
  );
  return { formId: form.rows[0].id, requestId: request.rows[0].id };
}
