import type { Db } from '../../core/db.ts';
import './schema.ts';

/** Every part of a form is found by the same identity as the form itself. */
export async function copyIdentityDigest(
  db: Db,
  agencyId: number,
  formId: number,
  identityDigest: string | null,
): Promise<void> {
  await db
    .updateTable('requests')
    .set({ identity_digest: identityDigest })
    .where('agency_id', '=', agencyId)
    .where('form_id', '=', formId)
    .execute();
}
