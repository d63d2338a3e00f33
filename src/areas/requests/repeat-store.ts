import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { RequestState } from './model.ts';
import './schema.ts';

export interface RepeatRow {
  id: number;
  number: string;
  title: string;
  state: RequestState;
  submittedOn: string;
  resultCode: string | null;
  sameIdentity: boolean;
  sameName: boolean;
  sameContact: boolean;
  /** Shared pieces of the titles, 0 to 1. */
  likeness: number;
}

/** Requests on forms with the same identity, name or contact; the most alike first. */
export async function likelyRepeatsOf(
  db: Db,
  agencyId: number,
  who: {
    name: string | null;
    identity: string | null;
    contacts: readonly string[];
    grams: readonly string[];
  },
  except: { formId: number | null; submissionKey: string | null },
  limit: number,
): Promise<RepeatRow[]> {
  const { name, identity, grams } = who;
  const contacts = [...who.contacts];
  const wanted = [...grams];
  const { rows } = await sql<RepeatRow>`
    SELECT r.id, r.number, r.title, r.state, r.submitted_on AS "submittedOn", r.result_code AS "resultCode",
      coalesce(f.identity_digest = ${identity}, false) AS "sameIdentity",
      coalesce(f.name_digest = ${name}, false) AS "sameName",
      f.contact_digests && ${contacts}::text[] AS "sameContact",
      (SELECT count(*) FROM unnest(r.title_grams) g WHERE g = ANY(${wanted}::text[]))::float8
        / greatest(cardinality(r.title_grams), ${wanted.length}, 1) AS likeness
    FROM (
      (SELECT * FROM request_forms WHERE agency_id = ${agencyId} AND identity_digest = ${identity} ORDER BY id DESC LIMIT 200)
      UNION
      (SELECT * FROM request_forms WHERE agency_id = ${agencyId} AND name_digest = ${name} ORDER BY id DESC LIMIT 200)
      UNION
      (SELECT * FROM request_forms WHERE agency_id = ${agencyId} AND contact_digests && ${contacts}::text[] LIMIT 200)
    ) f JOIN requests r ON r.agency_id = f.agency_id AND r.form_id = f.id
    WHERE r.state <> 'cancelled' ${except.formId === null ? sql`` : sql`AND f.id <> ${except.formId}`}
      ${except.submissionKey === null ? sql`` : sql`AND f.submission_key <> ${except.submissionKey}`}
    ORDER BY likeness DESC, r.id DESC LIMIT ${limit}`.execute(db);
  return rows;
}
