import type { SealedRow, SealedTable } from '../../core/vault/index.ts';
import type { ReleaseSubject } from './model.ts';
import { decisionPlace, releasePlace } from './sealing.ts';

const subjectIn = ({ subject_kind, subject_id }: SealedRow): ReleaseSubject => ({
  kind: subject_kind as ReleaseSubject['kind'],
  id: Number(subject_id),
});

const place =
  (what: 'content' | 'name' | 'findings') =>
  (row: SealedRow): string =>
    releasePlace(what, Number(row.agency_id), subjectIn(row));

const placeOfDecision =
  (what: 'finding' | 'reason') =>
  ({ agency_id, check_id }: SealedRow): string =>
    decisionPlace(what, Number(agency_id), Number(check_id));

/** What a change of keys goes through. */
export const releaseSealedTables: readonly SealedTable[] = [
  {
    table: 'release_contents',
    key: ['agency_id', 'id'],
    texts: { sha256_sealed: place('content') },
    digests: ({ sha256_sealed }, vault) => ({ digest: vault.digest('content', sha256_sealed ?? '') }),
  },
  {
    table: 'release_checks',
    key: ['agency_id', 'id'],
    texts: { name_sealed: place('name'), findings_sealed: place('findings') },
  },
  {
    table: 'release_decisions',
    key: ['agency_id', 'id'],
    texts: { finding_sealed: placeOfDecision('finding'), reason_sealed: placeOfDecision('reason') },
  },
];
