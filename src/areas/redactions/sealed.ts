import type { SealedTable } from '../../core/vault/index.ts';
import { redactionFilePlace, redactionNamePlace } from './job-access.ts';

const filePlaceOf = ({ agency_id }: Readonly<Record<string, unknown>>) =>
  redactionFilePlace(Number(agency_id));

/** What a change of keys goes through. */
export const redactionSealedTables: readonly SealedTable[] = [
  {
    table: 'redaction_jobs',
    key: ['agency_id', 'id'],
    texts: { name_sealed: ({ agency_id, token }) => redactionNamePlace(Number(agency_id), String(token)) },
    files: { working_digest: filePlaceOf },
  },
  {
    table: 'redaction_originals',
    key: ['agency_id', 'job_id', 'position'],
    files: { sealed_digest: filePlaceOf },
  },
  { table: 'redaction_exports', key: ['agency_id', 'id'], files: { sealed_digest: filePlaceOf } },
];
